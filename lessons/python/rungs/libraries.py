"""Where the libraries are that `ctypes` loads."""

import sys
from pathlib import Path

import rungs

PREFIX, ENDING = {"win32": ("", ".dll"), "darwin": ("lib", ".dylib")}.get(sys.platform, ("lib", ".so"))


def library(name):
    """The file of the library `name`. It lies in `lib`, beside the folder of the compiled rungs."""
    file_name = PREFIX + name + ENDING
    # `rungs` is one package in two folders: that of the sources, and that of what was built.
    candidates = [Path(folder).parent / "lib" / file_name for folder in rungs.__path__]
    for candidate in candidates:
        if candidate.exists():
            return candidate
    raise ImportError(f"{file_name} is not built: cargo run -p python -- setup")
