//! Where systems compute differently.

/// `base` to the power `exponent`, with an error of less than one unit in the last place.
///
/// As the mathematical library of the system says; but that of mingw multiplies rounded reciprocals where the exponent
/// is whole, and so says 0.0010000000000000002 of 10 to the power -3.
pub fn power(base: f64, exponent: f64) -> f64 {
    #[cfg(all(windows, target_env = "gnu"))]
    return libm::pow(base, exponent);
    #[cfg(not(all(windows, target_env = "gnu")))]
    base.powf(exponent)
}
