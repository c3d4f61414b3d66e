"""Cutting a range, as every parallel rung does it."""


def ranges(low, high, workers):
    """`workers` ranges of the same length, give or take one term, that cover low..high exactly once."""
    length = high - low
    bounds = [low + length * worker // workers for worker in range(workers + 1)]
    return list(zip(bounds, bounds[1:]))
