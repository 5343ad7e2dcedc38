#!/bin/sh
# Whether RenderCV itself renders what is exported for it: every sample, an odd profile, and every profile named as an argument.
# To be run by hand: scripts/check-rendercv.sh [FILE.cv.ron …]
# It needs Python 3.12 or newer (PYTHON=… names one) and installs RenderCV 2.8 once, into target/rendercv. RenderCV fetches
# its icons when it renders for the first time; OFFLINE=1 renders without icons.
set -eu
cd "$(dirname "$0")/.."
home=target/rendercv
if [ ! -x "$home/bin/rendercv" ]; then
    "${PYTHON:-python3}" -m venv "$home"
    "$home/bin/pip" install --quiet "rendercv[full]==2.8"
fi
if [ -n "${OFFLINE:-}" ]; then
    sed -i 's/^#import "@preview\/fontawesome.*/#let fa-icon(..any) = []/' "$home"/lib/python*/site-packages/rendercv/renderer/rendercv_typst/lib.typ
fi
cargo build --quiet
out=$(mktemp -d)
trap 'rm -rf "$out"' EXIT
[ $# -gt 0 ] || set -- profiles/*.cv.ron tests/golden/export/odd.cv.ron
for profile; do
    name=$(basename "$profile" .cv.ron)
    "${CARGO_TARGET_DIR:-target}/debug/vitae" export "$profile" -o "$out/$name.yaml" --quiet
    "$home/bin/rendercv" render "$out/$name.yaml" --output-folder "$out/$name" >"$out/log" 2>&1 ||
        { cat "$out/log"; echo "$profile: RenderCV does not render it"; exit 1; }
    ls "$out/$name"/*.pdf >/dev/null
    echo "$profile: rendered"
done
