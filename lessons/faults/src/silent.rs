//! The mistakes that make no noise: nothing fails, and the sum is wrong. Each stands beside its fix.

pub mod dropped_tail;
pub mod float_order;
pub mod lock_across_call;
pub mod lost_update;
pub mod overflow;

use kernels::Total;
use measure::{Context, Error};
use serde::{Deserialize, Serialize};

/// One of the mistakes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum SilentMistake {
    /// Two workers read, add and write the same total.
    LostUpdate,
    /// n / workers terms for each worker, and nobody has the rest.
    DroppedTail,
    /// A total that is too small for the sum.
    Overflow,
    /// Floats, added in an order that depends on the number of workers.
    FloatOrder,
    /// A lock that is held while others work.
    LockAcrossCall,
}

/// How far a sum is from the known answer.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
pub struct Deviation {
    /// Whether it is that answer, to the last bit.
    pub right: bool,
    /// The difference to the known answer, as a fraction of that; 0 where sums are no numbers.
    pub off_by: f64,
}

impl Deviation {
    /// Compares a sum of any type with the known answer.
    pub fn between(sum: &Total, expected: &Total) -> Self {
        match sum.number().zip(expected.number()) {
            Some((sum, expected)) => Deviation::of(sum, expected),
            None => Deviation { right: sum == expected, off_by: 0.0 },
        }
    }

    /// Compares a sum with the known answer.
    pub fn of(sum: u64, expected: u64) -> Self {
        let difference = i128::from(sum) - i128::from(expected);
        Deviation { right: difference == 0, off_by: difference as f64 / expected.max(1) as f64 }
    }
}

impl SilentMistake {
    /// All of them, in reading order.
    pub const ALL: [SilentMistake; 5] = [
        SilentMistake::LostUpdate,
        SilentMistake::DroppedTail,
        SilentMistake::Overflow,
        SilentMistake::FloatOrder,
        SilentMistake::LockAcrossCall,
    ];

    /// Its name on the command line and in the table.
    pub fn as_str(self) -> &'static str {
        match self {
            SilentMistake::LostUpdate => "lost-update",
            SilentMistake::DroppedTail => "dropped-tail",
            SilentMistake::Overflow => "overflow",
            SilentMistake::FloatOrder => "float-order",
            SilentMistake::LockAcrossCall => "lock-across-call",
        }
    }

    /// One line about it, for `--list`.
    pub fn about(self) -> &'static str {
        match self {
            SilentMistake::LostUpdate => "an atomic total, loaded and stored: two steps",
            SilentMistake::DroppedTail => "n / workers terms each; the remainder is nobody's",
            SilentMistake::Overflow => "a 32-bit total that wraps around",
            SilentMistake::FloatOrder => "floats in another order: other last digits",
            SilentMistake::LockAcrossCall => "a lock held while waiting for a rayon pool",
        }
    }

    /// The fix, in a few words.
    pub fn fix(self) -> &'static str {
        match self {
            SilentMistake::LostUpdate => "add in private, share once with fetch_add",
            SilentMistake::DroppedTail => "cut with split::ranges, without a remainder",
            SilentMistake::Overflow => "a type that holds the sum, checked before",
            SilentMistake::FloatOrder => "round each term once, then add integers",
            SilentMistake::LockAcrossCall => "sum first, then lock",
        }
    }

    /// Makes the mistake.
    ///
    /// # Errors
    ///
    /// Where the system refuses a thread. And one of the mistakes never comes back.
    pub fn broken(self, context: &Context) -> Result<Deviation, Error> {
        match self {
            SilentMistake::LostUpdate => Ok(lost_update::broken(context.workers())),
            SilentMistake::DroppedTail => Ok(dropped_tail::broken(context.workers())),
            SilentMistake::Overflow => Ok(overflow::broken()),
            SilentMistake::FloatOrder => float_order::broken(context),
            SilentMistake::LockAcrossCall => lock_across_call::broken(),
        }
    }

    /// The same sum without the mistake.
    ///
    /// # Errors
    ///
    /// Where the system refuses a thread.
    pub fn fixed(self, context: &Context) -> Result<Deviation, Error> {
        match self {
            SilentMistake::LostUpdate => Ok(lost_update::fixed(context.workers())),
            SilentMistake::DroppedTail => Ok(dropped_tail::fixed(context.workers())),
            SilentMistake::Overflow => overflow::fixed(),
            SilentMistake::FloatOrder => float_order::fixed(context),
            SilentMistake::LockAcrossCall => lock_across_call::fixed(),
        }
    }
}
