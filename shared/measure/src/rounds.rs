mod round;

use std::thread;
use std::time::{Duration, Instant};

use kernels::{Total, Workers};
use rng::Rng;

use self::round::Round;
use crate::plan::Pace;
use crate::subject::Ruling;
use crate::{
    Board, Capacity, Complaint, Context, Error, Plan, Row, Sample, Setup, Stopwatch, Work,
};

/// How long the workers of a pool may take to fall asleep, before the next row is measured. A pool that
/// is still awake would be charged to its neighbour in the table.
const SETTLE: Duration = Duration::from_millis(1);

/// Holds a sum against the known answer.
pub type Referee<'r> = Box<dyn Fn(&Total) -> Ruling + 'r>;

/// Measures what the machine gives to the workers of a context, where the baseline takes so many seconds.
/// What it gives is proportional to these seconds: the round has a better value in the end.
pub type Control<'r> = Box<dyn Fn(&Context, f64) -> Result<Capacity, Error> + 'r>;

/// The stopwatch of the house. Each round runs the baseline, a control for each worker count, and every
/// row, in an order that is drawn anew: what is compared stood side by side, and nothing stood always
/// first, or always behind the same neighbour. A machine that slows down as it warms up, or a neighbour
/// that comes every second, then hits all alike.
///
/// The order is drawn from the seed of the [`Setup`], so it can be had again. Ratios are made at the end
/// of a round, of what was timed within it.
///
/// ```
/// use std::time::Duration;
/// use kernels::{Total, Workers};
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
    learn: Box<dyn Fn(&Total) + 'r>,
    terms: u64,
    stopwatch: Stopwatch,
    /// Its last time; `None` before the first.
    seconds: Option<f64>,
}

/// What a round times, one after the other.
#[derive(Debug, Clone, Copy, PartialEq)]
enum Step {
    Baseline,
    Control(Workers),
    /// By its place among the candidates.
    Row(usize),
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

    /// The same rounds, whose baseline and controls run as `setup` says, in the order of its seed.
    #[must_use]
    pub fn with_setup(self, setup: &Setup) -> Self {
        Rounds { setup: setup.clone(), ..self }
    }

    /// The same rounds with a baseline of `terms` terms, over which speedups are computed; `learn` takes
    /// note of its sums.
    #[must_use]
    pub fn with_baseline(
        self,
        terms: u64,
        work: Work<'r>,
        learn: Box<dyn Fn(&Total) + 'r>,
    ) -> Self {
        let baseline =
            Baseline { work, learn, terms, stopwatch: Stopwatch::default(), seconds: None };
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
        self.note_looks(plan.looks());
        let (begin, mut rng) = (Instant::now(), Rng::new(self.setup.seed()));
        let mut warm = None;
        for done in 1.. {
            self.round(&mut rng);
            after_round();
            let now = Instant::now();
            let pace = Pace { done, begin, warm: *warm.get_or_insert(now) };
            let over = plan.is_over(pace, now, || self.is_steady());
            if over || self.candidates.is_empty() || self.setup.cancellation().is_cancelled() {
                break;
            }
        }
    }

    /// Notes that the number of samples will depend on what they show, if it does.
    fn note_looks(&self, looks: bool) {
        let mut results = self.board.results();
        results.looks |= looks;
        self.candidates.iter().for_each(|candidate| results.rows[candidate.row].looks |= looks);
    }

    // ANCHOR: round
    fn round(&mut self, rng: &mut Rng) {
        let mut round = Round::default();
        for step in self.steps(rng) {
            if self.setup.cancellation().is_cancelled() {
                break;
            }
            match step {
                Step::Baseline => round.alone = self.time_baseline(),
                Step::Control(workers) => {
                    round.controls.extend(self.time_control(workers).map(|rates| (workers, rates)));
                }
                Step::Row(place) => round.rows.extend(self.candidates[place].time(self.board)),
            }
        }
        let (board, terms) = (self.board, self.baseline.as_ref().map_or(0, |one| one.terms));
        round.compare(terms, &mut board.results());
        // Whoever drops a pool waits for its workers: not with the board in hand.
        let is_good = |row: usize| board.results().rows[row].complaint.is_none();
        self.candidates.retain(|candidate| is_good(candidate.row));
    }
    // ANCHOR_END: round

