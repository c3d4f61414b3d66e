//! What was measured, as the JSON holds it.

use children::Switches;
use course::{Control, Seconds, WholeBaseline};
use laws::break_even::{BreakEven, of_points};
use laws::{Curve, Reading, Round};
use measure::machine::Machine;
use measure::verdict::Verdict;
use measure::{Complaint, Interval, Results, Row, believable_share};
use serde::Serialize;

use crate::options::line;
use crate::session::{BASELINE, Seen, Session, Size, Used};

/// The result of the lesson: the content of its document.
#[derive(Debug, Clone, Serialize)]
pub(crate) struct Scaling {
    pub(crate) seed: u64,
    pub(crate) machine: Machine,
    pub(crate) program: Facts,
    /// The baseline of the largest size.
    pub(crate) baseline: Option<WholeBaseline>,
    /// What the machine gave to copies of the baseline, with the largest size.
    pub(crate) controls: Vec<Control>,
    /// The largest size first; of each size one row for each number of workers.
    pub(crate) runs: Vec<Run>,
    /// From how many terms on so many workers are faster than the baseline.
    pub(crate) pays: Vec<Pays>,
    /// What the laws of scaling say; empty where there are too few counts.
    pub(crate) laws: Vec<String>,
    /// The sentences of the report.
    pub(crate) findings: Vec<String>,
}

/// What is known of the program before it is timed, and beside that.
#[derive(Debug, Clone, Default, Serialize)]
pub(crate) struct Facts {
    pub(crate) name: String,
    /// As it was given, with its places.
    pub(crate) command: String,
    /// How answers were compared.
    pub(crate) answer: &'static str,
    /// Whether none was: then no answer is known to be right.
    pub(crate) any_output: bool,
    /// Whether the rate is shown, of a program that runs for a fixed time.
    pub(crate) has_rate: bool,
    /// Whether the baseline is another program.
    pub(crate) has_own_baseline: bool,
    /// Seconds to start a program that does nothing.
    pub(crate) start_seconds: Option<f64>,
    /// Files that its first run made or changed in the working folder.
    pub(crate) written: Vec<String>,
    /// Processes that its first run left behind.
    pub(crate) left: usize,
    /// Numbers of workers without a control, whose copies would not fit the memory.
    pub(crate) without_control: Vec<usize>,
    /// Why copies could not be run side by side.
    pub(crate) no_copies: Option<String>,
}

/// One size with one number of workers.
#[derive(Debug, Clone, Serialize)]
pub(crate) struct Run {
    pub(crate) strategy: String,
    pub(crate) workers: usize,
    /// 1 where the program has no {terms}.
    pub(crate) terms: u64,
    pub(crate) seconds: Option<Seconds>,
    /// Seconds where the baseline takes its median.
    pub(crate) comparable_seconds: Option<f64>,
    /// What `--rate` found: the median.
    pub(crate) rate: Option<f64>,
    pub(crate) speedup: Option<Interval>,
    pub(crate) of_control: Option<Interval>,
    pub(crate) efficiency: Option<f64>,
    pub(crate) cpu_seconds: Option<f64>,
    /// CPU time over wall time.
    pub(crate) used: Option<f64>,
    /// The part of the times at which it left a core because others were to have it, not because it waited; null where
    /// the system does not tell.
    pub(crate) taken: Option<f64>,
    pub(crate) peak_bytes: Option<u64>,
    /// The part of the work that one worker does while the others wait, if that is why this is no faster: Karp and
    /// Flatt's, over the capacity.
    pub(crate) serial: Option<Interval>,
    pub(crate) verdict: Verdict,
    pub(crate) note: Option<String>,
}

/// From where on workers pay.
#[derive(Debug, Clone, Serialize)]
pub(crate) struct Pays {
    pub(crate) workers: usize,
    /// The number of terms; null where even the largest was no faster.
    pub(crate) from_terms: Option<f64>,
    /// Whether the smallest number was faster already.
    pub(crate) always: bool,
}

impl Scaling {
    /// What the session has found, whether it came to its end or is stuck.
    pub(crate) fn of(session: &Session, machine: Machine) -> Self {
        let seen = session.seen();
        let mut runs: Vec<Run> = Vec::new();
        seen.sizes.iter().rev().for_each(|size| runs.extend(rows(session, size)));
        let largest = seen.sizes.last();
        let results = largest.map(|size| size.board.results().clone()).unwrap_or_default();
        let controls = results.controls.iter();
        let controls = controls
            .filter_map(|(workers, rounds)| Control::of(workers.get(), rounds, results.looks));
        let seconds = results.interval(&results.baseline);
        let strategy = largest.map(|size| session.strategy(size.terms)).unwrap_or_default();
        Scaling {
            seed: session.options.common.seed,
            program: facts(session, &seen),
            baseline: seconds.map(|seconds| WholeBaseline { strategy, seconds }),
            controls: controls.collect(),
            pays: pays(&runs),
            laws: laws(&results, machine.usable_cores),
            runs,
            machine,
            findings: Vec::new(),
        }
    }

