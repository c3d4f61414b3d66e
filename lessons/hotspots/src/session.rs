use std::collections::BTreeMap;
use std::fs;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};

use kernels::Workers;
use measure::{
    Board, Cancellation, Complaint, Error, Interval, Referee, Rounds, Row, Ruling, Setup, Summed,
    Work,
};

use crate::capacity::{Done, capacity};
use crate::counting::counted;
use crate::first::first;
use crate::known::KnownFile;
use crate::options::Options;
use crate::profile::Profile;
use crate::{Job, Part, VARIANTS, Variant, program};

/// The variant that is profiled once more: what is hot after the hotspot is fixed?
const NEXT: &str = "hot-faster";

/// What is said of a row that wrote something else.
const WRONG: &str = "the file that it wrote is not the known answer; fix the code of this row";

/// What the measuring needs, and what it has found so far: also readable while a row is stuck.
pub(crate) struct Session {
    options: Options,
    job: Job,
    known: KnownFile,
    setup: Setup,
    pub(crate) board: Board,
    profiles: Mutex<Vec<Profile>>,
    parts: Mutex<BTreeMap<String, PartTimes>>,
    done: Mutex<Vec<Done>>,
}

/// Seconds of each part in all runs of a variant, in the order of [`Part::ALL`].
type PartTimes = [Vec<f64>; Part::ALL.len()];

impl Session {
    /// A session that has measured nothing yet. Each variant is to do `job`, and to write what is `known`.
    pub(crate) fn new(
        options: Options,
        job: Job,
        known: KnownFile,
        cancellation: Cancellation,
    ) -> Self {
        let (board, setup) =
            (Board::new(options.timing.timeout), Setup::new(cancellation).with_seed(options.seed));
        let (profiles, parts, done) = Default::default();
        Session { options, job, known, setup, board, profiles, parts, done }
    }

    /// Profiles and times all variants. Gives the error of a run that is stuck for good.
    pub(crate) fn measure(self: &Arc<Self>) -> Result<Option<Error>, Error> {
        let theirs = Arc::clone(self);
        match self.board.limit.watch(move || theirs.profile_and_time()) {
            Ok(measured) => measured.map(|()| None),
            Err(late @ Error::TimedOut { .. }) => {
                self.board.results().fail_stuck(&late);
                Ok(Some(late))
            }
            Err(error) => Err(error),
        }
    }

    /// Of the first variant, and of [`NEXT`].
    pub(crate) fn profiles(&self) -> MutexGuard<'_, Vec<Profile>> {
        self.profiles.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Median seconds of each part of a variant.
    pub(crate) fn part_seconds(&self, variant: &str) -> [Option<f64>; Part::ALL.len()] {
        let times = self.part_times().get(variant).cloned().unwrap_or_default();
        times.map(|times| Interval::of(&times).map(|time| time.median))
    }

    /// How many cores the machine gave in the rounds of the rows that share work; `None` without such a row.
    pub(crate) fn capacity(&self) -> Option<Interval> {
        capacity(&self.done())
    }

    fn done(&self) -> MutexGuard<'_, Vec<Done>> {
        self.done.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn part_times(&self) -> MutexGuard<'_, BTreeMap<String, PartTimes>> {
        self.parts.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn profile_and_time(&self) -> Result<(), Error> {
        let (begin, budget) = (Instant::now(), self.options.timing.budget);
        let bar = course::progress_bar(budget, self.options.json);
        let tick = || bar.set_position(begin.elapsed().as_millis() as u64);
        self.profile(&VARIANTS[0], budget.mul_f64(0.2))?;
        tick();
        let mut rounds = Rounds::new(&self.board).with_setup(&self.setup);
        self.options.variants().for_each(|variant| self.add(&mut rounds, &variant));
        rounds.run(self.options.timing.plan(begin + budget.mul_f64(0.75)), &tick);
        let next = self.options.variants().find(|variant| variant.name == NEXT);
        let next = next.filter(|_| !self.setup.cancellation().is_cancelled());
        if let Some(next) = next.filter(|next| self.is_right(next)) {
            self.profile(&next, budget.mul_f64(0.1))?;
        }
        if self.options.counters {
            self.options.variants().for_each(|variant| self.count(&variant));
        }
        bar.finish_and_clear();
        Ok(())
    }

