/// From waiting to working all the time.
const SHADES: [char; 5] = ['·', '░', '▒', '▓', '█'];

/// A timeline of one worker as text of so many columns, darker where it works. `spans` are when it does, as parts of
/// the whole time: from 0 to 1.
///
/// ```
/// assert_eq!(course::lane([(0.0, 0.5)].into_iter(), 8), "████····");
/// ```
pub fn lane(spans: impl Iterator<Item = (f64, f64)>, columns: usize) -> String {
    let mut filled = vec![0.0; columns];
    for (start, end) in spans {
        let (start, end) = (start * columns as f64, end * columns as f64);
        let places = filled.iter_mut().enumerate();
        for (place, share) in places.skip(start as usize).take((end - start) as usize + 2) {
            let (left, right) = (place as f64, place as f64 + 1.0);
            *share += (end.min(right) - start.max(left)).max(0.0);
        }
    }
    let shade = |share: &f64| SHADES[(share * 4.0).round().clamp(0.0, 4.0) as usize];
    filled.iter().map(shade).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_lane_is_filled_where_the_worker_sums() {
        let lane = |spans: &[(f64, f64)]| lane(spans.iter().copied(), 64);
        assert_eq!(lane(&[(0.0, 0.5)]), "█".repeat(32) + &"·".repeat(32));
        assert_eq!(lane(&[(0.0, 0.25), (0.25, 1.0)]), "█".repeat(64));
        assert_eq!(lane(&[(0.0, 1.0 / 128.0)]), "▒".to_owned() + &"·".repeat(63));
        assert_eq!(lane(&[(2.0, 3.0), (-1.0, 0.0)]), "·".repeat(64), "outside");
    }
}
