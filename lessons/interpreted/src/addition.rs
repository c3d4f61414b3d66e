//! The path of one addition, written down by the machine that does it.

use std::env;
use std::fs;
use std::io;
use std::process::{Command, Stdio};
use std::time::Instant;

use crate::trace::Step;
use crate::{Form, Instruction, Value, Vm, compile, parse};

/// What is traced.
const ADD: &str = "def add(a, b):\n    return a + b\n";

/// How often each addition is traced: the median of each step counts.
const TIMES: usize = 2001;

/// The additions: two that fit a word, one that grows, one of an int and a float, and two texts.
const SUMS: [(&str, &str); 4] = [
    ("1000 + 2000", "two whole numbers"),
    ("9223372036854775807 + 1", "the result does not fit a machine word"),
    ("1 + 0.5", "the left type does not know the right one"),
    ("1 + 2", "a small result, whose box is shared"),
];

/// The whole text of `--trace-add`.
pub(crate) fn trace() -> String {
    let clock = clock();
    let mut text =
        String::from("The steps of an addition, as the machine that does it notes them.\n");
    for (sum, about) in SUMS {
        text += &format!("\n{sum}: {about}\n");
        text += &steps(sum, clock).unwrap_or_else(|| "it could not be traced\n".to_owned());
    }
    text += &format!(
        "\nTimes are medians of {TIMES}, less what the clock itself takes: {clock:.0} ns a step.\n"
    );
    text += &match instructions() {
        Some(count) => format!(
            "s += i is {count:.0} machine instructions here, counted by valgrind --tool=callgrind:\n\
             two LOAD_FAST, BINARY_OP and STORE_FAST, less the same loop with pass.\n"
        ),
        None => {
            "Where valgrind is installed, its machine instructions are counted, too.\n".to_owned()
        }
    };
    text
}

/// The steps of one addition, each with its time.
fn steps(sum: &str, clock: f64) -> Option<String> {
    let code = compile(&parse(ADD).ok()?).ok()?;
    let mut sink = io::sink();
    let mut machine = Vm::new(&code, Form::Plain, &mut sink);
    machine.run().ok()?;
    let add = machine.globals().by_name("add")?.as_function()?.clone();
    let (left, right) = sum.split_once(" + ")?;
    let value = |text: &str| match text.parse::<i64>() {
        Ok(number) => Some(Value::int(number)),
        Err(_) => Some(Value::float(text.parse().ok()?)),
    };
    let mut taken: Vec<Vec<f64>> = Vec::new();
    let mut seen = Vec::new();
    for _ in 0..TIMES {
        let (result, noted) = machine.trace(&add, &[value(left)?, value(right)?]);
        result.ok()?;
        taken.resize(noted.len(), Vec::new());
        for (index, pair) in noted.windows(2).enumerate() {
            taken[index + 1].push((pair[1].1 - pair[0].1).as_secs_f64() * 1e9);
        }
        seen = noted;
    }
    let mut text = String::new();
    for ((step, _), times) in seen.into_iter().zip(&mut taken) {
        times.sort_by(f64::total_cmp);
        let time = match times.get(times.len() / 2) {
            Some(median) => format!("{:>5.0} ns", (median - clock).max(0.0)),
            None => String::new(),
        };
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
        Step::GrewBig => "the machine's own add overflowed: on with big ones".to_owned(),
        Step::SharedInt => "the result is small: a shared box (object/heap.rs)".to_owned(),
        Step::SpareBox => "a box that was used before takes it (object/heap.rs)".to_owned(),
        Step::NewBox => "a new box from the allocator (object/heap.rs)".to_owned(),
        Step::Release => "the references to both values given up".to_owned(),
        Step::Push => "the result pushed".to_owned(),
    }
}

/// What asking the clock twice takes, in nanoseconds.
fn clock() -> f64 {
    let mut times: Vec<f64> = (0..TIMES)
        .map(|_| {
            let start = Instant::now();
            (Instant::now() - start).as_secs_f64() * 1e9
        })
        .collect();
    times.sort_by(f64::total_cmp);
    times[TIMES / 2]
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
        let said = String::from_utf8_lossy(&ended.stderr).into_owned();
        let line = said.lines().find(|line| line.contains("Collected :"))?;
        line.rsplit(' ').next()?.parse().ok()
    };
    Some((count("s += i")? - count("pass")?) / f64::from(TURNS))
}
