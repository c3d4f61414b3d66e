use std::sync::Arc;

use course::Seconds;
use course::options::Timing;
use kernels::{AnyKernel, AnyKnown, Home, Kernel, KernelName, Workers};
use measure::{Cancellation, Error, Setup, Sum, limited, row, time};
use rng::Rng;

use super::Size;
use crate::program::Marking;
use crate::ready::Ready;
use crate::session::Session;
use crate::{self_scheduled, strided, with_transfer};

/// The fewest terms, and how many times as many come next.
const FEWEST: u64 = 1 << 10;
const STEP: u64 = 4;

/// Twice as many as the fewest that have an interval.
const ROUNDS: usize = 12;

/// Who sums in a round; in the order of the fields of a size.
const CURVES: usize = 4;

/// Seconds of sums of ever more terms, by the cores and by the device, in rounds of a drawn order.
///
/// # Errors
///
/// Where somebody fails, takes too long, or gives another sum than one core.
pub(super) fn curves(
    name: KernelName,
    most: u64,
    session: &Arc<Session>,
    timing: &Timing,
    cancellation: &Cancellation,
) -> Result<Vec<Size>, Error> {
    let (session, theirs) = (Arc::clone(session), cancellation.child());
    let setup = Setup::new(theirs.clone());
    limited(timing.timeout, "break-even", &theirs, move || {
        let kernel = AnyKnown::with_home(name, most, Home::Shared)?.kernel();
        let mut curves = Curves::start(&kernel, &session, &setup)?;
        let sizes: Vec<u64> = sizes(most);
        let mut samples = vec![vec![[0.0; CURVES]; ROUNDS]; sizes.len()];
        let mut rng = Rng::new(most);
        for round in 0..=ROUNDS {
            for (size, samples) in sizes.iter().zip(&mut samples) {
                let right = kernel.sum(0..*size);
                let mut order: Vec<usize> = (0..CURVES).collect();
                rng.shuffle(&mut order);
                for who in order {
                    let (sum, took) = time(|| curves.sum(who, &kernel, *size));
                    if sum?.is_some_and(|sum| sum != right) {
                        let fault = "the sum is not that of one core".to_owned();
                        return Err(Error::WrongSum { terms: *size, fault });
                    }
                    // Once for nothing.
                    if let Some(round) = round.checked_sub(1) {
                        samples[round][who] = took.as_secs_f64();
                    }
                }
            }
        }
        let sends = curves.with_transfer.is_some();
        let size = |(terms, samples): (&u64, &Vec<[f64; CURVES]>)| {
            let of =
                |who: usize| Seconds::of(&samples.iter().map(|all| all[who]).collect::<Vec<_>>());
            Some(Size {
                terms: *terms,
                one_core: of(0)?,
                all_cores: of(1)?,
                device: of(2)?,
                with_transfer: of(3).filter(|_| sends),
            })
        };
        Ok(sizes.iter().zip(&samples).filter_map(size).collect())
    })
}

/// 1,024, 4,096, ... and `most` at the end.
fn sizes(most: u64) -> Vec<u64> {
    let rising = std::iter::successors(Some(FEWEST), |terms| terms.checked_mul(STEP));
    rising.take_while(|terms| *terms < most).chain([most]).collect()
}

/// Those who sum, each of them ready.
struct Curves {
    all_cores: Sum<AnyKernel>,
    device: Ready,
    with_transfer: Option<Ready>,
}

impl Curves {
    fn start(kernel: &AnyKernel, session: &Session, setup: &Setup) -> Result<Self, Error> {
        let cores = row!(self_scheduled, "");
        let all_cores = cores.start(kernel, &setup.context(Workers::usable()))?;
        let (spec, context) = (kernel.spec(), setup.context(Workers::ONE));
        let ready = |shader| Ready::new(session, &shader, &spec, Marking::Off, &context);
        let sends = with_transfer().only == Some(spec.kernel);
        let with_transfer = sends.then(|| ready(with_transfer())).transpose()?;
        Ok(Curves { all_cores, device: ready(strided())?, with_transfer })
    }

    /// The sum of the first `terms` terms by one of them; `None` by one that is not there.
    fn sum(
        &mut self,
        who: usize,
        kernel: &AnyKernel,
        terms: u64,
    ) -> Result<Option<kernels::Total>, Error> {
        let on_device = |ready: &mut Ready| Ok(ready.sum(&(0..terms))?.sum.into());
        match who {
            0 => Ok(Some(kernel.sum(0..terms))),
            1 => Ok(Some((self.all_cores)(kernel, 0..terms)?.sum)),
            2 => on_device(&mut self.device).map(Some),
            _ => self.with_transfer.as_mut().map(on_device).transpose(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sizes_rise_to_the_largest() {
        assert_eq!(sizes(5000), [1024, 4096, 5000]);
        assert_eq!(sizes(4096), [1024, 4096]);
        assert_eq!(sizes(7), [7]);
    }
}
