"""The same program; only the sums of the distances are found with less work."""

import sys

from records import distance_from, main


# ANCHOR: distances
def distances(values):
    """In order of size each sum follows from the one before."""
    order = sorted(range(len(values)), key=values.__getitem__)
    sums = [0] * len(values)
    if order:
        value = values[order[0]]
        total = distance_from(value, values)
    for below, place in enumerate(order):
        step = values[place] - value
        total += step * below - step * (len(values) - below)
        value = values[place]
        sums[place] = total
    return sums
# ANCHOR_END: distances


if __name__ == "__main__":
    main(*sys.argv[1:], distances)
