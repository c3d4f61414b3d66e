use std::cmp::Ordering;

use measure::Interval;
use units::{count, seconds, three_digits};

use super::canvas::{Canvas, bar, cut, plain};
use crate::figures::{median, per_term, side_of_one};
use crate::results::{Measured, Question, Results};

/// One bar and what it stands for.
pub(super) struct Bar {
    pub(super) name: String,
    pub(super) value: f64,
}

/// What one dispatch costs.
pub(super) fn dispatch(canvas: &mut Canvas, results: &Results) {
    let bars = results.of(Question::Overhead).filter_map(|it| {
        Some(Bar { name: it.strategy.clone(), value: median(it.cost_of_dispatch())? })
    });
    let title = "What does one dispatch cost? (each step: ten times as much)";
    bars_on_a_log_scale(canvas, title, &cheapest_first(bars.collect()));
}

/// What a term costs where workers write close to each other.
pub(super) fn contention(canvas: &mut Canvas, results: &Results) {
    let of = || results.of(Question::Contention);
    let most = of().map(|it| it.workers).max().unwrap_or(0);
    let apart = of().filter(|it| it.workers == most);
    let mut apart: Vec<(u64, f64)> =
        apart.filter_map(|it| Some((it.distance?, per_term(it)?))).collect();
    apart.sort_unstable_by_key(|(distance, _)| *distance);
    let longest = apart.iter().map(|(_, value)| *value).fold(0.0, f64::max);
    if !apart.is_empty() {
        canvas.heading(&format!("Counters so far apart, {most} workers: time of one term"));
        for (distance, value) in apart {
            bar_line(canvas, &format!("{distance} bytes"), value, value / longest);
        }
    }
    let shared = of().filter(|it| it.distance.is_none()).filter_map(|it| {
        let many = count(it.workers as u64, "worker");
        Some(Bar { name: format!("{}, {many}", it.strategy), value: per_term(it)? })
    });
    let title = "One place for all: time of one term (each step: ten times as much)";
    bars_on_a_log_scale(canvas, title, &cheapest_first(shared.collect()));
}

/// Our times over those of C and `OpenMP`.
pub(super) fn peers(canvas: &mut Canvas, results: &Results) {
    let rows: Vec<(&Measured, Interval)> = results
        .of(Question::Peers)
        .filter_map(|it| Some((it, it.ratio_to_peer()?)))
        .filter(|(_, ratio)| median(Some(*ratio)).is_some())
        .collect();
    if rows.is_empty() {
        return;
    }
    canvas.heading("Our time over that of C and OpenMP (below 1: ours is shorter)");
    for (it, ratio) in rows {
        let ours = it.peer.as_ref().map_or("", |peer| &peer.strategy);
        let verdict = match side_of_one(&ratio) {
            Some(Ordering::Less) => "shorter",
            Some(_) => "longer",
            None => "cannot be told apart",
        };
        let names = format!("{} / {}, {}", plain(ours), plain(&it.strategy), plain(&it.kernel));
        let width = if canvas.width() >= 60 { 38 } else { 28 };
        let number = three_digits(ratio.median);
        canvas.line(&format!("{:width$} {number:>6}  {verdict}", cut(&names, width)));
    }
}

fn cheapest_first(mut bars: Vec<Bar>) -> Vec<Bar> {
    bars.sort_by(|one, other| one.value.total_cmp(&other.value));
    bars
}

/// A bar for each value; the shortest has length one, and each step more is ten times as much.
pub(super) fn bars_on_a_log_scale(canvas: &mut Canvas, title: &str, bars: &[Bar]) {
    let values = || bars.iter().map(|bar| bar.value);
    let (Some(least), Some(most)) = (values().reduce(f64::min), values().reduce(f64::max)) else {
        return;
    };
    // From a power of ten below the smallest value, so that its bar can be seen.
    let low = (least.log10() - 0.3).floor();
    let steps = (most.log10().ceil() - low).max(1.0);
    canvas.heading(title);
    for Bar { name, value } in bars {
        bar_line(canvas, name, *value, (value.log10() - low) / steps);
    }
}

fn bar_line(canvas: &mut Canvas, name: &str, value: f64, share: f64) {
    let names = (canvas.width() / 2).min(30);
    let room = (canvas.width() - names - 11).min(36);
    let bar = bar((share * room as f64).max(0.125), room);
    let value = cut(&seconds(value), 9);
    canvas.line(&format!("{:names$}{value:>9}  {bar}", cut(&plain(name), names)));
}
