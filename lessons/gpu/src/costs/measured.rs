use std::sync::Arc;

use course::{Document, Seconds};
use kernels::{AnyKnown, Home, Kernel, KernelName, Spec, Total, Workers};
use measure::verdict::Verdict;
use measure::{Cancellation, Context, Error, Interval, Setup, limited};
use rng::Rng;

use super::{Costs, Occupancy, Parts, TABLE, write_device};
use crate::lesson::shaders;
use crate::options::Options;
use crate::probes::{ProbeRound, Probes};
use crate::program::Marking;
use crate::ready::{Answer, Ready, Times};
use crate::session::Session;
use crate::{Shader, strided};

/// Each is four times the one before it.
const STEP: u32 = 4;

/// What is measured, in rounds: rows whose sums are right, and one row by numbers of workgroups.
struct Plan {
    kernel: KernelName,
    /// The shaders of these rows, and on how many terms they run.
    rows: Vec<(Shader, u64)>,
    terms: u64,
    rounds: usize,
    seed: u64,
}

/// What one round after the other brought.
struct Measured {
    probed: Vec<ProbeRound>,
    rows: Vec<(String, Vec<Times>)>,
    occupancy: Vec<(u32, Vec<Times>)>,
}

/// Writes into the document what the device is, what it costs, and where the time of its rows went. With fewer than six
/// rounds only what it is.
pub(crate) fn annotate(options: &Options, document: &mut Document) {
    let common: &course::Options = options.as_ref();
    write_device(options.session.facts().as_ref(), document);
    let rounds = common.timing.rounds_below(TABLE);
    let is_wanted = |run: &course::Run| run.verdict == Verdict::Right && run.seconds.is_some();
    let terms_of = |shader: &Shader| {
        let name = shader.row();
        let run = document.runs.iter().find(|run| run.strategy == name && is_wanted(run))?;
        Some((shader.clone(), run.terms))
    };
    let rows: Vec<_> =
        shaders(&options.session).iter().filter_map(|(shader, _)| terms_of(shader)).collect();
    if common.check || rounds == 0 || rows.is_empty() {
        return;
    }
    let (kernel, terms) = (document.kernel.name, document.kernel.terms);
    let plan = Plan { kernel, rows, terms, rounds, seed: common.seed };
    let (session, cancellation) = (Arc::clone(&options.session), Cancellation::default());
    let setup = Setup::new(cancellation.clone());
    let limit = common.timing.timeout + common.timing.budget;
    let measured = limited(limit, "measuring the device's costs", &cancellation, move || {
        plan.measure(&session, &setup.context(Workers::ONE))
    });
    match measured {
        Ok(measured) => measured.write(document),
        Err(error) => document.notes.push(format!("what the device costs is not known: {error}")),
    }
}

impl Plan {
    fn measure(&self, session: &Session, context: &Context) -> Result<Measured, Error> {
        let mut probes = Probes::new(session, context)?;
        let whole = self.kernel(self.terms)?;
        let mut rows = Vec::new();
        for (shader, terms) in &self.rows {
            let (spec, right) =
                if *terms == self.terms { whole.clone() } else { self.kernel(*terms)? };
            let ready = Ready::new(session, shader, &spec, Marking::Off, context)?.timed()?;
            rows.push((ready, (*terms, right), shader.row(), Vec::new()));
        }
        let device = session.device()?;
        let mut occupancy = Vec::new();
        for groups in numbers_of_groups(session.workgroups(&device), self.terms) {
            let device = Arc::clone(&device);
            let ready = Ready::with_groups(
                session,
                device,
                &strided(),
                &whole.0,
                Marking::Off,
                groups,
                context,
            )?;
            occupancy.push((ready.timed()?, groups, Vec::new()));
        }
        let mut probed = Vec::new();
        let mut rng = Rng::new(self.seed);
        // Once for nothing.
        for round in 0..=self.rounds {
            let keep = round > 0;
            let brought = probes.probe()?;
            probed.extend(keep.then_some(brought));
            let mut order: Vec<_> = rows.iter_mut().collect();
            rng.shuffle(&mut order);
            for (ready, (terms, right), _, times) in order {
                let answer = ready.sum(&(0..*terms))?;
                is_right(&answer, right, *terms)?;
                times.extend(keep.then_some(answer.times));
            }
            let mut order: Vec<_> = occupancy.iter_mut().collect();
            rng.shuffle(&mut order);
            for (ready, _, times) in order {
                let answer = ready.sum(&(0..self.terms))?;
                is_right(&answer, &whole.1, self.terms)?;
                times.extend(keep.then_some(answer.times));
            }
        }
        Ok(Measured {
            probed,
            rows: rows.into_iter().map(|(_, _, name, times)| (name, times)).collect(),
            occupancy: occupancy.into_iter().map(|(_, groups, times)| (groups, times)).collect(),
        })
    }

