//! Runs a lesson's real program, and reads what it says.

use std::process::{Command, Stdio};

use course::{Lesson, Table};
use kernels::KernelName;

pub use crate::ended::{Ended, finish};
pub use crate::system::listening;

/// A lesson's program, and what its tests must know of it.
#[derive(Debug, Clone, Copy)]
pub struct Program {
    /// Where it lies.
    pub path: &'static str,
    /// The name of its lesson.
    pub name: &'static str,
    /// What its lesson asks.
    pub question: &'static str,
    /// What it sums.
    pub kernels: &'static [KernelName],
    /// The beginnings of the names of rows that a compiler may fold.
    pub folding: &'static [&'static str],
    /// A run that takes a moment.
    pub short: &'static [&'static str],
    /// A run that is not done before it is ended.
    pub long: &'static [&'static str],
}

const SHORT: &[&str] = &["-n", "10", "--rounds", "1", "-s", "your-turn"];
const LONG_PRIMES: &[&str] =
    &["-k", "primes", "-n", "2e7", "-w", "2", "--no-baseline", "--rounds", "1"];
const LONG: &[&str] = &["-n", "1e6", "-w", "1", "--no-baseline", "--rounds", "1000000"];

impl Program {
    /// The program of a lesson that is a table of strategies; see [`program!`](crate::program!).
    pub const fn of<L: Table>(path: &'static str) -> Self {
        let has_primes = L::KERNELS.len() >= KernelName::BUILT_IN.len();
        let long = if has_primes { LONG_PRIMES } else { LONG };
        Program { kernels: L::KERNELS, ..Program::without_table::<L>(path, SHORT, long) }
    }

    /// A program without such a table, with a short run and a long one.
    pub const fn without_table<L: Lesson>(
        path: &'static str,
        short: &'static [&'static str],
        long: &'static [&'static str],
    ) -> Self {
        let (name, question) = (L::NAME, L::QUESTION);
        Program { path, name, question, kernels: &[], folding: &[], short, long }
    }

    /// The same, and rows whose names begin so may be folded.
    pub const fn folding(mut self, names: &'static [&'static str]) -> Self {
        self.folding = names;
        self
    }

    /// The program with `arguments`; see [`command`].
    pub fn command(&self, arguments: &[&str]) -> Command {
        command(self.path, arguments)
    }

    /// Runs it to its end.
    pub fn run(&self, arguments: &[&str]) -> Ended {
        run(self.path, arguments)
    }

    /// Runs it to its end with these arguments, some more, and `--json`.
    pub fn json(&self, arguments: &[&str], more: &[&str]) -> Ended {
        self.run(&[arguments, more, &["--json"]].concat())
    }

    /// The names of its kernels.
    pub fn kernel_names(&self) -> Vec<&'static str> {
        self.kernels.iter().map(|kernel| kernel.as_str()).collect()
    }

    /// A new temporary folder, named after the lesson and a test.
    pub fn folder(&self, test: &str) -> tempfile::TempDir {
        let prefix = format!("{}-{test}-", self.name);
        tempfile::Builder::new().prefix(&prefix).tempdir().expect("a temporary folder")
    }
}

/// The program of a lesson, as cargo has built it for the tests of that lesson.
#[macro_export]
macro_rules! program {
    ($lesson:ty) => {
        $crate::Program::of::<$lesson>(env!(concat!("CARGO_BIN_EXE_", env!("CARGO_PKG_NAME"))))
    };
}

/// Any program with `arguments`, its input closed and its output captured. Signals end it as usual, also where whoever
/// runs the tests ignores some, as a shell does for what runs in its background.
pub fn command(program: &str, arguments: &[&str]) -> Command {
    let mut command = listening(program);
    command.args(arguments).stdin(Stdio::null()).stdout(Stdio::piped()).stderr(Stdio::piped());
    command
}

/// Runs any program to its end; no test waits for ever.
pub fn run(program: &str, arguments: &[&str]) -> Ended {
    finish(command(program, arguments).spawn().expect("the program starts"))
}
