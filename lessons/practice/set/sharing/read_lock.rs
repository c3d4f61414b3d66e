//! # Many readers, one writer
//!
//! A table is read all the time and changed once in a while. Why should readers wait for each other?
//!
//! They need not: only who changes something has to be alone. An `RwLock` lets any number of readers in, or one
//! writer. With a `Mutex` every reader keeps all others out, and a table that everybody looks at becomes the line in
//! which everybody stands.
//!
//! It is no cure for all: to take it costs more than a `Mutex`, so very short looks gain nothing. And who reads
//! cannot begin to write: the lock that you wait for is the one that you hold.
//!
//! Counts: two readers are inside at the same time, with the same table and not with a copy of it; nothing changes
//! while somebody looks; no change is lost where several threads write.
//!
//! Read: [threads, what a lock costs](../../../threads/README.md#why)

// HOLE
use std::sync::RwLock;

/// Sums that many look at.
pub struct Table(RwLock<Vec<u64>>);

impl Table {
    pub fn new(sums: Vec<u64>) -> Self {
        Table(RwLock::new(sums))
    }

    /// Lets somebody look.
    pub fn look<R>(&self, reader: impl FnOnce(&[u64]) -> R) -> R {
        reader(&self.0.read().expect("no writer panics"))
    }

    /// Adds to each sum.
    pub fn add(&self, number: u64) {
        for sum in self.0.write().expect("no writer panics").iter_mut() {
            *sum += number;
        }
    }
}
// SKELETON how: two readers were never inside
//| use std::sync::Mutex;
//|
//| /// Sums that many look at.
//| pub struct Table(Mutex<Vec<u64>>);
//|
//| impl Table {
//|     pub fn new(sums: Vec<u64>) -> Self {
//|         Table(Mutex::new(sums))
//|     }
//|
//|     /// Lets somebody look.
//|     pub fn look<R>(&self, reader: impl FnOnce(&[u64]) -> R) -> R {
//|         reader(&self.0.lock().expect("no writer panics"))
//|     }
//|
//|     /// Adds to each sum.
//|     pub fn add(&self, number: u64) {
//|         for sum in self.0.lock().expect("no writer panics").iter_mut() {
//|             *sum += number;
//|         }
//|     }
//| }
// WRONG how: a copy
//| use std::sync::Mutex;
//|
//| pub struct Table(Mutex<Vec<u64>>);
//|
//| impl Table {
//|     pub fn new(sums: Vec<u64>) -> Self {
//|         Table(Mutex::new(sums))
//|     }
//|
//|     pub fn look<R>(&self, reader: impl FnOnce(&[u64]) -> R) -> R {
//|         let copy = self.0.lock().expect("no writer panics").clone();
//|         reader(&copy)
//|     }
//|
//|     pub fn add(&self, number: u64) {
//|         for sum in self.0.lock().expect("no writer panics").iter_mut() {
//|             *sum += number;
//|         }
//|     }
//| }
// WRONG ends: a deadlock
//| use std::sync::RwLock;
//|
//| pub struct Table(RwLock<Vec<u64>>);
//|
//| impl Table {
//|     pub fn new(sums: Vec<u64>) -> Self {
//|         Table(RwLock::new(sums))
//|     }
//|
//|     pub fn look<R>(&self, reader: impl FnOnce(&[u64]) -> R) -> R {
//|         reader(&self.0.read().expect("no writer panics"))
//|     }
//|
//|     pub fn add(&self, number: u64) {
//|         let before = self.0.read().expect("no writer panics");
//|         let after = before.iter().map(|sum| sum + number).collect();
//|         *self.0.write().expect("no writer panics") = after;
//|     }
//| }
// WRONG stress: were lost
//| use std::sync::RwLock;
//|
//| pub struct Table(RwLock<Vec<u64>>);
//|
//| impl Table {
//|     pub fn new(sums: Vec<u64>) -> Self {
//|         Table(RwLock::new(sums))
//|     }
//|
//|     pub fn look<R>(&self, reader: impl FnOnce(&[u64]) -> R) -> R {
//|         reader(&self.0.read().expect("no writer panics"))
//|     }
//|
//|     pub fn add(&self, number: u64) {
//|         let after = self.look(|before| before.iter().map(|sum| sum + number).collect());
//|         *self.0.write().expect("no writer panics") = after;
//|     }
//| }
// END

