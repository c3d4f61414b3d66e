use std::collections::BTreeMap;
use std::iter::once;
use std::path::Path;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Instant;

use kernels::{AnyKernel, KernelName, Workers};
use measure::check::{Check, Reach, Subjects, joins, your_kernel};
use measure::machine::Machine;
use measure::{Board, Complaint, Error, Row, Setup, StrategyInfo, TimeLimit};

use super::files::Files;
use super::names;
use super::other_kernels::Look;
use super::prediction::prediction;
use super::prepared::Prepared;
use super::schedule::Schedule;
use crate::document::YOURS;
use crate::report::{Extras, OtherKernels, Prediction, checked, report};
use crate::{Document, KernelFacts, Measurements, Options, Program, Run, Table, progress_bar};

/// What `--check` sums at the end, under audit: a number that divides badly.
const TERMS_OF_A_CHECK: u64 = 100_003;

/// What the thread that measures knows so far, for the main thread to report even if a run is stuck.
struct Progress {
    board: Board,
    facts: Mutex<Option<(Machine, KernelFacts)>>,
}

impl Progress {
    fn facts(&self) -> MutexGuard<'_, Option<(Machine, KernelFacts)>> {
        self.facts.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// What is settled before anything is measured.
struct Job<T: Table> {
    options: T::Options,
    table: Vec<StrategyInfo>,
    kernel: KernelName,
    terms: u64,
    setup: Setup,
}

/// What is found beside the rows.
#[derive(Default)]
struct Beside {
    best: Option<String>,
    other_kernels: Option<OtherKernels>,
    /// Rows of the second table that are not right.
    bad: Vec<Row>,
}

/// Measures the table of lesson `T` as `options` ask, and reports it; gives the exit code.
///
/// It measures on a second thread, while this one enforces the time limit; so it can report even where a
/// run is stuck.
///
/// # Errors
///
/// Where nothing can be measured, or the result cannot be written.
pub fn run_table<T: Table>(options: &T::Options, program: &Program) -> Result<u8, Error> {
    let common = options.as_ref();
    let table = names::infos::<T>(options);
    if common.list {
        common.hand_in.refuse("--list", "the table")?;
        program.output.result(&names::list::<T>(&table))?;
        return Ok(0);
    }
    let kernel = common.kernel.unwrap_or(T::KERNEL);
    names::check::<T>(common, kernel, &table)?;
    program.handle_signals()?;
    let usual = T::usual_terms(options, kernel);
    let usual = if common.check { TERMS_OF_A_CHECK.min(usual) } else { usual };
    let terms = common.terms.unwrap_or(usual);
    (kernel.description().check_terms)(terms)?;
    let files = Files::open::<T>(options, kernel, program)?;
    let prediction = prediction::<T>(options, &table, program.output);
    let setup = Setup::new(program.cancellation.clone())
        .with_retries(T::retries(options))
        .with_seed(common.seed);
    let setup = if common.pin { setup.pinned() } else { setup };
    let job = Arc::new(Job::<T> { options: options.clone(), table, kernel, terms, setup });
    let limit = TimeLimit::new(common.timing.timeout);
    let limit = if T::REACH == Reach::Threads { limit.noticing_deadlocks() } else { limit };
    let progress = Arc::new(Progress { board: Board::under(limit), facts: Mutex::default() });
    let (beside, stuck) = measured(&job, &progress)?;
    program.stand_still_if_interrupted();
    let results = settled(&job, &progress, stuck.as_ref());
    // Before the table, which names the file; but if it fails, the table is still worth having.
    let traced = files.write_trace(&results.rows);
    let (mut kept, mut handed_in) = (Ok(()), Ok(None));
    let facts = progress.facts().clone();
    if let Some((machine, kernel)) = facts {
        let content = Measurements::new(machine, kernel, !common.no_baseline, &results);
        let mut document = Document::new(T::NAME, content);
        document.seed = Some(common.seed);
        document.pinned = job.setup.affinity().succeeded();
        document.notes = pinning(&job.setup, &job.table, &results.rows);
        T::annotate(&job.options, &mut document);
        kept = files.save(&document);
        handed_in = files.hand_in(&document, &results.rows);
        let trace = traced.as_ref().ok().copied().flatten();
        program.output.result(&if common.json {
            document.to_json()
        } else if common.check {
            checked(T::QUESTION, &document, T::REACH)
        } else {
            text(&job, &document, &beside, prediction.as_ref(), trace)
        })?;
    }
    let rows: Vec<&Row> = results.rows.iter().chain(&beside.bad).collect();
    let code = program.complain_of(&rows, stuck.as_ref());
    traced.map(drop).and(kept)?;
    handed_in?.iter().for_each(|note| program.output.complain(note));
    Ok(code)
}

/// Starts the thread that measures, and watches it. The error beside the result says which run was stuck.
fn measured<T: Table>(
    job: &Arc<Job<T>>,
    progress: &Arc<Progress>,
) -> Result<(Beside, Option<Error>), Error> {
    let (theirs, job) = (Arc::clone(progress), Arc::clone(job));
    match progress.board.limit.watch(move || job.measure(&theirs)) {
        Ok(beside) => Ok((beside?, None)),
        Err(stuck) if stuck.stuck_run().is_some() => Ok((Beside::default(), Some(stuck))),
        Err(error) => Err(error),
    }
}

impl<T: Table> Job<T> {
    fn common(&self) -> &Options {
        self.options.as_ref()
    }