    /// The rows of the largest size, which the table shows.
    pub(crate) fn rows(&self) -> impl Iterator<Item = &Run> {
        let terms = self.runs.first().map(|run| run.terms);
        self.runs.iter().filter(move |run| Some(run.terms) == terms)
    }

    /// Those that can be compared.
    pub(crate) fn right(&self) -> impl Iterator<Item = &Run> {
        self.rows().filter(|run| run.verdict == Verdict::Right && run.seconds.is_some())
    }

    /// Cores that the machine gave to so many copies.
    pub(crate) fn cores(&self, workers: usize) -> Option<f64> {
        if workers == 1 && !self.program.has_own_baseline {
            return Some(1.0);
        }
        self.controls
            .iter()
            .find(|control| control.workers == workers)
            .map(|control| control.cores.median)
    }
}

impl Run {
    /// Seconds as they are shown.
    pub(crate) fn time(&self) -> Option<f64> {
        self.comparable_seconds.or(self.seconds.as_ref().map(|seconds| seconds.interval.median))
    }

    /// The share of the control, where it can be believed.
    pub(crate) fn share(&self) -> Option<Interval> {
        self.of_control.and_then(believable_share)
    }

    pub(crate) fn is_bad(&self) -> bool {
        matches!(self.verdict, Verdict::Wrong | Verdict::Failed)
    }
}

fn facts(session: &Session, seen: &Seen) -> Facts {
    Facts {
        name: session.options.name(),
        command: line(&session.options.program),
        answer: session.judge.in_words(),
        any_output: session.judge.takes_any(),
        has_rate: session.options.rate.is_some(),
        has_own_baseline: session.options.alone.is_some(),
        start_seconds: seen.start,
        written: seen.written.clone(),
        left: seen.left,
        no_copies: seen.sizes.last().and_then(|size| size.no_copies.clone()),
        without_control: seen
            .sizes
            .last()
            .into_iter()
            .flat_map(|size| size.without_control.clone())
            .collect(),
    }
}

/// All rows of a size, in the order of their workers. That of one worker is the baseline, unless another program is.
pub(crate) fn table_rows(session: &Session, size: &Size) -> Vec<Row> {
    let results = size.board.results().clone();
    let mut rows = results.rows;
    if session.options.alone.is_none() {
        let mut one = Row::new(&session.strategy(size.terms), kernels::Workers::ONE, 1);
        let timed_too = rows.extract_if(.., |row| row.workers.get() == 1).next();
        one.complaint = size.complaint.clone().or(timed_too.and_then(|row| row.complaint));
        one.speedups = vec![1.0; results.baseline.len()];
        (one.seconds, one.looks) = (results.baseline, results.looks);
        rows.push(one);
    }
    rows.sort_by_key(|row| row.workers);
    rows
}

fn rows(session: &Session, size: &Size) -> Vec<Run> {
    let results = size.board.results().clone();
    let alone = results.interval(&results.baseline).map(|seconds| seconds.median);
    table_rows(session, size).iter().map(|row| run(row, size, alone)).collect()
}

fn run(row: &Row, size: &Size, alone: Option<f64>) -> Run {
    let workers = row.workers.get();
    let places: &[usize] = if workers == 1 { &[BASELINE, 1] } else { &[workers] };
    let used: Vec<Used> =
        places.iter().filter_map(|place| size.used.get(place)).flatten().copied().collect();
    let median = |of: &dyn Fn(&Used) -> Option<f64>| {
        let samples: Option<Vec<f64>> = used.iter().map(of).collect();
        Interval::of(&samples?).map(|interval| interval.median)
    };
    let verdict = verdict(row);
    let compared = verdict == Verdict::Right;
    let speedup = row.interval(&row.speedups).filter(|_| compared);
    let seconds = row.time().filter(|_| compared);
    Run {
        strategy: row.strategy.clone(),
        workers,
        terms: size.terms.unwrap_or(1),
        seconds: seconds.map(|interval| Seconds { interval, samples: row.seconds.clone() }),
        comparable_seconds: alone.zip(speedup).map(|(alone, speedup)| alone / speedup.median),
        rate: size.work.zip(seconds).map(|(work, seconds)| work / seconds.median),
        speedup,
        of_control: row.interval(&row.shares).filter(|_| compared && workers > 1),
        efficiency: speedup.map(|speedup| speedup.median / workers as f64),
        cpu_seconds: median(&|used| used.cpu).filter(|_| compared),
        used: median(&|used| Some(used.cpu? / used.wall)).filter(|_| compared),
        taken: median(&|used| {
            let Switches { given, taken } = used.switches?;
            Some(taken as f64 / (given + taken).max(1) as f64)
        })
        .filter(|_| compared),
        peak_bytes: used.iter().filter_map(|used| used.peak_bytes).max(),
        serial: serial(row).filter(|_| compared),
        verdict,
        note: row.complaint.as_ref().map(|complaint| complaint.text().to_owned()),
    }
}

