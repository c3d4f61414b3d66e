//! The files of `/proc` and `/sys`, by which Linux tells what it runs on.

use std::collections::{BTreeMap, BTreeSet};

use super::quota::quota;
use super::{Cache, CoreKind, Facts, HardwareThread, arm_parts};
use crate::cpu_list::listed;

/// Reads a file by its path below the root, as `proc/cpuinfo`; `None` where it is not there. So a system that was
/// recorded can be read as well.
pub type Read<'a> = dyn Fn(&str) -> Option<String> + 'a;

const CPUS: &str = "sys/devices/system/cpu";

impl Facts {
    /// What Linux tells in its files.
    pub fn of_proc_sys(read: &Read<'_>) -> Self {
        let list = |path: &str| listed(read(path)?.trim());
        let online = list(&format!("{CPUS}/online"));
        Facts {
            cpu: read("proc/cpuinfo").and_then(|text| name(&text)).or_else(|| model(read)),
            virtual_machine: None,
            logical_cores: online.as_ref().map(Vec::len),
            physical_cores: online.as_ref().and_then(|online| cores_of(read, online)),
            allowed: read("proc/self/status").and_then(|text| allowed(&text)),
            siblings: siblings(read, 0),
            kinds: kinds(read),
            caches: caches(read),
            cache_line_bytes: number(
                read,
                &format!("{CPUS}/cpu0/cache/index0/coherency_line_size"),
            ),
            nodes: list("sys/devices/system/node/online"),
            quota: quota(read),
        }
    }
}

/// What Linux tells of one hardware thread: how much it does beside the fastest kind of the machine, its highest
/// clock, and the threads of the same core.
pub fn thread_of_proc_sys(read: &Read<'_>, thread: usize) -> HardwareThread {
    let clock = number(read, &format!("{CPUS}/cpu{thread}/cpufreq/cpuinfo_max_freq"));
    let speed = match (capacity(read, thread), clock) {
        (None, None) => None,
        (capacity, clock) => Some((capacity.unwrap_or(0), clock.unwrap_or(0))),
    };
    HardwareThread { number: thread, siblings: siblings(read, thread).unwrap_or_default(), speed }
}

/// How many threads want to run: the number before the slash in `0.61 0.55 0.38 3/130 4711`, of `/proc/loadavg`.
pub fn runnable_threads(loadavg: &str) -> Option<usize> {
    loadavg.split_whitespace().nth(3)?.split('/').next()?.parse().ok()
}

fn number(read: &Read<'_>, path: &str) -> Option<u64> {
    read(path)?.trim().parse().ok()
}

fn capacity(read: &Read<'_>, thread: usize) -> Option<u64> {
    number(read, &format!("{CPUS}/cpu{thread}/cpu_capacity"))
}

fn siblings(read: &Read<'_>, thread: usize) -> Option<Vec<usize>> {
    listed(read(&format!("{CPUS}/cpu{thread}/topology/thread_siblings_list"))?.trim())
}

/// How many cores have these threads; `None` where the system does not tell of each which core it is on.
fn cores_of(read: &Read<'_>, threads: &[usize]) -> Option<usize> {
    let first = |thread: &usize| siblings(read, *thread)?.into_iter().min();
    Some(threads.iter().map(first).collect::<Option<BTreeSet<_>>>()?.len())
}

/// The processor's name in `/proc/cpuinfo`: a line that has it, or on Arm, where there is none, what its cores are
/// called. 32-bit kernels on Arm have such a line and say in it no more than the architecture.
fn name(cpuinfo: &str) -> Option<String> {
    let values = |key: &'static str| {
        cpuinfo.lines().filter_map(move |line| {
            let (name, value) = line.split_once(':')?;
            (name.trim_end() == key).then_some(value.trim())
        })
    };
    let hexadecimal = |text: &str| u64::from_str_radix(text.strip_prefix("0x")?, 16).ok();
    let parts = values("CPU implementer").map(hexadecimal).zip(values("CPU part").map(hexadecimal));
    let named = parts.filter_map(|(implementer, part)| arm_parts::name(implementer?, part?));
    let mut names: Vec<&str> = Vec::new();
    for name in named {
        if !names.contains(&name) {
            names.push(name);
        }
    }
    let own = values("model name").find(|name| !name.is_empty()).map(str::to_owned);
    if names.is_empty() { own } else { Some(names.join(" and ")) }
}

/// What a board calls itself in its device tree, where nothing tells the processor.
fn model(read: &Read<'_>) -> Option<String> {
    let text = read("sys/firmware/devicetree/base/model")?;
    let text = text.trim_end_matches('\0').trim();
    (!text.is_empty()).then(|| text.to_owned())
}

/// Where the system may put this program, of `/proc/self/status`.
fn allowed(status: &str) -> Option<Vec<usize>> {
    listed(status.lines().find_map(|line| line.strip_prefix("Cpus_allowed_list:"))?.trim())
}

/// Performance and efficiency cores. Intel's are two devices; elsewhere each core tells its capacity.
fn kinds(read: &Read<'_>) -> Option<Vec<CoreKind>> {
    let device = |name: &str| listed(read(&format!("sys/devices/{name}/cpus"))?.trim());
    let kind = |name: Option<&str>, capacity: Option<u64>, threads: &[usize]| CoreKind {
        name: name.map(str::to_owned),
        capacity,
        cores: cores_of(read, threads).unwrap_or(threads.len()),
        threads: threads.len(),
    };
    if let Some((fast, efficient)) = device("cpu_core").zip(device("cpu_atom")) {
        let (fast, efficient) =
            (kind(Some("performance"), None, &fast), kind(Some("efficiency"), None, &efficient));
        return Some(vec![fast, efficient]);
    }
    let mut by_capacity: BTreeMap<u64, Vec<usize>> = BTreeMap::new();
    for (thread, capacity) in (0..).map_while(|thread| Some((thread, capacity(read, thread)?))) {
        by_capacity.entry(capacity).or_default().push(thread);
    }
    let fastest_first = by_capacity.iter().rev();
    let kinds: Vec<CoreKind> =
        fastest_first.map(|(capacity, threads)| kind(None, Some(*capacity), threads)).collect();
    (!kinds.is_empty()).then_some(kinds)
}

/// The caches of the first core, the nearest first.
fn caches(read: &Read<'_>) -> Vec<Cache> {
    let cache = |index: usize| {
        let field = |name: &str| read(&format!("{CPUS}/cpu0/cache/index{index}/{name}"));
        let level = field("level")?.trim().parse().ok()?;
        let bytes = size(field("size")?.trim())?;
        Some(Cache { level, kind: field("type")?.trim().to_owned(), bytes })
    };
    (0..8).filter_map(cache).collect()
}

/// `48K` or `2M` in bytes.
fn size(text: &str) -> Option<u64> {
    let digits = text.trim_end_matches(['K', 'M', 'G']);
    let unit = match &text[digits.len()..] {
        "" => 1,
        "K" => 1 << 10,
        "M" => 1 << 20,
        _ => 1 << 30,
    };
    Some(digits.parse::<u64>().ok()? * unit)
}

#[cfg(test)]
mod tests;
