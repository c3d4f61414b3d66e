//! The checks themselves, checked: a good page passes all of them, and each fails on a bad page.
//!
//! A bad page is the good one with one thing changed.

use std::fs;

use libtest_mimic::Trial;
use tempfile::TempDir;

use crate::checks::{self, Findings};
use crate::chromium::Chromium;
use crate::page::{Page, Scheme, Width, file_url};
use crate::{Result, trial};

const GOOD: &str = include_str!("good.html");
const END: &str = "</body>";

/// A check, and the bad pages on which it has to find something.
struct Check {
    name: &'static str,
    check: fn(&Page) -> Result<Findings>,
    bad: &'static [Bad],
}

/// A bad page: its name, what of the good page is replaced by what, and a part of what the check says.
struct Bad(&'static str, &'static str, &'static str, &'static str);

fn figures(page: &Page) -> Result<Findings> {
    checks::figures(page, "figure svg")
}

fn contrast(page: &Page) -> Result<Findings> {
    checks::contrast(page, &["body *"])
}

fn hover(page: &Page) -> Result<Findings> {
    checks::hover(page, ".point, .line", "#tip")
}

fn letters(page: &Page) -> Result<Findings> {
    checks::letters(page, "figure svg", (9.0, 30.0))
}

fn first_screen(page: &Page) -> Result<Findings> {
    checks::first_screen(page, "figure svg", 2000)
}

#[rustfmt::skip]
const CHECKS: [Check; 8] = [
    Check { name: "letters", check: letters, bad: &[
        Bad("words-too-small", "font-size: 12px", "font-size: 4px", "\"speedup\" is shown 8.0 pixels high"),
        Bad("words-too-large", "font-size: 12px", "font-size: 20px", "\"speedup\" is shown 40.0 pixels high"),
        Bad("no-words", "<text ", "<desc ", "no text in figure svg"),
    ] },
    Check { name: "first_screen", check: first_screen, bad: &[
        Bad("a-chart-below-all", "class=\"over\"", "style='height: 3000px'", "of 2000"),
        Bad("no-first-chart", "figure>", "section>", "nothing matches figure svg"),
    ] },
    Check { name: "quiet", check: checks::quiet, bad: &[
        Bad("an-error-on-the-console", END, "<script>console.error('it', {broke: 1}, 7)</script>",
            "console error: it Object 7"),
        Bad("a-warning-on-the-console", END, "<script>console.warn('old')</script>",
            "console warning: old"),
        Bad("an-uncaught-exception", END, "<script>setTimeout(() => nothing.at.all, 20)</script>",
            "uncaught: ReferenceError: nothing is not defined"),
        Bad("a-missing-file", END, "<img src='missing.png' alt=''>",
            "missing.png: net::ERR_FILE_NOT_FOUND"),
        Bad("a-picture-from-the-network", END, "<img src='http://127.0.0.1:9/x.png' alt=''>",
            "fetched http://127.0.0.1:9/x.png"),
        Bad("a-script-that-fetches", END, "<script>fetch('http://127.0.0.1:9/y').catch(() => 0)</script>",
            "fetched http://127.0.0.1:9/y"),
        Bad("a-frame-from-the-network", END, "<iframe src='http://127.0.0.1:9/z'></iframe>",
            "fetched http://127.0.0.1:9/z"),
        Bad("a-socket", END, "<script>new WebSocket('ws://127.0.0.1:9/s')</script>",
            "fetched ws://127.0.0.1:9/s"),
    ] },
    Check { name: "fits", check: checks::fits, bad: &[
        Bad("too-wide", "class=\"over\"", "style='width: 1441px'",
            "1457 pixels wide in a window of 1440: <p> \"Words on a veil.\""),
    ] },
    Check { name: "figures", check: figures, bad: &[
        Bad("a-chart-without-title", "<title>Two points and a line</title>", "",
            "<svg> \"speedup\" has no title"),
        Bad("a-chart-that-cannot-be-seen", "<svg ", "<svg style='opacity: 0' ",
            "cannot be seen"),
        Bad("a-chart-off-the-page", "<svg ", "<svg style='margin-left: -300px' ",
            "on a page of 1440"),
        Bad("words-off-their-chart", "x=\"80\"", "x=\"300\"",
            "<text> \"speedup\" is cut off"),
        Bad("words-on-words", "<text ", "<text x=\"90\" y=\"82\">control</text><text ",
            "<text> \"control\" lies on <text> \"speedup\""),
        Bad("words-under-a-line", "x=\"80\" y=\"80\"", "x=\"140\" y=\"24\"",
            "a line (line) runs through <text> \"speedup\""),
        Bad("no-chart", "figure>", "section>",
            "nothing matches figure svg"),
    ] },
    Check { name: "contrast", check: contrast, bad: &[
        Bad("pale-words", "--ink: #222", "--ink: #999",
            "<h1> \"A good page\" has a contrast of 2.85, rgb(153,153,153) on rgb(255,255,255)"),
        Bad("pale-words-in-the-dark", "--ink: #ddd", "--ink: #666",
            "<h1> \"A good page\" has a contrast of 3.09, rgb(102,102,102) on rgb(24,24,24)"),
        Bad("words-behind-a-veil", "#0004", "#000a",
            "<p.over> \"Words on a veil.\" has a contrast of "),
        Bad("pale-words-in-a-chart", "<rect class=\"box\"", "<rect fill=\"#444\"",
            "<text> \"speedup\" has a contrast of "),
        Bad("words-on-a-picture", "class=\"over\"", "style='background: linear-gradient(red, blue)'",
            "its contrast cannot be told"),
    ] },
    Check { name: "keyboard", check: checks::keyboard, bad: &[
        Bad("a-control-that-tab-does-not-reach", "<button>", "<button tabindex='-1'>",
            "Tab does not reach <button> \"One\""),
        Bad("a-button-that-is-none", "<button>One</button>", "<b role='button'>One</b>",
            "Tab does not reach <b> \"One\""),
        Bad("controls-in-another-order", "<select ", "<select tabindex='1' ",
            "which stands below it"),
        Bad("a-focus-that-cannot-be-seen", "<button>", "<button style='outline: none'>",
            "<button> \"One\" does not show that it has the focus"),
    ] },
    Check { name: "hover", check: hover, bad: &[
        Bad("a-tip-that-does-not-come", "= mark.getAttribute('class')", "= ''",
            "pointing at <path.line> shows nothing in #tip"),
        Bad("a-point-below-another", "</svg>", "<rect width='320' height='120' fill='#0000'/></svg>",
            "is covered by <rect>"),
    ] },
];

