"""The same threads, around a loop in C that gives the lock back while it adds.

`rungs.c_extension` says `Py_BEGIN_ALLOW_THREADS` before its loop: it touches no object of Python in
there, so that other threads may run meanwhile.
"""

from rungs import c_extension
from rungs.threading import shared_out


def integers(low, high, workers):
    return shared_out(c_extension.integers, low, high, workers)


def memory(numbers, workers):
    return shared_out(lambda low, high: c_extension.memory(numbers[low:high]), 0, len(numbers), workers)
