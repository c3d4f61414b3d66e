//! The path of one addition, recorded by the machine that performs it.

use std::env;
use std::io::Write;
use std::process::{Command, Stdio};
use std::time::Instant;

use measure::Interval;

use crate::trace::{Step, StepLog};
use crate::{Form, Instruction, Program, Value};

/// What is traced.
const ADD: &str = "def add(a, b):\n    return a + b\n";

/// Each addition is traced this often in a batch. The mean of a batch is finer than a clock that ticks in tens or
/// hundreds of nanoseconds.
const TIMES: usize = 250;

/// So many batches; the middle one counts, so that an interruption does not.
const BATCHES: usize = 20;

/// The additions: one that fits a word, one that grows, one of an int and a float, a small one, and one that nobody
/// can do.
const SUMS: [(&str, &str); 5] = [
    ("1000 + 2000", "two integers"),
    ("9223372036854775807 + 1", "the result does not fit a machine word"),
    ("1 + 0.5", "the left type does not know the right one"),
    ("1 + 2", "a small result, whose box is shared"),
    ("1 + 'a'", "neither type knows how"),
];

/// The same path in CPython 3.11, whose sources name each step.
const CPYTHON: &str = "
The same path in CPython 3.11:
  dispatch         _PyEval_EvalFrameDefault      Python/ceval.c
  operate.rs       PyNumber_Add and binary_op1   Objects/abstract.c
  a type's slot    nb_add in PyNumberMethods     Include/cpython/object.h
  object/int.rs    long_add, then _PyLong_Add    Objects/longobject.c
  object/heap.rs   PyObject_Malloc               Objects/obmalloc.c
The instruction is BINARY_OP since 3.11, and was BINARY_ADD until 3.10.
";

/// The whole text of `--trace-add`.
pub(crate) fn trace() -> String {
    let recording = recording();
    let mut text =
        String::from("The steps of an addition, as recorded by the machine that performs it.\n");
    for (sum, about) in SUMS {
        text += &format!("\n{sum}: {about}\n");
        text += &steps(sum, &recording).unwrap_or_else(|| "it could not be traced\n".to_owned());
    }
    text += &format!(
        "\nA time is what passes from the step above: the median of {BATCHES} means of {TIMES},\n\
         less the {:.0} ns that recording a step takes; -: lost in those.\n",
        recording.median
    );
    text += &match instructions() {
        Some(count) => format!(
            "s += i is {count:.0} machine instructions here, counted by valgrind --tool=callgrind:\n\
             two LOAD_FAST, BINARY_OP and STORE_FAST, less the same loop with pass.\n"
        ),
        None => "Where valgrind is installed, machine instructions are counted, too.\n".to_owned(),
    };
    text + CPYTHON
}

/// The steps of one addition, each with its time, and the exception that it ends with.
fn steps(sum: &str, recording: &Interval) -> Option<String> {
    let mut program = Program::defining("add", ADD, Form::Plain).ok()?;
    let (left, right) = sum.split_once(" + ")?;
    let arguments = || [value(left), value(right)].into_iter().collect::<Option<Vec<Value>>>();
    let mut batches: Vec<Vec<f64>> = Vec::new();
    let mut names = Vec::new();
    let mut ended = Ok(Value::none());
    for _ in 0..BATCHES {
        let mut runs = Vec::new();
        for _ in 0..TIMES {
            let (result, steps) = program.trace(&arguments()?)?;
            runs.push(between(&steps));
            names = steps.into_iter().map(|(step, _)| step).collect();
            ended = result;
        }
        batches.push(means(&runs));
    }
    let mut text = String::new();
    for (index, step) in names.into_iter().enumerate() {
        let samples: Option<Vec<f64>> = index
            .checked_sub(1)
            .map(|gap| batches.iter().filter_map(|batch| batch.get(gap).copied()).collect());
        let time = samples.and_then(|samples| Some(less(&Interval::of(&samples)?, recording)));
        text += format!("  {:<62} {:>8}", words(step), time.unwrap_or_default()).trim_end();
        text.push('\n');
    }
    if let Err(exception) = ended {
        text += &format!("  {exception}\n");
    }
    Some(text)
}

