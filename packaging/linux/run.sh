#!/bin/bash
# Sets everything up, builds the desk and starts it in training mode. Without a display it plays a scripted
# tour of the main job through the real window under Xvfb and leaves a picture of each page in build/tour/.
set -euo pipefail
root=$(cd "$(dirname "$0")/../.." && pwd)
cd "$root"
step() { printf '\n[%s] %s\n' "$1" "$2"; }

step 1/4 "Packages (packaging/linux/packages.txt)"
packaging/linux/setup.sh

step 2/4 "Configure build/release"
cmake --preset release >build.log 2>&1 || { cat build.log; exit 1; }
rm -f build.log
echo "    done"

step 3/4 "Build (the first time takes some minutes)"
cmake --build --preset release --target upgradedesk upgradedesk-nfc deskctl desksim

if [ -n "${DISPLAY:-}${WAYLAND_DISPLAY:-}" ]; then
    step 4/4 "Start UpgradeDesk in training mode (operator 9001, PIN 135790)"
    exec build/release/bin/upgradedesk --training
fi
step 4/4 "No display here: a tour of the main job under Xvfb, pictures in build/tour/"
exec packaging/linux/withdisplay.sh packaging/linux/tour.sh build/release/bin build/tour
