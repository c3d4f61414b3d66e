use std::fmt;
use std::ops::Range;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering::Relaxed};
use std::thread;
use std::time::{Duration, Instant};

use kernels::{AnyKernel, AnyKnown, Event, Home, Kernel, KernelName, Spec, Total, Workers};
use measure::audit::{Audit, Audited};
use measure::check::{Check, Subjects};
use measure::{
    Board, Context, Error, Plan, Rounds, Ruling, Setup, Subject, Summed, Work, threads_now, time,
};
use rng::Rng;

use crate::answer::{Asked, one_core};
use crate::lock::holds_one;
use crate::race::{BUDGET, LONGEST_RUN, MOST_ADDITIONS, folded, judged};
use crate::rule::Seen;
use crate::{Lane, Row, Rule, Rules, Speed, Stage, Terms, Trial, locks_taken};

/// A way to share terms among so many workers.
type Sum = Arc<dyn Fn(&Terms, usize) -> u64 + Send + Sync>;

/// All that is asked of a way to share terms: that it is right, also under stress, what an audit has to show, and how fast
/// it has to be.
#[must_use = "a strategy is a part of rules"]
pub struct Strategy {
    sum: Sum,
    solution: Sum,
    skeleton: Sum,
    kernel: KernelName,
    workers: usize,
    terms: Option<u64>,
    few_terms: bool,
    alone_at_first: bool,
    rules: Vec<Rule>,
    target: Option<Target>,
}

/// How fast it has to be.
#[derive(Debug, Clone, Copy)]
enum Target {
    /// This share of what the machine gave to as many independent workers.
    Capacity(f64),
    /// This share of what equal ranges can reach, which wait for the slowest core.
    Even(f64),
    /// So many times as fast as the skeleton.
    Skeleton(f64),
}

/// Under audit the terms are worth so many grains of 50 microseconds.
const GRAINS: u64 = 400;

/// So often an audited run may fall short: on a busy machine threads start late.
const AUDITS: usize = 5;

/// So many seeds are tried under stress, and for no longer than this.
const SEEDS: u64 = 20;
const LONGEST_STRESS: Duration = Duration::from_millis(1200);

/// Timed sums begin at so many places, so that no sum, and no block of one, is that of the time before.
const PLACES: usize = 4096;

/// One timed call in so many comes with one that is audited.
const AUDITED: usize = 6;

/// More threads than this, left behind by all sums of a check, disturb what is judged next.
const MOST_LEFT: usize = 10;

/// How long threads may take to end once the sum is there.
const ENDING: Duration = Duration::from_millis(300);

impl Strategy {
    /// The attempt, the exercise's solution and its skeleton; see the macro [`strategy!`](crate::strategy).
    pub fn new(
        attempt: impl Fn(&Terms, usize) -> u64 + Send + Sync + 'static,
        solution: impl Fn(&Terms, usize) -> u64 + Send + Sync + 'static,
        skeleton: impl Fn(&Terms, usize) -> u64 + Send + Sync + 'static,
    ) -> Self {
        Strategy {
            sum: Arc::new(attempt),
            solution: Arc::new(solution),
            skeleton: Arc::new(skeleton),
            kernel: "integers".parse().expect("one of the kernels"),
            workers: 3,
            terms: None,
            few_terms: false,
            alone_at_first: false,
            rules: Vec::new(),
            target: None,
        }
    }

    /// The same on another kernel: `integers`, `memory`, `pi` or `primes`.
    ///
    /// # Panics
    ///
    /// Where there is no such kernel.
    pub fn on(self, kernel: &str) -> Self {
        Strategy { kernel: kernel.parse().expect("one of the kernels"), ..self }
    }

    /// The same with so many workers under audit, and not three.
    pub fn workers(self, workers: usize) -> Self {
        Strategy { workers, ..self }
    }

    /// The same with so many terms under audit and under the clock.
    pub fn terms(self, terms: u64) -> Self {
        Strategy { terms: Some(terms), ..self }
    }

    /// The same for a way that pays for each term: it is given no more than a thousand before it is timed.
    pub fn per_term(self) -> Self {
        Strategy { few_terms: true, ..self }
    }

