//! From how many terms on is a strategy faster than the sequential sum?

use std::fmt;

use units::grouped;

/// A speedup must exceed this to count as a gain; below it, the two are as good as each other.
pub const TIE: f64 = 1.03;

/// Where a strategy begins to pay.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum BreakEven {
    /// From about so many terms on: between the last size that does not pay and the first that does.
    From(f64),
    /// Already with the smallest number of terms that was measured.
    AlreadyAt(u64),
    /// Not even with the largest number of terms that was measured.
    NotUpTo(u64),
}

/// With two digits: `from 1,200,000`.
impl fmt::Display for BreakEven {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            BreakEven::From(terms) => {
                let unit = 10_f64.powf(terms.max(1.0).log10().floor() - 1.0).max(1.0);
                write!(f, "from {}", grouped(((terms / unit).round() * unit) as u64))
            }
            BreakEven::AlreadyAt(terms) => write!(f, "already {}", grouped(*terms)),
            BreakEven::NotUpTo(terms) => write!(f, "not up to {}", grouped(*terms)),
        }
    }
}

/// The break-even of a curve of terms and speedups, in rising order of the terms; `None` for no points.
///
/// It pays at a size if it pays there and at all larger ones; a tie is no gain. Between the last
/// size that does not pay and the first that does, the logarithm of the speedup is taken for a
/// straight line over the logarithm of the terms.
///
/// ```
/// use laws::break_even::{BreakEven, of_points};
/// let points = [(100, 0.1), (1000, 0.5), (4000, 2.0)];
/// assert!(matches!(of_points(&points), Some(BreakEven::From(terms)) if (terms - 2000.0).abs() < 1.0));
/// ```
pub fn of_points(points: &[(u64, f64)]) -> Option<BreakEven> {
    let (smallest, largest) = (points.first()?.0, points.last()?.0);
    let lost = points.iter().rposition(|(_, speedup)| *speedup <= TIE);
    let Some(last) = lost else { return Some(BreakEven::AlreadyAt(smallest)) };
    let Some(&(terms, speedup)) = points.get(last + 1) else {
        return Some(BreakEven::NotUpTo(largest));
    };
    let (before, less) = points[last];
    // Where the line reaches a speedup of 1; a tie that is above 1 already begins there.
    let share = (0.0 - less.ln()) / (speedup.ln() - less.ln());
    let (from, to) = ((before as f64).ln(), (terms as f64).ln());
    Some(BreakEven::From((from + share.clamp(0.0, 1.0) * (to - from)).exp()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn it_lies_between_the_last_loss_and_the_first_gain() {
        let Some(BreakEven::From(terms)) =
            of_points(&[(100, 0.001), (10_000, 0.5), (1_000_000, 2.0)])
        else {
            panic!("it loses first and gains then");
        };
        assert!((terms - 100_000.0).abs() < 1.0, "{terms}");
    }

    #[test]
    fn a_gain_that_is_lost_again_does_not_count() {
        let points = [(100, 1.5), (10_000, 0.5), (1_000_000, 2.0)];
        assert!(matches!(of_points(&points), Some(BreakEven::From(terms)) if terms > 10_000.0));
    }

    #[test]
    fn numbers_of_terms_have_two_digits() {
        assert_eq!(BreakEven::From(1_234_567.0).to_string(), "from 1,200,000");
        assert_eq!(BreakEven::NotUpTo(1000).to_string(), "not up to 1,000");
        assert_eq!(BreakEven::AlreadyAt(1234).to_string(), "already 1,234");
    }

    #[test]
    fn a_tie_is_no_gain() {
        let points = [(100, 1.0), (10_000, 1.02), (1_000_000, 1.9)];
        let Some(BreakEven::From(terms)) = of_points(&points) else { panic!("it pays at the end") };
        assert!((10_000.0..1_000_000.0).contains(&terms), "{terms}");
    }

    #[test]
    fn both_ends_are_said() {
        assert_eq!(of_points(&[(100, 1.5), (1000, 1.9)]), Some(BreakEven::AlreadyAt(100)));
        assert_eq!(of_points(&[(100, 0.1), (1000, 0.9)]), Some(BreakEven::NotUpTo(1000)));
        assert_eq!(of_points(&[]), None);
    }
}
