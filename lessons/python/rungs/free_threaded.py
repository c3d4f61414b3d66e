"""The threads of `threading`, in a Python that was built without the lock.

The code is the same. Who wants to know whether the lock is gone asks `sys._is_gil_enabled()`.
"""

import sys

from rungs.threading import integers, memory


def start(_workers, _data, _terms):
    if sys._is_gil_enabled():
        raise RuntimeError("this Python has its lock switched on; leave PYTHON_GIL unset")


__all__ = ["integers", "memory", "start"]
