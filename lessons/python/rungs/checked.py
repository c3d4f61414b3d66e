"""Looks at the arguments of a sum, once a call, for the rungs whose loop cannot.

What is refused, and by which exception, is the same as in `border.h`, so that all rungs behave alike.
"""

import operator

LARGEST = 2**64 - 1


def number(thing):
    """The int that `thing` stands for, where 64 bits without a sign can hold it.

    All that has `__index__` stands for one. A float does not, not even 1.0: TypeError.
    """
    value = operator.index(thing)
    if not 0 <= value <= LARGEST:
        raise OverflowError(f"{value} is not within 0..2**64 - 1")
    return value


def terms(low, high, mask=0):
    """The three as ints, an empty range as one that does not run backwards.

    OverflowError where the sum of i ^ mask may not fit 64 bits.
    """
    low, high, mask = number(low), number(high), number(mask)
    high = max(low, high)
    count = high - low
    # i ^ mask is at most i + mask.
    if count * (low + high - 1) // 2 + count * mask > LARGEST:
        raise OverflowError("the sum does not fit 64 bits")
    return low, high, mask


def numbers(thing):
    """The memory of `thing` as an array of NumPy; nothing is copied.

    While the array exists, the owner of the memory can neither free nor resize it.
    """
    import numpy  # here, so that a sum of integers need not wait for it

    view = memoryview(thing)  # TypeError where there is no memory to lend
    array = numpy.asarray(view)
    if array.dtype != numpy.uint64 or not array.dtype.isnative:
        raise TypeError("the numbers must be of type uint64")
    if array.ndim != 1:
        raise ValueError("the numbers must have one dimension")
    if not (array.flags.c_contiguous and array.flags.aligned):
        raise BufferError("the numbers must lie side by side, at a multiple of 8")
    return array
