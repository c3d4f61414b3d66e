//! The lesson with the devices of this machine. What can't be tested here is shown as ignored.

use std::process::ExitCode;

use libtest_mimic::Arguments;

mod price;

const PROGRAM: &str = env!("CARGO_BIN_EXE_gpu");

fn main() -> ExitCode {
    let trials = price::trials();
    libtest_mimic::run(&Arguments::from_args(), trials).exit_code()
}
