use crate::measure::{Measured, Results};
use crate::profile::Profile;
use crate::{Part, ROWS};

/// What Amdahl's law says of a row before it is measured: the first program's time, less what its
/// changed parts save.
#[derive(Debug, Clone)]
pub(crate) struct Prediction {
    /// Each changed part.
    pub(crate) changes: Vec<Change>,
    /// Seconds of the whole row.
    pub(crate) seconds: f64,
    /// How many times faster than the first that is.
    pub(crate) speedup: f64,
}

/// A part that a row does in another way.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Change {
    pub(crate) part: Part,
    /// Its share of the first program's time.
    pub(crate) share: f64,
    /// How many times faster it is than in the first program, by the stopwatch.
    pub(crate) faster: f64,
}

impl Prediction {
    /// The prediction for a row; `None` for the first one, and where something was not measured.
    pub(crate) fn of(measured: &Measured, results: &Results) -> Option<Self> {
        let (first, profile) = (results.first()?, results.profiles.first()?);
        let time = first.time()?.median;
        let change = |part: &Part| Change::of(*part, first, measured, profile);
        let changes: Vec<Change> = measured.row.changes.iter().filter_map(change).collect();
        if changes.is_empty() {
            return None;
        }
        let saved: f64 = changes.iter().map(Change::saves).sum();
        let left = (1.0 - saved).max(f64::MIN_POSITIVE);
        Some(Prediction { changes, seconds: time * left, speedup: 1.0 / left })
    }
}

impl Change {
    fn of(part: Part, first: &Measured, now: &Measured, profile: &Profile) -> Option<Self> {
        let (before, now) = (first.time_of(part)?, now.time_of(part)?);
        // No clock of ours tells less than a nanosecond.
        let faster = before.max(1e-9) / now.max(1e-9);
        Some(Change { part, share: profile.share(part), faster })
    }

    /// The share of the whole time that the change saves.
    fn saves(&self) -> f64 {
        self.share * (1.0 - 1.0 / self.faster)
    }
}

impl Results {
    /// The first program, with which the others are compared.
    pub(crate) fn first(&self) -> Option<&Measured> {
        self.rows.iter().find(|measured| measured.row.name == ROWS[0].name)
    }
}
