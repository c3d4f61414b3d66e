"""Modules that a C or C++ compiler makes, driven by setuptools."""

import contextlib
import runpy
import shutil
import sys
from pathlib import Path

from building import needs

LESSON = Path(__file__).resolve().parents[1]
RUNGS = LESSON / "rungs"

# As fast as the compiler can, for any processor of the architecture: what Rust gets, too. The loops are 24
# bytes of machine code; one that lay across two lines of the cache took 1.7 times as long (AMD EPYC), so each
# begins at a multiple of 32. And nothing that differs from one build to the next, or that only a debugger reads.
FLAGS = ["-O3", "-falign-loops=32", "-g0", "-w"]


def compiled(asked, temporary, extension):
    """Builds the extension into BUILT/rungs."""
    from setuptools import Distribution

    extension.extra_compile_args = [*FLAGS, f"-ffile-prefix-map={temporary}=.", *extension.extra_compile_args]
    extension.include_dirs = [str(RUNGS), *extension.include_dirs]
    command = Distribution({"ext_modules": [extension]}).get_command_obj("build_ext")
    command.build_lib, command.build_temp = str(temporary / "made"), str(temporary / "objects")
    command.ensure_finalized()
    command.run()
    for module in (temporary / "made" / "rungs").iterdir():
        put(module, asked.into / "rungs")


def put(file, folder):
    """Copies the file there, in one step: who has the old one loaded keeps it."""
    folder.mkdir(parents=True, exist_ok=True)
    new = folder / f".{file.name}.new"
    shutil.copyfile(file, new)
    new.replace(folder / file.name)


def extension(name, source, **options):
    from setuptools import Extension

    return Extension(f"rungs.{name}", [str(source)], **options)


def c(asked, temporary):
    needs.c()
    compiled(asked, temporary, extension(asked.rung, RUNGS / f"{asked.rung}.c"))


def pybind11(asked, temporary):
    needs.cxx()
    needs.package("pybind11")
    import pybind11

    options = {"include_dirs": [pybind11.get_include()], "language": "c++"}
    # Symbols of a module are nobody else's business; pybind11 asks for that.
    flags = ["-std=c++17", "-fvisibility=hidden"]
    source = RUNGS / f"{asked.rung}.cpp"
    compiled(asked, temporary, extension(asked.rung, source, extra_compile_args=flags, **options))


def boost_python(asked, temporary):
    needs.cxx()
    library, folder = needs.boost()
    # Where the compiler finds the library, it finds the headers: in `include` beside `lib`.
    options = {"libraries": [library], "library_dirs": [str(folder)], "language": "c++"}
    if folder.name == "lib":
        options["include_dirs"] = [str(folder.parent / "include")]
    source = RUNGS / f"{asked.rung}.cpp"
    compiled(asked, temporary, extension(asked.rung, source, extra_compile_args=["-std=c++17"], **options))


def cython(asked, temporary):
    needs.c()
    needs.package("cython", "Cython")
    from Cython.Build import cythonize

    # Cython writes beside the source: so it gets a copy.
    source = temporary / "rungs" / f"{asked.rung}.pyx"
    source.parent.mkdir()
    shutil.copyfile(RUNGS / source.name, source)
    [module] = cythonize([extension(asked.rung, source)], annotate=True, quiet=True)
    # The page has a link to the C.
    for page in (source.with_suffix(".html"), source.with_suffix(".c")):
        put(page, asked.into / "annotated")
    compiled(asked, temporary, module)


def cffi(asked, temporary):
    described(asked, temporary, "cffi_build.py")


def cffi_rust(asked, temporary):
    # The loader looks for the library beside the folder of the module, wherever both are moved to.
    origin = "@loader_path" if sys.platform == "darwin" else "$ORIGIN"
    described(
        asked,
        temporary,
        "cffi_rust_build.py",
        library_dirs=[str(asked.into / "lib")],
        extra_link_args=[f"-Wl,-rpath,{origin}/../lib"],
    )


def described(asked, temporary, builder, **options):
    """A module that cffi writes in C, from the description in the file `builder`."""
    needs.c()
    needs.package("cffi")
    description = runpy.run_path(str(RUNGS / builder))["builder"]
    with contextlib.redirect_stdout(None):  # it says that it writes
        module = description.distutils_extension(str(temporary / "written"), verbose=False)
    for name, value in options.items():
        setattr(module, name, value)
    compiled(asked, temporary, module)
