//! The ladder of the course: the time of one term on each rung.

use units::{self, speedup};

use super::bars;
use super::document::Caption;
use super::words::{self, sound};
use super::{Chart, Section, Table};
use crate::ladder::{Ladder, Step};
use crate::results::Results;
use crate::terminal::{cut, plain};

/// A bar for each rung. `None` where none was measured.
pub(super) fn ladder(results: &Results) -> Option<Chart> {
    let ladder = results.ladder.as_ref()?;
    let steps: Vec<_> = ladder
        .steps
        .iter()
        .filter_map(|step| Some((step, sound(Some(step.per_term()))?)))
        .collect();
    let names = steps.iter().map(|(step, _)| name(step)).collect();
    let times: Vec<_> = steps.iter().map(|(_, time)| *time).collect();
    let (drawing, height) = bars::times(names, &times, "time of one term")?;
    let mut table = Table::with_columns(&[
        "lesson",
        "row",
        "workers",
        "time of one term",
        "in all",
        "what is new",
    ]);
    let first = times.first()?.median;
    for (step, time) in &steps {
        table.rows.push(vec![
            words::short(&step.lesson),
            words::short(&step.row),
            step.workers.to_string(),
            words::time(time),
            speedup(first / time.median),
            step.rung().map_or("", |rung| rung.new).to_owned(),
        ]);
    }
    let caption = Caption {
        name: "ladder".to_owned(),
        section: Section::Ladder,
        title: "the ladder: time of one term, integers".to_owned(),
        reading: reading(ladder),
        table,
    };
    Some(caption.with(drawing, height))
}

/// `simd (sequential)`, `scoped (threads), 2`.
pub(crate) fn name(step: &Step) -> String {
    let several = if step.workers > 1 { format!(", {}", step.workers) } else { String::new() };
    format!("{} ({}){several}", words::short(&step.row), words::short(&step.lesson))
}

/// What better code brought, what more workers brought, and where this was.
pub(crate) fn reading(ladder: &Ladder) -> Vec<String> {
    let mut sentences = Vec::new();
    if let Some([slowest, alone, together]) = ladder.landmarks() {
        let time = |step: &Step| step.per_term().median;
        let code = time(slowest) / time(alone);
        sentences.push(format!(
            "Better code on one core: {} times as fast, from {} to {}.",
            units::three_digits(code),
            name(slowest),
            name(alone),
        ));
        let gained = time(alone) / time(together);
        let workers = together.workers as f64;
        let cores = words::count(ladder.usable_cores, "core");
        sentences.push(if gained > 1.0 {
            format!(
                "More workers on {cores}: another {} times, with {}.",
                units::three_digits(gained),
                name(together)
            ) + if gained > workers * 1.02 {
                " The machine gave more at that moment than at the other."
            } else {
                ""
            }
        } else {
            format!("More workers on {cores} brought nothing here: {} is slower.", name(together))
        });
    }
    sentences.push(format!(
        "Measured {} on {}, one lesson after the other.",
        words::short(&ladder.began),
        cut(&plain(&ladder.cpu), 50),
    ));
    for (rung, why) in &ladder.missing {
        sentences.push(format!("Not measured: {} ({why}).", cut(&plain(rung), 50)));
    }
    sentences
}
