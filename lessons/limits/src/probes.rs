//! What this machine can do, measured: one question a file.

mod additions;
mod mountain;
mod pairs;
pub(crate) mod prices;
mod roofline;

pub(crate) use additions::{Addition, additions};
pub(crate) use mountain::{Mountain, memory_feeds, mountain};
pub(crate) use pairs::{Pairs, pairs};
pub(crate) use prices::{Prices, prices};
pub use prices::{as_other_process, wake};
pub(crate) use roofline::{Roof, roofline};
