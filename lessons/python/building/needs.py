"""What a rung is built with, looked for before it is built."""

import importlib.util
import os
import shutil
import sys
import sysconfig
from pathlib import Path


class Missing(Exception):
    """Something is not on this machine: one sentence, with its remedy."""


def version():
    """The version of this Python, as packages of the system are named: 3.11."""
    return "{}.{}".format(*sys.version_info)


def package(name, module=None):
    if importlib.util.find_spec(module or name) is None:
        raise Missing(f"the package {name} is not installed: cargo run -p python -- setup")


def compiler(variable, system_package):
    """The compiler that the environment names, or else the one that Python itself was built with."""
    command = os.environ.get(variable) or sysconfig.get_config_var(variable) or "cc"
    program = command.split()[0]
    if shutil.which(program) is None:
        raise Missing(f"the compiler {program} is not found: apt-get install {system_package}")


def c():
    package("setuptools")
    compiler("CC", "gcc")
    header = Path(sysconfig.get_path("include"), "Python.h")
    if not header.exists():
        raise Missing(f"{header} is not there: apt-get install python{version()}-dev")


def cxx():
    c()
    compiler("CXX", "g++")


def cargo():
    if shutil.which("cargo") is None:
        raise Missing("cargo is not found: add the folder that it lies in to PATH")


def boost():
    """The name of the library of Boost.Python that is made for this version of Python, and its folder."""
    folders = [Path(folder) for folder in ["/opt/homebrew/lib", "/usr/local/lib", "/usr/lib", "/usr/lib64"]]
    folders += Path("/usr/lib").glob("*-linux-*")
    prefix, ending = "libboost_python", ".dylib" if sys.platform == "darwin" else ".so"
    found = {}
    for file in (file for folder in folders for file in folder.glob(f"{prefix}3*{ending}")):
        found[file.name[len(prefix) : -len(ending)]] = file.parent
    ours = version().replace(".", "")
    if ours in found:
        headers = [found[ours].parent / "include", Path("/usr/include")]
        if not any(Path(folder, "boost", "python.hpp").exists() for folder in headers):
            raise Missing("boost/python.hpp is not found: apt-get install libboost-python-dev")
        return f"boost_python{ours}", found[ours]
    if not found:
        raise Missing("Boost.Python is not found: apt-get install libboost-python-dev")
    # 311 stands for 3.11.
    other = sorted(f"{digits[0]}.{digits[1:]}" for digits in found)[-1]
    path = shutil.which(f"python{other}", path="/usr/bin:/usr/local/bin:/opt/homebrew/bin")
    raise Missing(
        f"Boost.Python of this system is built for Python {other}, and this is {version()}: "
        f"cargo run -p python -- setup --python {path or f'PATH_OF_PYTHON_{other}'}"
    )
