use std::collections::BTreeMap;

use measure::Interval;
use units::{count, three_digits};

use crate::Run;

/// More rows than these are not named.
const NAMED: usize = 3;

/// How many rounds there were, how sure the ratios are, and what that is not true of; `None` where nothing
/// was timed. Without any ratio it speaks of the times.
///
/// The interval is that of a ratio, because that is what rows are compared by: the time of the row and of
/// one core in the same round. From round to round the times may wander further.
pub(super) fn precision(shown: &[&Run]) -> Option<String> {
    let mut timed: Vec<&Run> = shown.iter().copied().filter(|run| rounds(run) > 0).collect();
    timed.retain(|run| run.verdict.has_right_sum());
    let mut by_rounds = BTreeMap::<usize, Vec<&Run>>::new();
    timed.iter().for_each(|run| by_rounds.entry(rounds(run)).or_default().push(run));
    // Most rows have so many; of two such numbers, the larger.
    let most = by_rounds.iter().max_by_key(|(rounds, runs)| (runs.len(), **rounds))?.0;
    let mut text = format!("medians of {}", count(*most as u64, "round"));
    let others: Vec<String> = by_rounds
        .iter()
        .filter(|(rounds, _)| *rounds != most)
        .map(|(rounds, runs)| format!("{}: {rounds}", names(runs)))
        .collect();
    if !others.is_empty() {
        text += &format!(" ({})", others.join("; "));
    }
    let ratios = timed.iter().any(|run| run.speedup.is_some());
    // A row that is compared with nothing has no ratio that could be sure.
    timed.retain(|run| !ratios || run.speedup.is_some());
    let (sure, unsure): (Vec<&Run>, Vec<&Run>) =
        timed.into_iter().partition(|run| spread(run, ratios).is_some());
    let Some(widest) = sure.iter().filter_map(|run| spread(run, ratios)).reduce(f64::max) else {
        return Some(text + ", too few for an interval");
    };
    let what = if ratios { "ratio" } else { "time" };
    let percent = three_digits((widest * 100.0).max(0.1));
    text += &format!("; no 95 % interval of a {what} is wider than +-{percent} %");
    if !unsure.is_empty() {
        text += &format!("; too few for one: {}", names(&unsure));
    }
    Some(text)
}

fn rounds(run: &Run) -> usize {
    run.seconds.as_ref().map_or(0, |seconds| seconds.samples.len())
}

/// Half the width of the widest interval of a row, over its median; `None` where one is missing.
fn spread(run: &Run, ratios: bool) -> Option<f64> {
    let spread = |interval: Option<Interval>| interval?.spread();
    if !ratios {
        return spread(run.seconds.as_ref().map(|seconds| seconds.interval));
    }
    let speedup = spread(run.speedup)?;
    // A share that nobody believes is not shown.
    let share = run.of_control.filter(|_| run.share_of_control().is_some());
    Some(share.map_or(Some(speedup), |share| share.spread())?.max(speedup))
}

fn names(runs: &[&Run]) -> String {
    if runs.len() > NAMED {
        return count(runs.len() as u64, "row");
    }
    let names = runs.iter().map(|run| format!("{} on {}", run.strategy, run.workers));
    names.collect::<Vec<_>>().join(", ")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::made_up::run;

    /// A row whose ratios lie so far on either side of their median.
    fn row(strategy: &str, rounds: usize, spread: Option<f64>) -> Run {
        let mut run = run(strategy, 2, 0.005);
        run.seconds.as_mut().expect("it is timed").samples = vec![0.005; rounds];
        let around = |median: f64| {
            let off = |sign: f64| spread.map(|spread| median * (1.0 + sign * spread));
            Some(Interval { median, low: off(-1.0), high: off(1.0) })
        };
        (run.speedup, run.of_control) = (around(2.0), around(1.0));
        run
    }

    fn said(rows: &[Run]) -> Option<String> {
        precision(&rows.iter().collect::<Vec<_>>())
    }

    #[test]
    fn the_interval_is_that_of_a_ratio() {
        let mut rows = [row("scoped", 40, Some(0.02)), row("channel", 40, Some(0.0428))];
        // The machine was slower and slower: no ratio shows that.
        let slower = Interval { median: 0.005, low: Some(0.003), high: Some(0.007) };
        rows[0].seconds.as_mut().expect("it is timed").interval = slower;
        let text = "medians of 40 rounds; no 95 % interval of a ratio is wider than +-4.28 %";
        assert_eq!(said(&rows).as_deref(), Some(text));
        rows.iter_mut().for_each(|row| row.speedup = None);
        let said = said(&rows).expect("there are times");
        assert!(said.contains("interval of a time is wider than +-40.0 %"), "{said}");
    }

    #[test]
    fn the_share_of_the_control_is_a_ratio_too() {
        let mut wide = row("scoped", 10, Some(0.01));
        wide.of_control = Some(Interval { median: 0.9, low: Some(0.81), high: Some(0.99) });
        assert!(said(&[wide]).is_some_and(|said| said.ends_with("+-10.0 %")));
    }

    #[test]
    fn rows_with_other_rounds_are_named() {
        let rows = [
            row("scoped", 40, Some(0.02)),
            row("channel", 40, Some(0.02)),
            row("deques", 10, Some(0.03)),
            row("rayon-join", 4, None),
        ];
        let said = said(&rows).expect("there are times");
        let rounds = "medians of 40 rounds (rayon-join on 2: 4; deques on 2: 10); no";
        assert!(said.starts_with(rounds), "{said}");
        assert!(said.ends_with("+-3.00 %; too few for one: rayon-join on 2"), "{said}");
    }

    #[test]
    fn too_few_rounds_have_no_interval() {
        let text = said(&[row("scoped", 1, None)]);
        assert_eq!(text.as_deref(), Some("medians of 1 round, too few for an interval"));
        assert_eq!(said(&[]), None);
    }
}
