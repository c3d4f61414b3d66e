//! What compiled code calls: float arithmetic for which there is no single instruction.

use ::interpreted::floor_and_remainder;

/// A function that compiled code may call.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Helper {
    /// `%`
    Remainder,
    /// `//`
    FloorDivide,
    /// `**`
    Power,
}

impl Helper {
    /// All of them, in order.
    pub(crate) const ALL: [Helper; 3] = [Helper::Remainder, Helper::FloorDivide, Helper::Power];

    /// The name that compiled code calls it by.
    pub(crate) fn name(self) -> &'static str {
        match self {
            Helper::Remainder => "float_remainder",
            Helper::FloorDivide => "float_floor_divide",
            Helper::Power => "float_power",
        }
    }

    /// Where it is.
    pub(crate) fn function(self) -> extern "C" fn(f64, f64) -> f64 {
        match self {
            Helper::Remainder => remainder,
            Helper::FloorDivide => floor_divide,
            Helper::Power => power,
        }
    }
}

/// `left % right` in Python. The divisor is not zero.
extern "C" fn remainder(left: f64, right: f64) -> f64 {
    floor_and_remainder(left, right).1
}

/// `left // right` in Python. The divisor is not zero.
extern "C" fn floor_divide(left: f64, right: f64) -> f64 {
    floor_and_remainder(left, right).0
}

/// `left ** right`.
extern "C" fn power(left: f64, right: f64) -> f64 {
    interpreted::power(left, right)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// From Python 3.11.
    #[test]
    fn floats_divide_as_in_python() {
        for (left, right, rest, floor) in [
            (7.5, 2.0, 1.5, 3.0),
            (-7.5, 2.0, 0.5, -4.0),
            (7.5, -2.0, -0.5, -4.0),
            (-7.5, -2.0, -1.5, 3.0),
            (0.3, 0.1, 0.09999999999999998, 2.0),
            (1e300, 1e-10, 5.476641984772742e-11, f64::INFINITY),
            (-1.0, 1e20, 1e20, -1.0),
            (5.0, f64::INFINITY, 5.0, 0.0),
            (-5.0, f64::INFINITY, f64::INFINITY, -1.0),
        ] {
            assert_eq!(remainder(left, right), rest, "{left} % {right}");
            assert_eq!(floor_divide(left, right), floor, "{left} // {right}");
        }
        assert!(remainder(-4.0, 2.0).is_sign_positive() && remainder(4.0, -2.0).is_sign_negative());
    }
}
