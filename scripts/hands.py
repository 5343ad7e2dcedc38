"""A person at the real window, on a screen of its own: opens a file, types into two fields, saves, answers a question.

For other scripts; needs Xvfb and xdotool. Each window has a screen to itself, so that what is typed always goes to it.
"""

import os
import shutil
import signal
import subprocess
import sys
import time

# Whoever ends a script ends what it has started, too.
signal.signal(signal.SIGTERM, lambda *_: sys.exit("ended"))

PROFILE = b"""// cv-profile 1
#![enable(implicit_some, unwrap_variant_newtypes)]
Profile(
    format: 1,
    // A comment that stays.
    person: (
        name: "Zofia",
        headline: "Sailor",
    ),
)
"""
# Where the fields are in a window of the usual size that shows a profile without sections.
FIELDS = {"name": (460, 174), "headline": (460, 363)}


class Screen:
    """A screen that nobody sees."""

    def __init__(self):
        reading, writing = os.pipe()
        command = ["Xvfb", "-displayfd", str(writing), "-screen", "0", "1400x900x24", "-noreset", "-nolisten", "tcp"]
        self.server = subprocess.Popen(command, pass_fds=[writing], stdin=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        os.close(writing)
        with os.fdopen(reading) as number:
            self.display = ":" + number.readline().strip()

    def end(self):
        self.server.terminate()
        self.server.wait()


def environment(root, **more):
    """What the program is started with, so that all it keeps is below `root`."""
    return dict(
        os.environ, HOME=root, XDG_STATE_HOME=os.path.join(root, "state"), XDG_CONFIG_HOME=os.path.join(root, "config"),
        LANG="C.UTF-8", LIBGL_ALWAYS_SOFTWARE="1", **more)


class Window:
    """The program with a file open, the caret at the end of `field`."""

    def __init__(self, program, file, root, screen, field="name"):
        self.file, self.root, self.screen = file, root, screen
        self.env = environment(root, DISPLAY=screen.display)
        for name in ("WAYLAND_DISPLAY", "WAYLAND_SOCKET"):
            self.env.pop(name, None)
        self.process = subprocess.Popen(
            [program, file], env=self.env, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        search = ["search", "--onlyvisible", "--name", "Vitae"]
        window = self.wait(lambda: self.xdotool(*search, check=False).split(), 60)
        if not window:
            self.kill()
            raise RuntimeError(f"no window comes on {screen.display}: {self.process.returncode}")
        self.xdotool("windowfocus", window[-1])
        self.go_to(field)

    def go_to(self, field, after=0.7):
        x, y = FIELDS[field]
        # The first picture may still be on its way: a click before it would be lost.
        time.sleep(after)
        # Up to where the fields stand, wherever the form was left.
        self.xdotool("mousemove", str(x), str(y), "click", "--repeat", "12", "--delay", "5", "4")
        time.sleep(0.4)
        self.xdotool("click", "1")
        time.sleep(0.2)
        # A long text has several rows.
        self.press("ctrl+End")

    def xdotool(self, *arguments, check=True):
        run = subprocess.run(["xdotool", *arguments], env=self.env, capture_output=True, text=True)
        if check and run.returncode != 0:
            raise RuntimeError(f"xdotool {arguments}: {run.stderr}")
        return run.stdout

    def press(self, *keys):
        self.xdotool("key", *keys)

    def type(self, text, delay=20):
        """Types a text; `delay` is the time between two letters in milliseconds."""
        self.xdotool("type", "--delay", str(delay), text)

    def read(self):
        with open(self.file, "rb") as file:
            return file.read()

    def kept(self):
        """All that is kept of unsaved work."""
        found = b""
        for folder, _, files in os.walk(os.path.join(self.root, "state")):
            for name in files:
                if "recovery" in folder:
                    try:
                        with open(os.path.join(folder, name), "rb") as file:
                            found += file.read()
                    except FileNotFoundError:
                        pass
        return found

    def wait(self, test, seconds=20):
        """Waits until `test` gives something, and gives that; nothing when it never does."""
        end = time.time() + seconds
        while time.time() < end:
            found = test()
            if found:
                return found
            time.sleep(0.05)
        return test()

    def is_alive(self):
        return self.process.poll() is None

    def kill(self):
        if self.is_alive():
            self.process.send_signal(signal.SIGKILL)
        self.process.wait()


def forget(root):
    shutil.rmtree(root, ignore_errors=True)
