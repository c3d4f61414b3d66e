//! The contract of the program, on the program itself.

const PROGRAM: &str = env!("CARGO_BIN_EXE_compiled");
const LESSON: &str = "compiled";
const KERNELS: &[&str] = &["integers"];

#[path = "../../../../shared/testing/contract.rs"]
mod contract;
#[path = "../../../../shared/testing/output.rs"]
mod output;
#[path = "../../../../shared/testing/program.rs"]
mod program;
#[cfg(target_arch = "x86_64")]
mod show;
