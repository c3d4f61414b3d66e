mod audit;

use std::cell::Cell;
use std::hint::black_box;
use std::sync::{Mutex, MutexGuard, PoisonError};
use std::thread;
use std::time::{Duration, Instant};

use kernels::{Expected, Known, Workers};

use super::clock::{Clock, Timed};
use super::control::cores_given;
use super::interval::Interval;
use super::results::{Measured, Plan, Results};
use super::subject::Subject;
use crate::watch::Watch;
use crate::{Error, Strategy, Sum, pin, retry};

/// Rows are measured side by side only while their standing workers are no more than this.
const STANDING_AT_ONCE: usize = 256;

/// How long workers that stand may take to fall asleep, before the next row is measured. A pool that
/// is still awake would be charged to its neighbour in the table.
const SETTLE: Duration = Duration::from_millis(1);

/// A row that pays for every term runs on this many at most, where one term costs little.
const TERMS_OF_A_SLOW_ROW: u64 = 1_000_000;

/// A term of a kernel with a larger grain costs less than 50 nanoseconds.
const GRAIN_OF_CHEAP_TERMS: u64 = 1000;

/// The bench on which the rows of one kernel are measured.
#[derive(Debug)]
pub struct Bench<'b, K> {
    subject: Subject<K>,
    /// The same kernel with fewer terms, for rows that pay for every one.
    small: Option<Subject<K>>,
    with_baseline: bool,
    /// What titles of rows end with: says which kernel, where it is not the run's own.
    place: String,
    watch: &'b Watch,
    results: &'b Mutex<Results>,
    /// How long standing workers took to start.
    starting: Cell<Duration>,
}

/// A row that is being measured.
struct Candidate<'c, K> {
    row: usize,
    workers: Workers,
    floats: bool,
    stands: bool,
    subject: &'c Subject<K>,
    sum: Sum<K>,
    clock: Clock,
}

impl<'b, K: Known> Bench<'b, K> {
    /// A bench for `kernel`, which has `terms` terms.
    ///
    /// # Errors
    ///
    /// Where the smaller kernel for slow rows cannot be made.
    pub fn new(
        kernel: K,
        terms: u64,
        with_baseline: bool,
        watch: &'b Watch,
        results: &'b Mutex<Results>,
    ) -> Result<Self, Error> {
        let cheap = kernel.grain() > GRAIN_OF_CHEAP_TERMS;
        let small = if cheap && terms > TERMS_OF_A_SLOW_ROW {
            let home = kernels::Home::Private;
            Some(Subject::new(K::with_home(TERMS_OF_A_SLOW_ROW, home)?, TERMS_OF_A_SLOW_ROW))
        } else {
            None
        };
        let (subject, place) = (Subject::new(kernel, terms), String::new());
        let starting = Cell::default();
        let bench = Bench { subject, small, with_baseline, place, watch, results, starting };
        if let Some(small) = &bench.small {
            small.learn(small.kernel.sum(0..small.terms));
        }
        Ok(bench)
    }

    /// The same bench, whose rows name the kernel in messages: it is not the run's own.
    pub fn elsewhere(self) -> Self {
        Bench { place: format!(" on {}", K::NAME), ..self }
    }

    /// The known answer.
    pub fn expected(&self) -> Expected {
        self.subject.answer().expected()
    }

    /// The kernel with all its terms.
    pub fn kernel(&self) -> &K {
        &self.subject.kernel
    }

    /// How long all standing workers took to start: that is no measuring, and may take as long as it does.
    pub fn starting(&self) -> Duration {
        self.starting.get()
    }

    fn subject_of<S>(&self, strategy: &Strategy<S>) -> &Subject<K> {
        self.small.as_ref().filter(|_| strategy.per_term).unwrap_or(&self.subject)
    }

    fn results(&self) -> MutexGuard<'_, Results> {
        self.results.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Measures every strategy at every worker count, and those that have one worker with that one.
    /// `after_round` is called between rounds.
    pub fn measure(
        &self,
        strategies: &[&Strategy<K>],
        counts: &[Workers],
        plan: Plan,
        after_round: &dyn Fn(),
    ) {
        let standing = strategies.iter().filter(|strategy| strategy.stands).count();
        let asked = counts;
        let mut counts = asked.to_vec();
        if strategies.iter().any(|strategy| strategy.alone) && !counts.contains(&Workers::ONE) {
            counts.insert(0, Workers::ONE);
        }
        let groups = groups(&counts, standing);
        let number = groups.len() as u32;
        for (group, left) in groups.iter().zip((1..=number).rev()) {
            let share = plan.until.saturating_duration_since(Instant::now()) / left;
            let until = Instant::now() + share;
            self.measure_group(strategies, asked, group, Plan { until, ..plan }, after_round);
        }
    }

    fn measure_group(
        &self,
        strategies: &[&Strategy<K>],
        asked: &[Workers],
        counts: &[Workers],
        plan: Plan,
        after_round: &dyn Fn(),
    ) {
        let start = Instant::now();
        let mut candidates: Vec<Candidate<'_, K>> = Vec::new();
        for workers in counts {
            // Those that have one worker are measured with that one, asked for or not.
            let wanted = |strategy: &&&Strategy<K>| {
                if strategy.alone { *workers == Workers::ONE } else { asked.contains(workers) }
            };
            let wanted = strategies.iter().filter(wanted);
            candidates.extend(wanted.filter_map(|strategy| self.candidate(strategy, *workers)));
        }
        let started = start.elapsed();
        self.starting.set(self.starting.get() + started);
        let plan = Plan { until: plan.until + started, ..plan };
        let mut baseline = Clock::default();
        let begin = Instant::now();
        for done in 1.. {
            let start = Instant::now();
            self.round(&mut baseline, counts, &mut candidates);
            after_round();
            let enough = plan.is_over(done, begin, start.elapsed(), || self.steady(&candidates));
            if enough || candidates.is_empty() || crate::cleanup::interrupted() {
                break;
            }
        }
    }

