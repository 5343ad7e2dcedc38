#!/usr/bin/python3
"""Types at ten keys a second into the real window, kills it at a random moment, and tells how much is lost.

Usage: typed-and-killed.py PROGRAM [KILLS] [--load] [--seed N]. What counts is the time between the first key that is not kept and the
kill: at most a second. With --load, every processor has two others to work for, and the disk is written to and synced all
the time. Needs Xvfb and xdotool.
"""

import os
import random
import re
import subprocess
import sys
import tempfile
import time

import hands

MOST = 1.0
BURNER = "while True: pass"
# A megabyte, synced, again and again.
WRITER = "import os,sys\nf=open(sys.argv[1],'wb')\nwhile True:\n f.seek(0); f.write(b'x'*1048576); f.flush(); os.fsync(f.fileno())"


def one(screen, seconds):
    """Types for so long and kills: how many keys are lost, and the age of the oldest of them."""
    root = tempfile.mkdtemp(prefix="vitae-typing-")
    file = os.path.join(root, "me.cv.ron")
    with open(file, "wb") as out:
        out.write(hands.PROFILE)
    window = hands.Window(program, file, root, screen)
    try:
        times, start = [], time.time()
        while time.time() - start < seconds:
            window.type("abcdefghij"[len(times) % 10], 1)
            times.append(time.time())
            time.sleep(max(0.0, start + 0.1 * len(times) - time.time()))
        killed = time.time()
        window.kill()
        kept = max((len(text) for text in re.findall(rb'"Zofia([a-j]*)"', window.kept())), default=0)
        return len(times) - kept, killed - times[kept] if kept < len(times) else 0.0, len(times)
    finally:
        window.kill()
        hands.forget(root)


if __name__ == "__main__":
    program, rest = os.path.abspath(sys.argv[1]), sys.argv[2:]
    seed = int(rest[rest.index("--seed") + 1]) if "--seed" in rest else 1
    chance = random.Random(seed)
    kills = int(rest[0]) if rest and rest[0].isdigit() else 50
    load = []
    folder = tempfile.mkdtemp(prefix="vitae-load-")
    if "--load" in rest:
        for _ in range(2 * (os.cpu_count() or 1)):
            load.append(subprocess.Popen([sys.executable, "-c", BURNER]))
        load.append(subprocess.Popen([sys.executable, "-c", WRITER, os.path.join(folder, "x")]))
    screen = hands.Screen()
    lost, bad = [], 0
    try:
        for number in range(kills):
            keys, age, typed = one(screen, chance.uniform(1.5, 6.0))
            lost.append((age, keys))
            if age > MOST:
                bad += 1
                print(f"kill {number + 1}: {keys} of {typed} keys are lost, the first {age:.2f} s old", flush=True)
    finally:
        screen.end()
        for process in load:
            process.kill()
            process.wait()
        hands.forget(folder)
    age, keys = max(lost)
    print(f"{kills} kills{' under load' if load else ''}: at most {max(k for _, k in lost)} keys lost, "
          f"the oldest {age:.2f} s old; {bad} older than {MOST} s")
    sys.exit(1 if bad else 0)
