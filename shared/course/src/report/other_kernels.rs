use kernels::KernelName;

use crate::layout::plain_table;

/// The best strategy on one of the other kernels, over the worker counts.
#[derive(Debug, Clone)]
pub(crate) struct OtherKernel {
    /// The kernel.
    pub(crate) kernel: KernelName,
    /// Workers and speedup.
    pub(crate) speedups: Vec<(usize, f64)>,
    /// What limits it.
    pub(crate) limit: String,
}

/// The short second table.
#[derive(Debug, Clone)]
pub(crate) struct OtherKernels {
    /// The best strategy of the first table.
    pub(crate) strategy: String,
    /// One row per other kernel.
    pub(crate) rows: Vec<OtherKernel>,
}

/// The table as text, on a machine with so many usable cores; `sure`: the limits are worth naming.
pub(super) fn table(others: &OtherKernels, usable: usize, sure: bool) -> String {
    let mut counts: Vec<usize> = others
        .rows
        .iter()
        .flat_map(|row| row.speedups.iter().map(|(workers, _)| *workers))
        .collect();
    counts.sort_unstable();
    counts.dedup();
    let counts = columns(counts, usable);
    let mut titles = vec![format!("{}, on other work", others.strategy)];
    titles.extend(counts.iter().map(usize::to_string));
    titles.push("workers".to_owned());
    let rows = others.rows.iter().map(|row| {
        let mut cells = vec![format!("  {}", row.kernel)];
        cells.extend(counts.iter().map(|count| {
            let found = row.speedups.iter().find(|(workers, _)| workers == count);
            found.map(|(_, ratio)| format!("{}x", three_digits_short(*ratio))).unwrap_or_default()
        }));
        cells.push(if sure { row.limit.clone() } else { String::new() });
        cells
    });
    plain_table(&titles, rows, counts.len() + 1)
}

/// The most columns that fit.
const MOST: usize = 5;

/// The worker counts to show: the first, the last and the usable cores in any case, then doubling counts, then
/// the larger ones.
fn columns(counts: Vec<usize>, usable: usize) -> Vec<usize> {
    let importance = |place: usize| {
        let count = counts[place];
        let kept = place == 0 || place + 1 == counts.len() || count == usable;
        (kept, count.is_power_of_two(), count)
    };
    let mut places: Vec<usize> = (0..counts.len()).collect();
    places.sort_by_key(|place| std::cmp::Reverse(importance(*place)));
    places.truncate(MOST);
    places.sort_unstable();
    places.into_iter().map(|place| counts[place]).collect()
}

fn three_digits_short(ratio: f64) -> String {
    if ratio < 0.1 { format!("{ratio:.2}") } else { format!("{ratio:.1}") }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_column_of_all_cores_stays() {
        assert_eq!(columns((1..=8).collect(), 2), [1, 2, 4, 7, 8]);
        assert_eq!(columns((1..=12).collect(), 6), [1, 4, 6, 8, 12]);
        assert_eq!(columns(vec![1, 2, 4, 8, 16, 32, 64], 64), [1, 8, 16, 32, 64]);
        assert_eq!(columns(vec![1, 2], 2), [1, 2]);
    }
}
