//! The pictures of the chapter.

mod coalesced;
mod divergence;
mod tree;

use draw::Sketch;

/// All of them, in the order of the chapter.
pub fn all() -> [Sketch; 3] {
    [tree::picture(), coalesced::picture(), divergence::picture()]
}