/// No kernel is asked here, and nothing can be folded.
fn verdict(row: &Row) -> Verdict {
    match &row.complaint {
        Some(Complaint::Wrong(_)) => Verdict::Wrong,
        Some(Complaint::Failed(..)) => Verdict::Failed,
        Some(Complaint::Missing(_)) => Verdict::Skipped,
        None if row.seconds.is_empty() => Verdict::Skipped,
        None => Verdict::Right,
    }
}

// ANCHOR: serial
/// Round by round: what part of the work is serial, if Amdahl's law alone is why it took so long with the cores that
/// it was given.
fn serial(row: &Row) -> Option<Interval> {
    let rounds = row.speedups.iter().zip(&row.shares);
    let parts = rounds.map(|(speedup, share)| {
        let cores = speedup / share;
        (1.0 / speedup - 1.0 / cores) / (1.0 - 1.0 / cores)
    });
    let parts: Vec<f64> = parts.filter(|part| part.is_finite()).collect();
    row.interval(&parts).filter(|_| row.workers.get() > 1)
}
// ANCHOR_END: serial

/// What the laws say of all counts up to the usable cores: workers that take turns follow no law of scaling.
fn laws(results: &Results, usable: usize) -> Vec<String> {
    let one =
        results.baseline.iter().map(|seconds| Round { seconds: *seconds, cores: 1.0 }).collect();
    let mut measured = vec![(1, one)];
    for row in results.rows.iter().filter(|row| (2..=usable).contains(&row.workers.get())) {
        let rounds = row.seconds.iter().zip(row.speedups.iter().zip(&row.shares));
        let rounds = rounds
            .map(|(seconds, (speedup, share))| Round { seconds: *seconds, cores: speedup / share });
        measured.push((row.workers.get(), rounds.filter(|_| row.complaint.is_none()).collect()));
    }
    let curve = Curve::of_rounds(measured);
    if curve.counts().len() < 3 { Vec::new() } else { Reading::of(&curve).sentences() }
}

/// From where on each number of workers pays, where there are several sizes.
fn pays(runs: &[Run]) -> Vec<Pays> {
    let mut counts: Vec<usize> =
        runs.iter().map(|run| run.workers).filter(|workers| *workers > 1).collect();
    counts.sort_unstable();
    counts.dedup();
    let of = |workers: usize| {
        let of_count = runs.iter().filter(|run| run.workers == workers);
        let points = of_count.filter_map(|run| Some((run.terms, run.speedup?.median)));
        let mut points: Vec<(u64, f64)> = points.collect();
        points.sort_by_key(|point| point.0);
        let found = of_points(&points).filter(|_| points.len() > 1)?;
        Some(match found {
            BreakEven::From(terms) => Pays { workers, from_terms: Some(terms), always: false },
            BreakEven::AlreadyAt(terms) => {
                Pays { workers, from_terms: Some(terms as f64), always: true }
            }
            BreakEven::NotUpTo(_) => Pays { workers, from_terms: None, always: false },
        })
    };
    counts.into_iter().filter_map(of).collect()
}

#[cfg(test)]
mod tests {
    use kernels::Workers;

    use super::*;

    /// Twelve rounds of a program of which a fifth is serial, on cores that are not all given.
    fn rounds(workers: usize) -> Row {
        let mut row = Row::new("mine", Workers::new(workers).expect("a count"), 1);
        for round in 0..12 {
            let cores = workers as f64 * (0.9 + 0.01 * f64::from(round % 3));
            let seconds = 0.2 + 0.8 / cores;
            row.seconds.push(seconds);
            row.speedups.push(1.0 / seconds);
            row.shares.push(1.0 / seconds / cores);
        }
        row
    }

    #[test]
    fn the_serial_part_is_found_with_the_cores_that_were_given() {
        let part = serial(&rounds(4)).expect("twelve rounds");
        for part in [Some(part.median), part.low, part.high].into_iter().flatten() {
            assert!((part - 0.2).abs() < 1e-9, "{part}");
        }
    }

    #[test]
    fn the_laws_are_read_up_to_the_usable_cores() {
        let rows = [2, 4, 8, 16].map(rounds).to_vec();
        let mut results = Results { baseline: vec![1.0; 12], rows, ..Results::default() };
        let said = laws(&results, 8);
        assert!(said[0].starts_with("Amdahl: 20 % of the work is serial"), "{said:?}");
        // Workers that take turns would tell another law.
        results.rows[3].seconds = vec![9.0; 12];
        assert_eq!(laws(&results, 8), said);
        assert_eq!(laws(&results, 2), [""; 0], "two counts fit any law");
    }
}
