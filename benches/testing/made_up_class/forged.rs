//! What is wrong with a file: each way spoils an honest one, and has a word that its reason must hold.

use course::HandIn;
use serde_json::{Value, json};

use super::honest::{Kind, honest};
use super::practised::practised;

/// A way to forge: its name, what the reason says, and what is done to a fast hand-in.
pub type Forgery = (&'static str, &'static str, fn(&mut HandIn));

/// Where the rows lie: the library's, and the learner's.
const LIBRARY: usize = 0;
const MINE: usize = 1;

/// All ways that spoil the hand-in of a table.
pub const FORGERIES: [Forgery; 44] = [
    ("rate", "adds faster than", |it| scale_times(it, 1e-6)),
    ("baseline-rate", "the baseline adds faster", |it| {
        set(it, "/baseline/seconds/median", json!(1e-7))
    }),
    ("tile", "do not tile", |it| spans(it)[MINE].spans[0].end -= 1),
    ("overlap", "do not tile", |it| spans(it)[MINE].spans[1].first -= 1),
    ("other-spans", "not those of its audit", |it| swap_spans(it)),
    ("span-stranger", "and no such row", |it| spans(it)[MINE].strategy = "nobody".to_owned()),
    ("no-spans", "its spans are missing", |it| it.spans = None),
    ("row-without-spans", "its spans are missing", |it| drop(spans(it).pop())),
    ("digest", "the digest of", |it| it.files[0].text.push_str("// better\n")),
    ("digest-itself", "the digest of", |it| it.files[0].sha256 = "0".repeat(64)),
    ("sum", "not the known answer", |it| mine(it)["sum"] = json!("4999999950000001")),
    ("expected", "the sum of 100,000,000 terms", |it| {
        set(it, "/kernel/expected", json!("5000000000000000"));
        mine(it)["sum"] = json!("5000000000000000");
    }),
    ("no-sum", "has no sum", |it| mine(it)["sum"] = Value::Null),
    ("wrong-with-sum", "shows a sum", |it| mine(it)["verdict"] = json!("wrong")),
    ("folded", "called folded", |it| mine(it)["verdict"] = json!("folded")),
    ("median", "median of its samples", |it| times(mine(it), "/seconds/median", 0.5)),
    ("interval", "has an interval that is not", |it| times(mine(it), "/seconds/low", 0.9)),
    ("no-samples", "without samples", |it| set_in(mine(it), "/seconds/samples", json!([]))),
    ("control", "median of its samples", |it| {
        let cores = at(it, "/controls/0/cores/median");
        set(it, "/controls/0/cores/median", json!(cores * 0.5));
        set(it, "/controls/0/cores/low", json!(cores * 0.5));
    }),
    ("speedup", "its speedup is", |it| speedup(it, 3.0)),
    ("speedup-and-time", "its speedup is", |it| {
        speedup(it, 6.0);
        times(mine(it), "/comparable_seconds", 1.0 / 6.0);
        times(mine(it), "/terms_per_second", 6.0);
        times(mine(it), "/efficiency", 6.0);
    }),
    ("share", "its share of the capacity", |it| {
        for place in ["median", "low", "high"] {
            times(mine(it), &format!("/of_control/{place}"), 0.4);
        }
    }),
    ("efficiency", "its efficiency", |it| times(mine(it), "/efficiency", 1.3)),
    ("terms-per-second", "terms per second", |it| times(mine(it), "/terms_per_second", 2.0)),
    ("no-baseline", "speedup without a baseline", |it| set(it, "/baseline", Value::Null)),
    ("no-control", "capacity that was not measured", |it| set(it, "/controls", json!([]))),
    ("outside", "outside of its own interval", |it| times(mine(it), "/speedup/low", 2.0)),
    ("negative-time", "seconds", |it| set_in(mine(it), "/seconds/samples/0", json!(-0.001))),
    ("no-time", "seconds", |it| set_in(mine(it), "/seconds/samples/0", json!(0.0))),
    ("negative-rate", "below zero", |it| set_in(mine(it), "/cpu_seconds", json!(-1.0))),
    ("busy-crowd", "workers were busy where", |it| {
        let last = library(it)["audit"][0].clone();
        let audit = library(it)["audit"].as_array_mut().expect("a list");
        audit.push(last);
    }),
    ("before", "began before the run", |it| set_in(mine(it), "/audit/0/start", json!(-1.0))),
    ("backwards", "ended before it began", |it| set_in(mine(it), "/audit/0/end", json!(0.0))),
    ("outlasts", "no run may take longer", |it| set_in(mine(it), "/audit/0/end", json!(1e6))),
    ("busy-too-long", "busy for longer", |it| {
        set_in(mine(it), "/audit/0/busy_seconds", json!(5.0))
    }),
    ("too-many-terms", "workers summed", |it| {
        set_in(mine(it), "/audit/0/terms", json!(99_999_999_999_u64))
    }),
    ("nobody", "nobody saw who summed", |it| set_in(mine(it), "/audit", json!([]))),
    ("few-workers", "were asked for", |it| {
        mine(it)["audit"].as_array_mut().expect("a list").pop();
    }),
    ("ranges", "summed", |it| set_in(mine(it), "/audit/0/ranges", json!(0))),
    ("twice", "stands there twice", |it| {
        let again = mine(it).clone();
        runs(it).push(again);
    }),
    ("more-terms", "more terms than there are", |it| mine(it)["terms"] = json!(100_000_001)),
    ("outside-path", "outside of the workspace", |it| {
        it.files[0].path = "../../etc/passwd".to_owned()
    }),
    ("made", "the time when it was made", |it| it.made = "yesterday".to_owned()),
    ("lesson", "its document is one of", |it| it.lesson = "sequential".to_owned()),
];

