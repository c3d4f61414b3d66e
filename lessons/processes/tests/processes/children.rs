//! What Linux tells of the worker processes of a program that runs.

use std::fs;
use std::time::{Duration, Instant};

/// The workers of `parent`, once it has `count`.
pub fn workers_of(parent: u32, count: usize) -> Vec<u32> {
    let deadline = Instant::now() + Duration::from_secs(30);
    loop {
        let workers = children_of(parent);
        if workers.len() >= count {
            return workers;
        }
        assert!(Instant::now() < deadline, "the workers have not started: {workers:?}");
        std::thread::sleep(Duration::from_millis(10));
    }
}

/// Waits until none of `workers` is left. A promise of one second is tested with a wide margin.
pub fn assert_gone(workers: &[u32]) {
    let deadline = Instant::now() + Duration::from_secs(5);
    while workers.iter().any(|worker| is_worker(*worker)) {
        assert!(Instant::now() < deadline, "a worker of {workers:?} lives on");
        std::thread::sleep(Duration::from_millis(10));
    }
}

pub fn children_of(parent: u32) -> Vec<u32> {
    let mut children = String::new();
    for task in fs::read_dir(format!("/proc/{parent}/task")).into_iter().flatten().flatten() {
        // A thread may be gone by now, and then it has no children.
        children += &fs::read_to_string(task.path().join("children")).unwrap_or_default();
        children.push(' ');
    }
    let ids = children.split_whitespace().filter_map(|id| id.parse().ok());
    ids.filter(|id| is_worker(*id)).collect()
}

fn is_worker(id: u32) -> bool {
    fs::read(format!("/proc/{id}/cmdline")).is_ok_and(|line| line.ends_with(b"\0--worker\0"))
}
