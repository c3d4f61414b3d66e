//! Can this machine, just now, explain anything? Decided once, from the whole document; without a yes the
//! table stands with its verdicts, and no sentence reads its times.

use std::fmt;

use measure::LARGEST_SHARE;
use units::{count, percent, seconds, three_digits};

use crate::{Document, Run};

/// How far two times of the same code may lie apart.
const APART: f64 = 0.1;

/// Fewer cores than this for several workers: the time of one alone was no measure.
const LESS_THAN_ONE: f64 = 0.95;

/// Below this, a row's own call takes as long as the sum, and may differ from the baseline's.
const CALL: f64 = 1e-6;

/// Why the times of a document explain nothing.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Doubt {
    /// Too few rounds for an interval.
    FewRounds(usize),
    /// The same code took both of these, in seconds.
    SameCode {
        /// The shorter time.
        from: f64,
        /// The longer one.
        to: f64,
    },
    /// So many workers got between so many and so many cores.
    Capacity {
        /// How many there were.
        workers: usize,
        /// The fewest cores.
        from: f64,
        /// The most.
        to: f64,
    },
    /// So many workers together got less than the core that one had alone.
    LessThanOne {
        /// How many there were.
        workers: usize,
        /// What they got of a core.
        cores: f64,
    },
    /// So many workers did more than as many cores can that are each as fast as the one core was alone.
    SlowAlone {
        /// How many there were.
        workers: usize,
        /// What they did, in cores such as that one.
        cores: f64,
        /// Whether that one was pinned to one of the fastest already.
        pinned: bool,
    },
}

impl fmt::Display for Doubt {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if let Doubt::FewRounds(rounds) = *self {
            let rounds = count(rounds as u64, "round");
            return write!(
                f,
                "{rounds} cannot explain anything: that is too few for an interval. The verdicts \
                 hold. Give it more with --rounds or --budget."
            );
        }
        f.write_str("This machine was too busy to explain anything: ")?;
        match *self {
            Doubt::FewRounds(_) => Ok(()),
            Doubt::SameCode { from, to } => {
                write!(f, "the same code ran between {} and {}", seconds(from), seconds(to))
            }
            Doubt::Capacity { workers, from, to } => write!(
                f,
                "{workers} independent sums got between {} and {} cores",
                three_digits(from),
                three_digits(to)
            ),
            Doubt::LessThanOne { workers, cores } => write!(
                f,
                "{workers} independent sums together got {} of the core that one had alone",
                percent(cores)
            ),
            Doubt::SlowAlone { workers, cores, .. } => write!(
                f,
                "{workers} independent sums did the work of {} cores such as the one that was measured \
                 alone, which must have been a slow one just then",
                three_digits(cores)
            ),
        }?;
        f.write_str(
            ". The verdicts hold, the times do not. Close other programs and run it again",
        )?;
        f.write_str(match self {
            Doubt::SlowAlone { pinned: false, .. } => {
                "; with --pin, the one core is one of the fastest."
            }
            _ => ".",
        })
    }
}

/// Why the times of `document` explain nothing; `None` where they may, and where no row has a time to explain.
pub fn doubt(document: &Document) -> Option<Doubt> {
    document.right().next()?;
    same_code(document).or_else(|| capacity(document))
}

/// Every time of the same code: the bounds of the baseline, and the rows that ran its loop once more. Without a
/// baseline, the row whose time is surest.
fn same_code(document: &Document) -> Option<Doubt> {
    let Some(baseline) = &document.baseline else { return surest_row(document) };
    let alone = baseline.seconds;
    let (Some(low), Some(high)) = (alone.low, alone.high) else {
        return Some(Doubt::FewRounds(rounds(document)));
    };
    let again = || document.right().filter(|run| is_baseline_again(document, run));
    let apart = |run: &Run| (run.time() / alone.median).max(alone.median / run.time());
    let differs = alone.median >= CALL && again().any(|run| apart(run) > 1.0 + APART);
    if !alone.is_wide() && !differs {
        return None;
    }
    let times = || again().map(Run::time);
    Some(Doubt::SameCode { from: times().fold(low, f64::min), to: times().fold(high, f64::max) })
}

