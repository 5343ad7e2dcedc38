#!/usr/bin/python3
"""Installs the package, meets the program by its icon and its documents as its users do, and takes it away again.

Usage: desktop-install.py DEB SAMPLE, as root or with sudo, where Vitae is not installed. Needs what desktop.py needs, and
thunar, tumbler, libglib2.0-bin, desktop-file-utils, appstream, lintian, man-db. Every step prints a line; the first one that
fails ends the run. $VITAE_SHOTS, if set, is the folder that pictures of the screen go into.
"""

import configparser
import glob
import os
import pathlib
import shlex
import shutil
import subprocess
import sys
import time

import desktop
from desktop import click, home, named, passed, reader, run, start, wait

package, sample = map(os.path.abspath, sys.argv[1:3])
tree = str(pathlib.Path(__file__).resolve().parent.parent)
shots = os.environ.get("VITAE_SHOTS")
as_root = [] if os.geteuid() == 0 else ["sudo"]
TYPE = "application/x-cv-profile+ron"
ID = "org.vitae.Vitae"
os.environ.update(XDG_CACHE_HOME=os.path.join(home, "cache"), XDG_DATA_HOME=os.path.join(home, "data"))


def fail(what):
    sys.exit(f"FAIL: {what}")


def installed():
    """Every file that an installation may leave somewhere, but for logs and for what other programs remember."""
    skipped = ("/var/log", "/var/cache", "/var/lib/dpkg/info", "/var/lib/apt", "/var/lib/systemd")
    names = set()
    for top in ("/etc", "/opt", "/usr", "/var"):
        for folder, folders, files in os.walk(top):
            folders[:] = [f for f in folders if not os.path.join(folder, f).startswith((*skipped, tree))]
            names.update(os.path.join(folder, name) for name in folders + files)
    return names | set(glob.glob("/var/lib/dpkg/info/vitae*"))


def valid():
    share = "/usr/share"
    said = run("desktop-file-validate", f"{share}/applications/{ID}.desktop")
    if said:
        fail(f"desktop-file-validate: {said}")
    run("appstreamcli", "validate", "--no-net", f"{share}/metainfo/{ID}.metainfo.xml")
    said = run("lintian", "--fail-on", "error", package)
    print(said, end="")
    run("man", "-w", "vitae")
    run("bash", "-n", f"{share}/bash-completion/completions/vitae")
    passed("desktop entry, metainfo and package are valid, man page and completions are there")


def type_of(path):
    said = run("gio", "info", "-a", "standard::content-type", path)
    return said.split("standard::content-type: ")[1].split("\n")[0]


def types():
    with open(sample, encoding="utf-8") as file:
        ours = file.read()
    first = ours.splitlines()[0]
    foreign = "(window: (width: 3))\n"
    for name, text, is_ours in [
        ("x.cv.ron", "Profile(", True),
        ("X.CV.RON", foreign, True),
        ("x.ron", ours, True),
        ("x", ours, True),
        ("x.ron", "\ufeff" + ours, True),
        ("x.ron", foreign, False),
        ("x.ron", "// how wide the window is\n" + foreign, False),
        ("x.ron", f"{foreign}{first}\n", False),
        ("x.ron", f"// as in {first}\n{foreign}", False),
        ("x.rs", "// cv\nfn main() {}\n", False),
    ]:
        path = os.path.join(home, name)
        with open(path, "w", encoding="utf-8") as file:
            file.write(text)
        found = type_of(path)
        os.remove(path)
        if (found == TYPE) != is_ours:
            fail(f"{name} with {text[:40]!r} is {found}")
    if f"{ID}.desktop" not in run("gio", "mime", TYPE).splitlines()[0]:
        fail("profiles are not opened by Vitae")
    passed("profiles are known by their name or their first line, and other programs' files are left to them")


def shot(name):
    if shots:
        os.makedirs(shots, exist_ok=True)
        run("import", "-window", "root", os.path.join(shots, f"{name}.png"))


