use std::path::Path;
use std::sync::Arc;

use course::hand_in::Contents;
use course::{Document, Lesson, Program, Saved};
use measure::Error;
use measure::machine::Machine;

use crate::compare::compare;
use crate::document::{Scaling, table_rows};
use crate::options::{Command, Options};
use crate::session::Session;
use crate::{chart, findings, report};

/// The lesson.
#[derive(Debug)]
pub struct Scale;

impl Lesson for Scale {
    const NAME: &'static str = "scale";
    const QUESTION: &'static str = crate::QUESTION;
    type Options = Options;

    fn examples() -> String {
        "Examples:\n  -- pigz -p {workers} -c FILE           1, 2, 4, ... workers, on the same file\n  \
         -w 1..8 -- rg -j {workers} TEXT        lines in another order: give --answer or --check, too\n  \
         -n 1e4,1e6 -- ./sum {workers} {terms}  from how many terms on do workers pay?\n  \
         --env OMP_NUM_THREADS={workers} -- ./a.out\n  \
         compare gzip -c FILE -- pigz -c FILE   is the difference real?"
            .to_owned()
    }

    fn command(command: clap::Command) -> clap::Command {
        let longer =
            |command: clap::Command| command.mut_arg("budget", |budget| budget.default_value("20"));
        longer(command).mut_subcommand("compare", longer)
    }

    fn color(options: &Options) -> clap::ColorChoice {
        match &options.command {
            Some(Command::Compare(options)) => options.common.color,
            None => options.common.color,
        }
    }

    /// Looks at the program, measures it, and reports.
    fn run(options: &Options, program: &Program) -> Result<u8, Error> {
        if let Some(Command::Compare(options)) = &options.command {
            return compare(options, program);
        }
        options.check()?;
        program.handle_signals()?;
        let create =
            |what, option, path: &Path| Saved::create(what, option, path, &program.cancellation);
        let save = options
            .common
            .save
            .as_deref()
            .map(|path| create("document", "--save", path))
            .transpose()?;
        let chart =
            options.chart.as_deref().map(|path| create("chart", "--chart", path)).transpose()?;
        let hand_in = options.common.hand_in.open(Self::NAME, || Ok(Vec::new()), program)?;
        let session = Arc::new(Session::new(options.clone(), &program.cancellation)?);
        let measured = session.measure();
        program.stand_still_if_interrupted();
        let stuck = measured?;
        let mut document = Document::new(Self::NAME, Scaling::of(&session, Machine::asked()));
        document.findings = findings::findings(&document);
        // Before the result; but if it fails, the table is still worth having.
        let saved = save.map_or(Ok(()), |file| write(&file, &document.to_json()));
        let drawn = chart.map_or(Ok(()), |file| write(&file, &chart::chart(&document)));
        let handed_in = hand_in.map(|file| file.write(Contents::of(&document))).transpose();
        program.output.result(&if options.common.json {
            document.to_json()
        } else {
            report::table(&document)
        })?;
        let seen = session.seen();
        let rows: Vec<_> = seen.sizes.iter().flat_map(|size| table_rows(&session, size)).collect();
        let code = program.complain_of(&rows.iter().collect::<Vec<_>>(), stuck.as_ref());
        saved.and(drawn)?;
        handed_in?.iter().for_each(|note| program.output.complain(note));
        Ok(code)
    }
}

fn write(file: &Saved, text: &str) -> Result<(), Error> {
    file.write(|output| std::io::Write::write_all(output, text.as_bytes()))
}
