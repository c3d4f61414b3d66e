use kernels::KernelName;

use super::layout::plain_table;

/// The best strategy on one of the other kernels, over the worker counts.
#[derive(Debug, Clone)]
pub struct GlanceRow {
    /// The kernel.
    pub kernel: KernelName,
    /// Workers and speedup.
    pub speedups: Vec<(usize, f64)>,
    /// What limits it.
    pub limit: String,
}

/// The short second table.
#[derive(Debug, Clone)]
pub struct Glance {
    /// The best strategy of the first table.
    pub strategy: String,
    /// One row per other kernel.
    pub rows: Vec<GlanceRow>,
}

/// The table as text.
pub(super) fn glance_table(glance: &Glance) -> String {
    let mut counts: Vec<usize> = glance
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
    let mut columns = vec![format!("{}, on other work", glance.strategy)];
    columns.extend(counts.iter().map(usize::to_string));
    columns.push("workers".to_owned());
    let rows = glance.rows.iter().map(|row| {
        let mut cells = vec![format!("  {}", row.kernel)];
        cells.extend(counts.iter().map(|count| {
            let found = row.speedups.iter().find(|(workers, _)| workers == count);
            found.map(|(_, ratio)| format!("{}x", three_digits_short(*ratio))).unwrap_or_default()
        }));
        cells.push(row.limit.clone());
        cells
    });
    plain_table(&columns, rows, counts.len() + 1)
}

fn three_digits_short(ratio: f64) -> String {
    if ratio < 0.1 { format!("{ratio:.2}") } else { format!("{ratio:.1}") }
}
