//! Who waits for what, where an attempt does not come back.

use std::time::Duration;

use measure::{Activity, ThreadNow, threads_now};

use crate::lock::who_waits;

/// The threads of the judge itself, by their names: that which calls the attempt, and those that look on.
pub(crate) const CALLER: &str = "measure";
pub(crate) const LIFELINE: &str = "lifeline";

/// What to say of an attempt in which nobody has computed for so long.
pub(crate) fn deadlock(waited: Duration) -> String {
    let seconds = units::three_digits(waited.as_secs_f64());
    let threads = threads_now().unwrap_or_default();
    let own = || threads.iter().skip(1).filter(|thread| thread.name != LIFELINE);
    let does = |activity| own().any(|thread| thread.activity == activity);
    with_threads(if does(Activity::Runs) {
        format!(
            "it waits in a loop that does not end: hardly anything was computed for {seconds} s"
        )
    } else if does(Activity::Sleeps) && !does(Activity::WaitsToBeWoken) {
        format!("it sleeps: nothing was computed for {seconds} s")
    } else {
        format!("a deadlock: nobody computes any more (seen for {seconds} s)")
    })
}

/// What to say of one that goes on for longer than this.
pub(crate) fn endless(limit: Duration) -> String {
    let whole =
        format!("it does not come back within {} s", units::three_digits(limit.as_secs_f64()));
    with_threads(whole)
}

fn with_threads(mut text: String) -> String {
    let locks = who_waits();
    if !locks.is_empty() {
        text = format!("{text}; {}", locks.join("; "));
    }
    let Some(threads) = threads_now() else { return text };
    let described = describe(&threads);
    if described.is_empty() { text } else { format!("{text}; {}", described.join(", ")) }
}

/// A thread of the rules is named for the part that it plays, such as `the program`, and is called so.
const PART: &str = "the ";

/// Each thread of the attempt and of the rules, and what it does. The first of a process is the one that looks on.
fn describe(threads: &[ThreadNow]) -> Vec<String> {
    /// More are only counted.
    const MOST: usize = 8;
    let mut own: Vec<(u32, String)> = Vec::new();
    let mut number = 0;
    // Threads inherit the name of the one that starts them.
    let caller = threads.iter().find(|thread| thread.name == CALLER).map(|thread| thread.id);
    for thread in threads.iter().skip(1).filter(|thread| thread.name != LIFELINE) {
        let name = if Some(thread.id) == caller {
            "the caller".to_owned()
        } else if thread.name.starts_with(PART) {
            thread.name.clone()
        } else {
            number += 1;
            format!("thread {number}")
        };
        own.push((thread.id, name));
    }
    let named = |id: u32| own.iter().find(|(own, _)| *own == id).map(|(_, name)| name.as_str());
    let mut words: Vec<String> = threads
        .iter()
        .filter_map(|thread| {
            let name = named(thread.id)?;
            Some(match thread.activity {
                Activity::Runs => format!("{name} computes"),
                Activity::WaitsToBeWoken => {
                    format!("{name} waits to be woken (a lock, a condition, a channel)")
                }
                Activity::WaitsForThread(other) => {
                    format!("{name} waits for the end of {}", named(other).unwrap_or("a thread"))
                }
                Activity::WaitsForProcess => format!("{name} waits for the end of a process"),
                Activity::Reads => format!("{name} waits for something to read"),
                Activity::Writes => format!("{name} waits for a reader of its pipe"),
                Activity::Sleeps => format!("{name} sleeps"),
                Activity::Waits => format!("{name} waits"),
            })
        })
        .collect();
    let more = words.len().saturating_sub(MOST);
    words.truncate(MOST);
    if more > 0 {
        words.push(format!("and {}", units::count(more as u64, "more thread")));
    }
    words
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn threads_are_named_by_what_they_are_for() {
        let thread = |id, name: &str, activity| ThreadNow { id, name: name.to_owned(), activity };
        let threads = [
            thread(1, "attempt", Activity::WaitsToBeWoken),
            thread(2, LIFELINE, Activity::Reads),
            thread(3, CALLER, Activity::WaitsForThread(5)),
            thread(4, CALLER, Activity::Runs),
            thread(5, "attempt", Activity::WaitsToBeWoken),
            thread(6, "the program", Activity::Reads),
        ];
        assert_eq!(
            describe(&threads),
            [
                "the caller waits for the end of thread 2",
                "thread 1 computes",
                "thread 2 waits to be woken (a lock, a condition, a channel)",
                "the program waits for something to read"
            ]
        );
    }
}
