//! Sentences that read the numbers just measured back to the learner.
//!
//! Each finding is a function with its condition in it: it speaks where the numbers show the
//! effect, and is silent everywhere else.

use kernels::Ceiling;
use measure::verdict::Verdict;
use units::{count, instructions, percent, seconds, speedup, three_digits};

use super::{Document, Run};

type Finding = fn(&Document) -> Option<String>;

/// All findings; those that surprise most come first.
const ALL: [Finding; 16] = [
    machine_gave_less,
    nobody_added,
    idle_workers,
    too_small_to_share,
    start_larger_than_sum,
    slower_than_one,
    unfair_ranges,
    bandwidth_reached,
    pipe_costs_more,
    gain_and_control,
    second_thread_adds_little,
    lock_per_term,
    false_sharing,
    order_matters,
    wider_instructions,
    term_by_term_in_parallel,
];

/// How many a reader takes in.
pub(super) const SHOWN: usize = 3;

/// At most three sentences, chosen by the numbers.
pub fn findings(document: &Document) -> Vec<String> {
    ALL.iter().filter_map(|finding| finding(document)).take(SHOWN).collect()
}

impl Document {
    /// The runs whose sum and time can be compared.
    pub fn right(&self) -> impl Iterator<Item = &Run> {
        self.runs.iter().filter(|run| run.verdict == Verdict::Right && run.seconds.is_some())
    }

    /// The run of `strategy` with the most workers up to the usable cores, or else the fewest.
    fn main_run(&self, strategy: &str) -> Option<&Run> {
        let fits = |run: &&Run| run.workers <= self.machine.usable_cores;
        let runs = || self.right().filter(|run| run.strategy == strategy);
        runs()
            .filter(fits)
            .max_by_key(|run| run.workers)
            .or_else(|| runs().min_by_key(|run| run.workers))
    }

    /// The fastest parallel run over all terms.
    fn best(&self) -> Option<&Run> {
        let whole = self.right().filter(|run| run.terms == self.kernel.terms && run.workers > 1);
        whole.min_by(|a, b| a.time().total_cmp(&b.time()))
    }

    /// Whether the sum is long enough for threads to matter more than their start.
    fn is_long(&self) -> bool {
        self.baseline.as_ref().is_some_and(|baseline| baseline.seconds.median >= 1e-3)
    }

    pub(super) fn cores(&self, workers: usize) -> Option<f64> {
        let control = self.controls.as_ref()?.iter().find(|control| control.workers == workers);
        control.map(|control| control.cores.median)
    }

    pub(super) fn reads_memory(&self) -> bool {
        self.kernel.name.description().ceiling == Some(Ceiling::Bandwidth)
    }

    fn baseline_per_term(&self) -> Option<f64> {
        let terms = self.kernel.terms as f64;
        self.baseline.as_ref().map(|baseline| baseline.seconds.median / terms)
    }
}

impl Run {
    /// Seconds of one sum, the median; infinite where it was not timed.
    pub fn time(&self) -> f64 {
        self.seconds.as_ref().map_or(f64::INFINITY, |seconds| seconds.interval.median)
    }

    /// Seconds per term.
    pub fn per_term(&self) -> f64 {
        self.time() / self.terms.max(1) as f64
    }

    fn busy_workers(&self) -> usize {
        self.audit.iter().filter(|worker| worker.terms > 0).count()
    }
}

fn machine_gave_less(document: &Document) -> Option<String> {
    let workers = document.best()?.workers.min(document.machine.usable_cores);
    let cores = document.cores(workers)?;
    (workers > 1 && document.is_long() && cores < 0.7 * workers as f64 && !document.reads_memory()).then(|| {
        let share = if document.machine.smt == Some(true) {
            "two hardware threads of one core share its units"
        } else {
            "other work, a virtual machine's host or shared cores took the rest"
        };
        format!(
            "{workers} independent sums ran only {}x as fast as one: {share}. So compare with the \
             control, not with {workers}.",
            three_digits(cores)
        )
    })
}