    /// The worker counts of the run, and the one that the table shows for every strategy.
    fn counts(&self) -> (Vec<Workers>, Workers) {
        if T::PARALLEL {
            (self.common().workers.0.clone(), self.common().workers.main())
        } else {
            (vec![Workers::ONE], Workers::ONE)
        }
    }

    /// Whether some rows have one worker whatever is asked; those that have more are then few.
    fn is_mixed(&self) -> bool {
        let wanted = |strategy: &&StrategyInfo| self.common().wants(&strategy.name);
        self.table.iter().filter(wanted).any(|strategy| strategy.alone)
    }

    /// The short second table comes only where nothing in particular was asked for.
    fn wants_other_kernels(&self) -> bool {
        let options = self.common();
        T::PARALLEL
            && !self.is_mixed()
            && options.kernel.is_none()
            && options.strategies.is_empty()
            && options.terms.is_none()
            && !options.json
    }

    /// What the check before all timing finds against the strategies that are wanted, by their names; those that
    /// are not for this kernel are not checked.
    fn complaints(&self, prepared: &Prepared) -> BTreeMap<String, Complaint> {
        let options = self.common();
        let check = Check {
            subjects: Arc::new(Subjects::new(self.kernel, T::HOME)),
            most_terms: prepared.most_terms,
            parallel: T::PARALLEL,
            seed: options.seed,
            limit: options.timing.timeout,
        };
        let wanted = self.table.iter().filter(|info| {
            let fits = info.only.is_none_or(|only| only == self.kernel);
            options.wants(&info.name) && fits && !prepared.complaints.contains_key(&info.name)
        });
        let complaint = |info: &StrategyInfo| {
            let (name, theirs) = (info.name.clone(), self.options.clone());
            let make = move || {
                let table = T::strategies_for::<AnyKernel>(&theirs);
                let found = table.into_iter().find(|strategy| strategy.name == name);
                found.expect("its description came out of this table")
            };
            let title = format!("the check of {}", info.name);
            Some((info.name.clone(), check.complaint(&title, &self.setup, make)?))
        };
        wanted.filter_map(complaint).collect()
    }

    /// All of the measuring.
    fn measure(&self, progress: &Progress) -> Result<Beside, Error> {
        let (begin, options) = (Instant::now(), self.common());
        let prepare = |kernel, terms, wanted: &dyn Fn(&str) -> bool| {
            Prepared::new::<T>(kernel, terms, &self.options, wanted)
        };
        // What is not right of the kernel itself is told before any strategy is blamed for it.
        let made = || prepare(self.kernel, self.terms, &|name| options.wants(name));
        let mut prepared = if self.kernel.is_yours() {
            // Its own: that of the program stands for a signal.
            let (limit, cancellation) = (&progress.board.limit, self.setup.cancellation().child());
            let made = || joins(self.kernel).and_then(|()| your_kernel(made));
            limit.run("your kernel", &cancellation, made)?
        } else {
            made()?
        };
        if T::REACH == Reach::Threads {
            let found = self.complaints(&prepared);
            prepared.complaints.extend(found);
        }
        let machine = if options.check {
            Machine::asked()
        } else {
            let all_cores = self.setup.context(Workers::usable());
            Machine::measured(&all_cores, prepared.subject.kernel().numbers())?
        };
        *progress.facts() = Some((machine, KernelFacts::of(&prepared.subject)));
        let (board, with_baseline) = (&progress.board, !options.no_baseline);
        let schedule = Schedule::new(&prepared, &self.setup, board, with_baseline);
        // Parts of the budget, beside which the workers start.
        let share = |part: f64| begin + options.timing.budget.mul_f64(part) + schedule.starting();
        // Where all strategies run on the caller, it is worker 0 throughout.
        let caller = self.setup.context(Workers::ONE);
        let _worker = (!T::PARALLEL).then(|| caller.enter(0));
        let bar = progress_bar(options.timing.budget, options.json);
        let tick = || bar.set_position(begin.elapsed().as_millis() as u64);
        let plan = |until: Instant| options.timing.plan(until);
        let all: Vec<_> = prepared.strategies.iter().collect();
        let (counts, main) = self.counts();
        if options.check {
            schedule.enlist(&all, main, T::REACH == Reach::Processes);
            schedule.audit();
            return Ok(Beside::default());
        }
        // A program reads everything; and who names strategies wants to see all of these.
        if options.json || !options.strategies.is_empty() {
            schedule.measure(&all, &counts, plan(share(0.85)), &tick);
            schedule.audit();
            if options.counters {
                schedule.count();
            }
            bar.finish_and_clear();
            let best = self.best_row(progress);
            return Ok(Beside { best, ..Beside::default() });
        }
        let look = self.wants_other_kernels();
        schedule.measure(&all, &[main], plan(share(if look { 0.5 } else { 0.7 })), &tick);
        schedule.audit();
        let best = self.best_row(progress);
        let others: Vec<Workers> = counts.into_iter().filter(|workers| *workers != main).collect();
        // At the other counts: the best strategy, and those whose sums may change with the workers; or all
        // that have several.
        let mixed = self.is_mixed();
        let shown: Vec<_> = all
            .into_iter()
            .filter(|strategy| {
                let (info, several) = (&strategy.info, !strategy.info.alone);
                best.as_ref() == Some(&info.name) && several || info.floats || mixed && several
            })
            .collect();
        if !shown.is_empty() && !others.is_empty() {
            let until = share(if look { 0.65 } else { 0.9 });
            schedule.measure(&shown, &others, plan(until), &tick);
        }
        schedule.audit();
        if options.counters {
            schedule.count();
        }
        let mut beside = Beside { best, ..Beside::default() };
        let interrupted = self.setup.cancellation().is_cancelled();
        if let Some(best) = beside.best.as_deref().filter(|_| look && !interrupted) {
            let until = share(0.97);
            let (counts, setup) = (options.workers.0.as_slice(), &self.setup);
            let look = Look { best, counts, board, setup, with_baseline, until, tick: &tick };
            let this = self.kernel;
            let others: Vec<KernelName> = T::KERNELS
                .iter()
                .copied()
                .filter(|kernel| *kernel != this && !kernel.is_yours())
                .collect();
            let (other_kernels, bad) = look.at(&others, &prepare);
            (beside.other_kernels, beside.bad) = (Some(other_kernels), bad);
        }
        bar.finish_and_clear();
        Ok(beside)
    }

