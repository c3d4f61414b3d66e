use limits::simulator::ranks::Link;
use serde::{Deserialize, Serialize};
use units::{seconds, three_digits};

/// What a message costs, in seconds.
#[derive(Debug, Clone, Copy, Default, PartialEq, Serialize, Deserialize)]
pub struct Costs {
    /// A small message from end to end: half of the way there and back. L + 2o in LogGP.
    pub latency: f64,
    /// From one small message to the next, where one rank sends many to another: g in LogGP. The model takes it for
    /// the time between messages of many ranks to one, too, which nobody has measured.
    pub gap: f64,
    /// Each byte of a large message: G in LogGP.
    pub per_byte: f64,
}

impl Costs {
    /// The same, as the simulator wants them.
    pub fn link(&self) -> Link {
        Link { latency: self.latency, gap: self.gap, per_byte: self.per_byte }
    }

    /// The costs in a sentence; `between` says what of.
    pub fn sentence(&self, between: &str) -> String {
        format!(
            "A message between {between}: {} from end to end; where one sends many, one every {}; \
             and {} for each further byte ({} GB/s).",
            seconds(self.latency),
            seconds(self.gap),
            seconds(self.per_byte),
            three_digits(1e-9 / self.per_byte.max(1e-15)),
        )
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_gap_is_said_of_the_one_sender_that_was_measured() {
        let costs = Costs { latency: 912e-9, gap: 250e-9, per_byte: 0.14e-9 };
        let text = costs.sentence("two ranks");
        assert!(text.contains("where one sends many, one every 250 ns"), "{text}");
        assert!(!text.contains("many come to one"), "{text}");
    }
}
