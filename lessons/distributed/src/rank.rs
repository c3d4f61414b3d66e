//! One rank: it waits for orders, obeys them together with all others, and rank 0 answers.

mod build;
mod notes;
mod orders;
mod probe;
mod subject;
mod table;
mod watch;

use std::hint::black_box;
use std::ops::Range;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::process::ExitCode;
use std::time::{Duration, Instant};

use course::Output;
use kernels::{Kernel, Workers};
use measure::{Error, audit::Audited, check::TERMS, panics};
use mpi::Threading;
use mpi::environment::{Universe, initialize_with_threading, processor_name};
use mpi::traits::*;
use subject::Subject;

use crate::World;
use crate::messages::{Answer, Hello, Order};
pub use table::START;

/// The option that makes this program a rank.
pub const OPTION: &str = "--rank";

/// The exit code of a rank that failed, and so of all.
const FAILED: i32 = 70;

/// More terms are not summed before anything is timed.
const MANY: u64 = TERMS[0];

/// A host's name is cut off here.
const LONGEST_NAME: usize = 64;

/// Runs as an MPI rank until [`Order::End`].
pub fn serve() -> ExitCode {
    course::begin();
    watch::start();
    let output = Output::new(clap::ColorChoice::Never);
    // Only this thread speaks to the other ranks; the threads of `hybrid` only sum.
    let Some((universe, _)) = initialize_with_threading(Threading::Funneled) else {
        output.complain("rank failed: it could not reach the other ranks");
        return ExitCode::from(FAILED as u8);
    };
    let (control, rank) = (universe.world(), universe.world().rank());
    let life = catch_unwind(AssertUnwindSafe(|| live(&universe, output)));
    let cause = match life {
        Ok(Ok(())) => {
            drop(universe); // The ranks take leave of each other.
            watch::remove_folder();
            return ExitCode::SUCCESS;
        }
        Ok(Err(error)) => error.to_string(),
        Err(payload) => panics::text(&*payload),
    };
    output.complain(&format!("rank {rank} failed: {cause}"));
    control.abort(FAILED)
}

fn live(universe: &Universe, output: Output) -> Result<(), Error> {
    // Orders travel apart from what the strategies send, so that neither takes the other's messages.
    let (control, world) = (universe.world(), universe.world().duplicate());
    let hello = hello(&control);
    let zero = control.rank() == 0;
    if zero {
        tell(output, &hello)?;
    }
    if hello.stranger.is_some() {
        return Ok(());
    }
    // Two threads at most sum side by side, those of `hybrid`: this one, and one that helps. If that can't
    // be had, its sum fails.
    let _ = rayon::ThreadPoolBuilder::new().num_threads(2).use_current_thread().build_global();
    // One of many terms, and one of few: those that are summed before anything is timed.
    let mut subjects: [Option<Subject>; 2] = [None, None];
    loop {
        match orders::next(&control)? {
            Order::End => return Ok(()),
            Order::Probe => {
                if let Some(costs) = probe::costs(&world) {
                    tell(output, &costs)?;
                }
            }
            Order::Sum { strategy, kernel, of, lo, hi, times, notes } => {
                let subject = &mut subjects[usize::from(of > MANY)];
                if subject.as_ref().is_none_or(|subject| !subject.is(kernel, of)) {
                    drop(subject.take());
                    *subject = Some(Subject::new(kernel, of, &world)?);
                }
                let subject = subject.as_ref().expect("it was made just now");
                let numbers = subject.numbers();
                let job = Job { strategy: &strategy, terms: lo..hi, numbers, times, notes };
                let answer = match subject {
                    Subject::Part(kernel) => job.run(kernel, &control, &world),
                    Subject::Whole(kernel) => job.run(kernel, &control, &world),
                };
                if zero {
                    tell(output, &answer)?;
                }
            }
        }
    }
}

