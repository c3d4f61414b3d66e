use units::count;

use crate::Document;
use crate::layout::plain_table;

/// How the order of float additions changes the answer, where some row shows it.
pub(super) fn float_order(document: &Document) -> String {
    if document.runs.iter().all(|run| run.same_bits) {
        return String::new();
    }
    let mut seen: Vec<(String, &str, bool)> = Vec::new();
    for run in &document.runs {
        let Some(sum) = &run.sum else { continue };
        let exact = run.same_bits;
        if exact && seen.iter().any(|(_, _, same)| *same) {
            continue;
        }
        let name = if exact {
            "every fixed-point row".to_owned()
        } else {
            format!("{}, {}", run.strategy, count(run.workers as u64, "worker"))
        };
        seen.push((name, sum, exact));
    }
    let columns = ["the order of additions", "answer", "off by", "bits of the sum"];
    let expected = document.kernel.expected.parse().unwrap_or(f64::NAN);
    let exact = seen.iter().find(|(_, _, same)| *same).map(|(_, sum, _)| (*sum).to_owned());
    let rows = seen.into_iter().map(|(name, sum, same)| {
        let off = sum.parse::<f64>().map_or(f64::NAN, |sum| (sum - expected).abs());
        let bits = match (same, exact.as_deref() == Some(sum)) {
            (true, _) => "reproducible",
            (false, true) => "others, further down",
            (false, false) => "others",
        };
        vec![name, sum.to_owned(), format!("{off:.1e}"), bits.to_owned()]
    });
    format!("\n{}", plain_table(&columns.map(str::to_owned), rows, 1))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::made_up::{integers, run};

    /// The fixed-point sum has the same bits in any order, but it is not the exact one: each of its terms
    /// was rounded.
    #[test]
    fn fixed_point_is_called_reproducible_and_not_exact() {
        let mut float = run("f64-in-order", 1, 0.010);
        (float.same_bits, float.sum) = (false, Some("3.200000000000001".to_owned()));
        let text = float_order(&integers(vec![run("simd", 1, 0.010), float]));
        assert!(text.contains("reproducible") && !text.contains("exact"), "{text}");
    }
}
