//! The promises of the pool of processes, on the real program, from the outside. Only Linux tells
//! enough of a process to check them.

use std::fs;
use std::os::fd::AsFd;
use std::os::unix::fs::PermissionsExt;
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::time::Duration;

use command_fds::{CommandFdExt, FdMapping};
use rustix::process::{Pid, Signal, kill_process};

use testkit::{program, side_by_side};

use crate::workers;

const PROGRAM: &str = env!("CARGO_BIN_EXE_processes");

/// A sum of some seconds, by a pool that stands.
const LONG: [&str; 7] = ["-k", "primes", "-n", "2e7", "--no-baseline", "-s", "pool"];

/// The long sum with `workers` workers, once all of them are there and busy.
fn busy(workers: usize, more: &[&str]) -> (Child, Vec<u32>) {
    let count = workers.to_string();
    // Whoever runs the tests may ignore a hang-up, and a program that inherits that ignores it, too.
    let listening = ["--default-signal=HUP", PROGRAM];
    let arguments = [&listening, &LONG[..], &["--rounds", "1", "-w", &count], more].concat();
    let parent = program::command("env", &arguments).spawn().expect("the program starts");
    let ids = workers::workers_of(parent.id(), workers);
    std::thread::sleep(Duration::from_millis(300));
    (parent, ids)
}

fn send(process: u32, signal: Signal) {
    let id = Pid::from_raw(process.cast_signed()).expect("no process is number 0");
    kill_process(id, signal).expect("it was started here, and nobody has waited for it");
}

#[test]
fn no_worker_outlives_its_parent() {
    let cases = [1, 2, 5].map(|workers| [(workers, false), (workers, true)]);
    side_by_side(cases.into_iter().flatten(), |(workers, stopped)| {
        let (mut parent, ids) = busy(workers, &[]);
        if stopped {
            send(ids[0], Signal::STOP);
        }
        parent.kill().expect("the parent runs");
        parent.wait().expect("the parent was started here");
        workers::assert_gone(&ids);
    });
}

#[test]
fn a_signal_to_the_parent_alone_ends_the_workers_too() {
    use std::os::unix::process::ExitStatusExt;
    let signals = [Signal::INT, Signal::TERM, Signal::HUP];
    let cases = signals.map(|signal| [(signal, false), (signal, true)]);
    side_by_side(cases.into_iter().flatten(), |(signal, stopped)| {
        let (parent, ids) = busy(2, &[]);
        if stopped {
            send(ids[1], Signal::STOP);
        }
        send(parent.id(), signal);
        let ended = program::finish(parent);
        assert_eq!(ended.status.signal(), Some(signal.as_raw()), "{ended:?}");
        assert_eq!((ended.stdout.as_str(), ended.stderr.as_str()), ("", ""));
        assert!(ended.took < Duration::from_secs(5), "{ended:?}");
        workers::assert_gone(&ids);
    });
}

/// As `nohup` starts a program.
#[test]
fn an_ignored_hang_up_stays_ignored() {
    let sum = "-k primes -n 2e6 -s pool -w 1 --no-baseline --rounds 1";
    let script = format!("trap '' HUP; exec {PROGRAM} {sum}");
    let program = program::command("sh", &["-c", &script]).spawn().expect("a shell starts");
    workers::workers_of(program.id(), 1);
    send(program.id(), Signal::HUP);
    let ended = program::finish(program);
    assert_eq!(ended.code(), Some(0), "{ended:?}");
}

#[test]
fn a_killed_worker_is_an_error_that_names_it() {
    let (parent, ids) = busy(2, &["--json"]);
    send(ids[1], Signal::KILL);
    let ended = program::finish(parent);
    assert_eq!(ended.code(), Some(70), "{ended:?}");
    assert_eq!(ended.stderr.lines().count(), 1, "{}", ended.stderr);
    let cause = format!("worker 1 (process {}) failed: it was killed by SIGKILL; ", ids[1]);
    assert!(ended.stderr.contains(&cause), "{}", ended.stderr);
    let row = &ended.runs()[0];
    assert_eq!((row["verdict"].as_str(), &row["sum"]), (Some("failed"), &serde_json::Value::Null));
    workers::assert_gone(&ids);
}

