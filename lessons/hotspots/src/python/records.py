"""Reads records, sums for each one its distances to all, and writes the sums."""

import sys


def read(path):
    with open(path, encoding="utf-8") as file:
        return file.read()


def tenths(text):
    return round(float(text) * 10)


def record(line):
    station, value = line.split(";")
    return station, tenths(value)


def parse(text):
    return [record(line) for line in text.splitlines()]


# ANCHOR: distances
def distance(one, other):
    return abs(one - other)


def distance_from(one, values):
    total = 0
    for other in values:
        total += distance(one, other)
    return total


def distances(values):
    return [distance_from(one, values) for one in values]
# ANCHOR_END: distances


def write(path, records, sums):
    with open(path, "w", encoding="utf-8", newline="\n") as file:
        for (station, value), total in zip(records, sums):
            file.write(f"{station};{value / 10:.1f};{total}\n")
        file.write(f"{sum(sums)}\n")


def main(source, target, distances=distances):
    records = parse(read(source))
    write(target, records, distances([value for _, value in records]))


if __name__ == "__main__":
    main(*sys.argv[1:])
