use course::{Document, Table, run_table};
use kernels::{Integers, Kernel, KernelName, Known};
use measure::{Context, Error, Strategy, row};

use crate::cpython::{Python, version};
use crate::options::Options;
use crate::your_turn::yours;
use crate::{
    Form, Program, SOURCE, anatomy, compiled, cpython, plain, registers, specialised,
    superinstructions, your_turn,
};

/// The lesson, for the runner: its question and its table.
#[derive(Debug)]
pub struct Interpreted;

impl Table for Interpreted {
    const NAME: &'static str = "interpreted";
    const QUESTION: &'static str = "why is an interpreter slow?";
    const YOUR_TURN: &'static str = include_str!("your_turn.rs");
    const KERNELS: &'static [KernelName] = &[Integers::NAME];
    const NOT_YOURS: &'static str = "its programs are written in another language";
    const PARALLEL: bool = false;
    const READ_FIRST: Option<&'static str> = Some("plain");
    const PREDICTED: Option<&'static str> = Some("plain");
    type Options = Options;

    fn strategies<K: Kernel>() -> Vec<Strategy<K>> {
        let plain_form = |_: &K, _: &Context| Program::new(SOURCE, Form::Plain);
        let specialised_form = |_: &K, _: &Context| Program::new(SOURCE, Form::Specialised);
        let fused_form = |_: &K, _: &Context| Program::new(SOURCE, Form::Superinstructions);
        let register_form = |_: &K, _: &Context| Program::new(SOURCE, Form::Registers);
        let python = |_: &K, context: &Context| Python::start(context);
        let yours = |_: &K, _: &Context| yours();
        let rows = vec![
            row!(cpython, "the Python of this machine", on python).per_term(),
            row!(plain, "our own machine, one instruction after the other", on plain_form)
                .per_term(),
            row!(
                specialised,
                "instructions that expect the types they saw before",
                on specialised_form
            )
            .per_term(),
            row!(
                superinstructions,
                "sequences of instructions fused into one",
                on fused_form
            )
            .per_term(),
            row!(registers, "registers instead of a stack", on register_form).per_term(),
            row!(compiled, "the same loop in Rust"),
            row!(your_turn, "yours: lessons/interpreted/src/your_turn.rs", on yours).per_term(),
        ];
        rows.into_iter().map(|row| row.only_on(Integers::NAME)).collect()
    }

    fn run(options: &Options, program: &course::Program) -> Result<u8, Error> {
        match options.run(program.output) {
            Some(done) => done,
            None => run_table::<Self>(options, program),
        }
    }

    fn footer(_: &Options, document: &Document) -> String {
        let row = |name: &str| document.right().find(|run| run.strategy == name);
        let plain = row("plain").and_then(|run| {
            let best = run.seconds.as_ref()?.samples.iter().copied().reduce(f64::min)?;
            Some(best * 1e9 / run.terms as f64)
        });
        let compiled = row("compiled");
        let addition = compiled.and_then(|run| run.terms_per_second).map(|rate| 1e9 / rate);
        let python = match version() {
            Some(name) => format!("cpython is {name}, as python3 on the path.\n"),
            None => String::new(),
        };
        format!("{}{python}", anatomy::table(addition, plain).unwrap_or_default())
    }
}
