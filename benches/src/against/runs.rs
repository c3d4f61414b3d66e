use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::PathBuf;
use std::process::{Command, Stdio};

use course::TemporaryFolder;
use measure::{Cancellation, Error, Registration, limited};
use scale::difference::Round;
use scale::quietly;

use super::{Asked, Built};
use crate::compare::time;
use crate::results::{Measured, Results};
use crate::saving::NUMBERS;
use crate::text::plain;

/// The benches of both programs, round after round.
pub(super) struct Runs<'a> {
    titles: &'a [String; 2],
    asked: &'a Asked,
    cancellation: &'a Cancellation,
    folder: TemporaryFolder,
    /// Copies, so that nobody builds them anew meanwhile.
    programs: [PathBuf; 2],
    _removed: Registration,
    /// What both measure, in the order of A, each with its rounds.
    pub(super) ids: Vec<(Measured, Vec<Round>)>,
    /// What only one of them measures, or both with other work.
    pub(super) left_out: Vec<String>,
}

/// The seconds of each id in one bench.
type Times = BTreeMap<String, f64>;

impl<'a> Runs<'a> {
    pub(super) fn new(
        built: &'a Built,
        asked: &'a Asked,
        cancellation: &'a Cancellation,
    ) -> Result<Self, Error> {
        let folder = TemporaryFolder::create()?;
        let theirs = folder.clone();
        let _removed = cancellation.on_cancel(move || theirs.remove());
        let programs = ["bench-a", "bench-b"].map(|name| folder.path().join(name));
        for (built, copy) in built.programs.iter().zip(&programs) {
            fs::copy(built, copy).map_err(|cause| super::refused("the file", copy, &cause))?;
        }
        let (titles, ids, left_out) = (&built.titles, Vec::new(), Vec::new());
        Ok(Runs { titles, asked, cancellation, folder, programs, _removed, ids, left_out })
    }

    /// Runs both once, which no round counts; gives how many ids both have.
    pub(super) fn look(&mut self) -> Result<usize, Error> {
        let [one, other] = [self.bench(0)?, self.bench(1)?];
        let of_a: BTreeSet<String> = one.measured.iter().map(Measured::id).collect();
        let work = |it: &Measured| (it.terms, it.dispatches, it.distance);
        for measured in one.measured {
            let id = measured.id();
            match other.measured.iter().find(|other| other.id() == id) {
                None => self.left_out.push(format!("{} of A only", plain(&id))),
                Some(other) if work(other) != work(&measured) => {
                    self.left_out.push(format!("{} with other work in B", plain(&id)));
                }
                Some(_) => self.ids.push((measured, Vec::new())),
            }
        }
        let new = other.measured.iter().map(Measured::id).filter(|id| !of_a.contains(id));
        self.left_out.extend(new.map(|id| format!("{} of B only", plain(&id))));
        match self.ids.len() {
            0 => Err(Error::Usage(format!(
                "no id that both measure is found by '{}'; `cargo bench -- --list` shows those of the working tree",
                self.asked.filter
            ))),
            ids => Ok(ids),
        }
    }

    /// One round: each turn names a program and which of its two times this is. An id that one of them could not
    /// measure has no such round.
    pub(super) fn round(&mut self, turns: [(usize, usize); 4]) -> Result<(), Error> {
        let mut times: [[Times; 2]; 2] = Default::default();
        for (program, run) in turns {
            times[program][run] = seconds(&self.bench(program)?);
        }
        for (measured, rounds) in &mut self.ids {
            let id = measured.id();
            let of = |program: usize, run: usize| times[program][run].get(&id).copied();
            let pair = |program| Some([of(program, 0)?, of(program, 1)?]);
            rounds.extend(pair(0).zip(pair(1)).map(|(a, b)| Round { a, b }));
        }
        Ok(())
    }

    /// One bench of a program, within the time limit.
    fn bench(&self, program: usize) -> Result<Results, Error> {
        let title = format!("the bench of {}", self.titles[program]);
        let target = self.folder.path().join(["a", "b"][program]);
        let mut command = Command::new(&self.programs[program]);
        command.args(["--bench", "--quick", &self.asked.filter]);
        command.env("CARGO_TARGET_DIR", &target).env("CRITERION_HOME", target.join("criterion"));
        command.stdin(Stdio::null());
        let own = self.cancellation.child();
        let (theirs, name) = (own.clone(), title.clone());
        let run = move || quietly(&name, &mut command, &theirs).map(drop);
        let ended = limited(self.asked.timing.timeout, &title, &own, run);
        children::orphans::end_all();
        ended.map_err(|error| match error {
            Error::TimedOut { limit, .. } => Error::Row {
                row: title.clone(),
                cause: format!(
                    "it took longer than {}; give it more with --timeout, or name fewer ids",
                    units::seconds(limit.as_secs_f64())
                ),
                exit_code: 75,
            },
            other => other,
        })?;
        loaded(&title, target.join("sum-of-parts").join(NUMBERS))
    }
}

/// The numbers that a bench has left; they are gone after that.
fn loaded(title: &str, path: PathBuf) -> Result<Results, Error> {
    let results = Results::load(&path).map_err(|why| Error::Worker {
        worker: title.to_owned(),
        cause: why.to_string(),
        remedy: "compare with a later commit, or other ids",
    })?;
    let _ = fs::remove_file(path);
    Ok(results)
}

fn seconds(results: &Results) -> Times {
    let timed = results.measured.iter();
    timed.filter_map(|measured| Some((measured.id(), time(measured)?.median))).collect()
}
