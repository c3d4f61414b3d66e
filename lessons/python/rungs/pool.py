"""What all pools of processes here have in common.

A process of its own has an interpreter of its own, and a lock of its own. But it shares nothing: what it
is to know is sent to it, and what it finds is sent back, as bytes through a pipe.
"""

import multiprocessing
import os
import threading
import time
from multiprocessing.connection import wait

from rungs import loop
from rungs.split import ranges


# More processes than this are not started: each takes some ten megabytes, and no core is left for it.
MOST = 32


def watch_parent():
    """Ends this process when its parent has ended: a pool would otherwise wait for work for ever."""
    parent = multiprocessing.parent_process()

    def look():
        wait([parent.sentinel])
        os._exit(0)

    threading.Thread(target=look, daemon=True).start()


class Pool:
    """Processes that stand ready, each asked for one range of every sum."""

    def __init__(self, method, workers, prepare=None, *arguments):
        context = multiprocessing.get_context(method)
        self.workers = min(workers, MOST)
        self.pool = context.Pool(self.workers, begin, (prepare, arguments))
        self.share(pause, [(0.001,)] * self.workers)  # All of them have begun once they have answered.

    def share(self, function, parts):
        """One part for each process; the answers come in the order of the parts."""
        return self.pool.starmap(function, parts, chunksize=1)


def begin(prepare, arguments):
    watch_parent()
    if prepare:
        prepare(*arguments)


def pause(seconds):
    time.sleep(seconds)


def summed(low, high):
    """What one process does with its range. Its clock is that of the machine, the same for all."""
    begin = time.perf_counter_ns()
    part = loop.integers(low, high)
    return {
        "process": os.getpid(), "low": low, "high": high, "sum": part,
        "begin": begin, "end": time.perf_counter_ns(),
    }


def together(spans):
    return {"sum": sum(span.pop("sum") for span in spans), "spans": spans}


class Integers:
    """The sum of a range of integers by a pool that is started with `method`."""

    def __init__(self, method):
        self.method = method
        self.pool = None

    def start(self, workers, _data, _terms):
        self.pool = Pool(self.method, workers)

    def integers(self, low, high, _workers):
        return together(self.pool.share(summed, ranges(low, high, self.pool.workers)))
