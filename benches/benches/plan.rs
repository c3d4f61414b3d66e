//! What of the benches to run, and how much of it to measure.

use std::time::Duration;

use benches::arguments::Asked;
use benches::baselines;
use criterion::{Criterion, PlottingBackend};
use kernels::Workers;

/// What the arguments ask for.
#[derive(Debug, Clone)]
pub struct Plan {
    /// The arguments after `cargo bench --`.
    pub arguments: Vec<String>,
    /// Whether anything is measured; not with `--test`, `--list` and the like.
    pub measures: bool,
    /// A chosen part, with two samples or a few each.
    pub quick: bool,
    /// The name of `--save-baseline`, where something is measured.
    pub saves: Option<String>,
}

impl Plan {
    /// The plan of arguments that were looked at.
    pub fn new(asked: Asked) -> Self {
        let Asked { measures, quick, saves, .. } = asked;
        // Now they are known to be text.
        let all = std::env::args().skip(1);
        let arguments = all.filter(|argument| argument != "--bench").collect();
        Plan { arguments, measures, quick, saves: saves.filter(|_| measures) }
    }

    /// Criterion with times that let two hundred ids end in minutes. Options on the command line win.
    pub fn configure(&self, criterion: Criterion) -> Criterion {
        criterion
            .sample_size(10)
            .warm_up_time(Duration::from_millis(100))
            .measurement_time(Duration::from_millis(300))
            .nresamples(10_000)
            .output_directory(&baselines::folder())
            .plotting_backend(PlottingBackend::None)
            .without_plots()
            .configure_from_args()
    }

    /// Whether the arguments name this.
    pub fn names(&self, what: &str) -> bool {
        self.arguments.iter().any(|argument| argument.contains(what))
    }

    /// So many terms where something is measured, and few where not.
    pub fn terms(&self, terms: u64) -> u64 {
        if self.measures { terms } else { 1000 }
    }

    /// The worker counts of the scaling curves.
    pub fn counts(&self) -> Vec<Workers> {
        let usable = Workers::usable();
        let counts = benches::worker_counts(usable);
        if self.quick { benches::ends_of(&counts, usable) } else { counts }
    }

    /// One worker, and as many as there are usable cores.
    pub fn one_and_all() -> Vec<Workers> {
        let mut counts = vec![Workers::ONE, Workers::usable()];
        counts.dedup();
        counts
    }

    /// Of `names`, those that a quick run measures, too: every other one, and the last.
    pub fn some<'n>(&self, names: &[&'n str]) -> Vec<&'n str> {
        let kept =
            |place: usize| !self.quick || place.is_multiple_of(2) || place + 1 == names.len();
        names.iter().enumerate().filter(|(place, _)| kept(*place)).map(|(_, name)| *name).collect()
    }
}
