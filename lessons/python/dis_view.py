"""The instructions of a Python file, from its text and from the file in which Python keeps them.

`dis_view.py FILE` takes a `.py` or a `.pyc`.
"""

import dis
import importlib.util
import marshal
import os
import py_compile
import struct
import sys

NUMBER = struct.unpack("<H", importlib.util.MAGIC_NUMBER[:2])[0]


def version():
    return "Python " + sys.version.split()[0]


def functions(code):
    """The code of a file, and of every function in it, the outer ones first."""
    yield code
    for constant in code.co_consts:
        if hasattr(constant, "co_code"):
            yield from functions(constant)


def show(code):
    for function in functions(code):
        if function.co_name == "<module>":
            continue
        print(f"\n{function.co_name}: {len(function.co_code)} bytes")
        dis.dis(function, depth=0)


def from_text(path):
    with open(path, "rb") as file:
        return compile(file.read(), path, "exec", dont_inherit=True)


def from_cache(path):
    """The code in a `.pyc`: 16 bytes that say for which Python and which text it is, then the code."""
    with open(path, "rb") as file:
        header, rest = file.read(16), file.read()
    if len(header) < 16 or header[2:4] != b"\r\n":
        raise SystemExit(f"{path} is no file of compiled Python")
    number = struct.unpack("<H", header[:2])[0]
    if number != NUMBER:
        raise SystemExit(
            f"{path} was compiled by another Python: its number is {number}, and {version()} has {NUMBER}"
        )
    flags, date, size = struct.unpack("<III", header[4:])
    print(f"number {number} ({version()}), flags {flags}, text of {size} bytes")
    return marshal.loads(rest)


def main(path):
    if path.endswith(".pyc"):
        print(f"From the compiled file {os.path.basename(path)}, with {version()}:")
        show(from_cache(path))
        return
    code = from_text(path)
    print(f"From the text of {os.path.basename(path)}, with {version()}:")
    show(code)
    cached = py_compile.compile(path, doraise=True)
    print("\nFrom the file in which Python keeps it, so that it need not read the text again:")
    kept = from_cache(cached)
    same = [one.co_code for one in functions(kept)] == [one.co_code for one in functions(code)]
    print("the same instructions" if same else "other instructions")
    print(cached)


if __name__ == "__main__":
    try:
        main(sys.argv[1])
    except (OSError, SyntaxError, ValueError, EOFError, TypeError, py_compile.PyCompileError) as error:
        sys.exit(f"{sys.argv[1]} cannot be shown: {' '.join(str(error).split())}")
