"""What a sum is given by `bad_input.py`, and what must come back."""

import array
import sys

import numpy

# These take low and high, and nothing else. The third argument of numba-parallel is the number of threads.
WITHOUT_MASK = {"cython-untyped", "numba", "numba-signature", "numba-jitclass", "numba-parallel"}

LARGEST = 2**64 - 1


class Five:
    """An object that stands for a whole number."""

    def __index__(self):
        return 5


class Broken:
    """One that fails to say which."""

    def __index__(self):
        raise KeyError("on purpose")


class Rounded:
    """One that can be made a whole number, but is none."""

    def __int__(self):
        return 5


# Arguments, and what must come back: a sum, or an exception.
INTEGERS = [
    ((0, 5), 10),
    ((3, 5), 7),
    ((5, 5), 0),
    ((5, 3), 0),  # like range(5, 3)
    ((LARGEST, 0), 0),
    ((LARGEST - 1, LARGEST), LARGEST - 1),
    ((2**63 - 1, 2**63 + 1), LARGEST),
    ((False, True), 0),
    ((0, Five()), 10),
    ((numpy.uint8(3), numpy.int64(5)), 7),
    ((-1, 5), OverflowError),
    ((0, -1), OverflowError),
    ((0, numpy.int64(-1)), OverflowError),
    ((0, 2**64), OverflowError),
    ((0, 10**30), OverflowError),
    ((-(10**30), 0), OverflowError),
    ((0, 6_074_001_001), OverflowError),  # the first n whose sum does not fit
    ((0, 2**63), OverflowError),
    ((0, LARGEST), OverflowError),
    ((LARGEST - 2, LARGEST), OverflowError),
    ((0, 1.5), TypeError),
    ((0.0, 5), TypeError),
    ((0, float("nan")), TypeError),
    ((0, numpy.float64(5)), TypeError),
    ((0, 5 + 0j), TypeError),
    ((0, "5"), TypeError),
    (("a", 5), TypeError),
    ((0, b"5"), TypeError),
    ((0, None), TypeError),
    ((None, 5), TypeError),
    ((0, [5]), TypeError),
    ((0, Rounded()), TypeError),
    ((0, Broken()), KeyError),
]

MASKS = [
    ((4, 7, 1), 16),  # 5 + 4 + 7
    ((0, 1, LARGEST), LARGEST),
    ((5, 3, LARGEST), 0),
    ((0, 2, LARGEST), OverflowError),
    ((0, 5, -1), OverflowError),
    ((0, 5, 2**64), OverflowError),
    ((0, 5, 1.0), TypeError),
    ((0, 5, None), TypeError),
]

NUMBERS = numpy.arange(10, dtype=numpy.uint64)
READ_ONLY = NUMBERS.copy()
READ_ONLY.flags.writeable = False
RELEASED = memoryview(bytes(16)).cast("Q")
RELEASED.release()

MEMORY = [
    (NUMBERS, 45),
    (READ_ONLY, 45),
    (NUMBERS[3:], 42),
    (NUMBERS[:0], 0),
    (NUMBERS.reshape(10, 1)[:, 0], 45),
    (array.array("Q", [1, 2, 3]), 6),
    (array.array("Q"), 0),
    (memoryview((7).to_bytes(8, sys.byteorder)).cast("Q"), 7),
    (numpy.array([LARGEST], dtype=numpy.uint64), LARGEST),
    (NUMBERS.astype(numpy.float64), TypeError),
    (NUMBERS.astype(numpy.int32), TypeError),
    (NUMBERS.astype(numpy.int64), TypeError),
    (NUMBERS.astype(numpy.uint8), TypeError),
    (NUMBERS.astype(object), TypeError),
    (NUMBERS.astype(numpy.dtype(numpy.uint64).newbyteorder("S")), TypeError),
    (bytes(16), TypeError),
    (bytearray(16), TypeError),
    ([1, 2, 3], TypeError),
    ("123", TypeError),
    (123, TypeError),
    (None, TypeError),
    (NUMBERS[:0].astype(numpy.float64), TypeError),
    (NUMBERS.reshape(2, 5), ValueError),
    (NUMBERS.reshape(1, 10), ValueError),
    (numpy.asfortranarray(NUMBERS.reshape(2, 5)), ValueError),
    (numpy.array(5, dtype=numpy.uint64), (ValueError, BufferError)),
    (RELEASED, ValueError),
    (NUMBERS[::2], BufferError),
    (NUMBERS[::-1], BufferError),
    (memoryview(array.array("Q", range(6)))[::2], BufferError),
    (memoryview(bytes(17))[1:].cast("Q"), BufferError),  # at an odd address
]

# Counts and names of arguments that are wrong. TypeError for all.
INTEGERS_CALLS = [
    ((), {}),
    ((1,), {}),
    ((0, 5, 0, 0), {}),
    ((0, 5), {"step": 1}),
    ((0, 5), {"low": 0}),
    ((), {"low": 0}),
]
MEMORY_CALLS = [
    ((), {}),
    ((NUMBERS, 1, 1), {}),
    ((NUMBERS,), {"count": 3}),
    ((NUMBERS,), {"numbers": NUMBERS}),
]
