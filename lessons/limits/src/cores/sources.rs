use std::collections::BTreeSet;
use std::fs;
use std::path::Path;

use measure::machine::{Machine, count_list, quota};
use serde::Serialize;

/// One source, and what it says of the cores.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub(crate) struct Source {
    /// Who says it.
    pub(crate) name: &'static str,
    /// What it says, as it is shown; `unknown` where the system does not say.
    pub(crate) says: String,
    /// The same as a number, where it is one.
    pub(crate) number: Option<f64>,
    /// What is counted there, and what is not.
    pub(crate) counts: &'static str,
}

/// All sources for `machine`, whose system shows its devices under `root` (which is `/`).
pub(crate) fn sources(machine: &Machine, root: &Path) -> Vec<Source> {
    let read = |path: &str| {
        let text = fs::read_to_string(root.join(path)).ok()?;
        Some(text.trim().to_owned())
    };
    let listed = |path: &str| read(path).and_then(|list| Some((count_list(&list)?, list)));
    // A group has no more than those above it; and not everybody looks there.
    let quota = quota(root);
    let cpus = quota.map(|quota| quota.cpus).or(machine.cpu_quota);
    let of_parent = quota.is_some_and(|quota| quota.of_parent);
    vec![
        number(
            "available_parallelism",
            machine.usable_cores,
            "cores for this program, by mask and quota",
        ),
        number(
            "num_cpus::get",
            machine.usable_cores_num_cpus,
            if of_parent {
                "the same, without a quota of a group above"
            } else {
                "the same, a quota rounded up, not down"
            },
        ),
        number(
            "num_cpus::get_physical",
            machine.physical_cores,
            "cores behind the threads, whoever may use them",
        ),
        number("online in the system", machine.logical_cores, "hardware threads, all of them"),
        of_list("affinity mask", affinity(root), "where the system may put this program"),
        Source {
            name: "CPU quota",
            says: cpus.map_or("none".to_owned(), |cpus| format!("{cpus}")),
            number: cpus,
            counts: if of_parent {
                "CPU seconds a second, of a group above"
            } else {
                "CPU seconds a second, for the control group"
            },
        },
        of_list(
            "threads of core 0",
            listed("sys/devices/system/cpu/cpu0/topology/thread_siblings_list"),
            "hardware threads that share its units (SMT)",
        ),
        kinds(&read, &listed),
        of_list(
            "NUMA nodes",
            listed("sys/devices/system/node/online"),
            "parts with their own memory",
        ),
    ]
}

fn number(name: &'static str, number: usize, counts: &'static str) -> Source {
    Source { name, says: number.to_string(), number: Some(number as f64), counts }
}

fn of_list(name: &'static str, list: Option<(usize, String)>, counts: &'static str) -> Source {
    let number = list.as_ref().map(|(count, _)| *count as f64);
    let says = list.map_or("unknown".to_owned(), |(count, list)| format!("{count} ({list})"));
    Source { name, says, number, counts }
}

fn affinity(root: &Path) -> Option<(usize, String)> {
    let status = fs::read_to_string(root.join("proc/self/status")).ok()?;
    let list = status.lines().find_map(|line| line.strip_prefix("Cpus_allowed_list:"))?.trim();
    Some((count_list(list)?, list.to_owned()))
}

