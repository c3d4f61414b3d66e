use kernels::Ceiling;
use measure::machine::{CoreKind, Kind, Machine, quota_in_words};
use units::{count, instructions, percent, seconds, three_digits};

use crate::Document;
use crate::layout::wrapped;

/// What is summed, and on what machine; `sure`: its times explain something.
pub(super) fn header(document: &Document, sure: bool) -> String {
    let machine = &document.machine;
    let kernel = document.kernel.name.description();
    let what = (kernel.title)(document.kernel.terms);
    let cores = machine.usable_cores;
    let physical = match machine.physical_cores {
        fewer if fewer < cores => Some(format!("{fewer} physical")),
        _ => None,
    };
    let kinds = kinds(machine).filter(|_| sure).or_else(|| told_kinds(machine));
    let facts: Vec<String> = physical.into_iter().chain(kinds).collect();
    let facts = if facts.is_empty() { facts.concat() } else { format!(" ({})", facts.join("; ")) };
    let simd = instructions(&document.kernel.simd);
    let name = kernel.name;
    let mut text = wrapped(
        &format!("{name}: {what} on {}{facts}, {simd}", count(cores as u64, "usable core")),
        0,
    );
    if let Some(quota) = machine.cpu_quota {
        let (usable, others) = (machine.usable_cores, machine.usable_cores_num_cpus);
        text += &wrapped(&quota_in_words(quota, usable, others), 0);
    }
    if let Some(baseline) = &document.baseline {
        let time = baseline.seconds.median;
        let line = format!("one core: {}{}", seconds(time), reached(document, time, sure));
        text += &wrapped(&line, 0);
    }
    text
}

/// The kinds of cores by the word of the system, where no run saw how fast they are: `8 performance and 4 efficiency`.
fn told_kinds(machine: &Machine) -> Option<String> {
    let kinds = machine.core_kinds.as_ref().filter(|kinds| kinds.len() > 1)?;
    let kind = |kind: &CoreKind| Some(format!("{} {}", kind.cores, kind.name.as_ref()?));
    let (slowest, faster) = kinds.split_last()?;
    let faster = faster.iter().map(kind).collect::<Option<Vec<_>>>()?;
    Some(format!("{} and {}", faster.join(", "), kind(slowest)?))
}

/// The kinds of cores as a run saw them: `4, and 4 at 0.40`.
fn kinds(machine: &Machine) -> Option<String> {
    let kind = |kind: &Kind| match kind.speed {
        1.0 => kind.cores.to_string(),
        slower => format!("{} at {slower:.2}", kind.cores),
    };
    let (slowest, faster) = machine.kinds.split_last()?;
    let faster: Vec<String> = faster.iter().map(kind).collect();
    Some(format!("{}, and {}", faster.join(", "), kind(slowest)))
}

/// What one core did in a sum of `time` seconds, beside what it can do where that is `sure`.
fn reached(document: &Document, time: f64, sure: bool) -> String {
    let (ceilings, kernel) = (&document.machine.ceilings, document.kernel.name.description());
    let terms = document.kernel.terms as f64;
    if terms == 0.0 {
        return String::new();
    }
    let rate = terms / time;
    let operations = |what: &str, ceiling: f64| {
        // What was quicker than the loop that measured the ceiling has no share of it.
        let share = (sure && rate <= ceiling)
            .then(|| format!(", {} of what it can do here", percent(rate / ceiling)));
        format!(", {} {what}/ns{}", three_digits(rate * 1e-9), share.unwrap_or_default())
    };
    match kernel.ceiling {
        Some(Ceiling::Additions) => operations("additions", ceilings.additions_per_second_per_core),
        Some(Ceiling::Divisions) => operations("divisions", ceilings.divisions_per_second_per_core),
        Some(Ceiling::Bandwidth) => {
            let all = terms * kernel.bytes_per_term as f64;
            let (bytes, most) = (all / time, ceilings.read_bytes_per_second);
            let beside = if document.machine.caches.is_empty() && all <= LARGEST_CACHE {
                "; this system does not tell its caches, which may hold that".to_owned()
            } else if fits_a_cache(document, all) {
                ", from the caches".to_owned()
            } else if sure && bytes <= most {
                format!("; all cores together: {} GB/s", three_digits(most * 1e-9))
            } else {
                String::new()
            };
            format!(", {} GB/s{beside}", three_digits(bytes * 1e-9))
        }
        None => format!(", {} per term on average", seconds(time / terms)),
    }
}

