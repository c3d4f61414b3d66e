use std::io;
use std::path::PathBuf;
use std::time::Duration;

/// The exit code of a program to which the system refused something.
pub const REFUSED: u8 = 71;

/// Everything that can end a run, or a row, badly.
///
/// Each error prints as one line that names what failed, why, and what to do, and knows the exit
/// code of the program that it ends ([`Error::exit_code`]).
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// The command line asks for something that does not exist.
    #[error("{0}")]
    Usage(String),

    /// A kernel cannot be made: its sum would not fit, or its data would not.
    #[error(transparent)]
    Kernel(#[from] kernels::Error),

    /// A worker could not do its part: it panicked, died, hung or answered nonsense.
    #[error("{worker} failed: {cause}; {remedy}")]
    Worker {
        /// Which worker, as the reader knows it: `worker 3 (process 4711)`.
        worker: String,
        /// What happened: a signal's name, an exit status, a panic's text.
        cause: String,
        /// What the reader can do about it.
        remedy: &'static str,
    },

    /// The system refused a thread, a process, memory, a descriptor or a file.
    #[error("{what} was refused: {cause}; {remedy}")]
    Refused {
        /// What was asked for.
        what: String,
        /// The system's answer.
        cause: String,
        /// What the reader can do about it.
        remedy: &'static str,
    },

    /// Something that is not part of this workspace is missing on this machine. A row is then skipped.
    #[error("{what} is missing: {why}; {remedy}")]
    Missing {
        /// What was looked for.
        what: String,
        /// Where it was looked for, or what it answered.
        why: String,
        /// What the reader can do about it: the command that installs it.
        remedy: &'static str,
    },

    /// The result could not be written.
    #[error("the result could not be written: {0}")]
    Output(#[source] io::Error),

    /// A file that a result was to be saved in could not be created or written.
    #[error(
        "the {what} could not be written to {}: {cause}; give {option} a place where there is \
         room and where you may write",
        path.display()
    )]
    Save {
        /// What was to be saved: `trace`.
        what: &'static str,
        /// The option that names the file: `--trace`.
        option: &'static str,
        /// The file, as it was given.
        path: PathBuf,
        /// The system's answer.
        cause: io::Error,
    },

    /// What is in a file is not what the program reads.
    #[error(
        "{}{}: {cause}; {remedy}",
        path.display(),
        line.map(|line| format!(", line {line}")).unwrap_or_default()
    )]
    Data {
        /// The file, as it was given.
        path: PathBuf,
        /// The line, counted from 1; `None` where it is the whole file.
        line: Option<u64>,
        /// What is wrong with it.
        cause: String,
        /// What the reader can do about it.
        remedy: &'static str,
    },

    /// A file that the program was to read cannot be read.
    #[error("{} cannot be read: {cause}; {remedy}", path.display())]
    Input {
        /// The file, as it was given.
        path: PathBuf,
        /// The system's answer, or what the file is instead.
        cause: String,
        /// What the reader can do about it.
        remedy: &'static str,
    },

    /// A row failed without which there is no answer.
    #[error("{row}: {cause}")]
    Row {
        /// Which row: `scoped with 4 workers`.
        row: String,
        /// What speaks against it.
        cause: String,
        /// The exit code that it asks for.
        exit_code: u8,
    },

    /// A strategy ran longer than `--timeout` allows.
    #[error(
        "{run} took longer than {}{}: give it more with --timeout, or fewer terms with -n",
        units::seconds(limit.as_secs_f64()),
        waited_for.as_ref().map(|worker| format!(" and was ended while it waited for {worker}"))
            .unwrap_or_default()
    )]
    TimedOut {
        /// Which run, as the reader knows it: `scoped with 4 workers`.
        run: String,
        /// The limit that was reached.
        limit: Duration,
        /// Whose answer was missing then, where that is known: `worker 3 (process 4711)`.
        waited_for: Option<String>,
    },

    /// One of the first sums of a strategy is wrong already.
    #[error("{fault} ({}); fix the code of this strategy", units::count(*terms, "term"))]
    WrongSum {
        /// How many terms were summed.
        terms: u64,
        /// What is wrong with the sum.
        fault: String,
    },

    /// Partials of a reader's own kernel do not join.
    #[error("{0}; fix that in yours/src/lib.rs: no strategy is to blame")]
    Join(String),

    /// All threads of a strategy wait, and none computes.
    #[error(
        "{run} is stuck: no thread of it used the processor for {}, so all of them wait, for each other \
         (a deadlock) or for what never comes; look at its locks, channels, barriers and joins",
        units::seconds(waited.as_secs_f64())
    )]
    Deadlocked {
        /// Which run, as the reader knows it: `scoped with 4 workers`.
        run: String,
        /// For how long nobody computed.
        waited: Duration,
    },
}

impl Error {
    /// The run that never came back, where this is the error that says so.
    pub fn stuck_run(&self) -> Option<&str> {
        match self {
            Error::TimedOut { run, .. } | Error::Deadlocked { run, .. } => Some(run),
            _ => None,
        }
    }

    /// A thread that the system would not start.
    pub fn no_thread(worker: usize, cause: &io::Error) -> Self {
        Error::Refused {
            what: format!("a thread for worker {worker}"),
            cause: cause.to_string(),
            remedy: "ask for fewer workers with -w, or raise the limit (ulimit -u)",
        }
    }

    /// A worker process that the system would not start.
    pub fn no_process(worker: usize, cause: &io::Error) -> Self {
        Error::Refused {
            what: format!("a process for worker {worker}"),
            cause: cause.to_string(),
            remedy: match cause.kind() {
                io::ErrorKind::NotFound => Error::NO_PROC,
                _ => "ask for fewer workers with -w, or raise the limit (ulimit -u, ulimit -n)",
            },
        }
    }

    /// What to do where this program does not find itself, and so cannot be started again as a worker.
    pub const NO_PROC: &str = "mount /proc, by which this program finds itself";

    /// The exit code of a program that ends with this error.
    pub fn exit_code(&self) -> u8 {
        match self {
            Error::WrongSum { .. } | Error::Join(_) => 1,
            Error::Usage(_) => 2,
            Error::Kernel(kernels::Error::TooManyTerms { .. }) | Error::Data { .. } => 65,
            Error::Input { .. } => 66,
            Error::Worker { .. } | Error::Deadlocked { .. } => 70,
            Error::Refused { .. }
            | Error::Missing { .. }
            | Error::Kernel(kernels::Error::NoMemory(_)) => REFUSED,
            Error::Row { exit_code, .. } => *exit_code,
            Error::Output(_) | Error::Save { .. } => 74,
            Error::TimedOut { .. } => 75,
        }
    }

    /// The exit code of a program whose rows ask for these: that of the worst.
    pub fn worst(codes: impl Iterator<Item = u8>) -> u8 {
        let order = [1, 70, 75, 71];
        let rank = |code: &u8| order.iter().position(|worse| worse == code).unwrap_or(order.len());
        codes.min_by_key(rank).unwrap_or(0)
    }
}
