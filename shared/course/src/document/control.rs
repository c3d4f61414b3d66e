use measure::machine::Kind;
use measure::{Capacity, Interval};
use serde::{Deserialize, Serialize};

/// What the machine gave to this many workers, all at work until a common end.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct Control {
    /// How many workers.
    pub workers: usize,
    /// The capacity: how many cores' worth of work they did together. The sum of the rates.
    pub cores: Interval,
    /// What equal ranges can reach whose workers stay on their cores: all wait for the slowest.
    pub even: f64,
    /// How fast each worker was, the fastest first: 1 is one core alone at its best.
    pub rates: Vec<f64>,
    /// The part of the time that each of them was on a core; null where the system does not tell.
    pub on_core: Option<Vec<f64>>,
    /// The capacity, in the order of the rounds.
    #[serde(default)]
    pub samples: Vec<f64>,
}

impl Control {
    /// The medians of `rounds`, whose number depended on what they showed if `looks`; `None` without a
    /// round.
    ///
    /// From round to round the slowest worker is another one. So the fastest is compared with the fastest,
    /// and the slowest with the slowest.
    pub fn of(workers: usize, rounds: &[Capacity], looks: bool) -> Option<Self> {
        let samples: Vec<f64> = rounds.iter().map(Capacity::cores).collect();
        let even: Vec<f64> = rounds.iter().map(Capacity::even).collect();
        let ranked: Vec<Vec<Worker>> = rounds.iter().map(fastest_first).collect();
        let threads = ranked.iter().map(Vec::len).min()?;
        let median = |samples: Vec<f64>| Some(Interval::of(&samples)?.median);
        let of_rank = |rank: usize, part: fn(&Worker) -> Option<f64>| {
            median(ranked.iter().map(|workers| part(&workers[rank])).collect::<Option<_>>()?)
        };
        Some(Control {
            workers,
            cores: Interval::after(&samples, looks)?,
            even: median(even)?,
            rates: (0..threads).filter_map(|rank| of_rank(rank, |it| Some(it.rate))).collect(),
            on_core: (0..threads).map(|rank| of_rank(rank, |it| it.on_core)).collect(),
            samples,
        })
    }

    /// Whether equal ranges can use nearly all of the capacity: no worker is much slower than the others.
    pub fn is_even(&self) -> bool {
        self.evenness() >= 0.85
    }

    /// The part of the capacity that equal ranges can use: the slowest worker over the mean one.
    pub fn evenness(&self) -> f64 {
        self.even / self.cores.median
    }

    /// How fast the slowest worker was.
    pub fn slowest(&self) -> f64 {
        self.rates.iter().copied().fold(f64::INFINITY, f64::min)
    }
}

/// A worker that was on a core for this part of the time had it for itself.
const ALL_THE_TIME: f64 = 0.9;

/// Speeds further apart than this are no noise.
pub(crate) const ALIKE: f64 = 0.85;

impl Control {
    /// How fast each worker was while it was on a core, in the order of the rates; `None` where the system does
    /// not tell, or others had the cores as well.
    pub(crate) fn speeds_on_core(&self) -> Option<Vec<f64>> {
        let on_core = self.on_core.as_ref().filter(|on_core| on_core.len() == self.rates.len())?;
        let undisturbed = on_core.iter().all(|part| *part >= ALL_THE_TIME);
        let speeds = self.rates.iter().zip(on_core).map(|(rate, part)| rate / part);
        undisturbed.then(|| speeds.collect())
    }

    /// The kinds of cores, as far as the speeds of workers on cores of their own tell; empty where these are alike.
    pub(crate) fn kinds(&self) -> Vec<Kind> {
        let mut speeds = self.speeds_on_core().unwrap_or_default();
        speeds.sort_by(|one, other| other.total_cmp(one));
        let kinds: Vec<&[f64]> =
            speeds.chunk_by(|faster, slower| slower / faster >= ALIKE).collect();
        let middle = |kind: &[f64]| kind[kind.len() / 2];
        let Some(fastest) = kinds.first().map(|kind| middle(kind)) else { return Vec::new() };
        let kind = |kind: &&[f64]| Kind { cores: kind.len(), speed: middle(kind) / fastest };
        if kinds.len() > 1 { kinds.iter().map(kind).collect() } else { Vec::new() }
    }
}

struct Worker {
    rate: f64,
    on_core: Option<f64>,
}

fn fastest_first(capacity: &Capacity) -> Vec<Worker> {
    let on_core = |worker: usize| capacity.on_core.as_ref().map(|on_core| on_core[worker]);
    let rates = capacity.rates.iter().enumerate();
    let mut workers: Vec<Worker> =
        rates.map(|(worker, rate)| Worker { rate: *rate, on_core: on_core(worker) }).collect();
    workers.sort_by(|one, other| other.rate.total_cmp(&one.rate));
    workers
}

#[cfg(test)]
mod tests {
    use super::*;

    fn round(rates: [f64; 2], on_core: Option<[f64; 2]>) -> Capacity {
        Capacity { rates: rates.to_vec(), on_core: on_core.map(|parts| parts.to_vec()) }
    }

    /// The busy core is now under one worker, now under the other.
    #[test]
    fn the_slowest_of_each_round_are_compared() {
        let rounds = [
            round([1.0, 0.5], Some([1.0, 0.51])),
            round([0.5, 0.98], Some([0.5, 0.99])),
            round([1.0, 0.4], Some([1.0, 0.4])),
        ];
        let control = Control::of(2, &rounds, false).expect("three rounds");
        assert_eq!((control.rates.as_slice(), control.slowest()), (&[1.0, 0.5][..], 0.5));
        assert_eq!(control.on_core, Some(vec![1.0, 0.5]));
        assert_eq!((control.cores.median, control.even), (1.48, 1.0));
        assert_eq!(control.samples, [1.5, 1.48, 1.4]);
        assert!(!control.is_even());
    }

    #[test]
    fn speeds_on_core_are_of_kinds() {
        let kinds = |speeds: &[f64], part: f64| {
            let rates = speeds.iter().map(|speed| speed * part).collect();
            let round = Capacity { rates, on_core: Some(vec![part; speeds.len()]) };
            Control::of(speeds.len(), &[round], false).expect("a round").kinds()
        };
        let laptop = kinds(&[1.0, 0.4, 0.98, 0.41, 1.0, 0.4, 0.99, 0.4], 0.98);
        let shown: Vec<(usize, String)> =
            laptop.iter().map(|kind| (kind.cores, format!("{:.2}", kind.speed))).collect();
        assert_eq!(shown, [(4, "1.00".to_owned()), (4, "0.40".to_owned())]);
        assert_eq!(kinds(&[1.0, 0.95, 0.9, 0.88], 1.0), [], "noise");
        assert_eq!(kinds(&[0.65; 16], 1.0), [], "the threads of one core are alike");
        assert_eq!(kinds(&[1.0, 0.4], 0.5), [], "others had the cores, too");
    }

    #[test]
    fn a_system_without_a_clock_for_threads_tells_no_time_on_core() {
        let control = Control::of(2, &[round([1.0, 0.9], None)], false).expect("a round");
        assert_eq!(control.on_core, None);
        assert!(control.is_even());
        assert!(Control::of(2, &[], false).is_none());
    }
}
