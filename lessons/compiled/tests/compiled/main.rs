//! The lesson as its reader runs it, and every strategy of its table.

use testkit::Program;

// Gcc keeps the loop of `cxx-optimised`, and clang does not.
const PROGRAM: Program =
    testkit::program!(compiled::Compiled).folding(&["folded", "cxx-optimised"]);

testkit::smoke!(PROGRAM);
testkit::checks!(PROGRAM; bad_options::other_kernels_are_refused_with_one_of_this_lesson);
testkit::table!(compiled::Compiled);

mod foreign;

#[cfg(any(target_arch = "x86_64", target_arch = "aarch64"))]
mod show;
