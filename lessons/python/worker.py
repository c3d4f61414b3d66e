"""A worker: a Python that stands ready and is asked for one sum after the other.

It is started by the lesson's program and speaks with it over its standard input and output, in the frames
of shared/children/src/frame.rs, all of kind 1: their bodies are JSON. An answer has the job of its
request. Before the first request the worker sends a frame with job 0, which says what it is.

Where standard input ends, the worker ends, in the middle of a sum, too: nobody waits for it any more.
"""

import atexit
import contextlib
import importlib
import importlib.util
import json
import mmap
import os
import queue
import struct
import sys
import threading
import time

HEADER = struct.Struct("<4sBBHQI")
MAGIC, VERSION, JSON = b"SUMP", 1, 1
LONGEST = 1 << 20

# Seconds that a busy worker may take to end once its input has ended.
GRACE = 0.7


class Nonsense(Exception):
    """What came in is not a frame."""


def read_exactly(stream, length):
    data = stream.read(length)
    if len(data) < length:
        raise EOFError
    return data


def read_frame(stream):
    *start, job, length = HEADER.unpack(read_exactly(stream, HEADER.size))
    if start != [MAGIC, VERSION, JSON, 0] or length > LONGEST:
        raise Nonsense(f"a frame begins with {MAGIC!r} and has at most {LONGEST} bytes")
    return job, json.loads(read_exactly(stream, length))


def write_frame(stream, job, message):
    data = json.dumps(message).encode()
    stream.write(HEADER.pack(MAGIC, VERSION, JSON, 0, job, len(data)) + data)
    stream.flush()


def own_pipes():
    """The pipes to the program, taken away from whatever runs here: `print` goes to standard error."""
    requests = os.fdopen(os.dup(0), "rb")
    answers = os.fdopen(os.dup(1), "wb")
    nothing = os.open(os.devnull, os.O_RDONLY)
    os.dup2(nothing, 0)
    os.dup2(2, 1)
    os.close(nothing)
    return requests, answers


def listen(requests, inbox):
    """Puts requests into the inbox. When there can be no more, this process ends, busy or not."""
    try:
        while True:
            inbox.put(read_frame(requests))
    except EOFError:
        inbox.put(None)
        time.sleep(GRACE)
        leave()
        os._exit(0)
    except Exception as error:
        print(f"worker: nonsense came in: {error}", file=sys.stderr, flush=True)
        os._exit(70)


def timed(function, *arguments):
    """What the function answers, and how many seconds that took."""
    start = time.perf_counter_ns()
    answer = function(*arguments)
    return answer, (time.perf_counter_ns() - start) / 1e9


def import_all(names):
    for name in names:
        importlib.import_module(name)


class Rung:
    """One way to sum: a module of the package `rungs`, and what it is asked to sum."""

    def __init__(self, request):
        _, self.imported = timed(import_all, request["needs"]) if request["needs"] else (None, 0)
        sys.path[:0] = request["folders"]
        self.module, self.loaded = timed(self.load, request)
        self.workers = [request["workers"]] if request["parallel"] else []
        self.kernel = request["kernel"]
        if self.kernel == "memory":
            self.numbers = numbers(request["data"], request["terms"])
        if hasattr(self.module, "start"):
            data = request["data"] if self.kernel == "memory" else None
            _, starting = timed(self.module.start, request["workers"], data, request["terms"])
            self.loaded += starting
        few = min(request["terms"], 1000)
        _, self.first_call = timed(self.sum, 0, few)

    def load(self, request):
        if request["file"] is None:
            return importlib.import_module("rungs." + request["rung"])
        return module_from(request["file"])

    def sum(self, low, high):
        """The sum of the terms low..high; or, of a rung that shares them out, a dictionary."""
        if self.kernel == "memory":
            if low and self.workers:
                raise ValueError("a rung that shares numbers out begins with the first of them")
            return self.module.memory(self.numbers[low:high], *self.workers)
        return self.module.integers(low, high, *self.workers)


def module_from(path):
    """A file of the learner's own, wherever it lies."""
    spec = importlib.util.spec_from_file_location("your_turn", path)
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def numbers(descriptor, terms):
    """The numbers of the kernel `memory`, where the program has laid them out: read in place."""
    if terms == 0:
        return memoryview(b"").cast("Q")
    # All pages are put in their place now, where the system can: the first sum should not wait for them.
    flags = mmap.MAP_SHARED | getattr(mmap, "MAP_POPULATE", 0)
    return memoryview(mmap.mmap(descriptor, terms * 8, flags, mmap.PROT_READ)).cast("Q")


def answer_to(request, rung):
    started = time.perf_counter_ns()
    answer, seconds = timed(rung.sum, request["low"], request["high"])
    if not isinstance(answer, dict):
        answer = {"sum": answer}
    if hasattr(rung.module, "spans"):
        answer["spans"] = rung.module.spans()
    total = answer["sum"]
    if isinstance(total, bool) or not hasattr(total, "__index__"):
        raise TypeError(f"the sum is {total!r}, which is no whole number")
    # Where a part began, from the start of the sum.
    for span in answer.get("spans", []):
        for moment in ("begin", "end"):
            span[moment] = (span[moment] - started) / 1e9
    return {**answer, "sum": str(total.__index__()), "seconds": seconds}


def last_line(error):
    """An error as Python's own last line says it."""
    text = " ".join(str(error).split())[:300]
    return f"{type(error).__name__}: {text}" if text else type(error).__name__


def leave():
    """Takes the folder for temporary files away, where it is the lesson's own and nothing is in it."""
    folder = os.environ.get("TMPDIR", "")
    if os.path.basename(folder).startswith("sum-of-parts-"):
        with contextlib.suppress(OSError):
            os.rmdir(folder)


def main():
    requests, answers = own_pipes()
    inbox = queue.SimpleQueue()
    threading.Thread(target=listen, args=(requests, inbox), daemon=True).start()
    write_frame(answers, 0, {"version": sys.version.split()[0], "process": os.getpid()})
    rung = None
    while True:
        request = inbox.get()
        if request is None:
            return
        job, request = request
        try:
            if "rung" in request:
                rung = Rung(request)
                answer = {
                    "import": rung.imported,
                    "load": rung.loaded,
                    "first_call": rung.first_call,
                }
            else:
                answer = answer_to(request, rung)
        except Exception as error:
            answer = {"error": last_line(error)}
        write_frame(answers, job, answer)


if __name__ == "__main__":
    atexit.register(leave)
    main()
