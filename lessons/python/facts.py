"""What a thread and a process are, as this Python shows it. Prints one line of JSON."""

import json
import multiprocessing
import os
import threading
import time


def change(things, queue=None):
    """What a new thread or process does: it changes a list, and says who it is."""
    things.append("changed")
    if queue is not None:
        queue.put(os.getpid())


def median(numbers):
    return sorted(numbers)[len(numbers) // 2]


def thread():
    things, processes, times = [], [], []
    for _ in range(50):
        begin = time.perf_counter()
        one = threading.Thread(target=lambda: (change(things), processes.append(os.getpid())))
        one.start()
        one.join()
        times.append(time.perf_counter() - begin)
    return {
        "how": "thread", "seconds": median(times), "same_process": processes[0] == os.getpid(),
        "sees_changes": bool(things),
    }


def process(method):
    context = multiprocessing.get_context(method)
    queue = context.SimpleQueue()
    things, processes, times = [], [], []
    for _ in range(3):
        begin = time.perf_counter()
        one = context.Process(target=change, args=(things, queue))
        one.start()
        processes.append(queue.get())
        one.join()
        times.append(time.perf_counter() - begin)
    return {
        "how": method, "seconds": median(times), "same_process": processes[0] == os.getpid(),
        "sees_changes": bool(things),
    }


if __name__ == "__main__":
    methods = multiprocessing.get_all_start_methods()
    print(json.dumps([thread(), *map(process, sorted(methods))]))
