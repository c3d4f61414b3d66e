use std::path::PathBuf;

use clap::{Args, FromArgMatches, Subcommand};
use course::options::HandInOption;
use measure::{Cancellation, Error};

use crate::break_even::{BreakEvenOptions, break_even};
use crate::comparison::{ComparisonOptions, comparison};
use crate::laws::{LawsOptions, laws};
use crate::machine::{MachineOptions, machine};
use crate::price_list::{PriceOptions, prices};
use crate::section::Section;
use crate::simulation::{SimulationOptions, simulation};

/// The options of this lesson.
#[derive(Debug, Clone, Args)]
pub struct Options {
    #[command(subcommand)]
    pub(crate) command: Option<Command>,

    /// One JSON document on standard output, and nothing else there
    #[arg(long, global = true)]
    pub(crate) json: bool,

    /// Write the pictures into this folder, as SVG files
    #[arg(long, value_name = "FOLDER", global = true)]
    pub(crate) svg: Option<PathBuf>,

    #[command(flatten)]
    pub(crate) hand_in: HandInOption,

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
    /// What the laws of scaling say about a curve, and whether they were right
    Laws(LawsOptions),
    /// A sum on a machine that exists only on paper
    Simulate(SimulationOptions),
    /// The simulator against this machine: how far off is it?
    Compare(ComparisonOptions),
    /// From how many terms on is a strategy faster than one core?
    BreakEven(BreakEvenOptions),
    /// What does each thing cost on this machine?
    Prices(PriceOptions),
}

/// The tour, as one would type it: a little of everything, in under a minute.
const TOUR: [&[&str]; 5] = [
    &["machine"],
    &["laws"],
    &["simulate", "-w", "ladder"],
    &["compare", "--rounds", "6"],
    &["break-even"],
];

impl Command {
    /// Answers, unless `cancellation` comes before.
    pub(crate) fn answer(&self, cancellation: &Cancellation) -> Result<Section, Error> {
        match self {
            Command::Machine(_) => machine(),
            Command::Laws(options) => laws(options),
            Command::Simulate(options) => simulation(options),
            Command::Compare(options) => comparison(options),
            Command::BreakEven(options) => break_even(options),
            Command::Prices(options) => prices(options, cancellation),
        }
    }

    /// The commands of the tour.
    pub(crate) fn tour() -> impl Iterator<Item = Command> {
        TOUR.into_iter().map(|words| {
            let parser = clap::Command::new("limits").no_binary_name(true);
            let matches = Command::augment_subcommands(parser).try_get_matches_from(words);
            let command = matches.and_then(|matches| Command::from_arg_matches(&matches));
            command.expect("the tour is made of good commands")
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_command_of_the_tour_is_understood() {
        assert_eq!(Command::tour().count(), TOUR.len());
    }
}
