use std::ops::Range;
use std::sync::Arc;
use std::time::Instant;

use kernels::{Event, Kernel, Span, Spec, WorkerId};
use measure::{Context, Error, Start, Strategy, Sum};

use crate::Shader;
use crate::program::Marking;
use crate::ready::{MOST_MARKED, Ready};
use crate::session::Session;

/// Marks that say more than "too often" are made by shaders that take a term thousands of times.
const OFTEN: u32 = 3;

/// The row of a shader, on the device of `session`.
pub(crate) fn row<K: Kernel>(
    shader: Shader,
    about: &'static str,
    session: &Arc<Session>,
) -> Strategy<K> {
    let (timed, audited) = (start(&shader, session), start_audited(&shader, session));
    let row = Strategy::from_data(shader.name, about, timed)
        .audited_by(audited)
        .alone()
        .unpinned("it runs on the device")
        .on_numbers("shaders add whole numbers");
    match shader.only {
        Some(only) => row.only_on(only),
        None => row,
    }
}

/// Starts the row for sums that are timed.
fn start<K: Kernel>(shader: &Shader, session: &Arc<Session>) -> Start<K> {
    let (shader, session) = (shader.clone(), Arc::clone(session));
    Box::new(move |kernel, context| {
        let mut on_device = OnDevice::new(&shader, &session, kernel.spec(), context)?;
        let sum: Sum<K> =
            Box::new(move |_, terms| Ok(K::Partial::from(on_device.sum(&terms)?).into()));
        Ok(sum)
    })
}

/// Starts the row for its audit: whoever takes a term marks it. Of many terms it is said that they are too many.
fn start_audited<K: Kernel>(shader: &Shader, session: &Arc<Session>) -> Start<K> {
    let (shader, session) = (shader.clone(), Arc::clone(session));
    Box::new(move |kernel, context| {
        let spec = kernel.spec();
        if spec.terms > MOST_MARKED {
            let mut on_device = OnDevice::new(&shader, &session, spec, context)?;
            let sum: Sum<K> = Box::new(move |kernel: &K, terms| {
                kernel.record(Event::TooMany);
                Ok(K::Partial::from(on_device.sum(&terms)?).into())
            });
            return Ok(sum);
        }
        let mut ready = Ready::new(&session, &shader, &spec, Marking::On, context)?;
        let sum: Sum<K> = Box::new(move |kernel: &K, terms| {
            let begin = Instant::now();
            let answer = ready.sum(&terms)?;
            report(kernel, &terms, &answer.marks, begin);
            Ok(K::Partial::from(answer.sum).into())
        });
        Ok(sum)
    })
}

/// A row that is ready, and is made ready anew where its device was lost to another row.
struct OnDevice {
    shader: Shader,
    session: Arc<Session>,
    spec: Spec,
    context: Context,
    ready: Ready,
}

impl OnDevice {
    fn new(
        shader: &Shader,
        session: &Arc<Session>,
        spec: Spec,
        context: &Context,
    ) -> Result<Self, Error> {
        let ready = Ready::new(session, shader, &spec, Marking::Off, context)?;
        let (shader, session) = (shader.clone(), Arc::clone(session));
        Ok(OnDevice { shader, session, spec, context: context.clone(), ready })
    }

    fn sum(&mut self, terms: &Range<u64>) -> Result<u64, Error> {
        if !self.ready.device.is_usable() {
            let OnDevice { shader, session, spec, context, .. } = self;
            self.ready = Ready::new(session, shader, spec, Marking::Off, context)?;
        }
        Ok(self.ready.sum(terms)?.sum)
    }
}

/// Reports what the marks say, as spans of terms that were marked as often as their neighbours.
fn report<K: Kernel>(kernel: &K, terms: &Range<u64>, marks: &[u32], start: Instant) {
    let end = Instant::now();
    let mut first = terms.start;
    for alike in marks[..(terms.end - terms.start) as usize].chunk_by(|one, next| one == next) {
        let range = first..first + alike.len() as u64;
        first = range.end;
        for _ in 0..alike[0].min(OFTEN) {
            let worker = WorkerId::Device(1);
            kernel.record(Event::Summed(Span { worker, range: range.clone(), start, end }));
        }
    }
}

#[cfg(test)]
mod tests {
    use kernels::{Integers, Known, Workers};
    use measure::audit::Audited;

    use super::*;

    /// Terms that were each marked once tile; a term marked twice, or never, does not.
    #[test]
    fn marks_tell_a_term_that_was_taken_twice_or_never() {
        let tiles = |marks: [u32; 6]| {
            let kernel = Audited::new(Integers::new(5).expect("few"));
            report(&kernel, &(0..5), &marks, Instant::now());
            let audit = kernel.finish(Workers::ONE);
            assert!(audit.by_device);
            audit.tiles(5)
        };
        assert!(tiles([1, 1, 1, 1, 1, 0]), "what lies behind the last term does not count");
        assert!(!tiles([1, 1, 2, 1, 1, 0]));
        assert!(!tiles([1, 1, 0, 1, 1, 0]));
        assert!(!tiles([1, 1, 1, 1, 7000, 0]));
    }
}