#[test]
fn with_a_retry_a_killed_worker_costs_no_sum() {
    let arguments = ["-k", "primes", "-n", "2e6", "--no-baseline", "--json", "--rounds", "1"];
    for row in ["pool", "spawned"] {
        let arguments = [&arguments[..], &["-w", "2", "-s", row, "--retries", "1"]].concat();
        let parent = program::command(PROGRAM, &arguments).spawn().expect("the program starts");
        let ids = workers::workers_of(parent.id(), 2);
        send(ids[1], Signal::KILL);
        let ended = program::finish(parent);
        assert_eq!(ended.code(), Some(0), "{ended:?}");
        let run = &ended.runs()[0];
        // The sum of the primes below two million is Project Euler's problem 10.
        assert_eq!(run["sum"], "142913828922", "{run}");
        assert_eq!(run["retries"], 1, "{run}");
    }
}

/// At any moment: before a worker has said its first word, while it sums, while it has nothing to do.
#[test]
fn with_enough_retries_many_killed_workers_cost_no_sum() {
    let arguments = ["-k", "primes", "-n", "1e6", "--no-baseline", "--json", "--rounds", "8"];
    let more = ["-w", "5", "-s", "pool,spawned", "--retries", "1000"];
    let mut parent = program::command(PROGRAM, &[&arguments[..], &more].concat())
        .spawn()
        .expect("the program starts");
    for turn in 0..60 {
        std::thread::sleep(Duration::from_millis(7 * (turn % 6)));
        if parent.try_wait().expect("a child can be asked").is_some() {
            break;
        }
        let workers = workers::children_of(parent.id());
        if let Some(worker) = workers.get(turn as usize % workers.len().max(1)) {
            let id = Pid::from_raw(worker.cast_signed()).expect("no process is number 0");
            // It may have ended by itself just now; its parent waits for it, not this test.
            let _ = kill_process(id, Signal::KILL);
        }
    }
    let ended = program::finish(parent);
    assert_eq!(ended.code(), Some(0), "{ended:?}");
    let runs = ended.runs();
    for run in &runs {
        assert_eq!(run["sum"], "37550402023", "the sum of the primes below a million: {run}");
    }
    let retries: u64 = runs.iter().filter_map(|run| run["retries"].as_u64()).sum();
    assert!(retries > 0, "no worker was hit: {runs:?}");
}

#[test]
fn a_stopped_worker_ends_at_the_time_limit() {
    let (parent, ids) = busy(2, &["--timeout", "1.5", "--json"]);
    send(ids[1], Signal::STOP);
    let ended = program::finish(parent);
    assert_eq!(ended.code(), Some(75), "{ended:?}");
    assert_eq!(ended.stderr.lines().count(), 1, "{}", ended.stderr);
    assert!(ended.stderr.contains("pool with 2 workers took longer than 1.50 s"), "{ended:?}");
    assert!(ended.took < Duration::from_secs(10), "{:?}", ended.took);
    workers::assert_gone(&ids);
}

#[test]
fn nothing_is_left_behind() {
    let folder = tempfile::tempdir().expect("a folder");
    let listed = |path: &Path| {
        let mut names: Vec<_> =
            fs::read_dir(path).expect("it is there").flatten().map(|file| file.path()).collect();
        names.sort();
        names
    };
    let arguments = ["-k", "memory", "-n", "1e6", "-w", "2", "--rounds", "1"];
    let command = |arguments: &[&str]| {
        let mut command = program::command(PROGRAM, arguments);
        command.env("TMPDIR", folder.path());
        command.spawn().expect("the program starts")
    };
    assert_eq!(program::finish(command(&arguments)).code(), Some(0));
    for signal in [Signal::KILL, Signal::INT] {
        let parent = command(&["-k", "memory", "-n", "5e7", "-w", "2"]);
        let ids = workers::workers_of(parent.id(), 2);
        for process in ids.iter().chain([&parent.id()]) {
            assert_eq!(named_memory(*process), [""; 0], "it could stay");
        }
        send(parent.id(), signal);
        program::finish(parent);
        workers::assert_gone(&ids);
    }
    assert_eq!(listed(folder.path()), Vec::<std::path::PathBuf>::new());
}

