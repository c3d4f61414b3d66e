use clap::Args;
use course::{Document, Program, Table, run_table};
use kernels::{Home, Kernel, KernelName};
use measure::{Error, Strategy, row};

use crate::plain_kernel::PlainKernel;
use crate::{
    below, borders, c_per_block, c_per_term, c_whole, callback, cost, cxx_template, cxx_whole,
    rust, your_turn,
};

/// The options of all lessons, and one that shows mistakes instead of measuring.
#[derive(Debug, Clone, Args)]
pub struct Options {
    #[command(flatten)]
    common: course::Options,

    /// Show what goes wrong at the border, and what is answered
    #[arg(long, help_heading = "This lesson")]
    borders: bool,
}

impl AsRef<course::Options> for Options {
    fn as_ref(&self) -> &course::Options {
        &self.common
    }
}

/// The lesson, for the runner: its question and its table.
#[derive(Debug)]
pub struct Ffi;

impl Table for Ffi {
    const NAME: &'static str = "ffi";
    const QUESTION: &'static str = "what does it cost to call another language?";
    const YOUR_TURN: &'static str = include_str!("your_turn.rs");
    const KERNELS: &'static [KernelName] = KernelName::BUILT_IN;
    const NOT_YOURS: &'static str = "its kernels are written in C and in C++, too";
    const HOME: Home = Home::Shared;
    const PARALLEL: bool = false;
    const READ_FIRST: Option<&'static str> = Some("c-per-term");
    type Options = Options;
    const PREDICTED: Option<&'static str> = Some("c-per-term");

    fn strategies<K: Kernel>() -> Vec<Strategy<K>> {
        vec![
            row!(rust, "one call for all, within Rust", on PlainKernel::of),
            row!(c_per_term, "the loop in Rust, each term in C", on PlainKernel::of).per_term(),
            row!(c_per_block, "the loop in C, called for each block", on PlainKernel::of),
            row!(c_whole, "one call for all, to C", on PlainKernel::of),
            row!(cxx_whole, "one call for all, to C++ through cxx", on PlainKernel::of),
            row!(cxx_template, "the same, made from one template", on PlainKernel::of),
            row!(callback, "the loop in C, each term in Rust").per_term(),
            row!(your_turn, "yours: lessons/ffi/src/your_turn.rs"),
        ]
    }

    fn run(options: &Options, program: &Program) -> Result<u8, Error> {
        if options.borders {
            options.common.hand_in.refuse("--borders", "the table")?;
            return program.output.result(&borders::text()).map(|()| 0);
        }
        run_table::<Self>(options, program)
    }

    fn findings(document: &Document) -> Vec<String> {
        below::findings(document)
    }

    fn footer(options: &Options, _: &Document) -> String {
        // Who names rows wants no more than these.
        if !options.common.strategies.is_empty() {
            return String::new();
        }
        let borders = "cargo run -p ffi -- --borders shows what goes wrong at the border.\n";
        cost::below() + borders
    }
}
