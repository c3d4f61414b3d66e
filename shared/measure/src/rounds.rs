use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::thread;
use std::time::{Duration, Instant};

use kernels::Workers;

use crate::subject::Ruling;
use crate::{
    Capacity, Complaint, Context, Error, Interval, Plan, Results, Row, Sample, Setup, Stopwatch,
    TimeLimit, Work,
};

/// How long the workers of a pool may take to fall asleep, before the next row is measured. A pool that
/// is still awake would be charged to its neighbour in the table.
const SETTLE: Duration = Duration::from_millis(1);

/// What was measured so far, and the time limit: what the thread that measures shares with the one that
/// watches it.
#[derive(Debug)]
pub struct Board {
    /// The limit of every single run.
    pub limit: Arc<TimeLimit>,
    results: Mutex<Results>,
}

impl Board {
    /// An empty board; no single run may take longer than `limit`.
    pub fn new(limit: Duration) -> Self {
        Board { limit: Arc::new(TimeLimit::new(limit)), results: Mutex::default() }
    }

    /// An empty board under the same time limit.
    #[must_use]
    pub fn beside(&self) -> Self {
        Board { limit: Arc::clone(&self.limit), results: Mutex::default() }
    }

    /// What was measured so far.
    pub fn results(&self) -> MutexGuard<'_, Results> {
        self.results.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// Holds a sum against the known answer.
pub type Referee<'r> = Box<dyn Fn(u64) -> Ruling + 'r>;

/// Measures what the machine gives to the workers of a context, where the baseline takes so many seconds.
pub type Control<'r> = Box<dyn Fn(&Context, f64) -> Result<Capacity, Error> + 'r>;

/// The stopwatch of the house. Each round runs the baseline, then for each worker count the control and
/// every row, in turn: what is compared stood side by side.
///
/// ```
/// use std::time::Duration;
/// use kernels::Workers;
/// use measure::{Board, Context, Plan, Rounds};
/// let board = Board::new(Duration::MAX);
/// let mut rounds = Rounds::new(&board);
/// for (name, end) in [("short", 10_u64), ("long", 1000)] {
///     let work = move || Ok((0..end).map(std::hint::black_box).sum::<u64>().into());
///     rounds.add_work(name, Box::new(work));
/// }
/// rounds.run(Plan::rounds(3), &|| ());
/// assert_eq!(board.results().rows[1].seconds.len(), 3);
/// ```
pub struct Rounds<'r> {
    board: &'r Board,
    setup: Setup,
    baseline: Option<Baseline<'r>>,
    control: Option<Control<'r>>,
    /// The numbers of workers that have a control, whether a row has them or not.
    counts: Vec<Workers>,
    candidates: Vec<Candidate<'r>>,
}

struct Baseline<'r> {
    work: Work<'r>,
    learn: Box<dyn Fn(u64) + 'r>,
    terms: u64,
    stopwatch: Stopwatch,
}

/// A row that is being measured.
struct Candidate<'r> {
    /// Its place on the board.
    row: usize,
    title: String,
    context: Context,
    work: Work<'r>,
    referee: Option<Referee<'r>>,
    settles: bool,
    stopwatch: Stopwatch,
}

impl<'r> Rounds<'r> {
    /// Rounds without rows, baseline and control.
    pub fn new(board: &'r Board) -> Self {
        Rounds {
            board,
            setup: Setup::default(),
            baseline: None,
            control: None,
            counts: Vec::new(),
            candidates: Vec::new(),
        }
    }

    /// The same rounds, whose baseline and controls run as `setup` says.
    #[must_use]
    pub fn with_setup(self, setup: &Setup) -> Self {
        Rounds { setup: setup.clone(), ..self }
    }

    /// The same rounds with a baseline of `terms` terms, over which speedups are computed; `learn` takes
    /// note of its sums.
    #[must_use]
    pub fn with_baseline(self, terms: u64, work: Work<'r>, learn: Box<dyn Fn(u64) + 'r>) -> Self {
        let baseline = Baseline { work, learn, terms, stopwatch: Stopwatch::default() };
        Rounds { baseline: Some(baseline), ..self }
    }

    /// The same rounds with a control for each of `counts`, and for each number of workers that some row
    /// has.
    #[must_use]
    pub fn with_control(self, counts: &[Workers], control: Control<'r>) -> Self {
        Rounds { control: Some(control), counts: counts.to_vec(), ..self }
    }

