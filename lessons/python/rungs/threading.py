"""The plain loop on several threads.

The threads share one interpreter, and in most builds of Python one lock, the GIL: only the thread that
holds it runs. So the work is shared, and the core is, too.
"""

import threading
import time

from rungs import loop
from rungs.split import ranges


def shared_out(summed, low, high, workers):
    """The sum of `summed(low, high)` over equal ranges, one thread for each; and who did what, and when."""
    spans = [None] * workers

    def work(worker, low, high):
        begin = time.perf_counter_ns()
        part = summed(low, high)
        end = time.perf_counter_ns()
        spans[worker] = {
            "thread": worker + 1, "low": low, "high": high, "sum": part, "begin": begin, "end": end,
        }

    threads = [
        threading.Thread(target=work, args=(worker, *part))
        for worker, part in enumerate(ranges(low, high, workers))
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    if None in spans:
        raise RuntimeError("a thread ended without an answer")
    return {"sum": sum(span.pop("sum") for span in spans), "spans": spans}


def integers(low, high, workers):
    return shared_out(loop.integers, low, high, workers)


def memory(numbers, workers):
    return shared_out(lambda low, high: loop.memory(numbers[low:high]), 0, len(numbers), workers)
