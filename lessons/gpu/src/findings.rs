use course::{Document, Run};
use kernels::{Known, Primes};
use laws::break_even::BreakEven;
use measure::Interval;
use units::{grouped, percent, seconds, three_digits};

use crate::Facts;
use crate::costs::{Costs, Parts, device, rows};
use crate::divergence::lockstep;

type Finding = fn(&Evidence<'_>) -> Option<String>;

/// In this order: what surprises most comes first.
const ALL: [Finding; 6] = [pays, transfer, access, divergence, occupancy, waiting];

/// A part of more than this is worth a sentence.
const MUCH: f64 = 0.5;

/// More workgroups that bring less than this part bring nothing that is worth them.
const LITTLE: f64 = 1.1;

/// What there is to read.
struct Evidence<'d> {
    document: &'d Document,
    facts: Facts,
    costs: Costs,
    rows: Vec<(&'d Run, Parts)>,
}

/// The sentences that only this lesson can say of its numbers. Of the times of a software device it says nothing.
pub(crate) fn findings(document: &Document) -> Vec<String> {
    let seen = device(document).zip(Costs::of(document));
    let Some((facts, costs)) = seen.filter(|(facts, _)| !facts.is_software()) else {
        return Vec::new();
    };
    let seen = Evidence { document, facts, costs, rows: rows(document) };
    ALL.iter().filter_map(|finding| finding(&seen)).collect()
}

impl Evidence<'_> {
    fn parts(&self, row: &str) -> Option<&Parts> {
        self.rows.iter().find(|(run, _)| run.strategy == row).map(|(_, parts)| parts)
    }

    /// How many times as long the kernel of one row took as that of another, round by round.
    fn kernels(&self, one: &str, other: &str) -> Option<Interval> {
        let kernel = |row| self.parts(row)?.kernel.as_ref();
        kernel(one)?.over(kernel(other)?)
    }
}

/// From how many terms on the device is quicker than one core, by a model of two measurements.
fn pays(seen: &Evidence<'_>) -> Option<String> {
    // Of terms that cost ever more there is no straight line.
    if !seen.document.kernel.name.description().even {
        return None;
    }
    let kernel = seen.parts("strided")?.kernel.as_ref()?;
    let terms = seen.document.kernel.terms as f64;
    let alone = seen.document.baseline.as_ref()?.seconds;
    let name = &seen.facts.name;
    let quicker = alone.ratio_to(kernel.interval);
    if quicker.is_below(1.0) {
        return Some(format!(
            "At this number of terms one core takes {} for each, and {name} alone, without asking it, {}: here it \
             does not pay. Few terms do not fill a device; try more with -n.",
            seconds(alone.median / terms),
            seconds(kernel.interval.median / terms),
        ));
    }
    if !quicker.is_above(1.0) {
        return None;
    }
    let dispatch = seen.costs.dispatch.interval.median;
    let from = dispatch / ((alone.median - kernel.interval.median) / terms);
    Some(format!(
        "A dispatch to {name} costs {}, and a term {} where one core takes {}. So it should pay {} terms \
         on. Try: cargo run -p gpu -- break-even",
        seconds(dispatch),
        seconds(kernel.interval.median / terms),
        seconds(alone.median / terms),
        BreakEven::From(from),
    ))
}

/// Sending the numbers takes longer than adding them.
fn transfer(seen: &Evidence<'_>) -> Option<String> {
    let parts = seen.parts("with-transfer")?;
    let ratio = parts.before.over(parts.kernel.as_ref()?)?;
    ratio.is_above(1.0).then(|| {
        format!(
            "Sending the numbers took {}x as long as adding them: {} of the {} of the whole sum. Leave on the \
             device what is used there again, or add where the numbers are.",
            three_digits(ratio.median),
            seconds(parts.before.interval.median),
            seconds(parts.whole.interval.median),
        )
    })
}

/// The same additions, the same reads, in another order.
fn access(seen: &Evidence<'_>) -> Option<String> {
    if seen.document.kernel.bytes_per_term == 0 {
        return None;
    }
    let ratio = seen.kernels("blocked", "strided")?;
    ratio.is_above(LITTLE).then(|| {
        format!(
            "blocked took the device {}x as long as strided. Both read each number once; all that differs is \
             whether neighbouring invocations read neighbouring numbers at the same time.",
            three_digits(ratio.median)
        )
    })
}

/// Invocations in lockstep wait for the one whose term costs most.
fn divergence(seen: &Evidence<'_>) -> Option<String> {
    if seen.document.kernel.name != Primes::NAME {
        return None;
    }
    let (ratio, most) = (seen.kernels("strided", "blocked")?, seen.costs.occupancy.last()?);
    let lanes = seen.facts.subgroup[1];
    let busy = lockstep(seen.document.kernel.terms, most.workgroups, lanes)?;
    let counted = busy.blocked / busy.strided;
    // Counted and measured have to say the same.
    if !(ratio.is_above(1.0) && counted > 1.0 || ratio.is_below(1.0) && counted < 1.0) {
        return None;
    }
    Some(format!(
        "Subgroups of {lanes} run in lockstep and wait for the lane that divides most often: counted on paper, invocations \
         of strided are busy {} of the time, and those of blocked {}. strided took {}x the time of blocked.",
        percent(busy.strided),
        percent(busy.blocked),
        three_digits(ratio.median),
    ))
}

/// How many workgroups it takes to keep the device busy.
fn occupancy(seen: &Evidence<'_>) -> Option<String> {
    let all = &seen.costs.occupancy;
    let one = all.first().filter(|one| one.workgroups == 1)?;
    let quickest = all.iter().min_by(|one, other| {
        one.seconds.interval.median.total_cmp(&other.seconds.interval.median)
    })?;
    let enough = all.iter().find(|it| {
        it.seconds.over(&quickest.seconds).is_some_and(|ratio| ratio.median <= LITTLE)
    })?;
    let gain = one.seconds.over(&enough.seconds)?;
    gain.is_above(2.0).then(|| {
        format!(
            "One workgroup took the device {}, {} took {}; more bring less than 10 %. One workgroup leaves most of \
             the device idle, and its part has little else to do while it waits.",
            seconds(one.seconds.interval.median),
            grouped(u64::from(enough.workgroups)),
            seconds(enough.seconds.interval.median),
        )
    })
}

/// Most of the time nobody adds.
fn waiting(seen: &Evidence<'_>) -> Option<String> {
    let parts = seen.parts("strided")?;
    let adding = parts.kernel.as_ref()?.over(&parts.whole)?;
    adding.is_below(MUCH).then(|| {
        format!(
            "Of the {} that strided took, the device computed for {}; the rest went into asking it and getting the \
             answer. Give it more terms at a time with -n.",
            seconds(parts.whole.interval.median),
            percent(adding.median),
        )
    })
}

#[cfg(test)]
mod tests;
