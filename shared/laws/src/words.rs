//! What the laws say, as sentences for a learner.

use units::{percent, speedup, three_digits};

use super::phrases::{is_open, range, share, whole, with_range};
use super::{Choice, Fit, Law, Outcome, Reading, WeakPoint, WeakReading};

/// With fewer samples no interval of a median can be given at 95 %: see `measure::Interval`.
const ENOUGH_SAMPLES: usize = 6;

const GUESSES: &str = "So the predictions are guesses.";

impl Reading {
    /// The reading in plain sentences: one or two a law, then which law to take, then warnings.
    pub fn sentences(&self) -> Vec<String> {
        let (next, far) = (self.largest.saturating_mul(2), self.largest.saturating_mul(8));
        let mut sentences = match (&self.amdahl, &self.universal) {
            (Outcome::CannotTell { counts, .. }, _) => vec![too_few(Law::Amdahl, *counts)],
            (Outcome::Fit(fit), Outcome::CannotTell { law, counts }) => {
                vec![amdahl_says(fit, next, far), too_few(*law, *counts)]
            }
            (Outcome::Fit(amdahl), Outcome::Fit(universal)) => {
                vec![amdahl_says(amdahl, next, far), universal_says(universal, next, far)]
            }
        };
        sentences.extend(self.judgement());
        sentences.extend(self.amdahl.fit().and_then(|_| few_samples(self.fewest_samples)));
        sentences.extend(left_out(self.dropped));
        sentences
    }

    fn judgement(&self) -> Option<String> {
        let amdahl = self.amdahl.fit()?;
        let Some((universal, choice)) = self.universal.fit().zip(self.choice()) else {
            return amdahl.misfit.matters().then(|| {
                let miss = miss(amdahl);
                format!("Amdahl's law does not go through these points: it {miss}. {GUESSES}")
            });
        };
        Some(match choice {
            Choice::Neither => {
                let miss = miss(universal);
                format!("Neither law goes through these points: the better one {miss}. {GUESSES}")
            }
            Choice::Universal if amdahl.misfit.matters() => {
                format!("Believe the universal law: Amdahl's {}.", miss(amdahl))
            }
            Choice::Universal => "Believe the universal law: the workers do slow each other down, \
                                  and Amdahl's law does not know that."
                .to_owned(),
            Choice::NotTold => "These points cannot tell the two laws apart: take Amdahl's, the \
                                simpler one."
                .to_owned(),
        })
    }
}

impl WeakReading {
    /// The reading in plain sentences.
    pub fn sentences(&self) -> Vec<String> {
        let mut sentences = match self.points.last() {
            Some(most) => vec![gustafson_says(most)],
            None => vec![
                "Gustafson: cannot be told: it takes the time of one worker and of one more count."
                    .to_owned(),
            ],
        };
        if self.grows() {
            sentences.push(
                "The fraction grows with the workers: it is no serial part, but a cost that each \
                 further worker brings."
                    .to_owned(),
            );
        }
        sentences.extend(self.points.first().and_then(|_| few_samples(self.fewest_samples)));
        sentences.extend(left_out(self.dropped));
        sentences
    }
}

fn too_few(law: Law, counts: usize) -> String {
    let (name, law_text) = match law {
        Law::Amdahl => ("Amdahl", "a line through two points always fits"),
        Law::Universal => {
            ("Universal scalability", "a law with three unknowns goes through any three points")
        }
    };
    match (law, counts) {
        (Law::Amdahl, 0) => "No law can be read: nothing was measured.".to_owned(),
        (Law::Amdahl, 1) => {
            "No law can be read from 1 worker count: it takes at least three.".to_owned()
        }
        _ => format!("{name}: cannot be told from {counts} worker counts: {law_text}."),
    }
}

fn amdahl_says(fit: &Fit, next: usize, far: usize) -> String {
    let limit = match fit.limit() {
        free if free.low.is_infinite() => String::new(),
        open if open.high.is_infinite() => format!("; the limit is above {}", speedup(open.low)),
        wide if is_open(wide) => format!("; the limit is anywhere from {}", range(wide, speedup)),
        limit => format!(", and never more than {}", speedup(limit.value)),
    };
    let serial = share(fit.contention);
    format!("Amdahl: {serial} of the work is serial; {}{limit}.", predictions(fit, next, far))
}

fn universal_says(fit: &Fit, next: usize, far: usize) -> String {
    let name = "Universal scalability";
    let predictions = predictions(fit, next, far);
    let peak = match fit.peak() {
        alone if alone.high < 1.5 => {
            return format!(
                "{name}: one worker is fastest, the others are only in its way; {predictions}."
            );
        }
        nowhere if nowhere.low.is_infinite() => "more workers always help".to_owned(),
        open if open.high.is_infinite() && open.low < 1.5 => {
            "how many are fastest cannot be told".to_owned()
        }
        open if open.high.is_infinite() => {
            format!("it may be fastest anywhere from {} workers on", whole(open.low))
        }
        peak => format!("it is fastest with {} workers", with_range(peak, whole)),
    };
    let (waiting, cost) = (share(fit.contention), share(fit.coherence));
    format!(
        "{name}: {waiting} of the work waits in line, and each further worker costs {cost} of the \
         time of one. So {predictions}; {peak}."
    )
}

fn gustafson_says(point: &WeakPoint) -> String {
    let WeakPoint { workers, scaled_speedup, serial } = point;
    if scaled_speedup.value < 1.0 {
        return format!(
            "Gustafson: {workers} workers took longer for {workers} times the work than one worker \
             would take for all of it."
        );
    }
    format!(
        "Gustafson: {workers} workers did {workers} times the work {} as fast as one would; {} of \
         their time is serial.",
        with_range(*scaled_speedup, |ratio| format!("{}x", three_digits(ratio))),
        share(*serial)
    )
}

fn predictions(fit: &Fit, next: usize, far: usize) -> String {
    let at = |workers: usize| with_range(fit.predict(workers), speedup);
    format!(
        "with {next} cores as fast as the fastest it would be {}, with {far} {}",
        at(next),
        at(far)
    )
}

fn miss(fit: &Fit) -> String {
    let misfit = &fit.misfit;
    let direction = if misfit.off > 0.0 { "long" } else { "short" };
    let workers = match misfit.workers {
        1 => "1 worker".to_owned(),
        many => format!("{many} workers"),
    };
    let off = percent(misfit.off.abs());
    format!("makes the time of {workers} {off} too {direction}, and that is more than noise")
}

fn few_samples(fewest: usize) -> Option<String> {
    (fewest < ENOUGH_SAMPLES).then(|| {
        format!(
            "Some worker counts have fewer than {ENOUGH_SAMPLES} samples: the ranges above may be \
             too narrow."
        )
    })
}

fn left_out(dropped: usize) -> Option<String> {
    match dropped {
        0 => None,
        1 => Some("1 sample was no time of a worker, and was left out.".to_owned()),
        many => Some(format!("{many} samples were no times of a worker, and were left out.")),
    }
}
