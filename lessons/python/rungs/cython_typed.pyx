# cython: language_level=3, boundscheck=False, wraparound=False, freethreading_compatible=True
"""The sum in Cython with types: the loop becomes one of C.

`cdef` makes a variable of C. In the annotated page the lines of the loop are white: nothing of Python is left
in them. So the lock of the interpreter can be given away meanwhile; `nogil` would not compile if anything
were left.
"""

from libc.stdint cimport uint64_t

from rungs import checked


def integers(low, high, mask=0):
    """The sum of i ^ mask for low <= i < high."""
    # With `uint64_t low` in the head, Cython would convert by itself, and take 1.5 for 1.
    cdef uint64_t first, end, pattern
    first, end, pattern = checked.terms(low, high, mask)
    cdef uint64_t i, total = 0
    with nogil:
        for i in range(first, end):
            total += i ^ pattern
    return total


def memory(numbers):
    """The sum of numbers, a buffer of uint64. One that does not fit wraps round."""
    # [::1] means: side by side. const means: read-only memory will do.
    cdef const uint64_t[::1] view = checked.numbers(numbers)
    cdef Py_ssize_t i
    cdef uint64_t total = 0
    with nogil:
        for i in range(view.shape[0]):
            total += view[i]
    return total