    /// The strategy of the best row so far. Rows must have been audited, since the audit knows who shared.
    fn best_row(&self, progress: &Progress) -> Option<String> {
        let facts = progress.facts().clone();
        let (machine, kernel) = facts?;
        let so_far = Measurements::new(machine, kernel, true, &progress.board.results());
        so_far.fastest(|_| true).map(|run| run.strategy.clone())
    }
}

/// The results once nothing is measured any more: a row that is stuck has failed, and all rows stand in
/// reading order.
fn settled<T: Table>(job: &Job<T>, progress: &Progress, stuck: Option<&Error>) -> measure::Results {
    let mut results = progress.board.results().clone();
    stuck.into_iter().for_each(|late| results.fail_stuck(late));
    let place = |name: &str| job.table.iter().position(|strategy| strategy.name == name);
    results.rows.sort_by_key(|row| (place(&row.strategy), row.workers));
    results
}

/// What there is to say of `--pin`.
fn pinning(setup: &Setup, table: &[StrategyInfo], rows: &[Row]) -> Vec<String> {
    let Some(succeeded) = setup.affinity().succeeded() else { return Vec::new() };
    if !succeeded {
        let why = setup.affinity().refusal().unwrap_or_default();
        return vec![format!("not every worker is pinned: {why}")];
    }
    let measured = |name: &str| rows.iter().any(|row| row.strategy == name);
    let unpinned = table.iter().filter(|strategy| measured(&strategy.name));
    let unpinned = unpinned.filter_map(|strategy| {
        Some(format!("{} is not pinned: {}", strategy.name, strategy.unpinned?))
    });
    let which = if setup.affinity().is_by_speed() { "i-th fastest" } else { "i-th" };
    let siblings = match setup.affinity().is_siblings_last() {
        true => ", second hardware threads last",
        false => "",
    };
    once(format!("pinned: worker i to the {which} usable core{siblings}")).chain(unpinned).collect()
}

/// Everything that people see on standard output.
fn text<T: Table>(
    job: &Job<T>,
    document: &Document,
    beside: &Beside,
    prediction: Option<&Prediction>,
    trace: Option<&Path>,
) -> String {
    let (best, main, mixed) = (beside.best.as_deref(), job.counts().1.get(), job.is_mixed());
    let named = !job.common().strategies.is_empty();
    let shown =
        |run: &Run| named || run.workers == main || mixed || best == Some(run.strategy.as_str());
    let first = document.runs.first().map(|run| run.strategy.as_str());
    let extras = Extras {
        parallel: T::PARALLEL,
        details: T::details(document),
        findings: T::findings(document),
        footer: T::footer(&job.options, document),
        read_first: T::READ_FIRST.or(best).or(first).map(T::file),
        yours: T::file(YOURS),
        best,
        other_kernels: beside.other_kernels.as_ref(),
        prediction,
        trace,
    };
    report(T::QUESTION, document, &shown, &extras)
}
