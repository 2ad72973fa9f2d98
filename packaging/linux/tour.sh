#!/bin/bash
# tour.sh BIN OUT: plays the main job of the desk through the real window with key events of the X server and
# virtual taps, writes a picture of each page to OUT and succeeds only if the record is in the outbox.
set -euo pipefail
bin=$1 out=$2
rm -rf "$out"
mkdir -p "$out"
data=$out/data log=$out/desk.log socket=$out/reader.sock
window='' seen=0

say() { printf '    %s\n' "$*"; }
give_up() {
    say "FAILED: $*"
    [ -f "$log" ] && sed 's/^/    desk: /' "$log"
    exit 1
}

# Waits for the next line of the desk's trace that begins with the words; lines before it are passed over.
await() {
    local deadline=$((SECONDS + 30)) line
    while [ $SECONDS -lt $deadline ]; do
        line=$(tail -n +$((seen + 1)) "$log" | grep -n -m1 "^$1" || true)
        if [ -n "$line" ]; then
            seen=$((seen + ${line%%:*}))
            say "desk says: ${line#*:}"
            return
        fi
        kill -0 "$desk" 2>/dev/null || give_up "the desk has ended"
        sleep 0.05
    done
    give_up "waited 30 s for '$1'"
}

picture() {
    sleep 0.4 # the page is announced when it is painted; the primary button is armed 300 ms later
    import -window root "$out/$1.png"
    say "picture $out/$1.png"
}

press() { say "key $*"; xdotool key --clearmodifiers "$@"; }
tap() { say "virtual tap: $1"; "$bin/desksim" send --control "$socket" "tap $1" >/dev/null || give_up "no tap"; }

QT_QPA_PLATFORM=xcb "$bin/upgradedesk" --training --data "$data" --lang zh_CN --control "$socket" --trace >"$log" 2>"$out/desk.err" &
desk=$!
trap 'kill "$desk" 2>/dev/null || true; wait "$desk" 2>/dev/null || true' EXIT

await "page login"
window=$(xdotool search --sync --onlyvisible --pid "$desk" | tail -n 1)
xdotool windowfocus --sync "$window"
await "reader ready"
picture 01-login

say "log in as 9001 with the PIN of the training operator"
xdotool type --delay 180 135790 # half of it between two keys: faster ones would be taken for a scanner
await "page idle"
picture 02-idle

tap "wristband"
await "card number beijing-tunion"
await "page card"
say "it is a wristband: two to the right"
press Right
press Right
picture 03-card

press Return
await "page document"
say "type the name and the document number of a person who does not exist"
xdotool type --delay 240 "测试甲"
sleep 0.3
picture 04-document-name
xdotool type --delay 180 "11010219020304004X"
picture 05-document
await "page consent"
picture 06-consent
sleep 0.8 # that page came by itself: its primary button is armed 900 ms after it
press Return
await "page health"
picture 07-health
press Return
await "page confirm"
picture 08-confirm
press Return
await "committed"
await "page done"
picture 09-done

say "the desk goes back to idle by itself after 8 s"
await "page idle"
picture 10-idle-again

kill "$desk"
wait "$desk" 2>/dev/null || true
trap - EXIT

say "what the outbox holds (deskctl queue list):"
listed=$("$bin/deskctl" --data "$data" --json queue list)
printf '%s\n' "$listed" | sed 's/^/    /'
[ "$(printf '%s\n' "$listed" | grep -c '"state":"queued"')" = 1 ] || give_up "the record is not in the outbox"
"$bin/deskctl" --data "$data" --json audit verify | sed 's/^/    journal: /'
say "the record is in the outbox; $(ls "$out"/*.png | wc -l) pictures are in $out/"
