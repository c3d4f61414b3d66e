//! `cargo bench`: a module for each question.

use std::process::ExitCode;

use criterion::Criterion;

mod scaling;

fn main() -> ExitCode {
    // A worker process is this program again. This line is where it turns off.
    if let Some(code) = processes::worker_if_asked() {
        return code;
    }
    let mut criterion = Criterion::default().without_plots().configure_from_args();
    scaling::scaling(&mut criterion);
    criterion.final_summary();
    ExitCode::SUCCESS
}
