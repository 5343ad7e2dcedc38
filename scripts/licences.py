#!/usr/bin/env python3
"""Prints the licences of all crates that a program for the given target holds, and of the fonts in them.

Usage: licences.py TARGET. Every text stands there once, below the names of those that come under it.
"""

import json
import pathlib
import subprocess
import sys

TEXTS = ("licen", "copying", "notice", "unlicense", "ofl", "ufl")

metadata = json.loads(subprocess.run(
    ["cargo", "metadata", "--locked", "--format-version", "1", "--filter-platform", sys.argv[1]],
    check=True, capture_output=True).stdout)
nodes = {node["id"]: node for node in metadata["resolve"]["nodes"]}
root = metadata["resolve"]["root"]
held, ahead = set(), [root]
while ahead:
    for dep in nodes[ahead.pop()]["deps"]:
        # Neither what only tests use nor what only runs while the program is built.
        if dep["pkg"] not in held and any(kind["kind"] is None for kind in dep["dep_kinds"]):
            held.add(dep["pkg"])
            ahead.append(dep["pkg"])

crates = sorted((p for p in metadata["packages"] if p["id"] in held), key=lambda p: (p["name"], p["version"]))
under = {}
print("The crates that the program is made of, and under what licence each comes:\n")
for crate in crates:
    name = f"{crate['name']} {crate['version']}"
    print(f"  {name}: {crate['license']}; {', '.join(crate['authors']) or 'its authors'}")
    folder = pathlib.Path(crate["manifest_path"]).parent
    files = [*folder.iterdir(), *folder.glob("*fonts*/*.txt"), *folder.glob("*LICENSES*/*")]
    for file in sorted(files):
        is_text = file.parent != folder or file.name.lower().startswith(TEXTS)
        if is_text and file.is_file() and file.suffix not in (".rs", ".toml"):
            text = file.read_text(encoding="utf-8", errors="replace").strip()
            under.setdefault("\n".join(line.rstrip() for line in text.splitlines()), []).append(name)
for text, names in under.items():
    print(f"\n{'=' * 100}\n{', '.join(dict.fromkeys(names))}\n{'-' * 100}\n{text}")
