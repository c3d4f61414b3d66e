//! The measuring: one worker twice, to see that the program repeats itself; each number of workers once, to see
//! that its answer is right; and then rounds of all of them.

mod seen;
mod working_folder;

use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};

use children::{orphans, watchdog};
use kernels::Workers;
use measure::{
    Board, Cancellation, Capacity, Complaint, Context, Error, Rounds, Row, Setup, Summed, Work,
};

use crate::copies;
use crate::judge::{Judge, found, number};
use crate::options::Options;
use crate::subject::{self, Ended, Folders, Subject};

pub(crate) use self::seen::{BASELINE, Seen, Size, Used};

/// What the measuring needs, and what it has found so far: also readable while a run is stuck.
pub(crate) struct Session {
    pub(crate) options: Options,
    subject: Subject,
    /// The baseline, where it is another program.
    alone: Option<Subject>,
    pub(crate) judge: Judge,
    setup: Setup,
    pub(crate) board: Board,
    pub(crate) seen: Mutex<Seen>,
}

impl Session {
    pub(crate) fn new(options: Options, cancellation: &Cancellation) -> Result<Self, Error> {
        // Children are killed before their folders go.
        let runs = cancellation.child();
        let folders = Arc::new(Folders::create(cancellation)?);
        let subject = Subject::new(&options.program, &options.common, folders);
        let alone = options.alone.as_ref().map(|words| subject.with_words(words.0.clone()));
        let (judge, board) =
            (Judge::new(&options.common), Board::new(options.common.timing.timeout));
        let setup = Setup::new(runs).with_seed(options.common.seed);
        Ok(Session { options, subject, alone, judge, setup, board, seen: Mutex::default() })
    }

    pub(crate) fn seen(&self) -> MutexGuard<'_, Seen> {
        self.seen.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Measures all sizes. Gives the error of a run that is stuck for good.
    ///
    /// # Errors
    ///
    /// Where the program does not even run with one worker.
    pub(crate) fn measure(self: &Arc<Self>) -> Result<Option<Error>, Error> {
        watchdog::start();
        orphans::adopt();
        let theirs = Arc::clone(self);
        match self.board.limit.watch(move || theirs.measure_all()) {
            Ok(measured) => measured.map(|()| None),
            Err(late @ Error::TimedOut { .. }) => Ok(Some(late)),
            Err(error) => Err(error),
        }
    }

    fn measure_all(&self) -> Result<(), Error> {
        let (begin, budget) = (Instant::now(), self.options.common.timing.budget);
        let bar = course::progress_bar(budget, self.options.common.json);
        let tick = || bar.set_position(begin.elapsed().as_millis() as u64);
        let start = subject::start_seconds(self.setup.cancellation());
        self.seen().start = start;
        let measured = self.measure_sizes(begin + budget, &tick);
        bar.finish_and_clear();
        measured
    }

    fn measure_sizes(&self, until: Instant, tick: &dyn Fn()) -> Result<(), Error> {
        let sizes = self.options.sizes();
        for (place, terms) in sizes.iter().enumerate() {
            let now = Instant::now();
            let share = until.saturating_duration_since(now).div_f64((sizes.len() - place) as f64);
            self.measure_size(*terms, now + share, tick)?;
        }
        Ok(())
    }
    fn measure_size(
        &self,
        terms: Option<u64>,
        until: Instant,
        tick: &dyn Fn(),
    ) -> Result<(), Error> {
        let board = Arc::new(self.board.beside());
        self.seen().sizes.push(Size::new(terms, &board));
        self.look_at_one_worker(terms)?;
        tick();
        let mut rounds = Rounds::new(&board).with_setup(&self.setup);
        let several = self.options.workers.0.iter().any(|workers| *workers != Workers::ONE);
        // Otherwise the baseline is the row of one worker.
        let one = [Workers::ONE].into_iter().filter(|_| self.alone.is_some() || !several);
        let more =
            self.options.workers.0.iter().copied().filter(|workers| *workers != Workers::ONE);
        for workers in one.chain(more) {
            self.add(&mut rounds, &board, workers, terms);
            tick();
        }
        let context = self.setup.context(Workers::ONE);
        let work = self.work(BASELINE, terms, &context);
        let rounds = rounds.with_baseline(1, work, Box::new(|_| ()));
        let control = move |context: &Context, alone: f64| self.control(context, alone, terms);
        let plan = self.options.common.timing.plan(until);
        rounds.with_control(&[], Box::new(control)).run(plan, tick);
        // One worker that does not repeat itself, as one that writes the time, is no measure for others.
        match self.seen().size(terms).complaint.clone() {
            Some(Complaint::Wrong(cause)) => {
                Err(Error::Row { row: self.title(1, terms), cause, exit_code: 1 })
            }
            _ => Ok(()),
        }
    }

