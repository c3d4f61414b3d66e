use benches::class::{Answer, Entry, Outcome};

use super::made_up_class::{Kind, honest};
use super::read;

fn of(kind: Kind) -> Entry {
    let (read, _folder) = read(&[honest("one", kind, 11)]);
    assert!(read.left_out.is_empty(), "{:?}", read.left_out);
    read.entries.into_iter().next().expect("it counts")
}

#[track_caller]
fn is(kind: Kind, outcome: Outcome, parallel: &str, fast: &str, why: &str) {
    let entry = of(kind);
    let [standing] = entry.standings.as_slice() else { panic!("one row") };
    let found = (standing.outcome, standing.parallel.as_str(), standing.fast.as_str());
    assert_eq!(found, (outcome, parallel, fast), "{kind:?}: {standing:?}");
    assert!(standing.reason.contains(why), "{kind:?}: {why:?} is not in {:?}", standing.reason);
}

#[test]
fn right_ones_are_parallel_and_fast_or_not() {
    is(Kind::Fast, Outcome::Right, "yes", "yes", "as long as scoped");
    is(Kind::Pi, Outcome::Right, "yes", "yes", "as long as scoped");
    is(Kind::Memory, Outcome::Right, "yes", "yes", "as long as scoped");
    is(Kind::Laptop, Outcome::Right, "yes", "yes", "as long as scoped");
    is(Kind::Parallel, Outcome::Right, "yes", "no", "as long as scoped");
    is(Kind::Alone, Outcome::Right, "no", "no", "one worker summed every term");
    is(Kind::SlowRow, Outcome::Right, "no", "no", "together did the work of");
    is(Kind::Own, Outcome::Right, "yes", "not asked", "workers used");
}

#[test]
fn what_a_machine_cannot_tell_is_no_verdict() {
    is(Kind::OneCore, Outcome::Right, "cannot tell", "cannot tell", "one core");
    is(Kind::OneWorker, Outcome::Right, "cannot tell", "cannot tell", "one worker only");
    is(Kind::Noisy, Outcome::Right, "cannot tell", "cannot tell", "busy");
    is(Kind::FewRounds, Outcome::Right, "cannot tell", "cannot tell", "too few");
    is(Kind::MoreThreads, Outcome::Right, "cannot tell", "cannot tell", "were asked for");
    is(Kind::NoBaseline, Outcome::Right, "cannot tell", "cannot tell", "");
    is(Kind::CheckOnly, Outcome::Right, "cannot tell", "cannot tell", "");
}

#[test]
fn what_is_not_right_is_nothing_else() {
    is(Kind::LostUpdates, Outcome::Wrong, "not asked", "not asked", "too small");
    is(Kind::OffByOne, Outcome::Wrong, "not asked", "not asked", "300,003 too small");
    is(Kind::Deadlock, Outcome::Failed, "not asked", "not asked", "deadlock");
    is(Kind::Folded, Outcome::Folded, "not asked", "not asked", "formula");
    is(Kind::Unaudited, Outcome::Unaudited, "not asked", "not asked", "never asked for a term");
    is(Kind::Skipped, Outcome::NotRun, "not asked", "not asked", "skipped: a GPU is missing");
    assert!(of(Kind::OffByOne).standings[0].off.is_some());
    assert_eq!(of(Kind::Fast).standings[0].parallel, Answer::Yes);
}

/// Of a lesson without a table nothing is judged, and it still counts.
#[test]
fn a_document_without_a_table_has_no_verdict() {
    let mut other = honest("one", Kind::Fast, 3);
    other.lesson = "limits".to_owned();
    other.spans = None;
    let machine = other.document.as_ref().map(|document| document["machine"].clone());
    other.document = Some(
        serde_json::json!({"schema": 2, "lesson": "limits", "machine": machine, "stream": []}),
    );
    let (class, _folder) = read(&[other]);
    let entry = class.entries.first().unwrap_or_else(|| panic!("{:?}", class.left_out));
    assert_eq!(entry.standings[0].outcome, Outcome::NoVerdict);
    assert!(entry.machine.is_some());
    assert!(class.text().contains("of a lesson without verdicts"), "{}", class.text());
}
