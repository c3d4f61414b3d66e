use std::fmt::Write;

use course::BOLD;
use units::grouped;

use crate::Part;
use crate::profile::{Profile, Sampled};

/// A full bar.
const WIDTH: f64 = 36.0;

/// The share of each part, as bars: by the profiler where there is one, and by the stopwatch beside it.
pub(super) fn bars(profile: &Profile) -> String {
    let row = profile.row;
    let mut text = format!("\n{BOLD}Where {row} spends its time{BOLD:#}\n");
    let sampled = match &profile.sampled {
        Ok(sampled) => Some(sampled),
        Err(why) => {
            let _ = writeln!(text, "  {why}; so the shares are those of the stopwatch");
            None
        }
    };
    let header = if sampled.is_some() { "samples  share" } else { "" };
    let _ = writeln!(text, "{BOLD}  part       {header:<54}stopwatch{BOLD:#}");
    for part in Part::ALL {
        text += &bar(
            part.as_str(),
            sampled.map(|s| s.parts[part as usize]),
            sampled,
            profile.stopwatch[part as usize],
        );
    }
    let (rest, seen) = elsewhere(profile, sampled);
    if seen > Some(0) || rest >= 0.0005 {
        text += &bar("elsewhere", seen, sampled, rest);
    }
    if let Some(sampled) = sampled {
        let _ = writeln!(text, "  {}", sure(sampled, profile));
    }
    text
}

/// What belongs to no part: its share by the stopwatch, and its samples.
fn elsewhere(profile: &Profile, sampled: Option<&Sampled>) -> (f64, Option<u64>) {
    let in_parts = |sampled: &Sampled| sampled.samples - sampled.parts.iter().sum::<u64>();
    ((1.0 - profile.stopwatch.iter().sum::<f64>()).max(0.0), sampled.map(in_parts))
}

fn bar(name: &str, samples: Option<u64>, of: Option<&Sampled>, stopwatch: f64) -> String {
    let counted = samples.zip(of).map(|(samples, of)| {
        let share = samples as f64 / of.samples.max(1) as f64;
        (format!("{:>7} {:>6}", grouped(samples), points(share)), share)
    });
    let share = counted.as_ref().map_or(stopwatch, |(_, share)| *share);
    let drawn = "#".repeat((share * WIDTH).round() as usize);
    let text = counted.map(|(text, _)| text).unwrap_or_default();
    format!("  {name:<11}{text:<15} {drawn:<38}{:>9}\n", points(stopwatch))
}

/// How far to believe the profiler.
fn sure(sampled: &Sampled, profile: &Profile) -> String {
    if profile.sampled().is_none() {
        return format!(
            "Only {} samples: too few. What follows reckons with the stopwatch.",
            sampled.samples
        );
    }
    let share = sampled.share(profile.hottest());
    format!(
        "So many samples are sure to +-{:.1} points (95 %).",
        (sampled.margin(share) * 100.0).max(0.1)
    )
}

/// A share in percent, with one decimal place.
fn points(share: f64) -> String {
    format!("{:.1} %", share * 100.0)
}
