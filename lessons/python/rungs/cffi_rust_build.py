"""Describes the Rust library `summing` to cffi, which writes an extension module: `rungs.cffi_summing`.

The module is linked with the library, which the system loads beside it.
"""

from pathlib import Path

from cffi import FFI

SUMMING = Path(__file__).resolve().parents[2] / "ffi" / "summing"

builder = FFI()
builder.cdef("""
    int32_t summing_integers(uint64_t low, uint64_t high, uint64_t mask, uint64_t *sum);
    int32_t summing_memory(const uint64_t *numbers, size_t count, uint64_t *sum);
    const char *summing_message(int32_t status);
""")
builder.set_source(
    "rungs.cffi_summing",
    '#include "summing.h"',
    include_dirs=[str(SUMMING)],
    libraries=["summing"],
)
