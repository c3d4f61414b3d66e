//! Where the nanoseconds of an addition go: loops that differ by one thing, timed side by side.

use std::time::Duration;

use measure::{Board, Plan, Rounds, Work};

use crate::{Form, Program, Value};

/// The turns of each loop.
const TURNS: i64 = 100_000;

/// The number of rounds; the fastest counts, because differences of medians are mostly noise.
const ROUNDS: usize = 41;

/// The bodies of the loops.
const BODIES: [&str; 5] = ["pass", "z\n        z", "s = z + z", "s = i + z", "s += i"];

/// The table, at most 80 columns wide. `addition` is the time of one in compiled code, and `plain` that of a term in
/// the row `plain` at its best, in nanoseconds, if they were measured.
pub(crate) fn table(addition: Option<f64>, plain: Option<f64>) -> Option<String> {
    Some(text(times()?, addition, plain))
}

fn text(times: [f64; BODIES.len()], addition: Option<f64>, plain: Option<f64>) -> String {
    let [empty, pushed, shared, boxed, whole] = times;
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
        let time = if time > 0.0 { format!("{time:.2}") } else { "-".to_owned() };
        text += &format!("{part:<38} {time:>6}  {how}\n");
    }
    text += "(z is 0, whose box is shared; these are the fastest of 41 rounds, the rows above\n\
             are medians; -: lost in the noise)\n";
    if let Some(plain) = plain.filter(|plain| !(0.8..1.25).contains(&(plain / whole))) {
        text += &format!(
            "The row plain took {plain:.2} ns at its best: the machine had another speed then.\n\
             Compare the lines of this table with each other only.\n"
        );
    }
    text
}

/// Nanoseconds per turn of each loop, in the plain form.
fn times() -> Option<[f64; BODIES.len()]> {
    let board = Board::new(Duration::MAX);
    let mut rounds = Rounds::new(&board);
    for body in BODIES {
        rounds.add_work(body, work(body)?);
    }
    rounds.run(Plan::rounds(ROUNDS), &|| ());
    let results = board.results();
    let fastest =
        results.rows.iter().filter_map(|row| row.seconds.iter().copied().reduce(f64::min));
    let times: Vec<f64> = fastest.map(|seconds| seconds * 1e9 / TURNS as f64).collect();
    times.try_into().ok()
}

/// A loop with this body.
fn work(body: &str) -> Option<Work<'static>> {
    let source = format!("def f(n, z, s):\n    for i in range(n):\n        {body}\n");
    let mut program = Program::defining("f", &source, Form::Plain).ok()?;
    let arguments = [Value::int(TURNS), Value::int(0), Value::int(0)];
    Some(Box::new(move || program.call(&arguments).map(|_| 0.into())))
}

#[cfg(test)]
mod tests {
    use super::*;

    const TIMES: [f64; BODIES.len()] = [5.6, 11.0, 15.0, 16.0, 17.1];

    #[test]
    fn a_part_below_zero_is_lost_in_the_noise() {
        let boxes = text([5.6, 11.0, 15.0, 13.9, 16.0], Some(0.2), None);
        let line = boxes.lines().find(|line| line.starts_with("allocation")).expect("it is there");
        assert!(line.contains(" -  s = i + z"), "{line}");
    }

    #[test]
    fn a_row_that_ran_at_another_speed_is_named() {
        // Seen: "all of it 17.1" under a row of 37.8, three times in a row.
        assert!(text(TIMES, None, Some(34.9)).contains("another speed"));
        assert!(!text(TIMES, None, Some(17.9)).contains("another speed"));
        assert!(!text(TIMES, None, None).contains("another speed"));
    }
}
