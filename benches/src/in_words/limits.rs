//! How much faster the cores made the sums, and what stopped them.

use kernels::{Ceiling, KernelName};
use measure::{Interval, LARGEST_SHARE};
use units::{percent, three_digits};

use crate::figures::{best, bytes_per_second, find, full_count, kernels, median};
use crate::figures::{share_of_control, strategies, surely_above, worker_counts};
use crate::gate::is_sure;
use crate::memory_limit::{MemoryLimit, memory_limit};
use crate::renamed;
use crate::results::{Measured, Question::Scaling, Results};
use crate::text::listed;

/// From this share of the control on there is little left to gain.
const NEARLY_ALL: f64 = 0.93;

/// The kernels that need nothing but cores.
pub(super) fn cores(results: &Results) -> Option<String> {
    let names = kernels(results, Scaling).into_iter();
    let names = names.filter(|name| needs_only_cores(name));
    let bests: Vec<&Measured> = names.filter_map(|name| sure_best(results, name)).collect();
    let gains: Vec<String> = bests.iter().map(|best| gain(best)).collect();
    let workers = bests.first()?.workers;
    Some(format!(
        "These sums need nothing but cores. With {workers} workers the best strategy ran {}.{}",
        listed(&gains),
        rest(&bests)
    ))
}

/// Whether what a core can add or divide is all that bounds a kernel.
pub(super) fn needs_only_cores(kernel: &str) -> bool {
    let ceiling = |name: KernelName| name.description().ceiling;
    matches!(kernel.parse().ok().and_then(ceiling), Some(Ceiling::Additions | Ceiling::Divisions))
}

/// What is left to gain, as far as shares of the control can tell; what is missing of the cores was not lost by
/// the program.
fn rest(bests: &[&Measured]) -> &'static str {
    let shares: Option<Vec<Interval>> = bests.iter().map(|best| share_of_control(best)).collect();
    match shares {
        Some(shares) if shares.iter().all(|share| share.is_above(NEARLY_ALL)) => {
            " There is little left to gain."
        }
        Some(shares) if shares.iter().any(|share| share.is_below(NEARLY_ALL)) => {
            " What is missing of the control went into sharing or waiting, or the system put two \
             workers on one core."
        }
        _ => "",
    }
}

/// The kernel that reads its numbers from memory.
pub(super) fn memory(results: &Results) -> Option<String> {
    let best = sure_best(results, "memory")?;
    let read = bytes_per_second(best)?;
    let ceiling = results.machine.ceilings.read_bytes_per_second;
    let limit = match memory_limit(results, best) {
        Some(MemoryLimit::Reached) => {
            " So the memory is the limit, and more workers here would only wait for it."
        }
        Some(MemoryLimit::NotYet) => " So the memory was not yet the limit.",
        None => "",
    };
    let beside = match read / ceiling {
        share if share.is_finite() && share < LARGEST_SHARE => format!(
            " That is {} of the {} GB/s that all cores together can read.",
            percent(share),
            three_digits(ceiling * 1e-9)
        ),
        _ => String::new(),
    };
    Some(format!(
        "One sum reads its numbers from memory, which the cores share. With {} workers the best strategy ran {}; it read \
         {} GB/s.{beside}{limit}",
        best.workers,
        gain(best),
        three_digits(read * 1e-9),
    ))
}

