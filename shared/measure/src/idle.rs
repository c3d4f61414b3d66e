use std::thread;
use std::time::Duration;

use crate::{Error, cpu_time, time};

/// The CPU seconds that this process burns in a second in which nobody asks it for anything: while the caller sleeps
/// for `gap` after each of `calls` calls of `work`. `None` where the system does not tell.
///
/// Workers that spin for their next work burn a core each, whoever else may want it; workers that sleep burn none, and
/// have to be woken. Most libraries do the first for a while, and then the second: so the answer depends on the gap.
///
/// Linux adds up what a running thread burns some hundred times a second only. So all gaps together should be 0.1
/// seconds and more.
///
/// ```
/// let gap = std::time::Duration::from_millis(2);
/// let burnt = measure::idle_burn(gap, 5, &mut || Ok(()))?;
/// assert!(burnt.is_none_or(|cores| cores < 0.9), "nobody works: {burnt:?}");
/// # Ok::<(), measure::Error>(())
/// ```
///
/// # Errors
///
/// That of the first call that failed.
pub fn idle_burn(
    gap: Duration,
    calls: u32,
    work: &mut dyn FnMut() -> Result<(), Error>,
) -> Result<Option<f64>, Error> {
    let (mut burnt, mut idle) = (Some(Duration::ZERO), Duration::ZERO);
    // What was burnt before may be added up only when a thread falls asleep: in a gap that does not count.
    work()?;
    thread::sleep(gap);
    for _ in 0..calls {
        work()?;
        let before = cpu_time::of_process();
        let ((), slept) = time(|| thread::sleep(gap));
        let burnt_now =
            cpu_time::of_process().zip(before).map(|(end, start)| end.saturating_sub(start));
        burnt = burnt.zip(burnt_now).map(|(so_far, now)| so_far + now);
        idle += slept;
    }
    Ok(burnt.map(|burnt| burnt.as_secs_f64() / idle.as_secs_f64()))
}

#[cfg(test)]
mod tests {
    use std::hint::spin_loop;
    use std::sync::atomic::{AtomicBool, Ordering::Relaxed};

    use super::*;

    /// A thread that spins burns what the system gives it; with one core, half of one at least.
    #[test]
    #[cfg_attr(not(target_os = "linux"), ignore = "other clocks of a process move in steps")]
    fn a_thread_that_spins_is_seen() {
        let over = AtomicBool::new(false);
        let burn = |gap| idle_burn(gap, 10, &mut || Ok(())).expect("nothing fails");
        let gap = Duration::from_millis(10);
        let spinning = thread::scope(|scope| {
            scope.spawn(|| {
                while !over.load(Relaxed) {
                    spin_loop();
                }
            });
            let burnt = burn(gap);
            over.store(true, Relaxed);
            burnt.expect("Linux tells")
        });
        assert!(spinning > 0.05, "{spinning}");
    }
}
