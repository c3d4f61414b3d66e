//! The report of a bench, drawn from made-up results with every question in them.

use std::time::Duration;

use benches::law_readings::law_readings;
use benches::{chart, report};

use crate::Result;
use crate::checks;
use crate::chromium::Chromium;
use crate::page::{Width, file_url};

#[path = "../../testing/made_up.rs"]
mod made_up;

/// The points that are pointed at, of a line that no other covers: every chart has the same script.
const POINTS: &str = "svg:has(#contention-workers-text) [data-series='mutex-std'] .dot";

/// Opened from disk, the report shows every chart at every width and in both schemes, answers the
/// mouse and the keyboard, and fetches nothing.
pub fn test() -> Result<()> {
    let folder = tempfile::tempdir()?;
    let path = folder.path().join("report.html");
    std::fs::write(&path, page(&[1, 2, 4, 8, 16], 8))?;
    let chromium = Chromium::start()?;
    let mut findings = Vec::new();
    for (width, scheme) in checks::views() {
        let page = chromium.open(&file_url(&path)?, width, scheme)?;
        let place = format!("at {} in {scheme}", width.0);
        let mut found = checks::fits(&page)?;
        found.extend(checks::figures(&page, drawings(width))?);
        // Readable on a telephone, and nowhere larger than the text of the page.
        found.extend(checks::letters(&page, "figure svg", (9.9, 16.0))?);
        // The answer, without a movement of the hand: 640 is the height of a small telephone.
        let height = if width.0 < 500 { 640 } else { 800 };
        found.extend(checks::first_screen(&page, ".hero .drawing svg", height)?);
        found.extend(checks::contrast(&page, &["body *"])?);
        found.extend(checks::quiet(&page)?);
        findings.extend(found.into_iter().map(|finding| format!("{place}: {finding}")));
    }
    let (width, scheme) = checks::views().last().expect("there are views");
    let page = chromium.open(&file_url(&path)?, width, scheme)?;
    findings.extend(checks::hover(&page, POINTS, ".tip")?);
    findings.extend(checks::keyboard(&page)?);
    checks::none("the report", &findings)
}

/// A report of eight strategies, twelve worker counts and four kernels stays small, can be read, and is
/// there in a moment. The promise is a second; a machine that does other things as well gets ten.
pub fn large() -> Result<()> {
    let folder = tempfile::tempdir()?;
    let path = folder.path().join("report.html");
    let text = page(&[1, 2, 3, 4, 6, 8, 12, 16, 24, 32, 64, 128], 64);
    if text.len() >= 2_000_000 {
        return Err(format!("the report has {} bytes", text.len()).into());
    }
    std::fs::write(&path, text)?;
    let chromium = Chromium::start()?;
    let (width, scheme) = checks::views().next().expect("there are views");
    let page = chromium.open(&file_url(&path)?, width, scheme)?;
    let took = Duration::from_secs_f64(page.load_milliseconds()? / 1e3);
    if took > Duration::from_secs(10) {
        return Err(format!("the report took {took:?} to load").into());
    }
    checks::none("the large report", &checks::figures(&page, drawings(width))?)
}

/// Of a chart that is drawn twice one drawing is shown: on a telephone the narrow one.
fn drawings(width: Width) -> &'static str {
    match width.0 {
        ..700 => "figure .drawing:not(.broad) svg",
        700..1000 => {
            "figure .drawing:not(.narrow, .broad) svg, .hero .broad svg, .wide .broad svg, .alone .narrow svg"
        }
        _ => "figure .drawing:not(.narrow) svg",
    }
}

fn page(counts: &[usize], usable: usize) -> String {
    let results = made_up::results(8, counts, usable);
    report::html(&results, &chart::charts(&results), &law_readings(&results))
}
