//! The lesson on devices in software: their answers, what can go wrong on them, and races. What is not installed here is
//! shown as ignored; with `EVERY_RUNG=1` it is a failure.

use std::process::ExitCode;

use libtest_mimic::Arguments;

mod answers;
mod audit;
mod break_even;
mod costs;
mod driver;
mod failures;
mod files;
mod lost;
mod price;
mod races;
mod table_under_the_layer;

const PROGRAM: &str = env!("CARGO_BIN_EXE_gpu");

fn main() -> ExitCode {
    // The loader of Vulkan takes its driver from the environment, so each driver is asked by a process of its own.
    if let Some(code) = answers::given_if_asked() {
        return code;
    }
    let trials = [
        answers::trials(),
        audit::trials(),
        break_even::trials(),
        costs::trials(),
        failures::trials(),
        files::trials(),
        lost::trials(),
        price::trials(),
        races::trials(),
        table_under_the_layer::trials(),
    ];
    libtest_mimic::run(&Arguments::from_args(), trials.into_iter().flatten().collect()).exit_code()
}
