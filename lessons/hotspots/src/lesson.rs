use std::sync::Arc;

use course::hand_in::Contents;
use course::{Document, LearnerFile, Lesson, Program, Saved};
use kernels::Workers;
use measure::machine::Machine;
use measure::{Context, Error, Row, counters};

use crate::document::{Observations, RecordsFile, VariantRun};
use crate::folder::Folder;
use crate::input::{self, Input};
use crate::options::{Command, Options};
use crate::session::Session;
use crate::{Job, Part, flamegraph, guess, python, report, workers};

/// More would be a file larger than one that is read.
const MOST_RECORDS: u64 = 5_000_000;

const GUESS: &str = "Which part of the program takes most of the time (read, parse, distances or write), and how \
                     many percent of it?";

/// The lesson.
#[derive(Debug)]
pub struct Hotspots;

impl Lesson for Hotspots {
    const NAME: &'static str = "hotspots";
    const QUESTION: &'static str = crate::QUESTION;
    type Options = Options;

    fn examples() -> String {
        "Examples:\n  -n 1000                 fewer records: another profile\n  \
         --file FILE --lenient   your own records; bad lines are left out\n  \
         --predict               guess first, and see how wrong you were\n  \
         python                  the same question of a program in Python\n  \
         python PROGRAM.py       and of yours"
            .to_owned()
    }

    fn command(command: clap::Command) -> clap::Command {
        let rounds =
            "Timed rounds [default: as many as fit the budget; one for a program of yours]";
        command.mut_subcommand("python", |python| {
            python.mut_arg("rounds", |argument| argument.help(rounds))
        })
    }

    fn color(options: &Options) -> clap::ColorChoice {
        match &options.command {
            Some(Command::Python(options)) => options.color,
            None => options.color,
        }
    }

    /// Makes or takes the file, profiles, measures, reports.
    fn run(options: &Options, program: &Program) -> Result<u8, Error> {
        if let Some(Command::Python(options)) = &options.command {
            return python::run(options, program);
        }
        if options.list {
            options.hand_in.refuse("--list", "the table")?;
            program.output.result(&report::list())?;
            return Ok(0);
        }
        if options.make.is_some() {
            options.hand_in.refuse("--make", "the table")?;
        }
        check_terms(options)?;
        program.handle_signals()?;
        if let Some(path) = &options.make {
            input::keep(options, path, &program.cancellation)?;
            program.output.result(&report::kept(options, path))?;
            return Ok(0);
        }
        let create =
            |path| Saved::create("flamegraph", "--flamegraph", path, &program.cancellation);
        let asked = options.flamegraph.as_deref().map(create).transpose()?;
        let yours = || {
            let text = include_str!("your_turn.rs");
            Ok(vec![LearnerFile::new("lessons/hotspots/src/your_turn.rs", text)?])
        };
        let hand_in = options.hand_in.open(Self::NAME, yours, program)?;
        let folder = Folder::create(&program.cancellation)?;
        let input = Input::prepared(options, &folder)?;
        let guess = match options.predict {
            true => guess::ask(program.output, GUESS, &Part::ALL.map(Part::as_str)),
            false => None,
        };
        let count = options.workers.main();
        workers::pool(count).build_global().map_err(|cause| workers::refused(count, &cause))?;
        let job = Job {
            input: input.path.clone(),
            output: folder.path("result.txt"),
            lenient: options.lenient,
        };
        let known = input.known.clone();
        let session = Session::new(options.clone(), job, known, program.cancellation.clone());
        let session = Arc::new(session);
        let stuck = session.measure()?;
        program.stand_still_if_interrupted();
        let mut document = Document::new(Self::NAME, observations(options, &input, &session)?);
        // Before the table, which names the file; but if it fails, the table is still worth having.
        let drawn = draw(options, asked.as_ref(), &mut document);
        let handed_in = hand_in.map(|file| file.write(Contents::of(&document))).transpose();
        program.output.result(&if options.json {
            document.to_json()
        } else {
            report::table(&document, guess.as_ref())
        })?;
        let rows = session.board.results().rows.clone();
        let code = program.complain_of(&rows.iter().collect::<Vec<_>>(), stuck.as_ref());
        drawn?;
        handed_in?.iter().for_each(|note| program.output.complain(note));
        Ok(code)
    }
}

fn check_terms(options: &Options) -> Result<(), Error> {
    if options.terms <= MOST_RECORDS {
        return Ok(());
    }
    Err(Error::Usage(format!(
        "invalid value '{}' for --terms: the lesson makes {MOST_RECORDS} records at most; for \
         example: -n 10k",
        options.terms
    )))
}

/// What the session has found, whether it came to its end or is stuck.
fn observations(
    options: &Options,
    input: &Input,
    session: &Session,
) -> Result<Observations, Error> {
    let usable = Workers::usable();
    let machine = || Machine::measured(&Context::new(usable), None);
    let profiles = session.profiles().clone();
    let rows = session.board.results().rows.clone();
    let capacity = session.capacity();
    let run = |row: &Row| {
        VariantRun::new(row, session.part_seconds(&row.strategy), usable.get(), capacity)
    };
    let first = rows.first().map(run);
    let run = |row| run(row).compared(first.as_ref(), profiles.first());
    Ok(Observations {
        machine: (options.json || options.hand_in.is_wanted()).then(machine).transpose()?,
        records: RecordsFile::new(options, input),
        runs: rows.iter().map(run).collect(),
        counters_missing: counters::missing(
            rows.iter().filter_map(|row| Some((row.strategy.as_str(), row.counters.as_ref()?))),
        ),
        flamegraph: None,
        profiles,
    })
}

/// Writes the flamegraph, if there is one, and notes where. For a program only if it was asked for.
fn draw(
    options: &Options,
    asked: Option<&Saved>,
    document: &mut Document<Observations>,
) -> Result<(), Error> {
    let svg = document.profiles.first().and_then(|profile| profile.flamegraph.as_deref());
    let Some(svg) = svg.filter(|_| asked.is_some() || !options.json) else { return Ok(()) };
    let path = flamegraph::write(svg, asked)?;
    document.flamegraph = path.map(|path| path.display().to_string());
    Ok(())
}
