//! What things cost: a probe for each, and rounds in which all of them are measured side by side. The table of `prices`
//! and the simulator ask the same probes.

mod price;
mod probe;
mod rounds;

mod calls;
mod dispatch;
mod locks;
mod memory;
mod operating_system;
mod pools;
mod queues;
mod threads;

mod simulator;

pub use operating_system::as_other_process;
pub(crate) use price::Price;
#[cfg(test)]
pub(crate) use price::Unit;
pub(crate) use probe::{Group, Probe};
pub(crate) use rounds::{Rounds, rounds};
pub(crate) use simulator::{Prices, prices};
pub use threads::wake;

pub(crate) use calls::ADDITION;
pub(crate) use dispatch::dispatch;
pub(crate) use locks::{ADD, MUTEX, MUTEX_SHARED, READ, READ_SHARED};
pub(crate) use memory::{LOAD, cycle_bytes};
pub(crate) use operating_system::SYSTEM_CALL;
pub(crate) use pools::RAYON_JOIN;
pub(crate) use threads::{SPAWN, WAKE};

/// What stands in the table, in this order.
pub(crate) static TABLE: [&Probe; 38] = [
    &calls::ADDITION,
    &calls::CALL,
    &calls::DYN_CALL,
    &calls::THREAD_LOCAL,
    &calls::BRANCH,
    &calls::CLOCK,
    &locks::ADD,
    &locks::MUTEX,
    &locks::PARKING_LOT,
    &locks::READ,
    &locks::ARC,
    &queues::MPSC,
    &queues::SYNC,
    &queues::BOUNDED,
    &queues::UNBOUNDED,
    &queues::SPLIT,
    &memory::ALLOCATE,
    &memory::ALLOCATE_MUCH,
    &memory::LOAD,
    &locks::ADD_SHARED,
    &locks::MUTEX_SHARED,
    &locks::PARKING_LOT_SHARED,
    &locks::READ_SHARED,
    &locks::ARC_SHARED,
    &memory::ALLOCATE_ALL,
    &pools::RAYON_JOIN,
    &pools::TOKIO_SPAWN,
    &pools::TOKIO_BLOCKING,
    &threads::WAKE,
    &threads::NOTIFY,
    &threads::SWITCH,
    &threads::SPAWN,
    &threads::SCOPE,
    &operating_system::SYSTEM_CALL,
    &memory::PAGE,
    &operating_system::PIPE,
    &operating_system::CHILD_PIPE,
    &operating_system::PROCESS,
];
