//! The mistakes that make no noise: nothing fails, and the sum is wrong. Each stands beside its fix.

pub mod dropped_tail;
pub mod float_order;
pub mod lock_across_call;
pub mod lost_update;
pub mod overflow;

use kernels::Workers;
use measure::Error;
use serde::{Deserialize, Serialize};

/// One of the mistakes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Silent {
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

/// A sum, and how far off it is.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
pub struct Answer {
    /// Whether it is the known answer, to the last bit.
    pub right: bool,
    /// The difference to the known answer, as a fraction of that.
    pub off_by: f64,
}

impl Answer {
    /// Compares a sum with the known answer.
    pub fn of(sum: u64, expected: u64) -> Self {
        let difference = i128::from(sum) - i128::from(expected);
        Answer { right: difference == 0, off_by: difference as f64 / expected.max(1) as f64 }
    }
}

impl Silent {
    /// All of them, in reading order.
    pub const ALL: [Silent; 5] = [
        Silent::LostUpdate,
        Silent::DroppedTail,
        Silent::Overflow,
        Silent::FloatOrder,
        Silent::LockAcrossCall,
    ];

    /// Its name on the command line and in the table.
    pub fn as_str(self) -> &'static str {
        match self {
            Silent::LostUpdate => "lost-update",
            Silent::DroppedTail => "dropped-tail",
            Silent::Overflow => "overflow",
            Silent::FloatOrder => "float-order",
            Silent::LockAcrossCall => "lock-across-call",
        }
    }

    /// One line about it, for `--list`.
    pub fn about(self) -> &'static str {
        match self {
            Silent::LostUpdate => "an atomic total, loaded and stored: two steps",
            Silent::DroppedTail => "n / workers terms each; the rest is nobody's",
            Silent::Overflow => "a 32-bit total that wraps around",
            Silent::FloatOrder => "floats in another order: other last digits",
            Silent::LockAcrossCall => "a lock held while waiting for a rayon pool",
        }
    }

    /// What mends it, in a few words.
    pub fn fix(self) -> &'static str {
        match self {
            Silent::LostUpdate => "add in private, share once with fetch_add",
            Silent::DroppedTail => "cut with split::ranges, which has no rest",
            Silent::Overflow => "a type that holds the sum, checked before",
            Silent::FloatOrder => "round each term once, then add integers",
            Silent::LockAcrossCall => "sum first, then lock",
        }
    }

    /// Makes the mistake.
    ///
    /// # Errors
    ///
    /// Where the system refuses a thread. And one of the mistakes never comes back.
    pub fn broken(self, workers: Workers) -> Result<Answer, Error> {
        match self {
            Silent::LostUpdate => Ok(lost_update::broken(workers)),
            Silent::DroppedTail => Ok(dropped_tail::broken(workers)),
            Silent::Overflow => Ok(overflow::broken()),
            Silent::FloatOrder => float_order::broken(workers),
            Silent::LockAcrossCall => lock_across_call::broken(),
        }
    }

    /// The same sum without the mistake.
    ///
    /// # Errors
    ///
    /// Where the system refuses a thread.
    pub fn fixed(self, workers: Workers) -> Result<Answer, Error> {
        match self {
            Silent::LostUpdate => Ok(lost_update::fixed(workers)),
            Silent::DroppedTail => Ok(dropped_tail::fixed(workers)),
            Silent::Overflow => overflow::fixed(),
            Silent::FloatOrder => float_order::fixed(workers),
            Silent::LockAcrossCall => lock_across_call::fixed(),
        }
    }
}
