//! Who takes the work that is left?
//!
//! One strategy a file, in reading order. `deques` is a scheduler of our own, small enough to read in
//! one sitting; `sleep` is the part of it that puts idle workers to sleep, and sends them home.

mod equal_ranges;

mod rayon_iter;

mod rayon_chunks;

mod rayon_join;

mod deques;
mod sleep;
mod sync;

mod chili;

mod paralight_fixed;

mod paralight_stealing;

mod your_turn;

mod findings;
mod lesson;
mod pools;

pub use self::chili::{chili, halve as chili_within};
pub use deques::{Deques, deques};
pub use equal_ranges::equal_ranges;
pub use lesson::WorkStealing;
pub use paralight_fixed::paralight_fixed;
pub use paralight_stealing::paralight_stealing;
pub use pools::{ChiliPool, ParalightPool, RayonPool};
pub use rayon_chunks::rayon_chunks;
pub use rayon_iter::rayon_iter;
pub use rayon_join::rayon_join;
pub use your_turn::your_turn;
