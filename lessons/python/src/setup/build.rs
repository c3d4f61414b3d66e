use std::time::Duration;

use super::{Steps, is_built, lost};
use crate::place;
use crate::record::{Outcome, Record, made_from};
use crate::rung::{Built, RUNGS, Rung};

/// Nobody waits longer for one rung.
const MOST: Duration = Duration::from_secs(900);

/// What would change how rungs are built, here or inside a cargo that runs this program.
const DROPPED: [&str; 7] = [
    "CFLAGS",
    "CXXFLAGS",
    "CPPFLAGS",
    "LDFLAGS",
    "RUSTFLAGS",
    "CARGO_TARGET_DIR",
    "CARGO_BUILD_TARGET",
];

impl Steps<'_> {
    /// Builds every rung that has to be built, and has changed since it was.
    pub(super) fn build(&self, record: &mut Record) {
        for rung in RUNGS.iter().filter(|rung| is_built(rung.built)) {
            let made_from = made_from(rung);
            let there = record.rungs.get(rung.name);
            if there.is_some_and(|there| there.lost.is_none() && there.made_from == made_from) {
                continue;
            }
            let outcome = match missing(record, rung) {
                Some(reason) => {
                    self.progress.note(&format!("{:<32}  lost: {reason}", rung.name));
                    lost(reason)
                }
                None => Outcome { made_from, ..self.build_one(record, rung) },
            };
            record.rungs.insert(rung.name.to_owned(), outcome);
        }
    }

    fn build_one(&self, record: &Record, rung: &Rung) -> Outcome {
        let progress = self.progress;
        progress.begin(rung.name);
        let script = [place::lesson().join("build.py")];
        let mut command = self.session.owners_command(&record.python, script);
        command.arg(rung.module()).arg("--into").arg(place::built(self.made));
        command.arg("--cargo-target").arg(self.made.join("cargo"));
        DROPPED.iter().for_each(|name| {
            command.env_remove(name);
        });
        match self.run(command, MOST, |line| progress.detail(line)).output() {
            Ok(_) => Outcome { lost: None, seconds: progress.done(), made_from: 0 },
            Err(reason) => {
                progress.failed(&reason);
                lost(reason)
            }
        }
    }
}

/// The package whose lack makes building useless.
fn missing(record: &Record, rung: &Rung) -> Option<String> {
    let Built::With(packages) = rung.built else { return None };
    packages.iter().find_map(|name| match record.packages.get(*name) {
        Some(Ok(_)) => None,
        Some(Err(reason)) => Some(format!("{name} was not installed: {reason}")),
        None => Some(format!("{name} was not installed")),
    })
}
