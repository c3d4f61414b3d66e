use course::Seconds;
use measure::counters::Counters;
use measure::machine::Machine;
use measure::verdict::Verdict;
use measure::{Interval, Row};
use serde::{Deserialize, Serialize};

use crate::change::{Change, predicted_speedup};
use crate::input::Input;
use crate::options::Options;
use crate::profile::Profile;
use crate::{BadLine, Part, VARIANTS, Variant};

/// Everything that was seen: what the lesson's document holds.
#[derive(Debug, Serialize, Deserialize)]
pub(crate) struct Observations {
    /// Only where a program or a teacher reads it: to measure a machine takes time.
    pub(crate) machine: Option<Machine>,
    pub(crate) records: RecordsFile,
    /// Of the first variant, and of the one whose hotspot is fixed.
    pub(crate) profiles: Vec<Profile>,
    /// The file with the flamegraph.
    pub(crate) flamegraph: Option<String>,
    /// Why some of what was to be counted was not; null where nothing is missing, or nobody asked for it.
    #[serde(default)]
    pub(crate) counters_missing: Option<String>,
    pub(crate) runs: Vec<VariantRun>,
}

/// The file that all variants read.
#[derive(Debug, Serialize, Deserialize)]
pub(crate) struct RecordsFile {
    pub(crate) terms: u64,
    pub(crate) bytes: u64,
    /// The file of `--file`; null where the lesson made one.
    file: Option<String>,
    /// The seed of the file that the lesson made.
    seed: Option<u64>,
    /// Lines that were left out.
    pub(crate) bad_lines: u64,
    pub(crate) first_bad_lines: Vec<BadLine>,
    /// The sum of all distances, in tenths.
    expected: String,
}

/// A row of the table.
#[derive(Debug, Serialize, Deserialize)]
pub(crate) struct VariantRun {
    pub(crate) strategy: String,
    pub(crate) workers: usize,
    pub(crate) terms: u64,
    changes: Vec<Part>,
    pub(crate) seconds: Option<Seconds>,
    parts: Vec<PartSeconds>,
    /// What its changes are worth, where both programs were timed.
    #[serde(default)]
    pub(crate) gains: Vec<Change>,
    /// By Amdahl's law: the first program's time, less what the changed parts save.
    pub(crate) predicted_seconds: Option<f64>,
    pub(crate) predicted_speedup: Option<f64>,
    /// Over the first variant, by the medians.
    pub(crate) speedup: Option<f64>,
    /// Of a row that shares work: how many cores as many threads got that share nothing, in the same rounds.
    #[serde(default)]
    pub(crate) capacity: Option<Interval>,
    /// What the processors counted in one run, in runs that were not timed; null where nobody asked for it.
    #[serde(default)]
    pub(crate) counters: Option<Counters>,
    sum: Option<String>,
    pub(crate) verdict: Verdict,
    note: Option<String>,
}

#[derive(Debug, Serialize, Deserialize)]
struct PartSeconds {
    part: Part,
    seconds: Option<f64>,
}

impl RecordsFile {
    pub(crate) fn new(options: &Options, input: &Input) -> Self {
        RecordsFile {
            terms: input.known.records,
            bytes: input.bytes,
            file: options.file.as_ref().map(|path| path.display().to_string()),
            seed: options.file.is_none().then_some(options.seed),
            bad_lines: input.bad,
            first_bad_lines: input.first_bad.clone(),
            expected: input.known.total.to_string(),
        }
    }
}

impl VariantRun {
    /// What was measured of a row, whose parts took so long; `usable_cores` says how fast it can be, and
    /// `capacity` what a row got that shares work.
    pub(crate) fn new(
        row: &Row,
        parts: [Option<f64>; Part::ALL.len()],
        usable_cores: usize,
        capacity: Option<Interval>,
    ) -> Self {
        let verdict = row.verdict(usable_cores, true);
        let is_right = verdict == Verdict::Right;
        let time = row.time().filter(|_| row.complaint.is_none());
        let seconds = |interval| Seconds { interval, samples: row.seconds.clone() };
        let known = |part: Part| parts[part as usize].filter(|_| row.complaint.is_none());
        let variant = VARIANTS.into_iter().find(|variant| variant.name == row.strategy);
        VariantRun {
            strategy: row.strategy.clone(),
            workers: row.workers.get(),
            terms: row.terms,
            changes: variant.map(|Variant { changes, .. }| changes.to_vec()).unwrap_or_default(),
            seconds: time.map(seconds),
            parts: Part::ALL.map(|part| PartSeconds { part, seconds: known(part) }).into(),
            gains: Vec::new(),
            predicted_seconds: None,
            predicted_speedup: None,
            speedup: None,
            capacity: capacity.filter(|_| variant.is_some_and(|variant| variant.parallel)),
            counters: row.counters.as_ref().map(|counted| counted.counters),
            // A row is right only if its file holds this sum, in its last line.
            sum: row.sum.clone().filter(|_| is_right),
            verdict,
            note: row.complaint.as_ref().map(|complaint| complaint.text().to_owned()),
        }
    }

    /// The same run, compared with the first variant, whose time the `profile` shares out.
    pub(crate) fn compared(self, first: Option<&VariantRun>, profile: Option<&Profile>) -> Self {
        let Some(first) = first else { return self };
        let seconds = |run: &VariantRun| run.time().map(|time| time.median);
        let gain = |part: &Part| {
            let (before, now) = (first.seconds_of(*part)?, self.seconds_of(*part)?);
            Some(Change::new(*part, profile?.share(*part), before, now))
        };
        let gains: Vec<Change> = self.changes.iter().filter_map(gain).collect();
        let predicted_speedup = predicted_speedup(&gains);
        VariantRun {
            predicted_speedup,
            predicted_seconds: seconds(first).zip(predicted_speedup).map(|(time, by)| time / by),
            speedup: seconds(first).zip(seconds(&self)).map(|(first, this)| first / this),
            gains,
            ..self
        }
    }

    /// The median time of all of it, and its interval.
    pub(crate) fn time(&self) -> Option<Interval> {
        self.seconds.as_ref().map(|seconds| seconds.interval)
    }

    /// Whether it is another program than the first.
    pub(crate) fn is_changed(&self) -> bool {
        !self.changes.is_empty()
    }

    /// Its only changed part.
    pub(crate) fn only_gain(&self) -> Option<Change> {
        if let ([_], [gain]) = (&self.changes[..], &self.gains[..]) { Some(*gain) } else { None }
    }

    fn seconds_of(&self, part: Part) -> Option<f64> {
        self.parts.iter().find(|one| one.part == part)?.seconds
    }
}