// HINT `RwLock` has `read()` and `write()` where `Mutex` has `lock()`. Import it in the place of the `Mutex`.
// HINT `look` needs `read()`, and has to hold the guard while the reader looks: no copy. `add` changes the sums where
// they are, under `write()`.
// RULES
/// So long a reader waits inside for the other.
const LONGEST: std::time::Duration = std::time::Duration::from_millis(1500);

/// So long two threads write.
const WRITING: std::time::Duration = std::time::Duration::from_millis(300);

/// So long it is seen whether a writer waits for a reader.
const MOMENT: std::time::Duration = std::time::Duration::from_millis(30);

pub fn rules() -> Rules {
    use std::sync::mpsc::{Receiver, Sender, channel};
    use std::thread;
    use std::time::Instant;

    Rules::new()
        .right("one thread", |trial| {
            trial.calling("new([1, 2]), add(3), add(10)");
            let table = attempt::Table::new(vec![1, 2]);
            for (number, right) in [(3, [4, 5]), (10, [14, 15])] {
                table.add(number);
                let seen = table.look(<[u64]>::to_vec);
                ensure!(
                    seen == right,
                    "after add({number}) a reader sees {seen:?}, and {right:?} is right"
                );
            }
            Ok(())
        })
        .stress("two writers", |trial| {
            trial.calling("two threads that call add(1)");
            let (table, begin) = (attempt::Table::new(vec![0; 100]), Instant::now());
            let writer = || {
                let mut calls = 0;
                while begin.elapsed() < WRITING {
                    (0..100).for_each(|_| table.add(1));
                    calls += 100;
                }
                calls
            };
            let calls: u64 = thread::scope(|scope| {
                let other = scope.spawn(writer);
                writer() + other.join().expect("it only adds")
            });
            let least = table.look(|sums| sums.iter().min().copied()).unwrap_or_default();
            ensure!(
                least == calls,
                "two threads called add(1), {calls} times in all, and a sum is {least}: {} changes \
                 were lost",
                calls.abs_diff(least)
            );
            Ok(())
        })
        .stress("a writer beside a reader", |trial| {
            trial.calling("add(1) in one thread while another looks");
            let table = attempt::Table::new(vec![1, 2]);
            let waited = thread::scope(|scope| {
                table.look(|sums| {
                    let before = sums.to_vec();
                    let _writer = scope.spawn(|| table.add(1));
                    thread::sleep(MOMENT);
                    std::hint::black_box(sums).to_vec() == before
                })
            });
            ensure!(waited, "a reader was looking at the sums when they changed");
            Ok(())
        })
        .how("two readers", |trial| {
            trial.calling("two threads that look at the same time");
            let table = attempt::Table::new(vec![1, 2]);
            // Each says that it is inside, and waits there until the other says the same.
            let ((to_second, from_first), (to_first, from_second)) = (channel(), channel());
            let inside = |to: Sender<()>, from: Receiver<()>| {
                table.look(|sums| {
                    let _ = to.send(());
                    from.recv_timeout(LONGEST).is_ok().then_some(sums.as_ptr() as usize)
                })
            };
            let (first, second) = thread::scope(|scope| {
                let other = scope.spawn(|| inside(to_first, from_first));
                let first = inside(to_second, from_second);
                (first, other.join().expect("it only looks"))
            });
            let (Some(first), Some(second)) = (first, second) else {
                return Err("two readers were never inside at the same time".to_owned());
            };
            ensure!(first == second, "each of two readers looks at a copy, and not at the table");
            Ok(())
        })
}
