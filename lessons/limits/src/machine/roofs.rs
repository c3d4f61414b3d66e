use course::{BOLD, plain_table, wrapped};
use units::{percent, three_digits};

use crate::probes::Roof;

const COLUMNS: usize = 60;
const ROWS: usize = 9;
/// From 2^-6 to 2^6 additions a byte.
const REACH: f64 = 6.0;

/// The kernels under their roofs, and the roof of additions as a drawing.
pub(super) fn roofs(roofs: &[Roof]) -> String {
    let mut text =
        format!("\n{BOLD}The roofline{BOLD:#}: billions a second, all usable cores together\n");
    let columns =
        ["kernel", "per term", "bytes", "seen", "cores", "memory", "of its roof", "limit"]
            .map(str::to_owned);
    let billions = |rate: f64| three_digits(rate / 1e9);
    let rows = roofs.iter().map(|roof| {
        vec![
            roof.kernel.as_str().to_owned(),
            format!("{} {}", short(roof.operations_per_term), &roof.operation[..3]),
            roof.bytes_per_term.to_string(),
            billions(roof.per_second),
            billions(roof.cores_allow),
            roof.memory_allows.map_or("-".to_owned(), billions),
            percent(roof.per_second / roof.roof()),
            format!("the {}", roof.limit()),
        ]
    });
    text += &plain_table(&columns, rows, columns.len() - 1);
    let additions: Vec<&Roof> = roofs.iter().filter(|roof| roof.operation == "additions").collect();
    let peak = additions.first().map(|roof| roof.cores_allow);
    if let Some((peak, bytes)) = peak.zip(delivered(roofs)) {
        text.push('\n');
        text += &drawing(peak, bytes, &additions);
    }
    text + &wrapped(
        "A kernel below its roof has another reason to be slow: `primes` stops its trials too early for \
         wide vectors to pay.",
        2,
    )
}

/// Bytes a second that the memory delivers, by the roof of a kernel that reads.
pub(super) fn delivered(roofs: &[Roof]) -> Option<f64> {
    roofs.iter().find_map(|roof| Some(roof.memory_allows? / roof.intensity()))
}

fn short(operations: f64) -> String {
    if operations == 1.0 { "1".to_owned() } else { format!("{operations:.0}") }
}

/// Additions a second over additions a byte, both as powers of two.
fn drawing(peak: f64, bytes: f64, kernels: &[&Roof]) -> String {
    let roof_at = |intensity: f64| peak.min(intensity * bytes);
    let bottom = roof_at((-REACH).exp2());
    let height = |rate: f64| {
        let share = (rate / bottom).ln() / (peak / bottom).ln();
        (share * (ROWS - 1) as f64).round().clamp(0.0, (ROWS - 1) as f64) as usize
    };
    let intensity =
        |column: usize| (2.0 * REACH * column as f64 / (COLUMNS - 1) as f64 - REACH).exp2();
    let mut canvas = vec![[' '; COLUMNS]; ROWS];
    for column in 0..COLUMNS {
        canvas[height(roof_at(intensity(column)))][column] = '─';
    }
    for roof in kernels {
        let place = (roof.intensity().log2().clamp(-REACH, REACH) + REACH) / (2.0 * REACH);
        let column = (place * (COLUMNS - 1) as f64).round() as usize;
        let letter = roof.kernel.as_str().chars().next().map_or('?', |c| c.to_ascii_uppercase());
        canvas[height(roof.per_second)][column] = letter;
    }
    let mut text = String::new();
    for (row, line) in canvas.iter().enumerate().rev() {
        let label = match row {
            _ if row == ROWS - 1 => format!("{}/ns", three_digits(peak / 1e9)),
            0 => format!("{}/ns", three_digits(bottom / 1e9)),
            _ => String::new(),
        };
        let line: String = line.iter().collect();
        text += &format!("{label:>12} │{}\n", line.trim_end());
    }
    text += &format!("{:>12} └{}\n", "additions", "─".repeat(COLUMNS));
    text + &format!("{:>14}1/64{:>26}{:>30}\n", "", "1", "64 for each byte")
        + &format!("{:>14}I integers (reads nothing), M memory\n", "")
}