    /// The same, which only one worker is asked for until it is under stress. For an exercise that is about a race
    /// condition: it must not show itself once in a while before that.
    pub fn alone_at_first(self) -> Self {
        Strategy { alone_at_first: true, ..self }
    }

    /// The same with one rule more.
    pub fn rule(mut self, rule: Rule) -> Self {
        self.rules.push(rule);
        self
    }

    /// The same, which has to reach this share of what the machine gave to as many independent workers.
    pub fn share_of_capacity(self, least: f64) -> Self {
        Strategy { target: Some(Target::Capacity(least)), ..self }
    }

    /// The same, which has to reach this share of what equal ranges can reach: all wait for the slowest core.
    pub fn share_of_even(self, least: f64) -> Self {
        Strategy { target: Some(Target::Even(least)), ..self }
    }

    /// The same, which has to be so many times as fast as the skeleton.
    pub fn times_the_skeleton(self, least: f64) -> Self {
        Strategy { target: Some(Target::Skeleton(least)), ..self }
    }

    pub(crate) fn add_to(self, rules: Rules) -> Rules {
        let this = Arc::new(self);
        let (right, stress, how) = (Arc::clone(&this), Arc::clone(&this), Arc::clone(&this));
        let timed = this.target.is_some();
        let rules = rules
            .right("awkward numbers of terms and workers", move |trial| right.right(trial))
            .stress("many small sums", move |trial| stress.stress(trial))
            .how("an audited sum", move |trial| how.how(trial));
        if timed {
            rules.step(Stage::Fast, "side by side", move |trial| this.fast(trial))
        } else {
            rules
        }
    }

    /// The attempt as the checks of the house know strategies.
    fn of_the_house(&self, trial: &Trial) -> measure::Strategy<AnyKernel> {
        let (sum, seed, stage) = (Arc::clone(&self.sum), trial.seed, trial.stage);
        let start: measure::Start<AnyKernel> = Box::new(move |_, context: &Context| {
            let (sum, workers) = (Arc::clone(&sum), context.workers().get());
            let caller = Trial { stage, ..Trial::new(seed) };
            Ok(Box::new(move |kernel: &AnyKernel, range: Range<u64>| {
                // Only what may hang there for the first time is worth a line.
                if stage == Stage::Right {
                    let terms = units::count(range.end, "term");
                    caller
                        .calling(format!("{terms} by {}", units::count(workers as u64, "worker")));
                }
                Ok(Total::from(sum(&Terms::new(kernel.clone(), range), workers)).into())
            }))
        });
        let strategy = measure::Strategy::from_data("yours", "", start);
        if self.few_terms { strategy.per_term() } else { strategy }
    }

    fn check(&self, trial: &Trial) -> Check {
        Check {
            subjects: Arc::new(Subjects::new(self.kernel, Home::Private)),
            most_terms: u64::MAX,
            parallel: true,
            seed: trial.seed,
            limit: Duration::MAX,
        }
    }

    fn right(&self, trial: &mut Trial) -> Result<(), String> {
        let check = Check { parallel: !self.alone_at_first, ..self.check(trial) };
        found(check.awkward(&self.of_the_house(trial), &Setup::default())).inspect_err(
            |fault| {
                // It showed early, by luck.
                if fault.contains("a race condition") {
                    trial.stage = Stage::Stress;
                }
            },
        )?;
        let left = trial.threads.map_or(0, threads_left);
        if left > MOST_LEFT {
            return Err(format!(
                "the sums are right, but {left} threads are still there after they were returned"
            ));
        }
        Ok(())
    }

    /// With one seed after the other: a mistake of a few nanoseconds shows in some of them only.
    fn stress(&self, trial: &mut Trial) -> Result<(), String> {
        let begin = Instant::now();
        for number in 0..SEEDS {
            let check = Check { seed: trial.seed.wrapping_add(number), ..self.check(trial) };
            found(check.stressed(&self.of_the_house(trial), &Setup::default()))?;
            if begin.elapsed() > LONGEST_STRESS {
                break;
            }
        }
        Ok(())
    }

    /// How many terms are audited, and timed.
    fn count(&self) -> Result<u64, String> {
        let grain = AnyKnown::with_home(self.kernel, 1, Home::Private)
            .map_err(|error| error.to_string())?;
        Ok(self.terms.unwrap_or(grain.kernel().grain() * GRAINS))
    }

