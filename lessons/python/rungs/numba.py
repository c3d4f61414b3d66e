"""The sum as everyone writes it, compiled by Numba at its first call.

`@njit` looks at the types of the arguments when the function is called, writes LLVM's language for them,
and has it compiled for this very processor. So the first call is slow, once for each set of types.

LLVM knows a formula for the sum of a range, and puts it in place of the loop of `integers`: nobody adds.
`memory` is what Numba really does: no formula can know what lies in memory.
"""

import numpy
from numba import njit

from rungs import checked


# ANCHOR: loop
@njit(nogil=True)
def add_integers(low, high):
    # With a plain 0 the sum would be a float: Numba has no type that holds both int64 and uint64.
    total = numpy.uint64(0)
    for i in range(low, high):
        total += i
    return total
# ANCHOR_END: loop


@njit(nogil=True)
def add_numbers(numbers):
    total = numpy.uint64(0)
    for number in numbers:
        total += number
    return total


def integers(low, high):
    """The sum of the integers low <= i < high."""
    low, high, _ = checked.terms(low, high)
    return add_integers(numpy.uint64(low), numpy.uint64(high))


def memory(numbers):
    """The sum of numbers, a buffer of uint64. One that does not fit wraps round."""
    return add_numbers(checked.numbers(numbers))
