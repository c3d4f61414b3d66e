//! The book is whole: what its chapters show from the sources is there, and every link leads somewhere.
//!
//! mdBook leaves a block empty where an anchor is misspelt, and looks at no link. So this looks.

use std::fs;
use std::path::{Path, PathBuf};

use benches::recorded::{Chapter, anchors, excerpt};

/// What the forge shows beside the files of a workspace.
const OF_THE_FORGE: &str = "../../actions/";

/// The folder of a book: a summary, chapters, and the sources beside them.
struct Book {
    folder: PathBuf,
}

impl Book {
    /// All that is wrong with the book, one line each.
    fn faults(&self) -> Vec<String> {
        let pages = self.pages();
        let mut faults = self.faults_of_the_summary(&pages);
        let mut shown = Vec::new();
        for page in pages.iter().filter(|page| page.exists()) {
            faults.extend(faults_of_the_links(page, &self.folder, &pages));
            if read(page).contains("{{#") {
                faults.push(format!("{}: the forge shows an include as it stands", page.display()));
            }
            match self.excerpts(page) {
                Ok(excerpts) => shown.extend(excerpts),
                Err(fault) => faults.push(fault),
            }
        }
        for anchor in self.anchors() {
            if !shown.contains(&anchor) {
                faults.push(format!("no chapter shows {} of {}", anchor.1, anchor.0.display()));
            }
        }
        faults
    }

    /// The pages, in the order of the summary.
    fn pages(&self) -> Vec<PathBuf> {
        let summary = read(&self.folder.join("SUMMARY.md"));
        between(&summary, "](", ")").map(|entry| self.folder.join(entry)).collect()
    }

    fn faults_of_the_summary(&self, pages: &[PathBuf]) -> Vec<String> {
        let missing = pages.iter().filter(|page| !page.exists());
        let missing = missing.map(|page| format!("the summary names {}", page.display()));
        let folders = entries(&self.folder).into_iter();
        let lessons = folders.filter(|folder| folder.join("Cargo.toml").exists());
        let chapters = lessons.map(|folder| folder.join("README.md"));
        let forgotten = chapters.filter(|chapter| !pages.contains(chapter));
        missing.chain(forgotten.map(|page| format!("no summary of {}", page.display()))).collect()
    }

    /// The files and the anchors whose lines `page` shows.
    fn excerpts(&self, page: &Path) -> Result<Vec<(PathBuf, String)>, String> {
        let chapter = Chapter { path: page.to_owned(), text: read(page) };
        let excerpts = chapter.code()?.into_iter().map(|(file, anchor)| {
            let at = |why: &str| format!("{}: {file}:{anchor}: {why}", page.display());
            let source = beside(page, &file);
            if !source.starts_with(&self.folder) {
                return Err(at("leads out of the book"));
            }
            excerpt(&source, &anchor).map_err(|why| at(&why))?;
            Ok((source, anchor))
        });
        excerpts.collect()
    }

    /// Every anchor in the sources, with its file.
    fn anchors(&self) -> Vec<(PathBuf, String)> {
        let mut found = Vec::new();
        let folders = entries(&self.folder).into_iter();
        // A lesson's sources lie in `src` and `examples`; those of `python` that people read in `rungs`.
        let sources =
            |lesson: PathBuf| ["src", "examples", "rungs"].map(|folder| lesson.join(folder));
        let sources = folders.flat_map(sources);
        for file in sources.flat_map(|folder| files_under(&folder)) {
            let source = read(&file);
            found.extend(anchors(&source).map(|name| (file.clone(), name.to_owned())));
        }
        found
    }
}

/// The files of a folder and of those in it.
pub(crate) fn files_under(folder: &Path) -> Vec<PathBuf> {
    let inside = |path: PathBuf| if path.is_dir() { files_under(&path) } else { vec![path] };
    entries(folder).into_iter().flat_map(inside).collect()
}

