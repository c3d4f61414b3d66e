mod compare;
mod values;

use std::path::{Path, PathBuf};

use clap::{Args, Subcommand};
use course::options::values::{FROM_THE_CLOCK, seed, terms};
use course::options::{HandInOption, Timing, WorkerList};
use measure::Error;
use regex::bytes::Regex;

use crate::template::{Place, Template};

pub(crate) use self::compare::CompareOptions;
pub(crate) use self::values::{Commits, Words};
use self::values::{pattern, share, variable, words};

/// The options of this lesson: those of all lessons that mean something here, and its own.
#[derive(Debug, Clone, Args)]
#[command(
    args_conflicts_with_subcommands = true,
    subcommand_negates_reqs = true,
    disable_help_subcommand = true
)]
pub struct Options {
    #[command(subcommand)]
    pub(crate) command: Option<Command>,

    /// The program and its words; {workers}, {terms} and {dir} (a fresh folder for each run) are filled in
    #[arg(required = true, trailing_var_arg = true, value_name = "PROGRAM")]
    pub(crate) program: Vec<Template>,

    /// How many workers: 4, 1,2,4 or 1..8; auto: the usable cores; ladder: 1, 2, 4, ... up to them
    #[arg(short, long, value_name = "LIST", default_value = "ladder",
          value_parser = WorkerList::parse, allow_hyphen_values = true)]
    pub(crate) workers: WorkerList,

    /// What {terms} stands for: 1e6; of several, as in 1e4,1e5,1e6, you learn from where on workers pay
    #[arg(short = 'n', long, value_name = "LIST", value_delimiter = ',', value_parser = terms,
          allow_hyphen_values = true)]
    pub(crate) terms: Vec<u64>,

    #[command(flatten)]
    pub(crate) common: Common,

    /// The best sequential program, with its words: the baseline, instead of one worker
    #[arg(long, value_name = "COMMAND", value_parser = words, help_heading = "Program")]
    pub(crate) alone: Option<Words>,

    /// A program that runs for a fixed time: what this finds (its first group) is how much it did a second
    #[arg(long, value_name = "REGEX", value_parser = pattern, help_heading = "Program")]
    pub(crate) rate: Option<Regex>,

    /// What the program is called [default: the name of its file]
    #[arg(long, value_name = "TEXT", help_heading = "More")]
    pub(crate) name: Option<String>,

    /// Draw the speedup over the workers into this file, as SVG
    #[arg(long, value_name = "FILE", help_heading = "More")]
    pub(crate) chart: Option<PathBuf>,
}

/// What else can be asked.
#[derive(Debug, Clone, Subcommand)]
pub(crate) enum Command {
    /// Is the difference real? Two programs in turn, and one of them against itself
    Compare(CompareOptions),
}

/// What holds for all programs that are run here.
#[derive(Debug, Clone, Args)]
pub(crate) struct Common {
    /// The answer is what this finds in the output (its first group): compare that, not all of the output
    #[arg(long, value_name = "REGEX", value_parser = pattern, conflicts_with_all = ["check", "any_output"])]
    pub(crate) answer: Option<Regex>,

    /// The answer is right if this command, which reads the output, ends with 0: "xz -dc | cmp - FILE"
    #[arg(long, value_name = "COMMAND", conflicts_with = "any_output")]
    pub(crate) check: Option<Template>,

    /// One JSON document on standard output, and nothing else there
    #[arg(long)]
    pub(crate) json: bool,

    /// The answer is a number, and may be off by so much of itself, as sums of floats are: 1e-9
    #[arg(long, value_name = "SHARE", requires = "answer", value_parser = share, help_heading = "Answer")]
    pub(crate) tolerance: Option<f64>,

    /// Do not look at the output: only the exit code counts
    #[arg(long, help_heading = "Answer")]
    pub(crate) any_output: bool,

    /// A variable for the program: OMP_NUM_THREADS={workers}
    #[arg(long, value_name = "NAME=VALUE", value_parser = variable, help_heading = "Program")]
    pub(crate) env: Vec<(String, Template)>,

    /// What the program reads; opened anew for each run [default: nothing]
    #[arg(long, value_name = "FILE", help_heading = "Program")]
    pub(crate) stdin: Option<Template>,

    /// A command before each run, not timed: for a program that changes its input
    #[arg(long, value_name = "COMMAND", help_heading = "Program")]
    pub(crate) prepare: Option<Template>,

    #[command(flatten)]
    pub(crate) timing: Timing,

    /// Write the JSON document to a file, too: the same numbers that the table shows
    #[arg(long, value_name = "FILE", help_heading = "More")]
    pub(crate) save: Option<PathBuf>,

    #[command(flatten)]
    pub(crate) hand_in: HandInOption,

    /// What the order within the rounds is drawn from; the JSON has it
    #[arg(long, value_name = "N", default_value = FROM_THE_CLOCK, value_parser = seed, help_heading = "More",
          allow_hyphen_values = true)]
    pub(crate) seed: u64,

    /// When to use colours: auto, always or never
    #[arg(
        long,
        value_name = "WHEN",
        default_value = "auto",
        help_heading = "More",
        hide_possible_values = true
    )]
    pub(crate) color: clap::ColorChoice,
}

impl Options {
    /// What fits no rule of a single option.
    ///
    /// # Errors
    ///
    /// [`Error::Usage`] that says what is missing.
    pub(crate) fn check(&self) -> Result<(), Error> {
        let wrong = |text: &str| Err(Error::Usage(text.to_owned()));
        let names = |place| {
            let variables = self.common.env.iter().map(|(_, value)| value);
            let all = self.program.iter().chain(variables).chain(&self.common.stdin);
            all.chain(&self.common.prepare).any(|template| template.names(place))
        };
        let (of_program, terms) = (&self.program, self.terms.len());
        if !of_program
            .iter()
            .chain(self.common.env.iter().map(|(_, value)| value))
            .any(|word| word.names(Place::Workers))
        {
            return wrong(
                "the program is never told how many workers to use: put {workers} where it takes their number; for \
                 example: pigz -p {workers} -c FILE, or --env OMP_NUM_THREADS={workers}",
            );
        }
        match (names(Place::Terms), terms) {
            (true, 0) => wrong("nothing says what {terms} stands for; for example: -n 1e6"),
            (false, 1..) => wrong(
                "-n gives {terms} a value, and no word has it; put {terms} where the program takes it",
            ),
            _ => Ok(()),
        }
    }

    /// The sizes, from small to large; one without a number where there are none.
    pub(crate) fn sizes(&self) -> Vec<Option<u64>> {
        let mut sizes: Vec<Option<u64>> = self.terms.iter().copied().map(Some).collect();
        sizes.sort_unstable();
        sizes.dedup();
        if sizes.is_empty() { vec![None] } else { sizes }
    }

    /// What the program is called.
    pub(crate) fn name(&self) -> String {
        let path = Path::new(self.program[0].as_str());
        let file = path.file_name().unwrap_or(path.as_os_str()).to_string_lossy();
        self.name.clone().unwrap_or_else(|| file.trim_end_matches(".exe").to_owned())
    }
}

/// A command, as it would be typed.
pub(crate) fn line(words: &[Template]) -> String {
    let plain = |letter: char| letter.is_alphanumeric() || "-_./,:=+@%^{}\\".contains(letter);
    let typed = |word: &Template| match word.as_str() {
        word if !word.is_empty() && word.chars().all(plain) => word.to_owned(),
        word => shell_words::quote(word).into_owned(),
    };
    words.iter().map(typed).collect::<Vec<_>>().join(" ")
}
