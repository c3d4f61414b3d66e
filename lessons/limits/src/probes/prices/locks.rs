//! What many want to change: each thing once with nobody else there, and once while all usable cores do it.

use std::hint::black_box;
use std::sync::atomic::{AtomicU64, Ordering::Relaxed};
use std::sync::{Arc, Mutex, RwLock};

use super::probe::{Group::Alone, Probe, many, shared};

// ANCHOR: add
pub(crate) static ADD: Probe =
    Probe::new(Alone, "atomic add", "fetch_add, Relaxed", || many(adding()));

pub(super) static ADD_SHARED: Probe =
    Probe::shared("atomic add, shared", &ADD, || shared(adding()));

fn adding() -> impl Fn() + Sync + 'static {
    let number = AtomicU64::new(0);
    move || {
        number.fetch_add(1, Relaxed);
    }
}
// ANCHOR_END: add

pub(crate) static MUTEX: Probe =
    Probe::new(Alone, "Mutex, free", "std: lock, add, unlock", || many(locking()));

pub(crate) static MUTEX_SHARED: Probe = Probe::shared("Mutex, taken", &MUTEX, || shared(locking()));

fn locking() -> impl Fn() + Sync + 'static {
    let total = Mutex::new(0_u64);
    move || *total.lock().expect("nobody panics under it") += 1
}

pub(super) static PARKING_LOT: Probe =
    Probe::new(Alone, "parking_lot Mutex, free", "lock, add, unlock", || many(parking_lot()));

pub(super) static PARKING_LOT_SHARED: Probe =
    Probe::shared("parking_lot Mutex, taken", &PARKING_LOT, || shared(parking_lot()));

fn parking_lot() -> impl Fn() + Sync + 'static {
    let total = parking_lot::Mutex::new(0_u64);
    move || *total.lock() += 1
}

pub(crate) static READ: Probe =
    Probe::new(Alone, "RwLock read, free", "std: read, unlock", || many(reading()));

pub(crate) static READ_SHARED: Probe =
    Probe::shared("RwLock read, shared", &READ, || shared(reading()));

fn reading() -> impl Fn() + Sync + 'static {
    let total = RwLock::new(0_u64);
    move || {
        black_box(*total.read().expect("nobody panics under it"));
    }
}

pub(super) static ARC: Probe =
    Probe::new(Alone, "Arc clone and drop", "one up, one down", || many(cloning()));

pub(super) static ARC_SHARED: Probe =
    Probe::shared("Arc clone and drop, shared", &ARC, || shared(cloning()));

fn cloning() -> impl Fn() + Sync + 'static {
    let owned = Arc::new(0_u64);
    move || drop(black_box(Arc::clone(&owned)))
}
