use course::{BOLD, Document, Program as Running, Table, run_table};
use kernels::{Integers, Kernel, KernelName, Known};
use measure::{Error, Strategy, row};

use crate::executable::Executable;
use crate::program::Program;
use crate::{
    cxx_optimised, cxx_unoptimised, folded, masked, options, show, unoptimised, your_turn,
};

/// The lesson, for the runner: its question and its table.
#[derive(Debug)]
pub struct Compiled;

impl Table for Compiled {
    const NAME: &'static str = "compiled";
    const QUESTION: &'static str = "what does a compiler make of a sum?";
    const YOUR_TURN: &'static str = include_str!("your_turn.rs");
    const KERNELS: &'static [KernelName] = &[Integers::NAME];
    const NOT_YOURS: &'static str = "what is read here is the machine code of one known loop";
    const PARALLEL: bool = false;
    const READ_FIRST: Option<&'static str> = Some("masked");
    type Options = options::Options;
    const PREDICTED: Option<&'static str> = Some("unoptimised");

    fn strategies<K: Kernel>() -> Vec<Strategy<K>> {
        vec![
            row!(unoptimised, "the plain loop, by a compiler that does not optimise"),
            row!(cxx_unoptimised, "the same loop in C++, not optimised either"),
            row!(folded, "the plain loop, optimised: a formula is left of it"),
            row!(cxx_optimised, "the same in C++, optimised; g++ 12 keeps the loop"),
            row!(masked, "a loop that cannot be folded, optimised: several terms in a turn"),
            row!(your_turn, "yours: lessons/compiled/src/your_turn.rs"),
        ]
        .into_iter()
        .map(|strategy| strategy.only_on(Integers::NAME))
        .collect()
    }

    fn run(options: &Self::Options, program: &Running) -> Result<u8, Error> {
        match options.shown()? {
            Some(text) => {
                let common: &course::Options = options.as_ref();
                common.hand_in.refuse("--show, --function and --functions", "the table")?;
                program.output.result(&text).map(|()| 0)
            }
            None => run_table::<Self>(options, program),
        }
    }

    fn footer(_: &Self::Options, document: &Document) -> String {
        let counted = || {
            let executable = Executable::of_this_program()?;
            let program = Program::read(&executable)?;
            let addition = show::function(
                &program,
                &program.function("unoptimised::plain::addition")?,
                false,
            )?;
            Ok(show::counts(&program, document)? + "\n" + &addition)
        };
        let shown = counted().unwrap_or_else(|error: Error| format!("No machine code: {error}\n"));
        let mut text = shown + &format!("\n{BOLD}More to see{BOLD:#}\n");
        for (name, about, _) in show::PARTS {
            text += &format!("  --show {name:<10} {about}\n");
        }
        text + "  --function NAME   any function; --bytes: its encoding; --functions: all names\n"
    }
}
