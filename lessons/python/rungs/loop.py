"""The sum as everyone writes it."""


# ANCHOR: loop
def integers(low, high):
    total = 0
    for i in range(low, high):
        total += i
    return total
# ANCHOR_END: loop


def memory(numbers):
    total = 0
    for number in numbers:
        total += number
    return total
