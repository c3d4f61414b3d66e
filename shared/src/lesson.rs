//! The runner: options, kernel, runs, verdicts, report. Every lesson's `main` hands itself to it.

mod glance;
mod guess;
mod run;

use std::process::ExitCode;

use clap::{CommandFactory, FromArgMatches};

use crate::cli::Options;
use crate::kernel::{Home, Integers, Memory, Pi, Primes};
use crate::report::Output;
use crate::{Error, Kernel, KernelName, Strategy, program, signals};

/// One question, and the strategies that answer it.
pub trait Lesson: 'static {
    /// The name of the package.
    const NAME: &'static str;

    /// What the lesson asks.
    const QUESTION: &'static str;

    /// What it sums unless told otherwise.
    const KERNEL: KernelName = KernelName::Integers;

    /// Where `memory` keeps its numbers.
    const HOME: Home = Home::Private;

    /// Whether its strategies use more than one worker.
    const PARALLEL: bool = true;

    /// Its table of strategies, in reading order.
    ///
    /// The table is generic, so that the same strategies are timed on a kernel and audited on the
    /// [`Audited`](crate::audit::Audited) form of it, each compiled for its own kernel.
    fn strategies<K: Kernel>() -> Vec<Strategy<K>>;
}

/// Runs a lesson as its own program: reads the options, measures, reports, and gives the exit code.
pub fn main<L: Lesson>() -> ExitCode {
    program::begin();
    let command = Options::command().name(L::NAME).about(L::QUESTION);
    let parsed = command.try_get_matches().and_then(|found| Options::from_arg_matches(&found));
    let options = match parsed {
        Ok(options) => options,
        Err(refused) => return program::refuse(L::NAME, &refused),
    };
    let output = Output::new(options.color);
    program::run(L::NAME, output, || match prepare::<L>(&options, output)? {
        Some(options) => start::<L>(options, output),
        None => Ok(0),
    })
}

/// Answers `--list`, and checks the names of strategies. `None` where there is nothing to run.
fn prepare<L: Lesson>(options: &Options, output: Output) -> Result<Option<Options>, Error> {
    let table = L::strategies::<Integers>();
    if options.list {
        output.result(&list(L::NAME, &table))?;
        return Ok(None);
    }
    let kernel = options.kernel.unwrap_or(L::KERNEL);
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
    Ok(Some(options.clone()))
}

fn list(lesson: &str, table: &[Strategy<Integers>]) -> String {
    let mut text = String::from("Kernels\n");
    for kernel in KernelName::ALL {
        text += &format!("  {kernel:<10} {}\n", kernel.about());
    }
    text += &format!("\nStrategies of {lesson}\n");
    for strategy in table {
        let only = strategy.only.map(|only| format!(" ({only} only)")).unwrap_or_default();
        text += &format!("  {:<18} {}{only}\n", strategy.name, strategy.about);
    }
    text
}

/// Turns the kernel's name into a type: the one place where that happens.
fn start<L: Lesson>(options: Options, output: Output) -> Result<u8, Error> {
    signals::handle()?;
    match options.kernel.unwrap_or(L::KERNEL) {
        KernelName::Integers => run::run::<L, Integers>(options, output),
        KernelName::Memory => run::run::<L, Memory>(options, output),
        KernelName::Pi => run::run::<L, Pi>(options, output),
        KernelName::Primes => run::run::<L, Primes>(options, output),
    }
}
