"""The library in C that rungs load."""

import sys

from building import needs
from building.extensions import FLAGS, LESSON, put

C = LESSON.parent / "ffi" / "c"

PREFIX, ENDING = {"win32": ("", ".dll"), "darwin": ("lib", ".dylib")}.get(sys.platform, ("lib", ".so"))


def file_name(library):
    return PREFIX + library + ENDING


def kernels(asked, temporary):
    """Compiles kernels.c: a multiplication and an addition stay two roundings, as in the lesson ffi."""
    needs.package("setuptools")
    needs.compiler("CC", "gcc")
    # Python 3.12 has no distutils of its own any more: setuptools brings it along.
    import setuptools  # noqa: F401
    from distutils.ccompiler import new_compiler
    from distutils.sysconfig import customize_compiler

    compiler = new_compiler()
    customize_compiler(compiler)
    flags = [*FLAGS, "-std=c11", "-fPIC", "-ffp-contract=off"]
    objects = compiler.compile([str(C / "kernels.c")], output_dir=str(temporary), extra_postargs=flags)
    library = temporary / file_name("kernels")
    compiler.link_shared_object(objects, str(library))
    put(library, asked.into / "lib")
