//! Another machine, in grey behind this one: the same kernel, the same strategies, and their speedups only.

use course::gallery::{Entry, MachineCurve};
use draw::Reference;
use units::count;

use super::View;
use crate::chart::words;
use crate::text::short;

impl View<'_> {
    /// The curve of the fastest strategy here that was measured there, too, as far as there are workers here.
    pub(super) fn behind(&self) -> Option<Reference> {
        let (machine, curve) = self.alike()?;
        let most = self.curves.counts().last().copied()?;
        let points = curve.points.iter().filter(|point| point.workers <= most);
        let points = points.map(|point| (point.workers as f64, point.speedup.median)).collect();
        let name = format!("{} on {}", short(&curve.strategy), machine.title());
        Some(Reference { class: "behind", name, points })
    }

    /// The speedup of this strategy there with as many workers, and what the dot says.
    pub(super) fn dot_behind(&self, strategy: &str, workers: usize) -> Option<(f64, String)> {
        let machine = self.machine?;
        let curve = machine.curve(self.kernel, strategy)?;
        let point = curve.points.iter().find(|point| point.workers == workers)?;
        let (strategy, workers) = (short(strategy), count(workers as u64, "worker"));
        let value = words::speedup(&point.speedup);
        Some((
            point.speedup.median,
            format!("{strategy}, {workers} on {}: {value}", machine.title()),
        ))
    }

    /// Whose speedups are behind, and what may be compared; `rows` where each strategy has one.
    pub(super) fn behind_reading(&self, rows: bool) -> Option<String> {
        let (machine, curve) = self.alike()?;
        let whose = if rows { "the same strategies".to_owned() } else { short(&curve.strategy) };
        Some(machine.sentence(&format!("In grey: {whose}")))
    }

    fn alike(&self) -> Option<(&Entry, &MachineCurve)> {
        let machine = self.machine?;
        let ranked = self.ranked(self.curves.full()?).into_iter();
        let curve =
            ranked.filter_map(|(strategy, _)| machine.curve(self.kernel, strategy)).next()?;
        Some((machine, curve))
    }
}
