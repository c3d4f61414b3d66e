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

/// The table as text; `sure`: the limits are worth naming.
pub(super) fn table(others: &OtherKernels, sure: bool) -> String {
    let mut counts: Vec<usize> = others
        .rows
        .iter()
        .flat_map(|row| row.speedups.iter().map(|(workers, _)| *workers))
        .collect();
    counts.sort_unstable();
    counts.dedup();
    // The first, the last and as many as fit between them.
    while counts.len() > 6 {
        counts.remove(1);
    }
    let mut columns = vec![format!("{}, on other work", others.strategy)];
    columns.extend(counts.iter().map(usize::to_string));
    columns.push("workers".to_owned());
    let rows = others.rows.iter().map(|row| {
        let mut cells = vec![format!("  {}", row.kernel)];
        cells.extend(counts.iter().map(|count| {
            let found = row.speedups.iter().find(|(workers, _)| workers == count);
            found.map(|(_, ratio)| format!("{}x", three_digits_short(*ratio))).unwrap_or_default()
        }));
        cells.push(if sure { row.limit.clone() } else { String::new() });
        cells
    });
    plain_table(&columns, rows, counts.len() + 1)
}

fn three_digits_short(ratio: f64) -> String {
    if ratio < 0.1 { format!("{ratio:.2}") } else { format!("{ratio:.1}") }
}
