"""What cargo builds: the library `summing`, and the module made with PyO3."""

import subprocess
import sys
import sysconfig
import zipfile
from pathlib import Path

from building import needs
from building.extensions import LESSON, RUNGS, put
from building.libraries import file_name

WORKSPACE = LESSON.parents[1]


def target(asked, temporary):
    return str(asked.cargo_target or temporary / "cargo")


def run(command, folder):
    """Runs it; what it says is worth hearing only where it fails."""
    ended = subprocess.run(command, cwd=folder, stdout=subprocess.PIPE, stderr=subprocess.STDOUT)
    if ended.returncode != 0:
        sys.stderr.buffer.write(ended.stdout)
        raise RuntimeError(f"{Path(command[0]).name} failed with exit status {ended.returncode}, see above")


def summing(asked, temporary):
    needs.cargo()
    command = ["cargo", "build", "--quiet", "--locked", "--release", "--package", "summing"]
    command += ["--manifest-path", str(WORKSPACE / "Cargo.toml"), "--target-dir", target(asked, temporary)]
    run(command, WORKSPACE)
    put(Path(target(asked, temporary), "release", file_name("summing")), asked.into / "lib")


def pyo3(asked, temporary):
    needs.cargo()
    needs.package("maturin")
    maturin = str(Path(sysconfig.get_path("scripts"), "maturin"))
    command = [maturin, "build", "--quiet", "--locked", "--release", "--interpreter", sys.executable]
    command += ["--manifest-path", str(RUNGS / "pyo3" / "Cargo.toml")]
    command += ["--target-dir", target(asked, temporary), "--out", str(temporary / "wheel")]
    # No need to look for libraries that the module would bring along: there are none.
    command += ["--auditwheel", "skip"]
    if sys.version_info < (3, 11):
        command += ["--no-default-features"]
    run(command, temporary)
    # A wheel is a zip file. Of this one only the module is wanted.
    [wheel] = (temporary / "wheel").iterdir()
    with zipfile.ZipFile(wheel) as files:
        [module] = [name for name in files.namelist() if name.endswith((".so", ".pyd"))]
        put(Path(files.extract(module, temporary / "unpacked")), asked.into / "rungs")