/// Who all ranks are. Every rank gets the same.
fn hello(control: &World) -> Hello {
    let ranks = control.size() as usize;
    // The types are written down: MPI would fill numbers of any size.
    let (mut processes, mut builds) = (vec![0_u32; ranks], vec![0_u64; ranks]);
    control.all_gather_into(&std::process::id(), &mut processes[..]);
    control.all_gather_into(&build::fingerprint(), &mut builds[..]);
    let mut name = processor_name().unwrap_or_default().into_bytes();
    name.resize(LONGEST_NAME, 0);
    let mut names = vec![0_u8; ranks * LONGEST_NAME];
    control.all_gather_into(&name[..], &mut names[..]);
    let host = |name: &[u8]| String::from_utf8_lossy(name).trim_end_matches('\0').to_owned();
    let hosts = names.chunks(LONGEST_NAME).map(host).collect();
    let stranger = builds.iter().position(|build| *build != builds[0]);
    Hello { processes, hosts, stranger }
}

fn tell(output: Output, what: &impl serde::Serialize) -> Result<(), Error> {
    output.result(&(serde_json::to_string(what).expect("a message is plain data") + "\n"))
}

/// One sum, to be done by all ranks together.
struct Job<'j> {
    strategy: &'j str,
    terms: Range<u64>,
    /// All numbers of `memory`, on rank 0.
    numbers: &'j [u64],
    times: u32,
    notes: bool,
}

impl Job<'_> {
    fn run<K: Kernel<Partial = u64>>(&self, kernel: &K, control: &World, world: &World) -> Answer {
        if self.notes {
            let (sum, time, book) = self.timed(control, world, || Audited::new(kernel.clone()));
            let notes = notes::gathered(&book.finish(Workers::ONE), control);
            return Answer { sums: vec![sum], nanoseconds: nanoseconds(time), notes };
        }
        let once = || {
            let (sum, time, _) = self.timed(control, world, || kernel.clone());
            (sum, time)
        };
        let (sums, middle) = repeated(self.times, once);
        Answer { sums, nanoseconds: nanoseconds(middle), notes: Vec::new() }
    }

    /// The sum. The clock starts before any rank may begin, so the starting signal is in the time: with
    /// more ranks than cores, rank 0 could otherwise find the others at work when it starts its clock.
    fn timed<K: Kernel<Partial = u64>>(
        &self,
        control: &World,
        world: &World,
        kernel: impl FnOnce() -> K,
    ) -> (u64, Duration, K) {
        let share = table::strategy::<K>(self.strategy);
        // ANCHOR: start
        let kernel = kernel();
        control.barrier(); // All ranks are there.
        let start = Instant::now();
        control.barrier(); // And now all may begin.
        let sum = share.sum(black_box(&kernel), black_box(self.terms.clone()), world, self.numbers);
        (sum, start.elapsed(), kernel)
        // ANCHOR_END: start
    }
}

/// Sums several times: the different sums that came of it, which is one if all went well, and the middle of
/// the times.
fn repeated(times: u32, mut once: impl FnMut() -> (u64, Duration)) -> (Vec<u64>, Duration) {
    let (mut sums, mut times): (Vec<u64>, Vec<Duration>) =
        (0..times.max(1)).map(|_| once()).unzip();
    sums.sort_unstable();
    sums.dedup();
    times.sort_unstable();
    (sums, times[times.len() / 2])
}

fn nanoseconds(time: Duration) -> u64 {
    u64::try_from(time.as_nanos()).unwrap_or(u64::MAX)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_wrong_sum_of_many_is_not_lost() {
        for wrong in [0, 3, 200] {
            let mut number = 0;
            let (sums, middle) = repeated(201, || {
                number += 1;
                let sum = if number - 1 == wrong { 6 } else { 5 };
                (sum, Duration::from_nanos(number))
            });
            assert_eq!((sums, middle), (vec![5, 6], Duration::from_nanos(101)), "{wrong}");
        }
        assert_eq!(repeated(0, || (5, Duration::ZERO)).0, [5]);
    }
}
