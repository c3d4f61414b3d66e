//! The lesson as its reader runs it, and every strategy of its table.

use testkit::{Program, program};

const PROGRAM: &str = env!("CARGO_BIN_EXE_jit");

mod command_line;

testkit::smoke!(Program::of::<jit::Jit>(PROGRAM));
testkit::checks!(Program::of::<jit::Jit>(PROGRAM); bad_options::other_kernels_are_refused_with_one_of_this_lesson);
testkit::table!(jit::Jit);
