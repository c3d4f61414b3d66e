//! The row of a rung.

use std::ops::Range;
use std::path::PathBuf;
use std::sync::Arc;

use kernels::{Kernel, Workers};
use measure::{Context, Error, Registration, Strategy, Sum, Summed};

use crate::pythons::Pythons;
use crate::report::Report;
use crate::rung::{Count, Rung};
use crate::session::kills;
use crate::sum::{Ready, Task};

/// The row of a rung, summed by one of `pythons`; `file` replaces the rung's own.
pub fn strategy<K: Kernel>(
    rung: &'static Rung,
    file: Option<PathBuf>,
    pythons: &Arc<Pythons>,
) -> Strategy<K> {
    let pythons = Arc::clone(pythons);
    let start = move |kernel: &K, context: &Context| {
        let (spec, workers) = (kernel.spec(), context.workers());
        let task = Task { rung, file: file.clone(), spec, workers };
        let mut lent = Lent::new(&pythons, task, context)?;
        let sum: Sum<K> = Box::new(move |kernel, terms| {
            let Summed { sum, took } = lent.sum(kernel, terms)?;
            Ok(Summed { sum: sum.into(), took })
        });
        Ok(sum)
    };
    let mut row = Strategy::from_data(rung.name, rung.about, Box::new(start));
    if rung.per_term {
        row = row.per_term();
    }
    if rung.workers == Count::One {
        row = row.alone();
    }
    let row = match rung.only {
        Some(only) => row.only_on(only),
        None => row,
    };
    row.unpinned("it runs in a process of its own")
}

/// A child that one run uses, and that goes back to the idle ones. Cancelling the run kills it.
struct Lent {
    ready: Option<Ready>,
    pythons: Arc<Pythons>,
    _cancelled: Registration,
}

impl Lent {
    /// An idle child that fits, or a new one.
    fn new(pythons: &Arc<Pythons>, task: Task, context: &Context) -> Result<Self, Error> {
        let (ready, cancelled) = match pythons.take_idle(&task) {
            Some(ready) => {
                let cancelled = kills(context.cancellation(), ready.child.killer());
                (ready, cancelled)
            }
            None => {
                let python = pythons.python_for(task.rung)?;
                let killer = pythons.session.killer();
                let cancelled = kills(context.cancellation(), &killer.0);
                let name = task.rung.name;
                let (ready, stages) = Ready::start(&pythons.session, &python, task, killer)?;
                pythons.reports().entry(name).or_insert(Report { stages, bytes_sent: None });
                (ready, cancelled)
            }
        };
        Ok(Lent { ready: Some(ready), pythons: Arc::clone(pythons), _cancelled: cancelled })
    }

    fn sum<K: Kernel>(&mut self, kernel: &K, terms: Range<u64>) -> Result<Summed<u64>, Error> {
        let ready = self.ready.as_mut().ok_or_else(|| Error::Worker {
            worker: "Python".to_owned(),
            cause: "it has failed before".to_owned(),
            remedy: "run it again",
        })?;
        let answer = ready.sum(kernel, terms);
        if answer.is_err() {
            self.ready = None; // What it answers from now on would be to other questions.
        }
        answer
    }
}

impl Drop for Lent {
    fn drop(&mut self) {
        let Some(ready) = self.ready.take() else { return };
        if let Some(report) = self.pythons.reports().get_mut(ready.task.rung.name) {
            report.bytes_sent = ready.bytes_sent.or(report.bytes_sent);
        }
        self.pythons.keep(ready);
    }
}

/// Test helper: starts `rung` and sums each range in turn.
///
/// # Errors
///
/// Those of the child.
pub fn sums_of<K: Kernel>(
    rung: &'static Rung,
    kernel: &K,
    workers: Workers,
    ranges: &[Range<u64>],
) -> Result<Vec<u64>, Error> {
    let pythons = Pythons::default();
    let python = pythons.python_for(rung)?;
    let task = Task { rung, file: None, spec: kernel.spec(), workers };
    let (mut ready, _) = Ready::start(&pythons.session, &python, task, pythons.session.killer())?;
    ranges.iter().map(|range| Ok(ready.sum(kernel, range.clone())?.sum)).collect()
}
