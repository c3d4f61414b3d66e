//! The sum as a module of Python, in Rust with PyO3.
//!
//! The macros of PyO3 write the calls of Python's interface. A function takes and gives types of Rust: an
//! argument that does not fit its type becomes the exception that Python has for it, and an `Err` becomes any
//! exception.

use std::ffi::CStr;
use std::slice;

use pyo3::buffer::PyUntypedBuffer;
use pyo3::exceptions::{PyBufferError, PyOverflowError, PyTypeError, PyValueError};
use pyo3::prelude::*;

/// The module. `gil_used = false`: it also works in a Python without a global lock.
#[pymodule(name = "pyo3", gil_used = false)]
mod module {
    #[pymodule_export]
    use super::{integers, memory};
}

/// The sum of i ^ mask for low <= i < high.
#[pyfunction]
#[pyo3(signature = (low, high, mask=0))]
fn integers(py: Python<'_>, low: u64, high: u64, mask: u64) -> PyResult<u64> {
    if !fits(low, high, mask) {
        return Err(PyOverflowError::new_err("the sum does not fit 64 bits"));
    }
    // Other threads may run Python meanwhile. The compiler lets no object of Python into the closure.
    Ok(py.detach(|| (low..high).map(|i| i ^ mask).fold(0, u64::wrapping_add)))
}

/// The sum of numbers, a buffer of uint64. One that does not fit wraps round.
#[pyfunction]
fn memory(py: Python<'_>, numbers: &Bound<'_, PyAny>) -> PyResult<u64> {
    let buffer = PyUntypedBuffer::get(numbers)?;
    if buffer.item_size() != size_of::<u64>() || !is_uint64(buffer.format()) {
        return Err(PyTypeError::new_err("the numbers must be of type uint64"));
    }
    if buffer.dimensions() != 1 {
        return Err(PyValueError::new_err("the numbers must have one dimension"));
    }
    let first = buffer.buf_ptr().cast::<u64>();
    if buffer.item_count() == 0 {
        return Ok(0);
    }
    if !buffer.is_c_contiguous() || !first.is_aligned() {
        return Err(PyBufferError::new_err(
            "the numbers must lie side by side, at a multiple of 8",
        ));
    }
    #[expect(unsafe_code, reason = "reads memory of Python's while other threads may run Python")]
    // SAFETY: type, address and length were checked, and `buffer` keeps the memory from being freed or
    // resized. That no other thread writes to it meanwhile is what the caller promises, as with NumPy.
    let numbers = unsafe { slice::from_raw_parts(first, buffer.item_count()) };
    Ok(py.detach(|| numbers.iter().copied().fold(0, u64::wrapping_add)))
}

/// Whether the letters of a buffer stand for numbers without a sign, in this machine's order of bytes.
///
/// `PyBuffer<u64>` asks that, too, but on a little-endian machine it takes `>` for its own order (in PyO3
/// 0.30.1): numbers with their bytes the other way round would be summed, wrongly.
fn is_uint64(format: &CStr) -> bool {
    let native = if cfg!(target_endian = "little") { b'<' } else { b'>' };
    match format.to_bytes() {
        [b'Q' | b'L'] => true,
        [order, b'Q' | b'L'] => [b'@', b'=', native].contains(order),
        _ => false,
    }
}

/// Whether the sum is sure to fit: i ^ mask is at most i + mask.
fn fits(low: u64, high: u64, mask: u64) -> bool {
    let count = u128::from(high.saturating_sub(low));
    // Half of less than 2^128, and of less than 2^128: the sum of both may not fit.
    let of_numbers = count * (u128::from(low) + u128::from(high.max(1) - 1)) / 2;
    let of_masks = count * u128::from(mask);
    of_numbers.checked_add(of_masks).is_some_and(|most| most <= u64::MAX.into())
}
