//! Each trap of the crate's page, and that nobody falls into it here.
#![cfg(target_os = "linux")]

use std::fs;
use std::io::{self, BufRead, Read, Write};
use std::path::Path;
use std::process::Command;
use std::thread;
use std::time::{Duration, Instant};

use children::{Child, Error, Exit, Frame, Killer, Unreadable, end_all, family};
use rustix::process::{Pid, Signal, kill_process};

const GRACE: Duration = Duration::from_millis(300);

/// Longer than anything here takes, and shorter than the children that would have to be waited for.
const SOON: Duration = Duration::from_secs(10);

fn shell(script: &str) -> Child {
    started(script, &Killer::of_group())
}

fn started(script: &str, killer: &Killer) -> Child {
    let mut command = Command::new("sh");
    Child::spawn(command.args(["-c", script]), killer, GRACE).expect("a shell starts")
}

fn line(child: &mut Child) -> String {
    let mut line = String::new();
    child.read_line(&mut line).expect("it writes lines");
    line.trim_end().to_owned()
}

/// The state of a process: `R`, `S`, `T` for a stopped one, `Z` for a zombie; `None` if there is none.
fn state(id: &str) -> Option<char> {
    let text = fs::read_to_string(format!("/proc/{id}/stat")).ok()?;
    text.rsplit_once(')')?.1.trim_start().chars().next()
}

fn wait_until(what: &str, holds: impl Fn() -> bool) {
    let start = Instant::now();
    while !holds() {
        assert!(start.elapsed() < SOON, "{what}");
        thread::sleep(Duration::from_millis(2));
    }
}

fn signal(id: &str, signal: Signal) {
    let id = id.parse().ok().and_then(Pid::from_raw).expect("a number");
    kill_process(id, signal).expect("it lives");
}

#[test]
fn a_full_standard_error_stops_nobody() {
    let mut child = shell("yes oh | head -c 900000 >&2; yes no | head -c 1000000; echo last >&2");
    child.limit(SOON);
    let mut lines = 0;
    let (exit, output) = child.finish(300, |_| lines += 1).expect("it ends");
    assert_eq!((exit, output.len()), (Exit::Status(0), 300));
    assert!(lines > 100, "{lines}");
    assert_eq!(child.errors().last_line().as_deref(), Some("last"));
}

#[test]
fn two_that_write_are_separated_by_the_limit() {
    let mut child = shell("cat");
    child.limit(Duration::from_millis(300));
    let stuck = child.write_all(&vec![b'x'; 10_000_000]).expect_err("nobody reads what it says");
    assert_eq!(stuck.kind(), io::ErrorKind::TimedOut);
    assert!(matches!(child.failure(&stuck), Error::TimedOut(_)));
    assert_eq!(child.end(), Exit::Signal(9));
}

#[test]
fn a_silent_child_is_ended_at_the_limit() {
    let mut child = shell("exec sleep 60");
    let start = Instant::now();
    child.limit(Duration::from_millis(200));
    let error = child.receive().expect_err("it says nothing");
    assert!(matches!(error, Error::TimedOut(_)), "{error}");
    assert!(start.elapsed() < SOON);
    assert_eq!(child.end(), Exit::Signal(9));
}

#[test]
fn who_comes_late_finds_what_a_child_did_in_time() {
    let mut child = shell("echo done");
    child.limit(SOON);
    child.wait(SOON);
    child.limit(Duration::ZERO);
    let (exit, output) = child.finish(100, |_| {}).expect("it was in time");
    assert_eq!((exit, &output[..]), (Exit::Status(0), &b"done\n"[..]));
}

/// The grandchild has a session of its own, so it is in no group that could be killed.
#[test]
fn a_grandchild_that_holds_the_pipes_holds_nobody() {
    let mut child = shell("setsid sleep 60 & echo $!; exit 3");
    let start = Instant::now();
    let grandchild = line(&mut child);
    let error = child.receive().expect_err("nobody answers");
    assert!(matches!(error, Error::Ended(Exit::Status(3))), "{error}");
    // Nor when writing: its input is still open, and full at some time.
    let mut child = shell("setsid sleep 60 & echo $!; exit 4");
    let other = line(&mut child);
    let broken = child.write_all(&vec![b'x'; 10_000_000]).expect_err("nobody reads");
    assert_eq!(child.failure(&broken).to_string(), "it ended with exit status 4");
    // Nor at the end of everything.
    let mut child = shell("setsid sleep 60 & echo $!");
    let (exit, output) = child.finish(100, |_| {}).expect("it ends");
    assert!(exit.is_success() && start.elapsed() < SOON);
    let last = String::from_utf8(output).expect("a number");
    for id in [&grandchild, &other, last.trim()] {
        signal(id, Signal::KILL);
    }
}

