#!/usr/bin/env bash
# Counts the instructions of whole runs of `vitae export` on the dense sample, which do not depend on how busy the
# machine is, and fails when one takes over 5 % more than scripts/instructions.txt says.
# usage: scripts/instructions.sh [--update]     needs: the release binary, valgrind
set -euo pipefail
cd "$(dirname "$0")/.."

vitae=${CARGO_TARGET_DIR:-target}/release/vitae
figures=scripts/instructions.txt
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT

count() {
    valgrind --tool=callgrind --callgrind-out-file="$folder/callgrind" \
        "$vitae" export profiles/undergrad-dense.cv.ron -o "$folder/cv.$1" 2>"$folder/log" ||
        { cat "$folder/log" >&2; return 1; }
    sed -n 's/.*Collected : //p' "$folder/log"
}

for format in pdf txt; do
    echo "$format $(count "$format")"
done >"$folder/figures"

if [ "${1:-}" = --update ]; then
    cp "$folder/figures" "$figures"
fi
join "$folder/figures" "$figures" | while read -r format now before; do
    awk -v format="$format" -v now="$now" -v before="$before" 'BEGIN {
        printf "%s: %.1f million instructions, %+.1f %% against %s\n", format, now / 1e6, 100 * (now / before - 1), before
        exit now > 1.05 * before
    }' || { echo "the export takes more work than before: find out why, or say so with --update" >&2; exit 1; }
done
