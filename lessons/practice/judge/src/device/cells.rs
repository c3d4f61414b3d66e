//! Words of memory that know who touched them.

use std::panic::Location;

use super::fault::{line, raise};
use super::here::Who;
use crate::Stage;

/// Words, and who touched each of them last.
#[derive(Debug)]
pub(super) struct Cells {
    name: String,
    words: Vec<Word>,
    /// What is said of two accesses that nothing puts in order.
    unordered: &'static str,
}

#[derive(Debug, Clone, Default)]
struct Word {
    value: u32,
    written: Option<Access>,
    /// By two at most: that is enough to find somebody else.
    read: [Option<Access>; 2],
}

/// A read or a write.
#[derive(Debug, Clone, Copy)]
pub(super) struct Access {
    pub(super) who: Who,
    /// Only accesses of one epoch are not in order.
    pub(super) epoch: usize,
    pub(super) place: &'static Location<'static>,
}

impl Cells {
    pub(super) fn new(name: &str, values: Vec<u32>, unordered: &'static str) -> Self {
        let word = |value| Word { value, ..Word::default() };
        let words = values.into_iter().map(word).collect();
        Cells { name: name.to_owned(), words, unordered }
    }

    pub(super) fn len(&self) -> usize {
        self.words.len()
    }

    /// What an invocation reads at `index`.
    pub(super) fn load(&mut self, index: usize, access: Access) -> u32 {
        self.within(index, "reads", access);
        let word = &mut self.words[index];
        if let Some(write) = other(word.written, access) {
            self.race(index, ("wrote", write), ("read", access));
        }
        // Those of an epoch that is over make room.
        word.read = word.read.map(|read| read.filter(|read| read.epoch == access.epoch));
        if word.read.iter().flatten().all(|read| read.who != access.who)
            && let Some(place) = word.read.iter_mut().find(|read| read.is_none())
        {
            *place = Some(access);
        }
        word.value
    }

    /// Writes what an invocation has for `index`.
    pub(super) fn store(&mut self, index: usize, value: u32, access: Access) {
        self.within(index, "writes", access);
        let word = &mut self.words[index];
        if let Some(write) = other(word.written, access) {
            self.race(index, ("wrote", write), ("wrote", access));
        }
        if let Some(read) = word.read.iter().find_map(|read| other(*read, access)) {
            self.race(index, ("read", read), ("wrote", access));
        }
        word.value = value;
        word.written = Some(access);
    }

    /// The value at `index`, for the host: no pass is under way.
    pub(super) fn get_mut(&mut self, index: usize) -> Option<&mut u32> {
        self.words.get_mut(index).map(|word| &mut word.value)
    }

    pub(super) fn values(&self) -> Vec<u32> {
        self.words.iter().map(|word| word.value).collect()
    }

    /// What it is called, and how much there is of it: `part has 64 numbers`.
    pub(super) fn size(&self) -> String {
        format!("{} has {}", self.name, units::count(self.words.len() as u64, "number"))
    }

    pub(super) fn name(&self) -> &str {
        &self.name
    }

    fn within(&self, index: usize, does: &str, access: Access) {
        if index >= self.words.len() {
            let (who, name, line) = (access.who, &self.name, line(access.place));
            let text = format!("{who} {does} {name}[{index}]{line}, and {}", self.size());
            raise(Stage::Right, text);
        }
    }

    fn race(&self, index: usize, first: (&str, Access), second: (&str, Access)) -> ! {
        let ((did, first), (does, second)) = (first, second);
        raise(
            Stage::Stress,
            format!(
                "a data race: {} {did} {}[{index}]{}, and {} {does} it{}, {}",
                first.who,
                self.name,
                line(first.place),
                second.who.beside(first.who),
                line(second.place),
                self.unordered
            ),
        )
    }
}

// ANCHOR: race
/// The access before, if it was by somebody else and nothing puts it before this one.
fn other(before: Option<Access>, now: Access) -> Option<Access> {
    before.filter(|before| before.epoch == now.epoch && before.who != now.who)
}
// ANCHOR_END: race
