use std::fmt::Write;

use course::{BOLD, wrapped};
use units::{percent, three_digits};

use crate::Part;
use crate::amdahl::{Change, Prediction};
use crate::measure::{Measured, Results};
use crate::profile::Profile;

/// A speedup below this is none.
const NOTHING: f64 = 1.1;

/// What the numbers say, in sentences.
pub(super) fn findings(results: &Results) -> String {
    let mut sentences: Vec<String> = Vec::new();
    sentences.extend(results.profiles.first().map(hottest));
    sentences.extend(results.rows.iter().filter_map(|measured| law(measured, results)));
    sentences.extend(results.profiles.get(1).map(next));
    if sentences.is_empty() {
        return String::new();
    }
    let mut text = format!("\n{BOLD}What the numbers say{BOLD:#}\n");
    for sentence in sentences {
        let _ = write!(text, "{}", wrapped(&sentence, 2));
    }
    text
}

/// Where it pays to work, and what is to be had there.
fn hottest(profile: &Profile) -> String {
    let part = profile.hottest();
    let share = profile.share(part);
    let best = 1.0 / (1.0 - share).max(1e-3);
    format!(
        "{} has {} of the time: work there pays. If it took no time at all, the program would be {}x \
         as fast: no work on {0} gives more.",
        part.as_str(),
        percent(share),
        three_digits(best)
    )
}

/// Amdahl's law in one line, with the numbers of a row that changes one part.
fn law(measured: &Measured, results: &Results) -> Option<String> {
    let prediction = Prediction::of(measured, results)?;
    let [Change { part, share, faster }] = prediction.changes[..] else { return None };
    let (time, first) = (measured.time()?.median, results.first()?.time()?.median);
    let gained = first / time;
    let nothing = gained.min(prediction.speedup) < NOTHING;
    let verdict = if nothing { ": next to nothing gained" } else { "" };
    Some(format!(
        "{}: {} {}, on {} of the time. Amdahl: 1 / ({:.3} + {:.3} / {}) = {}; measured \
         {}{verdict}.",
        measured.row.name,
        part.as_str(),
        times(faster),
        percent(share),
        1.0 - share,
        share,
        three_digits(faster),
        times(prediction.speedup),
        times(gained),
    ))
}

/// A speedup with three digits: `1.05x`.
fn times(ratio: f64) -> String {
    format!("{}x", three_digits(ratio))
}

/// What is hot when the hot part is not.
fn next(profile: &Profile) -> String {
    let part: Part = profile.hottest();
    format!(
        "In {} the hottest part is {}, with {}. After each change the profile is another one: look \
         again before the next.",
        profile.row,
        part.as_str(),
        percent(profile.share(part))
    )
}
