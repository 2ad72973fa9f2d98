#!/bin/bash
# Sets everything up, builds everything and runs every check: formatting, layering, lint, unit, wire-level and
# end-to-end tests, the same under the address and undefined-behaviour sanitizers.
set -euo pipefail
root=$(cd "$(dirname "$0")/../.." && pwd)
cd "$root"
started=$SECONDS
step() { printf '\n[%s] %s (%d s so far)\n' "$1" "$2" $((SECONDS - started)); }
configure() { cmake --preset "$1" >"build-$1.log" 2>&1 || { cat "build-$1.log"; exit 1; }; rm -f "build-$1.log"; }

step 1/6 "Packages"
packaging/linux/setup.sh

step 2/6 "Build release"
configure release
cmake --build --preset release

step 3/6 "Formatting and lint"
packaging/linux/lint.sh

step 4/6 "Build with the address and undefined-behaviour sanitizers"
configure asan
cmake --build --preset asan

step 5/6 "Tests under the sanitizers"
ctest --preset asan -j "$(nproc)"

step 6/6 "Tests of the release build"
ctest --preset release -j "$(nproc)"

printf '\nAll checks passed in %d s.\n' $((SECONDS - started))