/// A test for the good page, and one for each check on its bad pages.
pub fn trials() -> Vec<Trial> {
    let good = [
        trial("self_test::a_good_page_passes_every_check", None, passes),
        trial("self_test::values_and_pictures_come_back", None, answers),
    ];
    let bad = CHECKS
        .iter()
        .map(|check| trial(format!("self_test::{}_finds", check.name), None, move || finds(check)));
    good.into_iter().chain(bad).collect()
}

/// A folder for pages, whose name has a space, which an address has to escape.
fn pages() -> Result<TempDir> {
    let folder = tempfile::Builder::new().prefix("a folder ").tempdir()?;
    fs::create_dir(folder.path().join("self-test"))?;
    Ok(folder)
}

/// Writes a page with this text and gives its address.
fn write(folder: &TempDir, name: &str, text: &str) -> Result<String> {
    let path = folder.path().join("self-test").join(name).with_extension("html");
    fs::write(&path, text)?;
    file_url(&path)
}

fn passes() -> Result<()> {
    let folder = pages()?;
    let url = write(&folder, "good", GOOD)?;
    let chromium = Chromium::start()?;
    for (width, scheme) in checks::views() {
        let page = chromium.open(&url, width, scheme)?;
        for Check { name, check, .. } in &CHECKS {
            checks::none(&format!("{name} at {} in {scheme}", width.0), &check(&page)?)?;
        }
    }
    Ok(())
}

fn finds(Check { check, bad, .. }: &Check) -> Result<()> {
    let folder = pages()?;
    let chromium = Chromium::start()?;
    'pages: for Bad(name, old, new, said) in *bad {
        assert!(GOOD.contains(old), "{name}: the good page lacks {old}");
        let url = write(&folder, name, &GOOD.replace(old, new))?;
        let mut findings = Findings::new();
        for scheme in [Scheme::Light, Scheme::Dark] {
            findings.extend(check(&chromium.open(&url, Width(1440), scheme)?)?);
            if findings.iter().any(|finding| finding.contains(said)) {
                continue 'pages;
            }
        }
        let findings = findings.join("\n  ");
        return Err(format!("{name}: no finding says: {said}\n  {findings}").into());
    }
    Ok(())
}

fn answers() -> Result<()> {
    let pages = pages()?;
    let url = write(&pages, "answers", GOOD)?;
    let chromium = Chromium::start()?;
    let page = chromium.open(&url, Width(360), Scheme::Dark)?;
    let dark = "[innerWidth, matchMedia('(prefers-color-scheme: dark)').matches]";
    assert_eq!(page.evaluate::<(u32, bool)>(dark)?, (360, true));
    assert_eq!(page.evaluate::<String>("Promise.resolve('later')")?, "later");
    assert!(page.evaluate::<u32>("null.length").is_err());
    assert!(page.load_milliseconds()? > 0.0);
    assert!(page.key("F13").is_err());
    page.hover("circle")?;
    assert_eq!(page.evaluate::<String>("tip.textContent")?, "point");

    // Width and height stand at fixed places of a PNG, and the page is as wide as its window.
    let folder = tempfile::tempdir()?;
    let path = folder.path().join("new/picture.png");
    page.screenshot(&path)?;
    let picture = fs::read(&path)?;
    assert!(picture.starts_with(b"\x89PNG\r\n\x1a\n"));
    assert_eq!(picture[16..20], 360_u32.to_be_bytes());
    Ok(())
}
