use measure::facts::{CoreKind, Facts, list_of};
use measure::machine::Machine;
use serde::Serialize;

/// One source, and what it says of the cores.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub(crate) struct Source {
    /// Who says it.
    pub(crate) name: &'static str,
    /// What it says, as it is shown; `not told` where the system does not say.
    pub(crate) says: String,
    /// The same as a number, where it is one.
    pub(crate) number: Option<f64>,
    /// What is counted there, and what is not.
    pub(crate) counts: &'static str,
}

/// All sources for `machine`, whose system told these `facts`.
pub(crate) fn sources(machine: &Machine, facts: &Facts) -> Vec<Source> {
    // A group has no more than those above it; and not everybody looks there.
    let of_parent = facts.quota.is_some_and(|quota| quota.of_parent);
    let quota = facts.quota.map(|quota| quota.cpus);
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
            num_cpus::get_physical(),
            "cores behind the threads, whoever may use them",
        ),
        number("online in the system", machine.logical_cores, "hardware threads, all of them"),
        of_list("affinity mask", facts.allowed.as_deref(), "where the system may put this program"),
        Source {
            name: "CPU quota",
            says: quota.map_or("none".to_owned(), |cpus| format!("{cpus}")),
            number: quota,
            counts: if of_parent {
                "CPU seconds a second, of a group above"
            } else {
                "CPU seconds a second, for the control group"
            },
        },
        of_list(
            "threads of core 0",
            facts.siblings.as_deref(),
            "hardware threads that share its units (SMT)",
        ),
        kinds(facts.kinds.as_deref()),
        of_list("NUMA nodes", facts.nodes.as_deref(), "parts with their own memory"),
    ]
}

fn number(name: &'static str, number: usize, counts: &'static str) -> Source {
    Source { name, says: number.to_string(), number: Some(number as f64), counts }
}

fn of_list(name: &'static str, list: Option<&[usize]>, counts: &'static str) -> Source {
    let number = list.map(|list| list.len() as f64);
    let says =
        list.map_or(NOT_TOLD.to_owned(), |list| format!("{} ({})", list.len(), list_of(list)));
    Source { name, says, number, counts }
}

/// What the system does not say.
const NOT_TOLD: &str = "not told";

/// Performance and efficiency cores: by their names, or where they have none, by what each of them does.
fn kinds(kinds: Option<&[CoreKind]>) -> Source {
    let (name, counts) = ("kinds of cores", "performance and efficiency cores");
    let says = match kinds {
        None => NOT_TOLD.to_owned(),
        Some([_]) => "1".to_owned(),
        Some(many) => format!("{} ({})", many.len(), each(many)),
    };
    Source { name, says, number: kinds.map(|kinds| kinds.len() as f64), counts }
}

fn each(kinds: &[CoreKind]) -> String {
    if kinds.iter().all(|kind| kind.capacity.is_some()) {
        let capacities = kinds.iter().filter_map(|kind| Some(kind.capacity?.to_string()));
        return format!("capacities {}", capacities.collect::<Vec<_>>().join(", "));
    }
    let each = kinds.iter().map(|kind| match &kind.name {
        Some(name) => format!("{} {name}", kind.cores),
        None => kind.cores.to_string(),
    });
    each.collect::<Vec<_>>().join(", ")
}

#[cfg(test)]
mod tests {
    use measure::facts::Quota;

    use super::*;

    fn answers(facts: &Facts) -> Vec<(&'static str, String)> {
        let machine = super::super::disagreements::tests::machine();
        let sources = sources(&machine, facts);
        sources.into_iter().map(|source| (source.name, source.says)).collect()
    }

    fn kind(name: Option<&str>, capacity: Option<u64>, cores: usize) -> CoreKind {
        CoreKind { name: name.map(str::to_owned), capacity, cores, threads: cores }
    }

    #[test]
    fn two_kinds_and_two_nodes_are_seen() {
        let kinds = vec![kind(Some("performance"), None, 8), kind(Some("efficiency"), None, 8)];
        let answers = answers(&Facts {
            kinds: Some(kinds),
            nodes: Some(vec![0, 1]),
            siblings: Some(vec![0, 8]),
            allowed: Some(vec![0, 1, 2, 4]),
            ..Facts::default()
        });
        assert!(
            answers.contains(&("kinds of cores", "2 (8 performance, 8 efficiency)".to_owned())),
            "{answers:?}"
        );
        assert!(answers.contains(&("NUMA nodes", "2 (0-1)".to_owned())));
        assert!(answers.contains(&("threads of core 0", "2 (0,8)".to_owned())));
        assert!(answers.contains(&("affinity mask", "4 (0-2,4)".to_owned())));
    }

    #[test]
    fn kinds_without_names_are_told_apart_by_what_they_do() {
        let said_of = |kinds: Option<Vec<CoreKind>>| {
            let answers = answers(&Facts { kinds, ..Facts::default() });
            answers.into_iter().find(|one| one.0 == "kinds of cores").expect("a source").1
        };
        let by_capacity = vec![kind(None, Some(1024), 1), kind(None, Some(512), 1)];
        assert_eq!(said_of(Some(by_capacity)), "2 (capacities 1024, 512)");
        assert_eq!(said_of(Some(vec![kind(None, Some(1024), 2)])), "1");
        assert_eq!(said_of(Some(vec![kind(None, None, 8), kind(None, None, 2)])), "2 (8, 2)");
    }

    #[test]
    fn what_a_system_does_not_tell_is_said_not_to_be_told() {
        let answers = answers(&Facts::default());
        let not_told = answers.iter().filter(|(_, says)| says == "not told");
        let names: Vec<&str> = not_told.map(|(name, _)| *name).collect();
        assert_eq!(names, ["affinity mask", "threads of core 0", "kinds of cores", "NUMA nodes"]);
        assert!(answers.contains(&("CPU quota", "none".to_owned())));
    }

    #[test]
    #[cfg_attr(not(target_os = "linux"), ignore = "only Linux has groups with quotas")]
    fn a_quota_of_a_group_above_is_named_as_such() {
        let quota = Some(Quota { cpus: 0.5, of_parent: true });
        let machine = super::super::disagreements::tests::machine();
        let sources = sources(&machine, &Facts { quota, ..Facts::default() });
        let quota = sources.iter().find(|source| source.name == "CPU quota").expect("it is there");
        assert_eq!((quota.says.as_str(), quota.number), ("0.5", Some(0.5)));
        assert!(quota.counts.contains("of a group above"), "{}", quota.counts);
    }
}
