use std::fs::{self, File};
use std::path::PathBuf;

use clap::{Args, Command};
use course::{Document, Program, Table, run_table};
use kernels::{Kernel, Known, Memory, Primes};
use measure::{Error, Strategy};

use crate::launcher::{self, strategy};
use crate::model;

/// The options of all lessons, and where the ranks run.
#[derive(Debug, Clone, Args)]
pub struct Options {
    #[command(flatten)]
    common: course::Options,

    /// The hosts on which mpirun starts ranks, one a line: name slots=2
    #[arg(long, value_name = "FILE")]
    hostfile: Option<PathBuf>,
}

impl AsRef<course::Options> for Options {
    fn as_ref(&self) -> &course::Options {
        &self.common
    }
}

/// The lesson, for the runner: its question and its table.
#[derive(Debug)]
pub struct Distributed;

impl Table for Distributed {
    const NAME: &'static str = "distributed";
    const QUESTION: &'static str = "how far does a sum go on many machines?";
    const READ_FIRST: Option<&'static str> = Some("reduce");
    type Options = Options;

    fn strategies<K: Kernel>() -> Vec<Strategy<K>> {
        vec![
            strategy("reduce", "equal ranges; the library adds the partials"),
            strategy("tree", "equal ranges; half of the ranks send in each step"),
            strategy("flat", "equal ranges; everyone sends to rank 0"),
            strategy("ring", "equal ranges; a running sum goes around"),
            strategy("static-blocks", "blocks dealt out beforehand, like cards")
                .only_on(Primes::NAME),
            strategy("master-worker", "rank 0 hands out blocks to those that ask")
                .only_on(Primes::NAME),
            strategy("hybrid", "two ranks of a host as one rank with two threads"),
            strategy("own-part", "each rank makes its own numbers, and sums them")
                .only_on(Memory::NAME),
            strategy("scattered", "rank 0 sends every rank its numbers").only_on(Memory::NAME),
            strategy("your-turn", "yours: lessons/distributed/src/your_turn.rs"),
        ]
    }

    fn command(command: Command) -> Command {
        command.mut_arg("workers", |workers| workers.visible_alias("ranks"))
    }

    fn run(options: &Options, program: &Program) -> Result<u8, Error> {
        if let Some(file) = &options.hostfile {
            readable(file).map_err(|cause| Error::Input {
                path: file.clone(),
                cause,
                remedy: "name a file with one host a line, for example: node1 slots=2",
            })?;
            launcher::use_hosts(file.clone());
        }
        #[cfg(feature = "mpi")]
        if !options.common.list {
            launcher::mpirun()?;
        }
        run_table::<Self>(options, program)
    }

    fn annotate(_: &Options, document: &mut Document) {
        model::note(document);
    }

    fn footer(options: &Options, document: &Document) -> String {
        // Who names rows wants no more than these.
        if options.common.strategies.is_empty() { model::section(document) } else { String::new() }
    }
}

/// Whether there is a file that can be read, again and again: a pipe could be read only once.
fn readable(file: &PathBuf) -> Result<(), String> {
    match fs::metadata(file) {
        Ok(facts) if facts.is_dir() => Err("it is a folder".to_owned()),
        Ok(facts) if !facts.is_file() => Err("it is a pipe or a device".to_owned()),
        Ok(_) => File::open(file).map(drop).map_err(|cause| cause.to_string()),
        Err(cause) => Err(cause.to_string()),
    }
}
