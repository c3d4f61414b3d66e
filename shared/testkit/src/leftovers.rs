//! What a program has left: processes that it started, and files. Only Linux tells who has started whom.

use std::fs;
use std::path::{Path, PathBuf};
use std::thread::sleep;
use std::time::{Duration, Instant};

/// How often it is looked again.
const LOOK: Duration = Duration::from_millis(20);

/// The processes that came from `parent`, directly or not.
pub fn descendants_of(parent: u32) -> Vec<u32> {
    let mut family = vec![parent];
    let all = processes();
    let is_new = |(child, parent, _): &&(u32, u32, String), family: &[u32]| {
        family.contains(parent) && !family.contains(child)
    };
    while let Some((child, ..)) = all.iter().find(|process| is_new(process, &family)) {
        family.push(*child);
    }
    family.split_off(1)
}

/// Every process, its parent, and its state.
fn processes() -> Vec<(u32, u32, String)> {
    let entries = fs::read_dir("/proc").into_iter().flatten().flatten();
    let ids = entries.filter_map(|entry| entry.file_name().to_string_lossy().parse().ok());
    let known = |id: u32| {
        let text = fs::read_to_string(format!("/proc/{id}/stat")).ok()?;
        let mut words = text.rsplit_once(')')?.1.split_whitespace();
        let state = words.next()?.to_owned();
        Some((id, words.next()?.parse().ok()?, state))
    };
    ids.filter_map(known).collect()
}

/// None of these processes lives, after a while at most.
pub fn all_are_gone(ids: &[u32], within: Duration) -> Result<(), String> {
    nothing(within, || {
        let alive = |(id, _, state): &(u32, u32, String)| ids.contains(id) && state != "Z";
        let left: Vec<u32> = processes().into_iter().filter(alive).map(|(id, ..)| id).collect();
        (!left.is_empty()).then(|| format!("of {ids:?} there are left {left:?}"))
    })
}

/// Nothing is left in the folder, after a while at most.
pub fn is_empty(folder: &Path, within: Duration) -> Result<(), String> {
    nothing(within, || match fs::read_dir(folder) {
        Ok(entries) => {
            let left: Vec<_> = entries.map(|entry| entry.map(|entry| entry.path())).collect();
            (!left.is_empty()).then(|| format!("left behind: {left:?}"))
        }
        Err(cause) => Some(format!("{}: {cause}", folder.display())),
    })
}

/// The named shared memory that these processes have mapped.
pub fn shared_memory_of(ids: &[u32]) -> Vec<PathBuf> {
    let maps = ids.iter().filter_map(|id| fs::read_to_string(format!("/proc/{id}/maps")).ok());
    let maps: Vec<String> = maps.collect();
    let lines = maps.iter().flat_map(|maps| maps.lines());
    let names = lines.filter_map(|line| line.split_once("/dev/shm/"));
    names.map(|(_, name)| Path::new("/dev/shm").join(name)).filter(|file| file.exists()).collect()
}

/// None of these files is there, after a while at most.
pub fn all_are_removed(files: &[PathBuf], within: Duration) -> Result<(), String> {
    nothing(within, || {
        let left: Vec<&PathBuf> = files.iter().filter(|file| file.exists()).collect();
        (!left.is_empty()).then(|| format!("left behind: {left:?}"))
    })
}

/// Looks until there is nothing any more; an error says what there was at last.
fn nothing(within: Duration, left: impl Fn() -> Option<String>) -> Result<(), String> {
    let begin = Instant::now();
    while let Some(left) = left() {
        if begin.elapsed() > within {
            return Err(left);
        }
        sleep(LOOK);
    }
    Ok(())
}
