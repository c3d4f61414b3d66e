use std::path::PathBuf;

use clap::builder::EnumValueParser;
use clap::{Arg, ArgMatches, Command, value_parser};
use course::{Document, Output, Table};
use kernels::{Home, Integers, Kernel, KernelName, Known, Memory};
use measure::{Error, Strategy, row};

use crate::rung::{RUNGS, rung};
use crate::show::Stage;
use crate::sum::{self, strategy, take_turn_from};
use crate::{findings, ladder, rust, setup, show, stages, temporary, threads_and_processes};

/// The lesson, for the runner: its question and its table.
#[derive(Debug)]
pub struct Python;

impl Table for Python {
    const NAME: &'static str = "python";
    const QUESTION: &'static str = "what makes Python fast, and what does each way cost?";
    const KERNELS: &'static [KernelName] = &[Integers::NAME, Memory::NAME];
    const HOME: Home = Home::Shared;
    const READ_FIRST: Option<&'static str> = Some("loop");
    const PREDICTED: Option<&'static str> = Some("loop");

    fn strategies<K: Kernel>() -> Vec<Strategy<K>> {
        let numbers = |kernel: &K, _| rust::Numbers::of(kernel);
        let mut rows =
            vec![row!(rust, "no Python: the plain loop in Rust", on numbers).alone()];
        rows.extend(RUNGS.iter().map(strategy));
        rows
    }

    fn file(row: &str) -> String {
        rung(row).map_or_else(|| format!("src/{row}.rs"), |rung| rung.file())
    }

    fn command(common: Command) -> Command {
        common
            .args_conflicts_with_subcommands(true)
            .subcommand(setup::command())
            .subcommand(show::dis_command())
            .arg(
                Arg::new("inspect")
                    .long("inspect")
                    .value_name("STAGE")
                    .value_parser(EnumValueParser::<Stage>::new())
                    .help("Shows what Numba makes of the loop, in the place of measuring"),
            )
            .arg(
                Arg::new("your-turn")
                    .long("your-turn")
                    .value_name("FILE")
                    .value_parser(value_parser!(PathBuf))
                    .help(
                        "Takes the row your-turn from this file, in the place of the lesson's own",
                    ),
            )
    }

    fn instead(asked: &ArgMatches, output: Output) -> Option<Result<u8, Error>> {
        let done = match asked.subcommand() {
            Some(("setup", asked)) => Some(setup::run(asked, output)),
            Some(("dis", asked)) => Some(show::dis(asked, output)),
            _ => match asked.get_one::<Stage>("inspect") {
                Some(stage) => Some(show::inspect(*stage, output)),
                None => take_turn(asked).err().map(Err),
            },
        };
        temporary::remove();
        done
    }

    fn complete(document: &mut Document) {
        stages::complete(document);
        sum::end_all();
    }

    fn findings(document: &Document) -> Vec<String> {
        findings::findings(document)
    }

    fn below(asked: &ArgMatches, document: &Document) -> String {
        let all = asked.get_many::<String>("strategies").is_none_or(|names| names.len() == 0);
        let mut text = ladder::ladder(document);
        // Who names rows wants no more than these.
        if all {
            text += &threads_and_processes::told();
            // A chart of a few terms would be one of starting and asking.
            if !asked.contains_id("terms") {
                text += &ladder::leave(document);
            }
            text += &setup::annotated();
        }
        temporary::remove();
        text
    }
}

/// Takes the row `your-turn` from the file that is named, if one is.
fn take_turn(asked: &ArgMatches) -> Result<(), Error> {
    let Some(file) = asked.get_one::<PathBuf>("your-turn") else { return Ok(()) };
    let found = std::path::absolute(file).and_then(|file| file.metadata().map(|_| file));
    let found = found.map_err(|cause| Error::Input {
        path: file.clone(),
        cause: cause.to_string(),
        remedy: "name a file with the functions integers and memory, as lessons/python/rungs/your_turn.py has \
               them",
    })?;
    take_turn_from(found);
    Ok(())
}
