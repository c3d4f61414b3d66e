use clap::{ArgMatches, Command};

use shared::report::Output;
use shared::{Error, Kernel, KernelName, Lesson, Strategy, row};

use crate::{Form, Program, options, plain, specialised, superinstructions};

/// The lesson, for the runner: its question and its table.
#[derive(Debug)]
pub struct Interpreted;

impl Lesson for Interpreted {
    const NAME: &'static str = "interpreted";
    const QUESTION: &'static str = "why is an interpreter slow?";
    const KERNELS: &'static [KernelName] = &[KernelName::Integers];
    const PARALLEL: bool = false;

    fn strategies<K: Kernel>() -> Vec<Strategy<K>> {
        vec![
            row!(plain, "the machine, one instruction after the other", standing on |_, _| {
                Program::new(Form::Plain)
            }).per_term(),
            row!(specialised, "instructions that expect the types that they saw", standing on |_, _| {
                Program::new(Form::Specialised)
            }).per_term(),
            row!(superinstructions, "instructions that follow each other made one", standing on |_, _| {
                Program::new(Form::Superinstructions)
            }).per_term(),
        ]
    }

    fn command(common: Command) -> Command {
        options::command(common)
    }

    fn instead(asked: &ArgMatches, output: Output) -> Option<Result<u8, Error>> {
        options::instead(asked, output)
    }
}
