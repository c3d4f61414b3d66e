//! `cargo bench`: a module for each question, and the report over what they measured.

use std::mem::forget;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::process::ExitCode;
use std::time::SystemTime;

use benches::arguments::Asked;
use benches::baselines;
use course::Program;
use criterion::Criterion;
use measure::{Error, panics};

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
    let asked = match Asked::of(std::env::args_os().skip(1)) {
        Ok(asked) => asked,
        Err(refused) => return Program::new("bench", clap::ColorChoice::Auto).refuse(&refused),
    };
    if let Err(error) = check(&asked) {
        return finish::fail(&error);
    }
    let plan = Plan::new(asked);
    let began = SystemTime::now();
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
    finish::finish(&plan, &recorder.so_far(true), began)
}

/// What must be there before anything is measured: a place for what will be found, and what it is compared
/// with.
fn check(asked: &Asked) -> Result<(), Error> {
    course::can_be_written().map_err(Error::Output)?;
    let folder = baselines::folder();
    asked.needs.iter().try_for_each(|name| baselines::is_there(&folder, name))?;
    let mut saves = asked.saves.iter().filter(|_| asked.measures);
    saves.try_for_each(|name| baselines::can_be_saved(&folder, name))
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