    /// Runs it with one worker, twice: the second answer must be that of the first.
    fn look_at_one_worker(&self, terms: Option<u64>) -> Result<(), Error> {
        let context = self.setup.context(Workers::ONE);
        let before = working_folder::now();
        for place in 0..2 {
            let ended = self.limited(1, terms, &context)?;
            let first = place == 0 && self.seen().sizes.len() == 1;
            if first {
                let left = ended.timed.usage.left + orphans::how_many().unwrap_or(0);
                let written = working_folder::changes(&before, &working_folder::now());
                let mut seen = self.seen();
                (seen.left, seen.written) = (left, written);
            }
            let judged = self.judged(ended, 1, terms, &context)?;
            if let (_, Some(cause)) = judged {
                let row = self.title(1, terms);
                return Err(Error::Row { row, cause, exit_code: 1 });
            }
        }
        match self.alone {
            // It has to run; what it writes is its own.
            Some(_) => self.limited(BASELINE, terms, &context).map(drop),
            None => Ok(()),
        }
    }

    /// Adds the row of so many workers, if the program runs with them and is right.
    fn add<'s>(
        &'s self,
        rounds: &mut Rounds<'s>,
        board: &Arc<Board>,
        workers: Workers,
        terms: Option<u64>,
    ) {
        let (context, count) = (self.setup.context(workers), workers.get());
        let mut row = Row::new(&self.strategy(terms), workers, 1);
        let ended = self.limited(count, terms, &context);
        match ended.and_then(|ended| self.judged(ended, count, terms, &context)) {
            Err(error) => row.fail(&error),
            Ok((_, Some(fault))) => row.complain(Complaint::Wrong(fault)),
            Ok((_, None)) => {
                let work = self.work(count, terms, &context);
                return rounds.add(row, false, context, None, || Ok(work));
            }
        }
        board.results().rows.push(row);
    }

    /// A timed run, and the judgement of it.
    fn work(&self, workers: usize, terms: Option<u64>, context: &Context) -> Work<'_> {
        let context = context.clone();
        Box::new(move || {
            let ran = self.run(workers, terms, context.cancellation());
            let judged = ran.and_then(|ended| self.judged(ended, workers, terms, &context));
            let fault = match judged {
                Ok((seconds, None)) => {
                    return Ok(Summed {
                        sum: 0.into(),
                        took: Some(Duration::from_secs_f64(seconds)),
                    });
                }
                Ok((_, Some(fault))) => Complaint::Wrong(fault),
                Err(error) if self.setup.cancellation().is_cancelled() => return Err(error),
                Err(error) if workers != BASELINE => return Err(error),
                // Killed at its limit; what it said of that is no reason.
                Err(_) if context.cancellation().is_cancelled() => {
                    let (run, limit) = (self.title(1, terms), self.options.common.timing.timeout);
                    Complaint::of(&Error::TimedOut { run, limit, waited_for: None })
                }
                Err(error) => Complaint::of(&error),
            };
            let text = fault.text().to_owned();
            self.complain(workers, terms, fault);
            Err(Error::Usage(text)) // Never shown: the first complaint stands.
        })
    }

    fn complain(&self, workers: usize, terms: Option<u64>, complaint: Complaint) {
        let mut seen = self.seen();
        let size = seen.size(terms);
        if workers == BASELINE {
            size.complaint.get_or_insert(complaint);
            return;
        }
        let board = Arc::clone(&size.board);
        drop(seen);
        let mut results = board.results();
        let rows = results.rows.iter_mut().filter(|row| row.workers.get() == workers);
        rows.for_each(|row| row.complain(complaint.clone()));
    }

    /// Notes what a run used, and judges it: its seconds, and what is wrong with its answer.
    fn judged(
        &self,
        ended: Ended,
        workers: usize,
        terms: Option<u64>,
        context: &Context,
    ) -> Result<(f64, Option<String>), Error> {
        // What it has left behind would disturb the next run.
        orphans::end_all();
        let usage = ended.timed.usage;
        let wall = ended.timed.wall.as_secs_f64();
        let cpu = usage.cpu.map(|cpu| cpu.as_secs_f64());
        let output_bytes = ended.output.length();
        let used = Used {
            wall,
            cpu,
            peak_bytes: usage.peak_bytes,
            output_bytes,
            switches: usage.switches,
        };
        self.seen().size(terms).used.entry(workers).or_default().push(used);
        let seconds = match self.seconds(&ended, terms) {
            Ok(seconds) => seconds,
            Err(fault) => return Ok((wall, Some(fault))),
        };
        // Another program may say it in its own way.
        if workers == BASELINE && self.alone.is_some() {
            return Ok((seconds, None));
        }
        let asked = (workers.max(1), terms);
        Ok((seconds, self.judge.fault(ended, asked, context.cancellation())?))
    }

    /// How long the run took; one of a fixed time, for as much work as the first run did in its time.
    fn seconds(&self, ended: &Ended, terms: Option<u64>) -> Result<f64, String> {
        let wall = ended.timed.wall.as_secs_f64();
        let Some(pattern) = &self.options.rate else { return Ok(wall) };
        let rate = found(pattern, ended, "--rate").and_then(|text| number(&text))?;
        if rate <= 0.0 {
            return Err(format!("its rate is {rate}, and a rate is above 0"));
        }
        Ok(*self.seen().size(terms).work.get_or_insert(rate * wall) / rate)
    }

    fn limited(
        &self,
        workers: usize,
        terms: Option<u64>,
        context: &Context,
    ) -> Result<Ended, Error> {
        let (title, cancellation) = (self.title(workers, terms), context.cancellation());
        self.board.limit.run(&title, cancellation, || self.run(workers, terms, cancellation))
    }

    /// Runs the program once, while nothing else runs.
    fn run(
        &self,
        workers: usize,
        terms: Option<u64>,
        cancellation: &Cancellation,
    ) -> Result<Ended, Error> {
        let subject = if workers == BASELINE { self.baseline() } else { &self.subject };
        subject.run(&self.title(workers, terms), (workers.max(1), terms), cancellation)
    }

    fn baseline(&self) -> &Subject {
        self.alone.as_ref().unwrap_or(&self.subject)
    }

    fn control(
        &self,
        context: &Context,
        alone: f64,
        terms: Option<u64>,
    ) -> Result<Capacity, Error> {
        let slots = context.workers().get();
        let peak = self.seen().size(terms).peak_of_one();
        if peak.saturating_mul(slots as u64) > kernels::available_memory() {
            self.seen().size(terms).without_control.insert(slots);
            let what = format!("the memory for {slots} copies");
            let (cause, remedy) = ("there is less".to_owned(), "ask for fewer workers with -w");
            return Err(Error::Refused { what, cause, remedy });
        }
        let title = format!("a copy of {}", self.title(1, terms));
        let copy = |cancellation: &Cancellation| {
            let ended = self.baseline().run(&title, (1, terms), cancellation)?;
            let seconds = self.seconds(&ended, terms).map_err(Error::Usage)?;
            Ok((seconds, ended))
        };
        let capacity = copies::capacity(
            slots,
            alone,
            self.options.rate.is_some(),
            context.cancellation(),
            copy,
        );
        orphans::end_all();
        capacity.inspect_err(|error| {
            self.seen().size(terms).no_copies.get_or_insert(error.to_string());
        })
    }

    /// How a size is called in the document.
    pub(crate) fn strategy(&self, terms: Option<u64>) -> String {
        let (name, sizes) = (self.options.name(), self.options.sizes());
        match terms.filter(|terms| sizes.last() != Some(&Some(*terms))) {
            Some(terms) => format!("{name} on {terms}"),
            None => name,
        }
    }

    fn title(&self, workers: usize, terms: Option<u64>) -> String {
        match workers {
            BASELINE if self.alone.is_some() => "the program of --alone".to_owned(),
            _ => {
                let workers = units::count(workers.max(1) as u64, "worker");
                format!("{} with {workers}", self.strategy(terms))
            }
        }
    }
}
