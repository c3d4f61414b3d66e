//! What Windows gives to `GetLogicalProcessorInformationEx(RelationAll, ...)`: records of several kinds, one after
//! the other, each with its own length.
//!
//! The layout is that of `SYSTEM_LOGICAL_PROCESSOR_INFORMATION_EX` and what it holds, as winnt.h has it.

use std::collections::BTreeMap;

use super::{Cache, CoreKind, Facts, HardwareThread};

/// A hardware thread has a number in its group; groups are this far apart here.
const GROUP: usize = 64;

/// The records, read.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Processors {
    cores: Vec<Core>,
    caches: Vec<(Cache, u64, Vec<usize>)>,
    nodes: Vec<usize>,
}

#[derive(Debug, Clone, PartialEq)]
struct Core {
    /// The larger, the faster and the thirstier.
    efficiency_class: u8,
    threads: Vec<usize>,
}

impl Processors {
    /// Reads the records in `buffer`, which a system with masks of so many bytes wrote (8, or 4 where addresses
    /// have 32 bits). What is no record ends them.
    pub fn of_windows(mut buffer: &[u8], mask_bytes: usize) -> Self {
        let mut all = Processors::default();
        while let Some(length) = u32_at(buffer, 4).map(|length| length as usize) {
            let Some(record) = buffer.get(..length).filter(|_| length >= 8) else { break };
            all.add(record, mask_bytes);
            buffer = &buffer[length..];
        }
        all
    }

    fn add(&mut self, record: &[u8], mask_bytes: usize) -> Option<()> {
        match u32_at(record, 0)? {
            // RelationProcessorCore
            0 => self.cores.push(Core {
                efficiency_class: *record.get(9)?,
                threads: threads(record, 30, 32, mask_bytes)?,
            }),
            // RelationNumaNode
            1 => self.nodes.push(u32_at(record, 8)? as usize),
            // RelationCache
            2 => {
                let (level, line) = (u32::from(*record.get(8)?), u64::from(u16_at(record, 10)?));
                let kind = match u32_at(record, 16)? {
                    0 => "Unified",
                    1 => "Instruction",
                    2 => "Data",
                    _ => return None,
                };
                let cache =
                    Cache { level, kind: kind.to_owned(), bytes: u32_at(record, 12)?.into() };
                self.caches.push((cache, line, threads(record, 38, 40, mask_bytes)?));
            }
            _ => {}
        }
        Some(())
    }

    /// What they tell.
    pub fn facts(&self) -> Facts {
        let some = |count: usize| (count > 0).then_some(count);
        let first = self.cores.first();
        let of_first = || {
            let thread = first.and_then(|core| core.threads.first());
            self.caches.iter().filter(move |(_, _, by)| thread.is_some_and(|one| by.contains(one)))
        };
        let mut caches: Vec<Cache> = of_first().map(|(cache, ..)| cache.clone()).collect();
        caches.sort_by_key(|cache| cache.level);
        let mut nodes = self.nodes.clone();
        nodes.sort_unstable();
        Facts {
            logical_cores: some(self.cores.iter().map(|core| core.threads.len()).sum()),
            physical_cores: some(self.cores.len()),
            siblings: first.map(|core| core.threads.clone()),
            kinds: self.kinds(),
            caches,
            cache_line_bytes: of_first().map(|(_, line, _)| *line).find(|line| *line > 0),
            nodes: (!nodes.is_empty()).then_some(nodes),
            ..Facts::default()
        }
    }

    /// By class, the fastest first.
    fn kinds(&self) -> Option<Vec<CoreKind>> {
        let mut classes: BTreeMap<u8, CoreKind> = BTreeMap::new();
        for core in &self.cores {
            let none = CoreKind { name: None, capacity: None, cores: 0, threads: 0 };
            let kind = classes.entry(core.efficiency_class).or_insert(none);
            kind.cores += 1;
            kind.threads += core.threads.len();
        }
        let mut kinds: Vec<CoreKind> = classes.into_values().rev().collect();
        if let [fast, .., slow] = &mut kinds[..] {
            (fast.name, slow.name) = (Some("performance".into()), Some("efficiency".into()));
        }
        (!kinds.is_empty()).then_some(kinds)
    }

    /// What they tell of one hardware thread.
    pub fn thread(&self, number: usize) -> HardwareThread {
        let core = self.cores.iter().find(|core| core.threads.contains(&number));
        HardwareThread {
            number,
            siblings: core.map(|core| core.threads.clone()).unwrap_or_default(),
            speed: core.map(|core| (u64::from(core.efficiency_class), 0)),
        }
    }
}

/// The number of the thread that is `bit` in the mask of `group`.
fn thread_number(group: u16, bit: usize) -> usize {
    usize::from(group) * GROUP + bit
}

/// The group of a thread, and its bit in there.
pub fn group_and_bit(thread: usize) -> (u16, usize) {
    ((thread / GROUP) as u16, thread % GROUP)
}

/// The threads in a mask of a group.
pub fn threads_of_mask(group: u16, mask: u64) -> Vec<usize> {
    let bits = (0..GROUP).filter(|bit| mask >> bit & 1 == 1);
    bits.map(|bit| thread_number(group, bit)).collect()
}

/// The threads in the `GROUP_AFFINITY`s that begin at `masks`; at `count` stands how many these are, or 0 for one,
/// where an older Windows wrote it.
fn threads(record: &[u8], count: usize, masks: usize, mask_bytes: usize) -> Option<Vec<usize>> {
    let many = usize::from(u16_at(record, count)?.max(1));
    // The mask, the group, and three words that are reserved.
    let length = mask_bytes + 8;
    let mut all = Vec::new();
    for one in record.get(masks..)?.chunks_exact(length).take(many) {
        let mut mask = [0; 8];
        mask[..mask_bytes].copy_from_slice(&one[..mask_bytes]);
        all.extend(threads_of_mask(u16_at(one, mask_bytes)?, u64::from_le_bytes(mask)));
    }
    Some(all)
}

fn u16_at(bytes: &[u8], place: usize) -> Option<u16> {
    Some(u16::from_le_bytes(bytes.get(place..place + 2)?.try_into().ok()?))
}

fn u32_at(bytes: &[u8], place: usize) -> Option<u32> {
    Some(u32::from_le_bytes(bytes.get(place..place + 4)?.try_into().ok()?))
}

#[cfg(test)]
mod tests;