/// And those that spoil one of `practice`, of which at least one exercise is not right, and one is fast.
pub const EXERCISE_FORGERIES: [Forgery; 5] = [
    ("called-right", "called right", |it| exercise(it, |one| !one.right).right = true),
    ("called-fast", "called fast", |it| {
        exercise(it, |one| one.fast != Some(course::hand_in::Speed::Reached)).fast =
            Some(course::hand_in::Speed::Reached);
    }),
    ("no-file", "file that was judged is missing", |it| drop(it.files.pop())),
    ("exercise-twice", "stands there twice", |it| {
        let all = it.exercises.as_mut().expect("exercises");
        all.push(all[0].clone());
    }),
    ("no-verdict", "none that a judge gives", |it| {
        exercise(it, |_| true).verdict = json!({"failure": 7})
    }),
];

/// Every forgery, made of an honest hand-in of its own: with what its reason must hold.
pub fn all(seed: u64) -> Vec<(HandIn, &'static str)> {
    let forged = |forgery: &Forgery, mut hand_in: HandIn| {
        (forgery.2)(&mut hand_in);
        (hand_in, forgery.1)
    };
    let tables = FORGERIES.iter().enumerate().map(|(place, forgery)| {
        let name = format!("forged-{}", forgery.0);
        forged(forgery, several_cores(&name, seed + place as u64))
    });
    let exercises = EXERCISE_FORGERIES.iter().enumerate().map(|(place, forgery)| {
        let name = format!("forged-{}", forgery.0);
        forged(forgery, mixed(&name, seed + 1000 * place as u64))
    });
    tables.chain(exercises).collect()
}

/// A fast one of a machine with more than two cores, whose share is so far above one core's that halves show.
fn several_cores(name: &str, seed: u64) -> HandIn {
    let tried = (0..).map(|more| honest(name, Kind::Fast, seed + 7919 * more));
    let mut tried = tried
        .filter(|it| it.document.as_ref().is_some_and(|it| it["machine"]["usable_cores"] != 2));
    tried.next().expect("most machines have more")
}

/// One with exercises of all kinds.
fn mixed(name: &str, seed: u64) -> HandIn {
    let has = |it: &HandIn| {
        let all = it.exercises.as_deref().unwrap_or_default();
        all.iter().any(|one| !one.right) && all.iter().any(|one| one.right)
    };
    (0..).map(|more| practised(name, seed + more)).find(has).expect("there are some")
}

fn document(it: &mut HandIn) -> &mut Value {
    it.document.as_mut().expect("a document")
}

fn runs(it: &mut HandIn) -> &mut Vec<Value> {
    document(it)["runs"].as_array_mut().expect("a list")
}

fn mine(it: &mut HandIn) -> &mut Value {
    &mut runs(it)[MINE]
}

fn library(it: &mut HandIn) -> &mut Value {
    &mut runs(it)[LIBRARY]
}

fn spans(it: &mut HandIn) -> &mut Vec<course::hand_in::RowSpans> {
    it.spans.as_mut().expect("spans")
}

fn exercise(
    it: &mut HandIn,
    wanted: fn(&course::hand_in::JudgedExercise) -> bool,
) -> &mut course::hand_in::JudgedExercise {
    let all = it.exercises.as_mut().expect("exercises");
    all.iter_mut().find(|one| wanted(one)).expect("there is one")
}

fn set(it: &mut HandIn, place: &str, value: Value) {
    set_in(document(it), place, value);
}

fn set_in(value: &mut Value, place: &str, new: Value) {
    *value.pointer_mut(place).expect("it is there") = new;
}

fn at(it: &mut HandIn, place: &str) -> f64 {
    document(it).pointer(place).and_then(Value::as_f64).expect("a number")
}

fn times(value: &mut Value, place: &str, factor: f64) {
    let number = value.pointer(place).and_then(Value::as_f64).expect("a number");
    set_in(value, place, json!(number * factor));
}

fn speedup(it: &mut HandIn, factor: f64) {
    for place in ["median", "low", "high"] {
        times(mine(it), &format!("/speedup/{place}"), factor);
    }
}

/// All of the row's times, with what is reckoned from them: only the rate is left that cannot be.
fn scale_times(it: &mut HandIn, factor: f64) {
    let row = mine(it);
    for place in ["/seconds/median", "/seconds/low", "/seconds/high", "/comparable_seconds"] {
        times(row, place, factor);
    }
    let samples = row["seconds"]["samples"].as_array_mut().expect("a list");
    for sample in samples {
        *sample = json!(sample.as_f64().expect("a number") * factor);
    }
    for place in ["/terms_per_second", "/efficiency"] {
        times(row, place, 1.0 / factor);
    }
    for name in ["speedup", "of_control"] {
        for place in ["median", "low", "high"] {
            times(row, &format!("/{name}/{place}"), 1.0 / factor);
        }
    }
}

/// The terms of the first two workers, the other way round: they tile, and are not what the audit saw.
fn swap_spans(it: &mut HandIn) {
    let row = &mut spans(it)[MINE];
    row.spans[0].end -= 5;
    row.spans[1].first -= 5;
}
