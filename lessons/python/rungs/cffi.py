"""The sum in C, called through cffi: a compiled module that cffi wrote from `cffi_build.py`.

cffi converts the arguments and gives the lock away while C runs. `lib` has the functions of C, `ffi` what
belongs to them: pointers, and memory.
"""

from rungs import checked
from rungs.cffi_kernels import ffi, lib


def integers(low, high, mask=0):
    """The sum of i ^ mask for low <= i < high."""
    return lib.c_integers(*checked.terms(low, high, mask))


def memory(numbers):
    """The sum of numbers, a buffer of uint64. One that does not fit wraps round."""
    # The pointer keeps the memory from being freed or resized until it goes out of scope itself.
    pointer = ffi.from_buffer("uint64_t[]", checked.numbers(numbers))
    return lib.c_memory(pointer, len(pointer))
