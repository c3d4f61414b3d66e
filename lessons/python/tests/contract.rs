//! The contract of the program, on the program itself: with all rungs where they are set up, else with
//! those that need nothing.

const PROGRAM: &str = env!("CARGO_BIN_EXE_python");
const LESSON: &str = "python";
const KERNELS: &[&str] = &["integers", "memory"];

#[path = "../../../shared/testing/contract.rs"]
mod contract;
#[path = "../../../shared/testing/output.rs"]
mod output;
#[path = "../../../shared/testing/program.rs"]
mod program;
