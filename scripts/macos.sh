#!/usr/bin/env bash
# Makes Vitae for macOS on a Mac: one program for both kinds of processors, as an app in a disk image.
#
# Usage: scripts/macos.sh [OUT]     [default: target/package]; needs cargo-packager
#   With APPLE_SIGNING_IDENTITY in the environment it is signed, and with APPLE_ID, APPLE_PASSWORD and APPLE_TEAM_ID Apple is
#   asked to notarise it, too. Without, macOS opens it only by "Open" in the menu of the right button.
set -euo pipefail
cd "$(dirname "$0")/.."

out=${1:-target/package}
# The first macOS for Apple's own processors; what Info.plist says, too.
export MACOSX_DEPLOYMENT_TARGET=11.0
version=$(sed -n 's/^version = "\(.*\)"/\1/p' Cargo.toml | head -n 1)
targets=(aarch64-apple-darwin x86_64-apple-darwin)
programs=()
for target in "${targets[@]}"; do
    cargo build --profile dist --locked --target "$target"
    programs+=("target/$target/dist/vitae")
done
mkdir -p target/dist "$out"
lipo -create -output target/dist/vitae "${programs[@]}"
lipo target/dist/vitae -verify_arch arm64 x86_64
plutil -lint assets/macos/Info.plist
# It takes the program that lies there: Cargo.toml names no command that would build it again.
cargo packager --profile dist --formats app,dmg
app=$(find target/dist -maxdepth 1 -name '*.app' | head -n 1)
dmg=$(find target/dist -maxdepth 1 -name '*.dmg' | head -n 1)
plutil -extract CFBundleDocumentTypes.0.LSItemContentTypes.0 raw "$app/Contents/Info.plist" | grep -qx org.vitae.profile
"$app/Contents/MacOS/vitae" --version
if [ -n "${APPLE_SIGNING_IDENTITY:-}" ]; then
    codesign --verify --deep --strict "$app"
fi
if [ -n "${APPLE_ID:-}" ] && [ -n "${APPLE_SIGNING_IDENTITY:-}" ]; then
    xcrun stapler validate "$app"
fi
cp "$dmg" "$out/vitae-$version-macos.dmg"
ls -l "$out"
