//! What the laws of scaling say of a bench.

use laws::{Curve, Reading, Round, WeakReading};
use units::three_digits;

use crate::figures::{kernels, strategies};
use crate::gate::doubt;
use crate::results::{Measured, Question, Results};

/// What the laws of Amdahl, Gustafson and Gunther say of one strategy.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize)]
pub struct LawReading {
    pub kernel: String,
    pub strategy: String,
    /// What they say, in plain sentences.
    pub sentences: Vec<String>,
}

/// What the scaling laws say of each strategy on each kernel.
///
/// A time here is a share of the baseline that was measured beside it, so that a machine which became
/// slower between two ids does not bend the curve; and it stands over the cores that the machine gave just
/// then, so that what the machine withholds is not taken for a fault of the program. Counts beyond the usable cores follow no law and
/// are left out. Where no curve of a kernel has enough counts for a law, one sentence says so for all
/// of them. Times that explain nothing follow no law: then there is none.
pub fn law_readings(results: &Results) -> Vec<LawReading> {
    if doubt(results).is_some() {
        return Vec::new();
    }
    let mut readings = Vec::new();
    let of_kernel = |kernel| {
        let curves = curves(results, Question::Scaling, kernel).into_iter();
        (kernel, curves.map(|(name, curve)| (name, Reading::of(&curve))).collect())
    };
    let all: Vec<(&str, Vec<(&str, Reading)>)> =
        kernels(results, Question::Scaling).into_iter().map(of_kernel).collect();
    let untold = |read: &[(&str, Reading)]| {
        let fitted = read.iter().any(|(_, reading)| reading.amdahl.fit().is_some());
        read.first().filter(|_| !fitted).map(|(_, reading)| reading.sentences())
    };
    let each: Vec<Option<Vec<String>>> = all.iter().map(|(_, read)| untold(read)).collect();
    match each.first() {
        // Said once, where it is true of all kernels.
        Some(Some(first)) if each.iter().all(|one| one.as_ref() == Some(first)) => {
            readings.push(LawReading::new("every kernel", "every strategy", first.clone(), None));
        }
        _ => {
            for ((kernel, read), untold) in all.into_iter().zip(each) {
                if let Some(sentences) = untold {
                    readings.push(LawReading::new(kernel, "every strategy", sentences, None));
                    continue;
                }
                for (strategy, reading) in read {
                    let fewer = fewer_cores(results, Question::Scaling, kernel, strategy);
                    readings.push(LawReading::new(kernel, strategy, reading.sentences(), fewer));
                }
            }
        }
    }
    for kernel in kernels(results, Question::Weak) {
        for (strategy, curve) in curves(results, Question::Weak, kernel) {
            let fewer = fewer_cores(results, Question::Weak, kernel, strategy);
            let kernel = format!("{kernel}, growing with the workers");
            let sentences = WeakReading::of(&curve).sentences();
            readings.push(LawReading::new(&kernel, strategy, sentences, fewer));
        }
    }
    readings
}

impl LawReading {
    fn new(kernel: &str, strategy: &str, sentences: Vec<String>, more: Option<String>) -> Self {
        let sentences = sentences.into_iter().chain(more).collect();
        LawReading { kernel: kernel.to_owned(), strategy: strategy.to_owned(), sentences }
    }
}

/// What the machine withheld, where it gave clearly fewer cores than there were workers: the laws of scaling
/// know that, and Gustafson's does not.
fn fewer_cores(
    results: &Results,
    question: Question,
    kernel: &str,
    strategy: &str,
) -> Option<String> {
    let usable = results.machine.usable_cores;
    let mine = results.of(question).filter(|one| one.kernel == kernel && one.strategy == strategy);
    let fair = mine.filter(|one| one.workers <= usable);
    let given = fair.filter_map(|one| Some((one.workers, one.cores_given()?.median)));
    let share = |(workers, cores): &(usize, f64)| cores / *workers as f64;
    let (workers, cores) = given.min_by(|one, other| share(one).total_cmp(&share(other)))?;
    (share(&(workers, cores)) < CLEARLY_FEWER).then(|| {
        let cores = three_digits(cores);
        let meaning = match question {
            Question::Weak => "that much of it is the machine, not the program",
            _ => "that is not in the numbers above, which are of the program",
        };
        format!("The machine gave only {cores} cores to {workers} independent sums just then: {meaning}.")
    })
}

/// A share of the cores below this is no noise.
const CLEARLY_FEWER: f64 = 0.85;

/// One curve per strategy that has workers at all: the sequential one is a point, not a curve.
fn curves<'a>(results: &'a Results, question: Question, kernel: &str) -> Vec<(&'a str, Curve)> {
    let usable = results.machine.usable_cores;
    let fair = |one: &&Measured| one.kernel == kernel && one.workers <= usable;
    // The time as a share of the baseline beside it.
    let shares = |one: &Measured| {
        let pairs = one.seconds.iter().zip(&one.baseline).enumerate();
        let round = |(place, (seconds, alone)): (usize, (&f64, &f64))| Round {
            seconds: seconds / alone,
            cores: one.cores.get(place).copied().unwrap_or(one.workers as f64),
        };
        (one.workers, pairs.map(round).collect())
    };
    let curve = |strategy: &'a str| {
        let mine = results.of(question).filter(fair).filter(|one| one.strategy == strategy);
        let points: Vec<(usize, Vec<Round>)> = mine.map(shares).collect();
        (!points.is_empty()).then(|| (strategy, Curve::of_rounds(points)))
    };
    let names = strategies(results, question, kernel).into_iter();
    names.filter(|name| *name != "simd").filter_map(curve).collect()
}
