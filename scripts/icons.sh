#!/usr/bin/env bash
# Makes the icons of every size and system from the drawings in assets/app; to be run after one of them was changed.
# Needs Debian's librsvg2-bin, icoutils and icnsutils.
set -euo pipefail
cd "$(dirname "$0")/../assets/app"
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

# The drawing of $1 in $2 by $2 pixels, into $3; below 32 the one that was drawn for few pixels.
draw() {
    local drawing=$1
    [ "$2" -ge 32 ] || drawing+=-small
    mkdir -p "$(dirname "$3")"
    rsvg-convert -w "$2" -h "$2" "$drawing.svg" -o "$3"
}

for what in app document; do
    case $what in
        app) name=apps/org.vitae.Vitae ;;
        document) name=mimetypes/application-x-cv-profile+ron ;;
    esac
    for size in 16 22 24 32 48 64 128 256 512; do
        draw "$what" "$size" "hicolor/${size}x$size/$name.png"
    done
    parts=()
    for size in 16 20 24 32 40 48 64; do
        draw "$what" "$size" "$work/$what-$size.png"
        parts+=("$work/$what-$size.png")
    done
    # The large one stays as it is: as a bitmap it would have 256 kB.
    icotool --create --output="$what.ico" "${parts[@]}" --raw="hicolor/256x256/$name.png"
    parts=()
    for size in 16 32 128 256 512; do
        parts+=("hicolor/${size}x$size/$name.png")
    done
    png2icns "$what.icns" "${parts[@]}" >/dev/null
done
