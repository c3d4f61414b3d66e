"""The loop is in C, inside `sum`; every number is still an object of Python."""


def integers(low, high):
    return sum(range(low, high))


def memory(numbers):
    return sum(numbers)
