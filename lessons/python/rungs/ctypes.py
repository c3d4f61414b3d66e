"""The sum in the C library of the lesson `ffi`, called through `ctypes`, which is part of Python.

Nothing is compiled for Python. The library is loaded, and this file says what its functions look like. Nobody
compares that with the header: a wrong line here crashes the interpreter. While C runs, other threads may
run Python: `ctypes.CDLL` gives the lock away by itself.
"""

import ctypes

from rungs import checked
from rungs.libraries import library

_kernels = ctypes.CDLL(str(library("kernels")))
_kernels.c_integers.argtypes = [ctypes.c_uint64, ctypes.c_uint64, ctypes.c_uint64]
_kernels.c_integers.restype = ctypes.c_uint64
_kernels.c_memory.argtypes = [ctypes.c_void_p, ctypes.c_size_t]
_kernels.c_memory.restype = ctypes.c_uint64


def integers(low, high, mask=0):
    """The sum of i ^ mask for low <= i < high."""
    # ctypes would cut a number that is too large down to 64 bits, silently.
    return _kernels.c_integers(*checked.terms(low, high, mask))


def memory(numbers):
    """The sum of numbers, a buffer of uint64. One that does not fit wraps round."""
    # An address keeps nothing alive. The array does, until this function returns.
    array = checked.numbers(numbers)
    return _kernels.c_memory(array.ctypes.data, array.size)
