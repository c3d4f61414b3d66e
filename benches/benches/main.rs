//! `cargo bench`: a module for each question, and the report over what they measured.

use std::mem::forget;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::process::ExitCode;

use criterion::Criterion;
use measure::panics;

mod contention;
mod finish;
mod nothing;
mod overhead;
mod peers;
mod plan;
mod recorder;
mod sample;
mod scaling;
mod size;
mod timelines;
mod weak;

use plan::Plan;
use recorder::Recorder;

fn main() -> ExitCode {
    // A worker process is this program again. This line is where it turns off.
    if let Some(code) = processes::worker_if_asked() {
        return code;
    }
    panics::quiet();
    let plan = Plan::of_arguments();
    let mut criterion = plan.configure(Criterion::default());
    let recorder = match Recorder::begin(&plan) {
        Ok(recorder) => recorder,
        Err(error) => return finish::fail(&error),
    };
    if plan.measures {
        if let Err(error) = course::signals::handle(recorder.cancellation.clone()) {
            return finish::fail(&error);
        }
        let theirs = recorder.clone();
        // Ctrl-C writes the report before it ends the program, to the very end.
        let report = move || finish::interrupted(&theirs.so_far(false));
        forget(recorder.cancellation.on_cancel(report));
    }
    let done = catch_unwind(AssertUnwindSafe(|| measure(&mut criterion, &plan, &recorder)));
    if let Err(payload) = done {
        let measured = plan.measures.then(|| recorder.so_far(false));
        return ExitCode::from(finish::broken(measured.as_ref(), &*payload));
    }
    finish::finish(&plan, &recorder.so_far(true))
}

/// Question by question.
fn measure(criterion: &mut Criterion, plan: &Plan, recorder: &Recorder) {
    scaling::scaling(criterion, plan, recorder);
    weak::weak(criterion, plan, recorder);
    size::size(criterion, plan, recorder);
    overhead::overhead(criterion, plan, recorder);
    contention::contention(criterion, plan, recorder);
    peers::peers(criterion, plan, recorder);
    if plan.measures {
        timelines::timelines(plan, recorder);
        criterion.final_summary();
    }
}
