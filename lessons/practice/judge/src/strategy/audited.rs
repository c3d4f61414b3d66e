use std::sync::Arc;
use std::sync::atomic::Ordering::Relaxed;
use std::thread;
use std::time::{Duration, Instant};

use kernels::{AnyKernel, AnyKnown, Home, Workers};
use measure::audit::{Audit, Audited};
use measure::{Ruling, Subject, threads_now};

use super::counted::Counted;
use crate::rule::Seen;
use crate::{Lane, Strategy, Terms, Trial, locks_taken};

/// So often an audited run may fall short: on a busy machine threads start late.
const AUDITS: usize = 5;

/// How long threads may take to end once the sum is there.
const ENDING: Duration = Duration::from_millis(300);

impl Strategy {
    /// One sum under audit, against the rules.
    pub(super) fn how(&self, trial: &mut Trial) -> Result<(), String> {
        let terms = self.count()?;
        let kernel = AnyKnown::with_home(self.kernel, terms, Home::Private)
            .map_err(|error| error.to_string())?;
        let subject = Subject::new(kernel, terms);
        let mut broken = None;
        for _ in 0..AUDITS {
            trial.calling(format!(
                "{} by {}, under audit",
                units::count(terms, "term"),
                units::count(self.workers as u64, "worker")
            ));
            let seen = self.audited(&subject, trial.threads)?;
            broken = self.rules.iter().find_map(|rule| rule.broken(&seen));
            trial.lanes = lanes(&seen.audit);
            if broken.is_none() {
                return Ok(());
            }
        }
        broken.map_or(Ok(()), Err)
    }

    /// One sum under audit; what is wrong with it, in words, or what it showed.
    fn audited(&self, subject: &Subject, threads_at_first: Option<usize>) -> Result<Seen, String> {
        let terms = subject.terms();
        let recorded = Audited::new(subject.kernel().kernel());
        let counted = Counted {
            kernel: AnyKernel::new(recorded.clone()),
            calls: Arc::default(),
            under_lock: Arc::default(),
        };
        let locks = locks_taken();
        let kernel = AnyKernel::new(counted.clone());
        let sum = (self.sum)(&Terms::new(kernel, 0..terms), self.workers);
        let threads_left = threads_at_first.map(threads_left);
        let audit = recorded.finish(Workers::new(self.workers).expect("few workers"));
        if let Ruling::Wrong(_) = subject.rule(&sum.into(), false) {
            return Err(format!(
                "the sum is {} under audit, and was right before",
                subject.off(&sum.into())
            ));
        }
        if audit.saw_nothing_of(terms) {
            return Err(
                "the sum is right, but no term was asked for: who knows the answer has not added"
                    .to_owned(),
            );
        }
        if audit.complete && !audit.tiles(terms) {
            let coverage = audit.coverage(terms);
            return Err(format!("the sum is right, but {coverage}"));
        }
        let (locks, calls) = (locks_taken() - locks, counted.calls.load(Relaxed));
        let under_lock = counted.under_lock.load(Relaxed);
        Ok(Seen { audit, workers: self.workers, calls, locks, under_lock, threads_left })
    }
}

/// How many threads there are more than `before`, once those that end have had a moment for it.
pub(super) fn threads_left(before: usize) -> usize {
    let end = Instant::now() + ENDING;
    loop {
        let now = threads_now().map_or(0, |threads| threads.len());
        if now <= before || Instant::now() > end {
            return now.saturating_sub(before);
        }
        thread::sleep(Duration::from_millis(2));
    }
}

/// Who summed when.
fn lanes(audit: &Audit) -> Vec<Lane> {
    /// So many spans of a worker are shown.
    const MOST: usize = 400;
    let start = audit.spans.iter().map(|span| span.start).min().unwrap_or_default();
    let end = audit.spans.iter().map(|span| span.end).max().unwrap_or_default();
    let whole = (end - start).as_secs_f64().max(1e-9);
    let part = |time: Duration| (time - start).as_secs_f64() / whole;
    let lane = |worker: &measure::audit::AuditedWorker| {
        let spans = audit.spans.iter().filter(|span| span.worker == worker.worker);
        Lane {
            worker: worker.id.clone(),
            spans: spans.take(MOST).map(|span| (part(span.start), part(span.end))).collect(),
            terms: worker.terms,
            ranges: worker.ranges,
        }
    };
    audit.workers.iter().map(lane).collect()
}
