//! The bench on a terminal: the answer, then the speedups, the lanes, and what the report says in words.

mod answer;
mod canvas;
mod dots;
mod ladder;
mod lanes;
mod peers;
mod speedups;

use canvas::Canvas;

use crate::in_words::in_words;
use crate::law_readings::LawReading;
use crate::results::{Question, Results};

/// Everything worth a look, in lines of at most `width` characters: 80 where the terminal is wider,
/// 40 where it is narrower.
pub fn summary(results: &Results, width: usize, laws: &[LawReading]) -> String {
    let mut canvas = Canvas::new(width.clamp(40, 80));
    if !results.complete {
        canvas.sentence(&format!(
            "This bench was interrupted after {} measurements; what was measured is below.",
            results.measured.len()
        ));
    }
    answer::draw(&mut canvas, results);
    speedups::draw(&mut canvas, results, Question::Scaling);
    speedups::draw(&mut canvas, results, Question::Weak);
    lanes::draw(&mut canvas, &results.timelines);
    peers::draw(&mut canvas, results);
    ladder::draw(&mut canvas, results);
    if !laws.is_empty() {
        canvas.heading("What do the laws say?");
        for law in laws {
            canvas.item(&format!("{}, {}: {}", law.kernel, law.strategy, law.sentences.join(" ")));
        }
    }
    let words = in_words(results);
    if !words.is_empty() {
        canvas.heading("In plain words");
        words.iter().for_each(|remark| canvas.item(remark));
    }
    if !results.troubles.is_empty() {
        canvas.heading("What was not measured?");
        for trouble in &results.troubles {
            let what = if trouble.failed { "failed" } else { "skipped" };
            canvas.item(&format!("{} {what}: {}", trouble.id, trouble.reason));
        }
    }
    canvas.text()
}