fn nobody_added(document: &Document) -> Option<String> {
    let folded = document.runs.iter().find(|run| run.verdict == Verdict::Folded)?;
    let per_nanosecond = folded.terms as f64 / folded.time() * 1e-9;
    Some(format!(
        "{} took {}: that would be {} additions a nanosecond, and no core can do 200. The compiler \
         put a formula in place of the loop; nobody added.",
        folded.strategy,
        seconds(folded.time()),
        units::grouped(per_nanosecond as u64),
    ))
}

fn idle_workers(document: &Document) -> Option<String> {
    let terms = document.kernel.terms;
    let run = document.right().find(|run| run.workers as u64 > terms)?;
    Some(format!(
        "{} for {}: {} with nothing to do, idle.",
        count(run.workers as u64, "worker"),
        count(terms, "term"),
        count(run.workers as u64 - terms, "worker"),
    ))
}

fn too_small_to_share(document: &Document) -> Option<String> {
    let alone = document.baseline.as_ref()?.seconds.median;
    let declined = document.right().find(|run| {
        let knows = ["deques", "rayon-join", "rayon-chunks", "heartbeat"];
        knows.contains(&run.strategy.as_str()) && run.workers > 1 && run.busy_workers() == 1
    })?;
    // As long as alone, and far below four grains: it was not shared.
    (alone < 150e-6 && (0.8..1.25).contains(&(declined.time() / alone))).then(|| {
        format!(
            "The whole sum takes {}, less than four grains of 50 us: {} does not share it, because \
             waking a second worker would take longer than the sum.",
            seconds(declined.time()),
            declined.strategy
        )
    })
}

fn start_larger_than_sum(document: &Document) -> Option<String> {
    let run = document.main_run("spawned")?;
    let phases = run.phases?;
    (phases.starting > phases.summing).then(|| {
        format!(
            "Starting {} child process{} took {}, the longest sum {}: for so little work, keep the \
             children and send them ranges, as pool does.",
            run.workers,
            if run.workers == 1 { "" } else { "es" },
            seconds(phases.starting),
            seconds(phases.summing)
        )
    })
}

fn slower_than_one(document: &Document) -> Option<String> {
    let best = document.best()?;
    let ratio = best.speedup?.median;
    (ratio < 0.95 && !document.is_long()).then(|| {
        format!(
            "Even the best, {} with {} workers, is {} than one core: sharing the work costs more \
             than the work. Try more terms with -n.",
            best.strategy,
            best.workers,
            speedup(ratio)
        )
    })
}

fn unfair_ranges(document: &Document) -> Option<String> {
    let equal = ["scoped", "equal-ranges", "pool", "spawned"];
    let run = equal.iter().find_map(|name| document.main_run(name))?;
    // One audited run may be unlucky, or the machine may: the time of all rounds must say the same.
    let given = document.cores(run.workers).is_none_or(|cores| cores > 0.85 * run.workers as f64);
    let lost = run.of_control.is_none_or(|share| share.median < 0.93);
    if !document.is_long() || !given || !lost {
        return None;
    }
    let imbalance = run.imbalance.filter(|imbalance| *imbalance > 1.1 && run.busy_workers() > 1)?;
    let fair = ["deques", "rayon-join", "self-scheduled"];
    let better = fair
        .iter()
        .filter_map(|name| document.main_run(name))
        .find(|fair| fair.imbalance.is_some_and(|fair| fair < imbalance - 0.05));
    let remedy = better.map_or_else(
        || "work stealing fixes that".to_owned(),
        |fair| {
            format!(
                "{} brings it to {}x",
                fair.strategy,
                three_digits(fair.imbalance.unwrap_or(1.0))
            )
        },
    );
    Some(format!(
        "Equal ranges are unfair here: the busiest worker of {} worked {}x the mean, and the others \
         waited for it; {remedy}.",
        run.strategy,
        three_digits(imbalance)
    ))
}

fn bandwidth_reached(document: &Document) -> Option<String> {
    let best = document.best()?;
    let (bytes, fraction) = (best.bytes_per_second?, best.ceiling_fraction?);
    let scales = best.speedup?.median > 0.85 * best.workers as f64;
    // Well above the ceiling the numbers came from a cache.
    ((0.85..1.15).contains(&fraction) && !scales).then(|| {
        format!(
            "{} reads {} GB/s, and all cores together can read {} GB/s: memory is the limit, and \
             more workers would only wait for it.",
            best.strategy,
            three_digits(bytes * 1e-9),
            three_digits(document.machine.ceilings.read_bytes_per_second * 1e-9)
        )
    })
}

