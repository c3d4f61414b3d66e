use clap::Args;
use course::options::values::percentage;
use measure::Error;

use super::values::{Commits, commits};
use super::{Common, line};
use crate::template::{Place, Template};

/// The options of `compare`.
#[derive(Debug, Clone, Args)]
pub(crate) struct CompareOptions {
    /// Two programs, each with its words: A -- B
    #[arg(required = true, trailing_var_arg = true, value_name = "A -- B")]
    pub(crate) programs: Vec<Template>,

    /// Compare two commits of this repository: OLD,NEW. {tree} in the words is the folder of each
    #[arg(long, value_name = "OLD,NEW", value_parser = commits)]
    pub(crate) commits: Option<Commits>,

    /// The command that builds a commit, in a shell: "cargo build --release --manifest-path {tree}/Cargo.toml"
    #[arg(long, value_name = "COMMAND", requires = "commits")]
    pub(crate) build: Option<Template>,

    /// End with 1 if B takes this much longer than A, and with 75 if that cannot be told here: 5%
    #[arg(long, value_name = "SHARE", value_parser = percentage)]
    pub(crate) gate: Option<f64>,

    #[command(flatten)]
    pub(crate) common: Common,
}

impl CompareOptions {
    /// The words of A, and those of B; the same for both where they are commits.
    ///
    /// # Errors
    ///
    /// [`Error::Usage`] where there are not two programs, or where they are to be told what nobody says here.
    pub(crate) fn two(&self) -> Result<[Vec<Template>; 2], Error> {
        let both: Vec<&[Template]> = self.programs.split(|word| word.as_str() == "--").collect();
        let all = || self.programs.iter().chain(self.common.env.iter().map(|(_, value)| value));
        if all().any(|word| word.names(Place::Workers) || word.names(Place::Terms)) {
            return Err(Error::Usage(
                "compare runs each program as it is: put numbers in the place of {workers} and {terms}".to_owned(),
            ));
        }
        match both[..] {
            [only] if self.commits.is_some() => Ok([only.to_vec(), only.to_vec()]),
            [first, second] if self.commits.is_none() && !first.is_empty() && !second.is_empty() => Ok([first.to_vec(), second.to_vec()]),
            _ if self.commits.is_some() => {
                Err(Error::Usage("two commits are compared with one program, so leave the second out".to_owned()))
            }
            _ => Err(Error::Usage(
                "compare takes two programs, with -- between them; for example: compare gzip -c FILE -- pigz -c FILE"
                    .to_owned(),
            )),
        }
    }
}

impl CompareOptions {
    /// How the two are shown: the commits where there are such.
    pub(crate) fn titles(&self, words: &[Vec<Template>; 2]) -> [String; 2] {
        match &self.commits {
            Some(Commits(commits)) => {
                commits.each_ref().map(|commit| format!("{commit}: {}", line(&self.programs)))
            }
            None => words.each_ref().map(|words| line(words)),
        }
    }
}
