use std::sync::Arc;

use course::{Document, LearnerFile, Program, Table, run_table};
use kernels::{Home, Integers, Kernel, KernelName, Known, Memory, Primes};
use measure::check::Reach;
use measure::{Error, Strategy, row};

use crate::break_even::break_even;
use crate::dispatches::most_terms;
use crate::findings::findings;
use crate::options::{Command, Options};
use crate::price::price;
use crate::row::row as shader;
use crate::session::Session;
use crate::{
    Shader, adapters, blocked, compile_each_time, costs, four_at_once, group_atomic, int64,
    one_atomic, self_scheduled, strided, subgroup, tree, two_pass, with_transfer, your_turn,
};

/// The lesson, for the runner: its question and its table.
#[derive(Debug)]
pub struct Gpu;

impl Table for Gpu {
    const NAME: &'static str = "gpu";
    const QUESTION: &'static str = "when does a GPU make a sum faster?";
    const YOUR_TURN: &'static str = include_str!("your_turn.wgsl");
    const EXAMPLES: &'static [(&'static str, &'static str)] = &[
        ("-k memory", "numbers in the device's memory, and their way there"),
        ("break-even -k memory", "from how many terms on it pays"),
        ("races", "three wrong shaders, and what they sum"),
    ];
    const KERNELS: &'static [KernelName] = &[Integers::NAME, Memory::NAME, Primes::NAME];
    const NOT_YOURS: &'static str = "its kernels are written in WGSL, too";
    const HOME: Home = Home::Shared;
    const REACH: Reach = Reach::Processes;
    const READ_FIRST: Option<&'static str> = Some("strided");
    type Options = Options;

    fn strategies<K: Kernel>() -> Vec<Strategy<K>> {
        rows(&Arc::default())
    }

    fn strategies_for<K: Kernel>(options: &Options) -> Vec<Strategy<K>> {
        rows(&options.session)
    }

    fn usual_terms(options: &Options, kernel: KernelName) -> u64 {
        usual_terms(&options.session, kernel)
    }

    fn run(options: &Options, program: &Program) -> Result<u8, Error> {
        let common: &course::Options = options.as_ref();
        if options.device.list_devices {
            common.hand_in.refuse("--list-devices", "the table")?;
            return program.output.result(&adapters::list()).map(|()| 0);
        }
        if let Some(command) = &options.command {
            return answer(command, options, program);
        }
        options.ask()?;
        few_enough(options.as_ref())?;
        let mut options = options.clone();
        options.set_budget_of_table();
        run_table::<Self>(&options, program)
    }

    /// A shader is in its text; what is only launched otherwise, in Rust.
    fn file(row: &str) -> String {
        let name = row.replace('-', "_");
        let has_text = !matches!(row, "self-scheduled" | "with-transfer" | "compile-each-time");
        format!("src/{name}.{}", if has_text { "wgsl" } else { "rs" })
    }

    /// The shader, and how it is launched.
    fn yours(options: &Options) -> Result<Vec<LearnerFile>, Error> {
        let mine = options.session.asked().your_turn;
        let shader = mine.map_or(Self::YOUR_TURN.into(), |shader| shader.wgsl);
        Ok(vec![
            LearnerFile::new("lessons/gpu/src/your_turn.wgsl", &shader)?,
            LearnerFile::new("lessons/gpu/src/your_turn.rs", include_str!("your_turn.rs"))?,
        ])
    }

    fn annotate(options: &Options, document: &mut Document) {
        costs::annotate(options, document);
    }

    fn findings(document: &Document) -> Vec<String> {
        findings(document)
    }

    fn details(document: &Document) -> String {
        costs::tables(document)
    }
}

/// Refuses more terms than shaders can sum, before anybody computes the answer to so many.
fn few_enough(options: &course::Options) -> Result<(), Error> {
    let kernel = options.kernel.unwrap_or(Gpu::KERNEL);
    let most = most_terms(kernel);
    options.terms.map_or(Ok(()), |terms| (kernel.description().check_terms)(terms))?;
    match options.terms {
        Some(terms) if terms > most => Err(Error::Usage(format!(
            "invalid value '{terms}' for --terms: a prime takes an invocation as many rounds as its square root, \
             so shaders sum {kernel} of {} terms at most; for example: -k {kernel} -n 1e6",
            units::grouped(most)
        ))),
        _ => Ok(()),
    }
}

/// Answers what only this lesson can be asked.
fn answer(command: &Command, options: &Options, program: &Program) -> Result<u8, Error> {
    let shown = |text: &dyn Fn() -> Result<String, Error>| {
        program.handle_signals()?;
        let text = text();
        program.stand_still_if_interrupted();
        program.output.result(&text?).map(|()| 0)
    };
    match command {
        Command::BreakEven(asked) => shown(&|| break_even(asked, options, &program.cancellation)),
        Command::Price(asked) => shown(&|| price(asked, &program.cancellation)),
        Command::Races(races) => races.run(program),
    }
}

/// A barrier costs a program on the cores so much that more terms would take minutes; and so does a division.
const MOST_IN_SOFTWARE: u64 = 4_000_000;
const MOST_NUMBERS_IN_SOFTWARE: u64 = 1_000_000;
const MOST_PRIMES_IN_SOFTWARE: u64 = 100_000;

/// How many terms of `kernel` the device of `session` sums unless told otherwise.
pub(crate) fn usual_terms(session: &Session, kernel: KernelName) -> u64 {
    let usual = kernel.description().default_terms;
    let software = session.device().is_ok_and(|device| device.facts.is_software());
    let most = match kernel {
        name if name == Primes::NAME => MOST_PRIMES_IN_SOFTWARE,
        name if name == Memory::NAME => MOST_NUMBERS_IN_SOFTWARE,
        _ => MOST_IN_SOFTWARE,
    };
    if software { usual.min(most) } else { usual }
}

/// The rows in reading order: the cores, and then the shaders.
fn rows<K: Kernel>(session: &Arc<Session>) -> Vec<Strategy<K>> {
    let cores = row!(self_scheduled, "for comparison: all cores, of the lesson threads");
    let on_device = shaders(session).into_iter().map(|(of, about)| {
        let per_term = of.name == "one_atomic";
        let row = shader(of, about, session);
        if per_term { row.per_term() } else { row }
    });
    std::iter::once(cores).chain(on_device).collect()
}

/// The shaders in reading order, and what they are about.
pub(crate) fn shaders(session: &Session) -> [(Shader, &'static str); 12] {
    let mine = session.asked().your_turn.unwrap_or_else(your_turn);
    [
        (one_atomic(), "an atomic addition for each term"),
        (group_atomic(), "atomics of a workgroup, and one for each workgroup"),
        (tree(), "a tree in each workgroup: eight steps and eight barriers"),
        (strided(), "each invocation takes terms one stride apart"),
        (four_at_once(), "as strided, with four terms in every round"),
        (blocked(), "each invocation takes a range, as threads do"),
        (subgroup(), "as strided; invocations in lockstep add without a barrier"),
        (two_pass(), "as strided; a second pass adds the partials"),
        (int64(), "as strided, with 64-bit integers"),
        (with_transfer(), "as strided; the numbers are sent first, each time"),
        (compile_each_time(), "as strided; compiled first, each time"),
        (mine, "yours: lessons/gpu/src/your_turn.wgsl"),
    ]
}
