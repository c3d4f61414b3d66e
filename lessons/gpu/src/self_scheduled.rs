//! All cores, for comparison: the row of the lesson `threads` that suits even and uneven work.

pub use threads::self_scheduled;
