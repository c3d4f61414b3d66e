use std::path::{Path, PathBuf};
use std::sync::Arc;

use clap::{Args, Subcommand};
use measure::Error;

use crate::pythons::Pythons;
use crate::setup::Setup;
use crate::show::{Dis, Stage};

/// The options of all lessons; what else can be shown or set up; and the Pythons of this run.
#[derive(Debug, Clone, Args)]
#[command(args_conflicts_with_subcommands = true)]
pub struct Options {
    #[command(flatten)]
    common: course::Options,

    /// Shows what Numba makes of the loop, in the place of measuring
    #[arg(long, value_name = "STAGE")]
    pub(crate) inspect: Option<Stage>,

    /// Also shows where the time before the first sum of each rung went
    #[arg(long)]
    pub(crate) stages: bool,

    /// Takes the row your-turn from this file, in the place of the lesson's own
    #[arg(long, value_name = "FILE")]
    your_turn: Option<PathBuf>,

    #[command(subcommand)]
    pub(crate) command: Option<Command>,

    /// What all clones share.
    #[arg(skip)]
    pub(crate) pythons: Arc<Pythons>,
}

#[derive(Debug, Clone, Subcommand)]
pub(crate) enum Command {
    Setup(Setup),
    Dis(Dis),
    /// Shows how much of each line Cython leaves to Python, without types and with them
    Annotate,
}

impl AsRef<course::Options> for Options {
    fn as_ref(&self) -> &course::Options {
        &self.common
    }
}

impl Options {
    /// The file of the row `your-turn`, where another one than the lesson's is named.
    ///
    /// # Errors
    ///
    /// [`Error::Input`] where there is no such file.
    pub(crate) fn your_turn(&self) -> Result<Option<PathBuf>, Error> {
        let found = |file: &Path| {
            let file = std::path::absolute(file)?;
            file.metadata().map(|_| file)
        };
        let Some(file) = &self.your_turn else { return Ok(None) };
        found(file).map(Some).map_err(|cause| Error::Input {
            path: file.clone(),
            cause: cause.to_string(),
            remedy: "name a file with the functions integers and memory, as \
                     lessons/python/rungs/your_turn.py has them",
        })
    }
}
