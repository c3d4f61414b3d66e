use std::collections::BTreeMap;

use super::entry::Entry;
use super::off::Off;
use super::standing::{Answer, Outcome, Standing};

/// The hand-ins of one lesson.
#[derive(Debug, Clone)]
pub(super) struct Section<'c> {
    pub(super) lesson: &'c str,
    pub(super) entries: Vec<&'c Entry>,
}

/// How many of them came to what.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(super) struct Tally {
    pub(super) all: usize,
    pub(super) right: usize,
    pub(super) parallel: usize,
    pub(super) fast: usize,
    /// Right, and the machine cannot tell the rest.
    pub(super) open: usize,
    pub(super) wrong: usize,
    pub(super) failed: usize,
    /// Right by its sum, but nobody was seen adding.
    pub(super) not_added: usize,
    pub(super) not_run: usize,
    pub(super) no_verdict: usize,
}

/// One wrong answer, and who gave it.
#[derive(Debug, Clone)]
pub(super) struct WrongAnswer<'c> {
    pub(super) off: &'c Off,
    pub(super) about: &'c str,
    pub(super) entries: Vec<&'c Entry>,
}

impl<'c> Section<'c> {
    /// A section for each lesson, that with the most hand-ins first.
    pub(super) fn all(entries: &'c [Entry]) -> Vec<Self> {
        let mut lessons: BTreeMap<&str, Vec<&Entry>> = BTreeMap::new();
        for entry in entries {
            lessons.entry(&entry.lesson).or_default().push(entry);
        }
        let mut sections: Vec<Self> =
            lessons.into_iter().map(|(lesson, entries)| Section { lesson, entries }).collect();
        sections.sort_by_key(|section| std::cmp::Reverse(section.entries.len()));
        sections
    }

    /// Whether it is about exercises.
    pub(super) fn is_of_exercises(&self) -> bool {
        self.entries.iter().all(|entry| entry.is_of_exercises)
    }

    /// Whether sharing is asked of any that is right.
    pub(super) fn asks_for_workers(&self) -> bool {
        let right = || self.standings().filter(|(_, it)| it.outcome == Outcome::Right);
        right().next().is_none() || right().any(|(_, it)| it.parallel != Answer::NotAsked)
    }

    /// What they came to, each with the hand-in that it is of.
    pub(super) fn standings(&self) -> impl Iterator<Item = (&'c Entry, &'c Standing)> {
        let of = |entry: &&'c Entry| -> Vec<(&'c Entry, &'c Standing)> {
            let entry: &'c Entry = entry;
            entry.standings.iter().map(move |standing| (entry, standing)).collect()
        };
        self.entries.iter().flat_map(of).collect::<Vec<_>>().into_iter()
    }

    /// How many came to what.
    pub(super) fn tally(&self) -> Tally {
        let mut tally = Tally::default();
        for (_, standing) in self.standings() {
            tally.count(standing);
        }
        tally
    }

    /// The kinds of machines, those with the most cores last.
    pub(super) fn kinds(&self) -> Vec<(&'c str, Vec<&'c Entry>)> {
        let mut kinds: BTreeMap<(usize, &str), Vec<&Entry>> = BTreeMap::new();
        for &entry in &self.entries {
            if let Some(machine) = &entry.machine {
                kinds.entry((machine.cores, &machine.name)).or_default().push(entry);
            }
        }
        kinds.into_iter().map(|((_, name), entries)| (name, entries)).collect()
    }

    /// The wrong answers, those first that were given most often.
    pub(super) fn wrong_answers(&self) -> Vec<WrongAnswer<'c>> {
        let mut answers: Vec<WrongAnswer<'c>> = Vec::new();
        for (entry, standing) in self.standings() {
            let Some(off) = &standing.off else { continue };
            let is_same =
                |answer: &&mut WrongAnswer<'c>| answer.off == off && answer.about == standing.about;
            match answers.iter_mut().find(is_same) {
                Some(answer) => answer.entries.push(entry),
                None => {
                    answers.push(WrongAnswer { off, about: &standing.about, entries: vec![entry] })
                }
            }
        }
        answers.sort_by(|one, other| {
            other.entries.len().cmp(&one.entries.len()).then(one.off.by.total_cmp(&other.off.by))
        });
        answers
    }
}

impl Tally {
    fn count(&mut self, standing: &Standing) {
        self.all += 1;
        match standing.outcome {
            Outcome::Right => self.right += 1,
            Outcome::Wrong => self.wrong += 1,
            Outcome::Failed => self.failed += 1,
            Outcome::Folded | Outcome::Unaudited => self.not_added += 1,
            Outcome::NotRun => self.not_run += 1,
            Outcome::NoVerdict => self.no_verdict += 1,
        }
        self.parallel += usize::from(standing.parallel == Answer::Yes);
        self.fast += usize::from(standing.fast == Answer::Yes);
        self.open += usize::from(standing.is_open());
    }
}
