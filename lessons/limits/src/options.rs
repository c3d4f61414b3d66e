//! The command line of this lesson.

mod simulate;
mod values;

use std::path::PathBuf;

use clap::{Args, Parser, Subcommand};
use course::cli;
use kernels::KernelName;

pub(crate) use simulate::Simulate;
pub(crate) use values::time;

/// The options of this lesson.
#[derive(Debug, Clone, Parser)]
#[command(
    name = "limits",
    about = crate::lesson::QUESTION,
    version,
    max_term_width = 80,
    after_help = "Without a command: a tour of all of them.\n\nExamples:\n  \
                  machine --svg pictures         the machine, and its pictures as files\n  \
                  simulate -w 1,16,1024          these worker counts\n  \
                  simulate -w 8 --slow 3:4       worker 3 takes four times as long\n  \
                  laws --from curve.json         the laws on what another lesson measured\n  \
                  break-even --machine FILE      the same question, for another machine"
)]
pub(crate) struct Options {
    #[command(subcommand)]
    pub(crate) command: Option<Command>,

    /// One JSON document on standard output, and nothing else there
    #[arg(long, global = true)]
    pub(crate) json: bool,

    /// Write the pictures into this folder, as SVG files
    #[arg(long, value_name = "FOLDER", global = true)]
    pub(crate) svg: Option<PathBuf>,

    /// When to use colours: auto, always or never
    #[arg(
        long,
        value_name = "WHEN",
        default_value = "auto",
        hide_possible_values = true,
        global = true
    )]
    pub(crate) color: clap::ColorChoice,
}

/// What is asked.
#[derive(Debug, Clone, Subcommand)]
pub(crate) enum Command {
    /// What this machine is, and what it can do
    Machine(MachineOptions),
    /// What the laws of scaling say of a curve, and whether they were right
    Laws(Laws),
    /// A sum on a machine that is only on paper
    Simulate(Simulate),
    /// The simulator against this machine: how far off is it?
    Compare(Compare),
    /// From how many terms on is a strategy faster than one core?
    BreakEven(BreakEven),
}

/// Options of `machine`.
#[derive(Debug, Clone, Args)]
pub(crate) struct MachineOptions {
    /// Show it as a file for --machine instead
    #[arg(long, conflicts_with = "json")]
    pub(crate) describe: bool,
}

/// Options of `laws`.
#[derive(Debug, Clone, Args)]
pub(crate) struct Laws {
    /// A curve that was measured: what another lesson wrote with --json
    #[arg(long, value_name = "FILE")]
    pub(crate) from: Option<PathBuf>,

    /// Which strategy of that file [default: the fastest]
    #[arg(short, long, value_name = "NAME", requires = "from")]
    pub(crate) strategy: Option<String>,
}

/// Options of `compare`.
#[derive(Debug, Clone, Args)]
pub(crate) struct Compare {
    /// What to sum: integers, memory, pi or primes
    #[arg(short, long, value_name = "NAME", default_value = "primes", allow_hyphen_values = true)]
    pub(crate) kernel: KernelName,

    /// How many terms [default: some 20 milliseconds of work]
    #[arg(short = 'n', long, value_name = "N", value_parser = cli::terms, allow_hyphen_values = true)]
    pub(crate) terms: Option<u64>,

    /// Timed rounds
    #[arg(long, value_name = "R", value_parser = cli::rounds, default_value = "9",
          allow_hyphen_values = true)]
    pub(crate) rounds: std::num::NonZeroUsize,
}

/// Options of `break-even`.
#[derive(Debug, Clone, Args)]
pub(crate) struct BreakEven {
    /// What to sum: integers, memory, pi or primes
    #[arg(
        short,
        long,
        value_name = "NAME",
        default_value = "integers",
        allow_hyphen_values = true
    )]
    pub(crate) kernel: KernelName,

    /// A file that describes another machine
    #[arg(long, value_name = "FILE")]
    pub(crate) machine: Option<PathBuf>,
}
