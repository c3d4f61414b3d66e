//! The pictures of the chapter.

mod false_sharing;

use draw::Sketch;

/// All of them, in the order of the chapter.
pub fn all() -> [Sketch; 1] {
    [false_sharing::picture()]
}
