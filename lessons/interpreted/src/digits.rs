/// Integers with more decimal digits are neither read nor written, as in CPython.
pub(crate) const DIGITS: usize = 4300;

/// CPython's words for an integer with too many decimal digits; it gives their number when it reads one.
pub(crate) fn too_many(digits: Option<usize>) -> String {
    let detail = digits.map_or_else(String::new, |count| format!(": value has {count} digits"));
    format!(
        "Exceeds the limit ({DIGITS} digits) for integer string conversion{detail}; use \
         sys.set_int_max_str_digits() to increase the limit"
    )
}
