use std::collections::BTreeMap;
use std::time::Duration;

use kernels::{KernelName, Workers};

use crate::audit::Audit;
use crate::counters::Counted;
use crate::verdict::{CORES_OF_A_DEVICE, Evidence, Verdict, judge};
use crate::{Capacity, Complaint, Error, Interval, REFUSED};

/// Everything that was measured so far. Plain data: also readable while a row is stuck.
#[derive(Debug, Clone, Default)]
pub struct Results {
    /// Seconds of the baseline, round by round.
    pub baseline: Vec<f64>,
    /// What the machine gave to this many workers, round by round; nothing for one worker, who has one
    /// core by definition.
    pub controls: BTreeMap<Workers, Vec<Capacity>>,
    /// One entry per strategy and worker count.
    pub rows: Vec<Row>,
    /// Whether the number of rounds depended on what they showed.
    pub looks: bool,
}

impl Results {
    /// The median of some of these samples, and how sure it is.
    pub fn interval(&self, samples: &[f64]) -> Option<Interval> {
        Interval::after(samples, self.looks)
    }

    /// Notes that the run which `late` names is stuck for good.
    pub fn fail_stuck(&mut self, late: &Error) {
        let Some(run) = late.stuck_run() else { return };
        self.rows.iter_mut().filter(|row| row.title() == run).for_each(|row| row.fail(late));
    }

    /// For results that are worth nothing without each of their rows.
    ///
    /// # Errors
    ///
    /// [`Error::Row`] for the first row that something speaks against.
    pub fn all_good(&self) -> Result<(), Error> {
        self.rows.iter().try_for_each(|row| match &row.complaint {
            None => Ok(()),
            Some(complaint) => Err(Error::Row {
                row: row.title(),
                cause: complaint.text().to_owned(),
                exit_code: match row.exit_code() {
                    0 => REFUSED,
                    code => code,
                },
            }),
        })
    }
}

/// What is known of one strategy at one worker count.
#[derive(Debug, Clone)]
pub struct Row {
    /// The strategy.
    pub strategy: String,
    /// The kernel, where it is not the one that the whole run is about.
    pub on: Option<KernelName>,
    /// How many workers it was given.
    pub workers: Workers,
    /// How many terms it summed.
    pub terms: u64,
    /// Seconds, round by round.
    pub seconds: Vec<f64>,
    /// CPU seconds of this process, round by round.
    pub cpu_seconds: Vec<f64>,
    /// Speedups over the baseline of the same round.
    pub speedups: Vec<f64>,
    /// Shares of the capacity in the same round: speedup over cores.
    pub shares: Vec<f64>,
    /// How long its pool took to start.
    pub start: Option<Duration>,
    /// The sum, as it is shown.
    pub sum: Option<String>,
    /// Whether all sums had the bits of the exact one.
    pub same_bits: bool,
    /// How often a lost range was given to another worker, in all its runs.
    pub retries: u32,
    /// Its audited run.
    pub audit: Option<Audit>,
    /// How many terms that run had, where they were fewer.
    pub audited_terms: Option<u64>,
    /// What the processors counted in runs that were not timed.
    pub counters: Option<Counted>,
    /// What speaks against it: the first complaint stands.
    pub complaint: Option<Complaint>,
    /// What else there is to say.
    pub note: Option<String>,
    /// Whether the number of its rounds depended on what they showed.
    pub looks: bool,
}

impl Row {
    /// A row of which nothing is known yet.
    pub fn new(strategy: &str, workers: Workers, terms: u64) -> Self {
        Row {
            strategy: strategy.to_owned(),
            on: None,
            workers,
            terms,
            seconds: Vec::new(),
            cpu_seconds: Vec::new(),
            speedups: Vec::new(),
            shares: Vec::new(),
            start: None,
            sum: None,
            same_bits: true,
            retries: 0,
            audit: None,
            audited_terms: None,
            counters: None,
            complaint: None,
            note: None,
            looks: false,
        }
    }

    /// How the row is called in messages.
    pub fn title(&self) -> String {
        let workers = units::count(self.workers.get() as u64, "worker");
        let on = self.on.map(|kernel| format!(" on {kernel}")).unwrap_or_default();
        format!("{} with {workers}{on}", self.strategy)
    }

    /// Notes an error; the first one stands. A row that needs what this machine lacks has not failed.
    pub fn fail(&mut self, error: &Error) {
        self.complain(Complaint::of(error));
    }

    /// Notes what speaks against the row, unless something does already.
    pub fn complain(&mut self, complaint: Complaint) {
        self.complaint.get_or_insert(complaint);
    }

    /// Median seconds, and how sure they are.
    pub fn time(&self) -> Option<Interval> {
        self.interval(&self.seconds)
    }

    /// The median of some of its samples, and how sure it is.
    pub fn interval(&self, samples: &[f64]) -> Option<Interval> {
        Interval::after(samples, self.looks)
    }

    /// What is to be thought of the row, on a machine with `usable_cores`. A row counts as checked once it
    /// was audited; `unchecked` says that nobody audits rows of this kind.
    pub fn verdict(&self, usable_cores: usize, unchecked: bool) -> Verdict {
        let by_device = self.audit.as_ref().is_some_and(|audit| audit.by_device);
        judge(&Evidence {
            complaint: self.complaint.as_ref(),
            checked: self.audit.is_some() || (unchecked && !self.seconds.is_empty()),
            audited: self.audit.as_ref().is_none_or(|audit| !audit.saw_nothing_of(self.terms)),
            terms: self.terms,
            seconds: self.time().map(|time| time.median),
            cores: if by_device { CORES_OF_A_DEVICE } else { self.workers.get().min(usable_cores) },
        })
    }

    /// The exit code that the row asks for.
    pub fn exit_code(&self) -> u8 {
        match &self.complaint {
            Some(Complaint::Wrong(_)) => 1,
            Some(Complaint::Failed(_, code)) => *code,
            Some(Complaint::Missing(_)) | None => 0,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_first_complaint_stands() {
        let mut row = Row::new("scoped", Workers::ONE, 10);
        let missing = Error::Missing { what: "it".into(), why: "gone".into(), remedy: "get it" };
        row.fail(&missing);
        row.complain(Complaint::Wrong("later".into()));
        assert_eq!((row.verdict(1, false), row.exit_code()), (Verdict::Skipped, 0));
        assert!(row.complaint.is_some_and(|complaint| complaint.text().contains("gone")));
    }

    #[test]
    fn a_bad_row_is_an_error_where_all_rows_are_needed() {
        let mut results = Results::default();
        results.rows.extend(["good", "bad"].map(|name| Row::new(name, Workers::ONE, 10)));
        assert!(results.all_good().is_ok());
        results.rows[1].fail(&Error::Usage("no such thing".into()));
        let error = results.all_good().expect_err("one is bad");
        assert_eq!(error.to_string(), "bad with 1 worker: no such thing");
        assert_eq!(error.exit_code(), 2);
    }
}
