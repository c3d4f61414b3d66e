"""The sum in the Rust library of the lesson `ffi`, called through `ctypes`.

To Python it is a library like one in C. But it checks what it is given, and answers with a status: the
sum goes to a place that the caller provides.
"""

import ctypes

from rungs import checked
from rungs.libraries import library

_summing = ctypes.CDLL(str(library("summing")))
_place = ctypes.POINTER(ctypes.c_uint64)
_summing.summing_integers.argtypes = [ctypes.c_uint64, ctypes.c_uint64, ctypes.c_uint64, _place]
_summing.summing_integers.restype = ctypes.c_int32
_summing.summing_memory.argtypes = [ctypes.c_void_p, ctypes.c_size_t, _place]
_summing.summing_memory.restype = ctypes.c_int32
_summing.summing_message.argtypes = [ctypes.c_int32]
_summing.summing_message.restype = ctypes.c_char_p


def integers(low, high, mask=0):
    """The sum of i ^ mask for low <= i < high."""
    return _answer(_summing.summing_integers, *checked.terms(low, high, mask))


def memory(numbers):
    """The sum of numbers, a buffer of uint64. OverflowError where it does not fit."""
    array = checked.numbers(numbers)
    return _answer(_summing.summing_memory, array.ctypes.data, array.size)


def _answer(function, *arguments):
    total = ctypes.c_uint64()
    status = function(*arguments, ctypes.byref(total))
    if status != 0:
        # What can still be wrong after the checks is that a sum of numbers does not fit.
        raise OverflowError(_summing.summing_message(status).decode())
    return total.value