/// The links of `page` that lead nowhere, or out of `home`, or to a page that is not one of `pages`.
fn faults_of_the_links(page: &Path, home: &Path, pages: &[PathBuf]) -> Vec<String> {
    let prose = prose(&read(page));
    let targets = [("](", ")"), ("src=\"", "\""), ("href=\"", "\"")]
        .into_iter()
        .flat_map(|(open, close)| between(&prose, open, close))
        .filter(|target| !target.starts_with("https://") && !target.starts_with(OF_THE_FORGE));
    let fault = |target: &str| {
        let (path, fragment) = target.split_once('#').unwrap_or((target, ""));
        let file = if path.is_empty() { page.to_owned() } else { beside(page, path) };
        let chapter = file.extension().is_some_and(|ending| ending == "md");
        if !file.exists() {
            Some("leads nowhere")
        } else if !file.starts_with(home) {
            Some("leads out of the book")
        } else if chapter && !pages.contains(&file) {
            Some("leads to a page that the book leaves out")
        } else if !fragment.is_empty() && !fragments(&file).iter().any(|name| name == fragment) {
            Some("leads to no such place")
        } else {
            None
        }
    };
    targets
        .filter_map(|target| Some(format!("{}: {target}: {}", page.display(), fault(target)?)))
        .collect()
}

/// What a link may name in a page: its headings, as mdBook and the forge spell them, and its marks.
fn fragments(page: &Path) -> Vec<String> {
    let prose = prose(&read(page));
    let headings = prose.lines().filter(|line| line.starts_with('#')).map(|line| {
        let title = line.trim_start_matches('#').trim().to_lowercase();
        let kept = title.chars().filter(|c| c.is_alphanumeric() || matches!(c, ' ' | '-' | '_'));
        kept.collect::<String>().replace(' ', "-")
    });
    headings.chain(between(&prose, "<a id=\"", "\"").map(str::to_owned)).collect()
}

/// A page without its comments and its blocks of code.
fn prose(page: &str) -> String {
    let mut comments = page.split("<!--");
    let seen: String = comments
        .next()
        .into_iter()
        .chain(comments.map(|part| part.split_once("-->").map_or("", |(_, rest)| rest)))
        .collect();
    let mut code = false;
    let keep = |line: &&str| {
        let fence = line.trim_start().starts_with("```");
        code ^= fence;
        !code && !fence
    };
    seen.lines().filter(keep).flat_map(|line| [line, "\n"]).collect()
}

/// The parts of `text` that stand between `open` and the next `close`.
fn between<'a>(text: &'a str, open: &'a str, close: &'a str) -> impl Iterator<Item = &'a str> {
    text.split(open).skip(1).filter_map(move |rest| Some(rest.split_once(close)?.0))
}

/// The file that `page` calls `path`, without any `..` left in it.
fn beside(page: &Path, path: &str) -> PathBuf {
    let mut file = page.parent().expect("a page lies in a folder").to_owned();
    for part in path.split('/') {
        match part {
            ".." => drop(file.pop()),
            "." => {}
            _ => file.push(part),
        }
    }
    file
}

fn read(path: &Path) -> String {
    fs::read_to_string(path).unwrap_or_else(|error| panic!("{}: {error}", path.display()))
}

/// What lies in a folder, in alphabetical order; nothing where there is no such folder.
fn entries(folder: &Path) -> Vec<PathBuf> {
    let entries = fs::read_dir(folder).into_iter().flatten();
    let mut paths: Vec<_> = entries.map(|entry| entry.expect("can be read").path()).collect();
    paths.sort();
    paths
}

pub(crate) fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).parent().expect("benches lie in the workspace").to_owned()
}

#[test]
fn the_book_is_whole() {
    let book = Book { folder: root().join("lessons") };
    assert_eq!(book.faults(), [""; 0]);
    assert!(book.pages().len() >= 6, "the first page, four lessons, a recorded run");
    for page in book.pages() {
        let chapter = page.ends_with("README.md");
        let lesson = chapter && page.with_file_name("Cargo.toml").exists();
        let shown = book.excerpts(&page).expect("good code").len();
        assert!(!lesson || shown >= 3, "{} shows {shown} parts of its sources", page.display());
    }
}

#[test]
fn the_links_of_the_readme_lead_somewhere() {
    let readme = root().join("README.md");
    let mut pages = Book { folder: root().join("lessons") }.pages();
    // What the forge shows by itself, and the book leaves out.
    let others = [".github/SECURITY.md", "benches/README.md", "benches/RESULTS.md"];
    pages.extend(others.map(|page| root().join(page)).into_iter().chain([readme.clone()]));
    assert_eq!(faults_of_the_links(&readme, &root(), &pages), [""; 0]);
    assert!(between(&read(&readme), "](lessons/", ")").count() >= 4, "it knows the lessons");
}

