//! Do N threads make the sum N times faster?
//!
//! One strategy a file, in reading order. Two neighbours differ in one idea, and the difference of
//! their rows in the table is what that idea costs.

mod findings;
mod idle;
mod on_threads;

mod spawned;

mod scoped;

mod mutex_std;

mod mutex_parking_lot;

mod atomic;

mod neighbours;

mod padded;

mod channel;

mod self_scheduled;

mod hot_team;

mod f64_by_worker;

mod your_turn;

mod lesson;

pub use atomic::atomic;
pub use channel::channel;
pub use f64_by_worker::f64_by_worker;
pub use hot_team::{AWAKE, HotTeam, hot_team};
pub use lesson::Threads;
pub use mutex_parking_lot::mutex_parking_lot;
pub use mutex_std::mutex_std;
pub use neighbours::neighbours;
pub use on_threads::on_threads;
pub use padded::padded;
pub use scoped::scoped;
pub use self_scheduled::self_scheduled;
pub use spawned::spawned;
pub use your_turn::your_turn;
