use course::{BOLD, plain_table, wrapped};
use units::{count, percent, seconds, speedup, three_digits};

use super::timeline::timeline;
use super::{SimulatedRun, Simulation};
use crate::simulator::Strategy;

/// The text of `simulate`.
pub(super) fn text(simulation: &Simulation) -> String {
    let mut text = format!("{BOLD}The simulator{BOLD:#}\n\n");
    let made = if simulation.work.kernel.is_some() { ", timed here" } else { "" };
    text += &wrapped(
        &format!(
            "{}; one core takes {}{made}. {}{}. Seed {}.",
            simulation.what(),
            seconds(simulation.work.total()),
            simulation.machine.name,
            fed(simulation),
            simulation.seed
        ),
        0,
    );
    text += &of_one_core(simulation.take_alone);
    text.push('\n');
    text += &speedups(simulation);
    text.push('\n');
    text += &widest(simulation);
    text += &theory(simulation);
    for row in drawn(simulation) {
        text += &timeline(row);
    }
    text
}

/// That the price of the counter is too low, where it is.
fn of_one_core(take_alone: bool) -> String {
    if !take_alone {
        return String::new();
    }
    wrapped(
        "The cores of this machine never met at a counter while it was measured. So a number from it costs here what \
         it costs one core alone, and self-scheduled looks better than it is.",
        0,
    )
}

/// How many cores the memory feeds, if it is not all.
fn fed(simulation: &Simulation) -> String {
    let ceiling = simulation.widest().find_map(|row| row.plan.ceiling);
    ceiling.map_or(String::new(), |cores| {
        format!(", whose memory feeds {} of them", three_digits(cores))
    })
}

/// The strategies over the worker counts, and the line that nobody passes.
fn speedups(simulation: &Simulation) -> String {
    // The first, the last and as many as fit between them.
    let mut counts = simulation.counts.clone();
    let wide = |text: &str| text.lines().any(|line| line.chars().count() > WIDTH);
    let mut text = table_of(simulation, &counts);
    while counts.len() > 2 && (counts.len() > 8 || wide(&text)) {
        counts.remove(counts.len() / 2);
        text = table_of(simulation, &counts);
    }
    text
}

/// No line is wider than this, with the colours of the first one.
const WIDTH: usize = 80;

fn table_of(simulation: &Simulation, counts: &[usize]) -> String {
    let mut columns = vec!["speedup, simulated".to_owned()];
    columns.extend(counts.iter().map(usize::to_string));
    columns.push("workers".to_owned());
    let line = |name: &str, cell: &dyn Fn(usize) -> String| {
        let cells = counts.iter().map(|workers| cell(*workers));
        std::iter::once(name.to_owned()).chain(cells).chain([String::new()]).collect::<Vec<_>>()
    };
    let strategies: Vec<Strategy> = simulation.widest().map(|row| row.plan.strategy).collect();
    let mut rows: Vec<Vec<String>> = Vec::new();
    for strategy in &strategies {
        rows.push(line(strategy.as_str(), &|workers| {
            simulation.row(*strategy, workers).map(|row| short(row.speedup)).unwrap_or_default()
        }));
    }
    if let Some(first) = strategies.first() {
        rows.push(line("no schedule beats", &|workers| {
            let row = simulation.row(*first, workers);
            row.map(|row| short(row.most())).unwrap_or_default()
        }));
    }
    let slower = rows.iter().flatten().any(|cell| cell.starts_with('/'));
    let mut text = plain_table(&columns, rows.into_iter(), columns.len() - 1);
    if slower {
        text += "  /1.5 is a slowdown: it takes 1.5 times as long as one core\n";
    }
    text
}

/// A speedup in few characters; a slowdown as what it is.
fn short(ratio: f64) -> String {
    match ratio {
        small if small < 1e-6 => format!("/{:.0e}", 1.0 / small),
        small if small < 0.95 => format!("/{}", three_digits(1.0 / small)),
        large if large >= 1e6 => format!("{large:.0e}x"),
        large if large >= 99.95 => format!("{large:.0}x"),
        _ => speedup(ratio),
    }
}

/// What the most workers did.
fn widest(simulation: &Simulation) -> String {
    let workers = simulation.counts.last().copied().unwrap_or(1);
    let columns = [
        &format!("with {}", count(workers as u64, "worker")),
        "makespan",
        "idle",
        "steals",
        "misses",
        "of the best possible",
    ]
    .map(ToString::to_string);
    let rows = simulation.widest().map(|row| {
        let SimulatedRun { schedule, plan, .. } = row;
        vec![
            plan.strategy.as_str().to_owned(),
            seconds(schedule.makespan),
            percent(schedule.idle()),
            if plan.strategy.is_pool() { schedule.steals.to_string() } else { String::new() },
            if plan.strategy.is_pool() { schedule.misses.to_string() } else { String::new() },
            percent(row.of_the_best()),
        ]
    });
    plain_table(&columns, rows, columns.len())
}

/// What theory says about them.
fn theory(simulation: &Simulation) -> String {
    let mut text = String::new();
    let mut add = |sentence: String| text += &wrapped(&sentence, 2);
    if let Some(row) = simulation.widest().next() {
        let bounds = &row.bounds;
        let shares = match bounds.greedy {
            Some(_) => "T1/P is",
            None => "all cores together, as fast as each is and as the memory feeds them, take",
        };
        let greedy = bounds.greedy.map(|greedy| {
            format!(
                " If starting and taking were free, no schedule in which nobody waits while there is a block \
                 would take longer than {} (Graham 1966).",
                seconds(greedy)
            )
        });
        add(format!(
            "No schedule with {} is shorter than {}: {shares} {}, the longest block {}.{}",
            count(row.plan.workers as u64, "worker"),
            seconds(bounds.best),
            seconds(bounds.share),
            seconds(bounds.longest),
            greedy.unwrap_or_default()
        ));
    }
    let alike = |row: &&SimulatedRun| {
        row.plan.strategy.is_pool() && row.bounds.greedy.is_some() && row.bounds.span > 0.0
    };
    if let Some(row) = simulation.widest().find(alike) {
        let c = row.bounds.spans_over(row.schedule.makespan);
        add(format!(
            "{}: T1/P + c * span, with a span of {} and c = {} (Blumofe and Leiserson 1999 prove that \
             some c will do).",
            row.plan.strategy.as_str(),
            seconds(row.bounds.span),
            three_digits(c.max(0.0)) // Rounded, it may be just below.
        ));
    }
    format!("\n{BOLD}What theory says{BOLD:#}\n{text}")
}

/// The rows whose timelines are shown: the slowest and the fastest with the most workers.
fn drawn(simulation: &Simulation) -> Vec<&SimulatedRun> {
    let with_picture = || {
        simulation
            .widest()
            .filter(|row| row.schedule.makespan > 0.0 && !row.schedule.spans.is_empty())
    };
    let by_time =
        |a: &&SimulatedRun, b: &&SimulatedRun| a.schedule.makespan.total_cmp(&b.schedule.makespan);
    let (slowest, fastest) = (with_picture().max_by(by_time), with_picture().min_by(by_time));
    let mut rows: Vec<&SimulatedRun> = slowest.into_iter().collect();
    rows.extend(fastest.filter(|row| slowest.is_none_or(|other| !std::ptr::eq(*row, other))));
    rows
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_price_that_was_not_measured_is_named() {
        assert!(of_one_core(true).contains("never met"));
        assert_eq!(of_one_core(false), "");
    }
}
