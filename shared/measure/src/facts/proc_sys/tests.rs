use super::*;
use crate::facts::recorded::{
    CACHES_OF_A_BCM2837, GRAVITON_2, RASPBERRY_PI_4, RASPBERRY_PI_4_OF_32_BITS, WSL_2, cpuinfo,
    files,
};

fn facts(files_of_it: &[(&str, &str)]) -> Facts {
    Facts::of_proc_sys(&files(files_of_it))
}

/// The files that say of each of so many threads which are on its core: `width` neighbours.
fn topology(threads: usize, width: usize) -> Vec<(String, String)> {
    let file = |thread| format!("{CPUS}/cpu{thread}/topology/thread_siblings_list");
    let first = |thread| thread / width * width;
    let siblings = |thread| match width {
        1 => format!("{thread}\n"),
        _ => format!("{}-{}\n", first(thread), first(thread) + width - 1),
    };
    (0..threads).map(|thread| (file(thread), siblings(thread))).collect()
}

fn borrowed(files: &[(String, String)]) -> Vec<(&str, &str)> {
    files.iter().map(|(path, text)| (path.as_str(), text.as_str())).collect()
}

#[test]
fn a_raspberry_pi_is_called_after_its_cores() {
    for (lines, end) in [RASPBERRY_PI_4, RASPBERRY_PI_4_OF_32_BITS] {
        let facts = facts(&[("proc/cpuinfo", &cpuinfo(4, lines, end))]);
        assert_eq!(facts.cpu.as_deref(), Some("Cortex-A72"));
        assert_eq!((facts.virtual_machine, facts.smt(None)), (None, None));
    }
    let facts = facts(&CACHES_OF_A_BCM2837);
    let caches: Vec<(u32, u64)> =
        facts.caches.iter().map(|cache| (cache.level, cache.bytes)).collect();
    assert_eq!(caches, [(1, 32 << 10), (1, 32 << 10), (2, 512 << 10)]);
    assert_eq!(facts.cache_line_bytes, Some(64));
}

#[test]
fn a_board_is_called_by_its_model_where_nothing_tells_the_processor() {
    let model = ("sys/firmware/devicetree/base/model", "Raspberry Pi 4 Model B Rev 1.5\0");
    let unknown = "CPU implementer\t: 0x41\nCPU part\t: 0xfff\n";
    let board = facts(&[("proc/cpuinfo", unknown), model]);
    assert_eq!(board.cpu.as_deref(), Some("Raspberry Pi 4 Model B Rev 1.5"));
    assert_eq!(facts(&[("proc/cpuinfo", unknown)]).cpu, None);
}

/// Its 64 threads are 64 cores, as Amazon publishes; the files that say so are made up.
#[test]
fn a_graviton_has_as_many_cores_as_threads_whatever_a_program_may_use() {
    let processor = cpuinfo(64, GRAVITON_2, "");
    let mut files = topology(64, 1);
    files.push(("proc/cpuinfo".to_owned(), processor));
    files.push((format!("{CPUS}/online"), "0-63\n".to_owned()));
    files.push(("proc/self/status".to_owned(), "Cpus_allowed_list:\t0-3\n".to_owned()));
    let facts = facts(&borrowed(&files));
    assert_eq!(facts.cpu.as_deref(), Some("Neoverse-N1"));
    assert_eq!((facts.logical_cores, facts.physical_cores), (Some(64), Some(64)));
    assert_eq!((facts.allowed, facts.siblings), (Some(vec![0, 1, 2, 3]), Some(vec![0])));
    assert_eq!((facts.kinds, facts.caches, facts.nodes), (None, Vec::new(), None));
}

/// Its threads are pairs, as 16 siblings of 8 cores have to be; the files that say so are made up.
#[test]
fn under_wsl_2_two_threads_share_a_core_and_kinds_are_not_told() {
    let mut files = topology(16, 2);
    files.push(("proc/cpuinfo".to_owned(), cpuinfo(16, WSL_2, "")));
    files.push((format!("{CPUS}/online"), "0-15\n".to_owned()));
    let facts = facts(&borrowed(&files));
    assert_eq!(facts.cpu.as_deref(), Some("13th Gen Intel(R) Core(TM) i7-1360P"));
    assert_eq!((facts.logical_cores, facts.physical_cores), (Some(16), Some(8)));
    assert_eq!((facts.smt(Some(true)), facts.kinds), (Some(true), None));
}

/// As Intel publishes a Core i7-12700K: eight cores of two threads, then four of one. Linux has these two devices on
/// a hybrid processor of Intel; its files are made up.
#[test]
fn two_devices_are_two_kinds_of_cores() {
    let mut files = topology(16, 2);
    let efficient = topology(20, 1);
    files.extend_from_slice(&efficient[16..]);
    let device = |name: &str, list: &str| (format!("sys/devices/{name}/cpus"), list.to_owned());
    files.extend([device("cpu_core", "0-15\n"), device("cpu_atom", "16-19\n")]);
    let kind = |name: &str, cores, threads| CoreKind {
        name: Some(name.to_owned()),
        capacity: None,
        cores,
        threads,
    };
    let kinds = vec![kind("performance", 8, 16), kind("efficiency", 4, 4)];
    assert_eq!(facts(&borrowed(&files)).kinds, Some(kinds));
}

/// As on a board with four Cortex-A53 and two Cortex-A72; made up.
#[test]
fn capacities_are_kinds_and_speeds() {
    let little = |core| (format!("{CPUS}/cpu{core}/cpu_capacity"), "446\n".to_owned());
    let big = |core| (format!("{CPUS}/cpu{core}/cpu_capacity"), "1024\n".to_owned());
    let mut board: Vec<(String, String)> = (0..4).map(little).chain((4..6).map(big)).collect();
    board.push((format!("{CPUS}/cpu4/cpufreq/cpuinfo_max_freq"), "1800000\n".to_owned()));
    board.push((
        "proc/cpuinfo".to_owned(),
        "CPU implementer\t: 0x41\nCPU part\t: 0xd03\n\nCPU implementer\t: 0x41\nCPU part\t: 0xd08\n"
            .to_owned(),
    ));
    let read = files(&borrowed(&board));
    let facts = Facts::of_proc_sys(&read);
    let kind =
        |capacity, cores| CoreKind { name: None, capacity: Some(capacity), cores, threads: cores };
    assert_eq!(facts.kinds, Some(vec![kind(1024, 2), kind(446, 4)]));
    assert_eq!(facts.cpu.as_deref(), Some("Cortex-A53 and Cortex-A72"));
    assert_eq!(thread_of_proc_sys(&read, 0).speed, Some((446, 0)));
    assert_eq!(thread_of_proc_sys(&read, 4).speed, Some((1024, 1_800_000)));
}

#[test]
fn a_system_without_these_files_is_not_guessed_at() {
    assert_eq!(facts(&[]), Facts::default());
    let nobody = HardwareThread { number: 3, ..HardwareThread::default() };
    assert_eq!(thread_of_proc_sys(&files(&[]), 3), nobody);
}

#[test]
fn sizes_and_the_threads_that_want_to_run_are_read() {
    assert_eq!((size("48K"), size("2M"), size("K")), (Some(49_152), Some(2_097_152), None));
    assert_eq!(runnable_threads("0.61 0.55 0.38 3/130 4711\n"), Some(3));
    assert_eq!(runnable_threads("0.61 0.55"), None);
}
