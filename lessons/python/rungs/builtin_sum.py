"""The loop is in C, inside `sum`, and so is the total: only the terms are objects of Python.

As long as all numbers are exactly of the type `int`, `sum` keeps its total as a plain number of C ("Fast
addition by keeping temporary sums in C instead of new Python objects": Python/bltinmodule.c of CPython).
"""


def integers(low, high):
    return sum(range(low, high))


def memory(numbers):
    return sum(numbers)