def file_manager(folder):
    """A file manager that shows `folder` in large icons, as a screen reader sees it."""
    # All icons are to be seen from the start: pictures are made of no others.
    for name, kind, value in (
        ("icon-view-zoom-level", "string", "THUNAR_ZOOM_LEVEL_200_PERCENT"),
        ("window-width", "int", "1000"),
        ("window-height", "int", "660"),
    ):
        run("xfconf-query", "-c", "thunar", "-p", f"/last-{name}", "-n", "-t", kind, "-s", value)
    child = start("thunar", folder, stdout=subprocess.DEVNULL)
    window = wait("a file manager", lambda: run(
        "xdotool", "search", "--onlyvisible", "--pid", str(child.pid)).split()[-1])
    wait("the file manager in front", lambda: desktop.activated(window))
    return reader(child)


def documents():
    """A folder as users have them: CVs, one that cannot be shown, and another program's file."""
    folder = os.path.join(home, "My CVs")
    os.mkdir(folder)
    # The first of them all.
    one = os.path.join(folder, "Application – Zürich.cv.ron")
    shutil.copy(sample, one)
    others = [p for p in glob.glob(os.path.join(os.path.dirname(sample), "*.cv.ron")) if p != sample]
    for path in others:
        shutil.copy(path, folder)
    for name, text in (("begun.cv.ron", "// cv-profile 1\nProfile("), ("window.ron", "(width: 3)\n")):
        with open(os.path.join(folder, name), "w", encoding="utf-8") as file:
            file.write(text)
    return folder, one, 1 + len(others)


def is_picture_of_a_page(picture):
    width, height = map(int, run("identify", "-format", "%w %h", picture).split())
    dark = float(run("convert", picture, "-colorspace", "gray", "-format", "%[fx:1-mean]", "info:"))
    if max(width, height) not in (128, 256, 512, 1024) or width >= height or not 0.005 < dark < 0.5:
        fail(f"a picture of {width} × {height} pixels with {dark} of them dark")


def thumbnailer(folder, count):
    """What a desktop does with the entry of the thumbnailer, for every file that is Vitae's by its type."""
    entry = configparser.ConfigParser(interpolation=None)
    entry.read(f"/usr/share/thumbnailers/{ID}.thumbnailer")
    entry = entry["Thumbnailer Entry"]
    if TYPE not in entry["MimeType"].split(";") or not shutil.which(entry["TryExec"]):
        fail(f"the thumbnailer is {dict(entry)}")
    picture, made = os.path.join(home, "picture.png"), 0
    for name in sorted(os.listdir(folder)):
        path = os.path.join(folder, name)
        if type_of(path) != TYPE:
            continue
        words = {"%i": path, "%o": picture, "%s": "256", "%u": pathlib.Path(path).as_uri()}
        said = subprocess.run([words.get(word, word) for word in shlex.split(entry["Exec"])], capture_output=True, text=True)
        if (said.returncode == 0) != os.path.exists(picture) or (said.returncode == 0) == name.startswith("begun"):
            fail(f"the thumbnailer for {name} ended with status {said.returncode}: {said.stderr}")
        if os.path.exists(picture):
            is_picture_of_a_page(picture)
            os.remove(picture)
            made += 1
    if made != count:
        fail(f"the thumbnailer made {made} pictures of {count} profiles")
    passed("the installed thumbnailer makes a picture of every profile that can be shown")


def thumbnails(count):
    """The file manager's own pictures. When they are made is between it and its service, so that is told and not judged."""
    # A file may have pictures of more than one size, all under one name.
    pattern = os.path.join(home, "cache/thumbnails/*", 32 * "[0-9a-f]" + ".png")
    pictures, end = {}, time.time() + 60
    while len(pictures) < count and time.time() < end:
        time.sleep(0.2)
        pictures = {os.path.basename(path): path for path in glob.glob(pattern)}
    for picture in pictures.values():
        is_picture_of_a_page(picture)
    time.sleep(3)
    shot("file-manager")
    if len(pictures) < count:
        print(f"note: the file manager has made {len(pictures)} of {count} pictures in a minute; what is busy, and what it keeps:")
        print("\n".join(run("ps", "axo", "pid,ni,stat,pcpu,time,args", "--sort=-pcpu").splitlines()[:25]))
        print(run("find", os.path.join(home, "cache"), "-type", "f"), flush=True)
    else:
        passed("the file manager shows the pages as pictures, made by the installed thumbnailer")


