#!/usr/bin/env bash
# Cuts the power while a profile is saved, on file systems of their own, and looks at what a machine finds that starts again.
#
# Usage: power.sh PROGRAM [CUTS]. For each file system an image is mounted, and a program saves a profile on it again and again.
# At random moments the image is copied as it lies there, with all that the file system has sent to its disk and nothing that it
# still holds back; the copy is mounted, which replays its journal, and read: the profile has to be there, whole, and no older
# than the last save that was reported before the cut. (A real disk may also lose what it was sent and not told to keep.) Needs root, and a Linux that allows loop mounts; where it does not, that is said, and all is well.
set -euo pipefail
program=$(realpath "$1")
cuts=${2:-20}
work=$(mktemp -d -t vitae-power-XXXXXX)
saver=
stop_saving() {
    if [ -n "$saver" ]; then
        kill "$saver" 2>/dev/null || true
        wait "$saver" 2>/dev/null || true
        saver=
    fi
}
# A save that was begun comes to its end first.
take_off() {
    for _ in $(seq 50); do
        if ! mountpoint -q "$1" || umount "$1" 2>/dev/null; then return 0; fi
        sleep 0.1
    done
    umount "$1"
}
finish() {
    stop_saving
    take_off "$work/now"
    take_off "$work/then"
    rm -rf "$work"
}
trap finish EXIT
mkdir "$work/now" "$work/then" "$work/home"
export HOME=$work/home XDG_STATE_HOME=$work/home/state XDG_CONFIG_HOME=$work/home/config

make_image() {
    truncate -s "$2" "$work/image"
    case $1 in
        ext4) mkfs.ext4 -q -F "$work/image" ;;
        xfs) mkfs.xfs -q -f "$work/image" ;;
        btrfs) mkfs.btrfs -q -f "$work/image" ;;
    esac
}

truncate -s 32M "$work/image"
if ! mkfs.ext4 -q -F "$work/image" 2>/dev/null || ! mount -o loop "$work/image" "$work/now" 2>/dev/null; then
    echo "skip: this machine does not allow loop mounts; no power was cut"
    exit 0
fi
take_off "$work/now"

# Saves without end; after each one that was reported, its number is told.
save_for_ever() {
    local number=0
    while true; do
        number=$((number + 1))
        printf '@misc{p%d, title = {Paper number %d}, author = {Example, Zofia}}\n' "$number" "$number" >"$work/x.bib"
        "$program" import "$work/x.bib" --into "$work/now/me.cv.ron" >/dev/null 2>&1 && echo "$number" >"$work/told.new" \
            && mv "$work/told.new" "$work/told"
    done
}

wrong=0
for system in ext4:48M xfs:320M btrfs:128M; do
    name=${system%%:*}
    if ! command -v "mkfs.$name" >/dev/null; then
        echo "skip: mkfs.$name is not installed"
        continue
    fi
    rm -f "$work/image"
    make_image "$name" "${system##*:}"
    if ! mount -o loop "$work/image" "$work/now" 2>/dev/null; then
        echo "skip: $name cannot be mounted here"
        continue
    fi
    "$program" new "$work/now/me.cv.ron" >/dev/null 2>&1
    sync
    echo 0 >"$work/told"
    save_for_ever &
    saver=$!
    bad=0
    for ((cut = 1; cut <= cuts; cut++)); do
        sleep "0.$((RANDOM % 900 + 100))"
        told=$(cat "$work/told")
        # Straight from the disk: what the file system has not written yet is not in it.
        cp --sparse=always "$work/image" "$work/copy"
        if ! mount -o loop "$work/copy" "$work/then" 2>/dev/null && ! mount -o loop,nouuid "$work/copy" "$work/then" 2>/dev/null; then
            echo "wrong: $name, cut $cut: the copy cannot be mounted"
            bad=$((bad + 1))
            continue
        fi
        status=0
        "$program" check "$work/then/me.cv.ron" >"$work/check" 2>&1 || status=$?
        if [ "$status" -ge 3 ]; then
            echo "wrong: $name, cut $cut: $(head -n 1 "$work/check")"
            bad=$((bad + 1))
        elif [ "$told" -gt 0 ] && ! grep -q "Paper number $told\"" "$work/then/me.cv.ron"; then
            echo "wrong: $name, cut $cut: save $told was reported, and is not there"
            bad=$((bad + 1))
        fi
        take_off "$work/then"
        rm -f "$work/copy"
    done
    stop_saving
    echo "$name: $cuts cuts during $(cat "$work/told") saves, $bad wrong"
    wrong=$((wrong + bad))
    take_off "$work/now"
done
[ "$wrong" -eq 0 ]
