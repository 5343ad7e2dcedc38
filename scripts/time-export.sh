#!/usr/bin/env bash
# Times whole runs of `vitae export`: CPU time, wall time and memory of the process, over RUNS runs (default 60).
# usage: scripts/time-export.sh [PROFILE] [RUNS]     needs: the release binary, python3
set -euo pipefail
cd "$(dirname "$0")/.."
exec python3 - "${CARGO_TARGET_DIR:-target}/release/vitae" "${1:-profiles/undergrad-dense.cv.ron}" "${2:-60}" <<'PY'
import os, statistics, sys, tempfile, time

vitae, profile, runs = sys.argv[1], sys.argv[2], int(sys.argv[3])
cpu, wall, memory = [], [], []
with tempfile.TemporaryDirectory() as folder:
    pdf = os.path.join(folder, "cv.pdf")
    for _ in range(runs):
        start = time.perf_counter()
        child = os.posix_spawn(vitae, [vitae, "export", profile, "-o", pdf], os.environ, file_actions=[
            (os.POSIX_SPAWN_OPEN, 2, os.devnull, os.O_WRONLY, 0)])
        _, status, used = os.wait4(child, 0)
        wall.append((time.perf_counter() - start) * 1e3)
        if status:
            sys.exit(f"{vitae} export {profile} ended with {status}")
        cpu.append((used.ru_utime + used.ru_stime) * 1e3)
        memory.append(used.ru_maxrss / 1024)
    print(f"{profile}: {runs} runs, PDF of {os.path.getsize(pdf)} bytes")
for name, values, unit in (("CPU", cpu, "ms"), ("wall", wall, "ms"), ("memory", memory, "MB")):
    print(f"{name:>7}: median {statistics.median(values):6.1f} {unit}, least {min(values):6.1f} {unit}")
PY
