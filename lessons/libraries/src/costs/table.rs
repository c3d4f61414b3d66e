use std::fmt::Write;

use course::{DIM, Document, plain_table, wrapped};
use units::{seconds, three_digits};

use super::{Costs, all};

/// What the libraries cost beside the time of a sum, and how late timers were; empty where nobody measured that.
pub(crate) fn tables(document: &Document) -> String {
    let costs = all(document);
    if costs.is_empty() { String::new() } else { main_table(&costs) + &timers(&costs) }
}

fn main_table(costs: &[(&str, Costs)]) -> String {
    let columns = ["what it costs", "dispatch", "50 us", "idle burn", "uneven", "nested"];
    let best =
        |of: fn(&Costs) -> f64| costs.iter().map(|(_, it)| of(it)).fold(f64::INFINITY, f64::min);
    let best = best(|it| it.uneven.interval.median);
    let cells = costs.iter().map(|(name, it)| {
        let times = |ratio: f64| format!("{}x", three_digits(ratio));
        let uneven = it.uneven.interval.median;
        let idle =
            it.idle_cores.map_or_else(|| "?".to_owned(), |idle| format!("{:.2}", idle.median));
        let nested = match &it.nested {
            Some(nested) => times(nested.interval.median / uneven),
            None => if it.stuck { "stuck" } else { "-" }.to_owned(),
        };
        let short = seconds(it.short.interval.median);
        let dispatch = seconds(it.dispatch.interval.median);
        vec![(*name).to_owned(), dispatch, short, idle, times(uneven / best), nested]
    });
    let table = plain_table(&columns.map(str::to_owned), cells, columns.len());
    let mut text = format!("\n{table}");
    let alone = seconds(costs[0].1.short_alone.interval.median);
    let rounds = costs[0].1.short.samples.len();
    let mut note = |sentence: &str| {
        let wrapped = wrapped(sentence, 0);
        let _ = writeln!(text, "{DIM}{}{DIM:#}", wrapped.trim_end());
    };
    note(&format!(
        "medians of {}. dispatch: a sum of nothing; 50 us: one that takes one core {alone}; idle burn: cores \
         kept busy between two calls, a millisecond apart; uneven: primes, beside the best row; nested: the \
         same by eight tasks, each of which asks for its sum, beside its own flat one",
        units::count(rounds as u64, "round")
    ));
    if let Some((name, _)) = costs.iter().find(|(_, it)| it.stuck) {
        note(&format!(
            "stuck: a sum within a task of {name} was not back after two seconds, and was given up"
        ));
    }
    let mut reasons: Vec<&str> = Vec::new();
    for why in costs.iter().filter_map(|(_, it)| it.not_nested.as_deref()) {
        if !reasons.contains(&why) {
            reasons.push(why);
        }
    }
    for why in reasons {
        let rows = costs.iter().filter(|(_, it)| it.not_nested.as_deref() == Some(why));
        let rows: Vec<_> = rows.map(|(name, _)| *name).collect();
        note(&format!("- {}: {why}", rows.join(", ")));
    }
    text
}

/// How late a timer of a millisecond was, beside the rows of which this was asked.
fn timers(costs: &[(&str, Costs)]) -> String {
    let columns = ["a timer of 1 ms, late by", "beside nothing", "beside a sum"];
    let rows = costs.iter().filter_map(|(name, it)| {
        let timer = it.timer.as_ref()?;
        let late = [&timer.quiet, &timer.summing].map(|late| seconds(late.interval.median));
        Some([vec![(*name).to_owned()], late.to_vec()].concat())
    });
    let rows: Vec<_> = rows.collect();
    if rows.is_empty() {
        return String::new();
    }
    let table = plain_table(&columns.map(str::to_owned), rows.into_iter(), columns.len());
    format!("\n{table}{DIM}at worst, in a runtime of tokio; the median of all rounds{DIM:#}\n")
}
