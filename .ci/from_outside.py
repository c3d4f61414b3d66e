"""Interrupts programs, kills them and takes their output away, as their users do, and exits with 1 where they do not
end as they promise.

from_outside.py SYSTEM FOLDER RUNNER...

FOLDER has the programs; RUNNER, which may be nothing, is what runs them here. They run from a copy in a folder
whose name has a space and letters beyond ASCII; by that name all of their processes are known.
"""

import os
import pathlib
import shutil
import signal
import subprocess
import sys
import tempfile
import time

TIMES = 10
BUSY = [1, 2, 5]  # workers
# A sum of many seconds, by workers that are there before it begins.
LONG = ["-k", "primes", "-n", "2e7", "--no-baseline", "--rounds", "1"]
START = 120  # seconds: an emulator is slow
LOST = 74  # the exit code where a result could not be written
# The codes of programs that Ctrl-C has ended: by SIGINT, and the last byte of STATUS_CONTROL_C_EXIT.
INTERRUPTED = {"windows": 0x3A}


def main():
    system, folder, *runner = sys.argv[1:]
    failures = 0
    with tempfile.TemporaryDirectory() as place:
        home = pathlib.Path(place, "out of sight ä")
        home.mkdir()
        programs = {}
        for name in ["threads", "processes"]:
            file = next(path for end in [".exe", ""] if (path := pathlib.Path(folder, name + end)).exists())
            programs[name] = [*runner, shutil.copy(file, home / file.name)]
        for workers in BUSY:
            ends = [killed(programs["processes"], home, workers) for _ in range(TIMES)]
            failures += told(f"killed with {workers} busy workers", ends)
        code = INTERRUPTED.get(system, -signal.SIGINT)
        ends = [interrupted([*programs["processes"], *LONG, "-s", "pool", "-w", "2"], home, 3, code) for _ in range(3)]
        failures += told("interrupted beside two busy workers", ends)
        ends = [interrupted([*programs["threads"], *LONG, "-s", "scoped", "-w", "2"], home, 1, code) for _ in range(3)]
        failures += told("interrupted with two busy threads", ends)
        short = [*programs["threads"], "-n", "1e4", "--rounds", "1", "-w", "1"]
        failures += told("with an output that is full", [lost(short, open("/dev/full", "wb"), (LOST, 1))])
        failures += told("with a reader that goes away", [lost(short, pipe_without_reader(), (0, 0))])
    return 1 if failures else 0


def lost(command, output, expected):
    """Runs a program whose output nobody gets; it has to end with this code, and with so many lines of errors."""
    with output:
        ended = subprocess.run(command, stdout=output, stderr=subprocess.PIPE, timeout=START)
    said = ended.stderr.decode()
    if (ended.returncode, len(said.splitlines())) != expected:
        return f"exit code {ended.returncode}: {said}"
    return 0.0


def pipe_without_reader():
    reader, writer = os.pipe()
    os.close(reader)
    return open(writer, "wb")


def told(what, ends):
    """Says what came of several tries. A try is how many seconds it took, or what was wrong."""
    faults = [end for end in ends if isinstance(end, str)]
    times = [end for end in ends if not isinstance(end, str)]
    longest = f"all gone after {max(times):.2f} s at most" if any(times) else ""
    print(f"  {what}: {len(times)} of {len(ends)} as promised", longest, *sorted(set(faults)), flush=True)
    return len(faults)


def killed(program, home, workers):
    """Kills a program by SIGKILL. Its workers have a second."""
    process = started([*program, *LONG, "-s", "pool", "-w", str(workers)])
    try:
        if not until(lambda: len(processes_in(home)) > workers, START):
            return "its workers never came"
        time.sleep(0.3)  # They work.
        begin = time.monotonic()
        process.kill()
        process.wait()
        if not until(lambda: not processes_in(home), 1):
            return f"{len(processes_in(home))} processes outlived it"
        return time.monotonic() - begin
    finally:
        clean(process, home)


def interrupted(command, home, processes, code):
    """Interrupts a program once. It has five seconds to end, and nothing stays."""
    process = started(command)
    try:
        if not until(lambda: len(processes_in(home)) >= processes, START):
            return "it never came"
        time.sleep(1)  # It works.
        begin = time.monotonic()
        process.send_signal(signal.SIGINT)
        ended = until(lambda: process.poll() is not None, 5)
        took = time.monotonic() - begin
        if not ended:
            return "it went on"
        if process.returncode != code:
            return f"exit code {process.returncode}, not {code}"
        return took if until(lambda: not processes_in(home), 1) else "a worker outlived it"
    finally:
        clean(process, home)


def started(command):
    nothing = subprocess.DEVNULL
    return subprocess.Popen(
        command, stdin=nothing, stdout=nothing, stderr=nothing,
        preexec_fn=lambda: signal.signal(signal.SIGINT, signal.SIG_DFL),
    )  # fmt: skip


def processes_in(home):
    """The processes that run a program from this folder, other than emulators' own."""
    marker = home.name.encode()
    found = []
    for entry in pathlib.Path("/proc").iterdir():
        if entry.name.isdigit():
            try:
                if marker in (entry / "cmdline").read_bytes():
                    found.append(int(entry.name))
            except OSError:
                pass  # It has ended.
    return found


def until(holds, seconds):
    """Whether it holds before so many seconds have passed."""
    deadline = time.monotonic() + seconds
    while not holds():
        if time.monotonic() > deadline:
            return False
        time.sleep(0.01)
    return True


def clean(process, home):
    """Ends what should have ended."""
    for number in processes_in(home):
        try:
            os.kill(number, signal.SIGKILL)
        except ProcessLookupError:
            pass
    process.wait()


if __name__ == "__main__":
    sys.exit(main())
