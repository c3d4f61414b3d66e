//! The pictures of the chapter are those that the example draws, and stand in it.

#[path = "../examples/pictures/pictures.rs"]
mod pictures;

use std::fs;
use std::path::Path;

use roxmltree::Document;

fn folder() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

fn read(file: &str) -> String {
    let path = folder().join(file);
    fs::read_to_string(&path).unwrap_or_else(|error| panic!("{}: {error}", path.display()))
}

#[test]
fn the_files_are_those_that_are_drawn() {
    for picture in pictures::all() {
        let file = format!("pictures/{}", picture.file());
        assert!(read(&file) == picture.svg, "{file}: cargo run -p gpu --example pictures");
    }
    let files = fs::read_dir(folder().join("pictures")).expect("a folder").count();
    assert_eq!(files, pictures::all().len(), "nobody draws the others");
}

#[test]
fn each_is_well_formed_and_says_in_words_what_it_shows() {
    for picture in pictures::all() {
        let document = Document::parse(&picture.svg).expect("good XML");
        let root = document.root_element();
        let ids = root.attribute("aria-labelledby").expect("it has a name").split(' ');
        for id in ids {
            let named = document.descendants().find(|node| node.attribute("id") == Some(id));
            let words = named.and_then(|node| node.text()).expect("the name is there");
            assert!(words.len() > 20, "{}: {words}", picture.name);
        }
        assert!(picture.svg.contains("prefers-color-scheme:dark"), "{}", picture.name);
        assert!(!picture.svg.contains("NaN"), "{}", picture.name);
    }
}

#[test]
fn the_chapter_shows_each_of_them_once_in_this_order() {
    let chapter = read("README.md");
    let shown: Vec<&str> = chapter
        .split("](pictures/")
        .skip(1)
        .filter_map(|rest| rest.split_once(')').map(|(file, _)| file))
        .collect();
    assert_eq!(shown, pictures::all().map(|picture| picture.file()));
    for text in chapter.split("![").skip(1) {
        let alternative = text.split(']').next().unwrap_or_default();
        assert!(alternative.len() > 20, "a picture without words: {alternative}");
    }
}
