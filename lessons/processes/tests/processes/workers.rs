//! The worker processes of a program that runs, as its system lists them.

use std::process::Command;
use std::time::{Duration, Instant};
use std::{fs, thread};

use children::family;

/// The workers of `parent`, once it has `count`.
pub fn workers_of(parent: u32, count: usize) -> Vec<u32> {
    let deadline = Instant::now() + Duration::from_secs(120);
    loop {
        let workers = children_of(parent);
        if workers.len() >= count {
            return workers;
        }
        assert!(Instant::now() < deadline, "the workers have not started: {workers:?}");
        thread::sleep(Duration::from_millis(10));
    }
}

/// Waits until none of `workers` is left. A promise of one second is tested with a wide margin.
pub fn assert_gone(workers: &[u32]) {
    let deadline = Instant::now() + Duration::from_secs(5);
    while workers.iter().any(|worker| is_worker(*worker)) {
        assert!(Instant::now() < deadline, "a worker of {workers:?} lives on");
        thread::sleep(Duration::from_millis(10));
    }
}

/// The workers of `parent` that there are now.
pub fn children_of(parent: u32) -> Vec<u32> {
    let children = if cfg!(any(target_os = "linux", windows)) {
        family::children_of(parent)
    } else {
        listed_by_ps().filter(|(_, its, _)| *its == parent).map(|(id, ..)| id).collect()
    };
    children.into_iter().filter(|id| is_worker(*id)).collect()
}

/// Whether it lives, and has become a worker already. On Windows each child is one from the start.
fn is_worker(id: u32) -> bool {
    if cfg!(windows) {
        family::parent_of(id).is_some()
    } else if cfg!(target_os = "linux") {
        fs::read(format!("/proc/{id}/cmdline")).is_ok_and(|line| line.ends_with(b"\0--worker\0"))
    } else {
        listed_by_ps().any(|(its, _, line)| its == id && line.ends_with(" --worker"))
    }
}

/// The number, the parent and the command line of each process, where there is no better way.
fn listed_by_ps() -> impl Iterator<Item = (u32, u32, String)> {
    let listed = Command::new("ps").args(["-axo", "pid=,ppid=,args="]).output().expect("ps starts");
    let lines: Vec<_> =
        String::from_utf8_lossy(&listed.stdout).lines().map(str::to_owned).collect();
    lines.into_iter().filter_map(|line| {
        let (id, rest) = line.trim_start().split_once(' ')?;
        let (parent, line) = rest.trim_start().split_once(' ')?;
        Some((id.parse().ok()?, parent.parse().ok()?, line.trim().to_owned()))
    })
}

/// Kills any process, as an impatient user does.
pub fn kill(id: u32) {
    let id = id.to_string();
    let killed = if cfg!(windows) {
        Command::new("taskkill").args(["/F", "/PID", &id]).output()
    } else {
        Command::new("kill").args(["-9", &id]).output()
    };
    assert!(killed.expect("it starts").status.success(), "process {id} lived");
}
