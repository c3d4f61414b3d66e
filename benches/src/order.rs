//! The order of what a sample times.

use rng::Rng;

/// What a sample times, one after the other.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Step {
    /// One core at its best.
    Baseline,
    /// What the machine gives to as many workers at once.
    Control,
    /// The strategy itself.
    Strategy,
}

/// Everything that a sample times, in an order that is drawn: nothing stands always first, or always behind the
/// same neighbour. Only the first sample begins with the baseline, because a control has to know how long that is.
///
/// ```
/// use benches::order::{Step, steps};
/// let first = steps(true, true, &mut rng::Rng::new(7));
/// assert!(first.len() == 3 && first[0] == Step::Baseline);
/// ```
pub fn steps(with_control: bool, is_first: bool, rng: &mut Rng) -> Vec<Step> {
    let mut steps = vec![Step::Baseline, Step::Strategy];
    steps.extend(with_control.then_some(Step::Control));
    rng.shuffle(&mut steps[usize::from(is_first)..]);
    steps
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The different orders of 200 samples.
    fn orders(with_control: bool, is_first: bool) -> Vec<Vec<Step>> {
        let mut rng = Rng::new(7);
        let mut orders: Vec<Vec<Step>> =
            (0..200).map(|_| steps(with_control, is_first, &mut rng)).collect();
        orders.sort_unstable();
        orders.dedup();
        orders
    }

    #[test]
    fn every_order_comes_up_and_the_first_sample_begins_with_the_baseline() {
        assert_eq!(orders(true, false).len(), 6);
        let first = orders(true, true);
        assert!(first.len() == 2 && first.iter().all(|order| order[0] == Step::Baseline));
    }

    #[test]
    fn without_a_control_two_take_turns() {
        assert_eq!(orders(false, false).len(), 2);
        assert_eq!(orders(false, true), [[Step::Baseline, Step::Strategy]]);
    }
}
