"""`sum` with an object made of every addition.

It begins with a number of a class of its own, and so `sum` can't keep its total as a plain number of C: see
`builtin_sum.py`. Nothing else differs.
"""


# ANCHOR: sum
class Number(int):
    """An `int`, but not exactly one."""


def integers(low, high):
    return sum(range(low, high), Number(0))
# ANCHOR_END: sum


def memory(numbers):
    return sum(numbers, Number(0))
