use ::interpreted::{Form, Program};
use course::{Document, LearnerFile, Table, run_table};
use kernels::{Integers, Kernel, KernelName, Known};
use measure::{Context, Error, Strategy, row};

use crate::options::Options;
use crate::{
    compiled, compiled_checked, cost, first_call, interpreted, later_calls, total, your_turn,
};

/// The lesson, for the runner: its question and its table.
#[derive(Debug)]
pub struct Jit;

impl Table for Jit {
    const NAME: &'static str = "jit";
    const QUESTION: &'static str = "what does compiling at run time cost, and when does it pay?";
    const YOUR_TURN: &'static str = include_str!("your_turn.rs");
    const KERNELS: &'static [KernelName] = &[Integers::NAME];
    const NOT_YOURS: &'static str = "its programs are written in another language";
    const PARALLEL: bool = false;
    const READ_FIRST: Option<&'static str> = Some("later-calls");
    type Options = Options;
    const PREDICTED: Option<&'static str> = Some("interpreted");

    fn strategies<K: Kernel>() -> Vec<Strategy<K>> {
        let code = |_: &K, _: &Context| total::code();
        let machine = |_: &K, _: &Context| Program::new(total::SOURCE, Form::Plain);
        let native = |_: &K, _: &Context| Ok(total::compiled(&total::code()?, false)?.1.native);
        let rows = vec![
            row!(interpreted, "the bytecode in the plain machine", on machine).per_term(),
            // Of few terms, like the interpreter: of many, nobody sees what compiling costs.
            row!(first_call, "types inferred, compiled, run: all of it each time", on code)
                .per_term(),
            row!(later_calls, "the machine code, already compiled", on native),
            row!(compiled_checked, "the same loop in Rust, with the same check"),
            row!(compiled, "the same loop in Rust, without the check"),
            row!(your_turn, "yours: lessons/jit/src/your_turn.rs"),
        ];
        rows.into_iter().map(|row| row.only_on(Integers::NAME)).collect()
    }

    fn run(options: &Options, program: &course::Program) -> Result<u8, Error> {
        match options.run(program.output) {
            Some(done) => done,
            None => run_table::<Self>(options, program),
        }
    }

    /// The row, and the program that it may change.
    fn yours(_: &Options) -> Result<Vec<LearnerFile>, Error> {
        Ok(vec![
            LearnerFile::new("lessons/jit/src/your_turn.rs", Self::YOUR_TURN)?,
            LearnerFile::new("lessons/jit/src/total.py", total::SOURCE)?,
        ])
    }

    fn findings(document: &Document) -> Vec<String> {
        cost::findings(document)
    }

    fn footer(_: &Options, document: &Document) -> String {
        cost::summary(document)
    }
}
