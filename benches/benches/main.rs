//! `cargo bench`: a module for each question, and the report over what they measured.

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::process::ExitCode;

use criterion::Criterion;

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
    let course = Course::of_arguments();
    let mut criterion = course.configure(Criterion::default());
    let recorder = match Recorder::begin(&course) {
        Ok(recorder) => recorder,
        Err(error) => return finish::fail(&error),
    };
    let measured = catch_unwind(AssertUnwindSafe(|| measure(&mut criterion, &course, &recorder)));
    if let Err(payload) = measured {
        return ExitCode::from(finish::broken(&recorder, &*payload));
    }
    finish::finish(&course, &recorder)
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
