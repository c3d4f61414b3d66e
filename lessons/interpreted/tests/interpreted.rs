//! The lesson as its reader runs it, and every strategy of its table.

use testkit::Program;

const PROGRAM: Program = testkit::program!(interpreted::Interpreted);

testkit::smoke!(PROGRAM);
testkit::checks!(PROGRAM; bad_options::other_kernels_are_refused_with_one_of_this_lesson);
testkit::table!(interpreted::Interpreted);
