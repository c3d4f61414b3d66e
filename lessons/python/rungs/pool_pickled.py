"""Numbers that are sent: each process is given its part as bytes through a pipe.

That is what happens to every argument of a pool. Pickling is the turning of objects into bytes; here they
are bytes nearly already, and still they are copied into the pipe and out of it.
"""

import os
import pickle
import time

import numpy

from rungs.pool import Pool
from rungs.split import ranges

POOL = None


def start(workers, _data, _terms):
    global POOL
    POOL = Pool("fork", workers)


def summed(low, high, pickled):
    begin = time.perf_counter_ns()
    numbers = pickle.loads(pickled)
    part = int(numbers.sum()) if len(numbers) else 0
    return {
        "process": os.getpid(), "low": low, "high": high, "sum": part,
        "begin": begin, "end": time.perf_counter_ns(),
    }


def memory(numbers, _workers):
    array = numpy.asarray(numbers)
    begin = time.perf_counter_ns()
    parts = [
        (low, high, pickle.dumps(array[low:high], pickle.HIGHEST_PROTOCOL))
        for low, high in ranges(0, len(array), POOL.workers)
    ]
    pickled = (time.perf_counter_ns() - begin) / 1e9
    spans = POOL.share(summed, parts)
    took = (time.perf_counter_ns() - begin) / 1e9
    busy = max(span["end"] - span["begin"] for span in spans) / 1e9
    return {
        "sum": sum(span.pop("sum") for span in spans),
        "spans": spans,
        "bytes": sum(len(pickled) for _, _, pickled in parts),
        # The pipes take the bytes while the first processes add already.
        "phases": {"sending": pickled, "summing": busy, "collecting": max(0.0, took - pickled - busy)},
    }
