#!/usr/bin/env python3
"""Reads every sample in every theme back with the readers that portals and people use, counts the
words and the dates beside their entries that each of them finds, and fails where a word is lost.

    scripts/readers.py [--program target/release/vitae] [--all] [PROFILE...]

Readers: pdftotext (poppler) in its three modes, pdfminer.six, pypdf, and MuPDF (PyMuPDF or mutool).
One that is not installed is told and passed over; with --all it is a failure. Nothing is installed.
"""

import argparse
import collections
import pathlib
import re
import shutil
import subprocess
import sys
import tempfile
import unicodedata
import warnings
from html import unescape

ROOT = pathlib.Path(__file__).resolve().parent.parent
# How far a date may stand from the title of its entry in the text that a reader gives, in signs.
BESIDE = 130
# Marks of HTML that part no words.
INLINE = {f"<{end}{tag}>" for tag in ("em", "strong", "code", "sup", "sub") for end in ("", "/")}


def run(*command):
    """The standard output of a command."""
    return subprocess.run(command, check=True, capture_output=True).stdout.decode("utf-8", "replace")


def poppler(*modes):
    """pdftotext in one of its modes."""
    if not shutil.which("pdftotext"):
        return None
    return lambda path: run("pdftotext", *modes, "-enc", "UTF-8", str(path), "-")


def pdfminer():
    """pdfminer.six with its usual parameters."""
    try:
        from pdfminer.high_level import extract_text
    except ImportError:
        return None
    return lambda path: extract_text(str(path))


def pypdf():
    """pypdf, page by page."""
    try:
        from pypdf import PdfReader
    except ImportError:
        return None
    return lambda path: "\n".join(page.extract_text() for page in PdfReader(str(path)).pages)


def mupdf():
    """MuPDF, as PyMuPDF or as mutool."""
    try:
        import pymupdf
    except ImportError:
        pymupdf = None
    if pymupdf:
        return lambda path: "\n".join(page.get_text() for page in pymupdf.open(str(path)))
    if shutil.which("mutool"):
        return lambda path: run("mutool", "draw", "-q", "-F", "txt", str(path))
    return None


READERS = {
    "pdftotext": lambda: poppler(),
    "-layout": lambda: poppler("-layout"),
    "-raw": lambda: poppler("-raw"),
    "pdfminer": pdfminer,
    "pypdf": pypdf,
    "MuPDF": mupdf,
}


def plain(text):
    """Text with all white space as one space, whole letters, and no hyphen that a line ended in."""
    text = unicodedata.normalize("NFKC", text).replace("\u00ad", "")
    text = "".join(c for c in text if unicodedata.category(c) != "Cf")
    return " ".join(text.split())


def words(text):
    """The words of a text, in small letters: what capitals a heading has is the look's business."""
    return re.findall(r"\w+", plain(text).lower())


def said(html):
    """What the page says, from the HTML that the program writes of the same profile and theme."""
    body = html.partition("<body>")[2]
    return unescape(re.sub(r"<[^>]+>", lambda tag: "" if tag[0] in INLINE else " ", body))


def rows(html):
    """Titles with the dates that belong to them: what stands at the two ends of one row of HTML."""
    found = []
    row = r'<div class="row"><(?:h3|h4|span)[^>]*>(.*?)</(?:h3|h4|span)>\s*<(?:p|span)[^>]*>(.*?)</(?:p|span)></div>'
    for title, end in re.findall(row, html, re.S):
        bare = [plain(unescape(re.sub(r"<[^>]+>", "", part))) for part in (title, end)]
        if re.search(r"\d{4}", bare[1]):
            found.append(tuple(bare))
    return found


def beside(text, entries):
    """How many dates stand near the title of their entry."""
    text = re.sub(r"\s", "", plain(text)).lower()
    near = 0
    for title, date in entries:
        title, date = (re.sub(r"\s", "", part).lower() for part in (title, date))
        years = re.findall(r"\d{4}", date)
        for start in (m.start() for m in re.finditer(re.escape(title[:60]), text)):
            around = text[max(0, start - BESIDE) : start + len(title) + BESIDE]
            if all(year in around for year in years):
                near += 1
                break
    return near


def main():
    warnings.simplefilter("ignore")
    arguments = argparse.ArgumentParser(description=__doc__.split("\n", 1)[0])
    arguments.add_argument("--program", default=str(ROOT / "target/release/vitae"))
    arguments.add_argument("--all", action="store_true", help="fail where a reader is missing")
    arguments.add_argument("profiles", nargs="*", type=pathlib.Path)
    options = arguments.parse_args()
    profiles = options.profiles or sorted((ROOT / "profiles").glob("*.cv.ron"))
    themes = [line.split()[0] for line in run(options.program, "themes").splitlines() if line]
    readers = {name: make() for name, make in READERS.items()}
    missing = [name for name, reader in readers.items() if not reader]
    for name in missing:
        print(f"{name} is not installed and is passed over", file=sys.stderr)
    readers = {name: reader for name, reader in readers.items() if reader}
    lost = []
    width = max(len(p.name.removesuffix(".cv.ron")) for p in profiles)
    print(f"{'words and dates found':{width}} {'theme':8} " + " ".join(f"{n:>16}" for n in readers))
    with tempfile.TemporaryDirectory() as folder:
        for profile in profiles:
            name = profile.name.removesuffix(".cv.ron")
            usual = [options.program, "export", str(profile), "--theme", "classic"]
            entries = rows(run(*usual, "--format", "html", "-o", "-"))
            for theme in themes:
                export = [options.program, "export", str(profile), "--theme", theme]
                html = run(*export, "--format", "html", "-o", "-")
                wanted = collections.Counter(words(said(html)))
                path = pathlib.Path(folder) / "page.pdf"
                path.unlink(missing_ok=True)
                run(*export, "-o", str(path))
                cells = []
                for reader, read in readers.items():
                    text = read(path)
                    whole = "".join(words(text))
                    # A word may be parted at the end of a line, so that words are sought in the whole.
                    gone = {w: n - whole.count(w) for w, n in wanted.items() if whole.count(w) < n}
                    if gone:
                        lost.append(f"{name} in {theme}, {reader}: {', '.join(sorted(gone))}")
                    total = wanted.total()
                    count = total - sum(gone.values())
                    near = beside(text, entries)
                    # That is what this theme is for.
                    if theme == "plain" and near < len(entries):
                        lost.append(f"{name} in {theme}, {reader}: dates beside their entries")
                    cells.append(f"{count}/{total} {near}/{len(entries)}")
                print(f"{name:{width}} {theme:8} " + " ".join(f"{cell:>16}" for cell in cells))
    for line in lost:
        print(f"lost: {line}", file=sys.stderr)
    if lost or (options.all and missing):
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
