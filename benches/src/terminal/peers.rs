use std::cmp::Ordering;

use measure::Interval;

use super::canvas::Canvas;
use crate::beside::{Beside, beside, ours};
use crate::chart::terms;
use crate::compare::{Line, row};
use crate::figures::{median, side_of_one};
use crate::results::{Measured, Results};
use crate::text::{cut, plain};

/// The head of each table.
const HEAD: &str = "way                    w  theirs    ours ratio      95 % ours";

/// A table for each sum: foreign ways, each with the strategy of ours that took turns with it, and our time over
/// theirs.
pub(super) fn draw(canvas: &mut Canvas, results: &Results) {
    for Beside { kernel, terms: number, pairs, .. } in beside(results) {
        let size = match number {
            0 => String::new(),
            number => format!(", {} terms", terms(number)),
        };
        canvas.heading(&format!("peers, {kernel}{size}: our time over theirs"));
        canvas.line(HEAD);
        for (one, ratio) in &pairs {
            canvas.line(&line(one, ratio));
        }
    }
}

fn line(one: &Measured, ratio: &Interval) -> String {
    let word = match side_of_one(ratio) {
        Some(Ordering::Less) => "faster",
        Some(_) => "slower",
        None if ratio.is_wide() => "cannot tell",
        None => "level",
    };
    let mine = one.peer.as_ref().and_then(|peer| median(Interval::of(&peer.seconds)));
    let times = [median(one.time()).unwrap_or_default(), mine.unwrap_or_default()];
    let rest = format!("{:8} {word}", cut(&plain(&ours(one)), 8));
    row(&Line { measured: one, times, ratio: *ratio, rest })
}
