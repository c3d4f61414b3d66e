//! With `--pin` the workers of every strategy really are on their cores, and the caller is where it was
//! when the strategy has come back.

use std::collections::BTreeSet;
use std::ops::Range;
use std::sync::{Arc, Mutex};
use std::thread;
use std::time::Duration;

use course::Table;
use kernels::{AnyKernel, Event, Kernel, Known, Pi, Spec, Workers};
use measure::Setup;

const TERMS: u64 = 1000;

/// A kernel that notes on which cores its callers may run. Its ranges take long enough to be shared.
#[derive(Debug, Clone, Default)]
struct Where {
    seen: Arc<Mutex<BTreeSet<String>>>,
}

impl Where {
    fn note(&self) {
        self.seen.lock().expect("nobody panics under it").insert(cores());
    }
}

impl Kernel for Where {
    type Partial = u64;

    fn sum(&self, range: Range<u64>) -> u64 {
        self.note();
        thread::sleep(Duration::from_micros(200));
        range.sum()
    }

    fn term(&self, i: u64) -> u64 {
        self.note();
        i
    }

    fn grain(&self) -> u64 {
        10
    }

    fn spec(&self) -> Spec {
        Spec { kernel: Pi::NAME, terms: TERMS, data: None }
    }

    fn record(&self, event: Event) {
        if matches!(event, Event::Summed(_)) {
            self.note();
        }
    }
}

/// The cores that the calling thread may use, as the system lists them: `0-3,8`.
fn cores() -> String {
    let status = std::fs::read_to_string("/proc/thread-self/status").expect("Linux tells");
    let list = status.lines().find_map(|line| line.strip_prefix("Cpus_allowed_list:"));
    list.expect("the status has the cores").trim().to_owned()
}

/// Runs every strategy of `L` that pins its workers, by two workers: first without pins, then with.
/// `all_take_part` says whether both workers are sure to get a part.
pub fn workers_are_on_their_cores<L: Table>(all_take_part: bool) {
    let (two, usable, all) = (Workers::new(2).expect("two"), Workers::usable().get(), cores());
    for asked in [false, true] {
        let setup = if asked { Setup::default().pinned() } else { Setup::default() };
        let mut table = L::strategies::<AnyKernel>();
        table.retain(|strategy| strategy.unpinned.is_none());
        assert!(table.len() > 3, "most strategies pin their workers");
        for strategy in table {
            let place = Where::default();
            let kernel = AnyKernel::new(place.clone());
            let mut sum = strategy.start(&kernel, &setup.context(two)).expect("threads start");
            sum(&kernel, 0..TERMS).expect("no panics");
            assert_eq!(cores(), all, "{}: the caller is where it was", strategy.name);
            drop(sum);
            let seen = place.seen.lock().expect("nobody panicked under it");
            if !asked {
                assert!(seen.iter().eq([&all]), "{}: {seen:?}", strategy.name);
                continue;
            }
            let one_core = |list: &String| list.parse::<usize>().is_ok();
            assert!(!seen.is_empty() && seen.iter().all(one_core), "{}: {seen:?}", strategy.name);
            if all_take_part {
                assert_eq!(seen.len(), usable.min(2), "{}: {seen:?}", strategy.name);
            }
        }
        let affinity = setup.affinity();
        assert_eq!(affinity.succeeded(), asked.then_some(true), "{:?}", affinity.refusal());
    }
}
