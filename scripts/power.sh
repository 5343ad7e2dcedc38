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
    take_off "$work/host"
    rm -rf "$work"
}
trap finish EXIT
mkdir "$work/now" "$work/then" "$work/host" "$work/home"
export HOME=$work/home XDG_STATE_HOME=$work/home/state XDG_CONFIG_HOME=$work/home/config

make_image() {
    truncate -s "$3" "$2"
    case $1 in
        ext4) mkfs.ext4 -q -F "$2" ;;
        xfs) mkfs.xfs -q -f "$2" ;;
        btrfs) mkfs.btrfs -q -f "$2" >/dev/null 2>&1 ;;
    esac
}

# The images lie on a file system that copies a file at one moment, however much is being written to it.
host=
for name in btrfs xfs; do
    if [ -z "$host" ] && command -v "mkfs.$name" >/dev/null && make_image "$name" "$work/disk" 2G \
        && mount -o loop "$work/disk" "$work/host" 2>/dev/null; then
        host=$name
    fi
done
if [ -z "$host" ]; then
    echo "skip: this machine does not allow loop mounts of btrfs or xfs; no power was cut"
    exit 0
fi
image=$work/host/image

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
    rm -f "$image"
    make_image "$name" "$image" "${system##*:}"
    if ! mount -o loop "$image" "$work/now" 2>/dev/null; then
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
        cp --reflink=always "$image" "$image.copy"
        # Two disks of one number, as these are, btrfs takes for one: the copy gets another.
        [ "$name" != btrfs ] || btrfstune -fq -m "$image.copy" >/dev/null 2>&1 || true
        if ! mount -o loop "$image.copy" "$work/then" 2>/dev/null \
            && ! mount -o loop,nouuid "$image.copy" "$work/then" 2>/dev/null; then
            echo "wrong: $name, cut $cut: the copy cannot be mounted"
            bad=$((bad + 1))
            continue
        fi
        if [ "$(findmnt -n -o SOURCE "$work/then")" = "$(findmnt -n -o SOURCE "$work/now")" ]; then
            echo "wrong: $name, cut $cut: the copy is taken for the disk itself"
            bad=$((bad + 1))
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
        rm -f "$image.copy"
    done
    stop_saving
    echo "$name: $cuts cuts during $(cat "$work/told") saves, $bad wrong"
    wrong=$((wrong + bad))
    take_off "$work/now"
done
[ "$wrong" -eq 0 ]
