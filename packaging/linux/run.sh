#!/bin/bash
# Sets everything up, builds the desk and starts it in training mode. Without a display it plays a scripted
# tour of the main job through the real window under Xvfb and leaves a picture of each page in build/tour/.
# With --with-hub it is a desk in practice: PostgreSQL and a practice hub of its own run beside it, in build/practice/; they
# stay there, and are started again the next time.
set -euo pipefail
root=$(cd "$(dirname "$0")/../.." && pwd)
cd "$root"
case "${1:-}" in
'') hub= ;;
--with-hub) hub=yes ;;
*)
    echo "run.sh [--with-hub]" >&2
    exit 2
    ;;
esac
step() { printf '\n[%s] %s\n' "$1" "$2"; }

step 1/4 "Packages (packaging/linux/packages.txt)"
packaging/linux/setup.sh

step 2/4 "Configure build/release"
cmake --preset release -DUPGRADEDESK_HUB=ON >build.log 2>&1 || { cat build.log; exit 1; }
rm -f build.log
echo "    done"

step 3/4 "Build (the first time takes some minutes)"
cmake --build --preset release --target upgradedesk upgradedesk-nfc deskctl desksim ${hub:+upgradehub}

bin=build/release/bin
if [ -n "$hub" ]; then
    step 4/4 "A practice hub and its desk, in build/practice/ (operator 9001, PIN 135790)"
    trap 'packaging/linux/practicehub.sh stop build/practice' EXIT
    packaging/linux/practicehub.sh start "$bin" build/practice
    if [ -n "${DISPLAY:-}${WAYLAND_DISPLAY:-}" ]; then
        "$bin/upgradedesk" --practice --data build/practice/desk
    else
        packaging/linux/withdisplay.sh packaging/linux/tour.sh "$bin" build/tour build/practice/desk
    fi
    exit
fi
if [ -n "${DISPLAY:-}${WAYLAND_DISPLAY:-}" ]; then
    step 4/4 "Start UpgradeDesk in training mode (operator 9001, PIN 135790)"
    exec "$bin/upgradedesk" --training
fi
step 4/4 "No display here: a tour of the main job under Xvfb, pictures in build/tour/"
exec packaging/linux/withdisplay.sh packaging/linux/tour.sh "$bin" build/tour
