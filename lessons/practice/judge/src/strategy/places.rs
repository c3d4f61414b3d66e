use std::sync::Arc;

use kernels::{AnyKernel, AnyKnown, Home, Kernel, KernelName, Total, Workers};
use measure::audit::Audited;
use measure::{Error, Subject, Summed, Work, time};
use rng::Rng;

use super::Sum;
use crate::Terms;
use crate::race::{MOST_ADDITIONS, folded};

/// Timed sums begin at so many places, so that no sum, and no block of one, is that of the time before.
const PLACES: usize = 4096;

/// One timed call in so many comes with one that is audited.
const AUDITED: usize = 6;

/// The terms that are timed: as many each time, from another place.
pub(super) struct Places {
    pub(super) subject: Subject,
    terms: u64,
    /// The sum that is right where they begin at each place.
    right: Vec<u64>,
    /// What no machine can do in less seconds.
    least_seconds: f64,
}

impl Places {
    pub(super) fn new(
        kernel: KernelName,
        terms: u64,
        workers: Workers,
    ) -> Result<Self, kernels::Error> {
        let known = AnyKnown::with_home(kernel, terms + PLACES as u64, Home::Private)?;
        let sums = known.kernel();
        let number = |total: Total| total.number().expect("whole numbers");
        let mut right = vec![number(sums.sum(0..terms))];
        for place in 0..PLACES as u64 {
            // One term less at the beginning, and one more at the end.
            let (gone, come) = (number(sums.term(place)), number(sums.term(terms + place)));
            right.push(right[place as usize].wrapping_sub(gone).wrapping_add(come));
        }
        let rate = MOST_ADDITIONS * 1e9 * workers.get() as f64;
        let subject = Subject::new(known, terms);
        Ok(Places { subject, terms, right, least_seconds: terms as f64 / rate })
    }

    /// A sum as work that is timed, held against the right one. Some calls, which are drawn, are under audit, and not
    /// timed.
    pub(super) fn work(self: &Arc<Self>, sum: Sum, workers: Workers, seed: u64) -> Work<'static> {
        let (this, mut rng) = (Arc::clone(self), Rng::new(seed));
        Box::new(move || {
            let kernel = this.subject.kernel().kernel();
            if rng.below(AUDITED) == 0 {
                let recorded = Audited::new(kernel.clone());
                let place = rng.below(PLACES);
                let terms = this.terms_at(place, AnyKernel::new(recorded.clone()));
                hold(sum(&terms, workers.get()), this.right[place])?;
                let audit = recorded.finish(workers);
                if audit.complete && !audit.tiles_from(place as u64, this.terms) {
                    return Err(Error::Usage(NOT_ADDED.to_owned()));
                }
            }
            // ANCHOR: place
            let place = rng.below(PLACES);
            let terms = this.terms_at(place, kernel);
            let (sum, took) = time(|| sum(&terms, workers.get()));
            hold(sum, this.right[place])?;
            // ANCHOR_END: place
            if took.as_secs_f64() < this.least_seconds {
                return Err(Error::Usage(folded(this.terms as f64 / took.as_secs_f64() * 1e-9)));
            }
            Ok(Summed { sum: 0.into(), took: Some(took) })
        })
    }

    fn terms_at(&self, place: usize, kernel: AnyKernel) -> Terms {
        Terms::new(kernel, place as u64..place as u64 + self.terms)
    }
}

/// What there is to say of a sum that was right without its terms.
const NOT_ADDED: &str = "when it was timed, its sum was right, and not every term was asked for once: an answer that is \
                         known, or kept, is no sum";

fn hold(sum: u64, right: u64) -> Result<(), Error> {
    if sum == right {
        return Ok(());
    }
    Err(Error::Usage(format!(
        "when it was timed, its sum was {sum}, and {right} is right: a race condition, or something is kept from the \
         call before"
    )))
}
