use std::fs;
use std::sync::mpsc::channel;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::thread;
use std::time::{Duration, Instant};

use indicatif::ProgressBar;
use measure::{Error, Interval, Plan, cleanup, verdict::Verdict, watch::Watch};

use crate::input::Input;
use crate::options::Options;
use crate::profile::Profile;
use crate::program::{self, Done};
use crate::{Job, Part, ROWS, Row};

/// What is known so far: also readable while a row is stuck.
#[derive(Debug, Clone, Default)]
pub(crate) struct Results {
    /// Of the first row, and of the one whose hot part is cold.
    pub(crate) profiles: Vec<Profile>,
    pub(crate) rows: Vec<Measured>,
}

/// What is known of one row.
#[derive(Debug, Clone)]
pub(crate) struct Measured {
    pub(crate) row: Row,
    pub(crate) seconds: Vec<f64>,
    /// Seconds of each part.
    pub(crate) parts: [Vec<f64>; Part::ALL.len()],
    /// `None` as long as nothing speaks against it.
    pub(crate) verdict: Option<Verdict>,
    pub(crate) note: Option<String>,
    pub(crate) exit_code: u8,
}

/// What the measuring thread needs.
struct Bench {
    options: Options,
    job: Job,
    answer: String,
    watch: Watch,
    results: Mutex<Results>,
}

/// The row that is profiled once more: what is hot when the hot part is not?
const NEXT: &str = "hot-faster";

/// Profiles and measures on a thread of its own, under the time limit. The error beside the results says
/// which row was stuck.
pub(crate) fn measured(
    options: &Options,
    input: &Input,
    job: Job,
) -> Result<(Results, Option<Error>), Error> {
    let bench = Arc::new(Bench {
        options: options.clone(),
        job,
        answer: input.known.file.clone(),
        watch: Watch::new(options.timeout),
        results: Mutex::default(),
    });
    let (send, receive) = channel();
    let theirs = Arc::clone(&bench);
    // The main thread only hangs up once it has the result, so sending it cannot fail.
    let measure = move || drop(send.send(theirs.measure()));
    let thread = thread::Builder::new().name("measure".into()).spawn(measure);
    let thread = thread.map_err(|cause| Error::no_thread(0, &cause))?;
    let stuck = match bench.watch.look_on(&receive) {
        Ok(Some(measured)) => measured.map(|()| None)?,
        Ok(None) => {
            let payload = thread.join().expect_err("a thread that ends well sends its result");
            return Err(Error::in_the_runner(&*payload));
        }
        Err(stuck) => Some(stuck),
    };
    let mut results = bench.results().clone();
    if let Some(late @ Error::TimedOut { run, .. }) = &stuck {
        let mut named = results.rows.iter_mut().filter(|measured| measured.row.name == run);
        if let Some(measured) = named.next() {
            measured.fail(late);
        }
    }
    Ok((results, stuck))
}

impl Bench {
    fn results(&self) -> MutexGuard<'_, Results> {
        self.results.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn measure(&self) -> Result<(), Error> {
        let (begin, budget) = (Instant::now(), self.options.budget);
        let share = |part: f64| begin + budget.mul_f64(part);
        let bar = self.bar();
        let tick = || bar.set_position(begin.elapsed().as_millis() as u64);
        let rows = self.options.wanted();
        self.profile(&ROWS[0], budget.mul_f64(0.2))?;
        tick();
        self.results().rows = rows.iter().copied().map(Measured::new).collect();
        self.rounds(share(0.75), &tick);
        let next = rows.iter().find(|row| row.name == NEXT).filter(|_| self.is_right(NEXT));
        if let Some(next) = next.filter(|_| !cleanup::interrupted()) {
            self.profile(next, budget.mul_f64(0.1))?;
        }
        bar.finish_and_clear();
        Ok(())
    }

    fn bar(&self) -> ProgressBar {
        if self.options.json {
            return ProgressBar::hidden();
        }
        course::progress_bar(self.options.budget)
    }

    fn profile(&self, row: &Row, time: Duration) -> Result<(), Error> {
        let title = format!("{} under the profiler", row.name);
        let profile = self.watch.run(&title, || {
            // The time limit is for one run; so many of them may not reach it.
            let time = time.min(self.options.timeout / 2);
            Profile::of(row, &self.job, time)
        })?;
        self.results().profiles.push(profile);
        Ok(())
    }

    fn is_right(&self, name: &str) -> bool {
        let results = self.results();
        results.rows.iter().any(|measured| measured.row.name == name && measured.verdict.is_none())
    }

    fn rounds(&self, until: Instant, after_round: &dyn Fn()) {
        let plan = Plan { rounds: self.options.rounds.map(Into::into), until };
        let (begin, rows) = (Instant::now(), self.results().rows.len());
        for done in 1.. {
            let start = Instant::now();
            (0..rows).for_each(|row| self.once(row));
            after_round();
            let steady = || self.results().rows.iter().all(Measured::is_steady);
            if plan.is_over(done, begin, start.elapsed(), steady) || cleanup::interrupted() {
                break;
            }
        }
    }

    /// One run of one row, checked.
    fn once(&self, row: usize) {
        let Measured { row: Row { name, parts, .. }, verdict, .. } =
            self.results().rows[row].clone();
        if verdict.is_some() {
            return;
        }
        // Otherwise a program that writes nothing would be judged by what another one wrote.
        let _ = fs::remove_file(&self.job.output);
        let done = self.watch.run(name, || program::run(&parts(), &self.job));
        let right = fs::read(&self.job.output).is_ok_and(|file| file == self.answer.as_bytes());
        let mut results = self.results();
        let measured = &mut results.rows[row];
        match done {
            Err(error) => measured.fail(&error),
            Ok(done) if right => measured.add(&done),
            Ok(_) => measured.wrong(),
        }
    }
}

impl Measured {
    fn new(row: Row) -> Self {
        let (seconds, parts) = (Vec::new(), Default::default());
        Measured { row, seconds, parts, verdict: None, note: None, exit_code: 0 }
    }

    fn add(&mut self, done: &Done) {
        self.seconds.push(done.total.as_secs_f64());
        for (samples, part) in self.parts.iter_mut().zip(done.parts) {
            samples.push(part.as_secs_f64());
        }
    }

    fn fail(&mut self, error: &Error) {
        self.verdict = Some(Verdict::Failed);
        self.note = Some(error.to_string());
        self.exit_code = error.exit_code();
    }

    fn wrong(&mut self) {
        let why = "the file that it wrote is not the known answer; fix the code of this row";
        self.verdict = Some(Verdict::Wrong);
        self.note = Some(why.to_owned());
        self.exit_code = 1;
    }

    fn is_steady(&self) -> bool {
        self.verdict.is_some() || Interval::is_steady(&self.seconds)
    }

    /// The verdict of the table. A row that never came to its turn has failed.
    pub(crate) fn judged(&self) -> Verdict {
        let untimed = if self.seconds.is_empty() { Verdict::Failed } else { Verdict::Right };
        self.verdict.unwrap_or(untimed)
    }

    /// The median time of all of it, and its interval.
    pub(crate) fn time(&self) -> Option<Interval> {
        Interval::of(&self.seconds).filter(|_| self.verdict.is_none())
    }

    /// The median time of a part.
    pub(crate) fn time_of(&self, part: Part) -> Option<f64> {
        let samples = Some(&self.parts[part as usize]).filter(|_| self.verdict.is_none());
        samples.and_then(|samples| Interval::of(samples)).map(|interval| interval.median)
    }
}
