use std::hint::spin_loop;
use std::sync::atomic::{AtomicU32, Ordering::SeqCst};
use std::thread;
use std::time::{Duration, Instant};

use measure::{Error, Pin, pinnable_cores, time};
use serde::Serialize;

/// How long a cache line takes from one core to another, for each pair of cores.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub(crate) struct Pairs {
    /// The cores' numbers in the system.
    pub(crate) cores: Vec<usize>,
    /// Seconds for one way, by row and column; `None` on the diagonal, and where the system would not
    /// pin a thread.
    pub(crate) seconds: Vec<Vec<Option<f64>>>,
    /// How many cores there are beside those: a table has room for few.
    pub(crate) left_out: usize,
}

const MOST: usize = 32;
const TURNS: u32 = 1000;
const BATCHES: usize = 5;
/// Where another program takes a core away, a batch is given up.
const PATIENCE: Duration = Duration::from_millis(100);

/// Measures each pair: a few milliseconds each.
pub(crate) fn pairs() -> Result<Pairs, Error> {
    let mut cores = pinnable_cores();
    let left_out = cores.len().saturating_sub(MOST);
    cores.truncate(MOST);
    let mut seconds = vec![vec![None; cores.len()]; cores.len()];
    for one in 0..cores.len() {
        for other in one + 1..cores.len() {
            let time = one_way(cores[one], cores[other])?;
            (seconds[one][other], seconds[other][one]) = (time, time);
        }
    }
    Ok(Pairs { cores, seconds, left_out })
}

impl Pairs {
    /// The quickest and the slowest pair.
    pub(crate) fn reach(&self) -> Option<(f64, f64)> {
        let all = || self.seconds.iter().flatten().flatten().copied();
        Some((all().reduce(f64::min)?, all().reduce(f64::max)?))
    }
}

/// Two threads write a number in turn: each waits for the other's, and adds one.
fn one_way(one: usize, other: usize) -> Result<Option<f64>, Error> {
    // ANCHOR: ping
    let line = AtomicU32::new(0);
    let play = |me: u32| {
        let begin = Instant::now();
        let take = |turn: u32| {
            while line.load(SeqCst) != turn {
                if begin.elapsed() > PATIENCE {
                    return false;
                }
                spin_loop();
            }
            line.store(turn + 1, SeqCst);
            true
        };
        // Whoever was answered once knows that the other one is there, too.
        let both_there = take(me) && take(me + 2);
        let (all, time) = time(|| both_there && (me + 4..2 * TURNS).step_by(2).all(take));
        all.then(|| time.as_secs_f64() / f64::from(2 * TURNS - 4))
    };
    // ANCHOR_END: ping
    let on = |core, me| Pin::to(core).ok().and_then(|_pin| play(me));
    let game = || {
        line.store(0, SeqCst);
        thread::scope(|scope| {
            let second = thread::Builder::new()
                .spawn_scoped(scope, || on(other, 1))
                .map_err(|cause| Error::no_thread(1, &cause))?;
            let first = thread::Builder::new().spawn_scoped(scope, || on(one, 0));
            let first = first.map_err(|cause| Error::no_thread(0, &cause));
            // Both are joined, whatever became of them.
            let times = (first.map(|first| first.join()), second.join());
            Ok::<_, Error>(match (times.0?, times.1) {
                (Ok(first), Ok(second)) => first.zip(second).map(|times| times.0),
                _ => None,
            })
        })
    };
    let mut best: Option<f64> = None;
    for _ in 0..BATCHES {
        best = game()?.into_iter().chain(best).reduce(f64::min);
    }
    Ok(best)
}
