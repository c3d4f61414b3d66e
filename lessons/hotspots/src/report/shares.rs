use std::fmt::Write;

use course::{BOLD, wrapped};
use units::grouped;

use crate::profile::Profile;

/// A full bar.
const WIDTH: f64 = 36.0;

/// The share of each part, as bars: by the profiler where there is one, and by the stopwatch beside it.
pub(super) fn bars(profile: &Profile) -> String {
    let mut text = format!("\n{BOLD}Where {} spends its time{BOLD:#}\n", profile.strategy);
    if let Some(why) = &profile.note {
        text += &wrapped(&format!("{why}; so the shares are those of the stopwatch"), 2);
    }
    let all = profile.samples;
    let header = if all.is_some() { "samples  share" } else { "" };
    let _ = writeln!(text, "{BOLD}  part       {header:<54}stopwatch{BOLD:#}");
    for part in &profile.parts {
        text += &bar(part.part.as_str(), part.samples, all, part.stopwatch_share);
    }
    let in_parts: u64 = profile.parts.iter().filter_map(|part| part.samples).sum();
    let elsewhere = all.map(|all| all - in_parts);
    let timed: f64 = profile.parts.iter().map(|part| part.stopwatch_share).sum();
    let rest = (1.0 - timed).max(0.0);
    if elsewhere > Some(0) || rest >= 0.0005 {
        text += &bar("elsewhere", elsewhere, all, rest);
    }
    if let Some(samples) = all {
        let _ = writeln!(text, "  {}", accuracy(samples, profile));
    }
    text
}

fn bar(name: &str, samples: Option<u64>, of: Option<u64>, stopwatch: f64) -> String {
    let counted = samples.zip(of).map(|(samples, of)| {
        let share = samples as f64 / of.max(1) as f64;
        (format!("{:>7} {:>6}", grouped(samples), points(share)), share)
    });
    let share = counted.as_ref().map_or(stopwatch, |(_, share)| *share);
    let drawn = "#".repeat((share * WIDTH).round() as usize);
    let text = counted.map(|(text, _)| text).unwrap_or_default();
    format!("  {name:<11}{text:<15} {drawn:<38}{:>9}\n", points(stopwatch))
}

/// How far to believe the profiler.
fn accuracy(samples: u64, profile: &Profile) -> String {
    if !profile.has_enough_samples() {
        return format!("Only {samples} samples: too few. What follows uses the stopwatch.");
    }
    let margin = profile.margin(profile.share(profile.hottest()));
    format!(
        "With so many samples a share is within +-{:.1} points (95 %).",
        (margin * 100.0).max(0.1)
    )
}

/// A share in percent, with one decimal place.
pub(crate) fn points(share: f64) -> String {
    format!("{:.1} %", share * 100.0)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_reason_of_any_length_fits() {
        let mut profile = Profile::by_stopwatch([0.25; 4]);
        profile.note =
            Some("the profiler needs a signal that this system does not have".to_owned());
        let text = bars(&profile);
        assert!(text.contains("those of the stopwatch"), "{text}");
        let mut plain = text.lines().filter(|line| !line.contains('\u{1b}'));
        assert!(plain.all(|line| line.chars().count() <= 80), "{text}");
    }
}
