"""A sum of points (i, 1): a class that Numba compiles, its type named in a signature.

A class of Python has fields of any kind. `@jitclass` makes one whose fields have fixed types, so that
compiled code can reach them by their place. Such an object still lives on the heap: two are made at each
addition, and that is what this rung pays for. A class whose objects refer to others of the same class is in
`numba_chain.py`.
"""

import numpy
from numba import njit, uint64
from numba.experimental import jitclass

from rungs import checked


@jitclass([("x", uint64), ("y", uint64)])
class Point:
    """Two whole numbers."""

    def __init__(self, x, y):
        self.x = x
        self.y = y


# The class by itself is no type of Numba's. This is the type that its objects have.
point = Point.class_type.instance_type


@njit(point(point, point), nogil=True)
def add(one, other):
    return Point(one.x + other.x, one.y + other.y)


@njit(point(uint64, uint64), nogil=True)
def add_integers(low, high):
    total = Point(numpy.uint64(0), numpy.uint64(0))
    for i in range(low, high):
        total = add(total, Point(i, numpy.uint64(1)))
    return total


@njit("(Array(uint64, 1, 'C', readonly=True),)", nogil=True)
def add_numbers(numbers):
    total = Point(numpy.uint64(0), numpy.uint64(0))
    for number in numbers:
        total = add(total, Point(number, numpy.uint64(1)))
    return total


def integers(low, high):
    """The sum of the integers low <= i < high."""
    low, high, _ = checked.terms(low, high)
    return add_integers(low, high).x


def memory(numbers):
    """The sum of numbers, a buffer of uint64. One that does not fit wraps round."""
    return add_numbers(checked.numbers(numbers)).x
