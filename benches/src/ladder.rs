//! The ladder of the course: the same sum from an interpreter to ranks, one rung after the other.
//!
//! `cargo run -p benches -- ladder` runs the program of each lesson, takes the rows that are rungs out of
//! its JSON document, and keeps them with the results of the bench.

mod reading;
mod run;

use std::time::SystemTime;

use course::{Device, Document};
use kernels::{Integers, Known};
use measure::verdict::Verdict;

use crate::figures::distinct;
use crate::results::{Ladder, Step};
use run::run;

pub(crate) use reading::{finding, reading};

/// A step of the way: a row of a lesson.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Rung {
    pub lesson: &'static str,
    pub row: &'static str,
    /// What is new on this rung.
    pub new: &'static str,
}

/// The rungs, from the bottom up.
pub const RUNGS: [Rung; 14] = [
    rung("python", "loop", "Python reads the loop, and makes an object of each number"),
    rung("interpreted", "plain", "our own machine, one instruction after the other"),
    rung("interpreted", "registers", "the same with registers: fewer instructions"),
    rung("compiled", "unoptimised", "machine code, every value through memory"),
    rung("python", "numpy", "whole arrays at a time, in loops that were compiled before"),
    rung("jit", "later-calls", "machine code made while the program runs"),
    rung("sequential", "term-by-term", "an optimising compiler, one term after the other"),
    rung("ffi", "c-whole", "two terms in one instruction, by a C compiler"),
    rung("sequential", "simd", "four terms or more in one instruction"),
    rung("threads", "scoped", "a thread for each core"),
    rung("work-stealing", "deques", "threads that take work from each other"),
    rung("processes", "pool", "a process for each core"),
    rung("gpu", "strided", "a GPU, where thousands of invocations add at the same time"),
    rung("distributed", "reduce", "a rank for each core, and messages"),
];

const fn rung(lesson: &'static str, row: &'static str, new: &'static str) -> Rung {
    Rung { lesson, row, new }
}

impl Step {
    /// How many rungs are below it.
    fn height(&self) -> usize {
        RUNGS.iter().position(|rung| self.is_on(rung)).unwrap_or(RUNGS.len())
    }

    /// Its rung; `None` for one that only a file knows.
    pub fn rung(&self) -> Option<&'static Rung> {
        RUNGS.iter().find(|rung| self.is_on(rung))
    }

    fn is_on(&self, rung: &Rung) -> bool {
        rung.lesson == self.lesson && rung.row == self.row
    }

    /// What is new on it; empty for one that only a file knows.
    pub(crate) fn what_is_new(&self) -> &'static str {
        match self.rung() {
            Some(_) if self.is_in_software() => IN_SOFTWARE,
            rung => rung.map_or("", |rung| rung.new),
        }
    }
}

/// What is new where a program stands in for the device.
const IN_SOFTWARE: &str = "no GPU, but a program on the cores that does what one would";

/// The lessons that have a rung, each once.
pub fn lessons() -> Vec<&'static str> {
    distinct(RUNGS.iter().map(|rung| rung.lesson))
}

impl Ladder {
    /// Runs the lessons whose names are in `wanted`, one after the other; calls `starting` before each.
    pub fn measured(wanted: &[&str], mut starting: impl FnMut(&str)) -> Self {
        let mut ladder = Ladder {
            began: humantime::format_rfc3339_seconds(SystemTime::now()).to_string(),
            cpu: String::new(),
            usable_cores: 0,
            steps: Vec::new(),
            missing: Vec::new(),
        };
        for lesson in lessons().into_iter().filter(|lesson| wanted.contains(lesson)) {
            starting(lesson);
            let rungs: Vec<&Rung> = RUNGS.iter().filter(|rung| rung.lesson == lesson).collect();
            let rows: Vec<&str> = rungs.iter().map(|rung| rung.row).collect();
            ladder.take(&rungs, &run(lesson, &rows));
        }
        ladder.steps.sort_by_key(Step::height);
        ladder
    }

    /// Takes the rungs out of the document of their lesson.
    fn take(&mut self, rungs: &[&Rung], document: &Result<Document, String>) {
        if let Ok(document) = document {
            self.cpu.clone_from(&document.machine.cpu);
            self.usable_cores = document.machine.usable_cores;
        }
        for rung in rungs {
            match document.as_ref().map_err(Clone::clone).and_then(|document| step(rung, document))
            {
                Ok(step) => self.steps.push(step),
                Err(why) => self.missing.push((format!("{}: {}", rung.lesson, rung.row), why)),
            }
        }
    }

    /// The slowest rung, the fastest of those with one worker, and the fastest of those with several: of the cores. A
    /// device is neither, and one in software is not even a device.
    pub fn landmarks(&self) -> Option<[&Step; 3]> {
        let by_time =
            |one: &&Step, other: &&Step| one.per_term().median.total_cmp(&other.per_term().median);
        // A file may hold anything.
        let sound = |step: &&Step| step.device.is_none() && step.per_term().median.is_normal();
        let measured = || self.steps.iter().filter(sound);
        let alone = || measured().filter(|step| step.workers == 1);
        let several = measured().filter(|step| step.workers > 1);
        Some([alone().max_by(by_time)?, alone().min_by(by_time)?, several.min_by(by_time)?])
    }
}

fn step(rung: &Rung, document: &Document) -> Result<Step, String> {
    if document.kernel.name != Integers::NAME {
        return Err(format!("it summed {}", document.kernel.name));
    }
    let run = document.runs.iter().find(|run| run.strategy == rung.row);
    let run = run.ok_or_else(|| "the lesson has no such row".to_owned())?;
    match (&run.seconds, run.verdict) {
        (Some(seconds), Verdict::Right) => Ok(Step {
            lesson: rung.lesson.to_owned(),
            row: rung.row.to_owned(),
            workers: run.workers,
            terms: run.terms,
            seconds: seconds.interval,
            device: device(rung, document)?,
        }),
        (_, verdict) => {
            let note = run.note.clone().unwrap_or_else(|| "nobody says why".to_owned());
            Err(format!("{}: {note}", verdict.as_str()))
        }
    }
}

/// The device that summed: none on most rungs. A time of a device that nobody names would pass for one of the cores.
fn device(rung: &Rung, document: &Document) -> Result<Option<Device>, String> {
    match document.device() {
        None if rung.lesson == OF_A_DEVICE => Err("it does not tell its device".to_owned()),
        device => Ok(device),
    }
}

/// The lesson whose rungs a device sums.
const OF_A_DEVICE: &str = "gpu";

#[cfg(test)]
mod tests;
