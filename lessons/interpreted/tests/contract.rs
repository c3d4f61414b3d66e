//! The contract of the program, on the program itself.

const PROGRAM: &str = env!("CARGO_BIN_EXE_interpreted");
const LESSON: &str = "interpreted";
const KERNELS: &[&str] = &["integers"];

#[path = "../../../shared/testing/contract.rs"]
mod contract;
#[path = "../../../shared/testing/output.rs"]
mod output;
#[path = "../../../shared/testing/program.rs"]
mod program;