    /// Adds a row that is `start`ed first: a pool, say. What `start` gives is then the work of the row.
    pub fn add(
        &mut self,
        mut row: Row,
        is_pool: bool,
        context: Context,
        referee: Option<Referee<'r>>,
        start: impl FnOnce() -> Result<Work<'r>, Error>,
    ) {
        let (title, begin) = (row.title(), Instant::now());
        let started = self.board.limit.run(&title, context.cancellation(), start);
        row.start = is_pool.then(|| begin.elapsed());
        if let Err(error) = &started {
            row.fail(error);
        }
        row.retries = context.take_retries();
        let mut results = self.board.results();
        results.rows.push(row);
        if let Ok(work) = started {
            self.candidates.push(Candidate {
                row: results.rows.len() - 1,
                title,
                context,
                work,
                referee,
                settles: is_pool,
                stopwatch: Stopwatch::default(),
            });
        }
    }

    /// Adds a row of one worker, which gives the same number each time.
    pub fn add_work(&mut self, name: &str, work: Work<'r>) {
        let context = self.setup.context(Workers::ONE);
        self.add(Row::new(name, Workers::ONE, 1), false, context, None, || Ok(work));
    }

    /// Measures, until the plan is over or nothing is left to measure. `after_round` is called between
    /// rounds.
    pub fn run(&mut self, plan: Plan, after_round: &dyn Fn()) {
        let begin = Instant::now();
        for done in 1.. {
            let start = Instant::now();
            self.round();
            after_round();
            let over = plan.is_over(done, begin, start.elapsed(), || self.is_steady());
            if over || self.candidates.is_empty() || self.setup.cancellation().is_cancelled() {
                break;
            }
        }
    }

    // ANCHOR: round
    fn round(&mut self) {
        let alone = self.time_baseline();
        let mut counts = self.counts.clone();
        counts.extend(self.candidates.iter().map(Candidate::workers));
        counts.sort_unstable();
        counts.dedup();
        for workers in counts {
            let cores = alone.and_then(|alone| self.time_control(workers, alone));
            let baseline = alone.map(|seconds| PerTerm { seconds, terms: self.baseline_terms() });
            let (board, cancellation) = (self.board, self.setup.cancellation());
            self.candidates.retain_mut(|candidate| {
                candidate.workers() != workers
                    || (candidate.time(board, baseline, cores) && !cancellation.is_cancelled())
            });
        }
    }
    // ANCHOR_END: round

    fn baseline_terms(&self) -> u64 {
        self.baseline.as_ref().map_or(0, |baseline| baseline.terms)
    }

    /// Seconds of the baseline. One beyond the time limit leaves the rows without a speedup.
    fn time_baseline(&mut self) -> Option<f64> {
        let Baseline { work, learn, stopwatch, .. } = self.baseline.as_mut()?;
        let context = self.setup.context(Workers::ONE);
        let title = "the baseline (--no-baseline leaves it out)";
        let sample = self.board.limit.run(title, context.cancellation(), || {
            let _worker = context.enter(0);
            stopwatch.sample(work)
        });
        let Sample { seconds, sum, .. } = sample.ok()?;
        learn(sum);
        self.board.results().baseline.push(seconds);
        Some(seconds)
    }

    /// How many cores the machine gives to so many workers. One worker has one core by definition.
    fn time_control(&self, workers: Workers, alone: f64) -> Option<f64> {
        let (control, context) = (self.control.as_ref()?, self.setup.context(workers));
        if workers == Workers::ONE {
            return Some(1.0);
        }
        let control = || control(&context, alone);
        let capacity = self.board.limit.run("the control", context.cancellation(), control).ok()?;
        let cores = capacity.cores();
        self.board.results().controls.entry(workers).or_default().push(capacity);
        Some(cores)
    }

    /// Whether every row's median has converged.
    fn is_steady(&self) -> bool {
        let results = self.board.results();
        self.candidates.iter().all(|candidate| {
            let row = &results.rows[candidate.row];
            let ratios = if row.shares.is_empty() { &row.seconds } else { &row.shares };
            Interval::is_steady(ratios)
        })
    }
}

/// The baseline of a round.
#[derive(Debug, Clone, Copy)]
struct PerTerm {
    seconds: f64,
    terms: u64,
}

