//! The sums as they are written when nobody thinks of a fault. Without one each of them is right, and as fast as
//! any.
//!
//! They are short, they look good, and each forgets one question: *and if not?*

mod processes;
mod queue;
mod threads;

pub use processes::{processes, worker_if_asked};
pub use queue::queue;
pub use threads::threads;
