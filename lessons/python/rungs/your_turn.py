"""Yours. It starts as the plain loop. Change it, and run the lesson again: your row is checked and timed.

Each function gives the sum as a whole number. `print` is shown only if the row fails.
"""


def integers(low, high):
    """The sum of low, low + 1, ... up to high - 1."""
    total = 0
    for i in range(low, high):
        total += i
    return total


def memory(numbers):
    """The sum of `numbers`: whole numbers of eight bytes, side by side in memory."""
    total = 0
    for number in numbers:
        total += number
    return total
