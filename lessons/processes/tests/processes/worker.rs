//! The worker process by hand: frames in, frames out, and what ends it.

use std::io::Write;
use std::process::{Child, Command, Stdio};
use std::thread;
use std::time::{Duration, Instant};

use kernels::{Integers, KernelName, Known, Memory, Pi, Primes};
use processes::frame::Message;

use testkit::{program, side_by_side};

#[cfg(target_os = "linux")]
use crate::workers;

const PROGRAM: &str = env!("CARGO_BIN_EXE_processes");

fn worker() -> Child {
    Command::new(PROGRAM)
        .arg("--worker")
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .expect("the program starts")
}

fn send(worker: &mut Child, job: u64, message: Message) {
    let input = worker.stdin.as_mut().expect("its input is piped");
    message.write(job, input).expect("the worker reads");
}

fn receive(worker: &mut Child) -> (u64, Message) {
    let output = worker.stdout.as_mut().expect("its output is piped");
    Message::read(output).expect("a frame").expect("not the end")
}

fn spec(kernel: KernelName, terms: u64) -> Message {
    Message::Spec { kernel, terms, data: false }
}

/// A worker that has made its kernel and is ready.
fn ready(kernel: KernelName, terms: u64) -> Child {
    let mut worker = worker();
    send(&mut worker, 0, spec(kernel, terms));
    assert_eq!(receive(&mut worker), (0, Message::Ready));
    worker
}

/// Closes the input; the worker must end within a second, here with a wide margin.
fn end(mut worker: Child) -> program::Ended {
    drop(worker.stdin.take());
    let ended = program::finish(worker);
    assert!(ended.took < Duration::from_secs(5), "{:?}", ended.took);
    ended
}

fn assert_refused(ended: &program::Ended) {
    assert_eq!(ended.code(), Some(70), "{ended:?}");
    assert_eq!(ended.stderr.lines().count(), 1, "{}", ended.stderr);
}

#[test]
fn requests_are_answered_by_job_and_range() {
    let mut worker = ready(Integers::NAME, 1000);
    for (job, range) in [(1, 0..1000), (9, 0..0), (2, 10..20)] {
        send(&mut worker, job, Message::Sum(range.clone()));
        let (answered, message) = receive(&mut worker);
        assert_eq!(answered, job);
        let Message::Answer { range: summed, sum, .. } = message else { panic!("{message:?}") };
        assert_eq!((summed, sum), (range.clone(), range.sum::<u64>().to_le_bytes().to_vec()));
    }
    let ended = end(worker);
    assert_eq!((ended.code(), ended.stderr.as_str()), (Some(0), ""));
}

#[test]
fn numbers_can_be_sent() {
    let mut worker = ready(Memory::NAME, 1000);
    send(&mut worker, 5, Message::SumSent(0..1000));
    let numbers: Vec<u64> = (0..1000).collect();
    for part in numbers.chunks(300) {
        let input = worker.stdin.as_mut().expect("its input is piped");
        Message::write_data(5, part, input).expect("the worker reads");
    }
    let Message::Answer { sum, .. } = receive(&mut worker).1 else { panic!("no answer") };
    assert_eq!(sum, 499_500_u64.to_le_bytes());
    assert_eq!(end(worker).code(), Some(0));
}

#[test]
fn the_end_of_input_ends_it_at_once_also_in_the_middle_of_a_sum() {
    assert_eq!(end(worker()).code(), Some(0));
    assert_eq!(end(ready(Pi::NAME, 10)).code(), Some(0));
    let mut busy = ready(Primes::NAME, 100_000_000);
    send(&mut busy, 1, Message::Sum(0..100_000_000));
    thread::sleep(Duration::from_millis(200));
    let ended = end(busy);
    assert_eq!((ended.code(), ended.stderr.as_str()), (Some(0), ""));
}

