use std::iter::once;
use std::sync::mpsc::channel;
use std::sync::{Arc, Mutex, PoisonError};
use std::thread;
use std::time::Instant;

use indicatif::ProgressBar;
use kernels::{Integers, Known, Workers};
use measure::{
    Bench, Error, Measured, Plan, Results, Strategy, audit::Audited, cleanup, machine::Machine,
    pin, retry, verdict::Verdict, watch::Watch,
};

use super::{Asked, Lesson, glance, guess};
use crate::cli::Options;
use crate::{
    Beside, Document, Glance, Guess, KernelFacts, Output, Run, Trace, progress_bar, table,
};

/// What the measuring thread knows so far, for the main thread to report even if a run is stuck.
#[derive(Debug)]
struct Progress {
    watch: Watch,
    results: Mutex<Results>,
    facts: Mutex<Option<(Machine, KernelFacts)>>,
}

/// What is settled before anything is measured.
#[derive(Debug)]
struct Before {
    trace: Option<Trace>,
    guess: Option<Guess>,
}

/// What the measuring thread finds beside the rows.
#[derive(Debug, Default)]
struct Extras {
    best: Option<String>,
    glance: Option<Glance>,
    /// Rows of the second table that are not right.
    bad: Vec<Measured>,
}

/// Runs lesson `L` on kernel `K`: measures on a thread of its own, looks on, reports.
pub(super) fn run<L: Lesson, K: Known>(asked: &Asked, output: Output) -> Result<u8, Error> {
    let options = &asked.options;
    let terms = options.terms.unwrap_or(K::DEFAULT_TERMS);
    K::check_terms(terms)?;
    let trace = options.trace.as_deref().map(Trace::create).transpose()?;
    if trace.as_ref().is_some_and(Trace::is_standard_output) {
        return Err(Error::Usage(
            "invalid value for --trace: standard output takes the result and no more; for example: \
             --trace run.json"
                .to_owned(),
        ));
    }
    let before = Before { trace, guess: guess::ask::<L>(options, output) };
    if options.pin {
        pin::workers();
    }
    retry::allow(options.retries);
    let progress = Arc::new(Progress {
        watch: Watch::new(options.timeout),
        results: Mutex::default(),
        facts: Mutex::default(),
    });
    let (send, receive) = channel();
    let (theirs, wanted) = (Arc::clone(&progress), options.clone());
    let measure = move || {
        // The main thread only hangs up once it has the result, so sending it cannot fail.
        let _ = send.send(measured::<L, K>(&wanted, terms, &theirs));
    };
    let thread = thread::Builder::new().name("measure".into()).spawn(measure);
    let thread = thread.map_err(|cause| Error::no_thread(0, &cause))?;
    let (extras, stuck) = match progress.watch.look_on(&receive) {
        Ok(Some(Ok(extras))) => (extras, None),
        Ok(Some(Err(error))) => return Err(error),
        Ok(None) => {
            let payload = thread.join().expect_err("a thread that ends well sends its result");
            return Err(Error::in_the_runner(&*payload));
        }
        Err(stuck) => (Extras::default(), Some(stuck)),
    };
    report::<L>(asked, output, &progress, &before, &extras, stuck.as_ref())
}

