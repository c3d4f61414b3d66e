use std::fmt;
use std::time::Duration;

use measure::audit::Audit;
use units::count;

/// What an audited run of a strategy has to show. An exercise states its rules as data.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Rule {
    /// At least so many workers sum something.
    BusyWorkers(usize),
    /// At least so many workers sum at the same time, if only for a moment.
    AtOnce(usize),
    /// The longest busy time is at most so many times the mean.
    Imbalance(f64),
    /// Work is taken from others, at least so often.
    Steals(u64),
    /// The terms are summed in at most so many ranges, all workers together.
    MostRanges(usize),
    /// The terms are summed in at least so many ranges.
    FewestRanges(usize),
    /// Locks are taken at most so many times for each range.
    LocksARange(u64),
    /// Locks are taken at most so often in all.
    MostLocks(u64),
    /// Nobody holds a lock while it sums a range.
    SumsOutsideLocks,
    /// No thread is left running.
    NoThreadLeft,
}

/// What an audited run showed.
#[derive(Debug)]
pub(crate) struct Seen {
    pub(crate) audit: Audit,
    pub(crate) workers: usize,
    /// How often the kernel was asked, which is more than the spans: ranges that follow one another are one span.
    pub(crate) calls: u64,
    pub(crate) locks: u64,
    /// How often the kernel was asked by a thread that held a lock.
    pub(crate) under_lock: u64,
    /// How many threads there are more than before; `None` where the system does not tell.
    pub(crate) threads_left: Option<usize>,
}

impl Rule {
    /// What speaks against the run, in words.
    pub(crate) fn broken(self, seen: &Seen) -> Option<String> {
        let Seen { audit, workers, calls, locks, under_lock, threads_left } = seen;
        let what = match self {
            Rule::BusyWorkers(least) => {
                let busy = audit.busy_workers();
                (busy < least).then(|| {
                    format!("only {} of {workers} summed anything", count(busy as u64, "worker"))
                })
            }
            Rule::AtOnce(least) => {
                let most = most_at_once(audit);
                (most < least).then(|| match most {
                    1 => "the workers summed one after the other".to_owned(),
                    most => {
                        format!("at most {} summed at the same time", count(most as u64, "worker"))
                    }
                })
            }
            Rule::Imbalance(most) => {
                let imbalance = audit.imbalance()?;
                (imbalance > most).then(|| {
                    format!(
                        "the worker that was busy longest had {imbalance:.2} times as much to do as the mean"
                    )
                })
            }
            Rule::Steals(least) => {
                let steals: u64 = audit.steals().unwrap_or_default().iter().sum();
                (steals < least).then(|| format!("work was taken from others {steals} times"))
            }
            Rule::MostRanges(most) => (*calls > most as u64)
                .then(|| format!("the terms were summed in {}", count(*calls, "range"))),
            Rule::FewestRanges(least) => (*calls < least as u64)
                .then(|| format!("the terms were summed in {}", count(*calls, "range"))),
            Rule::LocksARange(most) => (*locks > most * calls)
                .then(|| format!("{} taken for {}", locks_were(*locks), count(*calls, "range"))),
            Rule::MostLocks(most) => {
                (*locks > most).then(|| format!("{} taken", locks_were(*locks)))
            }
            Rule::SumsOutsideLocks => (*under_lock > 0).then(|| {
                format!(
                    "{} summed by a worker that held a lock, so that others had to wait",
                    ranges_were(*under_lock)
                )
            }),
            Rule::NoThreadLeft => {
                let left = threads_left.filter(|left| *left > 0)?;
                Some(format!("{} still there after the sum was returned", threads_are(left)))
            }
        };
        what.map(|what| format!("{what}; asked for: {self}"))
    }
}

/// How many workers were within a span at the same time, at most.
fn most_at_once(audit: &Audit) -> usize {
    let mut steps: Vec<(Duration, i32)> = Vec::new();
    for span in &audit.spans {
        steps.extend([(span.start, 1), (span.end, -1)]);
    }
    // Who ends at the moment in which another begins is not beside it.
    steps.sort_unstable();
    let mut now = 0;
    let at_once = steps.iter().map(|(_, step)| {
        now += step;
        now
    });
    at_once.max().unwrap_or(0).max(0) as usize
}

