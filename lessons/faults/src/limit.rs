use std::time::Duration;

use crate::comparison::Comparison;
use crate::outcome::Outcome;

/// No run is ended sooner: a busy machine needs that long to start a program.
const LEAST: Duration = Duration::from_millis(500);

/// So many times what it takes where all goes well, and it hangs.
const TIMES: f64 = 20.0;

/// The longest that a run may take which should go well.
pub(crate) const LONGEST: Duration = Duration::from_secs(20);

/// When a run under a fault is ended: it is compared with all that ran without one.
pub(crate) fn under_a_fault(runs: &[Comparison]) -> Duration {
    let without = runs.iter().filter(|run| run.scenario.is_without_fault());
    beside(without.flat_map(|run| [&run.careless, &run.careful]))
}

/// When a run is ended beside which these went well.
pub(crate) fn beside<'o>(well: impl IntoIterator<Item = &'o Outcome>) -> Duration {
    let slowest = well.into_iter().map(|outcome| outcome.program_seconds).fold(0.0, f64::max);
    Duration::from_secs_f64(slowest * TIMES).clamp(LEAST, LONGEST)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::outcome::Ending;

    #[test]
    fn a_slow_machine_gets_more_time() {
        let took =
            |seconds| Outcome { program_seconds: seconds, ..Outcome::made_up(Ending::Right) };
        assert_eq!(beside(&[took(0.015)]), LEAST);
        assert_eq!(beside(&[took(0.015), took(0.2)]), Duration::from_secs(4));
        assert_eq!(beside(&[took(60.0)]), LONGEST);
        assert_eq!(beside([]), LEAST);
    }
}
