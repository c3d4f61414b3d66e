//! Every strategy of a lesson's table has a file of its own, and the chapter names it.

use std::fs;
use std::path::Path;

use course::Table;
use kernels::AnyKernel;

/// One name in four places: row, function, file, and the chapter speaks of it. What a reader is sent to may be another
/// file of that name, in another language.
pub fn all_have_a_file<L: Table>(folder: &str) {
    let folder = Path::new(folder);
    let chapter = fs::read_to_string(folder.join("README.md")).expect("a lesson has a chapter");
    for strategy in L::strategies::<AnyKernel>() {
        let name = strategy.name.replace('-', "_");
        let file = format!("src/{name}.rs");
        let source = fs::read_to_string(folder.join(&file)).expect(&file);
        let is_there =
            ['<', '('].iter().any(|next| source.contains(&format!("pub fn {name}{next}")));
        assert!(is_there, "{file} lacks the function {name}");
        let read = L::file(&strategy.name);
        assert!(folder.join(&read).is_file(), "{read} is missing");
        assert!(read.starts_with(&format!("src/{name}.")), "{read} is named after another row");
        assert!(chapter.contains(&read), "the chapter of {} lacks {read}", L::NAME);
    }
}