/// Whether `run` did what the baseline did: the row of its name; and every row in which one worker did all, but
/// seemed to be quicker than the best that one can do, and not in every round.
fn is_baseline_again(document: &Document, run: &Run) -> bool {
    let Some(baseline) = &document.baseline else { return false };
    if run.terms != document.kernel.terms || run.busy_workers() > 1 || !run.same_bits {
        return false;
    }
    let quicker = run.speedup.is_some_and(|ratio| {
        ratio.median > 1.0 + APART && ratio.low.is_none_or(|low| low < 1.0 + APART)
    });
    run.workers == 1 && run.strategy == baseline.strategy || quicker
}

fn surest_row(document: &Document) -> Option<Doubt> {
    let spread = |run: &Run| run.seconds.as_ref().and_then(|time| time.interval.spread());
    let timed = document.right().filter_map(|run| Some((run, spread(run)?)));
    let Some((run, _)) = timed.min_by(|(_, one), (_, other)| one.total_cmp(other)) else {
        let any = document.right().next().is_some();
        return any.then(|| Doubt::FewRounds(rounds(document)));
    };
    let time = run.seconds.as_ref().map(|time| time.interval)?;
    time.is_wide().then_some(Doubt::SameCode { from: time.low?, to: time.high? })
}

/// What the machine gave to several workers, where there are cores for them.
fn capacity(document: &Document) -> Option<Doubt> {
    let controls = document.controls.iter().flatten();
    let fit = controls
        .filter(|control| (2..=document.machine.usable_cores).contains(&control.workers))
        .map(|control| (control.workers, control.cores));
    fit.into_iter().find_map(|(workers, cores)| match (cores.low, cores.high) {
        _ if cores.median < LESS_THAN_ONE => {
            Some(Doubt::LessThanOne { workers, cores: cores.median })
        }
        _ if cores.median > LARGEST_SHARE * workers as f64 => {
            let pinned = document.pinned == Some(true);
            Some(Doubt::SlowAlone { workers, cores: cores.median, pinned })
        }
        (Some(from), Some(to)) if cores.is_wide() => Some(Doubt::Capacity { workers, from, to }),
        _ => None,
    })
}

/// How many rounds the longest row has.
fn rounds(document: &Document) -> usize {
    let rows = document.right().filter_map(|run| run.seconds.as_ref());
    rows.map(|time| time.samples.len()).max().unwrap_or(0)
}

#[cfg(test)]
mod tests {
    use measure::Interval;
    use measure::verdict::Verdict;

    use super::*;
    use crate::Control;
    use crate::made_up::{control, exactly, integers, nearly, run};

    fn between(low: f64, median: f64, high: f64) -> Interval {
        Interval { median, low: Some(low), high: Some(high) }
    }

    fn of_baseline(seconds: Interval, runs: Vec<Run>) -> Document {
        let mut document = integers(runs);
        document.baseline.as_mut().expect("a baseline").seconds = seconds;
        document
    }

    #[test]
    fn a_quiet_machine_may_explain() {
        let rows = vec![run("simd", 1, 0.0101), run("scoped", 2, 0.0051)];
        assert_eq!(doubt(&integers(rows)), None);
    }

    #[test]
    fn a_wide_baseline_explains_nothing() {
        let busy = of_baseline(between(0.0031, 0.0080, 0.0114), vec![run("scoped", 2, 0.005)]);
        let said = doubt(&busy).expect("too busy").to_string();
        assert!(said.contains("the same code ran between 3.10 ms and 11.4 ms"), "{said}");
        assert!(said.contains("The verdicts hold, the times do not"), "{said}");
    }

