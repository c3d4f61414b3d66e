use course::{BOLD, plain_table, wrapped};
use units::{count, percent, three_digits};

use crate::probes::Roof;

/// Fewer cores than this share of all: what stands far below its roof may have lacked them.
const MOST_OF_THEM: f64 = 0.85;

/// Where all cores are at work, some kernel comes as near as this to its roof.
const NEAR: f64 = 0.6;

/// The kernels under their roofs; so many of the usable cores did the machine give a moment before.
pub(super) fn roofs(roofs: &[Roof], given: f64, usable: usize) -> String {
    let mut text =
        format!("\n{BOLD}The roofline{BOLD:#}: billions a second, all usable cores together\n");
    let columns =
        ["kernel", "per term", "bytes", "seen", "cores", "memory", "of its roof", "limit"]
            .map(str::to_owned);
    let billions = |rate: f64| three_digits(rate / 1e9);
    let rows = roofs.iter().map(|roof| {
        vec![
            roof.kernel.as_str().to_owned(),
            format!("{} {}", roof.operations_per_term.round(), &roof.operation[..3]),
            roof.bytes_per_term.to_string(),
            billions(roof.per_second),
            billions(roof.cores_allow),
            roof.memory_allows.map_or("-".to_owned(), billions),
            share(roof),
            format!("the {}", roof.limit()),
        ]
    });
    text += &plain_table(&columns, rows, columns.len() - 1);
    if roofs.iter().any(|roof| roof.passed) {
        text += &wrapped(
            "* It passed its roof, which was measured a moment before. So the roof shown is the kernel itself, \
             and tells nothing.",
            2,
        );
    }
    text + &wrapped(&below(roofs, given, usable), 2)
}

/// How near a kernel comes to its roof; with a star where the roof is the kernel itself.
fn share(roof: &Roof) -> String {
    let star = if roof.passed { "*" } else { "" };
    percent(roof.per_second / roof.roof()) + star
}

/// What it may mean to be below a roof.
fn below(roofs: &[Roof], given: f64, usable: usize) -> String {
    let needs_cores = roofs.iter().filter(|roof| roof.limit() == "cores");
    let nearest = needs_cores.map(|roof| roof.per_second / roof.roof()).fold(0.0, f64::max);
    if nearest < NEAR {
        return format!(
            "Of those that need cores none came nearer to its roof than {}: the machine may have given fewer cores \
             than it has.",
            percent(nearest)
        );
    }
    if given < MOST_OF_THEM * usable as f64 {
        return format!(
            "{} got only {} cores a moment before: a kernel far below its roof may have lacked them.",
            count(usable as u64, "thread"),
            three_digits(given)
        );
    }
    "A kernel far below its roof has another reason to be slow. That of `primes` may be that it stops its trials \
     too early for wide vectors to pay."
        .to_owned()
}

/// Bytes a second that the memory delivers, by the roof of a kernel that reads.
pub(super) fn delivered(roofs: &[Roof]) -> Option<f64> {
    roofs.iter().find_map(|roof| Some(roof.memory_allows? / roof.intensity()))
}

#[cfg(test)]
mod tests {
    use kernels::{Integers, KernelName, Known, Memory, Pi};

    use super::*;

    #[test]
    fn primes_are_explained_only_where_the_cores_were_there() {
        // Seen: integers at 38 % and pi at 23 %, with 0.84 of two cores.
        let near = [roof(Pi::NAME, 9e9, None)];
        let lacking = below(&near, 0.84, 2);
        assert!(lacking.contains("0.84 cores") && !lacking.contains("primes"), "{lacking}");
        assert!(below(&near, 1.97, 2).contains("primes"));
        // Seen: 1.97 cores a moment before, and integers at 19 %, pi at 11 %.
        let far = [roof(Integers::NAME, 1.9e9, None), roof(Pi::NAME, 1.1e9, None)];
        let lacking = below(&far, 1.97, 2);
        assert!(lacking.contains("than 19 %") && !lacking.contains("primes"), "{lacking}");
    }

    fn roof(kernel: KernelName, per_second: f64, memory_allows: Option<f64>) -> Roof {
        Roof {
            kernel,
            operation: "additions",
            operations_per_term: 1.0,
            bytes_per_term: 8,
            per_second,
            cores_allow: 1e10,
            memory_allows,
            passed: false,
        }
    }

    #[test]
    fn a_roof_that_was_passed_has_a_star() {
        let roof = |passed| Roof { passed, ..roof(Memory::NAME, 2e9, Some(2e9)) };
        assert!(roofs(&[roof(true)], 2.0, 2).contains("100 %*"));
        assert!(!roofs(&[roof(false)], 2.0, 2).contains('*'));
    }
}
