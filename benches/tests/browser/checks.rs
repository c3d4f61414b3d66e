//! What has to hold for a page. Each check answers with what it found wrong, a line each.
//!
//! A selector that matches nothing is a finding, too: otherwise a check would pass by looking nowhere.

use std::collections::BTreeSet;
use std::time::{Duration, Instant};

use serde::Deserialize;
use serde_json::json;

use crate::Result;
use crate::page::{Page, Scheme, Width};

/// What is wrong with a page, a line each; none where all is well.
pub type Findings = Vec<String>;

/// The widths at which a page is looked at: a phone, a tablet, a desk.
const WIDTHS: [Width; 3] = [Width(360), Width(768), Width(1440)];

/// Every width in both schemes.
pub fn views() -> impl Iterator<Item = (Width, Scheme)> {
    WIDTHS.into_iter().flat_map(|width| [(width, Scheme::Light), (width, Scheme::Dark)])
}

/// The least contrast of text: level AA of WCAG 2.2, success criterion 1.4.3.
const CONTRAST: f64 = 4.5;

/// How long something may take to appear below the mouse.
const APPEARS: Duration = Duration::from_secs(1);

/// Turns findings into the failure of a test; `page` says where they were found.
pub fn none(page: &str, findings: &[String]) -> Result<()> {
    if findings.is_empty() {
        return Ok(());
    }
    let shown = findings.iter().take(20).map(|finding| format!("\n  {finding}"));
    let more = findings.len().saturating_sub(20);
    let more = if more > 0 { format!("\n  and {more} more") } else { String::new() };
    Err(format!("{page}:{}{more}", shown.collect::<String>()).into())
}

/// Nothing went wrong so far, and nothing came from the network.
pub fn quiet(page: &Page) -> Result<Findings> {
    page.rest()?;
    let fetched = page.requests().into_iter().map(|url| format!("fetched {url}"));
    Ok(page.problems().into_iter().chain(fetched).collect())
}

/// The page is not wider than its window: nobody has to scroll sideways.
pub fn fits(page: &Page) -> Result<Findings> {
    page.apply(include_str!("fits.js"), json!([]))
}

/// Every element that matches can be seen, within the width of the page and with all of its text,
/// and every `svg` has a title, which is what a screen reader reads.
pub fn figures(page: &Page, selector: &str) -> Result<Findings> {
    page.apply(include_str!("figures.js"), json!([selector]))
}

/// Every text of the drawings that match is shown between so many pixels high.
pub fn letters(page: &Page, selector: &str, (least, most): (f64, f64)) -> Result<Findings> {
    page.apply(include_str!("letters.js"), json!([selector, least, most]))
}

/// Every element that matches ends within the first screen, which is so high.
pub fn first_screen(page: &Page, selector: &str, height: u32) -> Result<Findings> {
    page.apply(include_str!("first.js"), json!([selector, height]))
}

/// The text that stands in the elements that match, without that of their children, stands out from
/// what is painted behind it. `body *` looks at all text of the page.
pub fn contrast(page: &Page, selectors: &[&str]) -> Result<Findings> {
    let mut findings = Findings::new();
    for selector in selectors {
        findings.extend(
            page.apply::<Findings>(include_str!("contrast.js"), json!([selector, CONTRAST]))?,
        );
    }
    Ok(findings)
}

/// A stop of the Tab key: which of the controls it is, and what can be seen of that.
#[derive(Deserialize)]
struct Stop {
    end: bool,
    index: Option<usize>,
    name: String,
    outlined: bool,
    scrolls: bool,
}

/// Tab reaches every control, in the order of the document, and each shows that it has the focus.
pub fn keyboard(page: &Page) -> Result<Findings> {
    let controls: Vec<String> = page.apply(include_str!("controls.js"), json!([]))?;
    let mut findings = Findings::new();
    if controls.is_empty() {
        findings.push("there is no control".into());
    }
    let mut reached: Vec<usize> = Vec::new();
    // Besides the controls, Tab stops at areas that scroll.
    for _ in 0..2 * controls.len() + 50 {
        page.key("Tab")?;
        let stop: Stop = page.apply(include_str!("stop.js"), json!([]))?;
        // Between the last control and the first, the focus may be on the page itself.
        if stop.end && reached.is_empty() {
            continue;
        }
        if stop.end || stop.index.is_some_and(|index| reached.contains(&index)) {
            break;
        }
        if !stop.outlined {
            findings.push(format!("{} does not show that it has the focus", stop.name));
        }
        match stop.index {
            Some(index) => reached.push(index),
            None if stop.scrolls => {}
            None => findings.push(format!("Tab stops at {}, which is no control", stop.name)),
        }
    }
    for pair in reached.windows(2).filter(|pair| pair[0] > pair[1]) {
        let (first, second) = (&controls[pair[0]], &controls[pair[1]]);
        findings.push(format!("Tab reaches {second} after {first}, which stands below it"));
    }
    let reached: BTreeSet<usize> = reached.into_iter().collect();
    let missed = (0..controls.len()).filter(|index| !reached.contains(index));
    findings.extend(missed.map(|index| format!("Tab does not reach {}", controls[index])));
    Ok(findings)
}

/// Pointing at each element that matches `selector` shows words in an element that matches `shown`.
pub fn hover(page: &Page, selector: &str, shown: &str) -> Result<Findings> {
    let mut findings = Findings::new();
    let words = || page.apply::<String>(include_str!("words.js"), json!([shown]));
    let names: Vec<String> = page.apply(include_str!("names.js"), json!([selector]))?;
    if names.is_empty() {
        findings.push(format!("nothing matches {selector}"));
    }
    for (index, name) in names.iter().enumerate() {
        page.leave()?;
        page.drawn()?;
        let before = words()?;
        if let Err(error) = page.hover_nth(selector, index) {
            let message = error.message().and_then(|message| message.lines().next());
            findings.push(message.unwrap_or("no answer").to_owned());
            continue;
        }
        let start = Instant::now();
        let mut after = words()?;
        while (after.is_empty() || after == before) && start.elapsed() < APPEARS {
            std::thread::sleep(Duration::from_millis(20));
            after = words()?;
        }
        if after.is_empty() || after == before {
            findings.push(format!("pointing at {name} shows nothing in {shown}"));
        }
    }
    Ok(findings)
}