    /// The kernel with so many terms, as rows are given it, and its sum.
    fn kernel(&self, terms: u64) -> Result<(Spec, Total), Error> {
        let kernel = AnyKnown::with_home(self.kernel, terms, Home::Shared)?.kernel();
        Ok((kernel.spec(), kernel.sum(0..terms)))
    }
}

/// A time is worth nothing whose sum is wrong.
fn is_right(answer: &Answer, right: &Total, terms: u64) -> Result<(), Error> {
    if Total::from(answer.sum) == *right {
        return Ok(());
    }
    Err(Error::WrongSum { terms, fault: "the sum is not that of one core".to_owned() })
}

/// 1, 4, 16, ... and `most` at the end; none that has more workgroups than there are terms for.
fn numbers_of_groups(most: u32, terms: u64) -> Vec<u32> {
    let useful = terms.div_ceil(u64::from(crate::shader::GROUP)).max(1);
    let most = u64::from(most).min(useful) as u32;
    let rising = std::iter::successors(Some(1), |groups: &u32| groups.checked_mul(STEP));
    rising.take_while(|groups| *groups < most).chain([most]).collect()
}

impl Measured {
    fn write(&self, document: &mut Document) {
        let Some(costs) = self.costs() else { return };
        costs.write(document);
        for run in &mut document.runs {
            let of_run = |(name, _): &&(String, Vec<Times>)| *name == run.strategy;
            let times = self.rows.iter().find(of_run).map(|(_, times)| times);
            if let Some(parts) = times.and_then(|times| self.parts(times)) {
                parts.write(run);
            }
        }
    }

    fn costs(&self) -> Option<Costs> {
        let all = |of: fn(&ProbeRound) -> f64| self.probed.iter().map(of).collect::<Vec<_>>();
        let copies: Vec<f64> = self.probed.iter().filter_map(|probed| probed.copies).collect();
        let occupancy = self.occupancy.iter().map(|(workgroups, times)| {
            let seconds =
                seconds(times, |times| Some(times.kernel.unwrap_or(times.whole).as_secs_f64()))?;
            Some(Occupancy { workgroups: *workgroups, seconds })
        });
        Some(Costs {
            dispatch: Seconds::of(&all(|probed| probed.dispatch))?,
            back: Seconds::of(&all(|probed| probed.back))?,
            sends: Interval::of(&all(|probed| probed.sends))?,
            copies: Interval::of(&copies),
            occupancy: occupancy.collect::<Option<_>>()?,
        })
    }

    fn parts(&self, times: &[Times]) -> Option<Parts> {
        let back: Vec<f64> = self.probed.iter().map(|probed| probed.back).collect();
        let left = |(times, back): (&Times, &f64)| {
            let on_device = times.kernel? + times.before;
            Some((times.whole.saturating_sub(on_device).as_secs_f64() - back).max(0.0))
        };
        let left: Option<Vec<f64>> = times.iter().zip(&back).map(left).collect();
        Some(Parts {
            whole: seconds(times, |times| Some(times.whole.as_secs_f64()))?,
            before: seconds(times, |times| Some(times.before.as_secs_f64()))?,
            kernel: seconds(times, |times| Some(times.kernel?.as_secs_f64())),
            dispatch: left.and_then(|left| Seconds::of(&left)),
            back: Seconds::of(&back)?,
        })
    }
}

/// One of the times of each round; `None` where one has none.
fn seconds(times: &[Times], of: fn(&Times) -> Option<f64>) -> Option<Seconds> {
    Seconds::of(&times.iter().map(of).collect::<Option<Vec<f64>>>()?)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn workgroups_rise_to_as_many_as_there_are() {
        assert_eq!(numbers_of_groups(64, 4_000_000), [1, 4, 16, 64]);
        assert_eq!(numbers_of_groups(2048, 100_000_000), [1, 4, 16, 64, 256, 1024, 2048]);
        assert_eq!(numbers_of_groups(64, 600), [1, 3]);
        assert_eq!(numbers_of_groups(64, 0), [1]);
    }
}
