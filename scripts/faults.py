#!/usr/bin/python3
"""Kills a save at each of its system calls, and lets each of them fail, and looks at what is left.

Usage: faults.py PROGRAM [--short]. Needs strace and a Linux that lets it trace. For each way to save (the usual one, through a
link, in place, back to an earlier version), the program is run once to count its calls; then once for each call and each
fault. After each run the file has to hold the old or the new bytes, a save that was reported has to be there, and the next
save has to work and to leave nothing behind. With --short, only kills and a full disk, and only the usual save and the one in place.
"""

import collections
import os
import re
import shutil
import subprocess
import sys
import tempfile

CALLS = ["write", "fsync", "fdatasync", "rename", "renameat", "renameat2", "link", "linkat", "unlink", "unlinkat", "ftruncate",
         "fchmod", "fchown", "flock", "mkdir", "copy_file_range"]
OLD = b"""// cv-profile 1
#![enable(implicit_some, unwrap_variant_newtypes)]
Profile(
    format: 1,
    // A comment that stays.
    person: (
        name: "Zofia Example",
    ),
)
"""
BIB = "".join(
    f"@misc{{p{n}, title = {{Paper {n} on how files are kept}}, author = {{Example, Zofia}}, year = {2000 + n}}}\n"
    for n in range(20))


class Place:
    """A folder with a profile, and folders for what the program keeps."""

    def __init__(self, way):
        self.way = way
        self.root = tempfile.mkdtemp(prefix="vitae-faults-")
        self.folder = os.path.join(self.root, "cv")
        os.mkdir(self.folder)
        self.file = os.path.join(self.folder, "me.cv.ron")
        self.given = self.file
        self.write(self.file, OLD)
        self.write(os.path.join(self.root, "x.bib"), BIB.encode())
        self.env = dict(
            os.environ, HOME=self.root, XDG_STATE_HOME=os.path.join(self.root, "state"),
            XDG_CONFIG_HOME=os.path.join(self.root, "config"), LANG="C.UTF-8")
        if way == "link":
            self.given = os.path.join(self.root, "link.cv.ron")
            os.symlink(self.file, self.given)
        if way == "in place":
            os.link(self.file, os.path.join(self.root, "second name"))
        self.line = ["import", os.path.join(self.root, "x.bib"), "--into", self.given]
        if way == "restore":
            self.run(self.line)
            self.line = ["versions", self.given, "--restore", "1"]

    @staticmethod
    def write(path, data):
        with open(path, "wb") as file:
            file.write(data)

    def read(self):
        with open(self.file, "rb") as file:
            return file.read()

    def run(self, line, *tracing):
        return subprocess.run([*tracing, program, *line], env=self.env, cwd=self.root, capture_output=True)

    def traced(self, *options):
        log = os.path.join(self.root, "log")
        trace = "trace=" + ",".join("?" + call for call in CALLS)
        run = self.run(self.line, "strace", "-f", "-qq", "-o", log, "-e", trace, *options)
        with open(log) as file:
            return run, file.read()

    def leftovers(self):
        """What lies about that is neither the profile nor an earlier version."""
        found = [name for name in os.listdir(self.folder) if name != "me.cv.ron"]
        for folder, _, files in os.walk(os.path.join(self.root, "state")):
            found += [name for name in files if re.search(r"\.(tmp|before|after|lock)$", name)]
        return found

    def end(self):
        shutil.rmtree(self.root, ignore_errors=True)


def clean(way):
    """How often each call is made in a run without faults, and what the file holds before and after."""
    place = Place(way)
    before = place.read()
    run, log = place.traced()
    after = place.read()
    place.end()
    if run.returncode != 0 or before == after:
        sys.exit(f"FAIL: {way} without a fault: {run.stderr.decode()}")
    calls = collections.Counter(re.findall(r"^(?:\d+ +)?(\w+)\(", log, re.M))
    return {call: count for call, count in calls.items() if call in CALLS}, before, after


def sweep(way, faults):
    calls, before, after = clean(way)
    counts = collections.Counter()
    for fault in faults:
        for call, count in calls.items():
            for number in range(1, count + 1):
                counts["runs"] += 1
                for wrong in one(way, f"inject={call}:{fault}:when={number}", before, after):
                    counts["wrong"] += 1
                    print(f"wrong: {way}, {fault} at {call} {number} of {count}: {wrong}", flush=True)
    print(f"{way}: {counts['runs']} faults at {sum(calls.values())} calls, {counts['wrong']} wrong", flush=True)
    return counts["wrong"]


def one(way, fault, before, after):
    """What is wrong after one fault."""
    place = Place(way)
    try:
        run, _ = place.traced("-e", fault)
        found = place.read()
        killed = "signal" in fault
        # What is written in place can be cut off; then the next run finishes it.
        if found not in (before, after) and not (killed and way == "in place"):
            yield "neither the old file nor the new one"
        if run.returncode == 0 and found != after:
            yield "reported as saved, and is not"
        if b"panicked" in run.stderr:
            yield "a panic"
        if way != "restore":
            again = place.run(place.line)
            if again.returncode != 0:
                yield f"the next save fails: {again.stderr.decode()}"
            if place.read() != after:
                yield "the next save does not say the same"
            if place.leftovers():
                yield f"left behind: {place.leftovers()}"
    finally:
        place.end()


if __name__ == "__main__":
    program = os.path.abspath(sys.argv[1])
    short = "--short" in sys.argv[2:]
    kinds = ["signal=KILL", "error=ENOSPC"]
    ways = ["usual", "in place"]
    if not short:
        kinds += ["error=EIO", "error=EROFS", "error=EACCES"]
        ways += ["link", "restore"]
    sys.exit(1 if sum(sweep(way, kinds) for way in ways) else 0)
