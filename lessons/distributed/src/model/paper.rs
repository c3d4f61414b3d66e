use shared::report::units::{grouped, seconds, speedup, three_digits};
use shared::report::{BOLD, plain_table, wrapped};

use super::{Costs, WAYS, Way};

/// As far as the table goes.
const MOST: u64 = 1_000_000;

/// The sum on paper: `work` seconds on one core, on up to a million ranks.
pub fn paper(costs: &Costs, work: f64, per_term: f64) -> String {
    let columns = ["on paper, ranks"].into_iter().chain(WAYS.iter().map(|way| way.name));
    let columns: Vec<String> = columns.chain(["work alone"]).map(str::to_owned).collect();
    let counts = (0..=6).map(|power| 10_u64.pow(power));
    let mut rows: Vec<Vec<String>> = counts
        .map(|ranks| {
            let times = WAYS.iter().map(|way| seconds((way.time)(costs, work, ranks)));
            let alone = seconds(work / ranks as f64);
            [grouped(ranks)].into_iter().chain(times).chain([alone]).collect()
        })
        .collect();
    let best: Vec<(u64, f64)> = WAYS.iter().map(|way| way.best(costs, work, MOST)).collect();
    let line = |name: &str, cell: &dyn Fn(&(u64, f64)) -> String| {
        let cells = best.iter().map(cell);
        [name.to_owned()].into_iter().chain(cells).chain([String::new()]).collect::<Vec<String>>()
    };
    rows.push(line("it stops at", &|(ranks, _)| grouped(*ranks)));
    rows.push(line("with", &|(_, time)| speedup(work / time)));
    let mut text = plain_table(&columns, rows.into_iter(), 1);
    text += &format!("\n{BOLD}Where each stops, and why{BOLD:#}\n");
    for (way, (ranks, _)) in WAYS.iter().zip(&best) {
        text += &wrapped(&format!("{} at {} ranks: {}.", way.name, grouped(*ranks), way.why), 2);
    }
    if let Some(sentence) = terms_for_a_million(costs, per_term) {
        text += &wrapped(&sentence, 2);
    }
    text
}

/// How large a sum has to be for a million ranks to be worth half of what they are.
fn terms_for_a_million(costs: &Costs, per_term: f64) -> Option<String> {
    let tree: &Way = WAYS.iter().find(|way| way.name == "tree")?;
    let messages = (tree.time)(costs, 0.0, MOST);
    let terms = messages * MOST as f64 / per_term;
    let sentence = format!(
        "On {} ranks the messages of the tree take {}: only a sum of {} terms keeps the ranks at work \
         for as long as that.",
        grouped(MOST),
        seconds(messages),
        large(terms)
    );
    (terms.is_finite() && messages > 0.0).then_some(sentence)
}

/// A large number in words.
fn large(number: f64) -> String {
    match number {
        huge if huge >= 1e12 => format!("{} million million", three_digits(huge * 1e-12)),
        many if many >= 1e9 => format!("{} thousand million", three_digits(many * 1e-9)),
        few => format!("{} million", three_digits(few * 1e-6)),
    }
}
