use clap::{Arg, ArgMatches, Command};

use shared::report::Output;
use shared::{Error, Kernel, KernelName, Lesson, Strategy};

use crate::{Form, Script};

/// The lesson, for the runner: its question and its table.
#[derive(Debug)]
pub struct Interpreted;

impl Lesson for Interpreted {
    const NAME: &'static str = "interpreted";
    const QUESTION: &'static str = "why is an interpreter slow?";
    const KERNELS: &'static [KernelName] = &[KernelName::Integers];
    const PARALLEL: bool = false;

    fn strategies<K: Kernel>() -> Vec<Strategy<K>> {
        vec![]
    }

    fn command(common: Command) -> Command {
        common.arg(
            Arg::new("program").value_name("PROGRAM").help(
                "Runs this program of yours, and nothing else; - reads it from standard input",
            ),
        )
    }

    fn instead(asked: &ArgMatches, output: Output) -> Option<Result<u8, Error>> {
        let path = asked.get_one::<String>("program")?;
        Some(Script::read(path).and_then(|script| script.run(Form::Plain, output)))
    }
}
