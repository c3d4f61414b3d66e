use std::path::PathBuf;

use clap::{Args, Subcommand};
use course::options::HandInOption;
use course::options::values::{FROM_THE_CLOCK, seed};

/// The options of this lesson, and what can be asked of it.
#[derive(Debug, Clone, Args)]
#[command(disable_help_subcommand = true)]
pub struct Options {
    #[command(subcommand)]
    pub(crate) command: Option<Ask>,

    /// One JSON document on standard output, and nothing else there; while it watches, a line for each check
    #[arg(long, global = true)]
    pub(crate) json: bool,

    #[command(flatten)]
    pub(crate) hand_in: HandInOption,

    /// Where your files are [default: lessons/practice/exercises]
    #[arg(long, value_name = "FOLDER", global = true, help_heading = "More")]
    pub(crate) folder: Option<PathBuf>,

    /// What the disturbances of a check are drawn from; each verdict names it
    #[arg(long, value_name = "N", default_value = FROM_THE_CLOCK, value_parser = seed, help_heading = "More",
          allow_hyphen_values = true, global = true)]
    pub(crate) seed: u64,

    /// When to use colours: auto, always or never
    #[arg(
        long,
        value_name = "WHEN",
        default_value = "auto",
        help_heading = "More",
        hide_possible_values = true,
        global = true
    )]
    pub(crate) color: clap::ColorChoice,
}

/// What can be asked; without it the program watches the next exercise.
#[derive(Debug, Clone, Subcommand)]
pub(crate) enum Ask {
    /// All exercises, and how far you are
    List,
    /// Check exercises once: a name, a chapter, or --all
    Check {
        /// A name such as no-tail, or a chapter such as cutting [default: the next exercise]
        name: Option<String>,
        /// Every exercise, done or not
        #[arg(long, conflicts_with = "name")]
        all: bool,
    },
    /// What the next exercise is, and where its file is
    Next,
    /// A hint; one more each time
    Hint {
        /// Of which exercise [default: the next]
        name: Option<String>,
    },
    /// The solution of an exercise that is done
    Solution {
        /// Of which exercise
        name: String,
        /// Also of one that is not done
        #[arg(long)]
        give_up: bool,
    },
    /// Begin an exercise again; your text is kept beside it
    Reset {
        /// Which exercise
        name: String,
    },
    /// For those who write exercises: each solution passes, each wrong one fails for its own reason
    Verify {
        /// Names or chapters [default: all]
        names: Vec<String>,
    },
    /// For those who write exercises: writes the pages of the book from their sources
    Pages,
}
