use kernels::{AnyKernel, Kernel, Total};

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
        strategy.start_audited(&AnyKernel::new(audited()), context)
    })?;
    // The log begins anew once the workers of a pool are ready, so that times count from the sum's start.
    let recorded = audited();
    let kernel = AnyKernel::new(recorded.clone());
    let total = limit.run(title, context.cancellation(), || sum(&kernel, 0..subject.terms()))?.sum;
    drop(sum);
    let audit = recorded.finish(context.workers());
    let fault = fault(subject, &total, strategy.floats, &audit);
    let complaint =
        fault.map(|fault| Complaint::Wrong(format!("{fault}; fix the code of this strategy")));
    Ok(AuditedRun { audit, complaint })
}

/// Lets `strategy` sum `kernel`, which is that of `subject`, once more under audit, by the workers of `context`:
/// the sum, and what is wrong with it, in words.
///
/// # Errors
///
/// Those of the strategy.
pub fn second_look(
    strategy: &Strategy<AnyKernel>,
    kernel: impl Kernel,
    subject: &Subject,
    context: &Context,
) -> Result<(Total, Option<String>), Error> {
    let recorded = Audited::new(kernel);
    let kernel = AnyKernel::new(recorded.clone());
    let sum = strategy.start_audited(&kernel, context)?(&kernel, 0..subject.terms())?.sum;
    let audit = recorded.finish(context.workers());
    let fault = fault(subject, &sum, strategy.floats, &audit);
    Ok((sum, fault))
}

/// What is wrong with a sum and with what the audit saw of it, in words; `None` where nothing is. That
/// nobody asked the kernel for a term is not wrong.
fn fault(subject: &Subject, sum: &Total, floats: bool, audit: &Audit) -> Option<String> {
    let terms = subject.terms();
    let was_asked = audit.complete && !audit.saw_nothing_of(terms);
    let coverage = (was_asked && !audit.tiles(terms)).then(|| Coverage::of(audit, terms));
    let Ruling::Wrong(_) = subject.rule(sum, floats) else {
        return coverage.map(|coverage| format!("the sum is right, but {coverage}"));
    };
    let why = match &coverage {
        Some(coverage) => format!(": {coverage}"),
        None if was_asked && audit.reported => {
            ", though the strategy reports that every term was summed once".to_owned()
        }
        None if was_asked => {
            ", though every term was summed once: a partial was lost or changed on its way \
                              into the total"
                .to_owned()
        }
        None if audit.complete => ": nobody asked the kernel for a term".to_owned(),
        None => String::new(),
    };
    let tail = match subject.missing_tail(sum) {
        Some(tail) if coverage.is_none() => format!(", as much as {tail}"),
        _ => String::new(),
    };
    Some(format!("the sum is {}{tail}{why}", subject.off(sum)))
}

#[cfg(test)]
mod tests {
    use std::ops::Range;
    use std::time::Instant;

    use kernels::{AnyKnown, Event, Integers, Known, Span, Workers};

    use super::*;

    type Planted = fn(&AnyKernel, Range<u64>, &Context) -> Result<Total, Error>;

    fn fault_of(planted: Planted, terms: u64) -> Option<String> {
        let subject = Subject::new(AnyKnown::new(Integers::new(terms).expect("few")), terms);
        let (kernel, context) = (subject.kernel().kernel(), Context::new(Workers::ONE));
        let strategy = Strategy::new("planted", "", planted);
        second_look(&strategy, kernel, &subject, &context).expect("it sums").1
    }

    /// What a strategy reports is no proof: it may be what it meant to do.
    #[test]
    fn what_was_reported_is_not_what_was_seen() {
        let reports = |kernel: &AnyKernel, terms: Range<u64>, _: &Context| {
            kernel.record(Event::Summed(Span::mine(terms.clone(), Instant::now())));
            Ok((terms.start..terms.end - 3).sum::<u64>().into())
        };
        assert_eq!(
            fault_of(reports, 100_003).as_deref(),
            Some(
                "the sum is 300,003 too small, as much as the last 3 terms, 100,000..100,003, though the \
                 strategy reports that every term was summed once"
            )
        );
        let loses = |kernel: &AnyKernel, terms: Range<u64>, _: &Context| {
            Ok(kernel.sum(terms) + u64::MAX.into())
        };
        assert_eq!(
            fault_of(loses, 1000).as_deref(),
            Some(
                "the sum is 1 too small, though every term was summed once: a partial was lost or changed on \
                 its way into the total"
            )
        );
        assert_eq!(fault_of(|kernel, terms, _| Ok(kernel.sum(terms)), 1000), None);
    }
}
