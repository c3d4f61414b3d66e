//! What this machine can do, measured: one question a file.

mod additions;
mod mountain;
mod pairs;
mod prices;
mod roofline;

pub use additions::{Addition, additions};
pub use mountain::{Mountain, Slope, memory_feeds, mountain};
pub use pairs::{Pairs, pairs};
pub use prices::{NOTHING, Prices, prices, wake};
pub use roofline::{Roof, roofline};
