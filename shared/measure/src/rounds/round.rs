use std::collections::BTreeMap;

use kernels::Workers;

use crate::{Capacity, Results};

/// What is timed in one round, whose ratios are made when it is over: until then, what a row is divided
/// by may not have been timed.
#[derive(Debug, Default)]
pub(super) struct Round {
    /// Seconds of the baseline.
    pub(super) alone: Option<f64>,
    /// What the workers of each control did, in sums a second.
    pub(super) controls: BTreeMap<Workers, Capacity>,
    /// The places of rows on the board, and their seconds.
    pub(super) rows: Vec<(usize, f64)>,
}

impl Round {
    /// Notes the ratios to a baseline of `terms` terms. There are none where the baseline was not timed.
    pub(super) fn compare(&self, terms: u64, results: &mut Results) {
        let Some(alone) = self.alone else { return };
        let mut cores = BTreeMap::from([(Workers::ONE, 1.0)]);
        for (workers, rates) in &self.controls {
            let capacity = rates.times(alone);
            cores.insert(*workers, capacity.cores());
            results.controls.entry(*workers).or_default().push(capacity);
        }
        for (place, seconds) in &self.rows {
            let row = &mut results.rows[*place];
            // A row of fewer terms is compared by the time of a term.
            let full = (terms as f64 / row.terms.max(1) as f64).max(1.0);
            let speedup = alone / (seconds * full);
            row.speedups.push(speedup);
            row.shares.extend(cores.get(&row.workers).map(|cores| speedup / cores));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Row;

    #[test]
    fn ratios_are_those_of_one_round() {
        let two = Workers::new(2).expect("two");
        let rates = Capacity { rates: vec![0.3, 0.2], on_core: None };
        let mut results = Results::default();
        results.rows.extend([100, 50].map(|terms| Row::new("scoped", two, terms)));
        let mut round = Round { rows: vec![(0, 1.5), (1, 1.0)], ..Round::default() };
        round.compare(100, &mut results);
        assert!(results.rows[0].speedups.is_empty(), "there is nothing to compare it with");
        (round.alone, round.controls) = (Some(3.0), BTreeMap::from([(two, rates)]));
        round.compare(100, &mut results);
        assert_eq!(results.controls[&two][0].cores(), 1.5);
        let row =
            |place: usize| (&results.rows[place].speedups[..], &results.rows[place].shares[..]);
        assert_eq!(row(0), (&[2.0][..], &[2.0 / 1.5][..]));
        assert_eq!(row(1), (&[1.5][..], &[1.0][..]), "half of the terms count as half");
    }
}
