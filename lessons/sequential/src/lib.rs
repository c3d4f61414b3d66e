//! How fast can one core add?
//!
//! One strategy a file, in reading order. All of them use one worker. What differs is how much the
//! compiler may do at once, and on `pi` also the order of the additions.

mod folded_loop;

mod term_by_term;

mod iterator;

mod four_sums;

mod simd;

mod lanes;

mod intrinsics;

mod f64_in_order;

mod f64_pairwise;

mod f64_compensated;

mod your_turn;

mod findings;
mod lesson;

pub use f64_compensated::f64_compensated;
pub use f64_in_order::f64_in_order;
pub use f64_pairwise::f64_pairwise;
pub use folded_loop::folded_loop;
pub use four_sums::four_sums;
pub use intrinsics::intrinsics;
pub use iterator::iterator;
pub use lanes::lanes;
pub use lesson::Sequential;
pub use simd::simd;
pub use term_by_term::term_by_term;
pub use your_turn::your_turn;
