use std::path::PathBuf;

use clap::Args;
use measure::Error;

use crate::Program;
use crate::hand_in::{HandInFile, LearnerFile};

/// The option of every lesson whose result can be handed in.
#[derive(Debug, Clone, Default, Args)]
pub struct HandInOption {
    /// Write a file to hand in: the JSON document together with your own code
    #[arg(long, value_name = "FILE", help_heading = "More")]
    hand_in: Option<PathBuf>,
}

impl HandInOption {
    /// Whether a file is wanted.
    pub fn is_wanted(&self) -> bool {
        self.hand_in.is_some()
    }

    /// Opens the file of `lesson` before anything is measured, if one is wanted. The learner's own `files` go
    /// into it.
    ///
    /// # Errors
    ///
    /// [`Error::Save`] where the file cannot be written, [`Error::Usage`] where it is standard output, and those of
    /// `files`.
    pub fn open(
        &self,
        lesson: &'static str,
        files: impl FnOnce() -> Result<Vec<LearnerFile>, Error>,
        program: &Program,
    ) -> Result<Option<HandInFile>, Error> {
        let open = |path| HandInFile::create(path, lesson, files()?, &program.cancellation);
        self.hand_in.as_deref().map(open).transpose()
    }

    /// To be called for what has no result that could be handed in: `asked` for it was with `--list`, and `instead`
    /// of it can be handed in: `the table`.
    ///
    /// # Errors
    ///
    /// [`Error::Usage`] where a file is wanted all the same.
    pub fn refuse(&self, asked: &str, instead: &str) -> Result<(), Error> {
        if !self.is_wanted() {
            return Ok(());
        }
        Err(Error::Usage(format!(
            "there is nothing to hand in with {asked}; hand in {instead} instead, for example: --hand-in alice.json"
        )))
    }
}
