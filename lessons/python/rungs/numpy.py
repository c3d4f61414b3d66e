"""Whole arrays at a time: the loops are in C, and the numbers are eight bytes each, no objects."""

import numpy

# All terms in one array would be 8 bytes for each. A block of this many stays in the processor's cache.
BLOCK = 32_768


def integers(low, high):
    total = 0
    for start in range(low, high, BLOCK):
        block = numpy.arange(start, min(start + BLOCK, high), dtype=numpy.uint64)
        total += int(block.sum())
    return total


def memory(numbers):
    return int(numpy.asarray(numbers).sum(dtype=numpy.uint64))