    fn how(&self, trial: &mut Trial) -> Result<(), String> {
        let terms = self.count()?;
        let kernel = AnyKnown::with_home(self.kernel, terms, Home::Private)
            .map_err(|error| error.to_string())?;
        let subject = Subject::new(kernel, terms);
        let mut broken = None;
        for _ in 0..AUDITS {
            trial.calling(format!(
                "{} by {}, under audit",
                units::count(terms, "term"),
                units::count(self.workers as u64, "worker")
            ));
            let seen = self.audited(&subject, trial.threads)?;
            broken = self.rules.iter().find_map(|rule| rule.broken(&seen));
            trial.lanes = lanes(&seen.audit);
            if broken.is_none() {
                return Ok(());
            }
        }
        broken.map_or(Ok(()), Err)
    }

    /// One sum under audit; what is wrong with it, in words, or what it showed.
    fn audited(&self, subject: &Subject, threads_at_first: Option<usize>) -> Result<Seen, String> {
        let terms = subject.terms();
        let recorded = Audited::new(subject.kernel().kernel());
        let counted = Counted {
            kernel: AnyKernel::new(recorded.clone()),
            calls: Arc::default(),
            under_lock: Arc::default(),
        };
        let locks = locks_taken();
        let kernel = AnyKernel::new(counted.clone());
        let sum = (self.sum)(&Terms::new(kernel, 0..terms), self.workers);
        let threads_left = threads_at_first.map(threads_left);
        let audit = recorded.finish(Workers::new(self.workers).expect("few workers"));
        if let Ruling::Wrong(_) = subject.rule(&sum.into(), false) {
            return Err(format!(
                "the sum is {} under audit, and was right before",
                subject.off(&sum.into())
            ));
        }
        if audit.saw_nothing_of(terms) {
            return Err(
                "the sum is right, but no term was asked for: who knows the answer has not added"
                    .to_owned(),
            );
        }
        if audit.complete && !audit.tiles(terms) {
            let coverage = audit.coverage(terms);
            return Err(format!("the sum is right, but {coverage}"));
        }
        let (locks, calls) = (locks_taken() - locks, counted.calls.load(Relaxed));
        let under_lock = counted.under_lock.load(Relaxed);
        Ok(Seen { audit, workers: self.workers, calls, locks, under_lock, threads_left })
    }

    fn fast(&self, trial: &mut Trial) -> Result<(), String> {
        let target = self.target.expect("it is asked only where there is one");
        let asked = target.asked();
        if let Some(why) = one_core() {
            trial.speed = Some(Speed::unknown(asked, why));
            return Ok(());
        }
        let terms = self.count()?;
        let places = Arc::new(
            Places::new(self.kernel, terms, Workers::usable())
                .map_err(|error| error.to_string())?,
        );
        let workers = Workers::usable();
        let board = Board::new(LONGEST_RUN);
        let setup = Setup::default().with_seed(trial.seed);
        let subject = &places.subject;
        let mut rounds = Rounds::new(&board)
            .with_setup(&setup)
            .with_baseline(
                terms,
                // By it the control learns which terms take longer.
                Box::new(|| Ok(subject.sum().into())),
                Box::new(|_| ()),
            )
            .with_control(&[workers], Box::new(|context, alone| subject.control(context, alone)));
        let runners =
            [("yours", &self.sum), ("solution", &self.solution), ("skeleton", &self.skeleton)];
        for (name, sum) in runners {
            let row = measure::Row::new(name, workers, terms);
            let work = places.work(Arc::clone(sum), workers, trial.seed);
            rounds.add(row, false, setup.context(workers), None, || Ok(work));
        }
        rounds.run(Plan { rounds: None, until: Instant::now() + BUDGET }, &|| ());
        drop(rounds);
        let results = board.results();
        for row in &results.rows {
            if let Some(complaint) = &row.complaint {
                return Err(complaint.text().to_owned());
            }
        }
        trial.rows = results
            .rows
            .iter()
            .filter_map(|row| {
                Some(Row {
                    name: row.strategy.clone(),
                    seconds: row.time()?.median,
                    speedup: row.interval(&row.speedups).map(|speedup| speedup.median),
                    share: row.interval(&row.shares).map(|share| share.median),
                })
            })
            .collect();
        trial.against = "one core".to_owned();
        let controls = results.controls.get(&workers).map(Vec::as_slice).unwrap_or_default();
        let cores: Vec<f64> = controls.iter().map(measure::Capacity::cores).collect();
        let capacity = results.interval(&cores).map_or(1.0, |cores| cores.median);
        let skeleton = &results.rows[2];
        let of_row = |row: &measure::Row| {
            let samples: Vec<f64> = match target {
                Target::Capacity(_) => row.shares.clone(),
                Target::Even(_) => {
                    let even = controls.iter().map(measure::Capacity::even);
                    row.speedups.iter().zip(even).map(|(speedup, even)| speedup / even).collect()
                }
                Target::Skeleton(_) => {
                    let ratio = skeleton.seconds.iter().zip(&row.seconds);
                    ratio.map(|(skeleton, own)| skeleton / own).collect()
                }
            };
            results.interval(&samples)
        };
        let (interval, solution) = (of_row(&results.rows[0]), of_row(&results.rows[1]));
        drop(results);
        // One core alone would do as well: a share of it says nothing of sharing.
        if asked.is_share && capacity * asked.least < 1.1 {
            let why = format!(
                "the machine is busy: it gave {capacity:.2} cores to {}",
                units::count(workers.get() as u64, "worker")
            );
            trial.speed = Some(Speed { measured: interval, ..Speed::unknown(asked, &why) });
            return Ok(());
        }
        judged(trial, asked, interval, solution)
    }
}