#[test]
fn what_the_child_has_started_ends_with_it() {
    for script in
        ["sleep 60 & echo $!; wait", "sleep 60 & echo $!", "sleep 60 & echo $!; kill -9 $$"]
    {
        let mut child = shell(script);
        let grandchild = line(&mut child);
        child.end();
        wait_until("the grandchild lives on", || {
            state(&grandchild).is_none_or(|state| state == 'Z')
        });
    }
}

#[test]
fn a_killer_of_the_leader_spares_the_others() {
    let mut child = started("sleep 60 & echo $!; wait", &Killer::of_leader());
    let grandchild = line(&mut child);
    assert_eq!(child.kill(), Exit::Signal(9));
    assert!(state(&grandchild).is_some_and(|state| state != 'Z'));
    signal(&grandchild, Signal::KILL);
}

/// What has left the group, too, as long as its parent lives.
#[test]
fn a_whole_family_can_be_killed() {
    let script = "setsid sh -c 'echo $$; sleep 60; true' & wait";
    let mut child = started(script, &Killer::of_family());
    let other: u32 = line(&mut child).parse().expect("a number");
    wait_until("no sleep", || !family::children_of(other).is_empty());
    let last = family::children_of(other)[0].to_string();
    assert_eq!(family::parent_of(other), Some(child.id()));
    child.kill();
    wait_until("it lives on", || state(&last).is_none_or(|state| state == 'Z'));
}

#[test]
fn a_stopped_child_ends_and_leaves_no_zombie() {
    let mut child = shell("exec cat");
    let id = child.id().to_string();
    signal(&id, Signal::STOP);
    wait_until("it is not stopped", || family::is_stopped(child.id()));
    assert_eq!(child.end(), Exit::Signal(9));
    assert_eq!(state(&id), None);
}

#[test]
fn no_zombie_is_left_by_a_child_that_nobody_asked() {
    let id = shell("exit 3").id().to_string();
    assert_eq!(state(&id), None);
}

/// Between its end and its reaping a child keeps its number; and afterwards it is not signalled.
#[test]
fn the_number_of_a_child_is_used_only_while_it_is_its_own() {
    let killer = Killer::of_group();
    let mut child = started("exit 3", &killer);
    let id = child.id().to_string();
    assert_eq!(child.wait(SOON), Some(Exit::Status(3)));
    assert_eq!(state(&id), Some('Z'));
    killer.kill();
    assert_eq!(child.end(), Exit::Status(3), "how it ended is not changed by a late kill");
    assert_eq!(state(&id), None);
    killer.kill();
    killer.terminate();
}

/// A member of the group ignores SIGTERM, and removes a file once the others are gone: it sees the end of a
/// pipe that they hold open. A second one never ends by itself, and is killed; and where all of them ignore
/// SIGTERM, as they may from their caller, the leader is killed before the cleaner.
#[test]
fn a_cleaner_cleans_up_before_it_is_killed() {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let (pipe, left) = (folder.path().join("pipe"), folder.path().join("left"));
    let (pipe, name) = (pipe.display(), left.display());
    let stubborn = "(trap '' TERM; exec sleep 60) &";
    for (first, grace, signal) in
        [("", SOON, 15), (stubborn, GRACE * 4, 15), ("trap '' TERM;", GRACE * 4, 9)]
    {
        let script = format!(
            "{first} mkfifo {pipe}; (trap '' TERM; cat {pipe}; rm {pipe} {name}) & \
             exec 3> {pipe}; touch {name}; echo ready; exec sleep 60"
        );
        let mut child = started(&script, &Killer::of_cleaning_group(grace));
        let group = child.id();
        assert_eq!(line(&mut child), "ready");
        let start = Instant::now();
        assert_eq!(child.kill(), Exit::Signal(signal));
        assert!(start.elapsed() < SOON, "{:?}", start.elapsed());
        assert!(!left.exists(), "the cleaner was killed before it could clean up");
        wait_until("nobody is left", || family::is_group_alive(group) == Some(false));
    }
}

#[test]
fn stubborn_children_share_one_grace_period() {
    let stubborn = "trap '' TERM; echo ready; exec sleep 60";
    let mut children: Vec<Child> = (0..20).map(|_| shell(stubborn)).collect();
    children.iter_mut().for_each(|child| assert_eq!(line(child), "ready"));
    let start = Instant::now();
    end_all(&mut children);
    assert!(start.elapsed() < GRACE * 10, "{:?}", start.elapsed());
    assert!(children.iter_mut().all(|child| child.end() == Exit::Signal(9)));
}