fn value(text: &str) -> Option<Value> {
    if let Some(inside) = text.strip_prefix('\'').and_then(|text| text.strip_suffix('\'')) {
        return Some(Value::str(inside));
    }
    let float = || text.parse().ok().map(Value::float);
    text.parse().ok().map(Value::int).or_else(float)
}

/// Nanoseconds from each step to the next.
fn between(steps: &[(Step, Instant)]) -> Vec<f64> {
    steps.windows(2).map(|pair| (pair[1].1 - pair[0].1).as_secs_f64() * 1e9).collect()
}

/// The mean of each place over the runs, which are alike.
fn means(runs: &[Vec<f64>]) -> Vec<f64> {
    let places = runs.iter().map(Vec::len).min().unwrap_or(0);
    let mean = |place: usize| runs.iter().map(|run| run[place]).sum::<f64>() / runs.len() as f64;
    (0..places).map(mean).collect()
}

/// The time of a step without that of recording it; `-` where the two can't be told apart.
fn less(step: &Interval, recording: &Interval) -> String {
    match (step.low, recording.high) {
        (Some(low), Some(high)) if low > high => {
            format!("{:.1} ns", step.median - recording.median)
        }
        _ => "-".to_owned(),
    }
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

/// Nanoseconds that it takes to record a step, the clock included.
fn recording() -> Interval {
    let run = |_| {
        let mut log = StepLog::default();
        log.start();
        log.record(|| Step::Push);
        log.record(|| Step::Push);
        between(&log.stop())
    };
    let batch = |_| means(&(0..TIMES).map(run).collect::<Vec<_>>()).into_iter();
    let batches: Vec<f64> = (0..BATCHES).flat_map(batch).collect();
    Interval::of(&batches).unwrap_or(Interval { median: f64::NAN, low: None, high: None })
}

/// The machine instructions of `s += i`, counted by callgrind; `None` where it is not installed.
fn instructions() -> Option<f64> {
    const TURNS: u32 = 20_000;
    let count = |body: &str| -> Option<f64> {
        let source = format!(
            "def f(n):\n    s = 1000\n    for i in range(n):\n        {body}\nf({TURNS})\n"
        );
        // Nothing of it lies in a file, so that nothing of it stays where a signal ends this program.
        let mut counted = Command::new("valgrind")
            .args(["--tool=callgrind", "--callgrind-out-file=/dev/null", "--vgdb=no"])
            .arg(env::current_exe().ok()?)
            .arg("-")
            .stdin(Stdio::piped())
            .stdout(Stdio::null())
            .stderr(Stdio::piped())
            .spawn()
            .ok()?;
        let written = counted.stdin.take().map(|mut input| input.write_all(source.as_bytes()));
        let ended = counted.wait_with_output().ok()?;
        written.and_then(Result::ok)?;
        let report = String::from_utf8_lossy(&ended.stderr).into_owned();
        let line = report.lines().find(|line| line.contains("Collected :"))?;
        line.rsplit(' ').next()?.parse().ok()
    };
    Some((count("s += i")? - count("pass")?) / f64::from(TURNS))
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use super::*;

    #[test]
    fn a_mean_is_finer_than_the_clock() {
        // Four runs of a step of 25 ns, on a clock that ticks in hundreds.
        let start = Instant::now();
        let at = |nanoseconds| start + Duration::from_nanos(nanoseconds);
        let runs = [0, 0, 0, 100].map(|end| between(&[(Step::Pop, at(0)), (Step::Push, at(end))]));
        assert_eq!(means(&runs), [25.0]);
    }

    #[test]
    fn a_step_that_takes_no_longer_than_its_recording_has_no_time() {
        let interval = |low, median, high| Interval { median, low: Some(low), high: Some(high) };
        let recording = interval(19.0, 20.0, 21.0);
        assert_eq!(less(&interval(29.0, 30.0, 31.0), &recording), "10.0 ns");
        assert_eq!(less(&interval(20.5, 22.0, 23.0), &recording), "-");
        assert_eq!(less(&interval(9.0, 10.0, 11.0), &recording), "-");
    }

    #[test]
    fn what_nobody_can_add_ends_in_an_exception() {
        let text = steps("1 + 'a'", &recording()).expect("it is traced");
        assert!(text.contains("NotImplemented; the right type is str"), "{text}");
        assert!(text.contains("TypeError: "), "{text}");
    }
}
