//! Where the nanoseconds of an addition go: loops that differ by one thing, timed side by side.

use std::time::Duration;

use measure::{Board, Plan, Rounds, Row, Summed, Work};

use crate::{Form, Program, Value};

/// The turns of each loop, and the number of runs of each; the fastest counts.
const TURNS: i64 = 100_000;
const TIMES: usize = 5;

/// The bodies of the loops.
const BODIES: [&str; 5] = ["pass", "z\n        z", "s = z + z", "s = i + z", "s += i"];

/// The table, at most 80 columns wide; `addition` is the time of one in compiled code, if measured.
pub(crate) fn table(addition: Option<f64>) -> Option<String> {
    let board = Board::new(Duration::MAX);
    let mut rounds = Rounds::new(&board);
    for body in BODIES {
        rounds.add_work(body, turns(body)?);
    }
    rounds.run(Plan::rounds(TIMES), &|| ());
    let best: Vec<f64> = board.results().rows.iter().filter_map(nanoseconds).collect();
    let [empty, pushed, shared, boxed, whole] = best.try_into().ok()?;
    let pushes = pushed - empty;
    let types = shared - empty - pushes - addition.unwrap_or(0.0);
    let boxes = boxed - shared;
    let mut rows = vec![
        ("the turn of the loop, 3 instructions", empty, "for i in range(n): pass"),
        ("dispatch and stack, 4 instructions", pushes, "with z and z in it, less that"),
        ("types: slots and checks", types, "s = z + z, less the lines above"),
        ("allocation: a spare box, no shared one", boxes, "s = i + z, less s = z + z"),
    ];
    rows.extend(addition.map(|time| ("the addition itself", time, "the row compiled")));
    rows.push(("all of it", whole, "s += i"));
    let mut text = format!("{:<38} {:>6}  {}\n", "plain: where the time goes", "ns", "measured as");
    for (part, time, how) in rows {
        text += &format!("{part:<38} {time:>6.2}  {how}\n");
    }
    text += "(z is 0, whose box is shared; the fastest of 5 runs; one part may hide another)\n";
    Some(text)
}

/// The loop with this body, in the plain form.
fn turns(body: &str) -> Option<Work<'static>> {
    let source = format!("def f(n, z, s):\n    for i in range(n):\n        {body}\n");
    let mut program = Program::defining("f", &source, Form::Plain).ok()?;
    Some(Box::new(move || {
        let arguments = [Value::int(TURNS), Value::int(0), Value::int(0)];
        program.call(&arguments).map(|_| Summed::from(0))
    }))
}

/// Nanoseconds per turn of the loop, where it never failed: the quickest call.
fn nanoseconds(row: &Row) -> Option<f64> {
    let quickest = row.seconds.iter().copied().reduce(f64::min)?;
    row.complaint.is_none().then_some(quickest * 1e9 / TURNS as f64)
}
