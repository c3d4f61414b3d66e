use std::process::ExitCode;

use clap::{Args, Command, FromArgMatches};
use measure::Error;

use crate::{Program, program};

/// A program of the course: one question, and what answers it.
pub trait Lesson: 'static {
    /// The name of the package.
    const NAME: &'static str;

    /// What the lesson asks.
    const QUESTION: &'static str;

    /// Its command line.
    type Options: Args;

    /// What `--help` ends with: command lines that this lesson understands.
    fn examples() -> String;

    /// Changes the command line in a way that its derived form cannot express.
    fn command(command: Command) -> Command {
        command
    }

    /// When to use colours.
    fn color(options: &Self::Options) -> clap::ColorChoice;

    /// Answers the question; gives the exit code.
    ///
    /// # Errors
    ///
    /// Where there is no answer at all. Rows that fail are part of an answer.
    fn run(options: &Self::Options, program: &Program) -> Result<u8, Error>;
}

/// Runs a lesson as its own program: reads the options, answers, and gives the exit code.
pub fn main<L: Lesson>() -> ExitCode {
    program::begin();
    // The options come first: what they say about themselves is not what the lesson asks.
    let command = L::Options::augment_args(Command::new(L::NAME))
        .about(L::QUESTION)
        .long_about(None)
        .version(env!("CARGO_PKG_VERSION"))
        .max_term_width(80)
        .after_help(L::examples());
    let parsed = L::command(command).try_get_matches();
    match parsed.and_then(|matches| L::Options::from_arg_matches(&matches)) {
        Ok(options) => {
            Program::new(L::NAME, L::color(&options)).run(|program| L::run(&options, program))
        }
        Err(refused) => Program::new(L::NAME, clap::ColorChoice::Auto).refuse(&refused),
    }
}
