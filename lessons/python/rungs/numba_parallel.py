"""The sum by several threads of Numba's: `prange` shares the terms among them.

Numba sees that `total` is only added to, gives each thread a total of its own, and adds those in the end.
"""

import threading

import numba
import numpy
from numba import njit, prange

from rungs import checked

# One sum at a time: of Numba's three kinds of threads, the one that is always there (`workqueue`) ends
# the whole program when two threads of Python use it at once.
_one_at_a_time = threading.Lock()


@njit("uint64(uint64, uint64)", parallel=True, nogil=True)
def add_integers(low, high):
    total = numpy.uint64(0)
    # prange counts with a sign: from 0 it can count all terms whose sum fits, wherever they begin.
    for i in prange(high - low):
        total += low + numpy.uint64(i)
    return total


@njit("uint64(Array(uint64, 1, 'C', readonly=True))", parallel=True, nogil=True)
def add_numbers(numbers):
    total = numpy.uint64(0)
    for i in prange(numbers.size):
        total += numbers[i]
    return total


def integers(low, high, workers=None):
    """The sum of the integers low <= i < high, by so many threads (as many as there are cores)."""
    low, high, _ = checked.terms(low, high)
    with _one_at_a_time:
        numba.set_num_threads(_threads(workers))
        return add_integers(low, high)


def memory(numbers, workers=None):
    """The sum of numbers, a buffer of uint64, by so many threads. One that does not fit wraps round."""
    array = checked.numbers(numbers)
    with _one_at_a_time:
        numba.set_num_threads(_threads(workers))
        return add_numbers(array)


def _threads(workers):
    """As many as asked for, or as Numba has: one for each core."""
    most = numba.config.NUMBA_NUM_THREADS
    return most if workers is None else min(checked.number(workers), most)
