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
    let given = document.cores(workers);
    let alone = document.baseline.as_ref().map_or(f64::INFINITY, |alone| alone.seconds.median);
    if guess < measured {
        return given.map_or_else(
            || "Sharing costs less than you thought.".to_owned(),
            |cores| {
                let cores = three_digits(cores);
                format!("The machine gave {cores} cores, and sharing cost little of them.")
            },
        );
    }
    if measured < 0.95 && alone < 1e-3 {
        let alone = seconds(alone);
        return format!("One core needs only {alone} for all of it: sharing costs more than that.");
    }
    if workers > usable && guess > usable as f64 {
        let cores = count(usable as u64, "core");
        return format!("There are {workers} workers, but only {cores} for them.");
    }
    if let Some(cores) = given.filter(|cores| *cores < 0.85 * workers.min(usable) as f64) {
        let cores = three_digits(cores);
        return format!("The control got only {cores} cores, so there was no more to be had.");
    }
    if guess > 1.1 * workers as f64 {
        return format!("{workers} workers do the work of {workers} cores at most.");
    }
    if document.reads_memory() {
        return "The cores wait for the memory, and all of them for the same one.".to_owned();
    }
    if let Some(imbalance) = run.imbalance.filter(|imbalance| *imbalance > 1.1) {
        let imbalance = three_digits(imbalance);
        return format!("The busiest worker worked {imbalance}x the mean; the others waited.");
    }
    let share = run.share_of_control().unwrap_or(1.0);
    let share = percent(share);
    format!("It made use of {share} of what the machine gave; the rest went into sharing.")
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
        format!("{per_term}, which does so much more at once.")
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
mod tests {
    use kernels::{Integers, Known, Memory};

    use super::*;
    use crate::made_up::{control, document, exactly, integers, run};

    /// Both sentences on a guess of the speedup with two workers.
    fn said(ratio: f64, document: &Document) -> String {
        let guess = Prediction { question: Question::Faster { workers: 2 }, ratio };
        compared(&guess, document, Some("scoped"), None).join(" ")
    }

    #[test]
    fn a_good_guess_is_called_one() {
        let scoped = integers(vec![run("spawned", 2, 0.006), run("scoped", 2, 0.005)]);
        let good = said(1.9, &scoped);
        assert!(
            good.contains("1.90x; scoped was 2.00x as fast as one core: 5 % too low"),
            "{good}"
        );
        assert!(good.contains("good guess"), "{good}");
        assert!(said(2.0, &scoped).contains("right on the spot"));
    }

    #[test]
    fn a_bad_guess_is_told_why() {
        let scoped = |seconds| integers(vec![run("scoped", 2, seconds)]);
        let high = said(16.0, &scoped(0.005));
        assert!(high.contains("700 % too high") && high.contains("2 cores at most"), "{high}");
        assert!(said(1.0, &scoped(0.005)).contains("50 % too low. The machine gave 2.00 cores"));
        let shared = said(1.8, &scoped(0.0075));
        assert!(shared.contains("made use of 67 %"), "{shared}");
        assert!(said(400.0, &scoped(0.005)).contains("200x too high"));

        let mut small = scoped(0.0001);
        small.baseline.as_mut().expect("made with one").seconds = exactly(0.00005);
        small.runs[0].speedup = Some(exactly(0.5));
        let high = said(2.0, &small);
        assert!(high.contains("2.0x slower than one core: 300 % too high"), "{high}");
        assert!(high.contains("needs only 50.0 us"), "{high}");

        let mut taken = scoped(0.007);
        taken.controls = Some(vec![control(&[0.75, 0.75], &[0.75, 0.75])]);
        assert!(said(1.9, &taken).contains("only 1.50 cores"), "{}", said(1.9, &taken));

        let mut narrow = scoped(0.010);
        narrow.machine.usable_cores = 1;
        assert!(said(2.0, &narrow).contains("2 workers, but only 1 core for"));

        let mut imbalanced = scoped(0.008);
        imbalanced.runs[0].imbalance = Some(1.5);
        assert!(said(1.9, &imbalanced).contains("1.50x the mean"));

        let memory = document("threads", Memory::NAME, vec![run("scoped", 2, 0.008)]);
        assert!(said(1.9, &memory).contains("wait for the memory"));
    }

    #[test]
    fn in_doubt_no_reason_is_given() {
        let question = Question::Faster { workers: 2 };
        let scoped = integers(vec![run("scoped", 2, 0.005)]);
        let guess = Prediction { question, ratio: 1.9 };
        let said = compared(&guess, &scoped, None, Some(Doubt::FewRounds(3)));
        assert!(said[0].contains("5 % too low") && said[1].contains("may be off"), "{said:?}");
    }

    #[test]
    fn without_a_right_row_nobody_can_say() {
        assert!(said(1.8, &integers(Vec::new())).contains("no row can say"));
    }

    #[test]
    fn a_slow_row_is_compared_with_the_best() {
        let rows = vec![run("term-by-term", 1, 0.04), run("simd", 1, 0.01)];
        let document = document("sequential", Integers::NAME, rows);
        let said = |ratio| {
            let question = Question::Slower { strategy: "term-by-term".to_owned() };
            compared(&Prediction { question, ratio }, &document, None, None).join(" ")
        };
        let low = said(2.0);
        assert!(low.contains("term-by-term took 4.00x as long as simd: 50 % too low"), "{low}");
        assert!(low.contains("0.40 ns in term-by-term and 0.10 ns in simd"), "{low}");
        assert!(said(4.2).contains("good guess"));
    }
}
