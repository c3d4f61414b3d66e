//! The strategies in rows, the fastest first, each with as many workers as there are cores.

use course::gallery::Entry;
use draw::{Dot, DotKeys, Dots, Drawing, tick};
use units::{count, three_digits};

use super::View;
use super::against::roof;
use crate::chart::curves::Curve;
use crate::chart::words::{self, sound};
use crate::results::Measured;
use crate::text::short;

/// `1.5x`.
pub(in crate::chart) fn times_tick(times: f64) -> String {
    tick(times) + "x"
}

/// The cores that the machine gave beside a measurement: the middle, and from where to where.
pub(in crate::chart) fn band(one: &Measured) -> Option<(f64, f64, f64)> {
    let given = sound(one.cores_given()).filter(|_| one.workers > 1)?;
    Some((given.median, given.low.unwrap_or(given.median), given.high.unwrap_or(given.median)))
}

impl View<'_> {
    /// The rows, first without what `explained` has already, then with a legend of their own.
    pub(super) fn dots(&self, explained: &mut Vec<String>) -> Option<(Drawing, Drawing)> {
        let mut rows: Vec<Dot> = self.curves.all.iter().filter_map(|it| self.row(it)).collect();
        rows.sort_by(|one, other| other.value.total_cmp(&one.value));
        let mut dots = Dots::linear(rows, times_tick)?;
        let workers =
            |number: Option<usize>| number.map(|it| count(it as u64, "worker")).unwrap_or_default();
        dots.keys = DotKeys {
            dot: workers(self.curves.full()),
            also: workers(self.beyond()),
            band: "what the machine gave".into(),
            roof: "measured ceiling".into(),
            behind: dots
                .rows
                .iter()
                .find_map(|row| row.behind.as_ref())
                .map_or_else(String::new, |_| self.machine.map(Entry::title).unwrap_or_default()),
        };
        let (names, alone) = (dots.names(), dots.drawn());
        let DotKeys { dot, also, band, roof, behind } = &mut dots.keys;
        for name in [dot, also, band, roof, behind] {
            if explained.contains(name) {
                name.clear();
            }
        }
        explained.extend(names);
        Some((dots.drawn(), alone))
    }

    /// The most workers, where those are more than there are cores.
    fn beyond(&self) -> Option<usize> {
        let counts = self.curves.counts();
        counts.last().copied().filter(|most| Some(*most) > self.curves.full())
    }

    fn row(&self, curve: &Curve<'_>) -> Option<Dot> {
        let full = self.curves.full()?;
        let (_, &one) = curve.points.range(..=full).next_back()?;
        let speedup = sound(one.speedup())?;
        let strategy = short(curve.strategy);
        let tip = |one: &Measured| {
            let value = sound(one.speedup())?;
            let (workers, value) = (count(one.workers as u64, "worker"), words::speedup(&value));
            Some(format!("{strategy}, {workers}: {value}"))
        };
        let also = self.beyond().and_then(|most| curve.points.get(&most).copied());
        let also = also.and_then(|more| Some((sound(more.speedup())?.median, tip(more)?)));
        let name = match one.workers {
            fewer if fewer < full => format!("{strategy}, {}", count(fewer as u64, "worker")),
            _ => strategy.clone(),
        };
        Some(Dot {
            name,
            value: speedup.median,
            bounds: speedup.low.zip(speedup.high),
            tip: tip(one)?,
            text: format!("{}x", three_digits(speedup.median)),
            also,
            band: band(one).filter(|_| one.workers == full),
            roof: roof(self.results, one).filter(|_| one.workers == full),
            behind: self.dot_behind(curve.strategy, one.workers),
            ..Dot::default()
        })
    }
}