#[test]
fn a_broken_pipe_is_explained() {
    for (script, error) in [
        ("exit 3", "it ended with exit status 3"),
        ("kill -9 $$", "it was killed by SIGKILL"),
        ("exec >&- 2>&-; exec sleep 60", "it closed its output"),
    ] {
        let mut child = shell(script);
        assert_eq!(child.receive().expect_err("no frame comes").to_string(), error);
    }
    let mut child = shell("echo oh no >&2; exit 3");
    child.wait(SOON);
    let frame = Frame { kind: 1, job: 2, body: vec![0; 100_000] };
    let error = child.send(&frame).expect_err("nobody reads");
    assert_eq!(error.to_string(), "it ended with exit status 3");
    assert_eq!(child.errors().first_line().as_deref(), Some("oh no"));
}

#[test]
fn frames_go_there_and_back() {
    let mut child = shell("exec cat");
    for length in [0, 5, 100_000] {
        let frame = Frame { kind: 7, job: length as u64, body: vec![b'x'; length.min(50_000)] };
        child.send(&frame).expect("it reads");
        assert_eq!(child.receive().expect("it writes"), frame);
        assert!(!child.has_more());
    }
}

#[test]
fn what_is_no_frame_kills_the_child() {
    for (script, half) in [("echo hello; exec sleep 60", false), ("printf SUM", true)] {
        let mut child = shell(script);
        let error = child.receive().expect_err("it is no frame");
        let Error::Unreadable(unreadable) = error else { panic!("{error}") };
        assert_eq!(matches!(unreadable, Unreadable::HalfFrame), half, "{unreadable}");
        assert_eq!(state(&child.id().to_string()), None);
    }
}

#[test]
fn a_flood_is_neither_kept_nor_waited_for() {
    let mut child = shell("exec yes");
    child.limit(Duration::from_millis(200));
    let error = child.finish(1000, |_| {}).expect_err("it has no end");
    assert!(matches!(error, Error::TimedOut(_)), "{error}");
}

#[test]
fn a_killer_ends_a_read_and_a_write_on_another_thread() {
    for writes in [false, true] {
        let killer = Killer::of_group();
        let mut child = started("setsid sleep 60 & exec sleep 60", &killer);
        let kill = thread::spawn(move || {
            thread::sleep(Duration::from_millis(100));
            killer.kill();
        });
        let start = Instant::now();
        let cause = if writes {
            child.write_all(&vec![0; 1_000_000]).expect_err("nobody reads")
        } else {
            child.read_exact(&mut [0]).expect_err("nobody writes")
        };
        assert_eq!(child.failure(&cause).to_string(), "it was killed by SIGKILL");
        assert!(start.elapsed() < SOON);
        kill.join().expect("it only kills");
    }
}

#[test]
fn with_a_used_killer_no_child_starts() {
    let killer = Killer::of_group();
    killer.kill();
    let started = Child::spawn(Command::new("cat").arg("/nowhere"), &killer, GRACE);
    assert!(matches!(started, Err(Error::Cancelled)), "{started:?}");
}

#[test]
#[expect(unsafe_code, reason = "stops a child before it has become the program")]
fn a_half_started_child_is_found() {
    use std::os::unix::process::CommandExt;
    let killer = Killer::of_group();
    let kill = killer.clone();
    let start = thread::spawn(move || {
        let mut command = Command::new("cat");
        let stop = || Ok(kill_process(rustix::process::getpid(), Signal::STOP)?);
        // SAFETY: a signal to itself is all that it does.
        unsafe { command.pre_exec(stop) };
        Child::spawn(&mut command, &killer, GRACE).map(|child| child.id())
    });
    thread::sleep(Duration::from_millis(200));
    assert!(!start.is_finished(), "the child is stopped, so the call hangs");
    kill.kill();
    let started = start.join().expect("it does not panic");
    assert!(matches!(started, Err(Error::Cancelled)), "{started:?}");
}

#[test]
fn a_program_that_is_not_there_is_named() {
    let killer = Killer::of_group();
    let error = Child::spawn(&mut Command::new("/no/such/program"), &killer, GRACE);
    let error = error.expect_err("there is no such program").to_string();
    assert_eq!(killer.wait(SOON), Some(Exit::Unknown), "nobody waits for it");
    assert!(error.starts_with("/no/such/program does not start: No such file"), "{error}");
}

