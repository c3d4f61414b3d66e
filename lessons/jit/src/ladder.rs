//! One addition on every rung, from an interpreter to vectors: rows of other lessons, measured live.

mod document;
mod drawing;
mod rung;

use course::Document;

use crate::below::paragraph;

pub use rung::{Rung, rungs};

/// The ladder as text; its result is left for the report of the benches.
pub(crate) fn ladder(document: &Document) -> String {
    let rungs = rungs();
    let mut text = drawing::draw(&rungs);
    for rung in &rungs {
        if let Err(reason) = &rung.seconds {
            text += &paragraph(&format!("{} {} is left out: {reason}", rung.lesson, rung.strategy));
        }
    }
    match document::leave(document, &rungs) {
        Ok(Some(path)) => {
            text += &paragraph(&format!(
                "The ladder is in {}; the report of the benches draws it.",
                path.display()
            ));
        }
        Ok(None) => {}
        Err(reason) => text += &paragraph(&format!("The ladder could not be left: {reason}")),
    }
    text
}
