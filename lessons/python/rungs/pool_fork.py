"""Processes that begin as copies of this one: fast to start, and only on Unix.

A copy has the memory of this process, but only the thread that made it: a lock that another thread held
just then stays locked in the copy for ever. So Python warns where there are threads, and no longer does
it unasked from version 3.14 on.
"""

from rungs.pool import Integers

POOL = Integers("fork")
start = POOL.start
integers = POOL.integers
