use crate::Interval;

/// The largest share of the control that is shown: above it, the machine gave the row more than it gave the
/// control beside it, and the share says nothing of the row.
pub const LARGEST_SHARE: f64 = 1.1;

/// The share of the control, `None` where its median is more than [`LARGEST_SHARE`]. Whoever shows or judges
/// a share asks here.
///
/// ```
/// use measure::{Interval, believable_share};
/// let share = |median| Interval { median, low: None, high: None };
/// assert_eq!(believable_share(share(1.02)).unwrap().median, 1.02);
/// assert_eq!(believable_share(share(1.7)), None);
/// ```
pub fn believable_share(share: Interval) -> Option<Interval> {
    (share.median <= LARGEST_SHARE).then_some(share)
}