fn report<L: Lesson>(
    asked: &Asked,
    output: Output,
    progress: &Progress,
    before: &Before,
    extras: &Extras,
    stuck: Option<&Error>,
) -> Result<u8, Error> {
    let options = &asked.options;
    if cleanup::interrupted() {
        // The signal is about to end this program; what it says now would only be an echo.
        loop {
            thread::park();
        }
    }
    let facts = progress.facts.lock().unwrap_or_else(PoisonError::into_inner).clone();
    let mut results = progress.results.lock().unwrap_or_else(PoisonError::into_inner).clone();
    if let Some(late @ Error::TimedOut { run, .. }) = stuck {
        results.rows.iter_mut().filter(|row| row.title() == *run).for_each(|row| row.fail(late));
    }
    let order = L::strategies::<Integers>();
    let place = |name: &str| order.iter().position(|strategy| strategy.name == name);
    results.rows.sort_by_key(|row| (place(&row.strategy), row.workers));
    // Before the table, which names the file; but if it fails, the table is still worth having.
    let traced = before.trace.as_ref().map_or(Ok(()), |trace| trace.write(&results.rows));
    if let Some((mut machine, kernel)) = facts {
        if let Some(fastest) = results.baseline.iter().copied().reduce(f64::min) {
            machine.ceilings.seen(kernel.name, kernel.terms as f64 / fastest);
        }
        let mut document = Document::new(L::NAME, &machine, kernel, !options.no_baseline, &results);
        document.pinned = pin::succeeded();
        document.notes = pinning::<L>(&results.rows);
        L::complete(&mut document);
        let text = if options.json {
            serde_json::to_string_pretty(&document).expect("a document is plain data") + "\n"
        } else {
            let best = extras.best.as_deref();
            let main = counts::<L>(options).1.get();
            let mixed = order.iter().any(|strategy| strategy.alone);
            let shown = |run: &Run| {
                !options.strategies.is_empty()
                    || run.workers == main
                    || mixed
                    || best == Some(&run.strategy)
            };
            let first = document.runs.first().map(|run| run.strategy.as_str());
            let (glance, guess) = (extras.glance.as_ref(), before.guess.as_ref());
            let trace = before.trace.as_ref().filter(|_| traced.is_ok()).map(Trace::path);
            let beside = Beside {
                parallel: L::PARALLEL,
                findings: L::findings(&document),
                below: L::below(&asked.matches, &document),
                read_first: L::READ_FIRST.or(best).or(first).map(L::file),
                yours: L::file("your-turn"),
                best,
                glance,
                guess,
                trace,
            };
            table(L::QUESTION, &document, &shown, &beside)
        };
        output.result(&text)?;
    }
    let rows = || results.rows.iter().chain(&extras.bad);
    let mut complaints: Vec<String> = rows()
        .filter(|row| matches!(row.verdict, Some(Verdict::Failed | Verdict::Wrong)))
        .map(|row| complaint(&row.title(), row.note.as_deref().unwrap_or_default()))
        .chain(stuck.map(ToString::to_string))
        .collect();
    complaints.dedup();
    for line in complaints {
        output.complain(&format!("{}: error: {line}", L::NAME));
    }
    traced?;
    let codes = rows().map(|row| row.exit_code);
    Ok(Error::worst(codes.chain(stuck.map(Error::exit_code))))
}

/// What there is to say of `--pin`.
fn pinning<L: Lesson>(rows: &[Measured]) -> Vec<String> {
    let Some(succeeded) = pin::succeeded() else { return Vec::new() };
    if !succeeded {
        let why = pin::refusal().unwrap_or_default();
        return vec![format!("not every worker is pinned: {why}")];
    }
    let table = L::strategies::<Integers>();
    let measured = |name: &str| rows.iter().any(|row| row.strategy == name);
    let unpinned =
        table.iter().filter(|strategy| measured(&strategy.name)).filter_map(|strategy| {
            Some(format!("{} is not pinned: {}", strategy.name, strategy.unpinned?))
        });
    once("pinned: worker i to the i-th usable core".to_owned()).chain(unpinned).collect()
}

/// A note that names its row already is not given the name twice.
fn complaint(title: &str, note: &str) -> String {
    if note.starts_with(title) { note.to_owned() } else { format!("{title}: {note}") }
}

/// The worker counts of the run, and the one that the table shows for every strategy.
fn counts<L: Lesson>(options: &Options) -> (Vec<Workers>, Workers) {
    if L::PARALLEL {
        (options.workers.0.clone(), options.workers.main())
    } else {
        (vec![Workers::ONE], Workers::ONE)
    }
}

