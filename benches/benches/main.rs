//! `cargo bench`: a module for each question, and the report over what they measured.

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
    scaling::scaling(&mut criterion, &course, &recorder);
    weak::weak(&mut criterion, &course, &recorder);
    size::size(&mut criterion, &course, &recorder);
    overhead::overhead(&mut criterion, &course, &recorder);
    contention::contention(&mut criterion, &course, &recorder);
    peers::peers(&mut criterion, &course, &recorder);
    if course.measures {
        timelines::timelines(&course, &recorder);
        criterion.final_summary();
    }
    finish::finish(&course, &recorder)
}
