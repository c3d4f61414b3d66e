"""The same with the types said beforehand: Numba compiles while the module is imported.

The first call is as fast as any other. In return the functions take these types and no others.
"""

import numpy
from numba import njit

from rungs import checked

# One dimension, side by side (C is the order of C), and read-only arrays will do as well.
INTEGERS = "uint64(uint64, uint64)"
MEMORY = "uint64(Array(uint64, 1, 'C', readonly=True))"


@njit(INTEGERS, nogil=True)
def add_integers(low, high):
    total = numpy.uint64(0)
    for i in range(low, high):
        total += i
    return total


@njit(MEMORY, nogil=True)
def add_numbers(numbers):
    total = numpy.uint64(0)
    for number in numbers:
        total += number
    return total


def integers(low, high):
    """The sum of the integers low <= i < high."""
    low, high, _ = checked.terms(low, high)
    return add_integers(low, high)


def memory(numbers):
    """The sum of numbers, a buffer of uint64. One that does not fit wraps round."""
    return add_numbers(checked.numbers(numbers))


def inspect(stage):
    """What Numba made of the two loops: by function, the text of `stage`, which is 'llvm' or 'asm'."""
    texts = {}
    for name, function in [("integers", add_integers), ("memory", add_numbers)]:
        shown = {"llvm": function.inspect_llvm, "asm": function.inspect_asm}
        if stage not in shown:
            raise ValueError(f"no stage {stage!r}: there are 'llvm' and 'asm'")
        # One text for each set of types. Here is one set.
        [texts[name]] = shown[stage]().values()
    return texts
