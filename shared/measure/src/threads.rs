//! What the threads of this process do just now: for whoever wants to say who waits for what.

use crate::system::{Here, System};

/// What each thread of this process does just now, in the order in which they were started; `None` where the system
/// does not tell.
pub fn threads_now() -> Option<Vec<ThreadNow>> {
    Here::threads()
}

/// A thread, and what it does just now.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ThreadNow {
    /// The system's number of the thread.
    pub id: u32,
    /// Its name, cut to the 15 letters that Linux keeps; that of the program where it was given none.
    pub name: String,
    /// What it does.
    pub activity: Activity,
}

/// What a thread does.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Activity {
    /// It computes, or wants to.
    Runs,
    /// It waits until somebody wakes it: at a lock, a condition, a channel, or parked.
    WaitsToBeWoken,
    /// It waits for the end of the thread with this number.
    WaitsForThread(u32),
    /// It waits for the end of a process.
    WaitsForProcess,
    /// It waits for bytes from a pipe or a file.
    Reads,
    /// It waits for room in a pipe.
    Writes,
    /// It sleeps for a time that it chose itself.
    Sleeps,
    /// It waits for something else.
    Waits,
}

impl ThreadNow {
    /// The thread with number `id`, of whose folder in `/proc` `read` reads the files.
    pub fn of_proc(id: u32, read: &dyn Fn(&str) -> Option<String>) -> Option<Self> {
        let stat = read("stat")?;
        // The name may hold anything.
        let (name, rest) = stat.split_once('(')?.1.rsplit_once(')')?;
        let state = rest.trim_start().chars().next()?;
        let activity = if state == 'R' {
            Activity::Runs
        } else {
            let call = read("syscall").unwrap_or_default();
            waiting(&read("wchan").unwrap_or_default(), awaited(&call))
        };
        Some(ThreadNow { id, name: name.to_owned(), activity })
    }
}

/// What a thread waits for that sleeps in this function of the Linux kernel, with this third argument of its system call.
fn waiting(function: &str, argument: Option<u32>) -> Activity {
    match function.trim() {
        // Whoever joins a thread waits until its number, which is the value expected, is gone.
        futex if futex.contains("futex") => match argument.filter(|value| *value > 2) {
            Some(thread) if thread != u32::MAX => Activity::WaitsForThread(thread),
            _ => Activity::WaitsToBeWoken,
        },
        "do_wait" => Activity::WaitsForProcess,
        sleep if sleep.contains("nanosleep") => Activity::Sleeps,
        pipe if pipe.ends_with("pipe_read") => Activity::Reads,
        pipe if pipe.ends_with("pipe_write") => Activity::Writes,
        _ => Activity::Waits,
    }
}

/// The third argument of a system call, as a number of 32 bits: `202 0x7f77 0x109 0x39c2 ...`.
fn awaited(call: &str) -> Option<u32> {
    let argument = call.split_whitespace().nth(3)?.strip_prefix("0x")?;
    u64::from_str_radix(argument, 16).ok().map(|value| value as u32)
}

#[cfg(test)]
mod tests {
    use std::sync::mpsc::channel;
    use std::thread;
    use std::time::{Duration, Instant};

    use super::*;
    use crate::facts::recorded::files;

    /// Linux 6.12 on x86-64, read from a program of one thread for each line.
    #[test]
    fn what_a_thread_waits_for_is_read_from_its_files() {
        let activity = |stat, wchan, syscall| {
            let read = files(&[("stat", stat), ("wchan", wchan), ("syscall", syscall)]);
            ThreadNow::of_proc(7, &read).expect("it is there").activity
        };
        let sleeping = "14780 (a) name) S 1 2";
        assert_eq!(activity("7 (w) R 1 2", "0", "running"), Activity::Runs);
        assert_eq!(
            activity(sleeping, "futex_do_wait", "202 0x5611e83cdaf0 0x89 0x2 0x0 0x0 0xffffffff"),
            Activity::WaitsToBeWoken
        );
        assert_eq!(
            activity(sleeping, "futex_do_wait", "202 0x5611e83ce858 0x89 0xffffffff 0x0 0x0 0x0"),
            Activity::WaitsToBeWoken
        );
        assert_eq!(
            activity(sleeping, "futex_do_wait", "202 0x7f77cbbfd990 0x109 0x39c2 0x0 0x0 0x0"),
            Activity::WaitsForThread(14786)
        );
        assert_eq!(activity(sleeping, "hrtimer_nanosleep", "230 0x1 0x0 0x7f77"), Activity::Sleeps);
        assert_eq!(activity(sleeping, "anon_pipe_read", "0 0x3 0x7f 0x1"), Activity::Reads);
        assert_eq!(activity(sleeping, "do_wait", "61 0x39c0 0x7f 0x0"), Activity::WaitsForProcess);
        assert_eq!(activity(sleeping, "0", ""), Activity::Waits);
        let named = ThreadNow::of_proc(7, &files(&[("stat", sleeping)])).expect("it is there");
        assert_eq!(named.name, "a) name");
        assert_eq!(ThreadNow::of_proc(7, &|_| None), None);
    }

    #[test]
    #[cfg_attr(not(target_os = "linux"), ignore = "reads from /proc what threads wait for")]
    fn a_thread_that_waits_is_seen_to_wait() {
        let (send, receive) = channel::<()>();
        let waiting = thread::spawn(move || receive.recv());
        let end = Instant::now() + Duration::from_secs(30);
        let seen = || threads_now().expect("Linux tells");
        while !seen().iter().any(|thread| thread.activity == Activity::WaitsToBeWoken) {
            assert!(Instant::now() < end, "{:?}", seen());
            thread::sleep(Duration::from_millis(5));
        }
        assert!(seen().iter().any(|thread| thread.activity == Activity::Runs), "{:?}", seen());
        drop(send);
        assert!(waiting.join().expect("it ends").is_err());
    }
}
