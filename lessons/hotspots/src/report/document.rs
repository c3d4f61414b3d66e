use std::path::Path;

use course::Seconds;
use measure::{Error, Interval, machine::Machine, verdict::Verdict};
use serde::Serialize;

use crate::Part;
use crate::amdahl::Prediction;
use crate::input::Input;
use crate::measure::{Measured, Results};
use crate::options::Options;
use crate::profile::{Profile, Sampled};

/// Everything that was seen. As JSON it is this lesson's document.
#[derive(Debug, Serialize)]
pub(crate) struct Document {
    schema: u32,
    lesson: &'static str,
    version: &'static str,
    /// Only asked for JSON: to measure a machine takes time.
    machine: Option<Machine>,
    records: Records,
    /// Of the first row, and of the one whose hot part is cold.
    profiles: Vec<ProfileFacts>,
    /// The file with the flamegraph.
    pub(crate) flamegraph: Option<String>,
    runs: Vec<Run>,
}

/// The file that all rows read.
#[derive(Debug, Serialize)]
struct Records {
    terms: u64,
    bytes: u64,
    /// The file of `--file`; null where the lesson made one.
    file: Option<String>,
    /// The seed of the file that the lesson made.
    seed: Option<u64>,
    /// Lines that were left out.
    bad_lines: u64,
    first_bad_lines: Vec<Bad>,
    /// The sum of all distances, in tenths.
    expected: String,
}

#[derive(Debug, Serialize)]
struct Bad {
    line: u64,
    why: String,
}

/// A profile of one row.
#[derive(Debug, Serialize)]
struct ProfileFacts {
    strategy: &'static str,
    samples: Option<u64>,
    parts: Vec<Share>,
    /// Why there are no samples.
    note: Option<String>,
}

#[derive(Debug, Serialize)]
struct Share {
    part: Part,
    samples: Option<u64>,
    share: Option<f64>,
    stopwatch_share: f64,
}

/// A row of the table.
#[derive(Debug, Serialize)]
struct Run {
    strategy: &'static str,
    workers: usize,
    terms: u64,
    changes: &'static [Part],
    seconds: Option<Seconds>,
    parts: Vec<PartSeconds>,
    predicted_seconds: Option<f64>,
    predicted_speedup: Option<f64>,
    /// Over the first row, by the medians.
    speedup: Option<f64>,
    sum: Option<String>,
    verdict: Verdict,
    note: Option<String>,
}

#[derive(Debug, Serialize)]
struct PartSeconds {
    part: Part,
    seconds: Option<f64>,
}

impl Document {
    pub(crate) fn new(
        options: &Options,
        input: &Input,
        results: &Results,
        flamegraph: Option<&Path>,
    ) -> Result<Self, Error> {
        let made = options.file.is_none();
        let bad = |bad: &crate::BadLine| Bad { line: bad.line, why: bad.why.clone() };
        Ok(Document {
            schema: 1,
            lesson: "hotspots",
            version: env!("CARGO_PKG_VERSION"),
            machine: options.json.then(|| Machine::measured(None)).transpose()?,
            records: Records {
                terms: input.known.records,
                bytes: input.bytes,
                file: options.file.as_ref().map(|path| path.display().to_string()),
                seed: made.then_some(options.seed),
                bad_lines: input.bad,
                first_bad_lines: input.first_bad.iter().map(bad).collect(),
                expected: input.known.total.to_string(),
            },
            profiles: results.profiles.iter().map(ProfileFacts::of).collect(),
            flamegraph: flamegraph.map(|path| path.display().to_string()),
            runs: results.rows.iter().map(|row| Run::of(row, options, input, results)).collect(),
        })
    }

    pub(crate) fn json(&self) -> String {
        serde_json::to_string_pretty(self).expect("a document is plain data") + "\n"
    }
}

impl ProfileFacts {
    fn of(profile: &Profile) -> Self {
        let sampled: Option<&Sampled> = profile.sampled.as_ref().ok();
        let share = |part: Part| Share {
            part,
            samples: sampled.map(|sampled| sampled.parts[part as usize]),
            share: sampled.map(|sampled| sampled.share(part)),
            stopwatch_share: profile.stopwatch[part as usize],
        };
        ProfileFacts {
            strategy: profile.row,
            samples: sampled.map(|sampled| sampled.samples),
            parts: Part::ALL.map(share).into(),
            note: profile.sampled.as_ref().err().cloned(),
        }
    }
}

impl Run {
    fn of(measured: &Measured, options: &Options, input: &Input, results: &Results) -> Self {
        let prediction = Prediction::of(measured, results);
        let (time, first) = (measured.time(), results.first().and_then(Measured::time));
        let seconds = |interval: Interval| Seconds { interval, samples: measured.seconds.clone() };
        let parallel = measured.row.name == "hot-parallel";
        let verdict = measured.judged();
        Run {
            strategy: measured.row.name,
            workers: if parallel { options.workers.main().get() } else { 1 },
            terms: input.known.records,
            changes: measured.row.changes,
            seconds: time.map(seconds),
            parts: Part::ALL
                .map(|part| PartSeconds { part, seconds: measured.time_of(part) })
                .into(),
            predicted_seconds: prediction.as_ref().map(|prediction| prediction.seconds),
            predicted_speedup: prediction.as_ref().map(|prediction| prediction.speedup),
            speedup: first.zip(time).map(|(first, time)| first.median / time.median),
            // A row is right only if its file holds this sum, in its last line.
            sum: (verdict == Verdict::Right).then(|| input.known.total.to_string()),
            verdict,
            note: measured.note.clone(),
        }
    }
}
