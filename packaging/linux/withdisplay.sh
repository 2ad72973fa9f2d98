#!/bin/bash
# withdisplay.sh COMMAND [ARGUMENT...]: runs the command on a virtual X display of its own. Not xvfb-run, for two reasons:
# its server starts afresh whenever the last client leaves, and turns away whoever comes at that moment; and it takes
# a number by lock files alone, so that two containers with one network can meet at one display.
set -euo pipefail
scratch=$(mktemp -d)
server=''
trap '[ -z "$server" ] || { kill "$server"; wait "$server"; } 2>/dev/null || true; rm -rf "$scratch"' EXIT
mkfifo "$scratch/number"
Xvfb -displayfd 3 -screen 0 1366x768x24 -nolisten tcp -noreset 3>"$scratch/number" 2>"$scratch/log" &
server=$!
if ! read -r -t 30 number <"$scratch/number"; then
    echo "FAILED: Xvfb (Debian package xvfb) does not start" >&2
    cat "$scratch/log" >&2
    exit 1
fi
# What a program leaves behind that is ended by a signal goes with the folder.
DISPLAY=:$number TMPDIR=$scratch "$@"
