use std::env;
use std::path::PathBuf;
use std::process::{self, ExitCode};
use std::sync::{Arc, Mutex, PoisonError};
use std::thread;
use std::time::Duration;

use children::family::children_of;
use measure::{Cancellation, Error, TimeLimit};

use crate::{Event, Failure, Rules, Stage, Trial, Verdict, panics, programs, stuck, wire};

/// One attempt of those that a program holds: its name, and what makes its rules.
pub type Variant = (&'static str, fn() -> Rules);

/// No step of the rules may take longer.
const LONGEST_STEP: Duration = Duration::from_secs(8);

/// An attempt, and each process that it starts, has so much memory.
const MEMORY: u64 = 4 << 30;

/// The exit code of a program that could not even begin.
const NO_BEGINNING: u8 = 71;

/// Judges one of the attempts: the program `FILE NAME SEED`, which `practice` starts. It writes what it finds into the
/// file, and its exit code says only whether it came to an end.
///
/// Standard input is a lifeline: when nobody holds its other end any more, this program ends.
pub fn main(variants: &[Variant]) -> ExitCode {
    let arguments: Vec<String> = env::args().skip(1).collect();
    if let Some((first, rest)) = arguments.split_first()
        && first == programs::PART
    {
        return programs::part(rest);
    }
    let [file, name, seed] = arguments.as_slice() else { return ExitCode::from(2) };
    let Some((_, rules)) = variants.iter().find(|(variant, _)| variant == name) else {
        return ExitCode::from(2);
    };
    let (Ok(seed), Ok(())) = (seed.parse(), wire::open(&PathBuf::from(file))) else {
        return ExitCode::from(NO_BEGINNING);
    };
    children::itself::limit_memory(MEMORY);
    panics::keep();
    hang_up_with_the_parent();
    wire::send(&Event::Over(Box::new(judged(*rules, seed))));
    ExitCode::SUCCESS
}

/// Goes through the rules until something does not hold.
fn judged(rules: fn() -> Rules, seed: u64) -> Verdict {
    let limit = Arc::new(TimeLimit::new(LONGEST_STEP).noticing_deadlocks());
    let so_far = Arc::new(Mutex::new(Verdict { seed, ..Verdict::default() }));
    let (theirs, verdict) = (Arc::clone(&limit), Arc::clone(&so_far));
    let watched = limit.watch(move || {
        let mut trial = Trial::new(seed);
        let mut steps = rules().steps;
        // How fast it is matters only for what is right in every way.
        steps.sort_by_key(|step| step.stage == Stage::Fast);
        for step in steps {
            let (stage, what) = (step.stage, step.what.clone());
            trial.stage = stage;
            trial.calling(&what);
            panics::forget();
            let cancellation = Cancellation::default();
            let done = theirs.run(&what, &cancellation, || Ok((step.run)(&mut trial)));
            // A race condition that shows early is one all the same.
            let stage = trial.stage;
            let failure = match done {
                Ok(Ok(())) => None,
                Ok(Err(text)) => Some(Failure::new(stage, text)),
                Err(error) => Some(failure_of(stage, &error)),
            };
            let mut verdict = verdict.lock().unwrap_or_else(PoisonError::into_inner);
            (verdict.speed, verdict.rows) = (trial.speed.clone(), trial.rows.clone());
            verdict.lanes.clone_from(&trial.lanes);
            verdict.against.clone_from(&trial.against);
            if failure.is_some() {
                verdict.failure = failure;
                return;
            }
            if !verdict.passed.contains(&stage) {
                verdict.passed.push(stage);
            }
        }
        let left = children_of(process::id()).len();
        if left > 0 {
            let text = match left {
                1 => "a process that it started was not waited for".to_owned(),
                several => format!("{several} processes that it started were not waited for"),
            };
            let mut verdict = verdict.lock().unwrap_or_else(PoisonError::into_inner);
            verdict.failure = Some(Failure::new(Stage::How, text));
        }
    });
    let mut verdict = so_far.lock().unwrap_or_else(PoisonError::into_inner).clone();
    if let Err(stuck) = watched {
        verdict.failure = Some(failure_of(Stage::Ends, &stuck));
    }
    verdict
}

/// What an error that came out of a step says of the attempt, with what was done last.
fn failure_of(stage: Stage, error: &Error) -> Failure {
    let (stage, text) = match error {
        Error::Deadlocked { waited, .. } => (Stage::Ends, stuck::deadlock(*waited)),
        Error::TimedOut { limit, .. } => (Stage::Ends, stuck::endless(*limit)),
        error => (stage, panics::first().unwrap_or_else(|| error.to_string())),
    };
    let last = wire::last();
    Failure::new(stage, if last.is_empty() { text } else { format!("{text} (it was at: {last})") })
}

/// Ends this program when its parent has ended, or wants it to end.
fn hang_up_with_the_parent() {
    let lifeline = || {
        children::itself::wait_for_hang_up();
        process::exit(0);
    };
    let _ = thread::Builder::new().name(stuck::LIFELINE.into()).spawn(lifeline);
}
