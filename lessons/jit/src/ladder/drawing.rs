use course::BOLD;
use units;

use super::Rung;

/// Columns of the bars.
const WIDTH: usize = 36;

/// The rungs as bars on a logarithmic scale, one decade between two marks.
pub(super) fn draw(rungs: &[Rung]) -> String {
    let times: Vec<(&Rung, f64)> =
        rungs.iter().filter_map(|rung| Some((rung, rung.nanoseconds()?))).collect();
    let logs = || times.iter().map(|(_, time)| time.log10());
    let (Some(low), Some(high)) = (logs().reduce(f64::min), logs().reduce(f64::max)) else {
        return String::new();
    };
    let (low, high) = (low.floor(), high.ceil().max(low.floor() + 1.0));
    let column = |log: f64| ((log - low) / (high - low) * WIDTH as f64).round() as usize;
    let title = "The ladder: one addition, each mark ten times the one before";
    let mut text = format!("{BOLD}{title}{BOLD:#}\n");
    for (rung, time) in &times {
        let name = format!("{} ({})", rung.strategy, rung.lesson);
        let bar = "#".repeat(column(time.log10()).max(1));
        text += &format!("{name:<32}{bar:<WIDTH$} {:>9}\n", units::seconds(time * 1e-9));
    }
    let mut marks = vec![' '; WIDTH + 1];
    let mut labels = String::new();
    for decade in low as i32..=high as i32 {
        let at = column(f64::from(decade));
        marks[at] = '|';
        let label = mark(decade);
        if labels.len() <= at {
            labels += &" ".repeat(at - labels.len());
            labels += &format!("{label} ");
        }
    }
    let marks: String = marks.into_iter().collect();
    text + &format!("{:<32}{marks}\n{:<32}{}\n", "", "", labels.trim_end())
}

/// A power of ten nanoseconds, in words.
fn mark(decade: i32) -> String {
    match decade {
        ..0 => format!("{} ns", 10_f64.powi(decade)),
        0..3 => format!("{} ns", 10_u64.pow(decade as u32)),
        3..6 => format!("{} us", 10_u64.pow(decade as u32 - 3)),
        _ => format!("{} ms", 10_f64.powi(decade - 6)),
    }
}
