//! The lesson on real ranks. What can't be tested here is shown as ignored, with the reason.

use std::process::ExitCode;

use libtest_mimic::{Arguments, Failed, Trial};

#[cfg(unix)]
mod endings;
#[cfg(unix)]
mod faults;
#[cfg(unix)]
mod hosts;
use testkit::leftovers;
#[cfg_attr(not(unix), expect(dead_code, reason = "most is asked where ranks get signals"))]
mod machine;
use testkit::program;
mod sums;
mod without;

const PROGRAM: &str = env!("CARGO_BIN_EXE_distributed");

fn main() -> ExitCode {
    // The ranks of the tests that call strategies from here are this program again.
    if let Some(code) = distributed::part_if_asked() {
        return code;
    }
    let trials = without::trials().into_iter().chain(sums::trials());
    // These send signals, and put scripts in the place of `mpirun` and of ssh.
    #[cfg(unix)]
    let trials = trials.chain(faults::trials()).chain(endings::trials()).chain(hosts::trials());
    let trials = trials.collect();
    let mut arguments = Arguments::from_args();
    // Ranks wait awake: two tests at once would wait for each other's.
    arguments.test_threads = arguments.test_threads.or(Some(1));
    libtest_mimic::run(&arguments, trials).exit_code()
}

/// A test that needs ranks: where they can't be had it is shown as ignored, and why.
fn with_ranks(
    name: impl Into<String>,
    test: impl FnOnce() -> Result<(), Failed> + Send + 'static,
) -> Trial {
    testkit::trial(name, machine::lacks().map(str::to_owned), test)
}
