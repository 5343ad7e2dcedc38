#!/usr/bin/env python3
"""Prints the SHA-256 of every export that a program makes of every sample, and of its PDF in every theme, a line each.

Usage: hashes.py PROGRAM. A release compares these lists of all systems: the same profile gives the same bytes everywhere.
"""

import hashlib
import pathlib
import subprocess
import sys
import tempfile

ENDINGS = ("pdf", "docx", "html", "md", "txt", "json", "yaml", "bib")

# The same lines on Windows, too.
sys.stdout.reconfigure(newline="\n")
program = pathlib.Path(sys.argv[1]).resolve()
themes = [line.split()[0] for line in subprocess.run(
    [program, "themes"], check=True, capture_output=True, text=True, encoding="utf-8").stdout.splitlines() if line.strip()]
samples = sorted(pathlib.Path(__file__).resolve().parent.parent.glob("profiles/*.cv.ron"))
if not samples or not themes:
    sys.exit("no samples or no themes")
with tempfile.TemporaryDirectory() as folder:
    for sample in samples:
        stem = sample.name.removesuffix(".cv.ron")
        wanted = [(f"{stem}.{ending}", []) for ending in ENDINGS]
        wanted += [(f"{stem}-{theme}.pdf", ["--theme", theme, "--overflow", "paginate"]) for theme in themes]
        for name, options in wanted:
            out = pathlib.Path(folder) / name
            subprocess.run([program, "export", sample, *options, "-o", out], check=True, capture_output=True)
            print(hashlib.sha256(out.read_bytes()).hexdigest(), name)
