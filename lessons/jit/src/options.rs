//! The options of this lesson.

use std::ffi::{OsStr, OsString};
use std::rc::Rc;

use ::interpreted::Script;
use clap::Args;
use course::Output;
use measure::Error;

use crate::compile::compile;
use crate::inspect::{Stage, stages};
use crate::point::{adder, point};
use crate::script::{ScriptOptions, run};
use crate::signature::Signature;
use crate::total;
use crate::types::Struct;

/// The options of all lessons, and those that run or show a program in place of measuring.
#[derive(Debug, Clone, Args)]
pub struct Options {
    #[command(flatten)]
    common: course::Options,

    /// Run this program of yours and nothing else; - reads it from standard input
    program: Option<OsString>,

    /// Show what the functions of the program become, in place of its output
    #[arg(long, value_name = "STAGE")]
    inspect: Option<Stage>,

    /// Compile a function before the program begins, for example total=u64(u64)
    #[arg(long, value_name = "NAME=RESULT(TYPES)", requires = "program")]
    signature: Vec<String>,

    /// Show how two of these are added, for example 'point: x u64, y u64'
    #[arg(
        long = "struct",
        value_name = "NAME: FIELD TYPE, ...",
        requires = "inspect",
        conflicts_with = "program"
    )]
    structs: Vec<String>,

    /// Treat a function that can't be compiled as an error
    #[arg(long, requires = "program")]
    nopython: bool,

    /// Report at the end what became of each function
    #[arg(long, requires = "program")]
    statistics: bool,
}

impl AsRef<course::Options> for Options {
    fn as_ref(&self) -> &course::Options {
        &self.common
    }
}

impl Options {
    /// Does what the options ask for and gives the exit code; `None` where they ask for nothing.
    pub(crate) fn run(&self, output: Output) -> Option<Result<u8, Error>> {
        let refused = self.common.hand_in.refuse("a PROGRAM and --inspect", "the table").err();
        match (&self.program, self.inspect) {
            (Some(_), _) | (_, Some(_)) if refused.is_some() => refused.map(Err),
            (Some(path), stage) => Some(self.program(path, stage, output)),
            (None, Some(stage)) => Some(self.example(stage, output)),
            (None, None) => None,
        }
    }

    fn program(&self, path: &OsStr, stage: Option<Stage>, output: Output) -> Result<u8, Error> {
        let signatures = self.signature.iter().map(|text| Signature::parse(text));
        let options = ScriptOptions {
            strict: self.nopython,
            stage,
            signatures: signatures.collect::<Result<_, String>>().map_err(Error::Usage)?,
            statistics: self.statistics,
        };
        run(&Script::read(path)?, &options, output)
    }

    /// Shows the lesson's own functions: the sum, and the sum of two structs.
    fn example(&self, stage: Stage, output: Output) -> Result<u8, Error> {
        let mut structs = Vec::new();
        for text in &self.structs {
            let parsed = Struct::parse(text, &structs).map_err(Error::Usage)?;
            structs.push(Rc::new(parsed));
        }
        let mut text = String::new();
        if structs.is_empty() {
            let (program, compiled) = total::compiled(&total::code()?, true)?;
            text += &stages(&program.functions, &compiled, stage);
        }
        let functions = [adder(&structs.pop().unwrap_or_else(point)).map_err(Error::Usage)?];
        let compiled = compile(&functions, true).map_err(|reason| total::failed(&reason))?;
        text += &stages(&functions, &compiled, stage);
        output.result(&text)?;
        Ok(0)
    }
}