/// A small book with a lesson `one`, whose chapter and source are given.
fn small_book(chapter: &str, source: &str) -> (tempfile::TempDir, Book) {
    let outside = tempfile::tempdir().expect("a temporary folder");
    let folder = outside.path().join("book");
    let put = |path: &str, text: &str| {
        let path = folder.join(path);
        fs::create_dir_all(path.parent().expect("inside")).expect("a folder");
        fs::write(path, text).expect("a file");
    };
    put("SUMMARY.md", "- [one](one/README.md)\n");
    put("one/Cargo.toml", "");
    put("one/README.md", chapter);
    put("one/src/sum.rs", source);
    put("one/notes.md", "");
    put("../outside.txt", "");
    (outside, Book { folder })
}

const GOOD_CHAPTER: &str = "# One sum: what's `it`?\n\n<a id=\"mark\"></a>\nSee [it](src/sum.rs), \
    [above](#one-sum-whats-it), [the mark](../one/README.md#mark).\n\n\
    <!--code src/sum.rs:loop-->\n```rust\n# [no](link)\n```\n";
const GOOD_SOURCE: &str =
    "fn f() {\n    // ANCHOR: loop\n    loop {}\n    // ANCHOR_END: loop\n}\n";

#[test]
fn a_good_book_has_no_faults() {
    assert_eq!(small_book(GOOD_CHAPTER, GOOD_SOURCE).1.faults(), [""; 0]);
}

/// Whether a small book with this chapter and source has exactly one fault, and one that says so.
#[track_caller]
fn has_one_fault(chapter: &str, source: &str, says: &str) {
    let (_folder, book) = small_book(chapter, source);
    let faults = book.faults();
    assert!(faults.len() == 1 && faults[0].contains(says), "{says}: {faults:?}");
}

#[test]
fn bad_code_is_found() {
    for (more, says) in [
        ("<!--code src/sun.rs:loop-->", "no such file"),
        ("<!--code ../../outside.txt:loop-->", "leads out of the book"),
        ("<!--code src/sum.rs:lop-->", "no such anchor"),
        ("<!--code src/sum.rs-->", "code is `code FILE:ANCHOR`"),
        ("{{#include src/sum.rs:loop}}", "as it stands"),
    ] {
        // A comment that is broken hides the good one before it.
        let chapter = format!("{more}\n\n{GOOD_CHAPTER}");
        let (_folder, book) = small_book(&chapter, GOOD_SOURCE);
        let faults = book.faults().join("; ");
        assert!(faults.contains(says), "{says}: {faults}");
    }
    let unused = format!("{GOOD_SOURCE}// ANCHOR: other\nx\n// ANCHOR_END: other\n");
    has_one_fault(GOOD_CHAPTER, &unused, "no chapter shows other");
}

#[test]
fn a_bad_link_is_found() {
    for (link, says) in [
        ("[a](src/sun.rs)", "leads nowhere"),
        ("[a](../two/README.md)", "leads nowhere"),
        ("<img src=\"chart.svg\">", "leads nowhere"),
        ("[a](../../outside.txt)", "leads out of the book"),
        ("[a](notes.md)", "leads to a page that the book leaves out"),
        ("[a](#mork)", "leads to no such place"),
        ("[a](README.md#no)", "leads to no such place"),
    ] {
        has_one_fault(&format!("{GOOD_CHAPTER}{link}\n"), GOOD_SOURCE, says);
    }
}

#[test]
fn a_summary_that_lacks_a_lesson_or_names_none_is_found() {
    let (_folder, book) = small_book(GOOD_CHAPTER, GOOD_SOURCE);
    fs::create_dir(book.folder.join("two")).expect("a folder");
    fs::write(book.folder.join("two/Cargo.toml"), "").expect("a file");
    fs::write(book.folder.join("SUMMARY.md"), "[one](one/README.md) [x](x.md)").expect("a file");
    let faults = book.faults().join("; ");
    assert!(faults.contains("the summary names") && faults.contains("x.md"), "{faults}");
    assert!(faults.contains("no summary of") && faults.contains("two/README.md"), "{faults}");
}
