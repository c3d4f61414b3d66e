/// What can be counted.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Event {
    Cycles,
    Instructions,
    FirstLevelMisses,
    CacheMisses,
    BranchMisses,
}

impl Event {
    /// What processors count, in the order of [`Counters`](super::Counters).
    pub(super) const ALL: [Event; 5] = [
        Event::Cycles,
        Event::Instructions,
        Event::FirstLevelMisses,
        Event::CacheMisses,
        Event::BranchMisses,
    ];

    /// What it is called in a sentence.
    pub(super) fn name(self) -> &'static str {
        match self {
            Event::Cycles => "cycles",
            Event::Instructions => "instructions",
            Event::FirstLevelMisses => "first-level misses",
            Event::CacheMisses => "last-level misses",
            Event::BranchMisses => "branch misses",
        }
    }
}

/// What a counter shows at one moment.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(super) struct Reading {
    /// How often it happened while it was counted.
    pub(super) count: u64,
    /// For how many nanoseconds the threads that it counts were on a core, all together.
    pub(super) enabled: u64,
    /// In how many of these the processor really counted.
    pub(super) running: u64,
}

impl Reading {
    /// What happened since an `earlier` reading.
    pub(super) fn since(self, earlier: Reading) -> Reading {
        Reading {
            count: self.count.saturating_sub(earlier.count),
            enabled: self.enabled.saturating_sub(earlier.enabled),
            running: self.running.saturating_sub(earlier.running),
        }
    }

    /// The count, scaled up to all of the time; `None` where the processor never counted it.
    pub(super) fn scaled(self) -> Option<f64> {
        match self.running {
            0 => None,
            running => Some(self.count as f64 * self.enabled as f64 / running as f64),
        }
    }

    /// Whether it was counted for a part of the time only.
    pub(super) fn is_estimate(self) -> bool {
        self.running < self.enabled
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_count_of_a_part_of_the_time_is_scaled_up_to_all_of_it() {
        let reading = |count, enabled, running| Reading { count, enabled, running };
        let half = reading(150, 1100, 600).since(reading(50, 100, 100));
        assert_eq!((half.scaled(), half.is_estimate()), (Some(200.0), true));
        let all = reading(150, 1000, 1000);
        assert_eq!((all.scaled(), all.is_estimate()), (Some(150.0), false));
        assert_eq!(reading(0, 1000, 0).scaled(), None, "it was never counted");
    }
}
