use std::time::Duration;

use clap::Parser;
use course::cli;

use crate::Fault;
use crate::silent::Silent;

/// The options of this lesson: those of all lessons that mean something here.
#[derive(Debug, Clone, Parser)]
#[command(
    name = "faults",
    about = crate::lesson::QUESTION,
    version,
    max_term_width = 80,
    after_help = "Examples:\n  -s panic,exit           only these two\n  \
                  --retries 0             no second chance for a lost range\n  \
                  --json                  everything, for a program to read"
)]
pub(crate) struct Options {
    /// How many terms: 500000, 500_000, 5e5 or 500k
    #[arg(short = 'n', long, value_name = "N", default_value = "500k", value_parser = cli::terms,
          allow_hyphen_values = true)]
    pub(crate) terms: u64,

    /// How many workers: 4; of a list, the count that the other lessons would show
    #[arg(short, long, value_name = "LIST", default_value = "2",
          value_parser = cli::WorkerList::parse, allow_hyphen_values = true)]
    pub(crate) workers: cli::WorkerList,

    /// Only these faults, separated by commas; --list shows them
    #[arg(short = 's', long = "strategy", visible_alias = "fault", value_name = "NAMES",
          value_delimiter = ',', value_parser = chosen)]
    pub(crate) chosen: Vec<Chosen>,

    /// One JSON document on standard output, and nothing else there
    #[arg(long)]
    pub(crate) json: bool,

    /// The longest that one run may take
    #[arg(long, value_name = "SECONDS", default_value = "0.5", value_parser = cli::seconds,
          allow_hyphen_values = true)]
    pub(crate) timeout: Duration,

    /// How often a lost worker's range may be given to another, in one sum (processes)
    #[arg(long, value_name = "K", default_value = "1", value_parser = cli::retries,
          allow_hyphen_values = true)]
    pub(crate) retries: u32,

    /// When to use colours: auto, always or never
    #[arg(long, value_name = "WHEN", default_value = "auto", hide_possible_values = true)]
    pub(crate) color: clap::ColorChoice,

    /// Show the faults and the silent mistakes, and end
    #[arg(long)]
    pub(crate) list: bool,
}

/// One name of the list.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Chosen {
    Fault(Fault),
    Silent(Silent),
}

fn chosen(text: &str) -> Result<Chosen, String> {
    let faults = Fault::ALL.into_iter().map(|fault| (fault.as_str(), Chosen::Fault(fault)));
    let silent = Silent::ALL.into_iter().map(|silent| (silent.as_str(), Chosen::Silent(silent)));
    let mut all = faults.chain(silent);
    all.clone().find(|(name, _)| *name == text).map(|(_, found)| found).ok_or_else(|| {
        let names: Vec<&str> = all.by_ref().map(|(name, _)| name).collect();
        format!("the faults are {}; for example: -s panic", names.join(", "))
    })
}

impl Options {
    /// Whether a fault was asked for, or nothing in particular.
    pub(crate) fn wants(&self, what: Chosen) -> bool {
        self.chosen.is_empty() || self.chosen.contains(&what)
    }
}
