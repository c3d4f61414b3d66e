use course::{BOLD, plain_table, wrapped};
use laws::break_even::BreakEven;
use units::{count, grouped, seconds, three_digits};

use super::BreakEvenTable;

/// The text of `break-even`.
pub(super) fn text(table: &BreakEvenTable) -> String {
    let mut text = format!("{BOLD}Break-even{BOLD:#}\n\n");
    text += &wrapped(
        &format!(
            "{}: from how many terms on is a strategy faster than one core, with {} here, and what \
             would the simulator have said?",
            table.kernel,
            count(table.workers as u64, "worker")
        ),
        0,
    );
    text.push('\n');
    let mut columns = vec!["strategy".to_owned(), "measured".to_owned(), "simulated".to_owned()];
    if let Some(machine) = &table.machine {
        columns.push(format!("with {} cores", machine.cores));
        columns.push("largest".to_owned());
    }
    let rows = table.rows.iter().map(|row| {
        let mut cells =
            vec![row.strategy.as_str().to_owned(), terms(row.measured), terms(row.simulated)];
        if table.machine.is_some() {
            cells.push(terms(row.elsewhere));
            cells.push(
                row.elsewhere_speedup.map_or(String::new(), |x| format!("{}x", three_digits(x))),
            );
        }
        cells
    });
    text += &plain_table(&columns, rows, columns.len());
    if let Some((smallest, largest)) = table.terms.first().zip(table.terms.last()) {
        let times = table.one_core.first().zip(table.one_core.last());
        let times = times.map_or(String::new(), |(short, long)| {
            format!(": {} to {} of work for one core", seconds(*short), seconds(*long))
        });
        text += &wrapped(
            &format!("Tried: {} to {} terms{times}.", grouped(*smallest), grouped(*largest)),
            2,
        );
    }
    if let Some(machine) = &table.machine {
        text += &wrapped(
            &format!(
                "The other machine: {}. Where its file says nothing, it is like this one. `largest` is \
                 its speedup at the largest size.",
                machine.name
            ),
            2,
        );
    }
    text
}

/// Where it begins to pay.
fn terms(found: Option<BreakEven>) -> String {
    found.map_or_else(|| "-".to_owned(), |found| found.to_string())
}
