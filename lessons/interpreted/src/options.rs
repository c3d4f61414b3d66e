//! The options of this lesson.

use std::ffi::OsString;

use clap::Args;
use course::Output;
use measure::Error;

use crate::{Form, SOURCE, Script, addition};

/// Where the help shows them.
const HEADING: &str = "The interpreter";

/// The options of all lessons, and those that run or show a program instead of measuring.
#[derive(Debug, Clone, Args)]
pub struct Options {
    /// Run this program of yours and nothing else; - reads it from standard input
    program: Option<OsString>,

    #[command(flatten)]
    common: course::Options,

    /// Show the instructions of PROGRAM, or of the sum, beside those of python3
    #[arg(long)]
    dis: bool,

    /// The form of the machine that runs PROGRAM
    #[arg(long, default_value = "plain", help_heading = HEADING)]
    form: Form,

    /// Show every step of one addition, as the machine performs it
    #[arg(long, help_heading = HEADING)]
    trace_add: bool,
}

impl AsRef<course::Options> for Options {
    fn as_ref(&self) -> &course::Options {
        &self.common
    }
}

impl Options {
    /// Does what the options ask for and gives the exit code; `None` where they ask for nothing.
    pub(crate) fn run(&self, output: Output) -> Option<Result<u8, Error>> {
        let is_table = self.program.is_none() && !self.dis && !self.trace_add;
        let hand_in = &self.common.hand_in;
        match hand_in.refuse("a PROGRAM, --dis and --trace-add", "the table") {
            Err(refused) if !is_table => return Some(Err(refused)),
            _ => {}
        }
        if self.trace_add {
            return Some(output.result(&addition::trace()).map(|()| 0));
        }
        if self.dis {
            let script = match &self.program {
                Some(path) => Script::read(path),
                None => Ok(Script::of("total.py", SOURCE)),
            };
            return Some(script.and_then(|script| script.disassemble(self.form, output)));
        }
        let path = self.program.as_ref()?;
        Some(Script::read(path).and_then(|script| script.run(self.form, output)))
    }
}
