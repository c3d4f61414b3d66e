"""A sum that takes its time, for the tests of how the program ends."""


def integers(low, high):
    while high > 1000:
        pass
    return sum(range(low, high))
