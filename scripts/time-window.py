#!/usr/bin/python3
"""Times the start of the real program and what it costs while nobody touches it.

Usage: time-window.py PROGRAM PROFILE, on an X11 screen with a window manager (DISPLAY set). The start is from the process
to its window being put on the screen, which comes with the first painted frame. The screen itself tells of it: to ask
again and again would take a processor away from the program. The time of the processor is that of all threads until then.
"""

import contextlib
import ctypes
import glob
import os
import select
import statistics
import subprocess
import sys
import tempfile
import time

program, profile = os.path.abspath(sys.argv[1]), os.path.abspath(sys.argv[2])
RUNS = 15
environment = dict(os.environ, HOME=tempfile.mkdtemp(prefix="vitae-time-"))


class Screen:
    """Tells when a window comes to be on the screen."""

    # Numbers and places in structures as X11/X.h and X11/Xlib.h have them on machines with 64 bits.
    SUBSTRUCTURE_NOTIFY_MASK, MAP_NOTIFY, EVENT_BYTES = 1 << 19, 19, 192

    def __init__(self):
        self.x11 = ctypes.CDLL("libX11.so.6")
        self.x11.XOpenDisplay.restype = ctypes.c_void_p
        self.display = ctypes.c_void_p(self.x11.XOpenDisplay(None))
        if not self.display:
            sys.exit("no X11 screen: set DISPLAY")
        self.x11.XDefaultRootWindow.restype = ctypes.c_ulong
        root = ctypes.c_ulong(self.x11.XDefaultRootWindow(self.display))
        self.x11.XSelectInput(self.display, root, ctypes.c_long(self.SUBSTRUCTURE_NOTIFY_MASK))
        self.x11.XSync(self.display, 0)

    def is_shown(self, seconds):
        """Whether a window that its manager knows of comes within so many seconds."""
        until = time.monotonic() + seconds
        event = ctypes.create_string_buffer(self.EVENT_BYTES)
        while (left := until - time.monotonic()) > 0:
            if not self.x11.XPending(self.display):
                select.select([self.x11.XConnectionNumber(self.display)], [], [], left)
                continue
            self.x11.XNextEvent(self.display, event)
            if ctypes.c_int.from_buffer(event).value == self.MAP_NOTIFY:
                return True
        return False


screen = Screen()


def start(*files):
    while screen.is_shown(0.3):
        pass
    began = time.monotonic()
    child = subprocess.Popen([program, *files], env=environment, stderr=subprocess.DEVNULL)
    if not screen.is_shown(10):
        sys.exit("no window within ten seconds")
    return child, 1000 * (time.monotonic() - began), processor(child)


def processor(child):
    """How long its threads have run, in ms."""
    total = 0
    for path in glob.glob(f"/proc/{child.pid}/task/*/schedstat"):
        # A thread may end in this very moment.
        with contextlib.suppress(OSError), open(path, encoding="utf-8") as file:
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
