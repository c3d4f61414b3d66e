use std::fmt;

use measure::{Interval, believable_share};
use units::{percent, three_digits};

/// A rate of at least this part of the ceiling has reached it.
const REACHED: f64 = 0.9;

/// Up to this part above the ceiling the rate may still be the memory's.
const ABOVE: f64 = 1.1;

/// Workers that get this part of a core each scale.
const SCALES: f64 = 0.85;

/// A row on one kernel, with as many workers as there are cores at most: what limits it, in a few words.
#[derive(Debug, Clone, Copy)]
pub(super) struct Limit {
    /// How many workers it had.
    pub(super) workers: usize,
    /// The baseline's seconds.
    pub(super) alone: Interval,
    /// Its share of the control.
    pub(super) share: Interval,
    /// The cores that the control got.
    pub(super) cores: Interval,
    /// How many cores its workers were on, by their CPU time; others had the rest. `None` where the system does
    /// not tell.
    pub(super) on_core: Option<f64>,
    /// Bytes that it read a second, of a kernel that reads.
    pub(super) rate: Option<f64>,
    /// Bytes a second that all cores together can read, by another measurement.
    pub(super) ceiling: Option<f64>,
}

impl fmt::Display for Limit {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.workers < 2 {
            return Ok(());
        }
        let wide = [self.alone, self.share, self.cores].iter().any(Interval::is_wide);
        let Some(share) = believable_share(self.share).filter(|_| !wide) else {
            return f.write_str("cannot be told just now");
        };
        let scales = self.cores.median >= SCALES * self.workers as f64;
        // What other programs had of the cores is no fault of the memory.
        let waits = self.cores.median < SCALES * self.on_core.unwrap_or(self.workers as f64);
        if let (Some(rate), Some(ceiling)) = (self.rate, self.ceiling)
            && waits
            && (REACHED * ceiling..ABOVE * ceiling).contains(&rate)
        {
            return write!(f, "memory: {} of {} GB/s", gigabytes(rate), gigabytes(ceiling));
        }
        match share.median {
            good if good < SCALES => write!(f, "{} of the control", percent(good)),
            _ if !scales => write!(f, "{} cores were given", three_digits(self.cores.median)),
            _ => f.write_str("the cores are the limit"),
        }
    }
}

fn gigabytes(rate: f64) -> String {
    three_digits(rate * 1e-9)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::made_up::{exactly, nearly};

    /// Two workers with two cores, in a row that makes use of them.
    fn good() -> Limit {
        Limit {
            workers: 2,
            alone: nearly(0.010),
            share: nearly(0.97),
            cores: nearly(1.98),
            on_core: None,
            rate: None,
            ceiling: None,
        }
    }

    fn reads(rate: f64, cores: f64) -> String {
        Limit { cores: nearly(cores), rate: Some(rate), ceiling: Some(20e9), ..good() }.to_string()
    }

    #[test]
    fn the_memory_is_the_limit_where_the_rate_is_near_it_and_more_cores_bring_nothing() {
        assert_eq!(reads(19e9, 1.2), "memory: 19.0 of 20.0 GB/s");
        // 63 %, 74 % and 10 % of the ceiling were called its limit.
        assert_eq!(reads(12.6e9, 1.2), "1.20 cores were given");
        assert_eq!(reads(2e9, 1.2), "1.20 cores were given");
        assert_eq!(reads(19e9, 1.95), "the cores are the limit");
        assert_eq!(reads(40e9, 1.2), "1.20 cores were given", "that came from a cache");
    }

    #[test]
    fn cores_that_others_had_are_not_the_memory() {
        let busy = |on_core| {
            let (cores, rate, ceiling) = (nearly(1.2), Some(19e9), Some(20e9));
            Limit { cores, on_core: Some(on_core), rate, ceiling, ..good() }.to_string()
        };
        assert_eq!(busy(1.25), "1.20 cores were given");
        assert_eq!(busy(1.98), "memory: 19.0 of 20.0 GB/s");
    }

    #[test]
    fn the_cores_are_the_limit_where_all_of_them_were_given() {
        assert_eq!(good().to_string(), "the cores are the limit");
        let low = Limit { cores: nearly(1.1), ..good() };
        assert_eq!(low.to_string(), "1.10 cores were given");
    }

    #[test]
    fn what_is_missing_gets_no_cause_that_nobody_measured() {
        let slow = Limit { share: nearly(0.58), ..good() };
        assert_eq!(slow.to_string(), "58 % of the control");
    }

    #[test]
    fn noise_has_no_limit() {
        let unsure = "cannot be told just now";
        let wide = Interval { median: 0.58, low: Some(0.4), high: Some(0.9) };
        assert_eq!(Limit { share: wide, ..good() }.to_string(), unsure);
        assert_eq!(Limit { share: nearly(1.3), ..good() }.to_string(), unsure);
        assert_eq!(Limit { alone: exactly(0.01), ..good() }.to_string(), unsure, "too few rounds");
        assert_eq!(Limit { workers: 1, ..good() }.to_string(), "");
    }
}
