"""Builds what one rung needs to be imported by the interpreter that runs this file.

    VENV/bin/python -I build.py RUNG --into BUILT [--cargo-target DIR]

A module goes to BUILT/rungs, a library that rungs load to BUILT/lib, the page that Cython annotates to
BUILT/annotated. Everything in between lies in a temporary folder that is removed again; the folder of
the sources is only read. What is missing is looked for before anything is compiled (`building/needs.py`).

It is quiet where all is well. Where not, it ends with 1, and the last line on standard error says what is
missing and the remedy; what a compiler printed stands above it.
"""

import argparse
import sys
import tempfile
from pathlib import Path

# No folder of compiled Python beside the sources; and with -I, this folder has to be named.
sys.dont_write_bytecode = True
sys.path.insert(0, str(Path(__file__).resolve().parent))

from building import extensions, libraries, rust  # noqa: E402
from building.needs import Missing  # noqa: E402

# What is to be built, in order. Each is a function of the options and a temporary folder.
RECIPES = {
    "kernels": [libraries.kernels],
    "summing": [rust.summing],
    "ctypes": [libraries.kernels],
    "ctypes_rust": [rust.summing],
    "cffi": [extensions.cffi],
    "cffi_rust": [rust.summing, extensions.cffi_rust],
    "cython_untyped": [extensions.cython],
    "cython_typed": [extensions.cython],
    "c_extension": [extensions.c],
    "pybind11": [extensions.pybind11],
    "boost_python": [extensions.boost_python],
    "pyo3": [rust.pyo3],
}


def options():
    parser = argparse.ArgumentParser(description="Builds what one rung needs.", allow_abbrev=False)
    parser.add_argument("rung", metavar="RUNG", type=lambda name: name.replace("-", "_"), choices=RECIPES)
    parser.add_argument("--into", required=True, type=Path, metavar="BUILT")
    parser.add_argument("--cargo-target", type=Path, metavar="DIR", help="[default: a temporary folder]")
    asked = parser.parse_args()
    asked.into = asked.into.resolve()
    return asked


def main():
    asked = options()
    try:
        with tempfile.TemporaryDirectory(prefix="sum-of-parts-") as temporary:
            for recipe in RECIPES[asked.rung]:
                recipe(asked, Path(temporary))
    except Missing as missing:
        return str(missing)
    except Exception as error:
        # Whatever a compiler or a tool of Python's raises: its own words stand above already, or here.
        reason = str(error).partition("\n")[0]
        reason = reason if len(reason) < 200 else f"{type(error).__name__}, see above"
        return f"{asked.rung} was not built: {reason}"
    return None


if __name__ == "__main__":
    sys.exit(main())
