//! The ladder of the course: the time of one term on each rung.

use draw::Dot;
use measure::Interval;
use units::speedup;

use super::caption::Caption;
use super::overhead::{Step as Steps, dot, times};
use super::words::{self, sound};
use super::{Chart, Section, Table};
use crate::ladder::{finding, reading};
use crate::results::{Results, Step};
use crate::text::short;

/// A bar for each rung. `None` where none was measured.
pub(super) fn ladder(results: &Results) -> Option<Chart> {
    let ladder = results.ladder.as_ref()?;
    let steps = ladder.steps.iter();
    let steps: Vec<_> =
        steps.filter_map(|step| Some((step, sound(Some(step.per_term()))?))).collect();
    let named = steps
        .iter()
        .map(|(step, time)| Dot { hollow: step.is_in_software(), ..dot(step.name(), time) });
    let [drawing, broad] = times(named.collect(), Steps::Down)?;
    let columns = ["lesson", "row", "workers", "time of one term", "in all", "what is new"];
    // A device in software is compared with nothing.
    let first = steps.iter().find(|(step, _)| !step.is_in_software()).map(|(_, time)| time.median);
    let in_all = |step: &Step, time: &Interval| {
        let first = first.filter(|_| !step.is_in_software());
        first.map_or_else(|| "not compared".to_owned(), |first| speedup(first / time.median))
    };
    let rows = steps.iter().map(|(step, time)| {
        vec![
            short(&step.lesson),
            short(&step.row),
            step.workers.to_string(),
            words::time(time),
            in_all(step, time),
            step.what_is_new().to_owned(),
        ]
    });
    let table = Table::new(&columns, rows);
    let caption = Caption {
        name: "ladder".to_owned(),
        section: Section::Ladder,
        title: finding(ladder).unwrap_or_else(|| "The ladder: time of one term".to_owned()),
        subtitle: "time of one term of integers, and how many times as fast as the rung above; equal steps are \
                   equal ratios"
            .to_owned(),
        reading: reading(ladder),
        table,
    };
    Some(caption.with_both(drawing, broad))
}
