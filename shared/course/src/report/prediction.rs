use std::fmt;

use units::{count, percent, seconds, speedup, three_digits};

use super::gate::Doubt;
use crate::{Document, Run};

/// The reader's guess, made before anything was measured.
#[derive(Debug, Clone)]
pub(crate) struct Prediction {
    /// What was asked.
    pub(crate) question: Question,
    /// The answer: so many times as fast, or as slow.
    pub(crate) ratio: f64,
}

/// What the reader was asked.
#[derive(Debug, Clone)]
pub(crate) enum Question {
    /// How many times faster than one core the best strategy is.
    Faster {
        /// On so many workers.
        workers: usize,
    },
    /// How many times slower than the best row this one is.
    Slower {
        /// The name of the row.
        strategy: String,
    },
}

impl fmt::Display for Question {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Question::Faster { workers } => write!(
                f,
                "How many times faster than one core will the best strategy be on {}?",
                count(*workers as u64, "worker")
            ),
            Question::Slower { strategy } => {
                write!(f, "How many times slower than the best row will {strategy} be?")
            }
        }
    }
}

/// A guess this close is a good one.
const GOOD: f64 = 0.1;

/// The guess beside what was measured: how far off, and why, as far as the numbers tell. `best` is
/// the strategy to read first. Where the times are in `doubt`, they give no reason.
pub(super) fn compared(
    prediction: &Prediction,
    document: &Document,
    best: Option<&str>,
    doubt: Option<Doubt>,
) -> Vec<String> {
    let sentences = match &prediction.question {
        Question::Faster { workers } => faster(prediction.ratio, document, *workers, best),
        Question::Slower { strategy } => slower(prediction.ratio, document, strategy, best),
    };
    let Some([compared, why]) = sentences else {
        let guess = three_digits(prediction.ratio);
        return vec![format!("You guessed {guess}x; no row can say whether that is so.")];
    };
    let unsure = || "These times may be off themselves: see above.".to_owned();
    vec![compared, if doubt.is_some() { unsure() } else { why }]
}

fn faster(
    guess: f64,
    document: &Document,
    workers: usize,
    best: Option<&str>,
) -> Option<[String; 2]> {
    let run = named_or_fastest(document, workers, best)?;
    let measured = run.speedup?.median;
    let compared = if measured < 0.95 {
        format!("{} than", speedup(measured))
    } else {
        format!("{}x as fast as", three_digits(measured))
    };
    let verdict = format!(
        "You guessed {}x; {} was {compared} one core: {}.",
        three_digits(guess),
        run.strategy,
        distance(guess, measured)
    );
    Some([verdict, why_not(guess, measured, run, document)])
}

/// The reason for the distance between the guess and the speedup of `run`.
fn why_not(guess: f64, measured: f64, run: &Run, document: &Document) -> String {
    if is_good(guess, measured) {
        return "That is a good guess.".to_owned();
    }
    let (workers, usable) = (run.workers, document.machine.usable_cores);
    let alone = document.baseline.as_ref().map_or(f64::INFINITY, |alone| alone.seconds.median);
    if guess < measured {
        return more_than_guessed(run.cores_beside(), run.share_of_control());
    }
    if measured < 0.95 && alone < 1e-3 {
        let alone = seconds(alone);
        return format!(
            "One core needs only {alone} for all of it: sharing costs more than it saves."
        );
    }
    if workers > usable && guess > usable as f64 {
        let cores = count(usable as u64, "core");
        return format!("There are {workers} workers, but only {cores} for them.");
    }
    if guess > 1.1 * workers as f64 {
        return format!("{workers} workers do the work of {workers} cores at most.");
    }
    let Some(share) = run.share_of_control() else {
        return "Why, these numbers do not tell.".to_owned();
    };
    let used = format!("made use of {} of what the machine gave", percent(share));
    let given = run.cores_beside();
    if let Some(cores) = given.filter(|cores| *cores < 0.85 * workers.min(usable) as f64) {
        let cores = three_digits(cores);
        let wait =
            if document.reads_memory() { ", and memory may be what they waited for" } else { "" };
        return match share {
            all if all >= 0.9 => {
                format!("The control got only {cores} cores, so there was no more to be had{wait}.")
            }
            _ => format!("The control got only {cores} cores{wait}; and this row {used}."),
        };
    }
    if let Some(imbalance) = run.imbalance.filter(|imbalance| *imbalance > 1.1)
        && !document.kernel.name.description().even
    {
        let imbalance = three_digits(imbalance);
        return format!("The busiest worker worked {imbalance}x the mean; the others waited.");
    }
    format!(
        "It {used}; the rest went into sharing or waiting, or two workers had one core (--pin rules \
         that out)."
    )
}

/// Why the row did better than somebody thought, who knows what it `used` of the cores that were `given`.
fn more_than_guessed(given: Option<f64>, used: Option<f64>) -> String {
    let Some((cores, share)) = given.zip(used) else {
        return "Sharing costs less than you thought.".to_owned();
    };
    let cores = three_digits(cores);
    if share >= 0.9 {
        format!("The machine gave {cores} cores, and sharing cost little of them.")
    } else {
        format!("The machine gave {cores} cores, and {} of them were of use.", percent(share))
    }
}

fn slower(
    guess: f64,
    document: &Document,
    strategy: &str,
    best: Option<&str>,
) -> Option<[String; 2]> {
    let best = named_or_fastest(document, 1, best)?;
    let run = document.right().find(|run| run.strategy == strategy)?;
    let measured = run.per_term() / best.per_term();
    let verdict = format!(
        "You guessed {}x; {strategy} took {}x as long as {}: {}.",
        three_digits(guess),
        three_digits(measured),
        best.strategy,
        distance(guess, measured)
    );
    let per_term = format!(
        "A term takes {} in {strategy} and {} in {}",
        seconds(run.per_term()),
        seconds(best.per_term()),
        best.strategy
    );
    let why = if is_good(guess, measured) {
        "That is a good guess.".to_owned()
    } else if measured < 1.0 + GOOD {
        format!("{per_term}: what limits the one limits the other.")
    } else {
        format!("{per_term}.")
    };
    Some([verdict, why])
}

/// The row of strategy `best` with so many workers, or else the best one.
fn named_or_fastest<'d>(
    document: &'d Document,
    workers: usize,
    best: Option<&str>,
) -> Option<&'d Run> {
    let asked = |run: &Run| run.workers == workers;
    document
        .fastest(|run| asked(run) && best == Some(run.strategy.as_str()))
        .or_else(|| document.fastest(asked))
}

fn is_good(guess: f64, measured: f64) -> bool {
    (guess / measured - 1.0).abs() <= GOOD
}

/// `12 % too low`.
fn distance(guess: f64, measured: f64) -> String {
    let off = guess / measured - 1.0;
    match off {
        near if near.abs() < 0.005 => "right on the spot".to_owned(),
        low if low < 0.0 => format!("{} too low", percent(-low)),
        // More than that is easier to read as a ratio.
        high if high > 10.0 => format!("{}x too high", three_digits(guess / measured)),
        high => format!("{} too high", percent(high)),
    }
}

#[cfg(test)]
mod tests;
