use std::fmt;
use std::process::ExitStatus;

/// How a process ended. Reads on after "it": `was killed by SIGKILL`, `ended with exit status 3`.
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
        match self {
            Exit::Status(status) => write!(f, "ended with exit status {status}"),
            Exit::Signal(number) => write!(f, "was killed by {}", signal_name(*number)),
            Exit::Unknown => write!(f, "ended, and the system does not tell how"),
        }
    }
}

impl From<ExitStatus> for Exit {
    fn from(status: ExitStatus) -> Self {
        #[cfg(unix)]
        if let Some(signal) = std::os::unix::process::ExitStatusExt::signal(&status) {
            return Exit::Signal(signal);
        }
        status.code().map_or(Exit::Unknown, Exit::Status)
    }
}

#[cfg(unix)]
fn signal_name(number: i32) -> String {
    let name = signal_hook::low_level::signal_name(number);
    name.map_or_else(|| format!("signal {number}"), str::to_owned)
}

#[cfg(not(unix))]
fn signal_name(number: i32) -> String {
    format!("signal {number}")
}

#[cfg(all(test, unix))]
mod tests {
    use std::os::unix::process::ExitStatusExt;

    use super::*;

    #[test]
    fn status_and_signal_are_told_apart() {
        let exit = |raw| Exit::from(ExitStatus::from_raw(raw));
        assert_eq!(exit(3 << 8).to_string(), "ended with exit status 3");
        assert_eq!(exit(9).to_string(), "was killed by SIGKILL");
        assert_eq!(exit(64).to_string(), "was killed by signal 64");
        // A shell reports the end of its child by signal 9 like this; it has ended by itself.
        assert_eq!(exit(137 << 8).status(), Some(137));
        assert!(exit(0).is_success() && !exit(9).is_success());
    }
}
