use course::Document;
use measure::Interval;
use units::three_digits;

use super::{same, title};

/// Medians and their intervals, beside the samples that they are made of.
pub(super) fn faults(document: &Document) -> Vec<String> {
    let mut found = Vec::new();
    for control in document.controls.iter().flatten() {
        let name = format!("the capacity of {} workers", control.workers);
        found.extend(fault(control.cores, &control.samples).map(|why| format!("{name} {why}")));
        let rates = control.rates.iter().chain(control.on_core.iter().flatten());
        if rates.chain([&control.even]).any(|rate| !rate.is_finite() || *rate < 0.0) {
            found.push(format!("{name} has rates below zero"));
        }
    }
    for run in &document.runs {
        if let Some(seconds) = &run.seconds {
            let why = fault(seconds.interval, &seconds.samples);
            found.extend(why.map(|why| format!("the time of {} {why}", title(run))));
        }
        for (name, interval) in [("speedup", run.speedup), ("share", run.of_control)] {
            if interval.is_some_and(|interval| !is_ordered(interval)) {
                found
                    .push(format!("the {name} of {} lies outside of its own interval", title(run)));
            }
        }
    }
    found
}

fn fault(interval: Interval, samples: &[f64]) -> Option<String> {
    // A document does not say whether the number of rounds depended on what they showed.
    let possible = [false, true].map(|looks| Interval::after(samples, looks));
    let median = possible[0]?.median;
    if !same(median, interval.median) {
        return Some(format!(
            "is {}, and the median of its samples is {}",
            three_digits(interval.median),
            three_digits(median)
        ));
    }
    let is_one =
        |other: Interval| alike(interval.low, other.low) && alike(interval.high, other.high);
    (!possible.into_iter().flatten().any(is_one))
        .then(|| "has an interval that is not that of its samples".to_owned())
}

fn alike(one: Option<f64>, other: Option<f64>) -> bool {
    match (one, other) {
        (Some(one), Some(other)) => same(one, other),
        (one, other) => one.is_none() && other.is_none(),
    }
}

fn is_ordered(interval: Interval) -> bool {
    let Interval { median, low, high } = interval;
    low.is_none_or(|low| low <= median) && high.is_none_or(|high| median <= high)
}
