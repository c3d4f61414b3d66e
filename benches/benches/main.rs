//! `cargo bench`: a module for each question, and the report over what they measured.

use std::mem::forget;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::process::ExitCode;

use criterion::Criterion;
use measure::{cleanup, panics};

mod contention;
mod course;
mod finish;
mod nothing;
mod overhead;
mod peers;
mod recorder;
mod sample;
mod scaling;
mod size;
mod timelines;
mod weak;

use course::Course;
use recorder::Recorder;

fn main() -> ExitCode {
    // A worker process is this program again. This line is where it turns off.
    if let Some(code) = processes::worker_if_asked() {
        return code;
    }
    panics::quiet();
    let course = Course::of_arguments();
    let mut criterion = course.configure(Criterion::default());
    let recorder = match Recorder::begin(&course) {
        Ok(recorder) => recorder,
        Err(error) => return finish::fail(&error),
    };
    if course.measures {
        if let Err(error) = ::course::signals::handle() {
            return finish::fail(&error);
        }
        let recorder = recorder.clone();
        // Ctrl-C writes the report before it ends the program, to the very end.
        forget(cleanup::register(move || finish::interrupted(&recorder.so_far(false))));
    }
    let done = catch_unwind(AssertUnwindSafe(|| measure(&mut criterion, &course, &recorder)));
    if let Err(payload) = done {
        let measured = course.measures.then(|| recorder.so_far(false));
        return ExitCode::from(finish::broken(measured.as_ref(), &*payload));
    }
    finish::finish(&course, &recorder.so_far(true))
}

/// Question by question.
fn measure(criterion: &mut Criterion, course: &Course, recorder: &Recorder) {
    scaling::scaling(criterion, course, recorder);
    weak::weak(criterion, course, recorder);
    size::size(criterion, course, recorder);
    overhead::overhead(criterion, course, recorder);
    contention::contention(criterion, course, recorder);
    peers::peers(criterion, course, recorder);
    if course.measures {
        timelines::timelines(course, recorder);
        criterion.final_summary();
    }
}
