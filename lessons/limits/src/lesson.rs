use std::fmt::Write;

use course::hand_in::Contents;
use course::{BOLD, Document, Lesson, Program, wrapped};
use measure::Error;
use serde_json::{Map, Value};

use crate::command::{Command, Options};
use crate::machine::{self, MachineOptions};
use crate::picture;
use crate::section::Section;

/// The lesson, for `main`: its question and its command line.
#[derive(Debug)]
pub struct Limits;

impl Lesson for Limits {
    const NAME: &'static str = "limits";
    const QUESTION: &'static str = "what can this machine do, and what would more cores bring?";
    type Options = Options;

    fn examples() -> String {
        "Without a command: a tour of all of them but prices.\n\nExamples:\n  \
         machine --svg pictures         the machine, and its pictures as files\n  \
         simulate -w 1,16,1024          these worker counts\n  \
         simulate -w 8 --slow 3:4       worker 3 takes four times as long\n  \
         laws --from run.json           the laws on what another lesson measured\n  \
         break-even --machine FILE      the same question, for another machine\n  \
         prices --beside mine.json      what things cost, beside what they cost there"
            .to_owned()
    }

    fn command(command: clap::Command) -> clap::Command {
        command.mut_arg("hand_in", |hand_in| hand_in.global(true))
    }

    fn color(options: &Options) -> clap::ColorChoice {
        options.color
    }

    fn run(options: &Options, program: &Program) -> Result<u8, Error> {
        program.handle_signals()?;
        if let Some(folder) = &options.svg {
            picture::create_folder(folder)?;
        }
        let describes =
            matches!(options.command, Some(Command::Machine(MachineOptions { describe: true })));
        if describes {
            options.hand_in.refuse("--describe", "what a command finds")?;
        }
        let hand_in = options.hand_in.open(Self::NAME, || Ok(Vec::new()), program)?;
        let mut handed_in = Ok(None);
        let text = match &options.command {
            Some(Command::Machine(MachineOptions { describe: true })) => machine::description()?,
            command => {
                let commands: Vec<Command> =
                    command.clone().map_or_else(|| Command::tour().collect(), |one| vec![one]);
                let answered = |command: &Command| command.answer(&program.cancellation);
                let sections: Vec<Section> =
                    commands.iter().map(answered).collect::<Result<_, _>>()?;
                let document = || Contents::of(&document(&sections));
                handed_in = hand_in.map(|file| file.write(document())).transpose();
                answer(&sections, options)?
            }
        };
        program.stand_still_if_interrupted();
        program.output.result(&text)?;
        handed_in?.iter().for_each(|note| program.output.complain(note));
        Ok(0)
    }
}

/// Saves the pictures; gives the text for people or for programs.
fn answer(sections: &[Section], options: &Options) -> Result<String, Error> {
    let mut saved = Vec::new();
    for section in sections {
        if let Some(folder) = &options.svg {
            saved.extend(picture::save(folder, &section.pictures)?);
        }
    }
    if options.json {
        return Ok(document(sections).to_json());
    }
    let mut text = format!("{BOLD}limits: {}{BOLD:#}\n", Limits::QUESTION);
    for section in sections {
        let _ = write!(text, "\n{}", section.text);
    }
    if options.svg.is_some() {
        text += "\nPictures\n";
        text += &saved.iter().map(|path| format!("  {path}\n")).collect::<String>();
    }
    if options.command.is_none() {
        let next = "Read lessons/limits/src/simulator/run.rs: a machine on paper, event by event.";
        text += &format!("\n{}", wrapped(next, 0));
        text += "Then ask it something: cargo run -p limits -- simulate -w 8 --slow 3:4\n";
    }
    Ok(text)
}

/// Everything that was found, by the names of the commands.
fn document(sections: &[Section]) -> Document<Map<String, Value>> {
    let sections = sections.iter().map(|section| (section.name.to_owned(), section.json.clone()));
    Document::new(Limits::NAME, sections.collect())
}