#[test]
fn half_a_frame_is_refused_also_in_the_middle_of_a_sum() {
    let mut bytes = Vec::new();
    Message::Sum(0..5).write(2, &mut bytes).expect("a vector takes all");
    let cuts = [1, 10, bytes.len() - 1];
    for _ in 0..3 {
        side_by_side(cuts.iter().flat_map(|cut| [(cut, false), (cut, true)]), |(cut, busy)| {
            let mut worker = ready(Primes::NAME, 100_000_000);
            if busy {
                send(&mut worker, 1, Message::Sum(0..100_000_000));
                thread::sleep(Duration::from_millis(100));
            }
            let input = worker.stdin.as_mut().expect("its input is piped");
            input.write_all(&bytes[..*cut]).expect("the worker reads");
            assert_refused(&end(worker));
        });
    }
}

/// Requests that were sent before the end are answered, if they do not take long.
#[test]
fn short_requests_before_the_end_are_answered() {
    let mut requests = Vec::new();
    let mut add = |job, message: Message| {
        message.write(job, &mut requests).expect("a vector takes all");
    };
    add(0, spec(Integers::NAME, 1_000_000));
    add(1, Message::Sum(0..1000));
    add(2, Message::Sum(0..1_000_000));
    for _ in 0..20 {
        let mut worker = worker();
        worker.stdin.take().expect("piped").write_all(&requests).expect("the worker reads");
        assert_eq!(receive(&mut worker).1, Message::Ready);
        for expected in [499_500_u64, 499_999_500_000] {
            let Message::Answer { sum, .. } = receive(&mut worker).1 else { panic!() };
            assert_eq!(sum, expected.to_le_bytes());
        }
        assert_eq!(program::finish(worker).code(), Some(0));
    }
}

/// Nonsense is refused while the input is still open: nobody has to hang up first.
#[test]
fn nonsense_is_refused_at_once() {
    let mut too_long = b"SUMP\x01\x03\0\0\0\0\0\0\0\0\0\0".to_vec();
    too_long.extend(u32::MAX.to_le_bytes());
    for bytes in [&b"hello, worker\n"[..], b"SUMP\x02\x03\0\0", b"\0", &too_long] {
        let mut worker = ready(Pi::NAME, 10);
        let mut bytes = bytes.to_vec();
        if bytes.starts_with(b"SUMP\x02") {
            bytes.resize(20, 0);
        }
        let start = Instant::now();
        let input = worker.stdin.take().expect("its input is piped");
        (&input).write_all(&bytes).expect("the worker reads");
        let ended = program::finish(worker);
        assert!(start.elapsed() < Duration::from_secs(5));
        drop(input);
        assert_refused(&ended);
    }
}

/// Nonsense that comes during a sum is refused at the end of that sum, or of its input.
#[test]
fn nonsense_in_the_middle_of_a_sum_is_refused_when_the_input_ends() {
    for bytes in [&b"hello, worker"[..], b"SUMP\x01\x63\0\0\0\0\0\0\0\0\0\0\0\0\0\0"] {
        let mut worker = ready(Primes::NAME, 100_000_000);
        send(&mut worker, 1, Message::Sum(0..100_000_000));
        let input = worker.stdin.as_mut().expect("its input is piped");
        input.write_all(bytes).expect("the pipe takes it");
        assert_refused(&end(worker));
    }
    let mut worker = ready(Primes::NAME, 1_000_000);
    send(&mut worker, 1, Message::Sum(0..1_000_000));
    let input = worker.stdin.take().expect("its input is piped");
    (&input).write_all(b"hello, worker").expect("the pipe takes it");
    assert!(matches!(receive(&mut worker), (1, Message::Answer { .. })));
    assert_refused(&program::finish(worker));
    drop(input);
}

/// What comes during a sum is not lost, and stays in its order.
#[test]
fn requests_during_a_sum_are_answered_after_it() {
    let mut worker = ready(Primes::NAME, 8_000_000);
    send(&mut worker, 1, Message::Sum(0..8_000_000));
    for job in 2..20 {
        thread::sleep(Duration::from_millis(40));
        send(&mut worker, job, Message::Sum(0..job));
    }
    for job in 1..20 {
        let (answered, message) = receive(&mut worker);
        let Message::Answer { range, .. } = message else { panic!("{message:?}") };
        assert_eq!((answered, range.end), (job, if job == 1 { 8_000_000 } else { job }));
    }
    assert_eq!(end(worker).code(), Some(0));
}

