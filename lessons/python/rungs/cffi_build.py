"""Describes the C sums to cffi, which writes an extension module from it: `rungs.cffi_kernels`.

The lines of C are read by cffi, and then by the C compiler beside the real header: where they differ, the
compiler says so. That is what ctypes lacks.
"""

from pathlib import Path

from cffi import FFI

C = Path(__file__).resolve().parents[2] / "ffi" / "c"

builder = FFI()
builder.cdef("""
    uint64_t c_integers(uint64_t low, uint64_t high, uint64_t mask);
    uint64_t c_memory(const uint64_t *numbers, size_t count);
""")
builder.set_source(
    "rungs.cffi_kernels",
    '#include "kernels.h"',
    include_dirs=[str(C)],
    sources=[str(C / "kernels.c")],
)
