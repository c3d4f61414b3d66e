use course::{Document, Run};
use measure::verdict::{CORES_OF_A_DEVICE, MOST_ADDITIONS_PER_NANOSECOND, Verdict, impossible};
use units::{grouped, seconds, three_digits};

use super::{same, title};

/// What ran in other rounds may be so many times off: the baseline is that of all rounds, and a machine drifts.
const DRIFT: f64 = 1.5;

/// Times: possible ones, and what was reckoned from them.
pub(super) fn faults(document: &Document) -> Vec<String> {
    let mut found = Vec::new();
    if let Some(baseline) = &document.baseline {
        let time = baseline.seconds.median;
        if !is_time(time) {
            found.push(format!("the baseline took {time} seconds"));
        } else if impossible(document.kernel.terms, time, 1) {
            found.push(format!(
                "the baseline adds faster than a core can: {}",
                rate(document.kernel.terms, time)
            ));
        }
    }
    for run in &document.runs {
        found.extend(
            of_run(document, run).into_iter().map(|fault| format!("{}: {fault}", title(run))),
        );
    }
    found
}

fn of_run(document: &Document, run: &Run) -> Vec<String> {
    let mut found = Vec::new();
    if let Some(seconds) = &run.seconds {
        if seconds.samples.is_empty() {
            found.push("a time without samples".to_owned());
        }
        let odd =
            seconds.samples.iter().chain([&seconds.interval.median]).find(|time| !is_time(**time));
        if let Some(odd) = odd {
            found.push(format!("it took {odd} seconds"));
            return found;
        }
        let cores = cores(document, run);
        let folded = impossible(run.terms, seconds.interval.median, cores);
        if folded && run.verdict.is_comparable() {
            found.push(format!(
                "it adds faster than {} can: {}, where {MOST_ADDITIONS_PER_NANOSECOND} are the most",
                units::count(cores as u64, "core"),
                rate(run.terms, seconds.interval.median)
            ));
        }
        if !folded && run.verdict == Verdict::Folded {
            found.push(
                "it is called folded, and its time is one in which it can be added".to_owned(),
            );
        }
    }
    let others = [
        run.cpu_seconds,
        run.imbalance,
        run.start_seconds,
        run.terms_per_second,
        run.comparable_seconds,
    ];
    if let Some(odd) =
        others.into_iter().flatten().find(|number| !number.is_finite() || *number < 0.0)
    {
        found.push(format!("it names {odd} where nothing below zero can be"));
    }
    found.extend(reckoned(document, run));
    found
}

/// What the program reckons from the times.
fn reckoned(document: &Document, run: &Run) -> Vec<String> {
    let mut found = Vec::new();
    let Some(time) = &run.seconds else {
        let claims =
            [run.speedup.is_some(), run.of_control.is_some(), run.terms_per_second.is_some()];
        return claims
            .contains(&true)
            .then(|| "a speed without a time".to_owned())
            .into_iter()
            .collect();
    };
    if let Some(per_second) = run.terms_per_second
        && !same(per_second, run.terms as f64 / run.time())
    {
        found.push(format!(
            "its terms per second are not its {} terms over its time",
            grouped(run.terms)
        ));
    }
    let Some(speedup) = run.speedup else { return found };
    let Some(baseline) = &document.baseline else {
        found.push("a speedup without a baseline".to_owned());
        return found;
    };
    let part = (run.terms as f64 / document.kernel.terms as f64).min(1.0);
    let alone = baseline.seconds.median * part;
    let is_ratio = run.comparable_seconds.is_none_or(|time| same(time, alone / speedup.median));
    // The median of ratios is not the ratio of medians. But in some round the ratio was at least this one, and the
    // baseline took no longer than its median.
    let least = time.samples.iter().copied().fold(f64::INFINITY, f64::min);
    let most = time.samples.iter().copied().fold(0.0, f64::max);
    let high =
        DRIFT * part * baseline.seconds.high.unwrap_or(2.0 * baseline.seconds.median) / least;
    let low = part * baseline.seconds.low.unwrap_or(0.0) / most / DRIFT;
    if !is_ratio || !(low..=high).contains(&speedup.median) {
        found.push(format!(
            "its speedup is {}, and not the baseline's {} over its time",
            three_digits(speedup.median),
            seconds(alone)
        ));
    }
    if let Some(efficiency) = run.efficiency
        && !same(efficiency, speedup.median / run.workers as f64)
    {
        found.push("its efficiency is not its speedup over its workers".to_owned());
    }
    found.extend(share(document, run, speedup));
    found
}

/// A share is the speedup over the cores of the same round.
fn share(document: &Document, run: &Run, speedup: measure::Interval) -> Option<String> {
    let share = run.of_control?;
    let wrong = match document.control(run.workers) {
        _ if run.workers == 1 => !same(share.median, speedup.median),
        None => return Some("a share of a capacity that was not measured".to_owned()),
        Some(control) => {
            let samples = || control.samples.iter().copied().filter(|cores| *cores > 0.0);
            let least = samples().fold(f64::INFINITY, f64::min);
            let most = samples().fold(0.0, f64::max);
            let high = DRIFT * speedup.high.unwrap_or(2.0 * speedup.median) / least;
            let low = speedup.low.unwrap_or(0.0) / most / DRIFT;
            most > 0.0 && !(low..=high).contains(&share.median)
        }
    };
    wrong.then(|| {
        format!(
            "its share of the capacity is {}, and not its speedup over the cores that were given",
            units::percent(share.median)
        )
    })
}

/// The cores that may have added.
fn cores(document: &Document, run: &Run) -> usize {
    let by_device = run.audit.iter().any(|worker| worker.id.starts_with("device"));
    if by_device { CORES_OF_A_DEVICE } else { run.workers.min(document.machine.usable_cores) }
}

fn is_time(seconds: f64) -> bool {
    seconds.is_finite() && seconds > 0.0
}

fn rate(terms: u64, seconds: f64) -> String {
    format!("{} additions a nanosecond", three_digits(terms as f64 / seconds * 1e-9))
}
