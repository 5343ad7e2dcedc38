#!/usr/bin/python3
"""Drives the real program on a screen of its own, as a person and as a screen reader would.

Usage: desktop.py PROGRAM SAMPLE. Needs Xvfb, openbox, xdotool, wmctrl, imagemagick, dbus, at-spi2-core, poppler-utils
and Debian's python3-gi with gir1.2-atspi-2.0. Every step prints a line; the first one that fails ends the run.
"""

import contextlib
import hashlib
import os
import shutil
import signal
import subprocess
import sys
import tempfile
import time

import gi

gi.require_version("Atspi", "2.0")

program, sample = os.path.abspath(sys.argv[1]), os.path.abspath(sys.argv[2])
home = tempfile.mkdtemp(prefix="vitae-desktop-")
children = []
os.environ.update(
    HOME=home,
    XDG_RUNTIME_DIR=os.path.join(home, "run"),
    XDG_STATE_HOME=os.path.join(home, "state"),
    XDG_CONFIG_HOME=os.path.join(home, "config"),
    LANG="C.UTF-8",
    LIBGL_ALWAYS_SOFTWARE="1",
)
for name in ("WAYLAND_DISPLAY", "WAYLAND_SOCKET"):
    os.environ.pop(name, None)
os.mkdir(os.environ["XDG_RUNTIME_DIR"], 0o700)


def start(*command, **options):
    # In a session of its own, so that what it starts ends with it, and that Linux shares the processors out among sessions:
    # what runs at low priority, as a maker of thumbnails, still gets its turn.
    child = subprocess.Popen(command, stdin=subprocess.DEVNULL, stderr=subprocess.DEVNULL, start_new_session=True, **options)
    children.append(child)
    return child


def run(*command):
    return subprocess.run(command, check=True, capture_output=True, text=True).stdout


def wait(what, test, seconds=20):
    """Waits until `test` gives something, and gives that."""
    end = time.time() + seconds
    while time.time() < end:
        with contextlib.suppress(Exception):
            found = test()
            if found:
                return found
        time.sleep(0.1)
    shot = os.path.join(home, "failed.png")
    with contextlib.suppress(Exception):
        run("import", "-window", "root", shot)
        shutil.copy(shot, os.environ.get("VITAE_SHOT", "/dev/null"))
    sys.exit(f"FAIL: {what}")


def passed(what):
    print(f"pass: {what}", flush=True)


def screen():
    """A screen with a window manager, and the buses that a screen reader speaks on."""
    server = start("Xvfb", "-displayfd", "1", "-screen", "0", "1440x900x24", stdout=subprocess.PIPE)
    os.environ["DISPLAY"] = f":{server.stdout.readline().decode().strip()}"
    start("openbox", stdout=subprocess.DEVNULL)
    wait("a window manager", lambda: run("wmctrl", "-m"))
    bus = start("dbus-daemon", "--session", "--nofork", "--print-address", stdout=subprocess.PIPE)
    os.environ["DBUS_SESSION_BUS_ADDRESS"] = bus.stdout.readline().decode().strip()
    launcher = "/usr/libexec/at-spi-bus-launcher"
    start(launcher, "--launch-immediately", stdout=subprocess.DEVNULL)
    wait("the bus of screen readers", lambda: subprocess.run(
        ["dbus-send", "--session", "--print-reply", "--dest=org.a11y.Bus", "/org/a11y/bus",
         "org.freedesktop.DBus.Properties.Set", "string:org.a11y.Status", "string:IsEnabled",
         "variant:boolean:true"], capture_output=True).returncode == 0)


def activated(window):
    run("xdotool", "windowactivate", window)
    time.sleep(0.2)
    return run("xdotool", "getactivewindow").strip() == window


def open_window(*files):
    child = start(program, *files, stdout=subprocess.DEVNULL)
    window = wait("a window", lambda: run(
        "xdotool", "search", "--onlyvisible", "--pid", str(child.pid)).split()[-1])
    # A window that was mapped this moment may not be managed yet.
    wait("the window in front", lambda: activated(window))
    return child, window


def reader(child):
    """The program as a screen reader sees it."""
    from gi.repository import Atspi

    def find():
        desktop = Atspi.get_desktop(0)
        for i in range(desktop.get_child_count()):
            app = desktop.get_child_at_index(i)
            if app and app.get_process_id() == child.pid:
                return app
        return None

    return wait("the program on the bus of screen readers", find)


def everything(node):
    yield node
    for i in range(node.get_child_count()):
        below = node.get_child_at_index(i)
        if below:
            yield from everything(below)


def named(app, name, role=None):
    def find():
        for node in everything(app):
            found = node.get_name()
            if (found == name or found.startswith(name + ":")) and role in (None, node.get_role_name()):
                return node
        return None

    return wait(f"something named {name!r}", find)


