use kernels::AnyKernel;

use super::{Audit, Audited};
use crate::subject::{Ruling, Subject};
use crate::{Complaint, Context, Error, Strategy, TimeLimit};

/// The untimed run of a strategy that shows who summed what.
#[derive(Debug)]
pub struct AuditedRun {
    /// What it showed.
    pub audit: Audit,
    /// What is wrong with it, if anything.
    pub complaint: Option<Complaint>,
}

/// Runs `strategy` once on `subject` under audit; `title` says which run it is.
///
/// # Errors
///
/// Those of the strategy, and [`Error::TimedOut`].
pub fn audited(
    strategy: &Strategy<AnyKernel>,
    subject: &Subject,
    context: &Context,
    limit: &TimeLimit,
    title: &str,
) -> Result<AuditedRun, Error> {
    let audited = || Audited::new(subject.kernel().kernel());
    let mut sum = limit.run(title, context.cancellation(), || {
        strategy.start(&AnyKernel::new(audited()), context)
    })?;
    // The log begins anew once the workers of a pool are ready, so that times count from the sum's start.
    let recorded = audited();
    let kernel = AnyKernel::new(recorded.clone());
    let total = limit.run(title, context.cancellation(), || sum(&kernel, 0..subject.terms()))?.sum;
    drop(sum);
    let audit = recorded.finish(context.workers());
    let complaint = if let Ruling::Wrong(_) = subject.rule(total, strategy.floats) {
        Some("the audited sum is not the known answer; fix the code of this strategy")
    } else if audit.complete && !audit.tiles(subject.terms()) {
        Some("the workers did not sum every term exactly once; fix this strategy")
    } else {
        None
    };
    let complaint = complaint.map(|text| Complaint::Wrong(text.to_owned()));
    Ok(AuditedRun { audit, complaint })
}
