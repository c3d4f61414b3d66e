use measure::machine::{Machine, quota_in_words};
use units::three_digits;

use super::Source;

/// What a quota does.
const STOPPED: &str = " With more threads than the quota has room for, all of them are stopped together when \
                       it is used up.";

/// Why the sources do not say the same, and what they may all be wrong about: sentences. `given` is how
/// many cores as many threads as there are usable cores were seen to get.
pub(crate) fn disagreements(
    machine: &Machine,
    sources: &[Source],
    given: Option<f64>,
) -> Vec<String> {
    let number = |name: &str| sources.iter().find(|source| source.name == name)?.number;
    let (usable, online) = (machine.usable_cores, machine.logical_cores);
    let mut sentences = Vec::new();
    let mask = number("affinity mask");
    if let Some(mask) = mask.filter(|mask| *mask < online as f64) {
        sentences.push(format!(
            "The affinity mask leaves {mask} of {online} cores: the standard library counts that in, \
             num_cpus::get_physical does not."
        ));
    }
    if let Some(quota) = machine.cpu_quota {
        let words = quota_in_words(quota, usable, machine.usable_cores_num_cpus);
        let words = format!("{}{}.", words[..1].to_uppercase(), &words[1..]);
        // Where as many threads run as the limit has room for, nobody is stopped.
        let stops = quota < mask.unwrap_or(online as f64);
        sentences.push(words + if stops { STOPPED } else { "" });
    }
    if machine.smt == Some(true) {
        sentences.push(
            "Two hardware threads share a core: a second thread on it adds far less than the first."
                .to_owned(),
        );
    }
    if number("kinds of cores").is_some_and(|kinds| kinds > 1.0) {
        sentences.push(
            "There are performance cores and efficiency cores: equal ranges wait for the latter."
                .to_owned(),
        );
    }
    if number("NUMA nodes").is_some_and(|nodes| nodes > 1.0) {
        sentences.push(
            "The memory is in several nodes: numbers lie with the thread that wrote them first."
                .to_owned(),
        );
    }
    if sentences.is_empty() && machine.physical_cores == online && usable == online {
        sentences.push(format!("All sources that count cores agree on {online}."));
    }
    if machine.virtual_machine == Some(true) {
        sentences.push(format!(
            "A hypervisor is there, and all of this is what it shows. What looks like {online} cores may \
             be hardware threads of fewer; nodes and shared caches may be hidden; and at any moment it \
             may give less."
        ));
    }
    if let Some(given) = given {
        let threads = match usable {
            1 => "one thread".to_owned(),
            many => format!("{many} threads, each with a sum of its own,"),
        };
        let cores = three_digits(given);
        sentences.push(format!("So measure: {threads} got {cores} cores just now."));
    }
    sentences
}

#[cfg(test)]
pub(super) mod tests {
    use course::made_up;

    use super::*;

    pub(in super::super) fn machine() -> Machine {
        Machine {
            logical_cores: 8,
            physical_cores: 8,
            usable_cores: 8,
            usable_cores_num_cpus: 8,
            ..made_up::integers(Vec::new()).machine.clone()
        }
    }

    fn source(name: &'static str, number: f64) -> Source {
        Source { name, says: number.to_string(), number: Some(number), counts: "" }
    }

    fn all(machine: &Machine, sources: &[Source]) -> String {
        disagreements(machine, sources, Some(1.5)).join("\n")
    }

    #[test]
    fn where_all_agree_that_is_said() {
        let text = all(&machine(), &[source("affinity mask", 8.0), source("NUMA nodes", 1.0)]);
        assert!(text.starts_with("All sources that count cores agree on 8."), "{text}");
        assert!(text.ends_with("got 1.50 cores just now."), "{text}");
    }

    #[test]
    fn each_reason_is_named() {
        let machine = Machine {
            usable_cores: 1,
            usable_cores_num_cpus: 2,
            cpu_quota: Some(1.5),
            smt: Some(true),
            virtual_machine: Some(true),
            ..machine()
        };
        let sources = [
            source("affinity mask", 4.0),
            source("kinds of cores", 2.0),
            source("NUMA nodes", 2.0),
        ];
        let text = all(&machine, &sources);
        let reasons =
            ["leaves 4 of 8", "rounds it down to 1", "up to 2", "stopped together", "share a core"];
        for reason in reasons.into_iter().chain(["efficiency cores", "several nodes", "hypervisor"])
        {
            assert!(text.contains(reason), "{reason}: {text}");
        }
        assert!(!text.contains("All sources"));
    }

    /// A quota that is more than the mask leaves decides nothing, and rounds to nothing.
    #[test]
    fn a_quota_beyond_the_mask_is_not_the_limit() {
        let machine = Machine {
            usable_cores: 2,
            usable_cores_num_cpus: 2,
            cpu_quota: Some(8.0),
            ..machine()
        };
        let text = all(&machine, &[source("affinity mask", 2.0)]);
        assert!(text.contains("A quota of 8.00 CPUs is not the limit"), "{text}");
        assert!(!text.contains("stopped") && !text.contains("rounds"), "{text}");
    }
}
