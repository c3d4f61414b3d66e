//! Which library should share my work?
//!
//! One library a file, in reading order: how it sums, and how it sums within a sum where it can. `library` has the
//! list of them, `costs` what is measured beside the table.

mod scoped;

mod hot_team;

mod rayon_join;

mod chili;

mod paralight_fixed;
mod paralight_stealing;

mod orx_parallel;

mod deques;

mod tokio_blocking;
mod tokio_tasks;

mod your_turn;

mod costs;
mod findings;
mod lesson;
mod library;
mod tasks;
mod tokio_pool;

pub use self::chili::chili;
pub use self::deques::deques;
pub use self::hot_team::hot_team;
pub use self::orx_parallel::{OrxPool, orx_parallel};
pub use self::paralight_fixed::paralight_fixed;
pub use self::paralight_stealing::paralight_stealing;
pub use self::rayon_join::rayon_join;
pub use self::scoped::scoped;
pub use lesson::Libraries;
pub use tokio_blocking::tokio_blocking;
pub use tokio_pool::TokioPool;
pub use tokio_tasks::tokio_tasks;
pub use your_turn::your_turn;
