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
//! Counts: three readers are inside at the same time, with the same table and not with a copy of it; nothing changes
//! while somebody looks, and nobody sees half of a change; none is lost where several threads write.
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
// SKELETON how: three readers were never inside
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
// WRONG stress: half of a change
//| use std::sync::RwLock;
//|
//| pub struct Table {
//|     many: usize,
//|     sums: RwLock<Vec<u64>>,
//| }
//|
//| impl Table {
//|     pub fn new(sums: Vec<u64>) -> Self {
//|         Table { many: sums.len(), sums: RwLock::new(sums) }
//|     }
//|
//|     pub fn look<R>(&self, reader: impl FnOnce(&[u64]) -> R) -> R {
//|         reader(&self.sums.read().expect("no writer panics"))
//|     }
//|
//|     pub fn add(&self, number: u64) {
//|         for sum in 0..self.many {
//|             self.sums.write().expect("no writer panics")[sum] += number;
//|         }
//|     }
//| }
// WRONG stress: add(1)
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
//|         for _ in 0..100 {
//|             if let Ok(mut sums) = self.0.try_write() {
//|                 sums.iter_mut().for_each(|sum| *sum += number);
//|                 return;
//|             }
//|             std::thread::sleep(std::time::Duration::from_micros(100));
//|         }
//|     }
//| }
// END

// HINT `RwLock` has `read()` and `write()` where `Mutex` has `lock()`. Import it in the place of the `Mutex`.
// HINT `look` needs `read()`, and has to hold the guard while the reader looks: no copy. `add` changes the sums where
// they are, under `write()`.
// RULES
/// So long readers wait inside for each other.
const LONGEST: std::time::Duration = std::time::Duration::from_millis(1500);

/// So long threads write.
const WRITING: std::time::Duration = std::time::Duration::from_millis(300);

/// So long a reader looks while somebody wants to write.
const LOOK: std::time::Duration = std::time::Duration::from_millis(300);

pub fn rules() -> Rules {
    use std::sync::{Condvar, Mutex};
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
        .stress("a writer, and one who compares", |trial| {
            trial.calling("add(1) in one thread while another compares all sums");
            let (table, begin) = (attempt::Table::new(vec![0; 1000]), Instant::now());
            let torn = thread::scope(|scope| {
                scope.spawn(|| {
                    while begin.elapsed() < WRITING {
                        table.add(1);
                    }
                });
                let mut torn = None;
                while torn.is_none() && begin.elapsed() < WRITING {
                    torn = table.look(|sums| {
                        let first = sums.first()?;
                        let other = sums.iter().find(|sum| *sum != first)?;
                        Some((*first, *other))
                    });
                }
                torn
            });
            let Some((first, other)) = torn else { return Ok(()) };
            Err(format!(
                "every add(1) adds to all sums, and a reader saw {first} and {other} at the same \
                 time: half of a change"
            ))
        })
        .stress("a writer beside a reader", |trial| {
            trial.calling("add(1) in one thread while another looks");
            let table = attempt::Table::new(vec![1, 2]);
            let waited = thread::scope(|scope| {
                table.look(|sums| {
                    let before = sums.to_vec();
                    let _writer = scope.spawn(|| table.add(1));
                    thread::sleep(LOOK);
                    std::hint::black_box(sums).to_vec() == before
                })
            });
            ensure!(waited, "a reader was looking at the sums when they changed");
            let after = table.look(<[u64]>::to_vec);
            ensure!(
                after == [2, 3],
                "add(1) came back while a reader looked at [1, 2], and the sums are {after:?} after \
                 that: [2, 3] is right"
            );
            Ok(())
        })
        .how("three readers", |trial| {
            trial.calling("three threads that look at the same time");
            let table = attempt::Table::new(vec![1, 2]);
            // Each says that it is inside, and stays there until all are, or until it is too late.
            let (readers, came, begin) = (Mutex::new(0), Condvar::new(), Instant::now());
            let inside = || {
                table.look(|sums| {
                    let mut readers = readers.lock().expect("nobody panics in here");
                    *readers += 1;
                    came.notify_all();
                    let left = LONGEST.saturating_sub(begin.elapsed());
                    let (readers, waited) = came
                        .wait_timeout_while(readers, left, |readers| *readers < 3)
                        .expect("nobody panics in here");
                    drop(readers);
                    (!waited.timed_out()).then_some(sums.as_ptr() as usize)
                })
            };
            let seen = thread::scope(|scope| {
                let threads = [(); 3].map(|()| scope.spawn(inside));
                threads.map(|thread| thread.join().expect("it only looks"))
            });
            ensure!(
                seen.iter().all(Option::is_some),
                "three readers were never inside at the same time"
            );
            ensure!(
                seen.iter().all(|table| *table == seen[0]),
                "each of three readers looks at a copy, and not at the table"
            );
            Ok(())
        })
}
