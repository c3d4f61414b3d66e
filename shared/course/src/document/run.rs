use kernels::Ceiling;
use measure::audit::{Audit, AuditedWorker};
use measure::counters::Counters;
use measure::machine::Machine;
use measure::verdict::Verdict;
use measure::{Interval, Row};
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};

use super::KernelFacts;

/// One strategy at one worker count.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct Run {
    /// Its name.
    pub strategy: String,
    /// How many workers it was given.
    pub workers: usize,
    /// How many terms it summed.
    pub terms: u64,
    /// Seconds of one sum.
    pub seconds: Option<Seconds>,
    /// Seconds of one sum where the baseline takes its median: that of the baseline over the speedup.
    /// These are shown, and their ratio to the baseline is the speedup that is shown. Null where there is
    /// no speedup.
    #[serde(default)]
    pub comparable_seconds: Option<f64>,
    /// Terms per second.
    pub terms_per_second: Option<f64>,
    /// Bytes read per second, of a kernel that reads.
    pub bytes_per_second: Option<f64>,
    /// The rate over the ceiling that the kernel names.
    pub ceiling_fraction: Option<f64>,
    /// Time of the baseline over time of this run, per term.
    pub speedup: Option<Interval>,
    /// Speedup over the capacity in the same round.
    pub of_control: Option<Interval>,
    /// Speedup over workers.
    pub efficiency: Option<f64>,
    /// CPU seconds of one sum, child processes included.
    pub cpu_seconds: Option<f64>,
    /// The sum; null unless it is right.
    pub sum: Option<String>,
    /// The judgement.
    pub verdict: Verdict,
    /// Whether the sum has the bits of the exact one; of the reader's own kernel, whether it counts as the same.
    #[serde(default)]
    pub same_bits: bool,
    /// How often a lost range was given to another worker.
    #[serde(default)]
    pub retries: u32,
    /// What else there is to say.
    pub note: Option<String>,
    /// Longest busy time over the mean.
    pub imbalance: Option<f64>,
    /// Seconds that the pool took to start, once, before all sums.
    #[serde(default)]
    pub start_seconds: Option<f64>,
    /// Seconds of the phases of the audited run, where the strategy reports them.
    #[serde(default)]
    pub phases: Option<Phases>,
    /// Per worker: how often it took work from another.
    pub steals: Option<Vec<u64>>,
    /// What the processors counted in one sum, in sums that were not timed; null where nobody asked for it.
    #[serde(default)]
    pub counters: Option<Counters>,
    /// What every worker did in the audited run.
    #[serde(default)]
    pub audit: Vec<AuditEntry>,
    /// What only the lesson knows of the run.
    #[serde(flatten)]
    pub extra: Map<String, Value>,
}

/// An interval and the samples behind it.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct Seconds {
    /// Median and interval.
    #[serde(flatten)]
    pub interval: Interval,
    /// Every sample, in the order of the rounds.
    #[serde(default)]
    pub samples: Vec<f64>,
}

impl Seconds {
    /// The median of samples, and the samples; `None` for no samples.
    pub fn of(samples: &[f64]) -> Option<Self> {
        Some(Seconds { interval: Interval::of(samples)?, samples: samples.to_vec() })
    }

    /// How many times as long this took as `other`, where both have a sample of each round.
    pub fn over(&self, other: &Seconds) -> Option<Interval> {
        let rounds = self.samples.iter().zip(&other.samples);
        Interval::of(&rounds.map(|(one, other)| one / other).collect::<Vec<_>>())
    }
}

/// Seconds of the phases of a sum, by name, in their order.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Phases(pub Vec<(String, f64)>);

impl Phases {
    fn of(audit: &Audit) -> Option<Self> {
        let phases = audit.phases.iter();
        let phases: Vec<_> =
            phases.map(|(name, time)| ((*name).to_owned(), time.as_secs_f64())).collect();
        (!phases.is_empty()).then_some(Phases(phases))
    }

    /// Seconds of the phase `name`; 0 where there is none.
    pub fn get(&self, name: &str) -> f64 {
        self.0.iter().find(|(phase, _)| phase == name).map_or(0.0, |(_, seconds)| *seconds)
    }
}

impl Serialize for Phases {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_map(self.0.iter().map(|(name, seconds)| (name, seconds)))
    }
}

impl<'de> Deserialize<'de> for Phases {
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let map = std::collections::BTreeMap::deserialize(deserializer)?;
        Ok(Phases(map.into_iter().collect()))
    }
}

/// What one worker did in the audited run.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct AuditEntry {
    /// Its number, from 0.
    pub worker: usize,
    /// `thread 1`, `process 4711`, `thread 1 of process 4711`, `device 1` or `idle`.
    pub id: String,
    /// How many terms it summed.
    pub terms: u64,
    /// In how many stretches.
    pub ranges: usize,
    /// How long it was busy with them.
    pub busy_seconds: f64,
    /// When it began, from the start of the run.
    pub start: f64,
    /// When it was done, from the start of the run.
    pub end: f64,
}

impl From<&AuditedWorker> for AuditEntry {
    fn from(worker: &AuditedWorker) -> Self {
        AuditEntry {
            worker: worker.worker,
            id: worker.id.clone(),
            terms: worker.terms,
            ranges: worker.ranges,
            busy_seconds: worker.busy.as_secs_f64(),
            start: worker.start.as_secs_f64(),
            end: worker.end.as_secs_f64(),
        }
    }
}

/// What a row is compared with; `None` where that was not measured.
#[derive(Debug, Clone, Copy)]
pub(super) struct Given {
    /// Seconds of the baseline, the median.
    pub(super) alone: Option<f64>,
    /// What the machine gave to so many workers.
    pub(super) cores: Option<f64>,
}

