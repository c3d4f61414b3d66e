use std::path::Path;

use clap::{Args, Command, FromArgMatches};
use measure::verdict::Verdict;

use super::*;
use crate::first::first;
use crate::{Parts, known, record};

const RECORDS: &str = "a;1\nb;2.5\n";

/// The rows of two rounds of `parts`.
fn rows_of(parts: fn() -> Parts) -> Vec<Row> {
    let folder = tempfile::tempdir().expect("a folder");
    let job = Job {
        input: folder.path().join("records"),
        output: folder.path().join("result"),
        lenient: false,
    };
    fs::write(&job.input, RECORDS).expect("room");
    let command = Options::augment_args(Command::new("hotspots"));
    let options = Options::from_arg_matches(&command.get_matches_from(["hotspots"]));
    let (options, known) = (options.expect("defaults"), known::answer(RECORDS.as_bytes()));
    let session = Session::new(options, job, known, Cancellation::default());
    let mut rounds = Rounds::new(&session.board);
    session.add(&mut rounds, &Variant { parts, ..VARIANTS[4] });
    rounds.run(measure::Plan::rounds(2), &|| ());
    drop(rounds);
    session.board.results().rows.clone()
}

#[test]
fn a_program_that_writes_the_known_file_is_right() {
    let rows = rows_of(first);
    assert_eq!((rows[0].verdict(1, true), rows[0].exit_code()), (Verdict::Right, 0), "{rows:?}");
    assert_eq!((rows[0].seconds.len(), rows[0].sum.as_deref()), (2, Some("30")));
}

#[test]
fn a_program_that_writes_something_else_is_wrong() {
    fn distances(records: &[record::Record<'_>]) -> Vec<u64> {
        vec![0; records.len()]
    }
    let rows = rows_of(|| Parts { distances, ..first() });
    assert_eq!((rows[0].verdict(1, true), rows[0].exit_code()), (Verdict::Wrong, 1), "{rows:?}");
}

#[test]
fn a_program_that_needs_what_is_missing_is_skipped() {
    fn read(_: &Path) -> Result<Vec<u8>, Error> {
        let remedy = "fetch it";
        Err(Error::Missing { what: "a library".into(), why: "it is not there".into(), remedy })
    }
    let rows = rows_of(|| Parts { read, ..first() });
    assert_eq!((rows[0].verdict(1, true), rows[0].exit_code()), (Verdict::Skipped, 0), "{rows:?}");
}

#[test]
fn the_first_error_stands() {
    fn write(path: &Path, _: &[record::Record<'_>], _: &[u64]) -> Result<(), Error> {
        Err(Error::Input { path: path.to_owned(), cause: "no".to_owned(), remedy: "ask again" })
    }
    let mut rows = rows_of(|| Parts { write, ..first() });
    let late = Error::TimedOut { run: rows[0].title(), limit: Duration::ZERO, waited_for: None };
    let mut results = measure::Results { rows: rows.clone(), ..measure::Results::default() };
    results.fail_stuck(&late);
    rows = results.rows;
    assert_eq!((rows[0].verdict(1, true), rows[0].exit_code()), (Verdict::Failed, 66), "{rows:?}");
}
