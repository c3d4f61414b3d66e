"""Processes that a small server makes as copies of itself: it has no threads, so that copying it is safe."""

from rungs.pool import Integers

POOL = Integers("forkserver")
start = POOL.start
integers = POOL.integers
