#!/usr/bin/env bash
# Builds Vitae for Windows on Debian, and tries it under Wine: the bytes of every export against those of Linux, edges of the
# command line, the window with pictures, the installer in, out, over an older one and while the program runs.
#
# Usage: scripts/windows.sh FOLDER [STEP…]      as root, on Debian or Ubuntu
#   FOLDER keeps the two systems (9 GB) and what is built for the next time; its pictures are to be looked at.
#   STEPs: roots build bytes edges window installer clean; all but the last if none is given.
#   VITAE=…   the program for Linux that the bytes are compared with [default: target/release/vitae]
#   MIRROR=…  where Debian comes from [default: http://deb.debian.org/debian]
#
# docs/platforms.md says how long it takes, and what Wine cannot show. Each step ends in a line `pass: …`; the first that fails
# ends the run with `FAIL: …`.
set -euo pipefail
cd "$(dirname "$0")/.."
[ $# -gt 0 ] || { sed -n '2,13s/^# \{0,1\}//p' "$0" >&2; exit 2; }
mkdir -p "$1"
work=$(cd "$1" && pwd)
shift
steps=("$@")
[ ${#steps[@]} -gt 0 ] || steps=(roots build bytes edges window installer)

mirror=${MIRROR:-http://deb.debian.org/debian}
vitae=${VITAE:-target/release/vitae}
sid=$work/sid
wine=$work/wine
w=$wine/w
# Where the user of both systems is at home.
home=/root
pictures=$work/pictures
built=$sid$home/vitae/target/x86_64-pc-windows-gnu/release
screen=:25
step=start
own=()

# Takes the screen and the mounts away again.
down() {
    if [ -d "$wine$home/.wine" ] && mountpoint -q "$wine/proc"; then run wineserver -k >/dev/null 2>&1 || true; fi
    [ ${#own[@]} -eq 0 ] || kill "${own[@]}" 2>/dev/null || true
    for mount in "$sid/proc" "$wine/dev/shm" "$wine/tmp/.X11-unix" "$wine/proc"; do
        if mountpoint -q "$mount"; then umount "$mount" || true; fi
    done
}

finish() {
    status=$?
    [ "$status" -eq 0 ] || echo "FAIL: $step (exit status $status)" >&2
    down
}
trap finish EXIT

fail() {
    echo "$1" >&2
    exit 1
}

begin() {
    step=$1
    began=$SECONDS
    echo "== $step"
}

pass() {
    echo "pass: $step ($((SECONDS - began)) s)"
}

# Runs a program in the system with Wine, in its folder /w. ENVIRONMENT may hold more settings.
run() {
    chroot "$wine" /usr/bin/env -i HOME=$home PATH=/usr/bin:/bin:/usr/sbin:/sbin DISPLAY=$screen WINEPREFIX=$home/.wine \
        WINEDEBUG=-all LANG=C.UTF-8 WINEDLLOVERRIDES="mscoree,mshtml=" ${ENVIRONMENT:-} \
        sh -c 'cd /w && exec "$@"' sh "$@"
}

# The same for the program itself.
win() {
    run wine vitae-console.exe "$@"
}

missing_packages() {
    local missing=()
    for package in mmdebstrap nsis xvfb openbox xdotool imagemagick; do
        dpkg -s "$package" >/dev/null 2>&1 || missing+=("$package")
    done
    if [ ${#missing[@]} -gt 0 ]; then
        apt-get update -q
        DEBIAN_FRONTEND=noninteractive apt-get install -y -q --no-install-recommends "${missing[@]}"
    fi
}

# A Debian in a folder: make FOLDER SUITE OPTIONS… PACKAGES. Mirrors of moving suites may be older than they say they may be.
make_root() {
    local folder=$1 suite=$2 packages=$3
    shift 3
    [ ! -e "$folder/etc/debian_version" ] || return 0
    mmdebstrap --mode=root --variant=apt --components=main --aptopt='Acquire::Check-Valid-Until "false"' \
        --aptopt='APT::Install-Recommends "false"' "$@" --include="$packages" "$suite" "$folder" "$mirror" >"$work/$suite.log" 2>&1 ||
        { tail -n 20 "$work/$suite.log"; fail "no $suite in $folder"; }
}

roots() {
    begin "two systems: a compiler for Windows, and Wine"
    missing_packages
    make_root "$sid" sid ca-certificates,rustc,cargo,rust-src,gcc-mingw-w64-x86-64,gcc,libc6-dev
    # Wine for 32 bits, too, which installers are made for; it cannot be had in sid. Direct3D 12 is painted by Vulkan there.
    make_root "$wine" trixie \
        "ca-certificates,wine,wine64,wine32:i386,libgl1-mesa-dri,libgl1,libglx-mesa0,libegl1,mesa-vulkan-drivers,libvkd3d1,fonts-dejavu-core,fonts-liberation,fonts-wine,libgl1-mesa-dri:i386,libgl1:i386,libglx-mesa0:i386" \
        --architectures=amd64,i386
    pass
}

build() {
    begin "vitae.exe and vitae-console.exe"
    # The machine's own: a registry of crates behind a proxy has a certificate of its own.
    cp /etc/ssl/certs/ca-certificates.crt "$sid/etc/ssl/certs/"
    mountpoint -q "$sid/proc" || mount --bind /proc "$sid/proc"
    mkdir -p "$sid$home/vitae" "$sid$home/.cargo"
    [ ! -d "${CARGO_HOME:-$HOME/.cargo}/registry" ] || cp -au "${CARGO_HOME:-$HOME/.cargo}/registry" "$sid$home/.cargo/"
    # What is not in the folder any more goes, so that no table is made of it.
    for folder in src assets profiles; do rm -rf "$sid$home/vitae/$folder"; done
    tar -c --exclude=./target --exclude=./.git . | tar -x -C "$sid$home/vitae"
    # Debian has no library of Rust for this target: it is built along, and so are the two objects that a program starts with.
    # Less is optimised than in a release, which takes a third of the time; the bytes of exports are the same.
    cat >"$sid$home/build.sh" <<'INSIDE'
set -e
export PATH=/usr/bin:/bin RUSTC_BOOTSTRAP=1 CARGO_INCREMENTAL=0
export CARGO_PROFILE_RELEASE_LTO=off CARGO_PROFILE_RELEASE_CODEGEN_UNITS=16 CARGO_PROFILE_RELEASE_OPT_LEVEL=1
objects=$(rustc --print sysroot)/lib/rustlib/x86_64-pc-windows-gnu/lib
mkdir -p "$objects"
for object in rsbegin rsend; do
    rustc --target x86_64-pc-windows-gnu --emit=obj -o "$objects/$object.o" /usr/src/rustc-*/library/rtstartup/$object.rs
done
cd "$HOME/vitae"
exec cargo build --release --locked --bins --features console -Zbuild-std=std,panic_unwind --target x86_64-pc-windows-gnu
INSIDE
    HOME=$home chroot "$sid" sh "$home/build.sh" >"$work/build.log" 2>&1 || { tail -n 40 "$work/build.log"; fail "the build"; }
    ls -l "$built"/*.exe
    pass
}

# Screen, mounts, Wine's own folder, and the programs and profiles in /w.
up() {
    mkdir -p "$w" "$pictures"
    mountpoint -q "$wine/proc" || mount --bind /proc "$wine/proc"
    if ! [ -S "/tmp/.X11-unix/X${screen#:}" ]; then
        Xvfb $screen -screen 0 1400x900x24 -nolisten tcp >/dev/null 2>&1 &
        own+=($!)
        sleep 2
        DISPLAY=$screen openbox >/dev/null 2>&1 &
        own+=($!)
    fi
    mkdir -p "$wine/tmp/.X11-unix"
    mountpoint -q "$wine/tmp/.X11-unix" || mount --bind /tmp/.X11-unix "$wine/tmp/.X11-unix"
    mountpoint -q "$wine/dev/shm" || mount -t tmpfs none "$wine/dev/shm"
    [ -d "$wine$home/.wine/drive_c" ] || run wineboot -i >/dev/null 2>&1
    cp "$built/vitae.exe" "$built/vitae-console.exe" "$w/"
    rm -rf "$w/profiles"
    cp -r profiles "$w/"
}

bytes() {
    begin "every export has the bytes of Linux"
    up
    [ -x "$vitae" ] || cargo build --release --locked
    rm -rf "$w/here" "$w/there"
    mkdir -p "$w/here" "$w/there"
    # One shell in there for all: starting it takes longer than an export.
    cat >"$w/all.sh" <<'INSIDE'
program=$1 out=$2
for profile in profiles/*.cv.ron; do
    name=$(basename "$profile" .cv.ron)
    for ending in pdf docx html md txt json yaml bib; do
        $program export "$profile" -o "$out/$name.$ending" >/dev/null 2>"$out/$name.$ending.said" || echo "$name.$ending: $?" >>"$out/statuses"
    done
    for theme in classic column compact modern plain; do
        $program export "$profile" --theme $theme --overflow paginate -o "$out/$name-$theme.pdf" >/dev/null 2>&1 || echo "$name-$theme: $?" >>"$out/statuses"
    done
done
INSIDE
    vitae=$(realpath "$vitae")
    (cd "$w" && sh all.sh "$vitae" here)
    run sh all.sh "wine vitae-console.exe" there
    # What is said names files with the other kind of stroke, and on Windows perhaps another font.
    rm -f "$w"/here/*.said "$w"/there/*.said
    diff -r "$w/here" "$w/there" || fail "not the same bytes"
    echo "$(find "$w/there" -type f ! -name statuses | wc -l) files"
    pass
}

# expect STATUS ARGUMENTS…: what the program says goes to standard output.
expect() {
    local wanted=$1 status=0
    shift
    win "$@" >"$work/said" 2>&1 || status=$?
    [ "$status" -eq "$wanted" ] || { cat "$work/said"; fail "vitae $*: exit status $status, not $wanted"; }
    cat "$work/said"
}

# says WORDS: what was said last.
says() {
    grep -qF -- "$1" "$work/said" || { cat "$work/said"; fail "it does not say: $1"; }
}

edges() {
    begin "edges of the command line: statuses, line ends, names, paths, files that others hold"
    up
    local sample=profiles/phd-systems.cv.ron
    expect 0 --version
    expect 2 --nonsense >/dev/null
    expect 2 bogus >/dev/null
    expect 3 export nothing.cv.ron >/dev/null
    expect 0 export $sample -o one.pdf >/dev/null
    # A batch file sees the status, and output that is sent elsewhere holds the errors.
    printf '@echo off\r\nvitae-console export nothing.cv.ron 2>told.txt\r\necho status %%ERRORLEVEL%%\r\n' >"$w/status.bat"
    run wine cmd /c status.bat >"$work/said" 2>/dev/null || true
    says "status 3"
    grep -q "there is no file" "$w/told.txt" || fail "the errors are lost"
    # CRLF and a byte order mark in, the same page out; an import into such a file keeps its line ends.
    sed 's/$/\r/' "$w/$sample" >"$w/crlf.cv.ron"
    expect 0 export crlf.cv.ron -o crlf.pdf >/dev/null
    cmp "$w/one.pdf" "$w/crlf.pdf"
    (printf '\xef\xbb\xbf' && cat "$w/$sample") >"$w/bom.cv.ron"
    expect 0 export bom.cv.ron -o bom.pdf >/dev/null
    cmp "$w/one.pdf" "$w/bom.pdf"
    printf '@article{a, title={T\xc3\xa9st}, author={Doe, Jane}, year=2024, journal={J}}\r\n' >"$w/p.bib"
    expect 0 import p.bib --into crlf.cv.ron >/dev/null
    [ "$(grep -c '' "$w/crlf.cv.ron")" -eq "$(grep -c $'\r$' "$w/crlf.cv.ron")" ] || fail "line ends are lost"
    # Its own ending, and names of devices and streams.
    cp "$w/$sample" "$w/me.cvron"
    expect 0 export me.cvron >/dev/null
    cmp "$w/one.pdf" "$w/me.pdf"
    for name in NUL.pdf con.pdf 'out:put.pdf' 'a?b.pdf'; do
        expect 3 export $sample -o "Z:\\w\\$name" >/dev/null
        says "choose another name"
    done
    # Spaces, letters of all scripts, both strokes, long paths.
    mkdir -p "$w/sp ace ünï 日本 & (x)"
    cp "$w/$sample" "$w/sp ace ünï 日本 & (x)/me fü 日.cv.ron"
    expect 0 export 'sp ace ünï 日本 & (x)\me fü 日.cv.ron' >/dev/null
    cmp "$w/one.pdf" "$w/sp ace ünï 日本 & (x)/me fü 日.pdf"
    expect 0 export 'Z:\w\profiles\phd-systems.cv.ron' -o 'C:\users\root\abs.pdf' >/dev/null
    expect 0 export '\\?\Z:\w\profiles\phd-systems.cv.ron' -o 'unc.pdf' >/dev/null
    local long
    long=$(printf 'a%.0s' {1..120})
    mkdir -p "$w/$long/$long/$long"
    expect 0 export $sample -o "Z:\\w\\$long\\$long\\$long\\x.pdf" >/dev/null
    # A PDF that a reader has open is told after a moment, and is written again when the reader lets go.
    cat >"$sid$home/holder.c" <<'INSIDE'
#include <windows.h>
#include <stdlib.h>
/* Holds a file open, with a share mode, for so many seconds. */
int wmain(int count, wchar_t **words) {
    HANDLE file = CreateFileW(words[1], GENERIC_READ, _wtoi(words[2]), NULL, OPEN_EXISTING, 0, NULL);
    if (file == INVALID_HANDLE_VALUE) return 1;
    Sleep(1000 * _wtoi(words[3]));
    return 0;
}
INSIDE
    chroot "$sid" x86_64-w64-mingw32-gcc -municode -o "$home/holder.exe" "$home/holder.c"
    cp "$sid$home/holder.exe" "$w/"
    for share in 0 1; do
        cp "$w/crlf.pdf" "$w/held.pdf"
        run wine holder.exe held.pdf $share 8 >/dev/null 2>&1 &
        local holder=$!
        sleep 3
        expect 3 export $sample -o held.pdf
        says "open in another program"
        cmp "$w/crlf.pdf" "$w/held.pdf"
        wait $holder
        expect 0 export $sample -o held.pdf >/dev/null
        cmp "$w/one.pdf" "$w/held.pdf"
    done
    pass
}

# picture NAME: of the whole screen.
picture() {
    DISPLAY=$screen import -window root "$pictures/$1.png"
}

# Waits for a window with that title.
window_called() {
    for _ in $(seq 120); do
        found=$(DISPLAY=$screen xdotool search --onlyvisible --name "$1" 2>/dev/null | tail -n 1) || true
        [ -z "$found" ] || return 0
        sleep 0.5
    done
    picture missing
    fail "no window is called $1"
}

keys() {
    DISPLAY=$screen xdotool key --delay 60 "$@"
    sleep 1
}

gone() {
    for _ in $(seq 40); do
        kill -0 "$1" 2>/dev/null || return 0
        sleep 0.5
    done
    picture stays
    fail "the window stays"
}

window() {
    begin "the window: open, type, save, save as, export, close; without OpenGL; pictures"
    up
    rm -f "$pictures"/*.png
    # What an earlier run has left would be asked about.
    rm -f "$w/second.cv.ron" "$w/Ilse-Varnholt-Wine-CV.pdf"
    cp "$w/profiles/phd-systems.cv.ron" "$w/window.cv.ron"
    run wine vitae.exe 'Z:\w\window.cv.ron' >/dev/null 2>&1 &
    local program=$!
    window_called 'window.cv.ron'
    sleep 6
    picture 1-open
    # The first field: the name of the person. The window fills the screen, for which it is too high.
    DISPLAY=$screen xdotool mousemove 525 194 click 1
    keys End
    DISPLAY=$screen xdotool type --delay 40 ' Wine'
    sleep 2
    picture 2-typed
    keys ctrl+s
    sleep 2
    if cmp -s "$w/window.cv.ron" "$w/profiles/phd-systems.cv.ron"; then fail "nothing was saved"; fi
    keys ctrl+shift+s
    sleep 4
    picture 3-save-as
    # A name without an ending gets the whole one.
    keys ctrl+a
    DISPLAY=$screen xdotool type --delay 40 'second'
    keys Return
    sleep 4
    picture 4-saved
    [ -e "$w/second.cv.ron" ] || fail "no second.cv.ron"
    keys ctrl+e
    sleep 4
    picture 5-export
    keys Return
    sleep 6
    picture 6-exported
    [ -e "$w/Ilse-Varnholt-Wine-CV.pdf" ] || fail "nothing was exported"
    keys ctrl+q
    gone $program
    # A machine without OpenGL 2: Direct3D 12 is tried, which under Wine cannot compile what is needed, and a box says it.
    ENVIRONMENT="MESA_GL_VERSION_OVERRIDE=1.1" run wine vitae.exe >/dev/null 2>&1 &
    program=$!
    window_called '^Vitae$'
    sleep 2
    picture 7-nothing-paints
    keys Return
    gone $program
    ls "$pictures"
    pass
}

installer() {
    begin "the installer: in, over an older one, while the program runs, out"
    up
    local version setup programs='C:\users\root\AppData\Local\Programs\Vitae' classes='HKCU\Software\Classes'
    local there=$wine$home/.wine/drive_c/users/root/AppData/Local/Programs/Vitae
    version=$(sed -n 's/^version = "\(.*\)"/\1/p' Cargo.toml | head -n 1)
    setup=$work/vitae-$version-setup.exe
    CARGO_HOME=$sid$home/.cargo python3 scripts/licences.py x86_64-pc-windows-gnu >"$work/third-party.txt"
    makensis -V2 "-DVERSION=$version" "-DEXE=$built/vitae.exe" "-DCONSOLE=$built/vitae-console.exe" \
        "-DLICENCES=$work/third-party.txt" "-DOUT=$setup" assets/windows/vitae.nsi
    ls -l "$setup"
    cp "$setup" "$w/setup.exe"
    run wine reg add 'HKCU\Environment' /v Path /t REG_EXPAND_SZ /d 'C:\tools;%USERPROFILE%\bin' /f >/dev/null 2>&1
    path_is() {
        run wine reg query 'HKCU\Environment' /v Path 2>/dev/null | tr -d '\r' | grep -qF "REG_EXPAND_SZ    $1" ||
            { run wine reg query 'HKCU\Environment'; fail "PATH is not $1"; }
    }
    for turn in first upgrade; do
        run wine setup.exe /S || fail "$turn: exit status $?"
        path_is "C:\\tools;%USERPROFILE%\\bin;$programs"
    done
    cmp "$built/vitae.exe" "$there/vitae.exe"
    cmp "$built/vitae-console.exe" "$there/vitae.com"
    run wine reg query "$classes\\Vitae.Profile.1\\shell\\open\\command" 2>/dev/null | grep -qF '\vitae.exe" "%1"'
    run wine reg query "$classes\\.cvron" /ve 2>/dev/null | grep -qF Vitae.Profile.1
    # At a prompt, the one that answers is found, by its short name.
    run wine cmd /c 'set PATH=%PATH%;'"$programs"'&& vitae --version' 2>/dev/null | grep -qF "$version"
    # A double click on a profile. Wine looks for the classes of all users only.
    for key in .cvron Vitae.Profile.1; do
        run wine reg copy "$classes\\$key" "HKLM\\Software\\Classes\\$key" /s /f >/dev/null 2>&1
    done
    cp profiles/phd-systems.cv.ron "$w/clicked.cvron"
    run wine start 'Z:\w\clicked.cvron' >/dev/null 2>&1 &
    window_called clicked.cvron
    sleep 4
    picture 9-double-click
    # While it runs nothing is changed, and the status says so.
    local status=0
    run wine setup.exe /S || status=$?
    [ "$status" -eq 2 ] || fail "over a running program: exit status $status, not 2"
    DISPLAY=$screen xdotool windowactivate "$found"
    sleep 1
    keys ctrl+q
    sleep 4
    for key in .cvron Vitae.Profile.1; do
        run wine reg delete "HKLM\\Software\\Classes\\$key" /f >/dev/null 2>&1
    done
    # With pages: one picture.
    run wine setup.exe >/dev/null 2>&1 &
    window_called 'Vitae Setup'
    sleep 2
    picture 10-installer
    keys Escape
    sleep 1
    keys Return
    run wine setup.exe /S /NOPATH || fail "/NOPATH: exit status $?"
    path_is 'C:\tools;%USERPROFILE%\bin'
    run wine setup.exe /S || fail "again: exit status $?"
    path_is 'C:\tools;%USERPROFILE%\bin'
    run wine "$programs\\uninstall.exe" /S
    sleep 3
    [ ! -e "$there" ] || { ls "$there"; fail "something is left in its folder"; }
    path_is 'C:\tools;%USERPROFILE%\bin'
    if run wine reg query "$classes" /s 2>/dev/null | grep -i vitae; then fail "something is left in the registry"; fi
    pass
}

clean() {
    begin "what was made is removed"
    down
    rm -rf --one-file-system "$sid" "$wine"
    pass
}

for wanted in "${steps[@]}"; do
    case $wanted in
        roots | build | bytes | edges | window | installer | clean) "$wanted" ;;
        *) fail "there is no step $wanted" ;;
    esac
done
echo "passed: ${steps[*]} in $SECONDS s; pictures in $pictures"
