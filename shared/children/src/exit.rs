use std::fmt;
use std::process::ExitStatus;

use crate::ntstatus;
use crate::system::{Here, System};

/// How a process ended. Reads on after "it": `was killed by SIGKILL`, `ended with exit status 3`.
///
/// Windows has no signals: one that somebody has killed has a status, and one that the system has ended has a
/// large one, which is said in words.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Exit {
    /// By itself, with this status.
    Status(i32),
    /// By this signal.
    Signal(i32),
    /// The system does not tell: a caller that ignores SIGCHLD makes it forget.
    Unknown,
}

impl Exit {
    /// Whether it ended by itself, with status 0.
    pub fn is_success(self) -> bool {
        self == Exit::Status(0)
    }

    /// Its exit status, unless a signal ended it.
    pub fn status(self) -> Option<i32> {
        if let Exit::Status(status) = self { Some(status) } else { None }
    }

    /// The name of the signal that ended it, such as `SIGKILL`.
    pub fn signal(self) -> Option<String> {
        if let Exit::Signal(number) = self { Some(signal_name(number)) } else { None }
    }
}

impl fmt::Display for Exit {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match *self {
            Exit::Status(status) => match ntstatus::words(status) {
                Some(words) => write!(f, "{words} (exit status 0x{status:08X})"),
                None if Here::STATUS_OF_KILLED == Some(status) => {
                    write!(f, "was killed, or ended with exit status {status}")
                }
                None => write!(f, "ended with exit status {status}"),
            },
            Exit::Signal(number) => write!(f, "was killed by {}", signal_name(number)),
            Exit::Unknown => write!(f, "ended, and the system does not tell how"),
        }
    }
}

impl From<ExitStatus> for Exit {
    fn from(status: ExitStatus) -> Self {
        Here::exit(status)
    }
}

fn signal_name(number: i32) -> String {
    Here::signal_name(number).map_or_else(|| format!("signal {number}"), str::to_owned)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn status_and_signal_are_told_apart() {
        assert_eq!(Exit::Status(3).to_string(), "ended with exit status 3");
        assert_eq!(Exit::Signal(64).to_string(), "was killed by signal 64");
        // A shell reports the end of its child by signal 9 like this; it has ended by itself.
        assert_eq!(Exit::Status(137).to_string(), "ended with exit status 137");
        assert_eq!(Exit::Signal(9).status(), None);
        assert!(Exit::Status(0).is_success() && !Exit::Signal(9).is_success());
    }

    #[test]
    fn what_ends_a_program_on_windows_has_words() {
        let said = |status: u32| Exit::Status(status.cast_signed()).to_string();
        assert_eq!(said(0xC000_0005), "was ended by an access violation (exit status 0xC0000005)");
        assert_eq!(said(0xC000_013A), "was ended by Ctrl-C (exit status 0xC000013A)");
        assert_eq!(said(0xC000_0001), "was ended by the system (exit status 0xC0000001)");
    }
}
