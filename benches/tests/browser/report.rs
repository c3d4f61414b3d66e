//! The report of a bench, drawn from made-up results with every question in them.

use std::time::Duration;

use benches::law_readings::law_readings;
use benches::{chart, report};

use crate::Result;
use crate::checks;
use crate::chromium::Chromium;
use crate::page::file_url;

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
        found.extend(checks::figures(&page, "figure svg")?);
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
    checks::none("the large report", &checks::figures(&page, "figure svg")?)
}

fn page(counts: &[usize], usable: usize) -> String {
    let results = made_up::results(8, counts, usable);
    report::html(&results, &chart::charts(&results), &law_readings(&results))
}
