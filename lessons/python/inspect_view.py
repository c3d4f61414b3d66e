"""What Numba makes of the loop, and what it says of classes.

`inspect_view.py asm`, `llvm` or `classes`.
"""

import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent))


def loops(stage):
    from rungs import numba_signature

    for name, text in numba_signature.inspect(stage).items():
        print(f"{name}, as {stage}:\n\n{text.rstrip()}\n")


def classes():
    from rungs import numba_chain, numba_jitclass

    print(f"The type of a point, by which signatures name it:\n  {numba_jitclass.point}\n")
    for signature in numba_jitclass.add.signatures:
        print(f"add is compiled for these:\n  {signature}\n")
    one, other = numba_jitclass.Point(1, 2), numba_jitclass.Point(30, 40)
    total = numba_jitclass.add(one, other)
    print(f"(1, 2) and (30, 40), added:\n  ({total.x}, {total.y})\n")
    print(f"A class that names itself in one of its fields; Numba says:\n  {numba_chain.refused()}\n")
    print("With a type that is promised before and filled in after (deferred_type):")
    print(f"  the sum of a chain of 0, 1 and 2 is {numba_chain.fixed(3)}")


if __name__ == "__main__":
    classes() if sys.argv[1] == "classes" else loops(sys.argv[1])
