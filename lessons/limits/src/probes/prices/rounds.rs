//! Rounds: each thing is done once in each, in an order that is drawn anew.

use std::sync::mpsc::{Receiver, RecvTimeoutError, SendError, Sender, channel};
use std::thread;
use std::time::Duration;

use measure::{Error, panics, time};
use rng::Rng;

use super::probe::{NoPrice, Probe, Sampler};

/// How many rounds, and in which order.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Rounds {
    /// So many; `None` for as many as fit into [`BUDGET`].
    pub(crate) count: Option<usize>,
    /// What the order is drawn from.
    pub(crate) seed: u64,
}

/// What was found out about one thing.
#[derive(Debug)]
pub(crate) struct Found {
    pub(crate) probe: &'static Probe,
    /// Seconds, round by round.
    pub(crate) samples: Vec<f64>,
    /// Why there are no more.
    pub(crate) fault: Option<NoPrice>,
}

/// The rounds take about so long, and are not fewer than make an interval that leaves out one on each side, nor more
/// than say something new.
const BUDGET: Duration = Duration::from_secs(4);
const FEWEST: usize = 9;
const MOST: usize = 51;

/// Who waits for longer than this waits for somebody who does not come.
const LIMIT: Duration = Duration::from_secs(5);

/// What the measuring thread tells.
enum Told {
    /// It turns to this one.
    Begun(usize),
    Sampled(usize, Result<f64, NoPrice>),
    Done,
}

/// How the measuring thread ended.
#[derive(Debug, PartialEq)]
enum End {
    Done,
    /// This one does not come back.
    Stuck(usize),
    Panicked,
}

/// Does each thing once in each of the rounds, on a thread of its own. What does not come back is given up.
pub(crate) fn rounds(probes: &[&'static Probe], plan: Rounds) -> Result<Vec<Found>, Error> {
    let new = |probe: &&'static Probe| Found { probe, samples: Vec::new(), fault: None };
    let mut found: Vec<Found> = probes.iter().map(new).collect();
    loop {
        let open = found.iter().enumerate().filter(|(_, one)| one.fault.is_none());
        let open: Vec<_> = open.map(|(place, one)| (place, one.probe)).collect();
        let (tell, told) = channel();
        let work = move || drop(measure(open, plan, &tell));
        let thread = thread::Builder::new().name("prices".into()).spawn(work);
        let thread = thread.map_err(|cause| Error::no_thread(0, &cause))?;
        match listen(&told, LIMIT, &mut found) {
            End::Done => return Ok(found),
            End::Stuck(place) => {
                found[place].fault = Some(NoPrice::Because("not measured: nobody answered"));
            }
            End::Panicked => {
                let payload = thread.join().expect_err("who ends well says so");
                return Err(panics::in_the_runner(&*payload));
            }
        }
    }
}

/// Takes note of what is told, until the end.
fn listen(told: &Receiver<Told>, limit: Duration, found: &mut [Found]) -> End {
    let mut current = 0;
    loop {
        match told.recv_timeout(limit) {
            Ok(Told::Begun(place)) => current = place,
            Ok(Told::Sampled(place, Ok(seconds))) => found[place].samples.push(seconds),
            Ok(Told::Sampled(place, Err(fault))) => found[place].fault = Some(fault),
            Ok(Told::Done) => return End::Done,
            Err(RecvTimeoutError::Timeout) => return End::Stuck(current),
            Err(RecvTimeoutError::Disconnected) => return End::Panicked,
        }
    }
}

/// Ends early where nobody listens any more: it has been given up.
fn measure(
    probes: Vec<(usize, &'static Probe)>,
    plan: Rounds,
    tell: &Sender<Told>,
) -> Result<(), SendError<Told>> {
    let mut ready: Vec<(usize, Sampler)> = Vec::new();
    let mut once = Duration::ZERO;
    for (place, probe) in probes {
        tell.send(Told::Begun(place))?;
        // The first sample warms up, and does not count.
        let first = (probe.prepare)().and_then(|mut sampler| {
            let (sample, spent) = time(&mut sampler);
            once += spent;
            sample.map(|_| sampler).map_err(NoPrice::from)
        });
        match first {
            Ok(sampler) => ready.push((place, sampler)),
            Err(fault) => tell.send(Told::Sampled(place, Err(fault)))?,
        }
    }
    // Fixed before the first of them: who stops when it looks good stops by luck.
    let fit = (BUDGET.as_secs_f64() / once.as_secs_f64()) as usize;
    let mut rng = Rng::new(plan.seed);
    for _ in 0..plan.count.unwrap_or(fit.clamp(FEWEST, MOST)) {
        rng.shuffle(&mut ready);
        for (place, sample) in &mut ready {
            tell.send(Told::Begun(*place))?;
            tell.send(Told::Sampled(*place, sample().map_err(NoPrice::from)))?;
        }
    }
    tell.send(Told::Done)
}

#[cfg(test)]
mod tests {
    use super::super::probe::{Group, each};
    use super::*;

    static QUICK: Probe = Probe::new(Group::Alone, "quick", "", || each(|| Ok(1.0)));
    static NONE: Probe = Probe::new(Group::Alone, "none", "", || Err(NoPrice::Because("no such")));

    #[test]
    fn every_thing_has_a_sample_of_each_round_or_a_reason() {
        let plan = Rounds { count: Some(7), seed: 1 };
        let found = rounds(&[&NONE, &QUICK], plan).expect("a thread starts");
        assert!(matches!(found[0].fault, Some(NoPrice::Because("no such"))), "{found:?}");
        assert_eq!((found[1].samples.len(), found[1].fault.is_none()), (7, true));
    }

    #[test]
    fn who_does_not_come_back_is_named_and_who_panics_too() {
        let (tell, told) = channel();
        let mut found = Vec::new();
        tell.send(Told::Begun(3)).expect("somebody listens");
        let limit = Duration::from_millis(1);
        assert_eq!(listen(&told, limit, &mut found), End::Stuck(3));
        drop(tell);
        assert_eq!(listen(&told, limit, &mut found), End::Panicked);
    }
}