    /// Enters a row, and starts its standing workers.
    fn candidate<'c>(
        &'c self,
        strategy: &Strategy<K>,
        workers: Workers,
    ) -> Option<Candidate<'c, K>> {
        let subject = self.subject_of(strategy);
        let mut measured = Measured::new(&strategy.name, workers, subject.terms, &self.place);
        let start = Instant::now();
        let title = measured.title();
        let started = self.watch.run(&title, || strategy.start(&subject.kernel, workers));
        measured.start = strategy.stands.then(|| start.elapsed());
        if let Err(error) = &started {
            measured.fail(error);
        }
        measured.retries = retry::taken();
        let mut results = self.results();
        results.rows.push(measured);
        let row = results.rows.len() - 1;
        Some(Candidate {
            row,
            workers,
            floats: strategy.floats,
            stands: strategy.stands,
            subject,
            sum: started.ok()?,
            clock: Clock::default(),
        })
    }

    /// The baseline, then for each worker count its control and its candidates.
    fn round(
        &self,
        baseline: &mut Clock,
        counts: &[Workers],
        candidates: &mut Vec<Candidate<'_, K>>,
    ) {
        let alone = self.with_baseline.then(|| self.baseline_round(baseline)).flatten();
        for workers in counts {
            let cores = alone.and_then(|alone| self.control_round(*workers, baseline, alone));
            candidates.retain_mut(|candidate| {
                candidate.workers != *workers || self.candidate_round(candidate, alone, cores)
            });
        }
    }

    fn baseline_round(&self, clock: &mut Clock) -> Option<f64> {
        let Subject { kernel, terms, .. } = &self.subject;
        let sample = self.watch.run("the baseline (--no-baseline leaves it out)", || {
            let _core = pin::worker(0);
            clock.sample(|| Ok(black_box(black_box(kernel).sum(black_box(0..*terms)))))
        });
        // A baseline beyond the time limit leaves the rows without a speedup.
        let timed = sample.ok()?;
        self.subject.learn(timed.sum);
        self.results().baseline.push(timed.seconds);
        Some(timed.seconds)
    }

    fn control_round(&self, workers: Workers, baseline: &Clock, alone: f64) -> Option<f64> {
        let Subject { kernel, terms, .. } = &self.subject;
        let cores = self.watch.run("the control", || {
            cores_given(kernel, &(0..*terms), workers, baseline.repeats(), alone)
        });
        let cores = cores.ok()?;
        self.results().controls.entry(workers).or_default().push(cores);
        Some(cores)
    }

    /// One sample of one row; whether there may be another.
    fn candidate_round(
        &self,
        candidate: &mut Candidate<'_, K>,
        alone: Option<f64>,
        cores: Option<f64>,
    ) -> bool {
        let subject = candidate.subject;
        let (title, sum) = (self.results().rows[candidate.row].title(), &mut candidate.sum);
        let sample = self.watch.run(&title, || {
            candidate.clock.sample(|| sum(black_box(&subject.kernel), black_box(0..subject.terms)))
        });
        if crate::cleanup::interrupted() {
            return false;
        }
        if candidate.stands {
            thread::sleep(SETTLE);
        }
        let mut results = self.results();
        let row = &mut results.rows[candidate.row];
        row.retries += retry::taken();
        match sample {
            Err(error) => row.fail(&error),
            Ok(timed) => {
                self.judge(row, candidate.floats, subject, &timed);
                let full = self.subject.terms as f64 / subject.terms.max(1) as f64;
                let speedup = alone.map(|alone| alone / (timed.seconds * full.max(1.0)));
                row.seconds.push(timed.seconds);
                row.cpu_seconds.extend(timed.cpu_seconds);
                row.speedups.extend(speedup);
                row.shares.extend(speedup.zip(cores).map(|(speedup, cores)| speedup / cores));
            }
        }
        row.verdict.is_none()
    }

    fn judge(&self, row: &mut Measured, floats: bool, subject: &Subject<K>, timed: &Timed) {
        if !floats {
            subject.learn(timed.sum);
        }
        let answer = *subject.answer();
        for sum in [Some(timed.sum), timed.odd].into_iter().flatten() {
            if answer.accepts(&subject.kernel, sum, floats) {
                row.sum.get_or_insert_with(|| subject.kernel.show(sum));
                row.same_bits &= answer.same_bits(sum);
            } else {
                row.wrong("the sum is not the known answer; fix the code of this strategy");
            }
        }
    }

    /// Whether every row's median is sure.
    fn steady(&self, candidates: &[Candidate<'_, K>]) -> bool {
        let results = self.results();
        candidates.iter().all(|candidate| {
            let row = &results.rows[candidate.row];
            let ratios = if row.shares.is_empty() { &row.seconds } else { &row.shares };
            Interval::is_steady(ratios)
        })
    }
}

/// Worker counts that are measured side by side: all of them, while few workers stand ready.
fn groups(counts: &[Workers], standing: usize) -> Vec<Vec<Workers>> {
    let mut groups: Vec<Vec<Workers>> = Vec::new();
    let mut standing_now = 0;
    for workers in counts {
        let more = standing * workers.get();
        match groups.last_mut() {
            Some(group) if standing_now + more <= STANDING_AT_ONCE => {
                group.push(*workers);
                standing_now += more;
            }
            _ => {
                groups.push(vec![*workers]);
                standing_now = more;
            }
        }
    }
    groups
}
