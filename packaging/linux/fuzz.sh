#!/bin/bash
# fuzz.sh [SECONDS]: builds the parsers of what devices send for libFuzzer and runs each for so long (60 unless given) with
# its kept inputs. What it finds anew stays in build/fuzz/corpus; an input that breaks a parser is named and kept there.
set -euo pipefail
cd "$(dirname "$0")/../.."
seconds=${1:-60}
targets=(document ga450frame idrecord mrz scan)

cmake --preset fuzz >/dev/null
cmake --build --preset fuzz --target "${targets[@]/#/fuzz_}"
one='mkdir -p build/fuzz/corpus/$1 && cd build/fuzz/corpus && log=$1.log
kept=../../../tests/fuzz/corpus/$1
[ -d $kept ] || kept=
if ../bin/fuzz_$1 -max_total_time=$0 -artifact_prefix=$1- $1 $kept >$log 2>&1; then
    echo "    $1: $(tail -n 1 $log)"
else
    cat $log; echo "    $1: see above, and the input in build/fuzz/corpus"; exit 1
fi'
printf '%s\n' "${targets[@]}" | xargs -P "$(nproc)" -n 1 bash -c "$one" "$seconds"
