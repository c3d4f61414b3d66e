//! Two sides that take turns.

use std::time::Duration;

use kernels::{Kernel, Workers};
use measure::{Context, Error, Strategy, Sum, idle_burn};
use rng::Rng;

use super::opponent::Opponent;
use crate::recorder::Pass;
use crate::sample::Problem;

/// Whether all workers sleep is looked at over so long a time: more than a tick of the system, for it may count the
/// CPU time of other cores by ticks.
const STEP: Duration = Duration::from_millis(5);

/// So many steps after each other must be quiet.
const QUIET_STEPS: u32 = 2;

/// Workers that sleep burn less than this part of a core.
const QUIET: f64 = 0.05;

/// After so many steps workers will not fall asleep at all.
const MOST_STEPS: u32 = 100;

/// Ours gets no more calls in a pass than take about so long, where the foreign side is much faster.
const LONGEST: Duration = Duration::from_millis(50);

/// Beside calls that are longer than this, waking workers does not count: that takes a few dozen microseconds.
const LONG: Duration = Duration::from_millis(20);

/// Before either side is timed it works for about so long, uncounted. Both sides were woken through pipes, and a system that
/// wakes a reader likes to put it on the writer's core, where its own worker may have been: then two threads share one core
/// while the other one idles, until the system has looked a few times, once every few milliseconds.
const WARM_UP: Duration = Duration::from_millis(20);

/// A foreign side and one of ours.
pub(super) struct Turns<K: Kernel> {
    foreign: Opponent<K>,
    ours: Strategy<K>,
    sum: Sum<K>,
    is_shared: bool,
    /// What a call took in the pass before: the foreign one, and ours.
    last: Option<(Duration, Duration)>,
}

impl<K: Kernel<Partial = u64>> Turns<K> {
    /// Both sides, with their workers.
    pub(super) fn start(
        foreign: Opponent<K>,
        ours: Strategy<K>,
        workers: Workers,
        problem: &Problem<K>,
    ) -> Result<Self, Error> {
        let sum = ours.start(&problem.kernel, &Context::new(workers))?;
        Ok(Turns { foreign, ours, sum, is_shared: workers != Workers::ONE, last: None })
    }

    /// So many calls of the foreign side, and as many of ours, in an order that is drawn. Where calls are short, the first ones
    /// of each side do not count: they wake its workers up, and give the system time to spread them.
    pub(super) fn pass(
        &mut self,
        problem: &Problem<K>,
        calls: u64,
        rng: &mut Rng,
    ) -> Result<Pass, Error> {
        let wakes = self.last.is_none_or(|(theirs, ours)| theirs.min(ours) < LONG);
        let few = |ours: Duration| (LONGEST.as_nanos() / ours.as_nanos().max(1)).max(1) as u64;
        let ours_calls = calls.min(self.last.map_or(1, |(_, ours)| few(ours)));
        let (mut theirs, mut ours) = (Duration::ZERO, Duration::ZERO);
        let is_foreign_first = rng.below(2) == 0;
        for is_foreign in [is_foreign_first, !is_foreign_first] {
            self.rest()?;
            if is_foreign {
                if wakes {
                    self.foreign.time(problem, self.warm_up(0))?;
                }
                theirs = self.foreign.time(problem, calls)?;
            } else {
                if wakes {
                    problem.timed(self.warm_up(1), &self.ours.name, &mut self.sum)?;
                }
                ours = problem.timed(ours_calls, &self.ours.name, &mut self.sum)?;
            }
        }
        let each = |time: Duration, calls: u64| time.as_secs_f64() / calls as f64;
        let (their_call, our_call) = (each(theirs, calls), each(ours, ours_calls));
        let durations = [their_call, our_call].map(Duration::from_secs_f64);
        self.last = Some((durations[0], durations[1]));
        Ok(Pass { time: theirs, ours: Some(our_call), ..Pass::default() })
    }

    /// How many calls warm a side up: the foreign one, or ours.
    fn warm_up(&self, side: usize) -> u64 {
        let Some((theirs, ours)) = self.last else { return 1 };
        let call = [theirs, ours][side].as_nanos().max(1);
        if self.is_shared { (WARM_UP.as_nanos() / call).clamp(1, 1_000_000) as u64 } else { 1 }
    }

    /// Waits until the workers of both sides are asleep: those of OpenMP and some others stay awake for a while, and
    /// would take the cores from the other side.
    fn rest(&mut self) -> Result<(), Error> {
        if !self.is_shared {
            return Ok(());
        }
        let mut quiet = 0;
        for _ in 0..MOST_STEPS {
            let before = self.foreign.cpu_time()?;
            let ours = idle_burn(STEP, 1, &mut || Ok(()))?.unwrap_or_default();
            let theirs = self.foreign.cpu_time()?.zip(before);
            let theirs = theirs.map_or(0.0, |(now, before)| {
                // A gap that does not count, and one that does.
                now.saturating_sub(before).as_secs_f64() / (2.0 * STEP.as_secs_f64())
            });
            quiet = if ours + theirs < QUIET { quiet + 1 } else { 0 };
            if quiet == QUIET_STEPS {
                return Ok(());
            }
        }
        Err(Error::Worker {
            worker: "the pause between both sides".to_owned(),
            cause: format!("after {MOST_STEPS} steps of {STEP:?} some workers are still awake"),
            remedy: "let them sleep: unset OMP_WAIT_POLICY and GOMP_SPINCOUNT",
        })
    }
}
