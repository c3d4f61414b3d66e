//! Least squares with coefficients that may not be negative.

/// At most three columns: a law has at most three unknowns.
pub(super) const MOST: usize = 3;

/// One number per column.
pub(super) type Row = [f64; MOST];

/// The coefficients that make `rows * coefficients` come nearest to the measured times, as the sum
/// of the squares of the *relative* distances; columns that are in no support stay at zero.
///
/// A bound is either reached or it does not matter, so the best answer is the plain least-squares
/// answer of the columns that stay above zero. There are few columns: every set of them that the
/// caller allows (`supports`, a bit per column) is tried, and the best answer without a negative
/// coefficient is the exact one. `None` where no set has such an answer.
pub(super) fn fit(rows: &[Row], times: &[f64], supports: &[u8]) -> Option<Row> {
    let normal = Normal::of(rows, times);
    let candidates = supports.iter().filter_map(|support| normal.solve(*support));
    let allowed = candidates.filter(|answer| answer.iter().all(|part| *part >= 0.0));
    allowed.max_by(|a, b| normal.explained(a).total_cmp(&normal.explained(b)))
}

/// The relative distance of the fit from the measured time at each row: above zero where the fit
/// takes longer.
pub(super) fn residuals(rows: &[Row], times: &[f64], coefficients: &Row) -> Vec<f64> {
    let each = rows.iter().zip(times);
    each.map(|(row, time)| product(row, coefficients) / time - 1.0).collect()
}

pub(super) fn product(row: &Row, coefficients: &Row) -> f64 {
    row.iter().zip(coefficients).map(|(a, b)| a * b).sum()
}

/// The normal equations. Each row is divided by its time, so every right-hand side is one.
struct Normal {
    squares: [Row; MOST],
    sums: Row,
}

impl Normal {
    fn of(rows: &[Row], times: &[f64]) -> Self {
        let mut normal = Normal { squares: [[0.0; MOST]; MOST], sums: [0.0; MOST] };
        for (row, time) in rows.iter().zip(times) {
            let relative = row.map(|entry| entry / time);
            for (i, entry) in relative.iter().enumerate() {
                normal.sums[i] += entry;
                for (square, other) in normal.squares[i].iter_mut().zip(&relative) {
                    *square += entry * other;
                }
            }
        }
        normal
    }

    /// The least-squares answer of the columns in `support` alone, by elimination; `None` where they
    /// depend on each other. The matrix is positive definite, so the diagonal serves as the pivot.
    fn solve(&self, support: u8) -> Option<Row> {
        let inside = |column: usize| support >> column & 1 == 1;
        let mut matrix = self.squares;
        let mut right = self.sums;
        for pivot in (0..MOST).filter(|column| inside(*column)) {
            let scale = matrix[pivot][pivot];
            if scale.is_nan() || scale <= self.squares[pivot][pivot] * 1e-13 {
                return None;
            }
            for row in (0..MOST).filter(|row| inside(*row) && *row != pivot) {
                let factor = matrix[row][pivot] / scale;
                let above = matrix[pivot];
                for (entry, over) in matrix[row].iter_mut().zip(above) {
                    *entry -= factor * over;
                }
                right[row] -= factor * right[pivot];
            }
        }
        let answer =
            |column| if inside(column) { right[column] / matrix[column][column] } else { 0.0 };
        Some(std::array::from_fn(answer))
    }

    /// How much of the sum of squares a least-squares answer explains: more is a better fit.
    fn explained(&self, answer: &Row) -> f64 {
        product(&self.sums, answer)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const ALL: [u8; 7] = [1, 2, 3, 4, 5, 6, 7];

    fn rows(counts: &[usize]) -> Vec<Row> {
        let row = |count: &usize| [1.0, 1.0 / *count as f64, *count as f64];
        counts.iter().map(row).collect()
    }

    #[test]
    fn an_exact_curve_gives_its_coefficients_back() {
        let rows = rows(&[1, 2, 4, 8, 16]);
        let times: Vec<f64> = rows.iter().map(|row| product(row, &[0.2, 3.0, 0.01])).collect();
        let answer = fit(&rows, &times, &ALL).expect("the columns differ");
        for (found, truth) in answer.iter().zip([0.2, 3.0, 0.01]) {
            assert!((found - truth).abs() < 1e-9, "{answer:?}");
        }
        assert!(residuals(&rows, &times, &answer).iter().all(|off| off.abs() < 1e-9));
    }

    /// No step from the answer to a neighbour that is allowed makes the fit better.
    #[test]
    fn a_bounded_answer_is_the_best_one() {
        let rows = rows(&[1, 2, 3, 5, 8]);
        let times = [1.0, 0.4, 0.3, 0.1, 0.2];
        let answer = fit(&rows, &times, &ALL).expect("the columns differ");
        let cost = |answer: &Row| -> f64 {
            residuals(&rows, &times, answer).iter().map(|off| off * off).sum()
        };
        assert!(answer.contains(&0.0), "this curve has an answer at a bound: {answer:?}");
        for column in 0..MOST {
            for step in [-1e-3, -1e-5, 1e-5, 1e-3] {
                let mut other = answer;
                other[column] = (other[column] + step).max(0.0);
                assert!(cost(&other) >= cost(&answer) - 1e-15, "{answer:?} {other:?}");
            }
        }
    }

    #[test]
    fn columns_that_depend_on_each_other_have_no_answer() {
        let twice = [[1.0, 1.0, 0.0], [2.0, 2.0, 0.0]];
        assert_eq!(fit(&twice, &[1.0, 2.0], &[3]), None);
        assert!(fit(&twice, &[1.0, 2.0], &[1, 3]).is_some());
    }
}
