//! The path of one addition, recorded by the machine that performs it.

use std::env;
use std::fs;
use std::process::{Command, Stdio};
use std::time::Instant;

use measure::Interval;

use crate::trace::Step;
use crate::{Form, Instruction, Program, Value};

/// What is traced.
const ADD: &str = "def add(a, b):\n    return a + b\n";

/// Each addition is traced this often; the median of each step counts.
const TIMES: usize = 2001;

/// The additions: one that fits a word, one that grows, one of an int and a float, and a small one.
const SUMS: [(&str, &str); 4] = [
    ("1000 + 2000", "two integers"),
    ("9223372036854775807 + 1", "the result does not fit a machine word"),
    ("1 + 0.5", "the left type does not know the right one"),
    ("1 + 2", "a small result, whose box is shared"),
];

/// The whole text of `--trace-add`.
pub(crate) fn trace() -> String {
    let clock = clock();
    let mut text =
        String::from("The steps of an addition, as recorded by the machine that performs it.\n");
    for (sum, about) in SUMS {
        text += &format!("\n{sum}: {about}\n");
        text += &steps(sum, clock).unwrap_or_else(|| "it could not be traced\n".to_owned());
    }
    text += &format!(
        "\nTimes are medians of {TIMES}, less the {clock:.0} ns that reading the clock takes.\n"
    );
    text += &match instructions() {
        Some(count) => format!(
            "s += i is {count:.0} machine instructions here, counted by valgrind --tool=callgrind:\n\
             two LOAD_FAST, BINARY_OP and STORE_FAST, less the same loop with pass.\n"
        ),
        None => "Where valgrind is installed, machine instructions are counted, too.\n".to_owned(),
    };
    text
}

/// The steps of one addition, each with its time.
fn steps(sum: &str, clock: f64) -> Option<String> {
    let mut program = Program::defining("add", ADD, Form::Plain).ok()?;
    let (left, right) = sum.split_once(" + ")?;
    let value = |text: &str| match text.parse::<i64>() {
        Ok(number) => Some(Value::int(number)),
        Err(_) => Some(Value::float(text.parse().ok()?)),
    };
    let mut samples: Vec<Vec<f64>> = Vec::new();
    let mut last = Vec::new();
    for _ in 0..TIMES {
        let (result, steps) = program.trace(&[value(left)?, value(right)?])?;
        result.ok()?;
        samples.resize(steps.len(), Vec::new());
        for (index, pair) in steps.windows(2).enumerate() {
            samples[index + 1].push((pair[1].1 - pair[0].1).as_secs_f64() * 1e9);
        }
        last = steps;
    }
    let mut text = String::new();
    for ((step, _), samples) in last.into_iter().zip(&samples) {
        let time = Interval::of(samples)
            .map(|interval| format!("{:>5.0} ns", (interval.median - clock).max(0.0)))
            .unwrap_or_default();
        text += &format!("  {:<62} {time:>8}\n", words(step));
    }
    Some(text)
}

/// A step in words, and where its code stands.
fn words(step: Step) -> String {
    match step {
        Step::Dispatch(instruction) => match instruction {
            Instruction::BinaryOp(operator, _) => {
                format!("dispatch: BINARY_OP {} ({})", operator as u32, operator.symbol())
            }
            other => format!("dispatch: {}", other.name()),
        },
        Step::Pop => "both values popped (vm/machine.rs)".to_owned(),
        Step::LeftSlot(name) => format!("the left type is {name}: its slot is called (operate.rs)"),
        Step::RightSlot(name) => {
            format!("NotImplemented; the right type is {name}: its slot (operate.rs)")
        }
        Step::TypesSeen(left, right) => {
            format!("types checked: {left} and {right}, both machine words (object/int.rs)")
        }
        Step::MachineAdd => "the machine's own add, no overflow (object/int.rs)".to_owned(),
        Step::GrewBig => "the machine's own add overflowed: on with big integers".to_owned(),
        Step::SharedInt => "the result is small: a shared box (object/heap.rs)".to_owned(),
        Step::SpareBox => "a spare box takes it (object/heap.rs)".to_owned(),
        Step::NewBox => "a new box from the allocator (object/heap.rs)".to_owned(),
        Step::Release => "the references to both values released".to_owned(),
        Step::Push => "the result pushed".to_owned(),
    }
}

/// The time between two readings of the clock, in nanoseconds.
fn clock() -> f64 {
    let between = |_| {
        let start = Instant::now();
        (Instant::now() - start).as_secs_f64() * 1e9
    };
    let samples: Vec<f64> = (0..TIMES).map(between).collect();
    Interval::of(&samples).map_or(0.0, |interval| interval.median)
}

/// The machine instructions of `s += i`, counted by callgrind; `None` where it is not installed.
fn instructions() -> Option<f64> {
    const TURNS: u32 = 20_000;
    let count = |body: &str| -> Option<f64> {
        let folder = tempfile::tempdir().ok()?;
        let program = folder.path().join("program.py");
        let source = format!(
            "def f(n):\n    s = 1000\n    for i in range(n):\n        {body}\nf({TURNS})\n"
        );
        fs::write(&program, source).ok()?;
        let ended = Command::new("valgrind")
            .arg("--tool=callgrind")
            .arg(format!("--callgrind-out-file={}", folder.path().join("out").display()))
            .arg(env::current_exe().ok()?)
            .arg(&program)
            .stdin(Stdio::null())
            .stdout(Stdio::null())
            .output()
            .ok()?;
        let report = String::from_utf8_lossy(&ended.stderr).into_owned();
        let line = report.lines().find(|line| line.contains("Collected :"))?;
        line.rsplit(' ').next()?.parse().ok()
    };
    Some((count("s += i")? - count("pass")?) / f64::from(TURNS))
}
