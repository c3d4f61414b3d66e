//! The launcher's side: persistent teams of ranks, and the strategies that ask them.

mod ending;
mod failure;
mod find;
mod team;

use std::ops::Range;
use std::path::PathBuf;
use std::sync::{Arc, Mutex, MutexGuard, OnceLock, PoisonError};
use std::time::{Duration, Instant};

use kernels::{Event, Kernel, KernelName, Span, WorkerId, Workers};
use measure::{Error, Strategy, Sum, took};

pub use find::mpirun;
use team::Team;

use crate::costs::Costs;
use crate::messages::{Answer, Note, Order};

/// The host file of the run, if one was given.
static HOSTS: OnceLock<PathBuf> = OnceLock::new();

/// The teams that have been started. Each serves all rows with its number of ranks.
static TEAMS: Mutex<Vec<Arc<Mutex<Team>>>> = Mutex::new(Vec::new());

/// From here on ranks are started on these hosts.
pub fn use_hosts(file: PathBuf) {
    let _ = HOSTS.set(file);
}

/// The row of a strategy: its ranks outlive one sum, and the clock is that of rank 0.
pub fn strategy<K: Kernel>(name: &'static str, about: &'static str) -> Strategy<K> {
    let start = move |_: &K, ranks: Workers| {
        team(ranks)?;
        let sum: Sum<K> = Box::new(move |kernel, terms| sum(name, kernel, terms, ranks));
        Ok(sum)
    };
    Strategy::ready(name, about, Box::new(start)).unpinned("mpirun says where a rank runs")
}

fn sum<K: Kernel>(name: &str, kernel: &K, terms: Range<u64>, ranks: Workers) -> Result<u64, Error> {
    let spec = kernel.spec();
    let order = Order::Sum {
        strategy: name.to_owned(),
        kernel: spec.kernel,
        of: spec.terms,
        lo: terms.start,
        hi: terms.end,
        times: 1,
        notes: kernel.is_recording(),
    };
    let begin = Instant::now();
    let team = team(ranks)?;
    let answer: Answer = asked(&team, &order)?;
    took(Duration::from_nanos(answer.nanoseconds));
    let processes = &locked(&team).hello.processes;
    for note in &answer.notes {
        kernel.record(Event::Summed(piece(note, processes, begin)));
    }
    // Of one sum asked for there is one.
    Ok(answer.sums.first().copied().unwrap_or_default())
}

fn piece(note: &Note, processes: &[u32], begin: Instant) -> Span {
    let process = processes.get(note.rank).copied().unwrap_or_default();
    let worker = match note.thread {
        0 => WorkerId::Process(process),
        thread => WorkerId::ThreadOf(process, thread),
    };
    let at = |nanoseconds| begin + Duration::from_nanos(nanoseconds);
    Span { worker, range: note.lo..note.hi, start: at(note.start), end: at(note.end) }
}

/// Median seconds over `times` runs on the first `terms` of the kernel's `of` terms.
///
/// # Errors
///
/// Where the ranks can't be started, one fails, or one of the sums is not `exact`.
pub fn seconds(
    name: &str,
    kernel: KernelName,
    (terms, of, exact): (u64, u64, u64),
    (ranks, times): (Workers, u32),
) -> Result<f64, Error> {
    let strategy = name.to_owned();
    let order = Order::Sum { strategy, kernel, of, lo: 0, hi: terms, times, notes: false };
    let answer: Answer = asked(&team(ranks)?, &order)?;
    if let Some(wrong) = answer.sums.iter().find(|sum| **sum != exact) {
        return Err(Error::Worker {
            worker: format!("{name} with {ranks} ranks"),
            cause: format!("its sum is {wrong}, and {exact} is right"),
            remedy: "fix the code of this strategy",
        });
    }
    Ok(answer.nanoseconds as f64 * 1e-9)
}

/// What a message costs between the first rank and the last of so many.
///
/// # Errors
///
/// Where the ranks can't be started, or one fails.
pub fn costs(ranks: Workers) -> Result<Costs, Error> {
    asked(&team(ranks)?, &Order::Probe)
}

/// The hosts on which so many ranks run, each once.
///
/// # Errors
///
/// Where the ranks can't be started.
pub fn hosts(ranks: Workers) -> Result<Vec<String>, Error> {
    let mut hosts = locked(&*team(ranks)?).hello.hosts.clone();
    hosts.sort();
    hosts.dedup();
    Ok(hosts)
}

/// Ends all ranks: in good order, or by force where a thread still waits for them.
pub fn end_all() {
    // A thread that was given up may hold what is locked here. Its ranks are ended without it.
    let teams = TEAMS.try_lock().map(|mut teams| std::mem::take(&mut *teams)).unwrap_or_default();
    for team in &teams {
        team.try_lock().into_iter().for_each(|mut team| team.close_input()); // All end side by side.
    }
}

/// The team of so many ranks: the one that stands, or a new one.
fn team(ranks: Workers) -> Result<Arc<Mutex<Team>>, Error> {
    let mut teams = locked(&TEAMS);
    if let Some(team) = teams.iter().find(|team| locked(team).ranks == ranks) {
        return Ok(Arc::clone(team));
    }
    let team = Team::start(mpirun()?, ranks, HOSTS.get().map(PathBuf::as_path))?;
    let team = Arc::new(Mutex::new(team));
    teams.push(Arc::clone(&team));
    Ok(team)
}

/// The answer of a team. One that fails is not asked again: the next row gets a new one.
fn asked<A: serde::de::DeserializeOwned>(
    team: &Arc<Mutex<Team>>,
    order: &Order,
) -> Result<A, Error> {
    let answer = locked(team).ask(order);
    if answer.is_err() {
        locked(&TEAMS).retain(|other| !Arc::ptr_eq(other, team));
    }
    answer
}

fn locked<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}
