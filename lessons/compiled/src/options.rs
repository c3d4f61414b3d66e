use std::path::PathBuf;

use clap::Args;
use clap::builder::PossibleValuesParser;
use measure::Error;

use crate::executable::Executable;
use crate::program::Program;
use crate::{find, show};

const HEADING: &str = "This lesson";

/// The options of all lessons, and those that show machine code instead of measuring.
#[derive(Debug, Clone, Args)]
pub struct Options {
    #[command(flatten)]
    common: course::Options,

    /// Show a part of the lesson: addition, twins, fold, header, elsewhere
    #[arg(long, value_name = "PART", hide_possible_values = true, help_heading = HEADING,
          value_parser = PossibleValuesParser::new(show::PARTS.map(|(name, ..)| name)))]
    show: Option<String>,

    /// Show the machine code of a function beside its source
    #[arg(long, value_name = "NAME", allow_hyphen_values = true, help_heading = HEADING)]
    function: Option<String>,

    /// With --function: show the encoding of each instruction, too
    #[arg(long, requires = "function", help_heading = HEADING)]
    bytes: bool,

    /// List the functions of the lesson, and end
    #[arg(long, help_heading = HEADING)]
    functions: bool,

    /// Look into another executable, for any system and processor, that has the functions of this lesson
    #[arg(long, value_name = "FILE", help_heading = HEADING)]
    executable: Option<PathBuf>,
}

impl AsRef<course::Options> for Options {
    fn as_ref(&self) -> &course::Options {
        &self.common
    }
}

impl Options {
    /// What the options of this lesson ask to see; `None` where they ask for nothing.
    ///
    /// # Errors
    ///
    /// Where the executable has no machine code that can be read.
    pub(crate) fn shown(&self) -> Result<Option<String>, Error> {
        if self.show.is_none() && self.function.is_none() && !self.functions {
            return match &self.executable {
                None => Ok(None),
                Some(path) => Err(Error::Usage(format!(
                    "--executable says where to look, and not at what; for example: --show fold --executable {}",
                    path.display()
                ))),
            };
        }
        let executable = match &self.executable {
            None => Executable::of_this_program()?,
            Some(path) => Executable::read(path)?,
        };
        let program = Program::read(&executable)?;
        let mut texts = Vec::new();
        if self.functions {
            let names = find::ours(program.symbols()?);
            texts.push(names.into_iter().map(|(name, _)| name + "\n").collect());
        }
        if let Some((_, _, draw)) = self.show.as_deref().and_then(show::part) {
            texts.push(draw(&program)?);
        }
        if let Some(name) = &self.function {
            let found = program.function(name)?;
            texts.push(show::function(&program, &found, self.bytes)?);
        }
        Ok(Some(texts.join("\n")))
    }
}
