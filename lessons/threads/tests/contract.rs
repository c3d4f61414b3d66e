//! The contract of the program, on the program itself.

const PROGRAM: &str = env!("CARGO_BIN_EXE_threads");
const LESSON: &str = "threads";
const KERNELS: &[&str] = &["integers", "memory", "pi", "primes"];

#[path = "../../../shared/testing/contract.rs"]
mod contract;
#[path = "../../../shared/testing/endings.rs"]
mod endings;
#[path = "../../../shared/testing/options.rs"]
mod options;
#[path = "../../../shared/testing/output.rs"]
mod output;
#[path = "../../../shared/testing/program.rs"]
mod program;
