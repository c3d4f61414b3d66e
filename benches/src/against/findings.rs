use scale::difference::Answer;
use units::{count, three_digits};

use super::Row;
use crate::text::{listed, plain};

/// So many rows are named in a sentence.
const NAMED: usize = 5;

/// What the rows say together: what cannot be told here, what is faster, what is slower, and the gate.
pub(super) fn findings(rows: &[Row], gate: Option<f64>) -> Vec<String> {
    let told =
        |answer| rows.iter().filter(|row| row.difference.answer == answer).collect::<Vec<&Row>>();
    let (faster, slower) = (told(Answer::Faster), told(Answer::Slower));
    let untold = rows.len() - faster.len() - slower.len();
    let mut findings = vec![smallest(rows)];
    findings.extend(named(&slower, "slower"));
    findings.extend(named(&faster, "faster"));
    if untold > 0 {
        let others = if untold < rows.len() { "the other " } else { "" };
        findings.push(format!(
            "Whether B is faster or slower cannot be told in {others}{}.",
            count(untold as u64, "row")
        ));
    }
    findings.extend(gate.map(|most| verdict(rows, most)));
    findings
}

fn smallest(rows: &[Row]) -> String {
    let mut smallest: Vec<f64> = rows.iter().filter_map(|row| row.difference.smallest).collect();
    smallest.sort_by(f64::total_cmp);
    if smallest.is_empty() {
        return format!(
            "So few rounds can tell nothing apart: {} are the least for {}.",
            measure::Interval::fewest(rows.len()),
            count(rows.len() as u64, "row")
        );
    }
    let mut itself: Vec<f64> = rows.iter().map(|row| row.difference.itself).collect();
    itself.sort_by(f64::total_cmp);
    let typical = |sorted: &[f64]| percent(sorted[sorted.len() / 2]);
    match smallest[..] {
        [only] => format!(
            "On this machine, today, nothing below {} can be told apart; A differs from itself by {}.",
            percent(only),
            typical(&itself)
        ),
        _ => format!(
            "On this machine, today, nothing below {} can be told apart in the steadiest row, and nothing below {} in \
             the typical one; there A differs from itself by {}.",
            percent(smallest[0]),
            typical(&smallest),
            typical(&itself)
        ),
    }
}

/// The rows with this answer, those with the largest difference first.
fn named(rows: &[&Row], answer: &str) -> Option<String> {
    let mut rows = rows.to_vec();
    let off = |row: &Row| (row.difference.ratio.median - 1.0).abs();
    rows.sort_by(|one, other| off(other).total_cmp(&off(one)));
    let named: Vec<String> = rows
        .iter()
        .take(NAMED)
        .map(|row| format!("{} by {}", plain(&row.id), percent(off(row))))
        .collect();
    let more = rows.len().saturating_sub(NAMED);
    let more = if more > 0 { format!("; and {more} more") } else { String::new() };
    (!rows.is_empty()).then(|| {
        format!("B is {answer} in {}: {}{more}.", count(rows.len() as u64, "row"), listed(&named))
    })
}

fn verdict(rows: &[Row], most: f64) -> String {
    let with = |code| rows.iter().filter(|row| row.difference.exit_code(most) == code).count();
    // As it was given: without a part of a percent that is none.
    let given = format!("{} %", (most * 1e6).round() / 1e4);
    match (with(1), with(75)) {
        (0, 0) => {
            format!("The gate is open: {given} more for B was seen in no row, and would have been.")
        }
        (0, blind) => format!(
            "The gate cannot see {given} here in {}: try a quieter machine, fewer rows, or more time with --budget.",
            count(blind as u64, "row")
        ),
        (slow, _) => {
            format!("The gate is shut: B takes over {given} more in {}.", count(slow as u64, "row"))
        }
    }
}

fn percent(share: f64) -> String {
    format!("{} %", three_digits(share * 100.0))
}