/// The files in shared memory that a process has mapped. (What others have there is their own business.)
fn named_memory(process: u32) -> Vec<String> {
    let maps = fs::read_to_string(format!("/proc/{process}/maps")).expect("Linux tells");
    assert!(maps.contains("processes"), "its own program is mapped: {maps}");
    let named = maps.lines().filter(|line| line.contains(" /dev/shm/"));
    named.map(str::to_owned).collect()
}

/// A worker is the file of its parent, has next to no environment, and no descriptor that its parent
/// was started with.
#[test]
fn a_worker_is_this_program_and_nothing_else_comes_with_it() {
    let stray = tempfile::tempfile().expect("a file");
    let mapping = |child_fd| FdMapping {
        parent_fd: stray.as_fd().try_clone_to_owned().expect("one more descriptor"),
        child_fd,
    };
    let mut command = program::command(PROGRAM, &LONG);
    command.args(["-w", "2"]).env("PATH", "/nowhere").env("SECRET", "42");
    command.fd_mappings(vec![mapping(3), mapping(27)]).expect("two descriptors");
    let mut parent = command.spawn().expect("the program starts");
    for worker in workers::workers_of(parent.id(), 2) {
        let of = |name: &str| format!("/proc/{worker}/{name}");
        let program = fs::canonicalize(PROGRAM).expect("the program is a file");
        assert_eq!(fs::read_link(of("exe")).expect("Linux tells"), program);
        let environment = fs::read(of("environ")).expect("Linux tells");
        assert_eq!(String::from_utf8_lossy(&environment), "");
        let name = fs::read_to_string(of("comm")).expect("Linux tells");
        assert!(["processes\n", "exe\n"].contains(&name.as_str()), "{name}");
        let open = fs::read_dir(of("fd")).expect("Linux tells").flatten();
        for descriptor in open {
            // Those of the worker itself come and go, such as the files under /proc that it reads.
            let target = fs::read_link(descriptor.path()).unwrap_or_default();
            let number = descriptor.file_name().to_string_lossy().into_owned();
            let stray = number == "27" || target.to_string_lossy().contains("deleted");
            assert!(!stray, "{number}: {}", target.display());
        }
    }
    parent.kill().expect("the parent runs");
    parent.wait().expect("the parent was started here");
}

#[test]
fn a_program_whose_file_is_gone_still_starts_its_workers() {
    let folder = tempfile::tempdir().expect("a folder");
    let copy = folder.path().join("a copy");
    fs::copy(PROGRAM, &copy).expect("a copy");
    let copy = copy.to_str().expect("a plain name");
    let arguments = ["-k", "primes", "-n", "2e6", "-w", "2", "--rounds", "1", "-s", "spawned"];
    // Started by itself: once `spawn` is back, its file is no longer needed.
    let mut command = Command::new(copy);
    command.args(arguments).stdin(Stdio::null()).stdout(Stdio::piped()).stderr(Stdio::piped());
    let child = command.spawn().expect("the copy starts");
    fs::remove_file(copy).expect("it was there");
    let ended = program::finish(child);
    assert_eq!(ended.code(), Some(0), "{ended:?}");
}

