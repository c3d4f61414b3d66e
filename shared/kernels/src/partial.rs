use std::fmt::Debug;
use std::iter::Sum;
use std::ops::{Add, AddAssign};
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Mutex, PoisonError};

use crate::{Kernel, Total};

/// The sum of a range: what workers make, and what `+` joins into the sum of the ranges together.
///
/// That is a whole number for the kernels that come with this workspace, and anything else for a kernel of
/// yours. The default is the sum of no terms.
pub trait Partial:
    Clone
    + Debug
    + Default
    + PartialEq
    + Send
    + Sync
    + Add<Output = Self>
    + AddAssign
    + Sum
    + From<u64>
    + 'static
{
    /// A total that several threads add to.
    type Atomic: Atomic<Self>;

    /// Whether it is a whole number: a core adds one in one instruction, also one that others add to.
    const IS_NUMBER: bool;

    /// The same partial with its type hidden.
    fn erased(self) -> Total;

    /// The partial whose type was hidden.
    ///
    /// # Panics
    ///
    /// Where that was another type.
    fn of(total: &Total) -> Self;

    /// The partial as bytes, for another process; `None` where it cannot travel.
    fn encode(&self) -> Option<Vec<u8>>;

    /// The partial that these bytes stand for; `None` where they stand for none.
    fn decode(bytes: &[u8]) -> Option<Self>;
}

impl Partial for u64 {
    type Atomic = AtomicU64;
    const IS_NUMBER: bool = true;

    fn erased(self) -> Total {
        Total::Number(self)
    }

    fn of(total: &Total) -> Self {
        total.number().expect("the partials of this kernel are whole numbers")
    }

    fn encode(&self) -> Option<Vec<u8>> {
        Some(self.to_le_bytes().to_vec())
    }

    fn decode(bytes: &[u8]) -> Option<Self> {
        bytes.try_into().ok().map(u64::from_le_bytes)
    }
}

/// A total that several threads add to: an atomic number, or where there is none, something behind a lock.
pub trait Atomic<P>: Debug + Default + Send + Sync {
    /// Adds a partial.
    fn fetch_add(&self, partial: P, order: Ordering);

    /// What it holds just now.
    fn load(&self, order: Ordering) -> P;

    /// What it holds in the end.
    fn into_inner(self) -> P;
}

/// The total of kernel `K` that several threads add to.
pub type AtomicOf<K> = <<K as Kernel>::Partial as Partial>::Atomic;

impl Atomic<u64> for AtomicU64 {
    #[inline]
    fn fetch_add(&self, partial: u64, order: Ordering) {
        AtomicU64::fetch_add(self, partial, order);
    }

    #[inline]
    fn load(&self, order: Ordering) -> u64 {
        AtomicU64::load(self, order)
    }

    #[inline]
    fn into_inner(self) -> u64 {
        AtomicU64::into_inner(self)
    }
}

impl<P: Partial> Atomic<P> for Mutex<P> {
    fn fetch_add(&self, partial: P, _: Ordering) {
        *self.lock().unwrap_or_else(PoisonError::into_inner) += partial;
    }

    fn load(&self, _: Ordering) -> P {
        self.lock().unwrap_or_else(PoisonError::into_inner).clone()
    }

    fn into_inner(self) -> P {
        Mutex::into_inner(self).unwrap_or_else(PoisonError::into_inner)
    }
}
