//! Every strategy of the table gives the known answer, sums every term exactly once, and has its file.

#[path = "../../../shared/testing/files.rs"]
mod files;
#[path = "../../../shared/testing/strategies.rs"]
mod strategies;

#[test]
fn every_strategy_is_right_at_awkward_sizes() {
    strategies::all_are_right::<ffi::Ffi>();
}

#[test]
fn every_strategy_has_its_file_and_its_place_in_the_chapter() {
    files::all_have_a_file::<ffi::Ffi>();
}
