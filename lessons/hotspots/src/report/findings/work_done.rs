use measure::Interval;
use units::three_digits;

use crate::document::VariantRun;

/// So many times fewer instructions are less work.
const FEWER: f64 = 1.2;

/// Up to so many times more are as many.
const AS_MANY: f64 = 1.1;

/// Whether a row is quicker because it does less, or because more cores do the same; `None` where the instructions of
/// both were not counted, or do not tell.
pub(super) fn work_done(first: &VariantRun, run: &VariantRun) -> Option<String> {
    if !run.is_changed() {
        return None;
    }
    told(&run.strategy, run.workers, instructions(first)?, instructions(run)?)
}

/// Of one record.
fn instructions(run: &VariantRun) -> Option<Interval> {
    run.counters?.per(run.terms).instructions
}

fn told(row: &str, workers: usize, before: Interval, now: Interval) -> Option<String> {
    let (before_low, before_high) = (before.low?, before.high?);
    let (now_low, now_high) = (now.low?, now.high?);
    let record = |count: Interval| three_digits(count.median);
    if before_low > FEWER * now_high {
        return Some(format!(
            "{row} takes {} instructions for a record where first takes {}: it does less.",
            record(now),
            record(before)
        ));
    }
    let as_many = before_high < AS_MANY * now_low && now_high < AS_MANY * before_low;
    (as_many && workers > 1).then(|| {
        format!(
            "{row} takes as many instructions for a record as first ({} and {}): the same work, on more \
             cores.",
            record(now),
            record(before)
        )
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn count(median: f64) -> Interval {
        Interval { median, low: Some(0.98 * median), high: Some(1.02 * median) }
    }

    #[test]
    fn less_work_and_shared_work_are_told_apart() {
        let less = told("hot-faster", 1, count(20_000.0), count(700.0)).expect("it speaks");
        assert!(less.contains("700 instructions") && less.contains("first takes 20000"), "{less}");
        let shared = told("hot-parallel", 2, count(20_000.0), count(20_400.0)).expect("it speaks");
        assert!(shared.contains("as many") && shared.contains("more cores"), "{shared}");
        assert_eq!(told("your-turn", 1, count(20_000.0), count(20_400.0)), None, "it is the first");
        assert_eq!(told("hot-parallel", 2, count(20_000.0), count(25_000.0)), None, "it does more");
        let unsure = Interval { low: None, high: None, ..count(700.0) };
        assert_eq!(told("hot-faster", 1, count(20_000.0), unsure), None);
    }
}
