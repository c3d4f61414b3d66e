//! The checks themselves, checked: a good page passes all of them, and each fails on a bad page.
//!
//! A bad page is the good one with one thing changed.

use std::fs;

use libtest_mimic::Trial;

use crate::checks::{self, Findings};
use crate::chromium::Chromium;
use crate::page::{Page, Scheme, Width, file_url};
use crate::{Result, trial};

const GOOD: &str = include_str!("good.html");
const END: &str = "</body>";

/// A bad page: what of the good one is replaced by what, the check that finds it, and a part of what
/// the check then says.
struct Bad {
    name: &'static str,
    old: &'static str,
    new: &'static str,
    check: fn(&Page) -> Result<Findings>,
    said: &'static str,
}

fn figures(page: &Page) -> Result<Findings> {
    checks::figures(page, "figure svg")
}

fn contrast(page: &Page) -> Result<Findings> {
    checks::contrast(page, &["body *"])
}

fn hover(page: &Page) -> Result<Findings> {
    checks::hover(page, ".point, .line", "#tip")
}

#[rustfmt::skip]
const BAD: &[Bad] = &[
    Bad { name: "an_error_on_the_console", old: END, new: "<script>console.error('it', {broke: 1}, 7)</script>",
          check: checks::quiet, said: "console error: it Object 7" },
    Bad { name: "a_warning_on_the_console", old: END, new: "<script>console.warn('old')</script>",
          check: checks::quiet, said: "console warning: old" },
    Bad { name: "an_uncaught_exception", old: END, new: "<script>setTimeout(() => nothing.at.all, 20)</script>",
          check: checks::quiet, said: "uncaught: ReferenceError: nothing is not defined" },
    Bad { name: "a_missing_file", old: END, new: "<img src='missing.png' alt=''>",
          check: checks::quiet, said: "missing.png: net::ERR_FILE_NOT_FOUND" },
    Bad { name: "a_picture_from_the_network", old: END, new: "<img src='http://127.0.0.1:9/x.png' alt=''>",
          check: checks::quiet, said: "fetched http://127.0.0.1:9/x.png" },
    Bad { name: "a_script_that_fetches", old: END, new: "<script>fetch('http://127.0.0.1:9/y').catch(() => 0)</script>",
          check: checks::quiet, said: "fetched http://127.0.0.1:9/y" },
    Bad { name: "a_frame_from_the_network", old: END, new: "<iframe src='http://127.0.0.1:9/z'></iframe>",
          check: checks::quiet, said: "fetched http://127.0.0.1:9/z" },
    Bad { name: "a_socket", old: END, new: "<script>new WebSocket('ws://127.0.0.1:9/s')</script>",
          check: checks::quiet, said: "fetched ws://127.0.0.1:9/s" },
    Bad { name: "too_wide", old: "class=\"over\"", new: "style='width: 1441px'",
          check: checks::fits, said: "1457 pixels wide in a window of 1440: <p> \"Words on a veil.\"" },
    Bad { name: "a_chart_without_title", old: "<title>Two points and a line</title>", new: "",
          check: figures, said: "<svg> \"speedup\" has no title" },
    Bad { name: "a_chart_that_cannot_be_seen", old: "<svg ", new: "<svg style='opacity: 0' ",
          check: figures, said: "cannot be seen" },
    Bad { name: "a_chart_off_the_page", old: "<svg ", new: "<svg style='margin-left: -300px' ",
          check: figures, said: "on a page of 1440" },
    Bad { name: "words_off_their_chart", old: "x=\"80\"", new: "x=\"300\"",
          check: figures, said: "<text> \"speedup\" is cut off" },
    Bad { name: "no_chart", old: "figure>", new: "section>",
          check: figures, said: "nothing matches figure svg" },
    Bad { name: "pale_words", old: "--ink: #222", new: "--ink: #999",
          check: contrast, said: "<h1> \"A good page\" has a contrast of 2.85, rgb(153,153,153) on rgb(255,255,255)" },
    Bad { name: "words_behind_a_veil", old: "#0004", new: "#000a",
          check: contrast, said: "<p.over> \"Words on a veil.\" has a contrast of " },
    Bad { name: "pale_words_in_a_chart", old: "<rect class=\"box\"", new: "<rect fill=\"#444\"",
          check: contrast, said: "<text> \"speedup\" has a contrast of " },
    Bad { name: "words_on_a_picture", old: "class=\"over\"", new: "style='background: linear-gradient(red, blue)'",
          check: contrast, said: "its contrast cannot be told" },
    Bad { name: "a_control_that_tab_does_not_reach", old: "<button>", new: "<button tabindex='-1'>",
          check: checks::keyboard, said: "Tab does not reach <button> \"One\"" },
    Bad { name: "a_button_that_is_none", old: "<button>One</button>", new: "<b role='button'>One</b>",
          check: checks::keyboard, said: "Tab does not reach <b> \"One\"" },
    Bad { name: "controls_in_another_order", old: "<select ", new: "<select tabindex='1' ",
          check: checks::keyboard, said: "which stands below it" },
    Bad { name: "a_focus_that_cannot_be_seen", old: "<button>", new: "<button style='outline: none'>",
          check: checks::keyboard, said: "<button> \"One\" does not show that it has the focus" },
    Bad { name: "a_tip_that_does_not_come", old: "= mark.getAttribute('class')", new: "= ''",
          check: hover, said: "pointing at <path.line> shows nothing in #tip" },
    Bad { name: "a_point_below_another", old: "</svg>", new: "<rect width='320' height='120' fill='#0000'/></svg>",
          check: hover, said: "is covered by <rect>" },
];