/// All of the measuring.
fn measured<L: Lesson, K: Known>(
    options: &Options,
    terms: u64,
    progress: &Progress,
) -> Result<Extras, Error> {
    let begin = Instant::now();
    let kernel = K::with_home(terms, L::HOME)?;
    let machine = Machine::measured(kernel.numbers())?;
    let bench =
        Bench::new(kernel, terms, !options.no_baseline, &progress.watch, &progress.results)?;
    // Parts of the budget, beside which the workers start.
    let share = |part: f64| begin + options.budget.mul_f64(part) + bench.starting();
    let facts = KernelFacts::of(bench.kernel(), terms, bench.expected());
    *progress.facts.lock().unwrap_or_else(PoisonError::into_inner) = Some((machine.clone(), facts));

    // Where all strategies run on the caller, it is worker 0 throughout.
    let _core = (!L::PARALLEL).then(|| pin::worker(0));
    let bar = if options.json { ProgressBar::hidden() } else { progress_bar(options.budget) };
    let tick = || bar.set_position(begin.elapsed().as_millis() as u64);
    let plan = |until: Instant| Plan { rounds: options.rounds.map(Into::into), until };
    let table = strategies::<L, K>(options);
    let all: Vec<&Strategy<K>> = table.iter().collect();
    let audited = L::strategies::<Audited<K>>();
    let (counts, main) = counts::<L>(options);
    // Where some rows have one worker whatever is asked, those that have more are few.
    let mixed = all.iter().any(|strategy| strategy.alone);
    let wants_glance = L::PARALLEL
        && !mixed
        && options.kernel.is_none()
        && options.strategies.is_empty()
        && options.terms.is_none()
        && !options.json;

    // A program reads everything; and who names strategies wants to see all of these.
    if options.json || !options.strategies.is_empty() {
        bench.measure(&all, &counts, plan(share(0.85)), &tick);
        bench.audit(&audited);
        bar.finish_and_clear();
        let best = best_row(progress, main, terms);
        return Ok(Extras { best, ..Extras::default() });
    }
    bench.measure(&all, &[main], plan(share(if wants_glance { 0.5 } else { 0.7 })), &tick);
    let best = best_row(progress, main, terms);
    let others: Vec<Workers> = counts.into_iter().filter(|workers| *workers != main).collect();
    // At the other counts: the best strategy, and those whose sums may change with the workers; or all
    // that have several.
    let shown = |strategy: &&Strategy<K>| {
        let several = mixed && !strategy.alone;
        best.as_ref() == Some(&strategy.name) && !strategy.alone || strategy.floats || several
    };
    let shown: Vec<&Strategy<K>> = all.into_iter().filter(shown).collect();
    if !shown.is_empty() && !others.is_empty() {
        let until = share(if wants_glance { 0.65 } else { 0.9 });
        bench.measure(&shown, &others, plan(until), &tick);
    }
    bench.audit(&audited);
    let mut extras = Extras { best, ..Extras::default() };
    if let Some(best) = extras.best.as_deref().filter(|_| wants_glance && !cleanup::interrupted()) {
        let look = glance::Look {
            best,
            counts: &options.workers.0,
            watch: &progress.watch,
            with_baseline: !options.no_baseline,
            until: share(0.97),
            tick: &tick,
        };
        let (glance, bad) = look.at_other_kernels::<L>(K::NAME);
        (extras.glance, extras.bad) = (Some(glance), bad);
    }
    bar.finish_and_clear();
    Ok(extras)
}

/// The strategies of the run: those asked for that are for this kernel.
pub(super) fn strategies<L: Lesson, K: Known>(options: &Options) -> Vec<Strategy<K>> {
    let mut table = L::strategies::<K>();
    table.retain(|strategy| {
        strategy.only.is_none_or(|only| only == K::NAME)
            && (options.strategies.is_empty() || options.strategies.contains(&strategy.name))
    });
    table
}

/// Rows this close to the fastest are as good: the first of them in reading order is the best.
const TIE: f64 = 1.03;

/// The fastest right row over all terms; not `your-turn`, which the reader knows.
fn best_row(progress: &Progress, main: Workers, terms: u64) -> Option<String> {
    let results = progress.results.lock().unwrap_or_else(PoisonError::into_inner);
    let usable = Workers::usable().get().min(main.get());
    let fair = results.rows.iter().filter(|row| row.verdict.is_none() && row.terms == terms);
    let timed = fair.filter_map(|row| {
        let time = measure::Interval::of(&row.seconds)?.median;
        let added = !measure::verdict::impossible(row.terms, time, usable);
        (added && row.strategy != "your-turn").then_some((row.strategy.clone(), time))
    });
    let timed: Vec<(String, f64)> = timed.collect();
    let fastest = timed.iter().map(|(_, time)| *time).reduce(f64::min)?;
    timed.into_iter().find(|(_, time)| *time <= fastest * TIE).map(|(strategy, _)| strategy)
}