/// The kernel whose last terms cost most.
pub(super) fn primes(results: &Results) -> Option<String> {
    const STEALING: [&str; 3] = ["deques", "rayon-join", "chili"];
    let workers = full_count(results, Scaling, "primes").filter(|workers| *workers > 1)?;
    let row = |name: &str| find(results, Scaling, "primes", name, workers).filter(|it| is_sure(it));
    let equal = row("scoped")?;
    let gained = |it: &&Measured| median(it.speedup()).unwrap_or(0.0);
    let stealing =
        STEALING.iter().filter_map(|name| row(name).or_else(|| row(renamed::before(name)?)));
    let thief = stealing.max_by(|one, other| gained(one).total_cmp(&gained(other)))?;
    // The machine may have given more to the one than to the other: what counts is the share of that.
    let shares = (thief.share_of_control(), equal.share_of_control());
    let verdict = if surely_above(shares.0, shares.1) {
        "a worker that is done takes work from one that is not"
    } else {
        "here the difference is within the noise, or the machine's"
    };
    let ran = |it: &Measured, rest: &str| {
        let share =
            share_of_control(it).map(|share| format!(", {} of the control", percent(share.median)));
        let times = median(it.speedup()).map(times).unwrap_or_default();
        format!("{times} ({rest}{})", share.unwrap_or_default())
    };
    Some(format!(
        "The last terms of primes cost most, so equal ranges are unequal work. With {workers} \
         workers equal ranges ran {}, work stealing {}: {verdict}.",
        ran(equal, "scoped"),
        ran(thief, &thief.strategy)
    ))
}

/// More workers than cores: how many strategies and kernels surely used less of what the machine gave, and how
/// many more.
pub(super) fn too_many_workers(results: &Results) -> Option<String> {
    let usable = results.machine.usable_cores;
    let more = |kernel: &&str| {
        worker_counts(results, Scaling, kernel).into_iter().find(|count| *count > usable)
    };
    let kernels = kernels(results, Scaling);
    let workers = kernels.iter().find_map(more)?;
    let mut pairs = Vec::new();
    for kernel in kernels {
        for strategy in strategies(results, Scaling, kernel) {
            let used = |workers| {
                let measured = find(results, Scaling, kernel, strategy, workers);
                measured.filter(|it| is_sure(it)).and_then(share_of_control)
            };
            pairs.extend(used(workers).zip(used(usable)));
        }
    }
    let surely =
        |of: fn(&(Interval, Interval)) -> bool| pairs.iter().filter(|pair| of(pair)).count();
    let less = surely(|(many, full)| surely_above(Some(*full), Some(*many)));
    let better = surely(|(many, full)| surely_above(Some(*many), Some(*full)));
    let all = pairs.len();
    let meaning = match all {
        0 => return None,
        _ if less * 2 > all => "more workers than cores do harm here",
        _ if better * 2 > all => {
            "here more workers than cores did help; either some of them waited for something else than a core, \
             or smaller ranges were shared out more evenly"
        }
        _ if less + better == 0 => "more workers than cores bring nothing",
        _ => "it depends on the strategy",
    };
    Some(format!(
        "{workers} workers on {usable} core{} used less of what the machine gave than {usable} in {less} of {all} \
         strategies and kernels, and more in {better}: {meaning}.",
        if usable == 1 { "" } else { "s" },
    ))
}

/// What the machine kept for itself, and what it may hide.
pub(super) fn machine(results: &Results) -> Option<String> {
    let even = kernels(results, Scaling).into_iter().filter(|name| *name != "memory");
    let given = even.filter_map(|name| {
        let best = sure_best(results, name)?;
        let cores =
            best.cores_given().filter(|cores| cores.is_below(0.85 * best.workers as f64))?;
        Some((median(Some(cores))?, best.workers))
    });
    let less = given.min_by(|one, other| one.0.total_cmp(&other.0));
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

/// The best strategy with several workers, where its numbers explain anything.
pub(super) fn sure_best<'r>(results: &'r Results, kernel: &str) -> Option<&'r Measured> {
    best(results, Scaling, kernel).filter(|best| best.workers > 1 && is_sure(best))
}

/// `integers 1.93 times as fast as one core (scoped, 98 % of the control)`.
fn gain(best: &Measured) -> String {
    let share = share_of_control(best)
        .map_or_else(String::new, |share| format!(", {} of the control", percent(share.median)));
    let speedup = median(best.speedup()).map_or_else(String::new, times);
    format!("{} {speedup} as one core ({}{share})", best.kernel, best.strategy)
}

fn times(speedup: f64) -> String {
    format!("{} times as fast", three_digits(speedup))
}
