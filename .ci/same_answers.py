"""Compares what two builds of the programs answer, and exits with 1 where they differ.

same_answers.py LESSONS NATIVE OTHER RUNNER...

LESSONS are the lessons whose programs are compared, separated by commas; NATIVE and OTHER are folders with them;
RUNNER, which may be nothing, is what runs those of OTHER here. The same are: exit codes, messages, the output of
programs, and of documents the sums and verdicts. The words of the systems themselves are left out: their texts
for an error number, and how their paths are written.
"""

import json
import os
import pathlib
import re
import subprocess
import sys
import tempfile

LIMIT = 300  # seconds for one command

ONE_ROUND = ["--json", "--rounds", "1", "--seed", "1"]
SMALL = [*ONE_ROUND, "-n", "1e5"]
KERNELS = ["integers", "memory", "pi", "primes"]
# A sum in every way, and by as many workers as give it ragged ranges.
SUMS = [
    *(["sequential", *SMALL, "-k", kernel] for kernel in KERNELS),
    *(["threads", *SMALL, "-k", kernel, "-w", "1,2,3"] for kernel in KERNELS),
    *(["processes", *SMALL, "-k", kernel, "-w", "1,3"] for kernel in KERNELS),
    ["work-stealing", *SMALL, "-w", "1,3"],
    ["interpreted", *SMALL],
    ["threads", *ONE_ROUND, "-n", "0"],
    ["processes", *ONE_ROUND, "-n", "2", "-w", "5"],
    *(["faults", "--json", "-s", fault] for fault in ["none", "panic", "lie", "garbage", "half-frame"]),
]  # fmt: skip
# Bad input: an error of one line, and an exit code.
BAD = [
    *([lesson, *options]
      for lesson in ["sequential", "threads", "processes", "interpreted"]
      for options in [["-n", "1.5"], ["-n", "1e12"], ["-k", "nope"], ["-s", "nope"], ["--nope"]]),
    *(["threads", "-w", workers] for workers in ["0", "-1", "5..2", "abc", "1025"]),
    ["threads", "-n", "10", "--rounds", "1", "--save", "no-such-folder/run.json"],
    ["threads", "-n", "10", "--rounds", "1", "--trace", "no-such-folder/run.json"],
    ["processes", "-n", "1e5", "--rounds", "1", "-s", "nope"],
    ["faults", "-s", "nope"],
    ["faults", "-w", "0"],
    ["interpreted", "no-such-program.py"],
]  # fmt: skip
# Programs: their output, letter for letter, and their errors.
PROGRAMS = {
    "values.py": "print('ä', 'Œ', 2 ** 200, -7 // 2, -7 % 3)\nprint(1 / 3, 1e22, 1e-7, 0.1 + 0.2, 10 / 4)\n",
    "dos.py": "total = 0\r\nfor i in range(10):\r\n    total = total + i\r\nprint(total)\r\n",
    "zero.py": "print('before')\nprint(1 // 0)\n",
    "name.py": "print(totl)\n",
    "syntax.py": "print(1\n",
    "letters ä.py": "print('a path with a space')\n",
}


def main():
    lessons, native, other, *runner = sys.argv[1:]
    native, other = pathlib.Path(native).resolve(), pathlib.Path(other).resolve()
    different = 0
    commands = SUMS + BAD + [["interpreted", program] for program in PROGRAMS]
    commands = [command for command in commands if command[0] in lessons.split(",")]
    with tempfile.TemporaryDirectory() as folder:
        for name, text in PROGRAMS.items():
            pathlib.Path(folder, name).write_text(text, encoding="utf-8", newline="")
        for command in commands:
            ours, theirs = answer([], native, command, folder), answer(runner, other, command, folder)
            for row in skipped(ours, theirs):
                print("  skipped on one side:", *row[:2], "workers of", *command)
            if ours != theirs:
                different += 1
                print("  DIFFERENT", *command)
                for field in ours:
                    if ours[field] != theirs[field]:
                        print(f"    {field}: {ours[field]!r}\n    {' ' * len(field)}  {theirs[field]!r}")
    print(f"  {len(commands)} commands, {different} with another answer")
    return 1 if different else 0


def skipped(ours, theirs):
    """Takes the rows away that one system skips, because it lacks something, and the other does not."""
    both = [answer["output"] for answer in [ours, theirs]]
    if not all(isinstance(rows, list) for rows in both):
        return []
    lacking = [row for rows in both for row in rows if "skipped" in row]
    for rows in both:
        rows[:] = [row for row in rows if not any(row[:2] == lacked[:2] for lacked in lacking)]
    return lacking


def answer(runner, folder, command, where):
    """What a command answers: exit code, message, output or what the document says."""
    lesson, *arguments = command
    program = next(path for path in [folder / f"{lesson}.exe", folder / lesson] if path.exists())
    environment = os.environ | {"NO_COLOR": "1", "COLUMNS": "80"}
    try:
        ended = subprocess.run([*runner, program, *arguments], cwd=where, env=environment, timeout=LIMIT,
            stdin=subprocess.DEVNULL, capture_output=True)  # fmt: skip
    except subprocess.TimeoutExpired:
        return {"exit code": f"no end within {LIMIT} s", "message": None, "output": None}
    output = ended.stdout.decode()
    return {
        "exit code": ended.returncode,
        "message": without_words_of_systems(ended.stderr.decode()),
        "output": essence(json.loads(output)) if "--json" in arguments and output else output,
    }


def essence(document):
    """What a document says that no speed of a machine changes."""
    if document["lesson"] == "faults":
        return [[run["what"], run["careful"]["end"], run["careful"]["retries"]] for run in document["runs"]]
    fields = ["strategy", "workers", "terms", "same_bits"]
    rows = [
        # Rows that add floats, to teach it, may have other last bits in each run. Whether a sum came too quickly to
        # be one, and so is called folded, an emulator cannot judge.
        [*(run[field] for field in fields), run["verdict"].replace("folded", "right"),
         run["sum"] if run["same_bits"] else None]
        for run in document["runs"]
        if run["strategy"] != "cpython"  # a program that may be missing
    ]
    kernel = {field: document["kernel"][field] for field in ["name", "terms", "expected"]}
    return [[kernel], *rows]


def without_words_of_systems(message):
    message = re.sub(r"[^:]*\(os error \d+\)", " (os error)", message.replace("\r\n", "\n"))
    return message.replace(".exe", "").replace("\\", "/")


if __name__ == "__main__":
    sys.exit(main())
