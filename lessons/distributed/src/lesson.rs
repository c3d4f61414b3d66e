use std::fs::{self, File};
use std::path::PathBuf;
use std::sync::Arc;

use clap::{Args, Command};
use course::{Document, Program, Table, run_table};
use kernels::{Kernel, Known, Memory, Primes};
use measure::check::Reach;
use measure::{Error, Strategy};

use crate::launcher::{Teams, strategy};
use crate::model::Model;

/// The options of all lessons; where the ranks run; and the ranks of this run.
#[derive(Debug, Clone, Args)]
pub struct Options {
    #[command(flatten)]
    common: course::Options,

    /// The hosts on which mpirun starts ranks, one a line: name slots=2
    #[arg(long, value_name = "FILE")]
    hostfile: Option<PathBuf>,

    /// What all clones share.
    #[arg(skip)]
    teams: Arc<Teams>,

    #[arg(skip)]
    model: Arc<Model>,
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
    const YOUR_TURN: &'static str = include_str!("your_turn.rs");
    const REACH: Reach = Reach::Processes;
    const READ_FIRST: Option<&'static str> = Some("reduce");
    type Options = Options;

    fn strategies<K: Kernel>() -> Vec<Strategy<K>> {
        rows(&Arc::default())
    }

    fn strategies_for<K: Kernel>(options: &Options) -> Vec<Strategy<K>> {
        rows(&options.teams)
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
            options.teams.use_hosts(file.clone());
        }
        #[cfg(feature = "mpi")]
        if !options.common.list {
            crate::launcher::mpirun()?;
        }
        options.teams.during(&program.cancellation, || run_table::<Self>(options, program))
    }

    fn annotate(options: &Options, document: &mut Document) {
        options.model.annotate(document, &options.teams);
    }

    fn footer(options: &Options, document: &Document) -> String {
        // Who names rows wants no more than these.
        if !options.common.strategies.is_empty() {
            return String::new();
        }
        options.model.section(document, &options.teams)
    }
}

/// The rows, whose ranks are those of `teams`.
pub fn rows<K: Kernel>(teams: &Arc<Teams>) -> Vec<Strategy<K>> {
    let strategy = |name, about| {
        strategy(name, about, teams).on_numbers("these ranks send and add whole numbers")
    };
    vec![
        strategy("reduce", "equal ranges; the library adds the partials"),
        strategy("tree", "equal ranges; half of the ranks send in each step"),
        strategy("flat", "equal ranges; everyone sends to rank 0"),
        strategy("ring", "equal ranges; a running sum goes around"),
        strategy("static-blocks", "blocks dealt out beforehand, like cards").only_on(Primes::NAME),
        strategy("master-worker", "rank 0 hands out blocks to those that ask")
            .only_on(Primes::NAME),
        strategy("hybrid", "two ranks of a host as one rank with two threads"),
        strategy("own-part", "each rank makes its own numbers, and sums them")
            .only_on(Memory::NAME),
        strategy("scattered", "rank 0 sends every rank its numbers").only_on(Memory::NAME),
        strategy("your-turn", "yours: lessons/distributed/src/your_turn.rs"),
    ]
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
