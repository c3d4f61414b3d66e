//! The lesson with the Pythons of this machine. What can't be tested here is shown as ignored.

use std::process::ExitCode;

use libtest_mimic::Arguments;

mod endings;
mod faults;
use testkit::leftovers;
use testkit::program;
mod rungs;
#[cfg(unix)]
mod without;

const PROGRAM: &str = env!("CARGO_BIN_EXE_python");

fn main() -> ExitCode {
    let trials = [faults::trials(), endings::trials(), rungs::trials()].into_iter().flatten();
    #[cfg(unix)]
    let trials = trials.chain(without::trials());
    let trials = trials.collect();
    let mut arguments = Arguments::from_args();
    // Most of them wait for a time to come, or for a Python to start or end.
    let cores = std::thread::available_parallelism().map_or(1, usize::from);
    arguments.test_threads.get_or_insert(2 * cores);
    libtest_mimic::run(&arguments, trials).exit_code()
}

/// Why there is no Python to test with.
fn missing() -> Option<String> {
    python::Pythons::default().found().err().map(|error| error.to_string())
}
