use std::cmp::Ordering;

use units::{count, three_digits};

use crate::beside::{Beside, Best, beside, ours};
use crate::chart::terms;
use crate::results::{Measured, Results};
use crate::text::short;

/// The same sums in C++ and by rayon, as far as intervals are narrow enough to compare. What it costs to hand out
/// nothing is not one of them.
pub(super) fn peers(results: &Results) -> Option<String> {
    let sums: Vec<Beside> = beside(results).into_iter().filter(|sum| sum.terms > 0).collect();
    let best: Vec<(&Beside, Best)> =
        sums.iter().filter_map(|sum| Some((sum, sum.best_of_cpp()?))).collect();
    let alone = range(&sums, |one| one.strategy == "c");
    let rayon = range(&sums, |one| one.strategy == "rayon");
    let sentences: Vec<String> = [
        against(&sums, &best),
        alone.map(|ratio| format!("On one core our time is {ratio} times that of C++.")),
        rayon.map(|ratio| format!("Our time is {ratio} times that of rayon.")),
    ]
    .into_iter()
    .flatten()
    .collect();
    (!sentences.is_empty()).then(|| sentences.join(" "))
}

/// In how many sums ours is faster than the best of C++, slower, and level; with the extremes.
fn against(sums: &[Beside], best: &[(&Beside, Best)]) -> Option<String> {
    let mut told: Vec<&(&Beside, Best)> =
        best.iter().filter(|(_, best)| best.side().is_some()).collect();
    told.sort_by(|(_, one), (_, other)| one.ratio.median.total_cmp(&other.ratio.median));
    let on = |side| told.iter().filter(move |(_, best)| best.side() == Some(side));
    let extreme = |(sum, best): &(&Beside, Best)| {
        let (ratio, sum) = (three_digits(best.ratio.median), name(sums, sum));
        format!("{ratio} times as long on {sum} ({} beside {})", ours(best.way), best.names)
    };
    let faster = on(Ordering::Less).next().map(|first| {
        let count = on(Ordering::Less).count();
        format!("faster in {count}, down to {}", extreme(first))
    });
    let slower = on(Ordering::Greater).next_back().map(|last| {
        let count = on(Ordering::Greater).count();
        format!("slower in {count}, up to {}", extreme(last))
    });
    let level = on(Ordering::Equal).count();
    let level = (level > 0).then(|| format!("level in {level}"));
    let parts: Vec<String> = faster.into_iter().chain(slower).chain(level).collect();
    let sums = count(told.len() as u64, "sum");
    (!parts.is_empty()).then(|| {
        format!("On all cores ours beside the best of C++, over {sums}: {}.", parts.join("; "))
    })
}

/// The kernel, and the number of terms where there are others of the same kernel.
fn name(sums: &[Beside], sum: &Beside) -> String {
    let alike = sums.iter().filter(|other| other.kernel == sum.kernel).count();
    let kernel = short(sum.kernel);
    if alike == 1 { kernel } else { format!("{kernel} with {} terms", terms(sum.terms)) }
}

/// The least and the most of our time over that of some foreign way, over all sums of which it is sure.
fn range(sums: &[Beside], is_wanted: fn(&Measured) -> bool) -> Option<String> {
    let pairs = sums.iter().flat_map(|sum| &sum.pairs);
    let sure = pairs.filter(|(one, ratio)| is_wanted(one) && !ratio.is_wide());
    let ratios: Vec<f64> = sure.map(|(_, ratio)| ratio.median).collect();
    let least = ratios.iter().copied().reduce(f64::min)?;
    let most = ratios.iter().copied().reduce(f64::max)?;
    let (least, most) = (three_digits(least), three_digits(most));
    Some(if least == most { least } else { format!("{least} to {most}") })
}
