use super::*;
use crate::facts::recorded;

/// The system that printed these lines. Counts have four bytes there, and sizes eight.
fn system(lines: &'static str) -> impl Fn(&str) -> Option<Vec<u8>> {
    move |asked| {
        let pairs = lines.lines().filter_map(|line| line.split_once(": "));
        let (name, value) = pairs.into_iter().find(|(name, _)| *name == asked)?;
        Some(match value.parse::<u64>() {
            Ok(count) if name.contains("cpu") => (count as u32).to_ne_bytes().to_vec(),
            Ok(size) => size.to_ne_bytes().to_vec(),
            Err(_) => [value.as_bytes(), &[0]].concat(),
        })
    }
}

fn kind(name: Option<&str>, cores: usize) -> CoreKind {
    CoreKind { name: name.map(str::to_owned), capacity: None, cores, threads: cores }
}

#[test]
fn a_mac_tells_its_kinds_of_cores_and_the_caches_of_the_fastest() {
    let facts = Facts::of_sysctl(&system(recorded::M3_MAX));
    let kinds = vec![kind(Some("performance"), 12), kind(Some("efficiency"), 4)];
    assert_eq!(facts.kinds, Some(kinds));
    assert_eq!((facts.logical_cores, facts.physical_cores), (Some(16), Some(16)));
    assert_eq!(facts.cache_line_bytes, Some(128));
    let caches: Vec<(u32, &str, u64)> =
        facts.caches.iter().map(|cache| (cache.level, cache.kind.as_str(), cache.bytes)).collect();
    let expected =
        [(1, "Data", 128 << 10), (1, "Instruction", 192 << 10), (2, "Unified", 16 << 20)];
    assert_eq!(caches, expected);
    // No word of a hypervisor, of numbers of cores, or of where this program may run.
    assert_eq!((facts.smt(Some(false)), facts.smt(None)), (Some(false), None));
    assert_eq!((facts.siblings, facts.allowed, facts.nodes, facts.quota), (None, None, None, None));
}

#[test]
fn kinds_without_names_are_told_apart_all_the_same() {
    let facts = Facts::of_sysctl(&system(recorded::M1_PRO));
    assert_eq!(facts.kinds, Some(vec![kind(None, 8), kind(None, 2)]));
    assert_eq!((facts.logical_cores, facts.cache_line_bytes, facts.cpu), (None, None, None));
}

/// The name is that of GuillaumeGomez/sysinfo#497. An Intel processor's four cores of two threads are made up.
#[test]
fn the_processor_has_its_name_and_an_older_mac_two_threads_on_a_core() {
    let lines = "machdep.cpu.brand_string: Apple M1\nhw.physicalcpu: 4\nhw.logicalcpu: 8\n\
                 kern.hv_vmm_present: 0\nhw.l3cachesize: 0";
    let facts = Facts::of_sysctl(&system(lines));
    assert_eq!(facts.cpu.as_deref(), Some("Apple M1"));
    assert_eq!((facts.smt(None), facts.virtual_machine), (Some(true), Some(false)));
    assert_eq!((facts.kinds, facts.caches), (None, Vec::new()));
}

#[test]
fn a_system_that_tells_nothing_is_not_guessed_at() {
    assert_eq!(Facts::of_sysctl(&|_| None), Facts::default());
    assert_eq!(Facts::of_sysctl(&|_| Some(vec![7; 3])).logical_cores, None, "no integer");
    assert_eq!(Facts::of_sysctl(&|_| Some(Vec::new())), Facts::default());
}
