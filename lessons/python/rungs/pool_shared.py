"""Numbers that all processes read in one place: what is sent is where to look.

The program has laid the numbers out in a file without a name that lies in memory. Each process is given
its descriptor once, when it begins, and looks at the same pages.
"""

import mmap
import os
import time

import numpy

from rungs.pool import Pool
from rungs.split import ranges

POOL = None
NUMBERS = None


def look_at(data, terms):
    """In a process of the pool: the numbers, in place. A copy of this process has the descriptor, too."""
    global NUMBERS
    flags = mmap.MAP_SHARED | getattr(mmap, "MAP_POPULATE", 0)
    NUMBERS = numpy.frombuffer(mmap.mmap(data, terms * 8, flags, mmap.PROT_READ), dtype=numpy.uint64)


def start(workers, data, terms):
    global POOL
    POOL = Pool("fork", workers, *((look_at, data, terms) if terms else ()))


def summed(low, high):
    begin = time.perf_counter_ns()
    part = int(NUMBERS[low:high].sum()) if high > low else 0
    return {
        "process": os.getpid(), "low": low, "high": high, "sum": part,
        "begin": begin, "end": time.perf_counter_ns(),
    }


def memory(numbers, _workers):
    """`numbers` are the first ones of those that the processes look at."""
    begin = time.perf_counter_ns()
    spans = POOL.share(summed, ranges(0, len(numbers), POOL.workers))
    took = (time.perf_counter_ns() - begin) / 1e9
    busy = max(span["end"] - span["begin"] for span in spans) / 1e9
    return {
        "sum": sum(span.pop("sum") for span in spans),
        "spans": spans,
        "bytes": 0,
        "phases": {"sending": 0.0, "summing": busy, "collecting": max(0.0, took - busy)},
    }
