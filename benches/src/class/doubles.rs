use std::collections::{BTreeMap, HashMap};

use super::Class;
use super::entry::{Entry, LeftOut};
use crate::text::{cut, readable};

/// How many other files a note names.
const MOST_NAMES: usize = 5;

/// How files are the same.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Doubles {
    /// Byte for byte.
    Bytes,
    /// The same run, under another name.
    Run,
}

/// Leaves out what counts already, and notes what is alike and still counts.
///
/// Of files that hold one run the first by name counts, and both say so: nobody can tell from them whose the run is.
/// Two learners with the same text and a run each may have worked together, so both count. A text that is as the
/// commit has it is nobody's.
pub(super) fn settle(class: &mut Class) {
    leave_out(class, Doubles::Bytes, |entry| Some(entry.prints.bytes.clone()));
    leave_out(class, Doubles::Run, |entry| {
        Some([entry.lesson.as_bytes(), entry.prints.times.as_ref()?].concat())
    });
    note_texts(&mut class.entries);
    note_names(&mut class.entries);
    class.left_out.sort_by(|one, other| one.file.cmp(&other.file));
}

fn leave_out(class: &mut Class, doubles: Doubles, print: impl Fn(&Entry) -> Option<Vec<u8>>) {
    let mut first: HashMap<Vec<u8>, usize> = HashMap::new();
    let mut kept: Vec<Entry> = Vec::new();
    for entry in std::mem::take(&mut class.entries) {
        let place = print(&entry).map(|print| *first.entry(print).or_insert(kept.len()));
        match place.filter(|place| *place < kept.len()) {
            None => kept.push(entry),
            Some(place) => {
                let original = &mut kept[place];
                let why = match doubles {
                    Doubles::Bytes => {
                        format!("byte for byte the same as {}, which counts", original.file)
                    }
                    Doubles::Run => format!(
                        "the same run as {}, which counts: all times are the same, and no two runs take the same times",
                        original.file
                    ),
                };
                if doubles == Doubles::Run {
                    original
                        .notes
                        .push(format!("the same run was handed in as {}, too", entry.file));
                }
                class.left_out.push(LeftOut { file: entry.file, kind: "doubled", why: vec![why] });
            }
        }
    }
    class.entries = kept;
}

fn note_texts(entries: &mut [Entry]) {
    let mut same: BTreeMap<(String, String), Vec<usize>> = BTreeMap::new();
    for (place, entry) in entries.iter().enumerate() {
        for print in &entry.prints.texts {
            same.entry(print.clone()).or_default().push(place);
        }
    }
    for ((path, _), places) in same {
        let file = cut(&readable(path.rsplit('/').next().unwrap_or_default()), 40);
        note(entries, &places, |others| format!("the same {file} as in {others}"));
    }
}

fn note_names(entries: &mut [Entry]) {
    let mut same: BTreeMap<(String, String), Vec<usize>> = BTreeMap::new();
    for (place, entry) in entries.iter().enumerate() {
        same.entry((entry.lesson.clone(), entry.name.to_lowercase())).or_default().push(place);
    }
    for places in same.into_values() {
        note(entries, &places, |others| format!("the same name as in {others}; all of them count"));
    }
}

/// Notes for each of several what the others are called.
fn note(entries: &mut [Entry], places: &[usize], words: impl Fn(&str) -> String) {
    if places.len() < 2 {
        return;
    }
    let files: Vec<String> = places.iter().map(|place| entries[*place].file.clone()).collect();
    for (number, place) in places.iter().enumerate() {
        let others = files.iter().enumerate().filter(|(other, _)| *other != number);
        let mut others: Vec<String> = others.map(|(_, file)| file.clone()).collect();
        if others.len() > MOST_NAMES {
            let more = others.len() - MOST_NAMES;
            others.truncate(MOST_NAMES);
            others.push(format!("{more} more"));
        }
        entries[*place].notes.push(words(&crate::text::listed(&others)));
    }
}
