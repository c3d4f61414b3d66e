//! Lessons that are tables of strategies: options, kernel, rounds, verdicts, document, table.

mod counting;
mod files;
mod limit;
mod names;
mod other_kernels;
mod prediction;
mod prepared;
mod run;
mod schedule;

use clap::{Args, Command};
use kernels::{Home, Integers, Kernel, KernelName, Known};
use measure::check::Reach;
use measure::{Error, Strategy};

pub use run::run_table;

use crate::document::YOURS;
use crate::{Document, LearnerFile, Lesson, Options, Program};

/// One question, and the strategies that answer it.
pub trait Table: Sized + 'static {
    /// The name of the package.
    const NAME: &'static str;

    /// What the lesson asks.
    const QUESTION: &'static str;

    /// What it sums unless told otherwise.
    const KERNEL: KernelName = Integers::NAME;

    /// Command lines that only this lesson understands, and what each does: for `--help`.
    const EXAMPLES: &'static [(&'static str, &'static str)] = &[];

    /// The kernels that it is for.
    const KERNELS: &'static [KernelName] = KernelName::ALL;

    /// Why a kernel of the reader's own is not among them.
    const NOT_YOURS: &'static str = "its rows are written for these kernels";

    /// Where kernels keep their data, if they have any.
    const HOME: Home = Home::Private;

    /// Whether its strategies use more than one worker.
    const PARALLEL: bool = true;

    /// How thoroughly its strategies are checked before they are timed.
    const REACH: Reach = Reach::Threads;

    /// The row to read first; `None`: the fastest.
    const READ_FIRST: Option<&'static str> = None;

    /// The row whose slowness `--predict` asks for, in a lesson whose rows have one worker; `None`: the
    /// first.
    const PREDICTED: Option<&'static str> = None;

    /// The text of the learner's own file, that of the row `your-turn`: `include_str!("your_turn.rs")`. So it is
    /// the very text that was compiled, whatever became of the file since.
    const YOUR_TURN: &'static str;

    /// Its command line: the common [`Options`] flattened into those that only this lesson has.
    type Options: Args + AsRef<Options> + Clone + Send + Sync + 'static;

    /// Changes the command line in a way that its derived form cannot express.
    fn command(command: Command) -> Command {
        command
    }

    /// Its table of strategies, in reading order.
    ///
    /// The table is generic, so that each strategy is compiled for the kernel on which it is timed.
    fn strategies<K: Kernel>() -> Vec<Strategy<K>>;

    /// The same table as the options of this lesson change it.
    fn strategies_for<K: Kernel>(_options: &Self::Options) -> Vec<Strategy<K>> {
        Self::strategies()
    }

    /// Answers the question: what only this lesson can be asked, or else the table.
    ///
    /// # Errors
    ///
    /// Where there is no answer at all.
    fn run(options: &Self::Options, program: &Program) -> Result<u8, Error> {
        run_table::<Self>(options, program)
    }

    /// How many terms of `kernel` it sums unless told otherwise.
    fn usual_terms(_options: &Self::Options, kernel: KernelName) -> u64 {
        kernel.description().default_terms
    }

    /// How often one sum may give a lost worker's range to another.
    fn retries(_options: &Self::Options) -> u32 {
        0
    }

    /// The file that holds a row, in the folder of the lesson.
    fn file(row: &str) -> String {
        format!("src/{}.rs", row.replace('-', "_"))
    }

    /// The learner's own files, as they are handed in.
    ///
    /// # Errors
    ///
    /// Where one cannot be read, or is too long.
    fn yours(_options: &Self::Options) -> Result<Vec<LearnerFile>, Error> {
        let path = format!("lessons/{}/{}", Self::NAME, Self::file(YOURS));
        Ok(vec![LearnerFile::new(&path, Self::YOUR_TURN)?])
    }

    /// Adds to the document what only this lesson knows of its runs.
    fn annotate(_options: &Self::Options, _document: &mut Document) {}

    /// Sentences that only this lesson can say of its numbers.
    fn findings(_document: &Document) -> Vec<String> {
        Vec::new()
    }

    /// More tables right below the first, at most 80 columns wide.
    fn details(_document: &Document) -> String {
        String::new()
    }

    /// What it has to show below everything else, at most 80 columns wide. Called once everything is
    /// measured.
    fn footer(_options: &Self::Options, _document: &Document) -> String {
        String::new()
    }
}

impl<T: Table> Lesson for T {
    const NAME: &'static str = T::NAME;
    const QUESTION: &'static str = T::QUESTION;
    type Options = T::Options;

    fn examples() -> String {
        names::examples::<T>()
    }

    fn command(command: Command) -> Command {
        T::command(command)
    }

    fn color(options: &Self::Options) -> clap::ColorChoice {
        options.as_ref().color
    }

    fn run(options: &Self::Options, program: &Program) -> Result<u8, Error> {
        T::run(options, program)
    }
}