#[test]
fn requests_out_of_place_are_refused() {
    let sum = |range| Message::Sum(range);
    assert_refused(&first(sum(0..5)));
    assert_refused(&first(Message::Ready));
    assert_refused(&first(spec(Integers::NAME, u64::MAX)));
    assert_refused(&after_spec(sum(0..11)));
    assert_refused(&after_spec(Message::Ready));
    assert_refused(&after_spec(Message::SumMapped(0..5)));
    assert_refused(&after_spec(Message::Data(vec![0; 8])));
}

fn first(message: Message) -> program::Ended {
    let mut worker = worker();
    send(&mut worker, 0, message);
    program::finish(worker)
}

fn after_spec(message: Message) -> program::Ended {
    let mut worker = ready(Pi::NAME, 10);
    send(&mut worker, 1, message);
    program::finish(worker)
}

#[test]
fn worker_is_an_argument_of_its_own() {
    for arguments in [&["--worker", "-n"][..], &["-n", "5", "--worker"]] {
        assert_eq!(program::run(PROGRAM, arguments).code(), Some(2), "{arguments:?}");
    }
}

#[test]
fn every_sum_is_made_by_processes_other_than_the_parent() {
    let arguments = ["-k", "memory", "-n", "1e6", "-w", "1,2", "--rounds", "1", "--json"];
    let child = program::command(PROGRAM, &arguments).spawn().expect("the program starts");
    let parent = format!("process {}", child.id());
    let ended = program::finish(child);
    assert_eq!(ended.code(), Some(0), "{ended:?}");
    assert_eq!(ended.runs().len(), 10, "five strategies at two worker counts");
    for row in ended.rows_present().iter().filter(|row| row["strategy"] != "your-turn") {
        for entry in row["audit"].as_array().expect("an audit") {
            let id = entry["id"].as_str().expect("an id");
            assert!(id.starts_with("process ") && id != parent, "{row}");
        }
        assert!(row["phases"]["sending"].as_f64() > Some(0.0), "{row}");
        assert!(row["phases"]["starting"].as_f64() > Some(0.0), "{row}");
    }
}

/// Without `--pin` a worker may run wherever its parent may; with it, each is on a core of its own.
#[test]
#[cfg(target_os = "linux")]
fn pinned_workers_are_on_their_cores() {
    let all = cores_of(std::process::id()).expect("Linux tells");
    let several = all.contains(['-', ',']);
    for pin in [false, true] {
        let mut arguments =
            vec!["-k", "primes", "-n", "2e7", "-w", "2", "--no-baseline", "-s", "pool"];
        arguments.extend(pin.then_some("--pin"));
        let mut parent = program::command(PROGRAM, &arguments).spawn().expect("it starts");
        let workers = workers::workers_of(parent.id(), 2);
        let cores: Vec<String> = workers.iter().copied().filter_map(cores_of).collect();
        assert_eq!(cores_of(parent.id()).as_ref(), Some(&all), "the parent is not pinned");
        parent.kill().expect("the parent runs");
        parent.wait().expect("the parent was started here");
        workers::assert_gone(&workers);
        if pin {
            assert!(cores.iter().all(|core| core.parse::<usize>().is_ok()), "{cores:?}");
            assert_eq!(cores[0] != cores[1], several, "{cores:?}");
        } else {
            assert_eq!(cores, [all.clone(), all.clone()]);
        }
    }
}

/// The cores that a process may use, as the system lists them; `None` if there is no such process.
#[cfg(target_os = "linux")]
fn cores_of(process: u32) -> Option<String> {
    let status = std::fs::read_to_string(format!("/proc/{process}/status")).ok()?;
    let list = status.lines().find_map(|line| line.strip_prefix("Cpus_allowed_list:"))?;
    Some(list.trim().to_owned())
}
