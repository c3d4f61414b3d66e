//! What does it cost to let other programs add?
//!
//! First the strategies, one a file, in reading order. Then what they stand on: the frames that travel
//! (`frame`), the worker that answers them (`worker`), how one is started (`start`), and the parent's view
//! of one child (`child`).

mod spawned;

mod pool;

mod piped;

mod mapped;

mod your_turn;

mod findings;
mod lesson;
mod options;
mod phases;

mod child;
mod fault;
pub mod frame;
mod start;
mod worker;

pub use child::Child;
pub use fault::Fault;
pub use lesson::Processes;
pub use mapped::mapped;
pub use options::retries;
pub use piped::piped;
pub use pool::{Pool, pool};
pub use spawned::spawned;
pub use worker::worker_if_asked;
pub use your_turn::your_turn;
