//! The lesson as its reader runs it, and every shader of its table on the device that there is. The devices in software
//! are tested in `devices`, and what goes wrong on them.

use gpu::Gpu;
use testkit::Program;

const PROGRAM: Program = testkit::program!(Gpu);

testkit::smoke!(PROGRAM);
testkit::table!(Gpu);
