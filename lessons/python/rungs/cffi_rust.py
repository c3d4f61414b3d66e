"""The sum in Rust, called through cffi: the module was written from `cffi_rust_build.py`."""

from rungs import checked
from rungs.cffi_summing import ffi, lib


def integers(low, high, mask=0):
    """The sum of i ^ mask for low <= i < high."""
    return _answer(lib.summing_integers, *checked.terms(low, high, mask))


def memory(numbers):
    """The sum of numbers, a buffer of uint64. OverflowError where it does not fit."""
    pointer = ffi.from_buffer("uint64_t[]", checked.numbers(numbers))
    return _answer(lib.summing_memory, pointer, len(pointer))


def _answer(function, *arguments):
    total = ffi.new("uint64_t *")
    status = function(*arguments, total)
    if status != 0:
        # What can still be wrong after the checks is that a sum of numbers does not fit.
        raise OverflowError(ffi.string(lib.summing_message(status)).decode())
    return total[0]
