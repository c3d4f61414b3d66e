use std::io::Write;
use std::sync::Arc;

use course::hand_in::{Contents, row_spans};
use course::{Document, LearnerFile, Lesson, Program, Saved};
use measure::{Error, Row, Setup};

use crate::document::{Observations, TableDocument};
use crate::options::Options;
use crate::report;
use crate::session::Session;
use crate::table_kind::TableKind;

/// The lesson.
#[derive(Debug)]
pub struct Patterns;

impl Lesson for Patterns {
    const NAME: &'static str = "patterns";
    const QUESTION: &'static str = crate::QUESTION;
    type Options = Options;

    fn examples() -> String {
        "Examples:\n  --pattern scan -w 1..4     prefix sums by one to four workers\n  \
         --bins 256,65536,1048576   when are private tables no longer worth it?\n  \
         --json                     everything, for a program to read"
            .to_owned()
    }

    fn color(options: &Options) -> clap::ColorChoice {
        options.color
    }

    fn run(options: &Options, program: &Program) -> Result<u8, Error> {
        if options.list {
            options.hand_in.refuse("--list", "the tables")?;
            program.output.result(&report::list())?;
            return Ok(0);
        }
        if TableKind::wanted(options).is_empty() {
            return Err(Error::Usage(
                "the rows of --strategy are not those of --pattern; for example: --pattern scan \
                 -s scan-look-back"
                    .to_owned(),
            ));
        }
        program.handle_signals()?;
        let create =
            |path| Saved::beside_the_result("document", "--save", path, &program.cancellation);
        let save = options.save.as_deref().map(create).transpose()?;
        let yours = || {
            let text = include_str!("your_turn.rs");
            Ok(vec![LearnerFile::new("lessons/patterns/src/your_turn.rs", text)?])
        };
        let hand_in = options.hand_in.open(Self::NAME, yours, program)?;
        let setup = Setup::new(program.cancellation.clone()).with_seed(options.seed);
        let setup = if options.pin { setup.pinned() } else { setup };
        let session = Arc::new(Session::new(options.clone(), setup));
        let stuck = session.measure()?;
        program.stand_still_if_interrupted();
        let rows: Vec<Row> =
            session.tables().iter().flat_map(|table| table.results().rows).collect();
        let (mut kept, mut handed_in) = (Ok(()), Ok(None));
        if let Some((document, tables)) = documents(options, &session) {
            if let Some(save) = &save {
                kept = save.write(|output| output.write_all(document.to_json().as_bytes()));
            }
            let contents = || Contents { spans: Some(row_spans(&rows)), ..Contents::of(&document) };
            handed_in = hand_in.map(|file| file.write(contents())).transpose();
            program.output.result(&if options.json {
                document.to_json()
            } else if options.check {
                report::checked(&document)
            } else {
                report::text(&document, &tables)
            })?;
        }
        let code = program.complain_of(&rows.iter().collect::<Vec<_>>(), stuck.as_ref());
        kept?;
        handed_in?.iter().for_each(|note| program.output.complain(note));
        Ok(code)
    }
}

/// What the session has found, whether it came to its end or is stuck; `None` where it found nothing.
fn documents(
    options: &Options,
    session: &Session,
) -> Option<(Document<Observations>, Vec<TableDocument>)> {
    let (machine, affinity) = (session.machine()?, session.setup.affinity());
    let pinned = affinity.succeeded();
    let measured = session.tables();
    let tables: Vec<TableDocument> =
        measured.iter().map(|table| TableDocument::new(table, &machine, pinned)).collect();
    let note = match pinned {
        None => None,
        Some(true) => Some("pinned: worker i to the i-th usable core".to_owned()),
        Some(false) => {
            let why = affinity.refusal().unwrap_or_default();
            Some(format!("not every worker is pinned: {why}"))
        }
    };
    let seen = Observations {
        seed: options.seed,
        pinned,
        notes: note.into_iter().collect(),
        tables: tables.iter().map(TableDocument::facts).collect(),
        runs: tables.iter().flat_map(|table| table.document.runs.clone()).collect(),
        machine,
    };
    Some((Document::new(Patterns::NAME, seen), tables))
}
