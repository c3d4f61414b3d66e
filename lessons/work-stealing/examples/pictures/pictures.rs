//! The pictures of the chapter.

mod deque;
mod shares;

use draw::Sketch;

/// All of them, in the order of the chapter.
pub fn all() -> [Sketch; 2] {
    [shares::picture(), deque::picture()]
}
