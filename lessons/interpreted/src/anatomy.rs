//! Where the nanoseconds of an addition go: loops that differ by one thing, timed side by side.

use std::time::Instant;

use crate::{Form, Program, Value};

/// The turns of each loop, and the number of runs of each; the fastest counts.
const TURNS: i64 = 100_000;
const TIMES: usize = 5;

/// The bodies of the loops.
const BODIES: [&str; 5] = ["pass", "z\n        z", "s = z + z", "s = i + z", "s += i"];

/// The table, at most 80 columns wide; `addition` is the time of one in compiled code, if measured.
pub(crate) fn table(addition: Option<f64>) -> Option<String> {
    let mut best = [f64::INFINITY; BODIES.len()];
    for _ in 0..TIMES {
        for (best, body) in best.iter_mut().zip(BODIES) {
            *best = best.min(nanoseconds(body)?);
        }
    }
    let [empty, pushed, shared, boxed, whole] = best;
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

/// Nanoseconds per turn of a loop with this body, in the plain form.
fn nanoseconds(body: &str) -> Option<f64> {
    let source = format!("def f(n, z, s):\n    for i in range(n):\n        {body}\n");
    let mut program = Program::defining("f", &source, Form::Plain).ok()?;
    let arguments = [Value::int(TURNS), Value::int(0), Value::int(0)];
    let start = Instant::now();
    program.call(&arguments).ok()?;
    Some(start.elapsed().as_secs_f64() * 1e9 / TURNS as f64)
}
