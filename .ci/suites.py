"""Runs the tests of a build for another system, and exits with 1 where one failed.

suites.py SYSTEM LOGS RUNNER... <MESSAGES

Cargo's messages (`--message-format=json`) name the programs of tests; RUNNER is what runs such a program here.
Each test is a process of its own, with a limit of time, so that one that hangs or ends its process is one
failure. One that failed beside another is tried once more, alone: an emulator on few cores can make it late. What the
tests said stays in the folder LOGS. Tests that .ci/emulated.txt marks are passed over.
"""

import concurrent.futures
import json
import os
import pathlib
import re
import shutil
import signal
import subprocess
import sys
import time

LIMIT = 600  # seconds for one test; an emulator is slow, and others may be at work
MARKED = pathlib.Path(__file__).with_name("emulated.txt")
PROMISES = pathlib.Path(__file__).parents[1] / "lessons/reference/promises.md"


def main():
    system, logs, *runner = sys.argv[1:]
    logs = pathlib.Path(logs)
    shutil.rmtree(logs, ignore_errors=True)
    logs.mkdir(parents=True, exist_ok=True)
    suites = list(programs(sys.stdin))
    marked = marks(system)
    failures = []
    tests = set()
    passed = set()
    passed_over = []
    alone = []
    for package, target, program, folder in suites:
        begin = time.monotonic()
        run = lambda *arguments: finish([*runner, program, *arguments], folder, package)
        names, fault = listed(run)
        failures += [f"{package} {target}: {fault}"] if fault else []
        tests.update((package, name) for name in names)
        chosen = [name for name in names if (package, name) not in marked]
        passed_over += [(package, name) for name in names if (package, name) in marked]
        with concurrent.futures.ThreadPoolExecutor(os.cpu_count()) as pool:
            ends = list(pool.map(lambda name: run("--exact", name, "--nocapture"), chosen))
        counts = dict.fromkeys(["passed", "passed alone", "ignored", "failed"], 0)
        for name, (code, said) in zip(chosen, ends):
            verdict = judged(code, said)
            if verdict == "failed":
                first = said
                code, said = run("--exact", name, "--nocapture")
                verdict = judged(code, said)
                if verdict == "passed":
                    verdict = "passed alone"
                    (logs / f"{slug(package, target, name)}-first.txt").write_text(first)
                    alone.append((package, name))
            counts[verdict] += 1
            if verdict.startswith("passed"):
                passed.add((package, target, name))
            if verdict == "failed":
                log = logs / f"{slug(package, target, name)}.txt"
                log.write_text(f"{how(code)}\n{said}")
                failures.append(f"{package} {name}: {how(code)}; see {log}")
        if chosen:
            figures = ", ".join(f"{count} {word}" for word, count in counts.items() if count)
            print(f"  {package} {target}: {figures} ({time.monotonic() - begin:.0f} s)", flush=True)

    packages = {package for package, *_ in suites}
    for package, name in marked:
        if package in packages and (package, name) not in tests:
            failures.append(f"{package} {name}: {MARKED.name} marks it, and there is no such test")
    failures += broken_promises(system, packages, passed)
    for package, name in passed_over:
        print(f"  passed over: {package} {name}: {marked[package, name]}")
    for package, name in alone:
        print(f"  failed beside others, and passed alone: {package} {name}")
    print(f"{system}: {len(tests)} tests, {len(passed_over)} passed over, {len(failures)} failed")
    for failure in failures:
        print(f"  FAILED {failure}")
    return 1 if failures or not suites else 0


def slug(*words):
    """The name of a file for a test."""
    return "-".join(words).replace("::", "-").replace("/", "-")


def programs(messages):
    """Package, target, program and folder of each suite of tests that cargo built."""
    for line in messages:
        message = json.loads(line) if line.startswith("{") else {}
        target = message.get("target", {})
        if message.get("executable") and message["profile"]["test"]:
            folder = pathlib.Path(message["manifest_path"]).parent
            yield folder.name, target["name"], message["executable"], folder


def marks(system):
    """The reason of each test that emulation of `system` cannot judge, by package and name."""
    lines = MARKED.read_text().splitlines()
    rows = [[cell.strip() for cell in line.split("|")] for line in lines if line and line[0] != "#"]
    return {tuple(test.split(" ", 1)): why for where, test, why in rows if where in (system, "both")}


def broken_promises(system, packages, passed):
    """What the table of promises says to be tested on this system, and no test that passed here has tested."""
    for line in PROMISES.read_text().splitlines():
        cells = [cell.strip() for cell in line.split("|")]
        if len(cells) == 8 and cells[1].isdigit():
            cell = cells[{"arm": 4, "windows": 5}[system]]
            for command in re.findall("`(.*?)`", cells[3] if cell == "the same" else cell):
                package, *words = command.split()
                if package in packages and not any(
                    package == of and (words[-1:] == [target] or all(word in name for word in words))
                    for of, target, name in passed
                ):
                    yield f"promise {cells[1]}: no test passed of {command}"


def listed(run):
    """The names of a program's tests, and what is wrong where it cannot say them."""
    code, said = run("--list", "--format", "terse")
    lines = [line.strip() for line in said.splitlines()]
    names = [line.removesuffix(": test") for line in lines if line.endswith(": test")]
    return names, None if code == 0 else f"cannot list its tests: {how(code)}: {said[-300:]}"


def finish(command, folder, package):
    """The exit code (`None` at the limit of time) and the output of a command, of which nothing stays."""
    environment = {"CARGO_MANIFEST_DIR": str(folder), "CARGO_PKG_NAME": package, "RUST_BACKTRACE": "0"}
    process = subprocess.Popen(
        command, cwd=folder, env=os.environ | environment, start_new_session=True,
        stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.STDOUT,
    )  # fmt: skip
    try:
        said, _ = process.communicate(timeout=LIMIT)
        code = process.returncode
    except subprocess.TimeoutExpired:
        os.killpg(process.pid, signal.SIGKILL)
        said, code = drained(process), None
    return code, said.decode(errors="replace")


def drained(process):
    """What a killed process has said; others that hold its output do not keep us."""
    try:
        return process.communicate(timeout=5)[0]
    except subprocess.TimeoutExpired as left:
        return left.output or b""


def judged(code, said):
    """Passed only where a test ran and the process ended well."""
    if code != 0:
        return "failed"
    if "1 passed;" in said:
        return "passed"
    return "ignored" if "1 ignored;" in said else "failed"


def how(code):
    if code is None:
        return f"no end within {LIMIT} s"
    return f"ended by signal {-code}" if code < 0 else f"exit code {code}"


if __name__ == "__main__":
    sys.exit(main())
