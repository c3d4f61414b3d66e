"""Runs a program, with cProfile or without, and reports what was seen as a line of JSON."""

import json
import os
import sys
import time
import types

most, traced = int(sys.argv[1]), sys.argv[2] == "traced"
sys.argv = sys.argv[3:]
path = sys.argv[0]
sys.path[0] = os.path.dirname(os.path.abspath(path))

# What the program prints goes nowhere: this stream carries the report.
report = os.fdopen(os.dup(1), "w", encoding="utf-8")
os.dup2(os.open(os.devnull, os.O_WRONLY), 1)

with open(path, "rb") as file:
    code = compile(file.read(), path, "exec")
module = types.ModuleType("__main__")
module.__file__ = path
this = sys.modules["__main__"]
sys.modules["__main__"] = module

if traced:
    import cProfile
    import pstats

    profile = cProfile.Profile()
start = time.perf_counter()
try:
    if traced:
        profile.enable()
    exec(code, module.__dict__)
except SystemExit as end:
    if end.code not in (None, 0):
        raise
finally:
    if traced:
        profile.disable()
    seconds = time.perf_counter() - start

seen = {"version": "%d.%d.%d" % sys.version_info[:3], "seconds": seconds}
if traced:
    stats = pstats.Stats(profile)
    functions = [
        {"file": file, "line": line, "name": name, "calls": calls, "own": own, "cumulative": cumulative}
        for (file, line, name), (_, calls, own, cumulative, _) in stats.stats.items()
    ]
    functions.sort(key=lambda function: function["own"], reverse=True)
    seen["profile"] = {"calls": stats.total_calls, "seconds": stats.total_tt, "functions": functions[:most]}
print(json.dumps(seen), file=report, flush=True)
