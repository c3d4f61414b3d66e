//! What one dispatch costs: dots on a logarithmic axis.

use draw::{Dot, Dots, Drawing, time_tick};
use measure::Interval;
use units::{about, count, grouped, seconds, three_digits};

use super::caption::Caption;
use super::words::{self, sound};
use super::{BROAD, Chart, Section, Table};
use crate::figures::surely_above;
use crate::results::{Measured, Question, Results};
use crate::text::short;

/// `overhead`.
pub(super) fn overhead(results: &Results) -> Option<Chart> {
    let timed = |one| Some((one, sound(Measured::cost_of_dispatch(one))?));
    let mut costs: Vec<(&Measured, Interval)> =
        results.of(Question::Overhead).filter_map(timed).collect();
    costs.sort_by(|(_, one), (_, other)| one.median.total_cmp(&other.median));
    let named = costs.iter().map(|(one, cost)| dot(name(one, &costs), cost));
    let [drawing, broad] = times(named.collect(), Step::Up)?;
    let rows = costs.iter().map(|(one, cost)| {
        let (workers, dispatches) = (one.workers.to_string(), grouped(one.dispatches));
        vec![short(&one.strategy), workers, words::time(cost), dispatches]
    });
    let table = Table::new(&["dispatch", "workers", "time of one", "in one call"], rows);
    let caption = Caption {
        name: "overhead".into(),
        section: Section::Overhead,
        title: finding(&costs),
        subtitle: "time of one dispatch with nothing to sum, and how many times the one above; equal steps are \
                   equal ratios"
            .into(),
        reading: reading(&costs),
        table,
    };
    Some(caption.with_both(drawing, broad))
}

/// A row for a time.
pub(super) fn dot(name: String, time: &Interval) -> Dot {
    let tip = format!("{name}: {}", words::time(time));
    let (value, bounds, text) = (time.median, time.low.zip(time.high), seconds(time.median));
    Dot { name, value, bounds, tip, text, ..Dot::default() }
}

/// What a row says of the one above.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Step {
    /// How many times as long it takes.
    Up,
    /// How many times as fast it is.
    Down,
}

/// Times on a logarithmic axis, each row with its step from the one above; narrow and broad. `None` where there is
/// none.
pub(super) fn times(mut rows: Vec<Dot>, step: Step) -> Option<[Drawing; 2]> {
    for place in 1..rows.len() {
        let (above, here) = (rows[place - 1].value, rows[place].value);
        let ratio = if step == Step::Up { here / above } else { above / here };
        // A step that no eye sees is none.
        if (0.0005..0.95).contains(&ratio) || (1.05..1e6).contains(&ratio) {
            rows[place].step = format!("{}x", three_digits(ratio));
        }
    }
    let mut dots = Dots::log(rows, time_tick)?;
    Some([draw::COLUMN, BROAD].map(|width| {
        dots.width = width;
        dots.drawn()
    }))
}

/// The cheapest and the dearest.
fn finding(costs: &[(&Measured, Interval)]) -> String {
    let of = |(one, cost): &(&Measured, Interval)| {
        format!("{} ({})", seconds(cost.median), short(&one.strategy))
    };
    match costs {
        [cheap, .., dear] => format!("One dispatch costs {} to {}", of(cheap), of(dear)),
        _ => "The cost of one dispatch".to_owned(),
    }
}

/// The name of a row; with the workers where the same dispatch was measured with several counts.
fn name(one: &Measured, costs: &[(&Measured, Interval)]) -> String {
    let alike = costs.iter().filter(|(other, _)| other.strategy == one.strategy).count();
    let name = short(&one.strategy);
    if alike > 1 { format!("{name}, {}", count(one.workers as u64, "worker")) } else { name }
}

fn reading(costs: &[(&Measured, Interval)]) -> Vec<String> {
    let (Some((cheap, low)), Some((dear, high))) = (costs.first(), costs.last()) else {
        return Vec::new();
    };
    let times = high.median / low.median;
    let with = |one: &Measured, cost: &Interval| {
        let (name, workers) = (short(&one.strategy), count(one.workers as u64, "worker"));
        format!("{name} costs {} with {workers}", seconds(cost.median))
    };
    let mut sentences = vec![match costs {
        [_] => with(cheap, low) + ".",
        _ => format!("{}, {}.", with(cheap, low), with(dear, high)),
    }];
    if times >= 10.0 && surely_above(Some(*high), Some(*low)) {
        sentences.push(format!(
            "That is some {} times as much: what is handed out must be so much larger to be worth it.",
            about(times)
        ));
    }
    sentences
}