def click(node, at=None, times=1):
    """Clicks in the middle of it, or so far from its upper left corner."""
    from gi.repository import Atspi

    box = node.get_component_iface().get_extents(Atspi.CoordType.SCREEN)
    right, down = at or (box.width // 2, box.height // 2)
    run("xdotool", "mousemove", str(box.x + right), str(box.y + down), "click", "--repeat", str(times), "--delay", "90", "1")
    time.sleep(0.3)


def keys(*names):
    run("xdotool", "key", "--clearmodifiers", *names)
    time.sleep(0.2)


def type_text(text):
    run("xdotool", "type", "--delay", "30", text)
    time.sleep(0.2)


def page_pixels(window):
    """A hash of what is shown of the page, at the right."""
    shot = os.path.join(home, "page.png")
    run("import", "-window", window, "-crop", "440x640+880+110", "+repage", shot)
    return hashlib.sha256(run("convert", shot, "-depth", "8", "txt:-").encode()).hexdigest()


def text_of(entry):
    text = entry.get_text_iface()
    return text.get_text(0, text.get_character_count())


def edit_save_export():
    path = os.path.join(home, "me.cv.ron")
    shutil.copy(sample, path)
    with open(path, encoding="utf-8") as file:
        before = file.read().splitlines()
    child, window = open_window(path)
    app = reader(child)
    headline = named(app, "Headline", "entry")
    wait("the page", lambda: page_pixels(window) if any(
        n.get_name().startswith("Page 1 of") for n in everything(app)) else None)
    time.sleep(0.5)
    pixels = page_pixels(window)
    click(headline)
    keys("ctrl+a")
    type_text("Pelican wrangler")
    wait("another page", lambda: page_pixels(window) != pixels)
    passed("what is typed shows on the page")
    keys("ctrl+s")

    def saved():
        with open(path, encoding="utf-8") as file:
            return "Pelican wrangler" in file.read()

    wait("a saved file", saved)
    with open(path, encoding="utf-8") as file:
        after = file.read().splitlines()
    changed = [line for line in after if line not in before]
    if len(changed) != 1 or "Pelican wrangler" not in changed[0]:
        sys.exit(f"FAIL: saving changed more than what was typed: {changed}")
    passed("Ctrl+S saves it, and changes nothing else in the file")
    keys("ctrl+e")
    time.sleep(1.0)
    keys("Return")

    def exported():
        found = [f for f in os.listdir(home) if f.endswith(".pdf")]
        return found and "Pelican wrangler" in run("pdftotext", os.path.join(home, found[0]), "-")

    wait("an exported PDF", exported)
    passed("Ctrl+E exports it, and pdftotext reads it")
    return path, child, window, app


def screen_reader(app):
    entries = [n for n in everything(app) if n.get_role_name() == "entry"]
    nameless = [n for n in entries if not n.get_name()]
    if len(entries) < 5 or nameless:
        sys.exit(f"FAIL: {len(nameless)} of {len(entries)} fields have no name")
    for node in everything(app):
        if node.get_role_name() in ("push button", "toggle button", "check box", "menu item"):
            name = node.get_name()
            if not name or any("\ue000" <= letter <= "\uf8ff" for letter in name):
                sys.exit(f"FAIL: a button is named {name!r}")
    entry = named(app, "Headline", "entry")
    entry.get_editable_text_iface().set_text_contents("Heron counter")
    wait("a field that a screen reader sets", lambda: text_of(named(app, "Headline", "entry")) == "Heron counter")
    passed("a screen reader's client reads every field's name and sets one")


def killed_and_offered_back(child, window, app):
    click(named(app, "Headline", "entry"))
    keys("ctrl+a")
    type_text("Stork archivist")
    time.sleep(1.3)
    child.send_signal(signal.SIGKILL)
    child.wait()
    child, window = open_window()
    app = reader(child)
    named(app, "Restore").get_action_iface().do_action(0)
    wait("the text that was not saved", lambda: text_of(named(app, "Headline", "entry")) == "Stork archivist")
    passed("killed while typing, the program offers the text back")
    return child, window, app


def asks_when_closed(child, window, app):
    run("wmctrl", "-i", "-c", hex(int(window)))
    discard = named(app, "Discard")
    if child.poll() is not None:
        sys.exit("FAIL: it closed without asking")
    discard.get_action_iface().do_action(0)
    wait("the end of the program", lambda: child.poll() is not None)
    if child.returncode != 0:
        sys.exit(f"FAIL: it ended with status {child.returncode}")
    passed("closing with unsaved work asks, and then closes")


def quit_all():
    """Ends whatever was started, and forgets the home."""
    for child in reversed(children):
        with contextlib.suppress(Exception):
            os.killpg(child.pid, signal.SIGKILL)
            child.wait()
    shutil.rmtree(home, ignore_errors=True)


def main():
    screen()
    path, child, window, app = edit_save_export()
    screen_reader(app)
    child, window, app = killed_and_offered_back(child, window, app)
    asks_when_closed(child, window, app)


if __name__ == "__main__":
    try:
        main()
    finally:
        quit_all()
