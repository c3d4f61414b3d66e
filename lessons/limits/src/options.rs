use std::path::PathBuf;

use clap::Args;

use crate::command::Command;

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