/// A test for the good page, and one for each bad one.
pub fn trials() -> Vec<Trial> {
    let good = [
        trial("self_test::a_good_page_passes_every_check", None, passes),
        trial("self_test::values_and_pictures_come_back", None, answers),
    ];
    let bad = BAD
        .iter()
        .map(|bad| trial(format!("self_test::finds_{}", bad.name), None, move || finds(bad)));
    good.into_iter().chain(bad).collect()
}

/// Writes a page with this text, and hands its address to `look`, with a fresh browser.
fn with_page(
    name: &str,
    text: &str,
    look: impl FnOnce(&Chromium, &str) -> Result<()>,
) -> Result<()> {
    // An address with a space is one that has to be escaped.
    let folder = tempfile::Builder::new().prefix("a folder ").tempdir()?;
    let path = folder.path().join("self-test").join(name).with_extension("html");
    fs::create_dir(folder.path().join("self-test"))?;
    fs::write(&path, text)?;
    look(&Chromium::start()?, &file_url(&path)?)
}

fn passes() -> Result<()> {
    with_page("good", GOOD, |chromium, url| {
        for (width, scheme) in checks::views() {
            let page = chromium.open(url, width, scheme)?;
            let place = format!("at {} in {scheme}", width.0);
            checks::none(&place, &checks::fits(&page)?)?;
            checks::none(&place, &figures(&page)?)?;
            checks::none(&place, &contrast(&page)?)?;
            checks::none(&place, &checks::keyboard(&page)?)?;
            checks::none(&place, &hover(&page)?)?;
            checks::none(&place, &checks::quiet(&page)?)?;
        }
        Ok(())
    })
}

fn finds(bad: &Bad) -> Result<()> {
    let text = GOOD.replace(bad.old, bad.new);
    with_page(bad.name, &text, |chromium, url| {
        let findings = (bad.check)(&chromium.open(url, Width(1440), Scheme::Light)?)?;
        if text != GOOD && findings.iter().any(|finding| finding.contains(bad.said)) {
            return Ok(());
        }
        Err(format!("no finding says: {}\n  {}", bad.said, findings.join("\n  ")).into())
    })
}

fn answers() -> Result<()> {
    with_page("answers", GOOD, |chromium, url| {
        let page = chromium.open(url, Width(360), Scheme::Dark)?;
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
    })
}
