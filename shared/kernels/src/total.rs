use std::any::Any;
use std::fmt::Debug;
use std::iter::Sum;
use std::ops::{Add, AddAssign};
use std::sync::Mutex;

use crate::Partial;

/// A partial whose type is not known when the program is compiled: what an [`AnyKernel`](crate::AnyKernel)
/// sums, and what the stopwatch and the verdict are given.
#[derive(Debug)]
pub enum Total {
    /// A whole number. The sum of no terms is 0, whatever the kernel sums.
    Number(u64),
    /// Anything else.
    Other(Box<dyn Erased>),
}

impl Total {
    /// The whole number, if it is one.
    pub fn number(&self) -> Option<u64> {
        match self {
            Total::Number(number) => Some(*number),
            Total::Other(_) => None,
        }
    }

    /// The partial, if it is of this type.
    pub fn get<P: Partial>(&self) -> Option<&P> {
        match self {
            Total::Number(number) => (number as &dyn Any).downcast_ref(),
            Total::Other(other) => other.as_any().downcast_ref(),
        }
    }
}

/// What [`Partial`] does, without what keeps it from being a trait object.
pub trait Erased: Debug + Send + Sync {
    /// This one and the next, joined.
    fn joined(self: Box<Self>, next: Box<dyn Erased>) -> Box<dyn Erased>;
    /// Whether both are of one type, and the same.
    fn is_same(&self, other: &dyn Erased) -> bool;
    /// Another one like it.
    fn copy(&self) -> Box<dyn Erased>;
    /// The bytes in which it travels, if it does.
    fn bytes(&self) -> Option<Vec<u8>>;
    /// The value, whatever its type is.
    fn as_any(&self) -> &dyn Any;
    /// The same, owned.
    fn into_any(self: Box<Self>) -> Box<dyn Any>;
}

impl<P: Partial> Erased for P {
    fn joined(self: Box<Self>, next: Box<dyn Erased>) -> Box<dyn Erased> {
        let next = next.into_any().downcast::<P>().expect("one kernel has partials of one type");
        Box::new(*self + *next)
    }

    fn is_same(&self, other: &dyn Erased) -> bool {
        other.as_any().downcast_ref::<P>().is_some_and(|other| self == other)
    }

    fn copy(&self) -> Box<dyn Erased> {
        Box::new(self.clone())
    }

    fn bytes(&self) -> Option<Vec<u8>> {
        self.encode()
    }

    fn as_any(&self) -> &dyn Any {
        self
    }

    fn into_any(self: Box<Self>) -> Box<dyn Any> {
        self
    }
}

impl Default for Total {
    fn default() -> Self {
        Total::Number(0)
    }
}

impl From<u64> for Total {
    fn from(number: u64) -> Self {
        Total::Number(number)
    }
}

impl Clone for Total {
    fn clone(&self) -> Self {
        match self {
            Total::Number(number) => Total::Number(*number),
            Total::Other(other) => Total::Other((**other).copy()),
        }
    }
}

impl PartialEq for Total {
    fn eq(&self, other: &Self) -> bool {
        match (self, other) {
            (Total::Number(one), Total::Number(other)) => one == other,
            (Total::Other(one), Total::Other(other)) => (**one).is_same(&**other),
            _ => false,
        }
    }
}

impl Add for Total {
    type Output = Total;

    fn add(self, next: Total) -> Total {
        match (self, next) {
            (Total::Number(one), Total::Number(next)) => Total::Number(one.wrapping_add(next)),
            (Total::Other(one), Total::Other(next)) => Total::Other(one.joined(next)),
            (Total::Number(0), other) | (other, Total::Number(0)) => other,
            _ => unreachable!("one kernel has partials of one type"),
        }
    }
}

impl AddAssign for Total {
    fn add_assign(&mut self, next: Total) {
        *self = std::mem::take(self) + next;
    }
}

impl Sum for Total {
    fn sum<I: Iterator<Item = Total>>(partials: I) -> Total {
        partials.fold(Total::default(), Add::add)
    }
}

impl Partial for Total {
    type Atomic = Mutex<Total>;
    const IS_NUMBER: bool = false;

    fn erased(self) -> Total {
        self
    }

    fn of(total: &Total) -> Self {
        total.clone()
    }

    fn encode(&self) -> Option<Vec<u8>> {
        match self {
            Total::Number(number) => number.encode(),
            Total::Other(other) => (**other).bytes(),
        }
    }

    /// Only the kernel knows whether these bytes are anything but a number.
    fn decode(bytes: &[u8]) -> Option<Self> {
        u64::decode(bytes).map(Total::Number)
    }
}