def double_click(manager, path):
    name = os.path.basename(path)
    # A screen reader sees no icons in it; the first one lies in the corner.
    click(named(manager, "Icon view"), at=(72, 72), times=2)

    def window():
        found = [line.split(None, 4) for line in run("wmctrl", "-lpx").splitlines()]
        return next(((int(line[2]), line) for line in found if f".{ID}" in line[3] and name in line[4]), None)

    process, line = wait(f"a window named after {name}", window)
    with open(f"/proc/{process}/cmdline", "rb") as file:
        arguments = file.read().decode().split("\0")[1:-1]
    program = os.readlink(f"/proc/{process}/exe")
    if arguments != [path] or program != "/usr/bin/vitae":
        fail(f"{program} was started with {arguments}")
    time.sleep(2)
    shot("double-click")
    run("wmctrl", "-i", "-c", line[0])
    wait("the end of the program", lambda: not os.path.exists(f"/proc/{process}/exe"))
    passed("a double click on a profile's icon opens it in the installed program")


def without_the_tree():
    with open("/usr/bin/vitae", "rb") as file:
        if os.fsencode(tree) in file.read():
            fail(f"the program names {tree}")
    os.chdir(home)
    hidden = ["unshare", "--mount", "sh", "-c", 'mount -t tmpfs none "$0" && exec "$@"', tree]
    if subprocess.run([*hidden, "true"], capture_output=True).returncode == 0:
        quoted = " ".join(f"'{word}'" for word in hidden)
    else:
        print("note: nothing may be hidden on this machine; the source tree stays in sight")
        quoted = ""
    desktop.program = os.path.join(home, "vitae")
    with open(desktop.program, "w", encoding="utf-8") as file:
        file.write(f'#!/bin/sh\nexec {quoted} /usr/bin/vitae "$@"\n')
    os.chmod(desktop.program, 0o755)
    _, child, window, _ = desktop.edit_save_export()
    run("wmctrl", "-i", "-c", hex(int(window)))
    wait("the end of the program", lambda: child.poll() is not None)
    passed("the installed program edits, saves and exports without its source tree")


def removed(before):
    run(*as_root, "dpkg", "--purge", "vitae")
    left = {name for name in installed() - before if not name.endswith(("-old", ".pyc", "__pycache__"))}
    with open("/usr/share/applications/mimeinfo.cache", encoding="utf-8") as file:
        left.update(line for line in file if ID in line)
    path = os.path.join(home, "x.cv.ron")
    pathlib.Path(path).write_text("Profile(", encoding="utf-8")
    if left or type_of(path) == TYPE:
        fail(f"after its removal there is still {sorted(left) or TYPE}")
    passed("removed, it leaves nothing behind")


def main():
    if shutil.which("vitae"):
        fail("Vitae is installed already")
    before = installed()
    run(*as_root, "dpkg", "--install", package)
    try:
        valid()
        types()
        desktop.screen()
        folder, profile, count = documents()
        thumbnailer(folder, count)
        manager = file_manager(folder)
        thumbnails(count)
        double_click(manager, profile)
        without_the_tree()
        removed(before)
    finally:
        subprocess.run([*as_root, "dpkg", "--purge", "vitae"], capture_output=True)


if __name__ == "__main__":
    try:
        main()
    except subprocess.CalledProcessError as error:
        fail(f"{' '.join(error.cmd)}: {error.stdout}{error.stderr}")
    finally:
        desktop.quit_all()
