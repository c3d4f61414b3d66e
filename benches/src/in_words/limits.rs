//! How much faster the cores made the sums, and what stopped them.

use units::{percent, three_digits};

use crate::figures::{best, bytes_per_second, find, full_count, kernels, median, middle};
use crate::figures::{strategies, surely_above, worker_counts};
use crate::results::{Measured, Question::Scaling, Results};
use crate::text::listed;

/// From this share of the control on there is little left to gain.
const NEARLY_ALL: f64 = 0.93;

/// From this share of the memory's ceiling on the memory is the limit.
const NEAR_THE_CEILING: f64 = 0.8;

/// The kernels that need nothing but cores.
pub(super) fn cores(results: &Results) -> Option<String> {
    let names = kernels(results, Scaling).into_iter();
    let names = names.filter(|name| !["memory", "primes"].contains(name));
    let bests: Vec<&Measured> = names
        .filter_map(|name| best(results, Scaling, name))
        .filter(|best| several(best))
        .collect();
    let gains: Vec<String> = bests.iter().map(|best| gain(best)).collect();
    let workers = bests.first()?.workers;
    let shares: Option<Vec<f64>> =
        bests.iter().map(|best| median(best.share_of_control())).collect();
    let rest = match shares {
        Some(shares) if shares.iter().all(|share| *share >= NEARLY_ALL) => {
            " There is little left to gain."
        }
        Some(_) => " What is missing there went into sharing the work.",
        None => "",
    };
    Some(format!(
        "These sums need nothing but cores. With {workers} workers the best strategy ran {}.{rest}",
        listed(&gains)
    ))
}

/// The kernel that reads its numbers from memory.
pub(super) fn memory(results: &Results) -> Option<String> {
    let best = best(results, Scaling, "memory").filter(|best| several(best))?;
    let read = bytes_per_second(best)?;
    let ceiling = results.machine.ceilings.read_bytes_per_second;
    let share = read / ceiling;
    let limit = match share {
        near if near >= NEAR_THE_CEILING => {
            "So the memory is the limit, and more workers would only wait for it."
        }
        _ => "So the memory was not yet the limit.",
    };
    let beside = match ceiling {
        known if known > 0.0 && share < 1.5 => format!(
            " That is {} of the {} GB/s that all cores together can read. {limit}",
            percent(share),
            three_digits(ceiling * 1e-9)
        ),
        _ => String::new(),
    };
    Some(format!(
        "All cores read through the same memory. With {} workers the best strategy ran {}; it read \
         {} GB/s.{beside}",
        best.workers,
        gain(best),
        three_digits(read * 1e-9),
    ))
}

/// The kernel whose last terms cost most.
pub(super) fn primes(results: &Results) -> Option<String> {
    const STEALING: [&str; 3] = ["deques", "rayon-join", "heartbeat"];
    let workers = full_count(results, Scaling, "primes").filter(|workers| *workers > 1)?;
    let speedup = |name: &str| find(results, Scaling, "primes", name, workers)?.speedup();
    let equal = speedup("scoped");
    let stealing = STEALING.iter().filter_map(|name| Some((*name, speedup(name)?)));
    let (thief, stolen) = stealing.max_by(|one, other| one.1.median.total_cmp(&other.1.median))?;
    let (equal_gain, stolen_gain) = (median(equal)?, median(Some(stolen))?);
    let verdict = if surely_above(Some(stolen), equal) {
        "a worker that is done takes work from one that is not"
    } else {
        "here the difference is within the noise"
    };
    Some(format!(
        "The last terms of primes cost most, so equal ranges are unequal work. With {workers} \
         workers equal ranges ran {} (scoped), work stealing {} ({thief}): {verdict}.",
        times(equal_gain),
        times(stolen_gain)
    ))
}

/// More workers than cores.
pub(super) fn too_many_workers(results: &Results) -> Option<String> {
    let usable = results.machine.usable_cores;
    let more = |kernel: &&str| {
        worker_counts(results, Scaling, kernel).into_iter().find(|count| *count > usable)
    };
    let kernels = kernels(results, Scaling);
    let workers = kernels.iter().find_map(more)?;
    let mut ratios = Vec::new();
    for kernel in kernels {
        for strategy in strategies(results, Scaling, kernel) {
            let gain =
                |workers| median(find(results, Scaling, kernel, strategy, workers)?.speedup());
            ratios.extend(gain(workers).zip(gain(usable)).map(|(many, full)| many / full));
        }
    }
    let ratio = middle(&ratios)?;
    let meaning = match ratio {
        less if less < 0.95 => "more workers than cores do harm: they take turns, and that costs",
        same if same <= 1.05 => "more workers than cores bring nothing",
        _ => "here more workers than cores did help, so some waited for something else than a core",
    };
    Some(format!(
        "{workers} workers on {usable} core{} ran {} times as fast as {usable} (the middle of {} \
         strategies and kernels): {meaning}.",
        if usable == 1 { "" } else { "s" },
        three_digits(ratio),
        ratios.len()
    ))
}

/// What the machine kept for itself, and what it may hide.
pub(super) fn machine(results: &Results) -> Option<String> {
    let even = kernels(results, Scaling).into_iter().filter(|name| *name != "memory");
    let given = even.filter_map(|name| {
        let best = best(results, Scaling, name).filter(|best| several(best))?;
        Some((median(best.cores_given())?, best.workers))
    });
    let given = given.min_by(|one, other| one.0.total_cmp(&other.0));
    let less = given.filter(|(cores, workers)| *cores < 0.85 * *workers as f64);
    let less = less.map(|(cores, workers)| {
        format!(
            "{workers} independent sums got only {} cores: what is missing there is the machine, \
             not the program. So compare with the control, not with {workers}.",
            three_digits(cores)
        )
    });
    let machine = &results.machine;
    let hidden = (machine.virtual_machine == Some(true) && machine.smt.is_none()).then(|| {
        "This is a virtual machine: it may hide that two of its cores are two threads of one core, \
         which share its units."
            .to_owned()
    });
    let sentences: Vec<String> = less.into_iter().chain(hidden).collect();
    (!sentences.is_empty()).then(|| sentences.join(" "))
}

fn several(measured: &Measured) -> bool {
    measured.workers > 1
}

/// `integers 1.93 times as fast as one core (scoped, 98 % of the control)`.
fn gain(best: &Measured) -> String {
    let share = median(best.share_of_control())
        .map_or_else(String::new, |share| format!(", {} of the control", percent(share)));
    let speedup = median(best.speedup()).map_or_else(String::new, times);
    format!("{} {speedup} as one core ({}{share})", best.kernel, best.strategy)
}

fn times(speedup: f64) -> String {
    format!("{} times as fast", three_digits(speedup))
}
