//! Names at the ends of lines, moved apart where they would touch.

/// How far apart two names stand at least.
const ROW: f64 = 15.0;

/// How far a name may be moved from the end of its line and still be seen to belong to it.
const FARTHEST: f64 = 90.0;

/// The name of one line.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct End {
    /// Which line.
    pub(crate) line: usize,
    /// Where the line ends.
    pub(crate) x: f64,
    /// Where the line ends.
    pub(crate) y: f64,
    /// How high the name stands.
    pub(crate) text_y: f64,
}

/// A place between `top` and `bottom` for the name of each line that ends at one of `places`; `None`
/// where they do not fit near their lines.
pub(crate) fn placed(places: Vec<(f64, f64)>, between: (f64, f64)) -> Option<Vec<End>> {
    let ends = places.into_iter().enumerate();
    let ends = ends.map(|(line, (x, y))| End { line, x, y, text_y: y });
    // Names are only in each other's way where their lines end at one place.
    let mut columns: Vec<Vec<End>> = Vec::new();
    for end in ends {
        match columns.iter_mut().find(|column| (column[0].x - end.x).abs() < 1.0) {
            Some(column) => column.push(end),
            None => columns.push(vec![end]),
        }
    }
    let columns = columns.into_iter().map(|column| apart(column, between));
    Some(columns.collect::<Option<Vec<_>>>()?.concat())
}

/// The names at one place, moved apart.
fn apart(mut ends: Vec<End>, (top, bottom): (f64, f64)) -> Option<Vec<End>> {
    ends.sort_by(|one, other| one.y.total_cmp(&other.y));
    let last_start = bottom - ROW * ends.len().saturating_sub(1) as f64;
    if last_start < top {
        return None;
    }
    // Less its rows, each name only has to be no higher than the one before.
    let rows = |place: usize| ROW * place as f64;
    let wanted: Vec<f64> = ends.iter().enumerate().map(|(i, end)| end.y - rows(i)).collect();
    for (place, start) in rising(&wanted).into_iter().enumerate() {
        ends[place].text_y = start.clamp(top, last_start) + rows(place);
    }
    let near = |end: &End| (end.text_y - end.y).abs() <= FARTHEST;
    ends.iter().all(near).then_some(ends)
}

/// The values nearest to `values` of which none is below the one before: neighbours out of order
/// get their mean.
fn rising(values: &[f64]) -> Vec<f64> {
    let mut groups: Vec<(f64, usize)> = Vec::new();
    for &value in values {
        let (mut mean, mut size) = (value, 1);
        while let Some(&(before, many)) = groups.last().filter(|(before, _)| *before > mean) {
            mean = (mean * size as f64 + before * many as f64) / (size + many) as f64;
            size += many;
            groups.pop();
        }
        groups.push((mean, size));
    }
    groups.into_iter().flat_map(|(mean, size)| std::iter::repeat_n(mean, size)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn heights(lines: &[f64]) -> Option<Vec<f64>> {
        let places = lines.iter().map(|y| (0.0, *y)).collect();
        Some(placed(places, (0.0, 200.0))?.iter().map(|end| end.text_y).collect())
    }

    #[test]
    fn names_that_have_room_stay() {
        assert_eq!(heights(&[150.0, 50.0, 100.0]), Some(vec![50.0, 100.0, 150.0]));
    }

    #[test]
    fn names_that_touch_move_apart() {
        let moved = heights(&[100.0, 101.0, 102.0]).expect("three fit");
        assert!(moved.windows(2).all(|pair| pair[1] - pair[0] >= ROW - 1e-9), "{moved:?}");
    }

    #[test]
    fn names_at_different_places_do_not_move_each_other() {
        let ends = placed(vec![(0.0, 100.0), (90.0, 101.0)], (0.0, 200.0)).expect("two fit");
        assert!(ends.iter().all(|end| end.text_y == end.y), "{ends:?}");
    }

    #[test]
    fn a_crowd_does_not_fit() {
        assert_eq!(heights(&[100.0; 14]), None);
    }
}
