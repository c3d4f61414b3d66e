//! A sample of hand-ins, run again here.
//!
//! This runs code that somebody else has written. It is done only where it is asked for, with the limits that there are
//! for a learner's own runs: a time, a memory, and nothing of it is left behind. It is no sandbox: the code may read and
//! write whatever the caller may.

mod exercises;
mod limited;
mod table;
mod tree;

use course::{HandIn, Program};
use measure::Error;
use rng::Rng;
use units::count;

use super::Class;
use super::entry::Entry;

pub use limited::run_if_asked;

/// The lessons whose rows have one worker each, whatever is asked.
pub const SEQUENTIAL: [&str; 5] = ["compiled", "ffi", "interpreted", "jit", "sequential"];

/// What came out when a hand-in was run again.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Recheck {
    /// Whether it was the same.
    pub answer: Compared,
    /// What was compared, in a sentence.
    pub words: String,
}

/// Whether two runs, on two machines, came to the same.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Compared {
    /// They did.
    Same,
    /// They did not.
    Differs,
    /// This machine cannot tell.
    CannotTell,
}

impl Compared {
    /// In a table.
    pub fn as_str(self) -> &'static str {
        match self {
            Compared::Same => "the same",
            Compared::Differs => "differs",
            Compared::CannotTell => "cannot tell here",
        }
    }
}

impl Recheck {
    fn cannot_tell(words: impl Into<String>) -> Self {
        Recheck { answer: Compared::CannotTell, words: words.into() }
    }
}

/// Runs `number` of the hand-ins again, drawn from `seed`, and notes what came out. `tell` hears what is
/// being done.
///
/// # Errors
///
/// Where the system refuses the folders that this takes. What goes wrong with one hand-in is noted with it.
pub fn recheck(
    class: &mut Class,
    (number, seed): (usize, u64),
    program: &Program,
    tell: impl Fn(&str),
) -> Result<(), Error> {
    program.handle_signals()?;
    children::watchdog::start();
    children::orphans::adopt();
    let places = sample(class.entries.len(), number, seed);
    let learners = count(places.len() as u64, "learner");
    tell(&format!("running the code of {learners} here, with your rights: read it first"));
    let tree = tree::Tree::mirrored()?;
    for (done, place) in places.iter().enumerate() {
        let entry = &mut class.entries[*place];
        tell(&format!("{} of {}: {}", done + 1, places.len(), crate::text::plain(&entry.file)));
        let found = again(entry, &tree, seed, program);
        program.stand_still_if_interrupted();
        entry.recheck = Some(match found {
            Ok(recheck) => recheck,
            Err(error) => Recheck::cannot_tell(crate::text::cut(
                &crate::text::readable(&error.to_string()),
                300,
            )),
        });
    }
    Ok(())
}

/// So many of all places, in order.
fn sample(all: usize, number: usize, seed: u64) -> Vec<usize> {
    let mut places: Vec<usize> = (0..all).collect();
    Rng::new(seed).shuffle(&mut places);
    places.truncate(number);
    places.sort_unstable();
    places
}

fn again(entry: &Entry, tree: &tree::Tree, seed: u64, program: &Program) -> Result<Recheck, Error> {
    let hand_in = HandIn::read(&entry.path)?;
    match &hand_in.exercises {
        Some(all) => exercises::again(all, &hand_in, seed, &program.cancellation),
        None => table::again(entry, &hand_in, tree, seed, &program.cancellation),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_sample_is_that_of_its_seed() {
        let places = sample(500, 5, 7);
        assert_eq!((places.len(), places.clone()), (5, sample(500, 5, 7)));
        assert!(places.windows(2).all(|pair| pair[0] < pair[1]), "{places:?}");
        assert_ne!(places, sample(500, 5, 8));
        assert_eq!(sample(3, 10, 1), [0, 1, 2]);
    }
}
