//! Every strategy of a lesson's table has a file of its own, and the chapter names it.

use std::fs;
use std::path::Path;

use course::Table;
use kernels::AnyKernel;

/// One name in four places: row, function, file, and the chapter speaks of it.
pub fn all_have_a_file<L: Table>(folder: &str) {
    let folder = Path::new(folder);
    let chapter = fs::read_to_string(folder.join("README.md")).expect("a lesson has a chapter");
    for strategy in L::strategies::<AnyKernel>() {
        let name = strategy.name.replace('-', "_");
        let file = format!("src/{name}.rs");
        let source = fs::read_to_string(folder.join(&file)).expect(&file);
        assert!(source.contains(&format!("pub fn {name}<")), "{file} lacks the function {name}");
        assert!(chapter.contains(&file), "the chapter of {} lacks {file}", L::NAME);
    }
}
