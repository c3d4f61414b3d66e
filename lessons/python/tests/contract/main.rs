//! The contract of the program, on the program itself, with the rungs that need nothing but Python: the
//! program is one that nothing was set up for. The other rungs are tested in `outside`, and take longer.

const PROGRAM: &str = env!("CARGO_BIN_EXE_python");
const LESSON: &str = "python";
const KERNELS: &[&str] = &["integers", "memory"];

#[path = "../../../../shared/testing/contract.rs"]
mod contract;
#[path = "../../../../shared/testing/output.rs"]
mod output;
mod program;
