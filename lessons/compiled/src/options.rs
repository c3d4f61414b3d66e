//! The options that only this lesson has.

use clap::builder::PossibleValuesParser;
use clap::{Arg, ArgAction, ArgMatches, Command};
use course::Output;
use measure::Error;

use crate::executable::Executable;
use crate::program::Program;
use crate::{find, show};

const FUNCTION: &str = "function";
const BYTES: &str = "bytes";
const FUNCTIONS: &str = "functions";
const SHOW: &str = "show";
const HEADING: &str = "This lesson";

/// Adds them to those of all lessons.
pub(crate) fn add(common: Command) -> Command {
    common
        .arg(
            Arg::new(SHOW)
                .long(SHOW)
                .value_name("PART")
                .value_parser(PossibleValuesParser::new(show::PARTS.map(|(name, ..)| name)))
                .hide_possible_values(true)
                .help(format!(
                    "Show a part of the lesson: {}",
                    show::PARTS.map(|(name, ..)| name).join(", ")
                ))
                .help_heading(HEADING),
        )
        .arg(
            Arg::new(FUNCTION)
                .long(FUNCTION)
                .value_name("NAME")
                .allow_hyphen_values(true)
                .help("Show the machine code of a function beside its source")
                .help_heading(HEADING),
        )
        .arg(
            Arg::new(BYTES)
                .long(BYTES)
                .action(ArgAction::SetTrue)
                .requires(FUNCTION)
                .help("With --function: show the encoding of each instruction, too")
                .help_heading(HEADING),
        )
        .arg(
            Arg::new(FUNCTIONS)
                .long(FUNCTIONS)
                .action(ArgAction::SetTrue)
                .help("List the functions of the lesson, and end")
                .help_heading(HEADING),
        )
}

/// Shows what one of these options asks for; `None` where none does.
pub(crate) fn instead(asked: &ArgMatches, output: Output) -> Option<Result<u8, Error>> {
    let part = asked.get_one::<String>(SHOW);
    let function = asked.get_one::<String>(FUNCTION);
    let list = asked.get_flag(FUNCTIONS);
    if part.is_none() && function.is_none() && !list {
        return None;
    }
    let shown = || {
        let executable = Executable::of_this_program()?;
        let program = Program::read(&executable)?;
        let mut texts = Vec::new();
        if list {
            let names = find::ours(&program.symbols);
            texts.push(names.into_iter().map(|(name, _)| name + "\n").collect());
        }
        if let Some((_, _, draw)) = part.and_then(|part| show::part(part)) {
            texts.push(draw(&program)?);
        }
        if let Some(name) = function {
            let found = program.function(name)?;
            texts.push(show::function(&program, &found, asked.get_flag(BYTES))?);
        }
        output.result(&texts.join("\n"))
    };
    Some(shown().map(|()| 0))
}