    #[test]
    fn the_same_code_in_another_row_takes_as_long() {
        // As seen: "one core at its best: 11.4 ms" above a `your-turn` of the same code with 3.24 ms.
        let mut again = run("your-turn", 2, 0.00324);
        again.audit.truncate(1);
        again.speedup = Some(between(1.05, 3.1, 3.6));
        let steady = between(0.0112, 0.0114, 0.0115);
        let found = doubt(&of_baseline(steady, vec![again.clone()]));
        assert_eq!(found, Some(Doubt::SameCode { from: 0.00324, to: 0.0115 }));
        // Code that is quicker in every round is better code.
        again.speedup = Some(between(3.0, 3.1, 3.2));
        assert_eq!(doubt(&of_baseline(steady, vec![again])), None);
        // The baseline's own row is the same code, whatever its interval.
        let found = doubt(&integers(vec![run("simd", 1, 0.012)]));
        assert!(matches!(found, Some(Doubt::SameCode { .. })), "{found:?}");
        assert_eq!(doubt(&integers(vec![run("term-by-term", 1, 0.012)])), None);
        // Of a single term the calls differ, and not the code.
        assert_eq!(doubt(&of_baseline(nearly(7.5e-9), vec![run("simd", 1, 9.1e-9)])), None);
    }

    #[test]
    fn a_control_below_one_core_explains_nothing() {
        let mut document = integers(vec![run("scoped", 2, 0.027)]);
        let given = |cores| Some(vec![Control { cores, ..control(&[1.0, 1.0], &[1.0, 1.0]) }]);
        document.controls = given(nearly(0.37));
        let said = doubt(&document).expect("too busy").to_string();
        assert!(said.contains("2 independent sums together got 37 % of the core"), "{said}");
        document.controls = given(between(1.1, 1.5, 1.9));
        let said = doubt(&document).expect("too busy").to_string();
        assert!(said.contains("between 1.10 and 1.90 cores"), "{said}");
        document.controls = given(nearly(1.5));
        assert_eq!(doubt(&document), None, "a machine that gives 1.5 cores steadily");
        // With one usable core the control of two workers runs one sum.
        document.controls = given(nearly(0.9));
        document.machine.usable_cores = 1;
        assert_eq!(doubt(&document), None);
    }

    #[test]
    fn two_workers_that_do_more_than_two_cores_can_were_compared_with_a_slow_one() {
        // As seen on a virtual machine whose host had slowed down one core: "2 workers gave 2.8x".
        let mut document = integers(vec![run("self-scheduled", 2, 0.0036)]);
        document.controls = Some(vec![control(&[1.82, 0.99], &[1.0, 1.0])]);
        let said = doubt(&document).expect("too slow alone").to_string();
        assert!(said.contains("2 independent sums did the work of 2.81 cores"), "{said}");
        assert!(said.ends_with("with --pin, the one core is one of the fastest."), "{said}");
        document.pinned = Some(true);
        let said = doubt(&document).expect("too slow alone").to_string();
        assert!(said.ends_with("run it again."), "{said}");
        document.controls = Some(vec![control(&[1.05, 1.04], &[1.0, 1.0])]);
        assert_eq!(doubt(&document), None, "noise");
    }

    #[test]
    fn where_no_row_is_right_there_is_nothing_to_doubt() {
        let mut wrong = run("your-turn", 1, 0.005);
        wrong.verdict = Verdict::Wrong;
        assert_eq!(doubt(&of_baseline(exactly(0.010), vec![wrong])), None);
    }

    #[test]
    fn a_few_rounds_explain_nothing() {
        let few = of_baseline(exactly(0.010), vec![run("scoped", 2, 0.005)]);
        let said = doubt(&few).expect("too few").to_string();
        assert!(said.contains("too few for an interval") && said.contains("--rounds"), "{said}");
    }

    #[test]
    fn without_a_baseline_the_surest_row_decides() {
        let alone = |time: Interval| {
            let mut row = run("scoped", 2, time.median);
            row.seconds.as_mut().expect("timed").interval = time;
            let mut document = integers(vec![row]);
            document.baseline = None;
            document.controls = None;
            document
        };
        assert_eq!(doubt(&alone(nearly(0.005))), None);
        assert!(doubt(&alone(between(0.003, 0.005, 0.009))).is_some());
        let mut nothing = integers(Vec::new());
        nothing.baseline = None;
        assert_eq!(doubt(&nothing), None);
    }
}
