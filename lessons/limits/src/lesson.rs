use std::fmt::Write;
use std::process::ExitCode;

use clap::Parser;
use course::{BOLD, Output, program, signals, wrapped};
use measure::Error;
use serde_json::{Map, Value};

use crate::options::{Command, Options};
use crate::told::Told;
use crate::{break_even, comparison, laws, machine, picture, simulation, tour};

pub(crate) const QUESTION: &str = "what can this machine do, and what would more cores bring?";

/// Runs the lesson: reads the options, measures and simulates what was asked for, tells it. Gives the
/// exit code.
pub fn main() -> ExitCode {
    program::begin();
    let options = match Options::try_parse() {
        Ok(options) => options,
        Err(refused) => return program::refuse("limits", &refused),
    };
    let output = Output::new(options.color);
    program::run("limits", output, || run(&options, output))
}

fn run(options: &Options, output: Output) -> Result<u8, Error> {
    signals::handle()?;
    if let Some(folder) = &options.svg {
        picture::folder(folder)?;
    }
    let parts = match &options.command {
        None => tour::tour()?,
        Some(Command::Machine(asked)) if asked.describe => {
            output.result(&machine::described()?)?;
            return Ok(0);
        }
        Some(Command::Machine(_)) => vec![machine::machine()?],
        Some(Command::Laws(asked)) => vec![laws::laws(asked)?],
        Some(Command::Simulate(asked)) => vec![simulation::simulation(asked)?],
        Some(Command::Compare(asked)) => vec![comparison::comparison(asked)?],
        Some(Command::BreakEven(asked)) => vec![break_even::break_even(asked)?],
    };
    let mut saved = Vec::new();
    for part in &parts {
        if let Some(folder) = &options.svg {
            saved.extend(picture::save(folder, &part.pictures)?);
        }
    }
    let text = if options.json { document(parts) } else { page(&parts, &saved, options) };
    output.result(&text)?;
    Ok(0)
}

/// Everything for people.
fn page(parts: &[Told], saved: &[String], options: &Options) -> String {
    let mut text = format!("{BOLD}limits: {QUESTION}{BOLD:#}\n");
    for part in parts {
        let _ = write!(text, "\n{}", part.text);
    }
    if options.svg.is_some() {
        text += "\nPictures\n";
        text += &saved.iter().map(|path| format!("  {path}\n")).collect::<String>();
    }
    if options.command.is_none() {
        text.push('\n');
        text += &wrapped(
            "Read lessons/limits/src/simulator/run.rs: a machine on paper, event by event.",
            0,
        );
        text += "Then ask it something: cargo run -p limits -- simulate -w 8 --slow 3:4\n";
    }
    text
}

/// Everything for programs.
fn document(parts: Vec<Told>) -> String {
    let mut document = Map::new();
    document.insert("schema".to_owned(), 1.into());
    document.insert("lesson".to_owned(), "limits".into());
    document.insert("version".to_owned(), env!("CARGO_PKG_VERSION").into());
    document.extend(parts.into_iter().map(|part| (part.name.to_owned(), part.json)));
    serde_json::to_string_pretty(&Value::Object(document)).expect("a document is plain data") + "\n"
}
