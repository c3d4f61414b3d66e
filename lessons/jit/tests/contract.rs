//! The contract of the program, on the program itself.

const PROGRAM: &str = env!("CARGO_BIN_EXE_jit");
const LESSON: &str = "jit";
const KERNELS: &[&str] = &["integers"];

mod command_line;
#[path = "../../../shared/testing/contract.rs"]
mod contract;
#[path = "../../../shared/testing/output.rs"]
mod output;
#[path = "../../../shared/testing/program.rs"]
mod program;
