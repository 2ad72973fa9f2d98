#!/bin/bash
# tour.sh BIN OUT [DESK]: plays the main job of the desk through the real window with key events of the X server and
# virtual taps, writes a picture of each page to OUT and succeeds only if the record is in the outbox; with the folder
# of a desk in practice, only if its hub has accepted the record.
set -euo pipefail
bin=$1 out=$2 practice=${3:-}
rm -rf "$out"
mkdir -p "$out"
data=${practice:-$out/data} log=$out/desk.log socket=$out/reader.sock
window='' seen=0
card=3105170099000000029 number=11010219020304004X # the wristband, and a person who does not exist

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

if [ -n "$practice" ]; then
    mode=(--practice)
else
    mode=(--training)
fi
ctl() { "$bin/deskctl" "${mode[@]}" --data "$data" --json "$@"; }
gate_code() { ctl gate "$card" --online | sed -n 's/.*"code":"\([^"]*\)".*/\1/p'; }

before=0
if [ -n "$practice" ]; then
    # Whatever a tour that was cut off has left in the queue.
    ctl sync --once >/dev/null || give_up "the hub does not answer"
    # The tour before this one has linked its card: what the hub holds stays, but for that link.
    if [ "$(gate_code)" != not-linked ]; then
        say "the link of an earlier tour is ended first"
        ctl unlink --card "$card" --doc-kind resident --doc-number "$number" --operator 9001 <<<135790 >/dev/null ||
            give_up "card $card is linked, and cannot be unlinked"
        ctl sync --once >/dev/null || give_up "the hub does not answer"
        [ "$(gate_code)" = not-linked ] ||
            give_up "card $card is linked to somebody else: packaging/linux/practicehub.sh remove ${practice%/desk}"
    fi
    before=$(ctl queue list --state accepted | grep -c . || true)
    # A practice desk has a real reader; here it is a virtual one on a pseudo terminal.
    "$bin/desksim" pn532 --cards resources/training/cards.json --link "$out/reader" --control "$socket" >"$out/reader.log" 2>&1 &
    reader=$!
    for ((i = 0; i < 100; i++)); do [ -e "$out/reader" ] && break; sleep 0.05; done
    reader_of=(--reader "pn532_uart:$(realpath -s "$out/reader")")
else
    reader_of=(--control "$socket")
fi
QT_QPA_PLATFORM=xcb "$bin/upgradedesk" "${mode[@]}" "${reader_of[@]}" --data "$data" --lang zh_CN --trace >"$log" 2>"$out/desk.err" &
desk=$!
trap 'kill "$desk" ${reader:-} 2>/dev/null || true; wait "$desk" ${reader:-} 2>/dev/null || true' EXIT

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
xdotool type --delay 180 "$number"
picture 05-document
await "page consent"
picture 06-consent
sleep 0.8 # that page came by itself: its primary button is armed 900 ms after it
press Return
await "page health"
picture 07-health
# With a result that lets the passenger in it goes on by itself.
[ -n "$practice" ] || press Return
await "page confirm"
picture 08-confirm
[ -z "$practice" ] || sleep 0.8
press Return
await "committed"
await "page done"
picture 09-done

say "the desk goes back to idle by itself after 8 s"
await "page idle"
picture 10-idle-again

if [ -n "$practice" ]; then
    say "the record goes to the hub by itself"
    for ((i = 0; i < 100; i++)); do
        [ "$(ctl queue list --state accepted | grep -c . || true)" -le "$before" ] || break
        sleep 0.2
    done
    press F9
    await "page queue"
    picture 11-queue
fi

kill "$desk" ${reader:-}
wait "$desk" ${reader:-} 2>/dev/null || true
trap - EXIT

say "what the outbox holds (deskctl queue list):"
listed=$(ctl queue list)
printf '%s\n' "$listed" | sed 's/^/    /'
if [ -n "$practice" ]; then
    state=accepted place="at the hub"
else
    state=queued place="in the outbox"
fi
[ "$(printf '%s\n' "$listed" | grep -c "\"state\":\"$state\"")" = $((before + 1)) ] || give_up "the record is not $place"
ctl audit verify | sed 's/^/    journal: /'
say "the record is $place; $(ls "$out"/*.png | wc -l) pictures are in $out/"