fn pipe_costs_more(document: &Document) -> Option<String> {
    let (piped, mapped) = (document.main_run("piped")?, document.main_run("mapped")?);
    let ratio = piped.time() / mapped.time();
    (ratio > 1.5).then(|| {
        format!(
            "Sending the numbers through a pipe took {}, mapping them {}: {}x. Send the range, not \
             the data.",
            seconds(piped.time()),
            seconds(mapped.time()),
            three_digits(ratio)
        )
    })
}

fn gain_and_control(document: &Document) -> Option<String> {
    let best = document.best()?;
    let (gain, share) = (best.speedup?.median, best.of_control?.median);
    let cores = document.cores(best.workers)?;
    (gain >= 1.1 && best.workers <= document.machine.usable_cores).then(|| {
        let left = if share > 1.1 {
            "the machine gave more at one moment than at another; run it again".to_owned()
        } else if share >= 0.95 {
            "there is little left to gain".to_owned()
        } else {
            format!("sharing cost the other {}", percent(1.0 - share))
        };
        format!(
            "{} workers gave {} ({}); so many independent sums would have given {}x: {left}.",
            best.workers,
            speedup(gain),
            best.strategy,
            three_digits(cores)
        )
    })
}

fn second_thread_adds_little(document: &Document) -> Option<String> {
    let physical = document.machine.physical_cores;
    let all = document.best()?.workers;
    let (half, whole) = (document.cores(physical)?, document.cores(all)?);
    (document.machine.smt == Some(true) && all >= 2 * physical && whole < 1.3 * half).then(|| {
        format!(
            "From {physical} to {all} workers the machine gave only {}x more: the second thread of \
             each core adds little, because both use the same units.",
            three_digits(whole / half)
        )
    })
}

fn lock_per_term(document: &Document) -> Option<String> {
    let addition = document.baseline_per_term()?;
    let locks = ["mutex-std", "mutex-parking-lot", "atomic"];
    let run = locks.iter().find_map(|name| document.main_run(name))?;
    (run.per_term() > 5.0 * addition).then(|| {
        let what = if run.strategy == "atomic" { "One atomic addition" } else { "One lock" };
        format!(
            "{what} per term costs {}; the addition inside it costs {}. Add in private, and share \
             once.",
            seconds(run.per_term() - addition),
            seconds(addition)
        )
    })
}

fn false_sharing(document: &Document) -> Option<String> {
    let (near, far) = (document.main_run("neighbours")?, document.main_run("padded")?);
    let ratio = near.per_term() / far.per_term();
    (near.workers > 1 && ratio > 1.3).then(|| {
        format!(
            "Counters side by side are {}x slower than counters 128 bytes apart: they share a cache \
             line, which the cores keep taking from each other.",
            three_digits(ratio)
        )
    })
}

fn order_matters(document: &Document) -> Option<String> {
    let float = document.right().find(|run| !run.same_bits)?;
    Some(format!(
        "{} ends in other bits than the fixed-point rows: floats do not add associatively, so the \
         order of the additions changes the answer.",
        float.strategy
    ))
}

fn wider_instructions(document: &Document) -> Option<String> {
    let (plain, simd) = (document.main_run("term-by-term")?, document.main_run("simd")?);
    let ratio = plain.time() / simd.time();
    (ratio > 1.3).then(|| {
        format!(
            "simd is {}x as fast as the same loop in term-by-term: both are one loop in Rust, but \
             simd may use {} and the other only what every such processor has.",
            three_digits(ratio),
            instructions(document.kernel.simd)
        )
    })
}

fn term_by_term_in_parallel(document: &Document) -> Option<String> {
    let (iter, join) = (document.main_run("rayon-iter")?, document.main_run("rayon-join")?);
    let ratio = iter.time() / join.time();
    (ratio > 1.3).then(|| {
        format!(
            "rayon-iter takes {}x as long as rayon-join: it asks for one term at a time, and the \
             kernel's wide instructions need a whole range.",
            three_digits(ratio)
        )
    })
}

#[cfg(test)]
pub(super) mod tests;