/// Writes a [`Strategy`] of the function `$sum` in the attempt, the solution and the skeleton.
#[macro_export]
macro_rules! strategy {
    ($sum:ident) => {
        $crate::Strategy::new(attempt::$sum, solution::$sum, skeleton::$sum)
    };
}

fn found(fault: Result<Option<String>, Error>) -> Result<(), String> {
    match fault {
        Ok(None) => Ok(()),
        Ok(Some(fault)) => Err(fault),
        Err(error) => Err(error.to_string()),
    }
}

/// How many threads there are more than `before`, once those that end have had a moment for it.
fn threads_left(before: usize) -> usize {
    let end = Instant::now() + ENDING;
    loop {
        let now = threads_now().map_or(0, |threads| threads.len());
        if now <= before || Instant::now() > end {
            return now.saturating_sub(before);
        }
        thread::sleep(Duration::from_millis(2));
    }
}

/// Who summed when.
fn lanes(audit: &Audit) -> Vec<Lane> {
    /// So many spans of a worker are shown.
    const MOST: usize = 400;
    let start = audit.spans.iter().map(|span| span.start).min().unwrap_or_default();
    let end = audit.spans.iter().map(|span| span.end).max().unwrap_or_default();
    let whole = (end - start).as_secs_f64().max(1e-9);
    let part = |time: Duration| (time - start).as_secs_f64() / whole;
    let lane = |worker: &measure::audit::AuditedWorker| {
        let spans = audit.spans.iter().filter(|span| span.worker == worker.worker);
        Lane {
            worker: worker.id.clone(),
            spans: spans.take(MOST).map(|span| (part(span.start), part(span.end))).collect(),
            terms: worker.terms,
            ranges: worker.ranges,
        }
    };
    audit.workers.iter().map(lane).collect()
}

/// The terms that are timed: as many each time, from another place.
struct Places {
    subject: Subject,
    terms: u64,
    /// The sum that is right where they begin at each place.
    right: Vec<u64>,
    /// What no machine can do in less seconds.
    least_seconds: f64,
}

impl Places {
    fn new(kernel: KernelName, terms: u64, workers: Workers) -> Result<Self, kernels::Error> {
        let known = AnyKnown::with_home(kernel, terms + PLACES as u64, Home::Private)?;
        let sums = known.kernel();
        let number = |total: Total| total.number().expect("whole numbers");
        let mut right = vec![number(sums.sum(0..terms))];
        for place in 0..PLACES as u64 {
            // One term less at the beginning, and one more at the end.
            let (gone, come) = (number(sums.term(place)), number(sums.term(terms + place)));
            right.push(right[place as usize].wrapping_sub(gone).wrapping_add(come));
        }
        let rate = MOST_ADDITIONS * 1e9 * workers.get() as f64;
        let subject = Subject::new(known, terms);
        Ok(Places { subject, terms, right, least_seconds: terms as f64 / rate })
    }

