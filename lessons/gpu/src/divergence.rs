use crate::dispatches::dispatches;
use crate::shader::{GROUP, Shape};
use kernels::{Known, Primes};

/// How busy invocations are that run in lockstep, on `primes`: divisions that were needed, over those that everybody
/// waited for, counted on paper. In lockstep an invocation that is done with its term waits until its neighbours in
/// the subgroup are done with theirs.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct Lockstep {
    /// Where neighbours take neighbouring terms.
    pub(crate) strided: f64,
    /// Where each takes a range.
    pub(crate) blocked: f64,
}

/// Counts it for the primes below `terms`, with `groups` workgroups and subgroups of so many invocations; `None`
/// where nobody divides anything.
pub(crate) fn lockstep(terms: u64, groups: u32, subgroup: u32) -> Option<Lockstep> {
    let divisions = divisions_below(terms);
    let needed: u64 = divisions.iter().map(|count| u64::from(*count)).sum();
    let (mut strided, mut blocked) = (0, 0);
    let lanes = u64::from(subgroup.max(1));
    let most = |terms: &mut dyn Iterator<Item = u64>| {
        terms.map(|term| u64::from(divisions[term as usize])).max().unwrap_or(0) * lanes
    };
    for dispatch in dispatches(Primes::NAME, &(0..terms), Shape::Loops, groups, u64::MAX) {
        let (first, end) = (dispatch.terms.start, dispatch.terms.end);
        // Neighbours in the same round: invocation numbers, and so terms, that follow one another.
        for start in (first..end).step_by(lanes as usize) {
            strided += most(&mut (start..end.min(start + lanes)));
        }
        let invocations = u64::from(dispatch.groups) * u64::from(GROUP);
        let each = (end - first).div_ceil(invocations);
        for start in (0..invocations).step_by(lanes as usize) {
            for round in 0..each {
                let of_lane = |lane: u64| first + (start + lane) * each + round;
                blocked += most(&mut (0..lanes).map(of_lane).filter(|term| *term < end));
            }
        }
    }
    let share = |waited: u64| needed as f64 / waited as f64;
    (needed > 0).then(|| Lockstep { strided: share(strided), blocked: share(blocked) })
}

/// How many divisions `primes.wgsl` makes for each number below `terms`: as many as it takes to the smallest divisor,
/// or to the square root.
fn divisions_below(terms: u64) -> Vec<u32> {
    let mut divisions = vec![0; terms as usize];
    let mut root = 1_u64;
    for i in 2..terms {
        while (root + 1) * (root + 1) <= i {
            root += 1;
        }
        divisions[i as usize] = (root - 1) as u32;
    }
    // The smallest divisor comes last, so it stays.
    for divisor in (2..=root).rev() {
        for multiple in (divisor * divisor..terms).step_by(divisor as usize) {
            divisions[multiple as usize] = (divisor - 1) as u32;
        }
    }
    divisions
}

#[cfg(test)]
mod tests {
    use super::*;

    /// As the loop of `primes.wgsl` counts.
    fn divisions(i: u64) -> u32 {
        let mut count = 0;
        let mut divisor = 2;
        while divisor * divisor <= i {
            count += 1;
            if i.is_multiple_of(divisor) {
                break;
            }
            divisor += 1;
        }
        count
    }

    #[test]
    fn divisions_are_those_of_the_loop() {
        let all = divisions_below(3000);
        for (i, counted) in (0..).zip(all) {
            assert_eq!(counted, divisions(i), "{i}");
        }
        assert!(divisions_below(0).is_empty());
    }

    #[test]
    fn one_lane_waits_for_nobody_and_many_wait_for_the_slowest() {
        let alone = lockstep(10_000, 4, 1).expect("there is something to divide");
        assert_eq!(alone, Lockstep { strided: 1.0, blocked: 1.0 });
        // The numbers 4..8 need 1, 1, 1 and 1 divisions; those of 8..12 need 1, 2, 1 and 2: 10 of 12 in fours.
        assert_eq!(lockstep(12, 1, 4).expect("some").strided, 10.0 / 12.0);
        assert_eq!(lockstep(3, 1, 4), None, "2 is known without a division");
    }

    /// Ranges of even length: neighbours are all even at once, and all odd at once.
    #[test]
    fn where_all_lanes_are_even_at_once_less_is_waited_for() {
        let both = lockstep(256 * 30, 1, 32).expect("there is something to divide");
        assert!(both.blocked > 1.3 * both.strided, "{both:?}");
    }
}
