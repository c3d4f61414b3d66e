use clap::{Arg, ArgAction, ArgMatches, Command};
use course::{Document, Lesson, Output};
use kernels::{Home, Kernel};
use measure::{Error, Strategy, row};

use crate::work::Work;
use crate::{
    below, borders, c_per_block, c_per_term, c_whole, callback, cost, cxx_template, cxx_whole,
    rust, your_turn,
};

/// The lesson, for the runner: its question and its table.
#[derive(Debug)]
pub struct Ffi;

impl Lesson for Ffi {
    const NAME: &'static str = "ffi";
    const QUESTION: &'static str = "what does it cost to call another language?";
    const HOME: Home = Home::Shared;
    const PARALLEL: bool = false;
    const READ_FIRST: Option<&'static str> = Some("c-per-term");
    const GUESSED: &'static str = "c-per-term";

    fn strategies<K: Kernel>() -> Vec<Strategy<K>> {
        vec![
            row!(rust, "one call for all, within Rust", standing on Work::of),
            row!(c_per_term, "the loop in Rust, each term in C", standing on Work::of).per_term(),
            row!(c_per_block, "the loop in C, called for each block", standing on Work::of),
            row!(c_whole, "one call for all, to C", standing on Work::of),
            row!(cxx_whole, "one call for all, to C++ through cxx", standing on Work::of),
            row!(cxx_template, "the same, made from one template", standing on Work::of),
            row!(callback, "the loop in C, each term in Rust").per_term(),
            row!(your_turn, "yours: lessons/ffi/src/your_turn.rs"),
        ]
    }

    fn command(common: Command) -> Command {
        common.arg(
            Arg::new("borders")
                .long("borders")
                .action(ArgAction::SetTrue)
                .help("Shows what goes wrong at the border, and what is answered")
                .help_heading("This lesson"),
        )
    }

    fn instead(asked: &ArgMatches, output: Output) -> Option<Result<u8, Error>> {
        asked.get_flag("borders").then(|| output.result(&borders::text()).map(|()| 0))
    }

    fn findings(document: &Document) -> Vec<String> {
        below::findings(document)
    }

    fn below(asked: &ArgMatches, _document: &Document) -> String {
        // Who names rows wants no more than these.
        let all = asked.get_many::<String>("strategies").is_none_or(|names| names.len() == 0);
        let borders = "cargo run -p ffi -- --borders shows what goes wrong at the border.\n";
        if all { cost::below() + borders } else { String::new() }
    }
}
