#!/usr/bin/python3
"""Writes one profile by several programs at once, and counts what was reported as written and is not there.

Usage: at-once.py PROGRAM [imports [RUNS]] [windows [SAVES]]. Without more, both are done as a release has them: three shells
with 400 imports each, and 1,000 saves by two windows and two shells, each with folders of its own, as if they were four
machines with one disk: so none knows of the others, and only the comparison before a save keeps them apart. A window that
meets a change of the file merges it (Enter, and Enter again). Windows need Xvfb and xdotool.
"""

import os
import subprocess
import sys
import tempfile
import threading
import time

import hands


def imports(program, root, file, name, runs, env):
    """Brings in one paper after the other: the titles of those that were reported as written."""
    done = []
    for number in range(runs):
        title = f"Paper {name}x{number}x"
        bib = os.path.join(root, f"{name}-{number}.bib")
        with open(bib, "w") as out:
            out.write(f"@misc{{{name}{number}, title = {{{title}}}, author = {{Example, Zofia}}}}\n")
        run = subprocess.run([program, "import", bib, "--into", file], env=env, capture_output=True, text=True)
        os.unlink(bib)
        if "panicked" in run.stderr:
            print(f"a panic: {run.stderr}", flush=True)
        if run.returncode == 0:
            done.append(title)
    return done


def saves(window, field, name, count, wrong):
    """Types a word and saves, again and again; merges what others have written. The words that came into the file."""
    done = []
    for number in range(count):
        word = f"{name}x{number}x"
        there = lambda: word.encode() in window.read()
        for turn in range(60):
            if turn % 4 == 0:
                # What was typed while a question was in front is not in the field: then it is typed again.
                window.go_to(field, 0)
                window.type(word, 5)
            window.press("ctrl+s")
            if window.wait(there, 1.2):
                done.append(word)
                break
            # It was changed by another program: "Merge…" has the focus, then "Merge" has.
            for _ in range(2):
                window.press("Return")
                time.sleep(0.3)
            if not window.is_alive():
                wrong.append(f"{name}: the window is gone")
                return done
        else:
            wrong.append(f"{name}: save {number} comes to no end")
            return done
    return done


def all_at_once(tasks):
    """Runs the tasks side by side: what each gives."""
    results = [None] * len(tasks)

    def run(index, task):
        results[index] = task()

    threads = [threading.Thread(target=run, args=pair) for pair in enumerate(tasks)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return results


def report(what, wanted, done, file, since, wrong):
    with open(file) as profile:
        text = profile.read()
    reported = [word for words in done for word in words]
    lost = [word for word in reported if word not in text]
    print(f"{what}: {wanted} asked for, {len(reported)} reported as written, {len(lost)} of them lost, "
          f"{time.time() - since:.0f} s", *wrong, sep="\n", flush=True)
    if lost:
        print("lost:", lost[:20])
    return bool(lost or wrong)


def three_shells(program, runs):
    root = tempfile.mkdtemp(prefix="vitae-at-once-")
    file = os.path.join(root, "me.cv.ron")
    with open(file, "wb") as out:
        out.write(hands.PROFILE)
    env, since = hands.environment(root), time.time()
    tasks = [lambda name=name: imports(program, root, file, name, runs, env) for name in ("one", "two", "three")]
    done = all_at_once(tasks)
    bad = report("imports by three shells", 3 * runs, done, file, since, [])
    hands.forget(root)
    return bad


def windows_and_shells(program, count):
    root = tempfile.mkdtemp(prefix="vitae-at-once-")
    file = os.path.join(root, "me.cv.ron")
    with open(file, "wb") as out:
        out.write(hands.PROFILE)
    homes = [os.path.join(root, str(number)) for number in range(4)]
    for home in homes:
        os.mkdir(home)
    screens = [hands.Screen(), hands.Screen()]
    wrong, windows, since = [], [], time.time()
    try:
        for home, screen, field in zip(homes, screens, hands.FIELDS):
            windows.append(hands.Window(program, file, home, screen, field))
        tasks = [
            lambda window=window, field=field: saves(window, field, "in" + field, count // 4, wrong)
            for window, field in zip(windows, hands.FIELDS)]
        tasks += [
            lambda home=home, name=name: imports(program, home, file, name, count // 4, hands.environment(home))
            for home, name in zip(homes[2:], ("three", "four"))]
        done = all_at_once(tasks)
        return report("saves by two windows and two shells", count, done, file, since, wrong)
    finally:
        for window in windows:
            window.kill()
        for screen in screens:
            screen.end()
        hands.forget(root)


if __name__ == "__main__":
    program, rest = os.path.abspath(sys.argv[1]), sys.argv[2:]

    def number(word, usual):
        after = rest[rest.index(word) + 1:] if word in rest else []
        return int(after[0]) if after and after[0].isdigit() else usual

    bad = False
    if not rest or "imports" in rest:
        bad |= three_shells(program, number("imports", 400))
    if not rest or "windows" in rest:
        bad |= windows_and_shells(program, number("windows", 1000))
    sys.exit(1 if bad else 0)
