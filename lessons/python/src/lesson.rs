use std::path::PathBuf;
use std::sync::Arc;

use course::{Document, LearnerFile, Program, Table, phases_table, read_text, run_table};
use kernels::{Home, Integers, Kernel, KernelName, Known, Memory};
use measure::check::Reach;
use measure::{Error, Strategy, row};

use crate::options::{Command, Options};
use crate::pythons::Pythons;
use crate::rung::{RUNGS, rung};
use crate::strategy::strategy;
use crate::{annotated, costs, findings, place, report, rust, setup, show, threads_and_processes};

/// The lesson, for the runner: its question and its table.
#[derive(Debug)]
pub struct Python;

impl Table for Python {
    const NAME: &'static str = "python";
    const QUESTION: &'static str = "what makes Python fast, and what does each way cost?";
    const YOUR_TURN: &'static str = include_str!("../rungs/your_turn.py");
    const KERNELS: &'static [KernelName] = &[Integers::NAME, Memory::NAME];
    const NOT_YOURS: &'static str = "its kernels are written in Python, too";
    const HOME: Home = Home::Shared;
    const REACH: Reach = Reach::Processes;
    const READ_FIRST: Option<&'static str> = Some("loop");
    const PREDICTED: Option<&'static str> = Some("loop");
    type Options = Options;

    fn strategies<K: Kernel>() -> Vec<Strategy<K>> {
        rows(None, &Arc::default())
    }

    fn strategies_for<K: Kernel>(options: &Options) -> Vec<Strategy<K>> {
        rows(options.your_turn().ok().flatten(), &options.pythons)
    }

    fn file(row: &str) -> String {
        rung(row).map_or_else(|| format!("src/{row}.rs"), |rung| rung.file())
    }

    fn run(options: &Options, program: &Program) -> Result<u8, Error> {
        let pythons = &options.pythons;
        let _cancelled = pythons.cancelled_with(&program.cancellation);
        let done = answer(options, program);
        pythons.end();
        done
    }

    /// Nobody compiles it: Python reads the file when the row starts.
    fn yours(options: &Options) -> Result<Vec<LearnerFile>, Error> {
        let file = options.your_turn()?;
        let file = file.unwrap_or_else(|| place::lesson().join("rungs/your_turn.py"));
        let text = read_text(&file, "name a file of Python in UTF-8, or leave --hand-in out")?;
        Ok(vec![LearnerFile::new("lessons/python/rungs/your_turn.py", &text)?])
    }

    fn annotate(options: &Options, document: &mut Document) {
        report::annotate(document, &options.pythons.reports());
        options.pythons.end_idle();
    }

    fn findings(document: &Document) -> Vec<String> {
        findings::findings(document)
    }

    fn details(document: &Document) -> String {
        phases_table(&document.runs)
    }

    fn footer(options: &Options, document: &Document) -> String {
        let common: &course::Options = options.as_ref();
        let mut text = costs::tables(document, options.stages);
        // Who names rows wants no more than these.
        if common.strategies.is_empty() {
            text += &threads_and_processes::table(&options.pythons);
            // A chart of a few terms would be one of starting and asking.
            if common.terms.is_none() {
                text += &costs::leave(document);
            }
            text += &annotated::mention();
        }
        text
    }
}

fn rows<K: Kernel>(your_turn: Option<PathBuf>, pythons: &Arc<Pythons>) -> Vec<Strategy<K>> {
    let numbers = |kernel: &K, _: &_| rust::Numbers::of(kernel);
    let rust = row!(rust, "no Python: the plain loop in Rust", on numbers).alone();
    let rungs = RUNGS.iter().map(|rung| {
        let file = your_turn.clone().filter(|_| rung.name == "your-turn");
        strategy(rung, file, pythons)
    });
    std::iter::once(rust).chain(rungs).collect()
}

/// What only this lesson can be asked, or else the table.
fn answer(options: &Options, program: &Program) -> Result<u8, Error> {
    let (pythons, common): (_, &course::Options) = (&options.pythons, options.as_ref());
    if options.inspect.is_some() {
        common.hand_in.refuse("--inspect", "the table")?;
    }
    let shown: Box<dyn Fn() -> Result<String, Error>> = match (&options.command, options.inspect) {
        (Some(Command::Setup(asked)), _) => Box::new(|| setup::run(asked, pythons, program)),
        (Some(Command::Dis(asked)), _) => Box::new(|| show::dis(asked, pythons)),
        (Some(Command::Annotate), _) => Box::new(|| annotated::annotated(pythons)),
        (None, Some(stage)) => Box::new(move || show::inspect(stage, pythons)),
        (None, None) => {
            options.your_turn()?;
            return run_table::<Python>(options, program);
        }
    };
    program.handle_signals()?;
    let text = shown();
    program.stand_still_if_interrupted();
    program.output.result(&text?).map(|()| 0)
}