/// Performance and efficiency cores. Intel's are two devices; elsewhere each core tells its capacity.
fn kinds(
    read: &impl Fn(&str) -> Option<String>,
    listed: &impl Fn(&str) -> Option<(usize, String)>,
) -> Source {
    let (name, counts) = ("kinds of cores", "performance and efficiency cores");
    let fast = listed("sys/devices/cpu_core/cpus");
    if let Some(((fast, _), (efficient, _))) = fast.zip(listed("sys/devices/cpu_atom/cpus")) {
        let says = format!("2 ({fast} performance, {efficient} efficiency)");
        return Source { name, says, number: Some(2.0), counts };
    }
    let capacity = |core: usize| read(&format!("sys/devices/system/cpu/cpu{core}/cpu_capacity"));
    let capacities: BTreeSet<String> = (0..).map_while(capacity).collect();
    match capacities.len() {
        0 => Source { name, says: "unknown".to_owned(), number: None, counts },
        1 => number(name, 1, counts),
        many => {
            let list: Vec<&str> = capacities.iter().map(String::as_str).collect();
            let says = format!("{many} (capacities {})", list.join(", "));
            Source { name, says, number: Some(many as f64), counts }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A made-up system: the paths and what they hold.
    fn system(files: &[(&str, &str)]) -> tempfile::TempDir {
        let root = tempfile::tempdir().expect("a temporary folder");
        for (path, text) in files {
            let path = root.path().join(path);
            fs::create_dir_all(path.parent().expect("it lies in a folder"))
                .expect("a folder can be made");
            fs::write(path, text).expect("it can be written");
        }
        root
    }

    fn answers(files: &[(&str, &str)]) -> Vec<(&'static str, String)> {
        let root = system(files);
        let machine = super::super::disagreements::tests::machine();
        let sources = sources(&machine, root.path());
        sources.into_iter().map(|source| (source.name, source.says)).collect()
    }

    #[test]
    fn two_kinds_and_two_nodes_are_seen() {
        let answers = answers(&[
            ("sys/devices/cpu_core/cpus", "0-7\n"),
            ("sys/devices/cpu_atom/cpus", "8-15\n"),
            ("sys/devices/system/node/online", "0-1\n"),
            ("sys/devices/system/cpu/cpu0/topology/thread_siblings_list", "0,8\n"),
            ("proc/self/status", "Name:\tx\nCpus_allowed_list:\t0-2,4\n"),
        ]);
        assert!(
            answers.contains(&("kinds of cores", "2 (8 performance, 8 efficiency)".to_owned())),
            "{answers:?}"
        );
        assert!(answers.contains(&("NUMA nodes", "2 (0-1)".to_owned())));
        assert!(answers.contains(&("threads of core 0", "2 (0,8)".to_owned())));
        assert!(answers.contains(&("affinity mask", "4 (0-2,4)".to_owned())));
    }

    #[test]
    fn capacities_tell_kinds_apart_and_an_empty_system_tells_nothing() {
        let said_by = |files: &[(&str, &str)]| {
            answers(files).into_iter().find(|one| one.0 == "kinds of cores").expect("a source").1
        };
        let capacity = "sys/devices/system/cpu/cpu0/cpu_capacity";
        let other = "sys/devices/system/cpu/cpu1/cpu_capacity";
        assert_eq!(said_by(&[(capacity, "1024"), (other, "512")]), "2 (capacities 1024, 512)");
        assert_eq!(said_by(&[(capacity, "1024"), (other, "1024")]), "1");
        assert_eq!(said_by(&[]), "unknown");
    }

    #[cfg(target_os = "linux")]
    #[test]
    fn a_quota_of_a_group_above_is_named_as_such() {
        let root = system(&[
            ("proc/self/cgroup", "0::/a/b\n"),
            ("proc/self/mountinfo", "31 23 0:28 / /sys/fs/cgroup rw - cgroup2 cgroup2 rw\n"),
            ("sys/fs/cgroup/a/b/cpu.max", "max 100000\n"),
            ("sys/fs/cgroup/a/cpu.max", "50000 100000\n"),
        ]);
        let machine = super::super::disagreements::tests::machine();
        let sources = sources(&machine, root.path());
        let quota = sources.iter().find(|source| source.name == "CPU quota").expect("it is there");
        assert_eq!((quota.says.as_str(), quota.number), ("0.5", Some(0.5)));
        assert!(quota.counts.contains("of a group above"), "{}", quota.counts);
    }
}
