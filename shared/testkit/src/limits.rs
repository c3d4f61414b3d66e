//! Sums that are too large for a kernel or for this machine.

use crate::{Program, run};

const LARGEST: [(&str, u64); 4] = [
    ("integers", 6_074_001_000),
    ("memory", 6_074_001_000),
    ("pi", 1_000_000_000_000),
    ("primes", 29_000_000_000),
];

/// One term more than fits.
pub fn a_sum_that_does_not_fit_is_refused_before_any_work(program: &Program) {
    let kernels = program.kernel_names();
    for (kernel, largest) in LARGEST.into_iter().filter(|(name, _)| kernels.contains(name)) {
        let ended = program.run(&["-k", kernel, "-n", &(largest + 1).to_string()]);
        ended.assert_refused(65);
        assert!(ended.stderr.contains(&largest.to_string()), "{kernel}: {}", ended.stderr);
        assert_eq!(ended.stderr.lines().count(), 1, "{}", ended.stderr);
    }
}

/// More than any number of terms.
pub fn more_terms_than_a_number_can_hold_are_refused(program: &Program) {
    program.run(&["-n", "1e30"]).assert_refused(65);
}

/// Where the system lends no such memory, nothing is allocated.
pub fn more_memory_than_there_is_is_refused_before_allocating(program: &Program) {
    let script = format!("ulimit -v 2000000; exec {} -k memory -n 1e9", program.path);
    let ended = run("sh", &["-c", &script]);
    ended.assert_refused(71);
    for words in ["needs 8.0 GB", "available"] {
        assert!(ended.stderr.contains(words), "{words}: {}", ended.stderr);
    }
}