/// Some callers do not want to know how their children end, and the program inherits that.
#[test]
fn a_caller_that_ignores_its_children_changes_nothing() {
    let script = format!(
        "import os, signal; signal.signal(signal.SIGCHLD, signal.SIG_IGN); \
         os.execv('{PROGRAM}', ['processes', '-n', '1e5', '--rounds', '1', '-w', '2', '--json'])"
    );
    let child = program::command("python3", &["-c", &script]).spawn();
    let ended = program::finish(child.expect("python3, which the tests on Linux need, starts"));
    assert_eq!(ended.code(), Some(0), "{ended:?}");
    assert!(ended.runs().iter().all(|run| run["verdict"] == "right"), "{ended:?}");
}

#[test]
fn small_limits_are_refused_by_name() {
    let cases = [
        ("ulimit -n 20", "-w 64 -s pool", "(os error 24)", 71),
        ("ulimit -n 20", "-w 64 -s spawned", "a process for worker ", 71),
        ("ulimit -v 60000", "-w 2", "to measure how fast memory is read", 71),
        ("ulimit -f 1", "-k memory -w 2", "memory for the data was refused", 71),
        ("ulimit -s 24", "-w 2", "the system refused more memory or stack; ask for", 71),
    ];
    for (limit, arguments, said, code) in cases {
        let script =
            format!("{limit}; RUST_BACKTRACE=1 exec {PROGRAM} -n 1e6 --rounds 1 {arguments}");
        let ended = program::run("sh", &["-c", &script]);
        assert_eq!(ended.code(), Some(code), "{limit}: {ended:?}");
        assert!(ended.stderr.contains(said), "{limit}: {}", ended.stderr);
        assert!(!ended.stderr.contains("backtrace"), "{limit}: {}", ended.stderr);
    }
}

/// Whoever may start only few processes gets an answer at every one that is refused.
#[test]
fn few_processes_are_refused_by_name() {
    let folder = tempfile::tempdir().expect("a folder");
    let copy = folder.path().join("processes");
    fs::copy(PROGRAM, &copy).expect("a copy");
    for path in [folder.path(), &copy] {
        fs::set_permissions(path, fs::Permissions::from_mode(0o755)).expect("it is ours");
    }
    // The limit does not hold for root; and others have processes already, which count.
    let somebody_else = Command::new("setpriv")
        .args(["--reuid=65534", "--regid=65534", "--clear-groups", "true"])
        .stderr(Stdio::null())
        .status()
        .is_ok_and(|status| status.success());
    let (start, limits): (&[&str], _) = if somebody_else {
        (&["setpriv", "--reuid=65534", "--regid=65534", "--clear-groups"], [1, 2, 3, 4, 5, 7, 9])
    } else {
        (&["env"], [1; 7])
    };
    for limit in limits {
        let limit = format!("--nproc={limit}:{limit}");
        let sum = ["-n", "1e5", "--rounds", "1", "-w", "5", "-s", "pool,spawned"];
        let limited = ["prlimit", &limit, copy.to_str().expect("a plain name")];
        let arguments = [&start[1..], &limited, &sum].concat();
        let ended = program::run(start[0], &arguments);
        assert_eq!(ended.code(), Some(71), "{limit}: {ended:?}");
        assert!(ended.stderr.contains("was refused: Resource temporarily"), "{limit}: {ended:?}");
        assert!(ended.stderr.contains("ulimit -u"), "{limit}: {}", ended.stderr);
    }
}

#[test]
fn only_allowed_cores_are_used() {
    let list = fs::read_to_string("/proc/self/status").expect("Linux tells");
    let list = list.lines().find_map(|line| line.strip_prefix("Cpus_allowed_list:"));
    let last = list.expect("it is there").trim().rsplit([',', '-']).next().expect("one core");
    let sum = ["-c", last, PROGRAM, "-n", "1e5", "--rounds", "1", "-s", "pool", "--json"];
    let ended = program::run("taskset", &sum);
    assert_eq!(ended.document()["machine"]["usable_cores"], 1, "{ended:?}");
    let workers: Vec<_> = ended.runs().iter().map(|run| run["workers"].clone()).collect();
    assert_eq!(workers, [1], "the ladder ends at the usable cores");
}
