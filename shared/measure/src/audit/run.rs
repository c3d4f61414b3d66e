use kernels::AnyKernel;

use super::coverage::Coverage;
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
    let fault = fault(subject, total, strategy.floats, &audit);
    let complaint =
        fault.map(|fault| Complaint::Wrong(format!("{fault}; fix the code of this strategy")));
    Ok(AuditedRun { audit, complaint })
}

/// What is wrong with a sum and with what the audit saw of it, in words; `None` where nothing is. That
/// nobody asked the kernel for a term is not wrong.
pub(crate) fn fault(subject: &Subject, sum: u64, floats: bool, audit: &Audit) -> Option<String> {
    let terms = subject.terms();
    let was_asked = audit.complete && !audit.saw_nothing_of(terms);
    let coverage = (was_asked && !audit.tiles(terms)).then(|| Coverage::of(audit, terms));
    let Ruling::Wrong(_) = subject.rule(sum, floats) else {
        return coverage.map(|coverage| format!("the sum is right, but {coverage}"));
    };
    let why = match coverage {
        Some(coverage) => format!(": {coverage}"),
        None if was_asked => {
            ", though every term was summed once: a partial was lost or changed on its way \
                              into the total"
                .to_owned()
        }
        None if audit.complete => ": nobody asked the kernel for a term".to_owned(),
        None => String::new(),
    };
    Some(format!("the sum is {}{why}", subject.off(sum)))
}
