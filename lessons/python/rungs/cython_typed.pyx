# cython: language_level=3, boundscheck=False, wraparound=False, freethreading_compatible=True
"""The sum in Cython with types: the loop becomes one of C.

`cdef` makes a variable of C. In the annotated page the lines of the loop are white: nothing of Python is left
in them. So the lock of the interpreter can be given away meanwhile; `nogil` would not compile if anything
were left.
"""

from libc.stdint cimport uint64_t

from rungs import checked


# ANCHOR: loop
cdef uint64_t add_integers(uint64_t low, uint64_t high, uint64_t mask) noexcept nogil:
    cdef uint64_t i, total = 0
    for i in range(low, high):
        total += i ^ mask
    return total
# ANCHOR_END: loop


cdef uint64_t add_numbers(const uint64_t[::1] numbers) noexcept nogil:
    cdef Py_ssize_t i
    cdef uint64_t total = 0
    for i in range(numbers.shape[0]):
        total += numbers[i]
    return total


def integers(low, high, mask=0):
    """The sum of i ^ mask for low <= i < high."""
    # With `uint64_t low` in the head, Cython would convert by itself, and take 1.5 for 1.
    cdef uint64_t first, end, pattern, total
    first, end, pattern = checked.terms(low, high, mask)
    with nogil:
        total = add_integers(first, end, pattern)
    return total


def memory(numbers):
    """The sum of numbers, a buffer of uint64. One that does not fit wraps round."""
    # [::1] means: side by side. const means: read-only memory will do.
    cdef const uint64_t[::1] view = checked.numbers(numbers)
    cdef uint64_t total
    with nogil:
        total = add_numbers(view)
    return total
