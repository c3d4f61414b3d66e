mod work_done;

use std::fmt::Write;

use course::{BOLD, wrapped};
use laws::amdahl_limit;
use measure::Interval;
use units::{count, percent, three_digits};

use self::work_done::work_done;
use crate::Part;
use crate::document::{Observations, VariantRun};
use crate::profile::Profile;

/// A speedup below this is little, whatever it is.
const LITTLE: f64 = 1.15;

/// One below this is a loss.
const SLOWER: f64 = 0.95;

/// What the numbers say, in sentences.
pub(super) fn findings(seen: &Observations) -> String {
    let mut sentences: Vec<String> = Vec::new();
    sentences.extend(seen.profiles.first().map(hottest));
    if let Some(first) = seen.runs.first() {
        sentences.extend(seen.runs.iter().filter_map(|run| law(first, run)));
        sentences.extend(seen.runs.iter().filter_map(|run| work_done(first, run)));
    }
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
    let limit = |share: f64| times(amdahl_limit((1.0 - share).max(1e-3)));
    let within = if profile.has_enough_samples() {
        let margin = profile.margin(share);
        format!(
            " ({} to {} within the margin of the shares)",
            limit(share - margin),
            limit(share + margin)
        )
    } else {
        String::new()
    };
    format!(
        "{} has {} of the time: work there pays. If it took no time at all, the program would be {} as \
         fast{within}: no work on {0} alone gives more.",
        part.as_str(),
        percent(share),
        limit(share)
    )
}

/// Amdahl's law in one line, with the numbers of a row that changes one part.
fn law(first: &VariantRun, run: &VariantRun) -> Option<String> {
    let gain = run.only_gain()?;
    let (by_law, measured) = (run.predicted_speedup?, rounds_apart(first, run)?);
    let outcome = outcome(by_law, measured);
    let cores = run.capacity.map(|cores| had(run.workers, cores)).unwrap_or_default();
    Some(format!(
        "{}: {} {}, on {} of the time. Amdahl: 1 / ({:.3} + {:.3} / {}) = {}; measured \
         {}{outcome}.{cores}",
        run.strategy,
        gain.part.as_str(),
        times(gain.faster),
        percent(gain.share),
        1.0 - gain.share,
        gain.share,
        three_digits(gain.faster),
        times(by_law),
        times(measured.median),
    ))
}

/// The speedup, round by round.
fn rounds_apart(first: &VariantRun, run: &VariantRun) -> Option<Interval> {
    let (before, after) = (first.seconds.as_ref()?, run.seconds.as_ref()?);
    let rounds = before.samples.iter().zip(&after.samples);
    let ratios: Vec<f64> = rounds.map(|(before, after)| before / after).collect();
    Interval::after(&ratios, true) // The document does not say whether the rounds were looked at.
}

/// What came of a change, as far as the rounds tell.
fn outcome(by_law: f64, measured: Interval) -> String {
    let (Some(low), Some(high)) = (measured.low, measured.high) else {
        return " round by round; too few rounds to tell what came of it".to_owned();
    };
    let range = format!(" round by round ({} to {})", three_digits(low), three_digits(high));
    let contradicts = (by_law < SLOWER && low > 1.0) || (by_law > 1.0 / SLOWER && high < 1.0);
    let text = if contradicts {
        ": the law and the clock say opposite things, so the machine changed while they were taken, and what \
         came of it can't be told"
            .to_owned()
    } else if high < SLOWER {
        format!(": it became {} times slower", three_digits(1.0 / measured.median))
    } else if low >= LITTLE {
        String::new()
    } else if low > 1.0 / LITTLE && high < LITTLE {
        ": little gained".to_owned()
    } else {
        ": whether that is a gain can't be told from these rounds".to_owned()
    };
    range + &text
}

/// How many cores there were.
fn had(workers: usize, cores: Interval) -> String {
    let text = format!(
        " The same work on {} that share nothing got {} cores in these rounds",
        count(workers as u64, "thread"),
        three_digits(cores.median)
    );
    // Less than that is not the fault of sharing.
    let all_there_is = cores.high.is_some_and(|high| high < 0.85 * workers as f64);
    text + if all_there_is { ": the machine gave no more." } else { "." }
}

/// A speedup with three digits: `1.05x`.
fn times(ratio: f64) -> String {
    format!("{}x", three_digits(ratio))
}

/// What is hot after the hotspot is fixed.
fn next(profile: &Profile) -> String {
    let part = profile.hottest();
    let share = profile.share(part);
    // By the stopwatch there is no margin, but no poll either.
    let margin = if profile.has_enough_samples() { profile.margin(share) } else { 0.0 };
    let others = Part::ALL.into_iter().filter(|other| *other != part);
    let level: Vec<String> = others
        .filter(|other| profile.share(*other) + 2.0 * margin > share)
        .map(|other| format!("{}, with {}", other.as_str(), percent(profile.share(other))))
        .collect();
    let level = match level.is_empty() {
        true => String::new(),
        false => format!(" (or {}: within the margin)", level.join(", or ")),
    };
    format!(
        "In {} the hottest part is {}, with {}{level}. After each change the profile is another one: \
         look again before the next.",
        profile.strategy,
        part.as_str(),
        percent(share)
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    fn interval(low: f64, median: f64, high: f64) -> Interval {
        Interval { median, low: Some(low), high: Some(high) }
    }

    #[test]
    fn a_loss_is_called_a_loss() {
        // Seen: 1000 records on two busy cores. It was called "next to nothing gained".
        let text = outcome(0.13, interval(0.11, 0.12, 0.13));
        assert!(text.contains("8.33 times slower") && !text.contains("gained"), "{text}");
    }

    #[test]
    fn a_law_and_a_clock_on_two_sides_of_one_tell_nothing() {
        for (by_law, low, median, high) in [(0.94, 1.02, 1.08, 1.12), (1.5, 0.8, 0.9, 0.95)] {
            let text = outcome(by_law, interval(low, median, high));
            assert!(text.contains("opposite") && !text.contains("gained"), "{text}");
        }
    }

    #[test]
    fn little_gained_is_what_all_of_the_interval_says() {
        assert!(outcome(1.05, interval(1.01, 1.04, 1.07)).contains("little gained"));
        for wide in [interval(0.8, 1.04, 1.3), interval(0.98, 1.06, 1.2)] {
            assert!(outcome(1.05, wide).contains("can't be told"));
        }
        assert!(outcome(1.8, interval(1.6, 1.7, 1.8)).ends_with("1.80)"));
        let few = Interval { median: 1.04, low: None, high: None };
        assert!(outcome(1.05, few).contains("too few rounds"));
    }

    #[test]
    fn a_part_that_is_clearly_the_hottest_stands_alone() {
        let text = next(&Profile::by_stopwatch([0.0, 0.3, 0.1, 0.6]));
        assert!(text.contains("the hottest part is write, with 60 %. After"), "{text}");
    }

    #[test]
    fn a_part_within_the_margin_is_named_as_well() {
        let mut profile = Profile::by_stopwatch([0.0, 0.44, 0.14, 0.42]);
        profile.samples = Some(400);
        let text = next(&profile);
        assert!(
            text.contains("parse, with 44 % (or write, with 42 %: within the margin)"),
            "{text}"
        );
    }

    #[test]
    fn a_machine_that_had_no_second_core_is_named() {
        assert!(had(2, interval(0.9, 1.0, 1.1)).contains("gave no more"));
        assert!(!had(2, interval(1.9, 1.96, 1.99)).contains("no more"));
        assert!(!had(2, interval(1.2, 1.6, 1.9)).contains("no more"));
    }
}