    /// Everything that a round times, in an order that is drawn. Only the first round begins with the
    /// baseline, because a control has to know how long that is.
    fn steps(&self, rng: &mut Rng) -> Vec<Step> {
        let mut counts = self.counts.clone();
        counts.extend(self.candidates.iter().map(Candidate::workers));
        counts.sort_unstable();
        counts.dedup();
        let rows = (0..self.candidates.len()).map(Step::Row);
        let mut steps: Vec<Step> = rows.collect();
        let Some(baseline) = &self.baseline else {
            rng.shuffle(&mut steps);
            return steps;
        };
        // One worker has one core, by definition.
        let counts = counts.into_iter().filter(|workers| *workers != Workers::ONE);
        steps.extend(counts.filter(|_| self.control.is_some()).map(Step::Control));
        steps.push(Step::Baseline);
        rng.shuffle(&mut steps);
        if baseline.seconds.is_none() {
            steps.sort_by_key(|step| *step != Step::Baseline);
        }
        steps
    }

    /// Seconds of the baseline. One beyond the time limit leaves the rows without a speedup.
    fn time_baseline(&mut self) -> Option<f64> {
        let baseline = self.baseline.as_mut()?;
        let context = self.setup.context(Workers::ONE);
        let title = "the baseline (--no-baseline leaves it out)";
        let sample = self.board.limit.run(title, context.cancellation(), || {
            let _worker = context.enter(0);
            baseline.stopwatch.sample(&mut baseline.work)
        });
        let Sample { seconds, sum, .. } = sample.ok()?;
        (baseline.learn)(&sum);
        baseline.seconds = Some(seconds);
        self.board.results().baseline.push(seconds);
        Some(seconds)
    }

    /// What the machine gives to so many workers, in sums a second.
    fn time_control(&self, workers: Workers) -> Option<Capacity> {
        let (control, context) = (self.control.as_ref()?, self.setup.context(workers));
        let alone = self.baseline.as_ref()?.seconds?;
        let control = || control(&context, alone);
        let capacity = self.board.limit.run("the control", context.cancellation(), control).ok()?;
        Some(capacity.times(1.0 / alone))
    }

    /// Whether every row's median has converged.
    fn is_steady(&self) -> bool {
        let results = self.board.results();
        self.candidates.iter().all(|candidate| {
            let row = &results.rows[candidate.row];
            let samples = [&row.shares, &row.speedups, &row.seconds];
            let ratios = samples.into_iter().find(|samples| !samples.is_empty());
            ratios.and_then(|ratios| row.interval(ratios)).is_some_and(|sure| sure.is_steady())
        })
    }
}

impl Candidate<'_> {
    fn workers(&self) -> Workers {
        self.context.workers()
    }

    /// One sample of the row, judged and noted: its place on the board, and the seconds.
    fn time(&mut self, board: &Board) -> Option<(usize, f64)> {
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
            Err(error) => {
                row.fail(&error);
                None
            }
            Ok(sample) => {
                if let Some(referee) = &self.referee {
                    hold_against(row, referee, &sample);
                }
                row.seconds.push(sample.seconds);
                row.cpu_seconds.extend(sample.cpu_seconds);
                Some((self.row, sample.seconds))
            }
        }
    }
}

fn hold_against(row: &mut Row, referee: &Referee<'_>, sample: &Sample) {
    for sum in [Some(&sample.sum), sample.odd.as_ref()].into_iter().flatten() {
        match referee(sum) {
            Ruling::Right { shown, same_bits } => {
                row.sum.get_or_insert(shown);
                row.same_bits &= same_bits;
            }
            Ruling::Wrong(why) => {
                let why = match &row.sum {
                    Some(right) => {
                        let race = if row.workers.get() > 1 { "a race condition, or " } else { "" };
                        format!(
                            "its sums differ, which may be {race}something that is left of one sum for the \
                             next: it was {right} before, and now {why}"
                        )
                    }
                    None => why,
                };
                row.complain(Complaint::Wrong(why));
            }
        }
    }
}

#[cfg(test)]
mod simulated;
#[cfg(test)]
mod tests;
