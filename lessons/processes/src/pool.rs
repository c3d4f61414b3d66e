use std::marker::PhantomData;
use std::ops::Range;
use std::time::{Duration, Instant};

use kernels::{Event, Kernel, Workers, split};
use measure::{Context, Error, Retries};

use crate::child::{self, Child};
use crate::frame::Message;
use crate::phases::{COLLECTING, SENDING, SUMMING};

/// Children that stay. For each sum, every one is sent a range and sends back a sum.
///
/// Starting them is paid once. What is left is the round trip: a frame through one pipe, a child that
/// wakes up, a frame through another pipe.
///
/// # Errors
///
/// Where a child has died, or answers nonsense.
pub fn pool<K: Kernel>(
    kernel: &K,
    terms: Range<u64>,
    pool: &mut Pool,
) -> Result<K::Partial, Error> {
    pool.sum(kernel, terms, Message::Sum)
}

/// Worker processes that stay from one sum to the next.
///
/// A pool stays on the thread that started it. A worker on Linux asks the system to be killed once its
/// parent ends, and the system takes that *thread* for the parent.
#[derive(Debug)]
pub struct Pool {
    children: Vec<Child>,
    context: Context,
    _of_this_thread: PhantomData<*const ()>,
}

impl Pool {
    /// Starts all children, then waits until all are ready.
    ///
    /// # Errors
    ///
    /// Where a child cannot be started, dies, or says something else.
    pub fn start<K: Kernel>(kernel: &K, context: &Context) -> Result<Self, Error> {
        // Three descriptors a child are soon more than the usual 1024.
        children::itself::raise_file_limit();
        children::inherit_nothing();
        let spec = kernel.spec();
        let (children, context) = (Vec::new(), context.clone());
        let mut pool = Pool { children, context, _of_this_thread: PhantomData };
        for number in 0..pool.context.workers().get() {
            pool.children.push(Child::start(number, &spec, &pool.context)?);
        }
        let Pool { children, context, .. } = &mut pool;
        let mut retries = context.retries();
        for child in children {
            if let Err(lost) = child.wait_until_ready() {
                in_its_place(child, lost, &mut retries, |_| Ok(()))?;
            }
        }
        Ok(pool)
    }

    /// Sends every child a request for its range, and adds the answers.
    // ANCHOR: round-trip
    pub(crate) fn sum<K: Kernel>(
        &mut self,
        kernel: &K,
        terms: Range<u64>,
        request: fn(Range<u64>) -> Message,
    ) -> Result<K::Partial, Error> {
        let start = Instant::now();
        let ask = |child: &mut Child, range| child.request(request(range));
        let asked = self.with_ranges(&terms).map(|(child, range)| ask(child, range)).collect();
        kernel.record(Event::Phase(SENDING, start.elapsed()));
        self.collect(kernel, &terms, asked, ask)
    }
    // ANCHOR_END: round-trip

    /// Waits for the answer of every child that was asked, and adds them.
    ///
    /// A child may have been lost, before it was asked or since. Then, if `--retries` allows it, a
    /// fresh one takes its place and is asked for the same range, with `ask`.
    pub(crate) fn collect<K: Kernel>(
        &mut self,
        kernel: &K,
        terms: &Range<u64>,
        asked: Vec<Result<(), Error>>,
        ask: impl Fn(&mut Child, Range<u64>) -> Result<(), Error>,
    ) -> Result<K::Partial, Error> {
        let (start, mut longest, mut total) =
            (Instant::now(), Duration::ZERO, K::Partial::default());
        let context = self.context.clone();
        let mut retries = context.retries();
        for ((child, range), asked) in self.with_ranges(terms).zip(asked) {
            let answer = asked.and_then(|()| child.answer(kernel, range.clone()));
            let answer = answer.or_else(|lost| {
                in_its_place(child, lost, &mut retries, |fresh| {
                    ask(fresh, range.clone())?;
                    fresh.answer(kernel, range.clone())
                })
            })?;
            longest = longest.max(answer.busy);
            total += answer.sum;
        }
        kernel.record(Event::Phase(SUMMING, longest));
        kernel.record(Event::Phase(COLLECTING, start.elapsed().saturating_sub(longest)));
        Ok(total)
    }

    /// The children that have something to sum, each with its range.
    pub fn with_ranges(
        &mut self,
        terms: &Range<u64>,
    ) -> impl Iterator<Item = (&mut Child, Range<u64>)> {
        let workers = Workers::new(self.children.len()).unwrap_or(Workers::ONE);
        let ranges = split::ranges(terms, workers);
        self.children.iter_mut().zip(ranges).filter(|(_, range)| !range.is_empty())
    }
}

/// Puts a fresh worker into the place of a lost one and lets it do the work, as often as `retries`
/// allow. The last failure is the error.
fn in_its_place<T>(
    place: &mut Child,
    mut lost: Error,
    retries: &mut Retries<'_>,
    work: impl Fn(&mut Child) -> Result<T, Error>,
) -> Result<T, Error> {
    while matches!(lost, Error::Worker { .. }) && retries.spend() {
        place.start_again()?;
        match place.wait_until_ready().and_then(|()| work(place)) {
            Ok(done) => return Ok(done),
            Err(again) => lost = again,
        }
    }
    Err(lost)
}

impl Drop for Pool {
    /// All children are asked to end before the first is waited for.
    fn drop(&mut self) {
        child::end_all(&mut self.children);
    }
}
