//! The lesson as its reader runs it, and every strategy of its table.

use testkit::Program;

const PROGRAM: Program = testkit::program!(sequential::Sequential).folding(&["folded"]);

testkit::smoke!(PROGRAM);
testkit::checks!(PROGRAM; bad_options::rows_of_other_kernels_are_refused_with_the_right_one);
testkit::table!(sequential::Sequential);
