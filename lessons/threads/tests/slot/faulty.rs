//! An atomic number of loom's whose swap has a fault.

use std::marker::PhantomData;
use std::sync::atomic::Ordering;

use loom::sync::atomic::AtomicU32 as Right;

/// The fault.
pub trait Swap {
    fn swap(number: &Right, value: u32, order: Ordering) -> u32;
}

/// All but the swap is loom's own.
pub struct AtomicU32<S>(Right, PhantomData<S>);

impl<S: Swap> AtomicU32<S> {
    pub fn new(value: u32) -> Self {
        AtomicU32(Right::new(value), PhantomData)
    }

    pub fn load(&self, order: Ordering) -> u32 {
        self.0.load(order)
    }

    pub fn compare_exchange(
        &self,
        current: u32,
        new: u32,
        success: Ordering,
        failure: Ordering,
    ) -> Result<u32, u32> {
        self.0.compare_exchange(current, new, success, failure)
    }

    pub fn swap(&self, value: u32, order: Ordering) -> u32 {
        S::swap(&self.0, value, order)
    }
}
