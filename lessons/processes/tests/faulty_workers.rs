//! The parent against workers that die, lie, or answer nonsense.
//!
//! Each test starts workers, and a worker is the program that starts it: so this file has a `main` of
//! its own, which turns such a start into a worker.

use std::ops::Range;
use std::process::ExitCode;
use std::time::{Duration, Instant};

use course::{Table, signals};
use kernels::{Home, Kernel, Known, Memory, Primes, Workers};
use libtest_mimic::{Arguments, Failed, Trial};
use measure::{Context, Error, Setup, limited};
use processes::{Fault, Pool, Processes};

const TERMS: u64 = 200_000;

/// Much longer than any of these sums takes.
const LIMIT: Duration = Duration::from_secs(30);

fn main() -> ExitCode {
    if let Some(code) = processes::worker_if_asked() {
        return code;
    }
    measure::panics::quiet();
    signals::become_errors();
    let arguments = Arguments::from_args();
    let mut trials: Vec<Trial> = noticed().collect();
    trials.extend(costs_a_retry());
    trials.push(Trial::test("a_deaf_worker_is_killed_at_the_limit", deaf_worker));
    trials.push(Trial::test("a_lie_is_an_answer_like_any_other", lie));
    trials.push(Trial::test("no_more_retries_than_allowed", too_many_faults));
    trials.push(Trial::test("numbers_are_sent_again", numbers_again));
    libtest_mimic::run(&arguments, trials).exit_code()
}

/// What each fault that can be noticed is called in the error.
const NOTICED: [(&str, Fault, &str); 10] = [
    ("panic", Fault::Panic, "exit status 70 (worker "),
    ("exit", Fault::Exit, "it ended with exit status 3"),
    ("abort", Fault::Abort, if cfg!(windows) { "it aborted" } else { "it was killed by SIGABRT" }),
    ("garbage", Fault::Garbage, "what came is not a frame: it does not begin with SUMP"),
    ("half_frame", Fault::HalfFrame, "the input ended inside a frame"),
    ("flood", Fault::Flood, "its body is longer than 1 MiB"),
    ("wrong_range", Fault::WrongRange, "it answered for another range"),
    ("wrong_job", Fault::WrongJob, "it answered another request"),
    ("ready", Fault::Ready, "it sent something that is no answer"),
    ("twice", Fault::Twice, "it sent more than its answer"),
];

fn noticed() -> impl Iterator<Item = Trial> {
    NOTICED.into_iter().map(|(name, fault, cause)| {
        Trial::test(format!("{name}_is_noticed"), move || {
            for (faulty, count) in [(0, 1), (0, 2), (1, 2), (4, 5)] {
                let Err(error) = sum(&context(count, 0), vec![(faulty, fault)], LIMIT) else {
                    return Err(format!("worker {faulty} of {count} was believed").into());
                };
                let said = error.to_string();
                expect(said.contains(&format!("worker {faulty} (process ")), &said)?;
                expect(said.contains(cause), &said)?;
                expect(error.exit_code() == 70, &said)?;
            }
            Ok(())
        })
    })
}

fn costs_a_retry() -> impl Iterator<Item = Trial> {
    NOTICED.into_iter().map(|(name, fault, _)| {
        Trial::test(format!("{name}_costs_one_retry"), move || {
            for (faulty, count) in [(0, 1), (1, 2), (2, 5)] {
                let context = context(count, 1);
                let total = sum(&context, vec![(faulty, fault)], LIMIT)?;
                expect(total == expected(), &format!("{total}"))?;
                expect(context.take_retries() == 1, "one range was given away again")?;
            }
            Ok(())
        })
    })
}

fn deaf_worker() -> Result<(), Failed> {
    // Beyond the start of the workers, however long that takes here.
    let start = Instant::now();
    sum(&context(2, 0), Vec::new(), LIMIT)?;
    let limit = Duration::from_millis(300).max(start.elapsed() * 5);
    for fault in [Fault::Stop, Fault::Sleep] {
        // A retry would not help: the run is over its limit.
        for retries in [0, 3] {
            let start = Instant::now();
            let deaf = sum(&context(2, retries), vec![(1, fault)], limit);
            let Err(Error::TimedOut { waited_for: Some(worker), .. }) = &deaf else {
                return Err(format!("{deaf:?}").into());
            };
            expect(worker.starts_with("worker 1 (process "), worker)?;
            expect(start.elapsed() < limit + Duration::from_secs(10), "it took too long")?;
        }
    }
    Ok(())
}

/// The parent cannot know: this is what the check against the known answer is for.
fn lie() -> Result<(), Failed> {
    let total = sum(&context(2, 3), vec![(1, Fault::Lie)], LIMIT)?;
    expect(total == expected() + 1, &format!("{total}"))
}

fn too_many_faults() -> Result<(), Failed> {
    let faults = || vec![(0, Fault::Exit), (2, Fault::Garbage)];
    let Err(error) = sum(&context(3, 1), faults(), LIMIT) else {
        return Err("two workers were lost, and one retry was allowed".into());
    };
    let said = error.to_string();
    expect(said.contains("worker 2") && said.contains("not a frame"), &said)?;
    let total = sum(&context(3, 2), faults(), LIMIT)?;
    expect(total == expected(), &format!("{total}"))
}

/// The fresh worker of `piped` is sent all the numbers of its range.
fn numbers_again() -> Result<(), Failed> {
    for fault in [Fault::Exit, Fault::Garbage] {
        let context = context(2, 1);
        let cancellation = context.cancellation().clone();
        let total = limited(LIMIT, "piped", &cancellation, move || {
            let kernel = Memory::with_home(1_000_000, Home::Shared)?;
            let mut pool = Pool::start(&kernel, &context)?;
            misbehave(&mut pool, 0..1_000_000, &[(1, fault)])?;
            processes::piped(&kernel, 0..1_000_000, &mut pool)
        })?;
        expect(total == 499_999_500_000, &format!("{total}"))?;
    }
    // The other rows of the table run the same code; here it is enough that they are there.
    let table = Processes::strategies::<Memory>();
    expect(table.iter().any(|row| row.name == "piped"), "piped is a row of the table")
}

/// The sum of the primes by a pool, some workers of which misbehave.
fn sum(context: &Context, faulty: Vec<(usize, Fault)>, limit: Duration) -> Result<u64, Error> {
    let theirs = context.clone();
    limited(limit, "pool", context.cancellation(), move || {
        let kernel = Primes::new(TERMS)?;
        let mut pool = Pool::start(&kernel, &theirs)?;
        misbehave(&mut pool, 0..TERMS, &faulty)?;
        processes::pool(&kernel, 0..TERMS, &mut pool)
    })
}

fn misbehave(pool: &mut Pool, terms: Range<u64>, faulty: &[(usize, Fault)]) -> Result<(), Error> {
    for (number, (child, _)) in pool.with_ranges(&terms).enumerate() {
        for (_, fault) in faulty.iter().filter(|(faulty, _)| *faulty == number) {
            child.misbehave(*fault)?;
        }
    }
    Ok(())
}

fn expected() -> u64 {
    Primes::new(TERMS).expect("few terms").sum(0..TERMS)
}

/// A run of `count` workers, each sum of which has so many retries.
fn context(count: usize, retries: u32) -> Context {
    let workers = Workers::new(count).expect("a small number");
    Setup::default().with_retries(retries).context(workers)
}

fn expect(holds: bool, said: &str) -> Result<(), Failed> {
    if holds { Ok(()) } else { Err(said.to_owned().into()) }
}
