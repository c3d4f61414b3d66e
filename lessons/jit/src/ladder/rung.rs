use std::time::{Duration, Instant};

use course::Lesson;
use kernels::{Integers, Kernel, Known, Workers};
use measure::{Error, Interval, Strategy};

/// So many terms for rows that pay for every one of them, and for the others.
const TERMS: (u64, u64) = (200_000, 10_000_000);

/// So many runs of each.
const RUNS: usize = 7;

/// No rung may take longer than this.
const LIMIT: Duration = Duration::from_millis(700);

/// One rung: a row of a lesson, and how long it took here.
#[derive(Debug, Clone)]
pub struct Rung {
    /// The lesson.
    pub lesson: &'static str,
    /// The row.
    pub strategy: String,
    /// How many terms it summed.
    pub terms: u64,
    /// Seconds of each run; or why there are none.
    pub seconds: Result<Vec<f64>, String>,
}

impl Rung {
    /// Nanoseconds of one addition.
    pub fn nanoseconds(&self) -> Option<f64> {
        let seconds = self.seconds.as_ref().ok()?;
        Some(Interval::of(seconds)?.median / self.terms as f64 * 1e9)
    }
}

/// All rungs, each measured now.
pub fn rungs() -> Vec<Rung> {
    let mut rungs = Vec::new();
    measure::<::interpreted::Interpreted>(&mut rungs, |name| name != "compiled");
    measure::<::compiled::Compiled>(&mut rungs, |name| name.contains("optimised"));
    if !rungs.iter().any(|rung| rung.strategy == "plain") {
        measure::<crate::Jit>(&mut rungs, |name| name == "interpreted");
    }
    measure::<crate::Jit>(&mut rungs, |name| ["later-calls", "compiled-checked"].contains(&name));
    measure::<sequential::Sequential>(&mut rungs, |name| ["term-by-term", "simd"].contains(&name));
    // What could not be measured comes last.
    let place = |rung: &Rung| rung.nanoseconds().unwrap_or(0.0);
    rungs.sort_by(|one, other| place(other).total_cmp(&place(one)));
    rungs
}

/// The rows of a lesson that are wanted. The learner's own is on no ladder.
fn measure<L: Lesson>(rungs: &mut Vec<Rung>, wanted: impl Fn(&str) -> bool) {
    for strategy in L::strategies::<Integers>() {
        let name = &strategy.name;
        let on_it = strategy.only.is_none_or(|only| only == kernels::Integers::NAME);
        if on_it && wanted(name) && name != "your-turn" && !name.starts_with("folded") {
            let terms = if strategy.per_term { TERMS.0 } else { TERMS.1 };
            let seconds = seconds(&strategy, terms).map_err(|error| error.to_string());
            rungs.push(Rung { lesson: L::NAME, strategy: name.clone(), terms, seconds });
        }
    }
}

/// Seconds of several runs, each of which has to give the known answer.
fn seconds(strategy: &Strategy<Integers>, terms: u64) -> Result<Vec<f64>, Error> {
    let kernel = Integers::new(terms)?;
    let expected = kernel.sum(0..terms);
    let mut sum = strategy.start(&kernel, Workers::ONE)?;
    let begin = Instant::now();
    let mut seconds = Vec::new();
    while seconds.len() < RUNS && (seconds.is_empty() || begin.elapsed() < LIMIT) {
        let (kernel, terms) = std::hint::black_box((&kernel, 0..terms));
        let start = Instant::now();
        let found = sum(kernel, terms)?;
        seconds.push(start.elapsed().as_secs_f64());
        if found != expected {
            return Err(crate::total::failed("it gave a wrong sum"));
        }
    }
    Ok(seconds)
}
