//! The book as `mdbook build lessons` makes it: every page that can be reached from its first one.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

use crate::Result;
use crate::checks;
use crate::chromium::Chromium;
use crate::page::{Scheme, Width, file_url};

/// The text that we write. Not the colours of mdBook's own themes in its menus and its highlighted code.
const TEXT: &str = "main :is(p, li, th, td, strong, em, a), main :not(pre) > code";

/// The page of mdBook's own that opens the dialogue for printing.
const PRINT: &str = "print.html";

/// How each page is looked at. A scheme changes the colours, and a width does not.
const VIEWS: [(Width, Scheme); 4] = [
    (Width(360), Scheme::Light),
    (TABLET, Scheme::Light),
    (Width(1440), Scheme::Light),
    (Width(1440), Scheme::Dark),
];

const TABLET: Width = Width(768);

fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../target/book")
}

/// Why the book cannot be looked at, and what to do.
pub fn missing() -> Option<String> {
    let built = folder().join("index.html").is_file();
    (!built).then(|| "the book is not built: mdbook build lessons".into())
}

/// Nothing goes wrong on any page, nothing is fetched, each fits into its window, and our text can be
/// read.
pub fn test() -> Result<()> {
    let chromium = Chromium::start()?;
    let first = file_url(&folder().join("index.html"))?;
    let root = first.trim_end_matches("index.html").to_owned();
    let mut waiting = vec![first];
    let mut seen = BTreeSet::new();
    let mut findings = Vec::new();
    while let Some(url) = waiting.pop() {
        if !seen.insert(url.clone()) {
            continue;
        }
        // The pages beside the chapters are laid out alike, and there are many of them.
        let is_chapter = url.ends_with("/README.html");
        for (width, scheme) in VIEWS.into_iter().filter(|(width, _)| is_chapter || *width != TABLET)
        {
            let page = chromium.open(&url, width, scheme)?;
            let place = format!("{} at {} in {scheme}", url.trim_start_matches(&root), width.0);
            let mut found = checks::fits(&page)?;
            if width == Width(1440) {
                found.extend(checks::contrast(&page, &[TEXT])?);
            }
            found.extend(checks::quiet(&page)?);
            findings.extend(found.into_iter().map(|finding| format!("{place}: {finding}")));
            let links: Vec<String> = page.evaluate("[...document.links].map(link => link.href)")?;
            let pages = links.iter().map(|link| link.split('#').next().unwrap_or(link).to_owned());
            waiting.extend(pages.filter(|link| {
                link.starts_with(&root) && link.ends_with(".html") && !link.ends_with(PRINT)
            }));
        }
    }
    if seen.len() < 2 {
        findings.push("the first page links to no other".into());
    }
    checks::none("the book", &findings)
}
