//! The lesson as its reader runs it, on the device that there is. The devices in software are tested in `devices`: every
//! shader of the table, and what goes wrong.

use gpu::Gpu;
use testkit::Program;

const PROGRAM: Program = testkit::program!(Gpu);

testkit::smoke!(PROGRAM);

#[test]
fn every_strategy_has_its_file_and_its_place_in_the_chapter() {
    testkit::files::all_have_a_file::<Gpu>(env!("CARGO_MANIFEST_DIR"));
}
