use laws::{Curve, Reading, WeakReading};
use units::three_digits;

use crate::report::LawReading;
use crate::results::{Measured, Question, Results};

/// What the scaling laws say of each strategy on each kernel.
///
/// A time here is a share of the baseline that was measured beside it, so that a machine which became
/// slower between two ids does not bend the curve. Counts beyond the usable cores follow no law and
/// are left out. Where no curve of a kernel has enough counts for a law, one sentence says so for all
/// of them.
pub fn law_readings(results: &Results) -> Vec<LawReading> {
    let mut readings = Vec::new();
    for kernel in kernels(results, Question::Scaling) {
        let curves = curves(results, Question::Scaling, &kernel);
        let read: Vec<(String, Reading)> =
            curves.into_iter().map(|(name, curve)| (name, Reading::of(&curve))).collect();
        let told = read.iter().any(|(_, reading)| reading.amdahl.fit().is_some());
        if let Some((_, reading)) = read.first().filter(|_| !told) {
            let (strategy, sentences) = ("every strategy".to_owned(), reading.sentences());
            readings.push(LawReading { kernel, strategy, sentences });
        } else {
            readings.extend(read.into_iter().map(|(strategy, reading)| LawReading {
                kernel: kernel.clone(),
                sentences: {
                    let mut sentences = reading.sentences();
                    sentences.extend(fewer_cores(results, Question::Scaling, &kernel, &strategy));
                    sentences
                },
                strategy,
            }));
        }
    }
    for kernel in kernels(results, Question::Weak) {
        for (strategy, curve) in curves(results, Question::Weak, &kernel) {
            let mut sentences = WeakReading::of(&curve).sentences();
            sentences.extend(fewer_cores(results, Question::Weak, &kernel, &strategy));
            let kernel = format!("{kernel}, growing with the workers");
            readings.push(LawReading { kernel, strategy, sentences });
        }
    }
    readings
}

/// A warning where the machine gave clearly fewer cores than there were workers: a law would take that
/// for a fault of the program.
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
        format!(
            "But the machine gave only {} cores to {workers} independent sums just then: that much \
             of it is the machine, not the program.",
            three_digits(cores)
        )
    })
}

/// A share of the cores below this is no noise.
const CLEARLY_FEWER: f64 = 0.85;

/// The kernels of a question, in the order in which they were measured.
fn kernels(results: &Results, question: Question) -> Vec<String> {
    let mut kernels: Vec<String> = Vec::new();
    for measured in results.of(question) {
        if !kernels.contains(&measured.kernel) {
            kernels.push(measured.kernel.clone());
        }
    }
    kernels
}

/// A worker count, and its times as shares of the baseline.
type Timed = (usize, Vec<f64>);

/// One curve per strategy that has workers at all: the sequential one is a point, not a curve.
fn curves(results: &Results, question: Question, kernel: &str) -> Vec<(String, Curve)> {
    let usable = results.machine.usable_cores;
    let fair = |measured: &&Measured| measured.kernel == kernel && measured.workers <= usable;
    let mut samples: Vec<(String, Vec<Timed>)> = Vec::new();
    for measured in results.of(question).filter(fair).filter(|one| one.strategy != "simd") {
        let pairs = measured.seconds.iter().zip(&measured.baseline);
        let times = (measured.workers, pairs.map(|(seconds, alone)| seconds / alone).collect());
        match samples.iter_mut().find(|(strategy, _)| *strategy == measured.strategy) {
            Some((_, points)) => points.push(times),
            None => samples.push((measured.strategy.clone(), vec![times])),
        }
    }
    samples.into_iter().map(|(strategy, points)| (strategy, Curve::new(points))).collect()
}
