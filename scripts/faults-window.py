#!/usr/bin/python3
"""Kills the real window at each system call of a save, and looks at what is left.

Usage: faults-window.py PROGRAM [--short]. Needs strace, Xvfb and xdotool, and a Linux that lets strace attach. For each kind of
call a window is started, something is typed, and strace is told to kill the whole program at the first such call after
"Save" was pressed, at the second of the next window, and so on until a save comes to its end. The file has to hold the old
or the new bytes; while it holds the old ones, what was typed has to be among the unsaved work that is kept; and the next
save, by the command line, has to work and to leave nothing behind. With --short, only the calls that a file depends on most.
"""

import os
import re
import subprocess
import sys
import tempfile
import time

import hands

CALLS = ["openat", "write", "fsync", "fdatasync", "rename", "renameat", "renameat2", "link", "linkat", "unlink", "unlinkat",
         "ftruncate", "fchmod", "fchown", "flock", "mkdir", "copy_file_range"]
SHORT = ["fsync", "rename"]
# Other threads make such calls at any time, to wake each other up: no more of them than this are counted.
MOST = 40


def typed(screen):
    """A window in which something was typed that is kept, but not saved."""
    root = tempfile.mkdtemp(prefix="vitae-faults-")
    folder = os.path.join(root, "cv")
    os.mkdir(folder)
    file = os.path.join(folder, "me.cv.ron")
    with open(file, "wb") as out:
        out.write(hands.PROFILE)
    window = hands.Window(program, file, root, screen)
    window.type("typed")
    if not window.wait(lambda: b"Zofiatyped" in window.kept(), 30):
        window.kill()
        sys.exit("FAIL: what is typed does not come to the window, or is not kept")
    return window


def saved(screen):
    """What the file holds after a save without a fault."""
    window = typed(screen)
    window.press("ctrl+s")
    if not window.wait(lambda: b"Zofiatyped" in window.read()):
        sys.exit("FAIL: it is not saved")
    window.kill()
    new = window.read()
    hands.forget(window.root)
    return new


def one(screen, new, call, number):
    """Kills at the call of that number: whether the program was killed, and what is wrong then."""
    window = typed(screen)
    root, file, wrong = window.root, window.file, []
    try:
        tracer = subprocess.Popen(
            ["strace", "-f", "-o", os.path.join(root, "log"), "-p", str(window.process.pid), "-e", f"trace=?{call}",
             "-e", f"inject=?{call}:signal=KILL:when={number}"], stderr=subprocess.PIPE, text=True)
        while "attached" not in tracer.stderr.readline():
            if tracer.poll() is not None:
                sys.exit("FAIL: strace may not attach")
        time.sleep(0.2)
        window.press("ctrl+s")
        window.wait(lambda: not window.is_alive() or b"Zofiatyped" in window.read(), 20)
        # What follows a save: the older version, the unsaved work that is not needed any more.
        window.wait(lambda: not window.is_alive(), 1.2)
        killed = not window.is_alive()
        window.kill()
        tracer.wait()
        found = window.read()
        if found not in (hands.PROFILE, new):
            wrong.append("neither the old file nor the new one")
        if found == hands.PROFILE and b"Zofiatyped" not in window.kept():
            wrong.append("what was typed is nowhere")
        bib = os.path.join(root, "x.bib")
        with open(bib, "w") as out:
            out.write("@misc{x, title = {A paper after that}, author = {Example, Zofia}}\n")
        line = [program, "import", bib, "--into", file]
        again = subprocess.run(line, env=hands.environment(root), capture_output=True, text=True)
        if again.returncode != 0 or b"A paper after that" not in window.read():
            wrong.append(f"the next save fails: {again.stderr}")
        left = [name for name in os.listdir(os.path.dirname(file)) if name != "me.cv.ron"]
        for inside, _, files in os.walk(os.path.join(root, "state")):
            left += [name for name in files if re.search(r"\.(tmp|before|after)$", name) and "recovery" not in inside]
        if left:
            wrong.append(f"left behind: {left}")
        return killed, wrong
    finally:
        window.kill()
        hands.forget(root)


if __name__ == "__main__":
    program = os.path.abspath(sys.argv[1])
    screen = hands.Screen()
    runs = bad = 0
    try:
        new = saved(screen)
        for call in SHORT if "--short" in sys.argv[2:] else CALLS:
            for number in range(1, MOST):
                killed, wrong = one(screen, new, call, number)
                for what in wrong:
                    bad += 1
                    print(f"wrong: killed at {call} {number}: {what}", flush=True)
                if not killed:
                    break
                runs += 1
            print(f"{call}: killed {number - 1} times", flush=True)
    finally:
        screen.end()
    print(f"{runs} kills of a window that saves, {bad} wrong")
    sys.exit(1 if bad else 0)
