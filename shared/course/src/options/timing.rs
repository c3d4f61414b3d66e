use std::num::NonZeroUsize;
use std::time::{Duration, Instant};

use clap::Args;
use measure::Plan;

use super::values::{rounds, seconds};

/// How long to measure: for every lesson that times rows side by side.
#[derive(Debug, Clone, Args)]
pub struct Timing {
    /// Timed rounds [default: 10, 20 or 40, as many as steady medians need within the budget]
    #[arg(long, value_name = "R", value_parser = rounds, help_heading = "More",
          allow_hyphen_values = true)]
    pub rounds: Option<NonZeroUsize>,

    /// About how long the whole run may take
    #[arg(long, value_name = "SECONDS", default_value = "10", value_parser = seconds,
          help_heading = "More", allow_hyphen_values = true)]
    pub budget: Duration,

    /// The longest that one run of one strategy may take
    #[arg(long, value_name = "SECONDS", default_value = "60", value_parser = seconds,
          help_heading = "More", allow_hyphen_values = true)]
    pub timeout: Duration,
}

/// So many rounds of what stands below a table, where the run may take as long as it does by default.
const ROUNDS_BELOW: f64 = 12.0;
const USUAL_BUDGET: f64 = 10.0;

/// Fewer rounds have no intervals, so nothing could be told of them.
const FEWEST_ROUNDS: usize = 6;

impl Timing {
    /// How many rounds to measure of what stands below a table that had `share` of the budget, settled before the first
    /// one; 0 where too few were asked for to tell anything.
    pub fn rounds_below(&self, share: f64) -> usize {
        let affordable = ROUNDS_BELOW * self.budget.as_secs_f64() / (USUAL_BUDGET * share);
        let affordable = (affordable as usize).clamp(FEWEST_ROUNDS, 3 * ROUNDS_BELOW as usize);
        let asked = self.rounds.map_or(affordable, |rounds| rounds.get().min(affordable));
        if asked < FEWEST_ROUNDS { 0 } else { asked }
    }

    /// The rounds that were asked for, or as many as there is time `until`.
    pub fn plan(&self, until: Instant) -> Plan {
        Plan { rounds: self.rounds.map(Into::into), until }
    }
}
