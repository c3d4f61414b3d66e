"""The sum by several threads of Numba's: `prange` shares the parts among them.

Numba sees that `total` is only added to, gives each thread a total of its own, and adds those in the end.

A term is `i ^ mask` here, and the mask is 0, which only the running program knows. With plain `i` each part would
be a formula, and the time that of waking threads: it would look like a speedup, and nobody would have added.
"""

import os
import threading
import time

# Where oneTBB is installed, Numba (0.68) takes its threads first. With those a short sum took milliseconds, and every call left
# some kilobytes behind.
os.environ.setdefault("NUMBA_THREADING_LAYER_PRIORITY", "omp workqueue tbb")

import numba  # noqa: E402
import numpy  # noqa: E402
from numba import get_thread_id, njit, prange  # noqa: E402

from rungs import checked  # noqa: E402

# One sum at a time: of Numba's three kinds of threads, the one that is always there (`workqueue`) ends
# the whole program when two threads of Python use it at once.
_one_at_a_time = threading.Lock()

# Who summed which part of the last sum.
_spans = []


@njit("uint64(uint64, uint64, uint64, uint64)", nogil=True)
def first(low, high, part, parts):
    """The first term of a part. That of the next one is where the part ends."""
    return low + (high - low) * part // parts


@njit("uint64(uint64, uint64, uint64, int64[:])", parallel=True, nogil=True)
def add_integers(low, high, mask, threads):
    total = numpy.uint64(0)
    for part in prange(threads.size):
        threads[part] = get_thread_id()
        for i in range(first(low, high, part, threads.size), first(low, high, part + 1, threads.size)):
            total += i ^ mask
    return total


@njit("uint64(Array(uint64, 1, 'C', readonly=True), int64[:])", parallel=True, nogil=True)
def add_numbers(numbers, threads):
    total = numpy.uint64(0)
    for part in prange(threads.size):
        threads[part] = get_thread_id()
        for i in range(
            first(0, numbers.size, part, threads.size), first(0, numbers.size, part + 1, threads.size)
        ):
            total += numbers[i]
    return total


def integers(low, high, workers=None):
    """The sum of the integers low <= i < high, by so many threads (as many as there are cores)."""
    low, high, _ = checked.terms(low, high)
    high = max(low, high)
    return _shared(add_integers, (low, high, 0), low, high, workers)


def memory(numbers, workers=None):
    """The sum of numbers, a buffer of uint64, by so many threads. One that does not fit wraps round."""
    array = checked.numbers(numbers)
    return _shared(add_numbers, (array,), 0, array.size, workers)


def spans():
    """Which thread summed which part of the last sum. Compiled code has no clock: all have the same times."""
    return _spans


def _shared(add, arguments, low, high, workers):
    threads = numpy.zeros(_threads(workers), numpy.int64)
    with _one_at_a_time:
        numba.set_num_threads(len(threads))
        begin = time.perf_counter_ns()
        total = add(*arguments, threads)
        end = time.perf_counter_ns()
    bounds = [first(low, high, part, len(threads)) for part in range(len(threads) + 1)]
    _spans[:] = [
        {"thread": int(thread) + 1, "low": start, "high": stop, "begin": begin, "end": end}
        for thread, start, stop in zip(threads, bounds, bounds[1:])
    ]
    return total


def _threads(workers):
    """As many as asked for, or as Numba has: one for each core."""
    most = numba.config.NUMBA_NUM_THREADS
    return most if workers is None else max(1, min(checked.number(workers), most))
