use std::process::Command;
use std::time::{Duration, Instant};

use crate::system::{Here, System};
use crate::{Error, Exit, Killer};

/// A program that has run to its end under a stopwatch.
///
/// Nobody talked to it meanwhile: what it reads and writes are files. A pipe that this program empties would
/// cost a core, and be in the time.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Timed {
    /// How it ended.
    pub exit: Exit,
    /// From before its start to its end.
    pub wall: Duration,
    /// What it used for that.
    pub usage: Usage,
}

/// What a program used, together with those that it has started and waited for. On Linux also those that it has
/// left behind in its group, if [orphans](crate::orphans) are adopted; on Windows all that it has started.
#[derive(Debug, Clone, Copy, Default, PartialEq)]
pub struct Usage {
    /// The time on a core; `None` where the system does not tell.
    pub cpu: Option<Duration>,
    /// The most memory that one of them had at a time (on Windows: all of them).
    pub peak_bytes: Option<u64>,
    /// How often it gave its core away, to wait, and how often the core was taken from it; `None` where the system
    /// does not tell.
    pub switches: Option<Switches>,
    /// How many of its group still ran when it ended, and were killed.
    pub left: usize,
}

/// How often a program left its core.
#[derive(Debug, Clone, Copy, Default, PartialEq)]
pub struct Switches {
    /// Because it waited for something.
    pub given: u64,
    /// Because others were to have it.
    pub taken: u64,
}

impl Timed {
    /// Runs `command` to its end, in a process group of its own, with the streams that it was given.
    ///
    /// What the program leaves running in its group is killed: it would disturb what is timed next.
    ///
    /// ```
    /// use std::process::{Command, Stdio};
    /// let mut echo = Command::new("rustc");
    /// echo.arg("--version").stdout(Stdio::null());
    /// let timed = children::Timed::run(&mut echo, &children::Killer::of_group())?;
    /// assert!(timed.exit.is_success() && timed.usage.left == 0);
    /// # Ok::<(), children::Error>(())
    /// ```
    ///
    /// # Errors
    ///
    /// [`Error::NotStarted`] where the system refuses it, [`Error::Cancelled`] where `killer` was used before.
    pub fn run(command: &mut Command, killer: &Killer) -> Result<Self, Error> {
        let begin = Instant::now();
        killer.start(command)?;
        if let Some(watch) = killer.watch() {
            Here::await_end(&watch);
        }
        // At once, where the system could wait.
        killer.wait(Duration::MAX);
        let wall = begin.elapsed();
        let (exit, usage) = killer.reap_with_usage();
        Ok(Timed { exit, wall, usage })
    }
}

/// A line for the shell of this system: `sh`, or `cmd`.
pub fn shell(line: &str) -> Command {
    Here::shell(line)
}

#[cfg(test)]
mod tests {
    use std::thread;

    use super::*;

    #[test]
    #[cfg_attr(
        not(target_os = "linux"),
        ignore = "needs to adopt orphans, which only Linux lets programs do"
    )]
    fn what_is_left_in_the_group_is_killed_and_counted() {
        crate::orphans::adopt();
        let burn = "while :; do :; done & sleep 0.2; exit 3";
        let timed = Timed::run(&mut shell(burn), &Killer::of_group()).expect("there is a shell");
        assert_eq!((timed.exit, timed.usage.left), (Exit::Status(3), 1), "{timed:?}");
        let (cpu, peak) = (timed.usage.cpu.expect("told"), timed.usage.peak_bytes.expect("told"));
        // How much of the time it had a core for is not known, but that it had one.
        assert!(Duration::from_millis(2) < cpu && cpu < 2 * timed.wall, "{timed:?}");
        assert!(100_000 < peak && peak < 1_000_000_000, "{timed:?}");
    }

    #[test]
    #[cfg_attr(not(unix), ignore = "needs a shell")]
    fn it_can_be_killed_while_it_runs() {
        let killer = Killer::of_group();
        let other = killer.clone();
        let killing = thread::spawn(move || {
            thread::sleep(Duration::from_millis(100));
            other.kill();
        });
        let timed = Timed::run(&mut shell("sleep 60 & wait"), &killer).expect("it has started");
        killing.join().expect("it ends");
        assert_eq!(timed.exit.signal().as_deref(), Some("SIGKILL"));
        assert!(timed.wall < Duration::from_secs(30) && timed.usage.left <= 1, "{timed:?}");
        assert!(matches!(Timed::run(&mut shell("true"), &killer), Err(Error::Cancelled)));
    }
}
