//! What the recorded bench and its ladder print: made from their numbers, as the terminal shows them.

use anstream::adapter::strip_str;

use super::recording::Recorded;
use crate::results::Results;
use crate::terminal;

/// The names of these texts.
pub(super) const BENCH_AND_LADDER: [&str; 2] = ["bench", "ladder"];

/// The text of the bench, and that of the ladder.
pub(super) fn texts(results: &Results) -> [(&'static str, Recorded); 2] {
    let bench = Results { ladder: None, ..results.clone() };
    let ladder = Results { measured: Vec::new(), timelines: Vec::new(), ..results.clone() };
    let [of_bench, of_ladder] = BENCH_AND_LADDER;
    [(of_bench, text(&bench)), (of_ladder, text(&ladder))]
}

fn text(results: &Results) -> Recorded {
    let shown = terminal::summary(results, 80, &[]);
    Recorded { text: strip_str(&shown).to_string(), document: None }
}
