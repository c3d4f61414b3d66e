use num_bigint::{BigInt, BigUint};
use num_integer::Integer;
use num_traits::{Signed, ToPrimitive, Zero};

use super::with_big;
use crate::Exception;
use crate::object::float::float_power;
use crate::object::number::to_float;
use crate::object::{Heap, NOT_IMPLEMENTED, SlotResult, Value};

/// Powers of more bits than this (4 MiB) are refused with a MemoryError: to reach it takes seconds, and
/// to go on from there minutes.
const POWER_BITS: u64 = 1 << 25;

/// The same in words.
const BOUND: &str = "33,554,432 bits in a power";

/// `a ** b`: a float where b is negative.
pub(super) fn power(left: &Value, right: &Value, heap: &mut Heap) -> SlotResult {
    let (Some(base), Some(exponent)) = (left.as_big(), right.as_big()) else {
        return NOT_IMPLEMENTED;
    };
    if exponent.is_negative() {
        return float_power(to_float(left)?, to_float(right)?, heap);
    }
    with_big(left, right, heap, |_, _| {
        let magnitude = base.magnitude();
        if *magnitude <= BigUint::from(1u8) {
            let odd = exponent.is_odd();
            return Ok(match () {
                () if exponent.is_zero() => BigInt::from(1),
                () if base.is_negative() && !odd => -base,
                () => base,
            });
        }
        let times = exponent.to_u32().ok_or_else(|| Exception::memory(BOUND))?;
        if (magnitude.bits() - 1).saturating_mul(u64::from(times)) > POWER_BITS {
            return Err(Exception::memory(BOUND));
        }
        Ok(base.pow(times))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_power_that_is_too_large_says_where_the_bound_is() {
        let refused = power(&Value::int(2), &Value::int(100_000_000), &mut Heap::default());
        let refused = refused.expect_err("it is refused").expect("an exception").to_string();
        assert!(refused.starts_with("MemoryError: more than 33,554,432 bits"), "{refused}");
    }
}
