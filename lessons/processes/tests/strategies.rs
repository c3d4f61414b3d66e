//! Every strategy of the table has its file. That each is right is tested on the program itself, which
//! is its own worker: see `contract.rs`.

#[path = "../../../shared/testing/files.rs"]
mod files;

#[test]
fn every_strategy_has_its_file_and_its_place_in_the_chapter() {
    files::all_have_a_file::<processes::Processes>();
}