#[test]
fn a_child_leads_a_group_of_its_own() {
    let child = shell("exec sleep 60");
    let stat = fs::read_to_string(format!("/proc/{}/stat", child.id())).expect("it lives");
    let group = stat.rsplit_once(')').expect("a name").1.split_whitespace().nth(2);
    assert_eq!(group, Some(&*child.id().to_string()));
}

#[test]
fn a_passed_file_and_nothing_else_is_inherited() {
    let file = fs::File::open(Path::new("/dev/null")).expect("it is there");
    let stray = rustix::io::fcntl_dupfd_cloexec(&file, 70).expect("a descriptor");
    rustix::io::fcntl_setfd(&stray, rustix::io::FdFlags::empty()).expect("it is open");
    children::inherit_nothing();
    let mut command = Command::new("sh");
    command.args(["-c", "cd /proc/self/fd; echo *"]);
    children::pass(&mut command, &file, 9).expect("a descriptor");
    let mut child = Child::spawn(&mut command, &Killer::of_group(), GRACE).expect("it starts");
    let open = line(&mut child);
    let open: Vec<&str> = open.split(' ').collect();
    assert!(open.contains(&"9") && !open.contains(&"70"), "{open:?}");
}

/// The system means the thread that started it.
#[test]
#[expect(unsafe_code, reason = "asks for a signal in the child")]
fn a_parent_death_signal_comes_with_the_end_of_the_starting_thread() {
    use std::os::unix::process::CommandExt;
    let start = || {
        let mut command = Command::new("sleep");
        command.arg("60");
        let ask = || Ok(rustix::process::set_parent_process_death_signal(Some(Signal::KILL))?);
        // SAFETY: one system call is all that it does.
        unsafe { command.pre_exec(ask) };
        Child::spawn(&mut command, &Killer::of_group(), GRACE).expect("it starts")
    };
    let mut mine = start();
    let mut theirs = thread::spawn(start).join().expect("it does not panic");
    assert_eq!(theirs.wait(SOON), Some(Exit::Signal(9)));
    assert_eq!(mine.wait(Duration::from_millis(50)), None);
}

/// Nobody is left who could end it, but the system closes its input.
#[test]
fn a_child_that_reads_ends_with_a_killed_parent() {
    const INSIDE: &str = "RUN_AS_A_PARENT";
    if std::env::var_os(INSIDE).is_some() {
        let child = shell("exec cat");
        fs::write(std::env::var_os("FILE").expect("it is set"), child.id().to_string())
            .expect("it can be written");
        thread::sleep(SOON);
        return;
    }
    let file = std::env::temp_dir().join(format!("children-{}", std::process::id()));
    let mut parent = children::this_program().expect("it has a file");
    parent.arg("a_child_that_reads_ends_with_a_killed_parent").env(INSIDE, "1").env("FILE", &file);
    let mut parent = Child::spawn(&mut parent, &Killer::of_leader(), GRACE).expect("it starts");
    let id = || fs::read_to_string(&file).unwrap_or_default();
    wait_until("it starts no child", || state(&id()).is_some());
    let id = id();
    parent.kill();
    wait_until("it lives on", || state(&id).is_none_or(|state| state == 'Z'));
    fs::remove_file(file).expect("it is there");
}

#[test]
fn an_ignored_sigchld_hides_the_status_and_no_more() {
    const INSIDE: &str = "RUN_WITH_IGNORED_SIGCHLD";
    if std::env::var_os(INSIDE).is_some() {
        let mut child = shell("echo here; exit 3");
        assert_eq!(line(&mut child), "here");
        assert_eq!(child.wait(SOON), Some(Exit::Unknown));
        return assert_eq!(child.end(), Exit::Unknown);
    }
    let test = std::env::current_exe().expect("a test is a program");
    let ignored = "import os, signal, sys; signal.signal(signal.SIGCHLD, signal.SIG_IGN); \
                   os.execv(sys.argv[1], sys.argv[1:])";
    let mut command = Command::new("python3");
    command.args(["-c", ignored]).arg(test).env(INSIDE, "1");
    let ended = command.arg("an_ignored_sigchld_hides_the_status_and_no_more").output();
    let ended = ended.expect("python3, which the tests on Linux need, starts");
    let output = String::from_utf8_lossy(&ended.stdout);
    assert!(ended.status.success() && output.contains("1 passed"), "{output}");
}

#[test]
fn this_program_is_the_one_that_runs() {
    let mut command = children::this_program().expect("it has a file");
    command.args(["--list", "this_program_is_the_one_that_runs"]);
    let mut child = Child::spawn(&mut command, &Killer::of_group(), GRACE).expect("it starts");
    assert_eq!(line(&mut child), "this_program_is_the_one_that_runs: test");
}