impl Candidate<'_> {
    fn workers(&self) -> Workers {
        self.context.workers()
    }

    /// One sample of the row, judged and noted; whether there may be another.
    fn time(&mut self, board: &Board, baseline: Option<PerTerm>, cores: Option<f64>) -> bool {
        let (stopwatch, work) = (&mut self.stopwatch, &mut self.work);
        let cancellation = self.context.cancellation();
        let sample = board.limit.run(&self.title, cancellation, || stopwatch.sample(work));
        if self.settles {
            thread::sleep(SETTLE);
        }
        let mut results = board.results();
        let row = &mut results.rows[self.row];
        row.retries += self.context.take_retries();
        match sample {
            Err(error) => row.fail(&error),
            Ok(sample) => {
                if let Some(referee) = &self.referee {
                    hold_against(row, referee, &sample);
                }
                // A row of fewer terms is compared by the time of a term.
                let speedup = baseline.map(|PerTerm { seconds, terms }| {
                    let full = (terms as f64 / row.terms.max(1) as f64).max(1.0);
                    seconds / (sample.seconds * full)
                });
                row.seconds.push(sample.seconds);
                row.cpu_seconds.extend(sample.cpu_seconds);
                row.speedups.extend(speedup);
                row.shares.extend(speedup.zip(cores).map(|(speedup, cores)| speedup / cores));
            }
        }
        row.complaint.is_none()
    }
}

fn hold_against(row: &mut Row, referee: &Referee<'_>, sample: &Sample) {
    for sum in [Some(sample.sum), sample.odd].into_iter().flatten() {
        match referee(sum) {
            Ruling::Right { shown, same_bits } => {
                row.sum.get_or_insert(shown);
                row.same_bits &= same_bits;
            }
            Ruling::Wrong(why) => {
                let several = row.workers.get() > 1;
                let why = match &row.sum {
                    Some(right) if several => format!(
                        "a race condition: the same code gave {right} before, and now {why}"
                    ),
                    Some(right) => format!("its sums differ: {right} before, and now {why}"),
                    None => why,
                };
                row.complain(Complaint::Wrong(why));
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn counts_up<'r>() -> Work<'r> {
        let mut calls = 0_u64;
        Box::new(move || {
            calls += 1;
            Ok((calls % 2).into())
        })
    }

    #[test]
    fn every_row_has_a_sample_of_every_round() {
        let board = Board::new(Duration::MAX);
        let mut rounds = Rounds::new(&board).with_baseline(1, counts_up(), Box::new(|_| ()));
        rounds.add_work("one", counts_up());
        rounds.add_work("two", counts_up());
        rounds.run(Plan::rounds(4), &|| ());
        let results = board.results();
        assert_eq!((results.baseline.len(), results.rows.len()), (4, 2));
        for row in &results.rows {
            assert_eq!((row.seconds.len(), row.speedups.len()), (4, 4), "{row:?}");
        }
    }

    #[test]
    fn a_row_that_fails_stands_still_and_the_others_go_on() {
        let board = Board::new(Duration::MAX);
        let mut rounds = Rounds::new(&board);
        let refused = || Error::Usage("no".to_owned());
        rounds.add_work("fails", Box::new(move || Err(refused())));
        rounds.add_work("works", counts_up());
        rounds.run(Plan::rounds(2), &|| ());
        let results = board.results();
        assert!(matches!(results.rows[0].complaint, Some(Complaint::Failed(..))));
        assert_eq!((results.rows[0].seconds.len(), results.rows[1].seconds.len()), (0, 2));
    }

    #[test]
    fn a_sum_that_differs_in_one_call_is_wrong() {
        let board = Board::new(Duration::MAX);
        let mut rounds = Rounds::new(&board);
        let referee: Referee<'_> = Box::new(|sum| match sum {
            1 => Ruling::Right { shown: "1".to_owned(), same_bits: true },
            _ => Ruling::Wrong("it is not 1".to_owned()),
        });
        let context = Context::new(Workers::ONE);
        rounds.add(Row::new("odd", Workers::ONE, 1), false, context, Some(referee), || {
            Ok(counts_up())
        });
        rounds.run(Plan::rounds(1), &|| ());
        assert!(matches!(board.results().rows[0].complaint, Some(Complaint::Wrong(_))));
    }
}
