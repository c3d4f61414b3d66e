"""Gives every rung what it can't sum, and looks at what comes back.

    VENV/bin/python -I tests/bad_input.py --built BUILT [--calls N] [RUNG ...]

Each must answer with the exception that Python's own functions would raise, and all with the same one. Then
come a million calls, right and wrong ones: they may leave nothing behind. One line for each rung and group of
checks; at the first that fails, the program ends with 1.
"""

import argparse
import array
import faulthandler
import gc
import importlib
import os
import sys
import threading
from pathlib import Path

# With -I, Python looks for nothing beside this file by itself.
sys.dont_write_bytecode = True
sys.path.insert(0, str(Path(__file__).resolve().parent))

from bad_input_cases import (  # noqa: E402
    INTEGERS,
    INTEGERS_CALLS,
    MASKS,
    MEMORY,
    MEMORY_CALLS,
    NUMBERS,
    WITHOUT_MASK,
    Five,
)

LESSON = Path(__file__).resolve().parents[1]

RUNGS = """cython-untyped cython-typed numba numba-signature numba-jitclass numba-parallel ctypes ctypes-rust
    cffi cffi-rust pybind11 boost-python c-extension pyo3""".split()

class Failed(Exception):
    """A check that failed, as a sentence."""


def check(function, arguments, keywords, expected):
    """Calls it, and compares what came back."""
    try:
        answer = function(*arguments, **keywords)
    except Exception as error:
        answer = error
    if isinstance(expected, int):
        right = type(answer) is int and answer == expected
    else:
        # A message is part of it: who gets the exception wants to know why.
        right = isinstance(answer, expected) and str(answer) != ""
    if not right:
        call = ", ".join([*map(repr, arguments), *(f"{name}={value!r}" for name, value in keywords.items())])
        raise Failed(f"{function.__name__}({call}) gave {answer!r}, and not {expected}")


def numbers(name, module):
    cases = INTEGERS if name in WITHOUT_MASK else INTEGERS + MASKS
    for arguments, expected in cases:
        check(module.integers, arguments, {}, expected)
    return f"{len(cases)} calls"


def buffers(name, module):
    for argument, expected in MEMORY:
        check(module.memory, (argument,), {}, expected)
    return f"{len(MEMORY)} calls"


def arguments(name, module):
    check(module.integers, (), {"high": 5, "low": 3}, 7)
    check(module.memory, (), {"numbers": NUMBERS}, 45)
    for function, calls in [(module.integers, INTEGERS_CALLS), (module.memory, MEMORY_CALLS)]:
        for values, keywords in calls:
            check(function, values, keywords, TypeError)
    return f"{2 + len(INTEGERS_CALLS) + len(MEMORY_CALLS)} calls"


def owner(name, module):
    """An array that grows and shrinks while it is summed. It may refuse to, but its memory must stay."""
    numbers = array.array("Q", range(20_000))
    expected, sums = sum(numbers), []
    thread = threading.Thread(target=lambda: sums.extend(module.memory(numbers) for _ in range(200)))
    thread.start()
    while thread.is_alive():
        try:
            numbers.extend([0] * 10_000)
            del numbers[20_000:]
        except BufferError:
            pass
    thread.join()
    # More zeros or less; the sum is the same.
    if sums != [expected] * 200:
        raise Failed(f"an array that was resized meanwhile gave {sorted(set(sums))}, and not {expected}")
    try:
        numbers.append(0)
    except BufferError as error:
        raise Failed(f"a call has kept the memory of an array: {error}") from None
    return "200 calls"


def resident():
    """How many bytes of memory this process has; 0 where the system does not tell."""
    try:
        return int(Path("/proc/self/statm").read_text().split()[1]) * os.sysconf("SC_PAGE_SIZE")
    except OSError:
        return 0


def leaks(name, module, calls):
    low, five, right, wrong = 10**6, Five(), NUMBERS.copy(), NUMBERS.astype(float)
    gaps, seen = NUMBERS[::2], [low, five, right, wrong, None]
    kinds = [
        (module.integers, (low, low + 3)),
        (module.integers, (0, five)),
        (module.integers, (low, None)),
        (module.integers, (low, -1)),
        (module.memory, (right,)),
        (module.memory, (wrong,)),
        (module.memory, (gaps,)),
        (module.memory, (None,)),
    ]

    def run(times):
        for function, values in kinds:
            for _ in range(times):
                try:
                    function(*values)
                except (TypeError, OverflowError, BufferError):
                    pass
        gc.collect()

    def state():
        return [sys.getrefcount(thing) for thing in seen], sys.getallocatedblocks(), resident()

    run(5000)  # what is made once and kept
    counts, blocks, bytes_before = state()
    run(calls // len(kinds))
    more_counts, more_blocks, bytes_after = state()
    # Something else in the interpreter may hold a few; a call that forgets one holds more than 100,000.
    for thing, before, after in zip(seen, counts, more_counts):
        if abs(after - before) > 100:
            raise Failed(f"{calls} calls changed the references to {thing!r} by {after - before}")
    if more_blocks - blocks > 1000:
        raise Failed(f"{calls} calls left {more_blocks - blocks} blocks of memory behind")
    if bytes_after - bytes_before > 2 << 20:
        raise Failed(f"{calls} calls left {bytes_after - bytes_before} bytes behind")
    return f"{calls} calls"


def main():
    parser = argparse.ArgumentParser(description="Gives every rung what it can't sum.")
    parser.add_argument("--built", required=True, type=Path)
    parser.add_argument("--calls", type=int, default=1_000_000, help="so many calls may leave nothing behind")
    parser.add_argument("rungs", metavar="RUNG", nargs="*", choices=[*RUNGS, []], help="[default: all]")
    asked = parser.parse_args()
    faulthandler.enable()
    sys.path[:0] = [str(LESSON), str(asked.built.resolve())]
    groups = [numbers, arguments, buffers, owner, lambda name, module: leaks(name, module, asked.calls)]
    for name in asked.rungs or RUNGS:
        try:
            module = importlib.import_module("rungs." + name.replace("-", "_"))
        except ImportError as error:
            return f"{name} can't be imported: {error}"
        for group, title in zip(groups, ["numbers", "arguments", "buffers", "owner", "leaks"]):
            try:
                result = group(name, module)
            except Failed as failed:
                return f"{name:<16} {title:<10} failed: {failed}"
            print(f"{name:<16} {title:<10} {result}", flush=True)
    return None


if __name__ == "__main__":
    sys.exit(main())