fn ranges_were(ranges: u64) -> String {
    let were = if ranges == 1 { "was" } else { "were" };
    format!("{} {were}", count(ranges, "range"))
}

fn locks_were(locks: u64) -> String {
    let were = if locks == 1 { "was" } else { "were" };
    format!("{} {were}", count(locks, "lock"))
}

fn threads_are(threads: usize) -> String {
    let are = if threads == 1 { "is" } else { "are" };
    format!("{} {are}", count(threads as u64, "thread"))
}

impl fmt::Display for Rule {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Rule::BusyWorkers(least) => {
                write!(f, "at least {}", count(*least as u64, "busy worker"))
            }
            Rule::AtOnce(least) => {
                write!(f, "at least {} at work at the same time", count(*least as u64, "worker"))
            }
            Rule::Imbalance(most) => {
                write!(f, "no worker is busy for more than {most} times the mean")
            }
            Rule::Steals(least) => {
                write!(f, "workers take from each other, at least {}", times(*least))
            }
            Rule::MostRanges(most) => write!(f, "at most {}", count(*most as u64, "range")),
            Rule::FewestRanges(least) => write!(f, "at least {}", count(*least as u64, "range")),
            Rule::LocksARange(1) => f.write_str("at most one lock for each range"),
            Rule::LocksARange(most) => write!(f, "at most {most} locks for each range"),
            Rule::MostLocks(most) => write!(f, "at most {}", count(*most, "lock")),
            Rule::SumsOutsideLocks => f.write_str("nobody holds a lock while it sums"),
            Rule::NoThreadLeft => f.write_str("every thread has ended by then"),
        }
    }
}

fn times(number: u64) -> String {
    if number == 1 { "once".to_owned() } else { format!("{number} times") }
}

#[cfg(test)]
mod tests {
    use kernels::{Integers, Kernel, Known, Workers};
    use measure::audit::Audited;

    use super::*;

    /// A run of one thread that sums 10 terms in two ranges, asked of so many workers.
    fn seen(workers: usize) -> Seen {
        let kernel = Audited::new(Integers::new(10).expect("few"));
        kernel.sum(0..4);
        kernel.sum(5..10);
        let audit = kernel.finish(Workers::new(workers).expect("few"));
        Seen { audit, workers, calls: 2, locks: 3, under_lock: 1, threads_left: Some(1) }
    }

    #[test]
    fn what_is_broken_is_said_with_what_was_asked_for() {
        let broken = |rule: Rule| rule.broken(&seen(3)).unwrap_or_default();
        assert_eq!(broken(Rule::BusyWorkers(1)), "");
        assert_eq!(
            broken(Rule::BusyWorkers(2)),
            "only 1 worker of 3 summed anything; asked for: at least 2 busy workers"
        );
        assert_eq!(broken(Rule::AtOnce(1)), "");
        assert!(broken(Rule::AtOnce(2)).starts_with("the workers summed one after the other"));
        assert!(
            broken(Rule::Imbalance(1.5))
                .starts_with("the worker that was busy longest had 3.00 times")
        );
        assert!(broken(Rule::Steals(1)).starts_with("work was taken from others 0 times"));
        assert_eq!(
            broken(Rule::MostRanges(1)),
            "the terms were summed in 2 ranges; asked for: at most 1 range"
        );
        assert_eq!(
            (broken(Rule::MostRanges(2)), broken(Rule::FewestRanges(2))),
            (String::new(), String::new())
        );
        assert!(broken(Rule::FewestRanges(3)).ends_with("at least 3 ranges"));
        assert_eq!(
            broken(Rule::LocksARange(1)),
            "3 locks were taken for 2 ranges; asked for: at most one lock for each range"
        );
        assert_eq!(broken(Rule::MostLocks(3)), "");
        assert!(broken(Rule::MostLocks(2)).starts_with("3 locks were taken"));
        assert!(
            broken(Rule::SumsOutsideLocks).starts_with("1 range was summed by a worker that held")
        );
        assert!(broken(Rule::NoThreadLeft).starts_with("1 thread is still there"));
    }
}