/// More than the caches of most machines hold.
const LARGEST_CACHE: f64 = 100e6;

/// Whether so many bytes lie in a cache of the machine from one sum to the next.
fn fits_a_cache(document: &Document, bytes: f64) -> bool {
    document.machine.caches.iter().any(|cache| cache.bytes as f64 >= bytes)
}

#[cfg(test)]
mod tests {
    use kernels::{Known, Memory};
    use measure::machine::Cache;

    use super::*;
    use crate::made_up::{document, integers};

    #[test]
    fn one_core_is_compared_with_what_it_can_do() {
        let mut adds = integers(Vec::new());
        adds.machine.ceilings.additions_per_second_per_core = 2e10;
        assert!(header(&adds, true).contains("10.0 additions/ns, 50 % of what it can do here"));
        assert!(!header(&adds, false).contains('%'), "in doubt no share is worth printing");
        adds.machine.ceilings.additions_per_second_per_core = 9e9;
        assert!(!header(&adds, true).contains('%'), "quicker than the loop that measured it");
    }

    #[test]
    fn cores_of_several_kinds_are_named() {
        let mut laptop = integers(Vec::new());
        (laptop.machine.usable_cores, laptop.machine.physical_cores) = (8, 8);
        let kind = |cores, speed| Kind { cores, speed };
        laptop.machine.kinds = vec![kind(4, 1.0), kind(4, 0.4)];
        let text = header(&laptop, true);
        assert!(text.contains("on 8 usable cores (4, and 4 at 0.40), AVX2"), "{text}");
        assert!(!header(&laptop, false).contains("0.40"), "in doubt nobody knows");
        laptop.machine.kinds = vec![kind(1, 1.0), kind(3, 0.8), kind(4, 0.4)];
        laptop.machine.physical_cores = 6;
        let text = header(&laptop, true).replace('\n', " ");
        assert!(text.contains("(6 physical; 1, 3 at 0.80, and 4 at 0.40)"), "{text}");
    }

    #[test]
    fn kinds_that_only_the_system_knows_are_told_without_a_speed() {
        let mut laptop = integers(Vec::new());
        (laptop.machine.usable_cores, laptop.machine.physical_cores) = (20, 12);
        let kind = |name: &str, cores, threads| CoreKind {
            name: Some(name.to_owned()),
            capacity: None,
            cores,
            threads,
        };
        let told = vec![kind("performance", 8, 16), kind("efficiency", 4, 4)];
        laptop.machine.core_kinds = Some(told.clone());
        for sure in [false, true] {
            let text = header(&laptop, sure).replace('\n', " ");
            let words = "on 20 usable cores (12 physical; 8 performance and 4 efficiency)";
            assert!(text.contains(words), "{text}");
        }
        laptop.machine.core_kinds = Some(told[..1].to_vec());
        assert!(!header(&laptop, true).contains("performance"), "all are alike");
        laptop.machine.core_kinds = Some(told);
        laptop.machine.kinds = vec![Kind { cores: 8, speed: 1.0 }, Kind { cores: 4, speed: 0.4 }];
        let text = header(&laptop, true);
        assert!(text.contains("0.40") && !text.contains("efficiency"), "a run saw more: {text}");
    }

    /// As seen: "40.2 GB/s, from the caches" of 400 MB.
    #[test]
    fn only_what_fits_a_cache_comes_from_one() {
        let mut reads = document("threads", Memory::NAME, Vec::new());
        reads.machine.caches =
            vec![Cache { level: 3, kind: "Unified".to_owned(), bytes: 32 << 20 }];
        reads.kernel.terms = 50_000_000;
        let text = header(&reads, true);
        assert!(text.contains("40.0 GB/s") && !text.contains("caches"), "{text}");
        assert!(!text.contains("together"), "more than all cores are said to read: {text}");
        reads.kernel.terms = 1_000_000;
        assert!(header(&reads, true).contains("0.80 GB/s, from the caches"));
        reads.kernel.terms = 10_000_000;
        assert!(header(&reads, true).contains("8.00 GB/s; all cores together: 20.0 GB/s"));
        reads.machine.caches.clear();
        let text = header(&reads, true).replace('\n', " ");
        assert!(text.contains("does not tell its caches"), "{text}");
        reads.kernel.terms = 50_000_000;
        assert!(!header(&reads, true).contains("does not tell"), "no cache holds so much");
    }
}