    /// A sum as work that is timed, held against the right one. Some calls, which are drawn, are under audit, and not
    /// timed.
    fn work(self: &Arc<Self>, sum: Sum, workers: Workers, seed: u64) -> Work<'static> {
        let (this, mut rng) = (Arc::clone(self), Rng::new(seed));
        Box::new(move || {
            let kernel = this.subject.kernel().kernel();
            if rng.below(AUDITED) == 0 {
                let recorded = Audited::new(kernel.clone());
                let place = rng.below(PLACES);
                let terms = this.terms_at(place, AnyKernel::new(recorded.clone()));
                hold(sum(&terms, workers.get()), this.right[place])?;
                let audit = recorded.finish(workers);
                if audit.complete && !audit.tiles_from(place as u64, this.terms) {
                    return Err(Error::Usage(NOT_ADDED.to_owned()));
                }
            }
            // ANCHOR: place
            let place = rng.below(PLACES);
            let terms = this.terms_at(place, kernel);
            let (sum, took) = time(|| sum(&terms, workers.get()));
            hold(sum, this.right[place])?;
            // ANCHOR_END: place
            if took.as_secs_f64() < this.least_seconds {
                return Err(Error::Usage(folded(this.terms as f64 / took.as_secs_f64() * 1e-9)));
            }
            Ok(Summed { sum: 0.into(), took: Some(took) })
        })
    }

    fn terms_at(&self, place: usize, kernel: AnyKernel) -> Terms {
        Terms::new(kernel, place as u64..place as u64 + self.terms)
    }
}

/// What there is to say of a sum that was right without its terms.
const NOT_ADDED: &str = "when it was timed, its sum was right, and not every term was asked for once: an answer that is \
                         known, or kept, is no sum";

fn hold(sum: u64, right: u64) -> Result<(), Error> {
    if sum == right {
        return Ok(());
    }
    Err(Error::Usage(format!(
        "when it was timed, its sum was {sum}, and {right} is right: a race condition, or something is kept from the \
         call before"
    )))
}

/// A kernel that counts how often it is asked.
#[derive(Debug, Clone)]
struct Counted {
    kernel: AnyKernel,
    calls: Arc<AtomicU64>,
    /// How often by a thread that holds a lock.
    under_lock: Arc<AtomicU64>,
}

impl Counted {
    fn count(&self) {
        self.calls.fetch_add(1, Relaxed);
        self.under_lock.fetch_add(u64::from(holds_one()), Relaxed);
    }
}

impl Kernel for Counted {
    type Partial = Total;

    fn sum(&self, range: Range<u64>) -> Total {
        if !range.is_empty() {
            self.count();
        }
        self.kernel.sum(range)
    }

    fn term(&self, i: u64) -> Total {
        self.count();
        self.kernel.term(i)
    }

    fn grain(&self) -> u64 {
        self.kernel.grain()
    }

    fn spec(&self) -> Spec {
        self.kernel.spec()
    }

    fn record(&self, event: Event) {
        self.kernel.record(event);
    }

    fn decode(&self, bytes: &[u8]) -> Option<Total> {
        self.kernel.decode(bytes)
    }
}

impl Target {
    fn asked(self) -> Asked {
        let (Target::Capacity(least) | Target::Even(least) | Target::Skeleton(least)) = self;
        let is_share = !matches!(self, Target::Skeleton(_));
        Asked { text: self.to_string(), least, is_share }
    }
}

impl fmt::Display for Target {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Target::Capacity(least) => {
                write!(
                    f,
                    "at least {} of what the machine gave to as many workers",
                    units::percent(*least)
                )
            }
            Target::Even(least) => {
                write!(f, "at least {} of what equal ranges can reach here", units::percent(*least))
            }
            Target::Skeleton(least) => write!(f, "at least {least} times as fast as the skeleton"),
        }
    }
}

impl fmt::Debug for Strategy {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Strategy").field("rules", &self.rules).finish_non_exhaustive()
    }
}
