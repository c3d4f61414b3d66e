use std::fmt;

use measure::Interval;
use serde::{Deserialize, Serialize};

/// What a bench asks; the first part of its id.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Question {
    /// How does the time change with the workers, for the same sum?
    Scaling,
    /// And if the sum grows with them?
    Weak,
    /// What does it cost to hand out work?
    Overhead,
    /// From how many terms on is it worth sharing?
    Size,
    /// What do workers cost each other that write to the same place?
    Contention,
    /// How does it compare with C++ and rayon?
    Peers,
}

impl fmt::Display for Question {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(match self {
            Question::Scaling => "scaling",
            Question::Weak => "weak",
            Question::Overhead => "overhead",
            Question::Size => "size",
            Question::Contention => "contention",
            Question::Peers => "peers",
        })
    }
}

/// The samples of one criterion id.
///
/// With each sample the baseline and the control were measured right beside it, where the question
/// needs them: sample `i` of [`seconds`](Measured::seconds), of [`baseline`](Measured::baseline) and
/// of [`cores`](Measured::cores) belong together.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Measured {
    /// What was asked.
    pub question: Question,
    /// The kernel: `integers`, `memory`, `pi`, `primes`; `nothing` where nothing is summed.
    pub kernel: String,
    pub strategy: String,
    /// How many workers it was given.
    pub workers: usize,
    /// How many terms one call summed; 0 of `peers`, where nothing is summed.
    pub terms: u64,
    /// Seconds of one call, sample by sample.
    pub seconds: Vec<f64>,
    /// How many dispatches (threads started, tasks, round trips) one call made; 1 where that is not
    /// the question.
    pub dispatches: u64,
    /// How many bytes lie between two counters; contention by distance only.
    pub distance: Option<u64>,
    /// How many terms the baseline summed.
    pub baseline_terms: u64,
    /// Seconds of the best sequential sum, sample by sample; empty where none was measured.
    pub baseline: Vec<f64>,
    /// The capacity: how many cores the machine gave to as many workers at once, sample by sample;
    /// empty where none was measured.
    pub cores: Vec<f64>,
    /// What it took turns with, of the question `peers`.
    pub peer: Option<Peer>,
}

/// Our own strategy that took turns with a foreign one, pass by pass.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Peer {
    /// Our strategy.
    pub strategy: String,
    /// Its seconds, sample by sample.
    pub seconds: Vec<f64>,
}

impl Measured {
    /// An id without a sample yet.
    pub fn nothing(question: Question, kernel: &str, strategy: &str, workers: usize) -> Self {
        Measured {
            question,
            kernel: kernel.to_owned(),
            strategy: strategy.to_owned(),
            workers,
            terms: 0,
            seconds: Vec::new(),
            dispatches: 1,
            distance: None,
            baseline_terms: 0,
            baseline: Vec::new(),
            cores: Vec::new(),
            peer: None,
        }
    }

    /// The criterion id: `scaling/integers/scoped/2`.
    pub fn id(&self) -> String {
        format!("{}/{}/{}", self.group(), self.strategy, self.workers)
    }

    /// The id without strategy and workers: `scaling/integers`; `size/integers-100` where the number of terms makes
    /// the difference.
    pub fn group(&self) -> String {
        let Measured { question, kernel, terms, .. } = self;
        match question {
            Question::Size => format!("{question}/{kernel}-{terms}"),
            Question::Peers if *terms > 0 => format!("{question}/{kernel}-{terms}"),
            _ => format!("{question}/{kernel}"),
        }
    }

    /// Seconds of one call: the median, and the interval that bounds it.
    pub fn time(&self) -> Option<Interval> {
        Interval::of(&self.seconds)
    }

    /// Seconds of one term.
    pub fn per_term(&self) -> Option<Interval> {
        Some(self.time()?.over(self.terms as f64))
    }

    /// Seconds of one dispatch.
    pub fn cost_of_dispatch(&self) -> Option<Interval> {
        let cost = |seconds: &f64| seconds / self.dispatches as f64;
        Interval::of(&self.seconds.iter().map(cost).collect::<Vec<f64>>())
    }

    /// Time of the baseline over time of this, per term, from samples that stood side by side. For
    /// weak scaling this is the scaled speedup.
    pub fn speedup(&self) -> Option<Interval> {
        Interval::of(&self.speedups())
    }
    /// Speedup over the capacity beside it.
    pub fn share_of_control(&self) -> Option<Interval> {
        let shares = self.speedups().into_iter().zip(&self.cores);
        Interval::of(&shares.map(|(speedup, cores)| speedup / cores).collect::<Vec<f64>>())
    }

    /// The capacity.
    pub fn cores_given(&self) -> Option<Interval> {
        Interval::of(&self.cores)
    }

    /// Time of ours over time of the peer's, from passes that stood side by side: below one, ours is
    /// faster.
    pub fn ratio_to_peer(&self) -> Option<Interval> {
        let ours = &self.peer.as_ref()?.seconds;
        let ratios = ours.iter().zip(&self.seconds).map(|(ours, theirs)| ours / theirs);
        Interval::of(&ratios.collect::<Vec<f64>>())
    }

    fn speedups(&self) -> Vec<f64> {
        if self.terms == 0 || self.baseline_terms == 0 {
            return Vec::new();
        }
        let more_terms = self.terms as f64 / self.baseline_terms as f64;
        let pairs = self.baseline.iter().zip(&self.seconds);
        pairs.map(|(alone, seconds)| more_terms * alone / seconds).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn measured() -> Measured {
        Measured {
            terms: 2000,
            seconds: vec![2.0, 4.0, 5.0],
            dispatches: 10,
            baseline_terms: 1000,
            baseline: vec![2.0, 2.0, 5.0],
            cores: vec![2.0, 1.0, 2.0],
            peer: Some(Peer { strategy: "deques".into(), seconds: vec![1.0, 4.0, 5.0] }),
            ..Measured::nothing(Question::Weak, "integers", "scoped", 2)
        }
    }

    #[test]
    fn ratios_are_of_samples_that_stood_side_by_side() {
        let median = |interval: Option<Interval>| interval.expect("there are samples").median;
        let measured = measured();
        assert_eq!(median(measured.speedup()), 2.0);
        assert_eq!(median(measured.share_of_control()), 1.0);
        assert_eq!(median(measured.ratio_to_peer()), 1.0);
        assert_eq!(median(measured.cost_of_dispatch()), 0.4);
    }

    #[test]
    fn what_was_not_measured_has_no_ratio() {
        let mut bare = Measured { baseline: vec![], cores: vec![], peer: None, ..measured() };
        assert_eq!(bare.speedup(), None);
        assert_eq!(bare.share_of_control(), None);
        assert_eq!(bare.ratio_to_peer(), None);
        bare.seconds.clear();
        assert_eq!(bare.time(), None);
    }

    #[test]
    fn ids_have_four_parts() {
        assert_eq!(measured().id(), "weak/integers/scoped/2");
        let size = Measured { question: Question::Size, ..measured() };
        assert_eq!(size.id(), "size/integers-2000/scoped/2");
        let peer = Measured { question: Question::Peers, ..measured() };
        assert_eq!(peer.id(), "peers/integers-2000/scoped/2");
        let nothing = Measured { terms: 0, kernel: "nothing".into(), ..peer };
        assert_eq!(nothing.id(), "peers/nothing/scoped/2");
    }
}