impl Run {
    pub(super) fn new(row: &Row, kernel: &KernelFacts, machine: &Machine, given: Given) -> Self {
        let seconds = row.time();
        let verdict = row.verdict(machine.usable_cores, false);
        let good = verdict.has_right_sum();
        let compared = verdict.is_comparable();
        let speedup = row.interval(&row.speedups).filter(|_| compared);
        let comparable = given.alone.zip(speedup).map(|(alone, speedup)| {
            alone * (row.terms as f64 / kernel.terms as f64).min(1.0) / speedup.median
        });
        let time = comparable.or(seconds.map(|time| time.median)).filter(|_| good);
        let rate = time.map(|time| row.terms as f64 / time);
        let audit = row.audit.as_ref();
        let complaint = row.complaint.as_ref().map(|complaint| complaint.text().to_owned());
        let note = complaint.or_else(|| row.note.clone()).or_else(|| note(row, kernel, verdict));
        let elsewhere = audit.map_or(0.0, Audit::busy_elsewhere);
        let on_cores = audit.is_none_or(|audit| !audit.by_device);
        Run {
            strategy: row.strategy.clone(),
            workers: row.workers.get(),
            terms: row.terms,
            seconds: seconds.map(|interval| Seconds { interval, samples: row.seconds.clone() }),
            comparable_seconds: comparable,
            terms_per_second: rate,
            bytes_per_second: rate
                .map(|rate| rate * kernel.bytes_per_term as f64)
                .filter(|_| kernel.bytes_per_term > 0),
            // The ceilings are those of the cores.
            ceiling_fraction: rate.filter(|_| compared && on_cores && row.terms > 0).and_then(
                |rate| {
                    let all = row.workers.get().min(machine.usable_cores) as f64;
                    ceiling_fraction(rate, kernel, machine, given.cores.unwrap_or(all))
                },
            ),
            speedup,
            // What cores were given is nothing to a device. A sum of no terms was given none, and nothing is a share of
            // that: JSON would have null in the place of the median, which nobody could read back.
            of_control: row
                .interval(&row.shares)
                .filter(|share| compared && on_cores && share.median.is_finite()),
            efficiency: speedup.map(|speedup| speedup.median / row.workers.get() as f64),
            cpu_seconds: Interval::of(&row.cpu_seconds)
                .filter(|_| good)
                .map(|cpu| cpu.median + elsewhere),
            sum: row.sum.clone().filter(|_| good),
            verdict,
            same_bits: row.same_bits,
            retries: row.retries,
            note,
            imbalance: audit.and_then(Audit::imbalance),
            start_seconds: row.start.map(|start| start.as_secs_f64()),
            phases: audit.and_then(Phases::of),
            steals: audit.and_then(Audit::steals),
            counters: row.counters.as_ref().map(|counted| counted.counters),
            audit: audit
                .map(|audit| audit.workers.iter().map(AuditEntry::from).collect())
                .unwrap_or_default(),
            extra: Map::new(),
        }
    }
}

fn note(row: &Row, kernel: &KernelFacts, verdict: Verdict) -> Option<String> {
    match verdict {
        Verdict::Unaudited => Some(
            "the kernel was never asked for a term, so nobody can say who added what".to_owned(),
        ),
        Verdict::Folded => Some("the compiler replaced the loop by a formula".to_owned()),
        Verdict::Skipped => Some("not checked: another row took too long".to_owned()),
        _ if row.terms != kernel.terms => Some(format!("on {} terms", units::grouped(row.terms))),
        _ => None,
    }
}

/// The rate over the bound that the kernel names, where the machine gave so many `cores`; `None` for
/// `primes`, which names none.
fn ceiling_fraction(rate: f64, kernel: &KernelFacts, machine: &Machine, cores: f64) -> Option<f64> {
    let ceilings = &machine.ceilings;
    Some(match kernel.name.description().ceiling? {
        Ceiling::Additions => rate / (ceilings.additions_per_second_per_core * cores),
        Ceiling::Divisions => rate / (ceilings.divisions_per_second_per_core * cores),
        Ceiling::Bandwidth => rate * kernel.bytes_per_term as f64 / ceilings.read_bytes_per_second,
    })
}

#[cfg(test)]
mod tests {
    use kernels::Known;

    use super::*;
    use crate::made_up::{integers, run};

    #[test]
    fn no_share_of_no_cores_is_in_a_document() {
        let made_up = integers(Vec::new());
        let mut row = Row::new("scoped", kernels::Workers::new(2).expect("two"), 0);
        (row.seconds, row.speedups, row.shares) = (vec![1e-7], vec![1.0], vec![f64::INFINITY]);
        row.audit = Some(
            measure::audit::Audited::new(kernels::Integers::new(0).expect("none"))
                .finish(row.workers),
        );
        let given = Given { alone: Some(1e-7), cores: Some(0.0) };
        let run = Run::new(&row, &made_up.kernel, &made_up.machine, given);
        assert_eq!((run.verdict, run.of_control), (Verdict::Right, None));
        let document = integers(vec![run]);
        assert!(crate::Document::<crate::Measurements>::parse(&document.to_json()).is_ok());
    }

    /// Four fast and four slow cores are 5.6 cores, and the ceiling of all eight is theirs.
    #[test]
    fn the_ceiling_is_that_of_the_cores_that_were_given() {
        let document = integers(vec![run("self-scheduled", 8, 0.0018)]);
        let ceilings = &document.machine.ceilings;
        let rate = 5.6 * ceilings.additions_per_second_per_core;
        let fraction = |cores| ceiling_fraction(rate, &document.kernel, &document.machine, cores);
        assert_eq!((fraction(5.6), fraction(8.0)), (Some(1.0), Some(0.7)));
    }
}
