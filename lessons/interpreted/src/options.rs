//! The options that only this lesson has.

use clap::{Arg, ArgAction, ArgMatches, Command};
use course::Output;
use measure::Error;

use crate::{Form, SOURCE, Script, addition};

/// Where the help shows them.
const HEADING: &str = "The interpreter";

/// Adds them to those of all lessons.
pub(crate) fn command(common: Command) -> Command {
    let forms = Form::ALL.map(Form::name);
    common
        .arg(
            Arg::new("program").value_name("PROGRAM").help(
                "Runs this program of yours, and nothing else; - reads it from standard input",
            ),
        )
        .arg(
            Arg::new("form")
                .long("form")
                .help_heading(HEADING)
                .value_name("FORM")
                .value_parser(forms)
                .default_value(forms[0])
                .help("The form of the machine that runs PROGRAM"),
        )
        .arg(
            Arg::new("dis")
                .long("dis")
                .action(ArgAction::SetTrue)
                .help("Shows the instructions of PROGRAM, or of the sum, beside those of python3"),
        )
        .arg(
            Arg::new("trace-add")
                .long("trace-add")
                .help_heading(HEADING)
                .action(ArgAction::SetTrue)
                .help("Shows every step of one addition, as the machine does it"),
        )
}

/// Does what they ask for. `None` where none of them asks.
pub(crate) fn instead(asked: &ArgMatches, output: Output) -> Option<Result<u8, Error>> {
    let path = asked.get_one::<String>("program");
    let form = asked.get_one::<String>("form").and_then(|name| Form::of(name));
    let form = form.unwrap_or(Form::Plain);
    let script = || match path {
        Some(path) => Script::read(path),
        None => Ok(Script::of("total.py", SOURCE)),
    };
    if asked.get_flag("trace-add") {
        return Some(output.result(&addition::trace()).map(|()| 0));
    }
    if asked.get_flag("dis") {
        return Some(script().and_then(|script| script.disassemble(form, output)));
    }
    path.map(|_| script().and_then(|script| script.run(form, output)))
}
