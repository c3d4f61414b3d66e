//! The first chart of a report: what all cores brought, kernel by kernel.

use draw::{Dot, DotKeys, Dots, Drawing};
use measure::Interval;
use units::{count, three_digits};

use super::caption::Caption;
use super::curves::in_reading_order;
use super::speedup::{band, roof, times_tick};
use super::words::{self, sound};
use super::{Chart, Section, Table};
use crate::figures::{best, share_of_control};
use crate::gate::doubt;
use crate::in_words::answer as in_one_sentence;
use crate::results::{Measured, Question, Results};
use crate::text::short;

/// `answer`: the best strategy of each kernel with all cores. `None` where nothing was shared.
pub(super) fn answer(results: &Results) -> Option<Chart> {
    let of = |(kernel, _): (&str, String)| {
        let best = best(results, Question::Scaling, kernel).filter(|best| best.workers > 1)?;
        // A name that is none cannot be a row.
        let named = !short(kernel).is_empty();
        named.then(|| sound(best.speedup()).map(|speedup| (best, speedup)))?
    };
    let kernels = results.of(Question::Scaling).map(|one| one.kernel.as_str());
    let bests: Vec<(&Measured, Interval)> =
        in_reading_order(kernels).into_iter().filter_map(of).collect();
    let workers = count(bests.first()?.0.workers as u64, "worker");
    let rows = bests.iter().map(|(best, speedup)| {
        let share = share_of_control(best).map(|share| units::percent(share.median));
        vec![
            short(&best.kernel),
            short(&best.strategy),
            best.workers.to_string(),
            words::speedup(speedup),
            sound(best.cores_given()).map(|cores| three_digits(cores.median)).unwrap_or_default(),
            share.unwrap_or_default(),
        ]
    });
    let columns = ["kernel", "best strategy", "workers", "speedup", "cores given", "share of them"];
    let table = Table::new(&columns, rows);
    let subtitle = format!("speedup of {} for each kernel, with {workers}", best_of(results));
    let title = in_one_sentence(results).unwrap_or_else(|| format!("What {workers} brought"));
    let reading = vec![
        "Grey is what the machine gave: what independent sums got at the same moment. No sharing \
         can do better than that."
            .to_owned(),
    ];
    let caption = Caption {
        name: "answer".into(),
        section: Section::Answer,
        title,
        subtitle,
        reading,
        table,
    };
    let [narrow, wide] = [draw::COLUMN, WIDE].map(|width| drawn(results, &bests, width));
    Some(caption.with_both(narrow?, wide?))
}

/// What stands in the rows: the times of a busy machine say nothing of strategies.
fn best_of(results: &Results) -> &'static str {
    if doubt(results).is_some() { "the best median" } else { "the best strategy" }
}

/// The first chart of a page has more of it.
const AIR: f64 = 8.0;

/// Where there is room for it.
const WIDE: f64 = 520.0;

fn drawn(results: &Results, bests: &[(&Measured, Interval)], width: f64) -> Option<Drawing> {
    let row = |(best, speedup): &(&Measured, Interval)| {
        let (name, strategy) = (short(&best.kernel), short(&best.strategy));
        let (workers, value) = (count(best.workers as u64, "worker"), words::speedup(speedup));
        Dot {
            tip: format!("{name}, {strategy}, {workers}: {value}"),
            name,
            value: speedup.median,
            bounds: speedup.low.zip(speedup.high),
            text: format!("{}x", three_digits(speedup.median)),
            step: strategy,
            band: band(best),
            roof: roof(results, best),
            ..Dot::default()
        }
    };
    let mut dots = Dots::linear(bests.iter().map(row).collect(), times_tick)?;
    dots.width = width;
    dots.air = AIR;
    dots.keys = DotKeys {
        dot: best_of(results).into(),
        band: "what the machine gave".into(),
        roof: "measured ceiling".into(),
        ..DotKeys::default()
    };
    Some(dots.drawn())
}
