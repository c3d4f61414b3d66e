//! What the program can be asked for: its options, as the command line has them.

use std::path::PathBuf;

use benches::bundle::{Lessons, TargetSystem};
use benches::{against, ladder};
use clap::{Args, Parser, Subcommand};
use course::gallery::Kind;
use course::options::Timing;
use course::options::values::{FROM_THE_CLOCK, percentage, seed};

/// Compares saved benches, and draws them again.
#[derive(Debug, Parser)]
#[command(
    name = "benches",
    version,
    max_term_width = 80,
    after_help = "To measure, run `cargo bench`."
)]
pub(crate) struct Options {
    #[command(subcommand)]
    pub(crate) task: Task,

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

#[derive(Debug, Subcommand)]
pub(crate) enum Task {
    /// What changed from one bench to another
    Compare {
        /// The results.json of the first bench
        old: PathBuf,
        /// The results.json of the second bench
        new: PathBuf,
    },
    /// What a commit changed: its bench and that of the working tree, in turn
    ///
    /// Builds both, and runs them A B B A or B A A B until the budget is spent. The first answer is what cannot be told
    /// apart here; then each row is faster, slower, or cannot be told.
    #[command(
        mut_arg("rounds", |rounds| rounds.help("Rounds of four benches [default: as many as the budget has time for]")),
        mut_arg("budget", |budget| budget.default_value("300")),
        mut_arg("timeout", |timeout| timeout.default_value("600").help("The longest that one bench may take")),
    )]
    Against(AgainstOptions),
    /// All benches of one id that were run here, the oldest first
    History {
        /// The id, as `cargo bench -- --list` shows it: scaling/pi/scoped/2
        id: String,
        /// Where the benches are kept [default: target/sum-of-parts/history]
        #[arg(long, value_name = "FOLDER")]
        from: Option<PathBuf>,
    },
    /// The ladder: the same sum from an interpreter to ranks, for the report
    ///
    /// Builds and runs the program of one lesson after the other, for a minute or two.
    Ladder {
        /// Only the rungs of these lessons [default: all]
        #[arg(value_parser = ladder::lessons(), hide_possible_values = true)]
        lessons: Vec<String>,
        /// Fail where a rung could not be measured
        #[arg(long)]
        every: bool,
    },
    /// The recorded run of the course: all runs of the chapters, the bench and the ladder, recorded anew
    ///
    /// A quarter of an hour, on a machine that does nothing else. Nothing is recorded where a run explains nothing.
    Record {
        /// Only these runs; `bench` is one of them [default: everything]
        runs: Vec<String>,
        /// How often a run may be tried until the machine is quiet
        #[arg(long, value_name = "N", default_value = "5", value_parser = clap::value_parser!(u32).range(1..))]
        tries: u32,
        /// Measure nothing: write the figures of the recorded runs into the chapters
        #[arg(long, conflicts_with = "runs")]
        fill: bool,
    },
    /// The course in one file, for a room with a bad network: sources, crates and the book
    ///
    /// Needs the network itself, for the crates that cargo has not fetched yet. What is unpacked builds offline; Rust
    /// itself is not in it.
    Bundle(BundleOptions),
    /// Recorded runs of other machines, and which kinds are still missing
    Gallery {
        #[command(subcommand)]
        task: GalleryTask,
        /// Where they are [default: lessons/machines]
        #[arg(long, value_name = "FOLDER", global = true)]
        from: Option<PathBuf>,
    },
    /// What a class handed in: one page and one table of all files in a folder
    ///
    /// Reads the files that learners made with --hand-in, 500 at most, says who is right, parallel and fast, and names
    /// those that are damaged, doubled or not to be believed. Changes nothing in the folder, and runs nothing of it
    /// unless --recheck asks for it.
    Class(ClassOptions),
    /// The report and the charts of a bench, drawn again
    Draw {
        /// The results.json of the bench
        results: PathBuf,
        /// Another machine, in grey behind the speedups: a kind of the gallery
        #[arg(long, value_name = "KIND")]
        beside: Option<Kind>,
        /// Where to [default: target/sum-of-parts/drawn]
        #[arg(long, value_name = "FOLDER")]
        into: Option<PathBuf>,
    },
}

#[derive(Debug, Subcommand)]
pub(crate) enum GalleryTask {
    /// What is there, and what is missing
    List,
    /// Adds a whole bench, once it has passed the rules
    Add {
        /// The results.json of the bench
        results: PathBuf,
        /// What the machine stands for [default: the only kind that it can stand for]
        #[arg(long)]
        kind: Option<Kind>,
        /// In the place of the one that is there
        #[arg(long)]
        replace: bool,
    },
}

#[derive(Debug, Args)]
pub(crate) struct AgainstOptions {
    /// The commit that the working tree is held against: HEAD is what you changed since the last one
    pub(crate) commit: String,
    /// Only the ids that this regular expression finds
    #[arg(default_value = against::FILTER)]
    pub(crate) filter: String,
    /// End with 1 if a row takes so much longer now, and with 75 if that cannot be told here: 5%
    #[arg(long, value_name = "SHARE", value_parser = percentage)]
    pub(crate) gate: Option<f64>,
    /// One JSON document on standard output, and nothing else there
    #[arg(long)]
    pub(crate) json: bool,
    #[command(flatten)]
    pub(crate) timing: Timing,
    /// What the order within the rounds is drawn from; the JSON has it
    #[arg(long, value_name = "N", default_value = FROM_THE_CLOCK, value_parser = seed, help_heading = "More")]
    pub(crate) seed: u64,
}

#[derive(Debug, Args)]
pub(crate) struct BundleOptions {
    /// Where the archive goes, and the folder that is in it
    pub(crate) folder: PathBuf,
    /// Whose crates: core, all, or names; practice is always in it
    #[arg(long, value_name = "NAMES", default_value = "core")]
    pub(crate) lessons: Lessons,
    /// Where learners build it
    #[arg(
        long,
        value_name = "NAMES",
        value_delimiter = ',',
        default_value = "linux,macos,windows"
    )]
    pub(crate) systems: Vec<TargetSystem>,
    /// The most that the archive may have, in millions of bytes
    #[arg(long, value_name = "N", default_value = "100", value_parser = clap::value_parser!(u64).range(1..=10_000))]
    pub(crate) most_mb: u64,
}

#[derive(Debug, Args)]
pub(crate) struct ClassOptions {
    /// The folder with the files
    pub(crate) folder: PathBuf,
    /// Where page and table go [default: target/sum-of-parts/class]
    #[arg(long, value_name = "FOLDER")]
    pub(crate) output: Option<PathBuf>,
    /// Run so many of them again here, drawn at random: this runs the learners' code with your rights
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u16).range(1..=500))]
    pub(crate) recheck: Option<u16>,
    /// What the sample is drawn from
    #[arg(long, value_name = "N", default_value = FROM_THE_CLOCK, value_parser = seed)]
    pub(crate) seed: u64,
}
