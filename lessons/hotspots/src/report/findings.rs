use std::fmt::Write;

use course::{BOLD, wrapped};
use laws::amdahl_limit;
use units::{percent, three_digits};

use crate::document::{Observations, VariantRun};
use crate::profile::Profile;

/// A speedup below this is none.
const NOTHING: f64 = 1.1;

/// What the numbers say, in sentences.
pub(super) fn findings(seen: &Observations) -> String {
    let mut sentences: Vec<String> = Vec::new();
    sentences.extend(seen.profiles.first().map(hottest));
    sentences.extend(seen.runs.iter().filter_map(law));
    sentences.extend(seen.profiles.get(1).map(next));
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
    format!(
        "{} has {} of the time: work there pays. If it took no time at all, the program would be {}x \
         as fast: no work on {0} gives more.",
        part.as_str(),
        percent(share),
        three_digits(amdahl_limit((1.0 - share).max(1e-3)))
    )
}

/// Amdahl's law in one line, with the numbers of a row that changes one part.
fn law(run: &VariantRun) -> Option<String> {
    let gain = run.only_gain()?;
    let (predicted, measured) = (run.predicted_speedup?, run.speedup?);
    let verdict = if measured.min(predicted) < NOTHING { ": next to nothing gained" } else { "" };
    Some(format!(
        "{}: {} {}, on {} of the time. Amdahl: 1 / ({:.3} + {:.3} / {}) = {}; measured \
         {}{verdict}.",
        run.strategy,
        gain.part.as_str(),
        times(gain.faster),
        percent(gain.share),
        1.0 - gain.share,
        gain.share,
        three_digits(gain.faster),
        times(predicted),
        times(measured),
    ))
}

/// A speedup with three digits: `1.05x`.
fn times(ratio: f64) -> String {
    format!("{}x", three_digits(ratio))
}

/// What is hot after the hotspot is fixed.
fn next(profile: &Profile) -> String {
    let part = profile.hottest();
    format!(
        "In {} the hottest part is {}, with {}. After each change the profile is another one: look \
         again before the next.",
        profile.strategy,
        part.as_str(),
        percent(profile.share(part))
    )
}
