//! The runner: options, kernel, runs, verdicts, report. Every lesson's `main` hands itself to it.

mod glance;
mod guess;
mod run;

use std::marker::PhantomData;
use std::process::ExitCode;

use clap::{ArgMatches, Command, CommandFactory, FromArgMatches};
use kernels::{Home, Integers, Kernel, KernelName, Known, Pi, Visitor};
use measure::{Error, Strategy};

use crate::cli::Options;
use crate::{Document, Output};
use crate::{program, signals};

/// One question, and the strategies that answer it.
pub trait Lesson: 'static {
    /// The name of the package.
    const NAME: &'static str;

    /// What the lesson asks.
    const QUESTION: &'static str;

    /// What it sums unless told otherwise.
    const KERNEL: KernelName = Integers::NAME;

    /// The kernels that it is for.
    const KERNELS: &'static [KernelName] = KernelName::ALL;

    /// Where `memory` keeps its numbers.
    const HOME: Home = Home::Private;

    /// Whether its strategies use more than one worker.
    const PARALLEL: bool = true;

    /// The row to read first; `None`: the fastest.
    const READ_FIRST: Option<&'static str> = None;

    /// The row whose slowness `--predict` asks for, in a lesson whose rows have one worker.
    const GUESSED: &'static str = "term-by-term";

    /// Its table of strategies, in reading order.
    ///
    /// The table is generic, so that the same strategies are timed on a kernel and audited on the
    /// [`Audited`](measure::audit::Audited) form of it, each compiled for its own kernel.
    fn strategies<K: Kernel>() -> Vec<Strategy<K>>;

    /// Adds the options and arguments that only this lesson has to those of all lessons.
    fn command(common: Command) -> Command {
        common
    }

    /// Does what one of its own options asks for, in the place of measuring, and gives the exit code.
    /// `None` where none of them asks.
    fn instead(_asked: &ArgMatches, _output: Output) -> Option<Result<u8, Error>> {
        None
    }

    /// The file that holds a row, in the folder of the lesson.
    fn file(row: &str) -> String {
        format!("src/{}.rs", row.replace('-', "_"))
    }

    /// Adds to the document what only this lesson knows of its runs.
    fn complete(_document: &mut Document) {}

    /// Sentences that read the numbers of this lesson back to the learner, before those of
    /// [`findings`](crate::findings).
    fn findings(_document: &Document) -> Vec<String> {
        Vec::new()
    }

    /// What it has to show below the table, at most 80 columns wide. Called once everything is measured.
    fn below(_asked: &ArgMatches, _document: &Document) -> String {
        String::new()
    }
}

/// Runs a lesson as its own program: reads the options, measures, reports, and gives the exit code.
pub fn main<L: Lesson>() -> ExitCode {
    program::begin();
    let common = Options::command().name(L::NAME).about(L::QUESTION).after_help(examples::<L>());
    let command = L::command(common);
    let parsed = command.try_get_matches().and_then(|asked| {
        let options = Options::from_arg_matches(&asked)?;
        Ok(Asked { options, matches: asked })
    });
    let asked = match parsed {
        Ok(asked) => asked,
        Err(refused) => return program::refuse(L::NAME, &refused),
    };
    let output = Output::new(asked.options.color);
    program::run(L::NAME, output, || {
        if let Some(done) = L::instead(&asked.matches, output) {
            return done;
        }
        if prepare::<L>(&asked.options, output)? { start::<L>(&asked, output) } else { Ok(0) }
    })
}

/// What `--help` ends with: command lines that this lesson understands.
fn examples<L: Lesson>() -> String {
    let table = L::strategies::<Integers>();
    let first = table.first().map_or("your-turn", |strategy| &strategy.name);
    let mut lines = Vec::new();
    if L::KERNELS.contains(&Pi::NAME) {
        lines.push(("-n 1e8 -k pi".into(), "a hundred million terms of another kernel"));
    }
    lines.push(if L::PARALLEL {
        (format!("-w 1,2,4 -s {first}"), "one strategy on one, two and four workers")
    } else {
        (format!("-n 1e6 -s {first}"), "one strategy on a million terms")
    });
    lines.push(("--json".into(), "everything, for a program to read"));
    let lines = lines.into_iter().map(|(words, what)| format!("\n  {words:<26} {what}"));
    format!("Examples:{}", lines.collect::<String>())
}

/// The command line, read.
#[derive(Debug)]
struct Asked {
    /// What all lessons understand.
    options: Options,
    /// All of it, for what only this lesson understands.
    matches: ArgMatches,
}

/// Answers `--list`, and checks the names of kernel and strategies. Whether there is something to run.
fn prepare<L: Lesson>(options: &Options, output: Output) -> Result<bool, Error> {
    let table = L::strategies::<Integers>();
    if options.list {
        output.result(&list::<L>(&table))?;
        return Ok(false);
    }
    let kernel = options.kernel.unwrap_or(L::KERNEL);
    if !L::KERNELS.contains(&kernel) {
        let names: Vec<&str> = L::KERNELS.iter().map(|kernel| kernel.as_str()).collect();
        return Err(Error::Usage(format!(
            "invalid value '{kernel}' for --kernel: {} sums {} only; for example: -k {}",
            L::NAME,
            names.join(", "),
            names[0]
        )));
    }
    for name in &options.strategies {
        let known = table.iter().find(|strategy| strategy.name == *name);
        let Some(strategy) = known else {
            let names: Vec<&str> = table.iter().map(|strategy| strategy.name.as_str()).collect();
            return Err(Error::Usage(format!(
                "invalid value '{name}' for --strategy: the strategies of {} are {}; for example: \
                 -s {}",
                L::NAME,
                names.join(", "),
                names[0]
            )));
        };
        if let Some(only) = strategy.only.filter(|only| *only != kernel) {
            return Err(Error::Usage(format!(
                "invalid value '{name}' for --strategy: {name} is for {only} only, not for \
                 {kernel}; for example: -k {only} -s {name}"
            )));
        }
    }
    Ok(true)
}

fn list<L: Lesson>(table: &[Strategy<Integers>]) -> String {
    let mut text = String::from("Kernels\n");
    for kernel in L::KERNELS {
        text += &format!("  {kernel:<10} {}\n", kernel.description().about);
    }
    text += &format!("\nStrategies of {}\n", L::NAME);
    for strategy in table {
        let only = strategy.only.map(|only| format!(" ({only} only)")).unwrap_or_default();
        text += &format!("  {:<18} {}{only}\n", strategy.name, strategy.about);
    }
    text
}

/// Turns the kernel's name into a type: the one place where that happens.
fn start<L: Lesson>(asked: &Asked, output: Output) -> Result<u8, Error> {
    signals::handle()?;
    let kernel = asked.options.kernel.unwrap_or(L::KERNEL);
    kernel.visit(Start { asked, output, lesson: PhantomData::<L> })
}

/// Runs lesson `L` on a kernel.
struct Start<'s, L> {
    asked: &'s Asked,
    output: Output,
    lesson: PhantomData<L>,
}

impl<L: Lesson> Visitor for Start<'_, L> {
    type Output = Result<u8, Error>;

    fn visit<K: Known>(self) -> Self::Output {
        run::run::<L, K>(self.asked, self.output)
    }
}