    fn profile(&self, variant: &Variant, time: Duration) -> Result<(), Error> {
        let context = self.setup.context(Workers::ONE);
        let title = format!("{} under the profiler", variant.name);
        let profile = self.board.limit.run(&title, context.cancellation(), || {
            // The time limit is for one run; so many of them may not reach it.
            let time = time.min(self.options.timing.timeout / 2);
            Profile::of(variant, &self.job, time)
        })?;
        self.profiles().push(profile);
        Ok(())
    }

    /// Counts what the processors do in a row that nothing speaks against, in runs that nobody times.
    fn count(&self, variant: &Variant) {
        let workers = self.options.workers.main();
        let context = self.setup.context(workers);
        if !self.is_right(variant) || self.setup.cancellation().is_cancelled() {
            return;
        }
        let title = Row::new(variant.name, variant.workers(workers), 0).title();
        let counted = counted(&(variant.parts)(), &self.job, workers, |run| {
            let _ = fs::remove_file(&self.job.output);
            self.board.limit.run(&title, context.cancellation(), run)
        });
        let is_known = self.wrote_the_known_file();
        let mut results = self.board.results();
        let row = results.rows.iter_mut().find(|row| row.strategy == variant.name);
        let Some(row) = row else { return };
        match counted {
            Err(error) => row.fail(&error),
            Ok(_) if !is_known => row.complain(Complaint::Wrong(WRONG.to_owned())),
            Ok(counted) => row.counters = Some(counted),
        }
    }

    fn is_right(&self, variant: &Variant) -> bool {
        let results = self.board.results();
        results.rows.iter().any(|row| row.strategy == variant.name && row.complaint.is_none())
    }

    fn add<'s>(&'s self, rounds: &mut Rounds<'s>, variant: &Variant) {
        let workers = variant.workers(self.options.workers.main());
        let row = Row::new(variant.name, workers, self.known.records);
        let (context, work) = (self.setup.context(workers), self.work(variant, workers));
        rounds.add(row, false, context, Some(self.referee()), || Ok(work));
    }

    /// A run of the program, which gives 1 if the file that it wrote is the known one, byte for byte. It
    /// is timed by the program itself: the comparison takes time, too.
    fn work(&self, variant: &Variant, workers: Workers) -> Work<'_> {
        let (name, parts) = (variant.name.to_owned(), (variant.parts)());
        let shares_work = variant.parallel;
        Box::new(move || {
            // Otherwise a program that writes nothing would be judged by what another one wrote.
            let _ = fs::remove_file(&self.job.output);
            let times = program::run(&parts, &self.job)?;
            let mut all = self.part_times();
            let seconds = all.entry(name.clone()).or_default().iter_mut().zip(times.parts);
            seconds.for_each(|(seconds, part)| seconds.push(part.as_secs_f64()));
            drop(all);
            let is_known = self.wrote_the_known_file();
            if shares_work {
                self.add_capacity(workers)?;
            }
            Ok(Summed { sum: u64::from(is_known).into(), took: Some(times.total) })
        })
    }

    fn wrote_the_known_file(&self) -> bool {
        fs::read(&self.job.output).is_ok_and(|file| file == self.known.text.as_bytes())
    }

    /// Asks the machine for its capacity, beside the run that has just ended, and not in its time.
    fn add_capacity(&self, workers: Workers) -> Result<(), Error> {
        let text = (first().read)(&self.job.input)?;
        let parsed = (first().parse)(&text, self.job.lenient);
        let parsed = parsed.map_err(|bad| bad.in_file(&self.job.input))?;
        self.done().push(Done::now(&parsed.records, workers)?);
        Ok(())
    }

    fn referee(&self) -> Referee<'_> {
        Box::new(|is_known| match is_known.number() {
            Some(1) => Ruling::Right { shown: self.known.total.to_string(), same_bits: true },
            _ => Ruling::Wrong(WRONG.to_owned()),
        })
    }
}

#[cfg(test)]
mod tests;
