//! Dots in rows of characters, on an axis that all rows share.

use measure::Interval;

/// An axis from `low` to `high` over so many characters.
#[derive(Debug, Clone, Copy)]
pub(super) struct Axis {
    pub(super) low: f64,
    pub(super) high: f64,
    /// Whether equal distances are equal ratios.
    pub(super) log: bool,
    pub(super) room: usize,
}

impl Axis {
    fn at(self, value: f64) -> usize {
        let share = match self.log {
            true => (value / self.low).ln() / (self.high / self.low).ln(),
            false => (value - self.low) / (self.high - self.low),
        };
        // No number lies at the left end.
        (share.clamp(0.0, 1.0) * self.room.saturating_sub(1) as f64).round() as usize
    }

    /// A value as a dot, its interval as a line, and what was possible as an upright stroke.
    pub(super) fn row(self, value: Interval, possible: Option<f64>) -> String {
        let mut cells = vec![' '; self.room];
        let mut put = |at: usize, letter| {
            if let Some(cell) = cells.get_mut(at) {
                *cell = letter;
            }
        };
        if let (Some(low), Some(high)) = (value.low, value.high) {
            (self.at(low)..=self.at(high)).for_each(|at| put(at, '─'));
        }
        if let Some(possible) = possible {
            put(self.at(possible), '│');
        }
        put(self.at(value.median), '●');
        cells.into_iter().collect()
    }

    /// The two ends in words.
    pub(super) fn ends(self, low: &str, high: &str) -> String {
        let room = self.room.saturating_sub(low.chars().count());
        format!("{low}{high:>room$}")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_row_shows_value_spread_and_what_was_possible() {
        let axis = Axis { low: 0.0, high: 2.0, log: false, room: 11 };
        let value = Interval { median: 1.4, low: Some(1.2), high: Some(1.6) };
        assert_eq!(axis.row(value, Some(2.0)), "      ─●─ │");
        assert_eq!(axis.row(Interval { low: None, ..value }, None), "       ●   ");
        assert_eq!(axis.ends("0x", "2x"), "0x       2x");
    }

    #[test]
    fn nonsense_stays_within_its_room() {
        for room in [0, 1, 8] {
            let axis = Axis { low: 0.0, high: 0.0, log: true, room };
            for median in [f64::NAN, f64::INFINITY, -1.0, 0.0, 1e300] {
                let value = Interval { median, low: Some(f64::NAN), high: Some(1e300) };
                assert_eq!(axis.row(value, Some(median)).chars().count(), room);
            }
        }
    }
}
