"""Processes that begin as a fresh Python each: nothing is inherited, everything is imported anew."""

from rungs.pool import Integers

POOL = Integers("spawn")
start = POOL.start
integers = POOL.integers
