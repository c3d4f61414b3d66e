//! What the cores brought, in one sentence.

use kernels::{Known, Memory};
use measure::Interval;
use units::{count, three_digits};

use super::limits::{needs_only_cores, sure_best};
use crate::figures::{kernels, median, share_of_control, surely_above};
use crate::gate::{self, doubt};
use crate::memory_limit::{MemoryLimit, memory_limit};
use crate::results::{Measured, Question::Scaling, Results};
use crate::text::short;

/// The speedup of which the bench is most certain, beside what was possible; and the kernel that gained surely
/// less. Where the machine was too busy, that. `None` where no speedup is certain.
pub fn answer(results: &Results) -> Option<String> {
    if let Some(doubt) = doubt(results) {
        return Some(gate::words(doubt));
    }
    let names = kernels(results, Scaling).into_iter();
    let bests: Vec<&Measured> = names.filter_map(|name| sure_best(results, name)).collect();
    let spread = |one: &Measured| one.speedup().and_then(|it| it.spread()).unwrap_or(f64::MAX);
    let certain = |one: &&&Measured, other: &&&Measured| spread(one).total_cmp(&spread(other));
    let only_cores = bests.iter().filter(|best| needs_only_cores(&best.kernel)).min_by(certain);
    let lead = *only_cores.or_else(|| bests.first())?;
    let speedup = median(lead.speedup())?;
    let workers = lead.workers as u64;
    let who = if lead.workers == results.machine.usable_cores { "core" } else { "worker" };
    // A share that cannot be says nothing of what was possible.
    let given = share_of_control(lead).and_then(|_| median(lead.cores_given()));
    let possible = match given {
        Some(given) if given > speedup => format!(" of {}x possible", three_digits(given)),
        Some(_) => ", all that was possible".to_owned(),
        None => String::new(),
    };
    let (many, name, times) = (count(workers, who), short(&lead.kernel), three_digits(speedup));
    let less = least(results, &bests, lead.speedup()).unwrap_or_default();
    Some(format!("{many} brought {name} {times}x{possible}{less}."))
}

/// The kernel that gained least, where that is surely less than `lead`.
fn least(results: &Results, bests: &[&Measured], lead: Option<Interval>) -> Option<String> {
    let less = bests.iter().filter(|best| surely_above(lead, best.speedup()));
    let gained = |best: &&&Measured| median(best.speedup()).unwrap_or(f64::MAX);
    let least = less.min_by(|one, other| gained(one).total_cmp(&gained(other)))?;
    let times = three_digits(median(least.speedup())?);
    let stopped = least.kernel == Memory::NAME.as_str()
        && memory_limit(results, least) == Some(MemoryLimit::Reached);
    Some(match stopped {
        true => format!("; memory stops first, at {times}x: all that it can deliver is read"),
        false => format!("; {} gained least, {times}x", short(&least.kernel)),
    })
}
