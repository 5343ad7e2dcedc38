#!/usr/bin/python3
"""Times the start of the real program and what it costs while nobody touches it.

Usage: time-window.py PROGRAM PROFILE, on a screen with a window manager (DISPLAY set). Needs xdotool. The start is from
the process to its window being on the screen, which comes with the first painted frame; it is asked for again and again,
so that it is an upper bound. The time of the processor is that of all threads until then, and a little after.
"""

import glob
import os
import statistics
import subprocess
import sys
import tempfile
import time

program, profile = os.path.abspath(sys.argv[1]), os.path.abspath(sys.argv[2])
RUNS = 15
environment = dict(os.environ, HOME=tempfile.mkdtemp(prefix="vitae-time-"))


def start(*files):
    began = time.time()
    child = subprocess.Popen([program, *files], env=environment, stderr=subprocess.DEVNULL)
    search = ["xdotool", "search", "--onlyvisible", "--pid", str(child.pid)]
    while not subprocess.run(search, capture_output=True, check=False).stdout.strip():
        if time.time() - began > 10:
            sys.exit("no window within ten seconds")
    return child, 1000 * (time.time() - began), processor(child)


def processor(child):
    """How long its threads have run, in ms."""
    total = 0
    for path in glob.glob(f"/proc/{child.pid}/task/*/schedstat"):
        with open(path, encoding="utf-8") as file:
            total += int(file.read().split()[0])
    return total / 1e6


def ticks(child):
    with open(f"/proc/{child.pid}/stat", encoding="utf-8") as file:
        fields = file.read().rsplit(")", 1)[1].split()
    return int(fields[11]) + int(fields[12])


for name, files in (("empty", []), ("with the profile", [profile])):
    times, worked = [], []
    for _ in range(RUNS):
        child, took, processor_time = start(*files)
        times.append(took)
        worked.append(processor_time)
        time.sleep(0.5)
        child.terminate()
        child.wait()
    print(f"start, {name}: median {statistics.median(times):.0f} ms, least {min(times):.0f} ms; "
          f"of the processor {statistics.median(worked):.0f} ms")

child, *_ = start(profile)
time.sleep(8)
before = ticks(child)
time.sleep(20)
print(f"idle: {ticks(child) - before} ticks of 10 ms in 20 s")
with open(f"/proc/{child.pid}/status", encoding="utf-8") as file:
    print("".join(line for line in file if line.startswith(("VmRSS", "RssAnon"))), end="")
child.terminate()
