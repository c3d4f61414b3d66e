# cython: language_level=3
"""The sum as everyone writes it in Python, compiled by Cython without a word about types.

The bytecode is gone, the objects are not: `total` and `i` are still ints of Python, made and freed at each
addition. In the annotated page the lines of the loop are yellow: each is a call of Python's interface.
"""

from rungs import checked


def integers(low, high):
    """The sum of the integers low <= i < high."""
    low, high, _ = checked.terms(low, high)
    total = 0
    for i in range(low, high):
        total += i
    return total


def memory(numbers):
    """The sum of numbers, a buffer of uint64."""
    total = 0
    # Bytes, and then numbers again: that takes away the letter for the order of bytes, which a
    # memoryview cannot read.
    for number in memoryview(checked.numbers(numbers).view("uint8")).cast("Q"):
        total += number
    return total
