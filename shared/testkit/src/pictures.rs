//! The pictures that a lesson draws for its chapter.

use std::fs;
use std::path::Path;

use roxmltree::Document;

/// Makes the tests of a lesson's pictures. `$all` gives the name of each file and its text, in the order of the pages,
/// which show each of them once; `cargo run -p LESSON --example pictures` writes them.
///
/// ```ignore
/// testkit::pictures!(["README.md"], pictures::all().map(|picture| (picture.file(), picture.svg)));
/// ```
#[macro_export]
macro_rules! pictures {
    ($pages:expr, $all:expr) => {
        const FOLDER: &str = env!("CARGO_MANIFEST_DIR");

        #[test]
        fn the_files_are_those_that_are_drawn() {
            $crate::pictures::are_the_files(FOLDER.as_ref(), &$all);
        }

        #[test]
        fn each_is_well_formed_and_says_in_words_what_it_shows() {
            $crate::pictures::are_described(&$all);
        }

        #[test]
        fn the_pages_show_each_of_them_once_in_this_order() {
            $crate::pictures::are_shown(FOLDER.as_ref(), &$pages, &$all);
        }
    };
}

/// The folder `pictures` holds these pictures, and no others.
pub fn are_the_files(lesson: &Path, pictures: &[(String, String)]) {
    let folder = lesson.join("pictures");
    for (file, svg) in pictures {
        let lesson = lesson.file_name().unwrap_or_default().display();
        assert!(
            read(&folder.join(file)) == *svg,
            "{file}: cargo run -p {lesson} --example pictures"
        );
    }
    let files = fs::read_dir(&folder).expect("a folder").count();
    assert_eq!(files, pictures.len(), "nobody draws the others");
}

/// Each is good XML, follows the reader's scheme, and is named and described for those who do not see it.
pub fn are_described(pictures: &[(String, String)]) {
    for (file, svg) in pictures {
        let document = Document::parse(svg).expect("good XML");
        let root = document.root_element();
        let ids = root.attribute("aria-labelledby").expect("it has a name").split(' ');
        for id in ids {
            let named = document.descendants().find(|node| node.attribute("id") == Some(id));
            let words = named.and_then(|node| node.text()).expect("the name is there");
            assert!(words.len() > 20, "{file}: {words}");
        }
        assert!(svg.contains("prefers-color-scheme:dark"), "{file}");
        assert!(!svg.contains("NaN"), "{file}");
    }
}

/// The pages of the lesson show each picture once, in this order, with a text in its place.
pub fn are_shown(lesson: &Path, pages: &[&str], pictures: &[(String, String)]) {
    let text: String = pages.iter().map(|page| read(&lesson.join(page))).collect();
    let shown = text.split("](pictures/").skip(1);
    let shown: Vec<&str> =
        shown.filter_map(|rest| rest.split_once(')').map(|(file, _)| file)).collect();
    let drawn: Vec<&str> = pictures.iter().map(|(file, _)| file.as_str()).collect();
    assert_eq!(shown, drawn);
    for image in text.split("![").skip(1) {
        let words = image.split(']').next().unwrap_or_default();
        assert!(words.len() > 20, "a picture without words: {words}");
    }
}

fn read(path: &Path) -> String {
    fs::read_to_string(path).unwrap_or_else(|error| panic!("{}: {error}", path.display()))
}
