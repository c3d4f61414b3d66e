use std::fmt::Write;

use course::{DIM, Document, Run, plain_table, wrapped};
use kernels::{Known, Memory};
use units::{seconds, three_digits};

use super::{Costs, Parts, device, rows};
use crate::Facts;

/// What the device is, where the time of its rows went, and what more workgroups bring; empty where there is no
/// device.
pub(crate) fn tables(document: &Document) -> String {
    let Some(facts) = device(document) else { return String::new() };
    let mut text = format!("\n{}", wrapped(&about(&facts), 0));
    let rows = rows(document);
    let Some(costs) = Costs::of(document).filter(|_| !rows.is_empty()) else { return text };
    text += &format!("\n{}", parts_table(&rows, &costs));
    text += &occupancy(&costs, rows.iter().any(|(_, parts)| parts.kernel.is_some()));
    text
}

/// What the device is; and, of a program on the cores, what its times are worth.
fn about(facts: &Facts) -> String {
    let (name, interface) = (&facts.name, &facts.interface);
    if facts.is_software() {
        return format!(
            "The device is {name}, a software device: a program that does on the cores what a GPU would. It \
             shows whether the answers are right, and not what a GPU costs, so nothing is concluded from \
             its times."
        );
    }
    let driver = Some(&facts.driver).filter(|driver| !driver.is_empty());
    let driver = driver.map(|driver| format!(", driver {driver}")).unwrap_or_default();
    format!("The device is {name} ({}, by {interface}{driver}).", facts.kind.as_str())
}

fn parts_table(rows: &[(&Run, Parts)], costs: &Costs) -> String {
    let columns =
        ["where the time goes", "answer", "before", "dispatch", "on device", "back", "rate"];
    let cells = rows.iter().map(|(run, parts)| {
        let time = |time: f64| seconds(time);
        let sent = matches!(run.strategy.as_str(), "with-transfer" | "compile-each-time");
        let before = if sent { time(parts.before.interval.median) } else { "-".to_owned() };
        let known = |part: &Option<course::Seconds>| {
            part.as_ref().map_or_else(|| "?".to_owned(), |part| time(part.interval.median))
        };
        vec![
            run.strategy.clone(),
            time(parts.whole.interval.median),
            before,
            known(&parts.dispatch),
            known(&parts.kernel),
            time(parts.back.interval.median),
            rate(run, parts),
        ]
    });
    let mut text = plain_table(&columns.map(str::to_owned), cells, columns.len());
    let mut note = |sentence: &str| {
        let _ = writeln!(text, "{DIM}{}{DIM:#}", wrapped(sentence, 0).trim_end());
    };
    let rounds = units::count(costs.dispatch.samples.len() as u64, "round");
    note(&format!(
        "medians of {rounds}. answer: from the call to the sum; before: sending or compiling; dispatch: what \
         is left of the answer; on device: by its own clock; back: the answer's way, measured apart; rate: on the \
         device"
    ));
    let copies = costs.copies.map(|copies| {
        format!("; it copies {} GB/s, read and written", three_digits(copies.median * 1e-9))
    });
    note(&format!(
        "a dispatch that adds one term takes {}; the device is sent {} GB/s{}",
        seconds(costs.dispatch.interval.median),
        three_digits(costs.sends.median * 1e-9),
        copies.unwrap_or_default()
    ));
    text
}

/// What the kernel of a row does in a second.
fn rate(run: &Run, parts: &Parts) -> String {
    let Some(kernel) = &parts.kernel else { return "?".to_owned() };
    let terms = run.terms as f64 / kernel.interval.median;
    if run.bytes_per_second.is_some() {
        format!("{} GB/s", three_digits(terms * Memory::BYTES_PER_TERM as f64 * 1e-9))
    } else {
        let per_nanosecond = terms * 1e-9;
        if per_nanosecond < 0.01 {
            format!("{} /us", three_digits(terms * 1e-6))
        } else {
            format!("{} /ns", three_digits(per_nanosecond))
        }
    }
}

fn occupancy(costs: &Costs, by_clock: bool) -> String {
    if costs.occupancy.len() < 2 {
        return String::new();
    }
    let what = if by_clock { "on device" } else { "answer" };
    let columns = costs.occupancy.iter().map(|it| units::grouped(u64::from(it.workgroups)));
    let columns: Vec<String> =
        std::iter::once("workgroups of strided".to_owned()).chain(columns).collect();
    let cells = costs.occupancy.iter().map(|it| seconds(it.seconds.interval.median));
    let row: Vec<String> = std::iter::once(what.to_owned()).chain(cells).collect();
    format!("\n{}", plain_table(&columns, std::iter::once(row), columns.len()))
}
