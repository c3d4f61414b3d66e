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

impl Timing {
    /// The rounds that were asked for, or as many as there is time `until`.
    pub fn plan(&self, until: Instant) -> Plan {
        Plan { rounds: self.rounds.map(Into::into), until }
    }
}
