//! The launcher's side: persistent teams of ranks, and the strategies that ask them.

mod ending;
mod failure;
mod find;
mod ranks;
mod team;
mod teams;

use std::ops::Range;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};

use kernels::{Event, Kernel, Known, Memory, Span, WorkerId};
use measure::{Error, Start, Strategy, Summed};

pub use find::mpirun;
pub use ranks::Ranks;
pub use teams::Teams;

use crate::messages::{Answer, Note, Order};

/// The row of a strategy: its ranks outlive one sum, and the clock is that of rank 0.
pub fn strategy<K: Kernel>(
    name: &'static str,
    about: &'static str,
    teams: &Arc<Teams>,
) -> Strategy<K> {
    // The notes of the ranks come over the network, and only where somebody reads them.
    let start = |notes: bool| -> Start<K> {
        let teams = Arc::clone(teams);
        Box::new(move |_, context| {
            let ranks = Ranks::new(&teams, context.workers(), context.cancellation());
            ranks.start()?;
            Ok(Box::new(move |kernel, terms| sum(name, kernel, terms, &ranks, notes)))
        })
    };
    Strategy::from_data(name, about, start(false))
        .audited_by(start(true))
        .whole()
        .unpinned("mpirun says where a rank runs")
}

fn sum<K: Kernel>(
    name: &str,
    kernel: &K,
    terms: Range<u64>,
    ranks: &Ranks,
    notes: bool,
) -> Result<Summed<K::Partial>, Error> {
    let spec = kernel.spec();
    // Where a rank holds numbers, they are those of its range of all terms: what is summed has to be all.
    let of = if spec.kernel == Memory::NAME { terms.end } else { spec.terms };
    let order = Order::Sum {
        strategy: name.to_owned(),
        kernel: spec.kernel,
        of,
        lo: terms.start,
        hi: terms.end,
        times: 1,
        notes,
    };
    let begin = Instant::now();
    let answer: Answer = ranks.ask(&order)?;
    if !answer.notes.is_empty() {
        let processes = ranks.processes()?;
        for note in &answer.notes {
            kernel.record(Event::Summed(span(note, &processes, begin)));
        }
    }
    // Of one sum asked for there is one.
    let sum = answer.sums.first().copied().unwrap_or_default();
    Ok(Summed { sum: sum.into(), took: Some(Duration::from_nanos(answer.nanoseconds)) })
}

fn span(note: &Note, processes: &[u32], begin: Instant) -> Span {
    let process = processes.get(note.rank).copied().unwrap_or_default();
    let worker = match note.thread {
        0 => WorkerId::Process(process),
        thread => WorkerId::ThreadOf(process, thread),
    };
    let at = |nanoseconds| begin + Duration::from_nanos(nanoseconds);
    Span { worker, range: note.lo..note.hi, start: at(note.start), end: at(note.end) }
}

fn locked<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}
