#!/bin/bash
# Sets everything up, builds everything and runs every check: formatting, layering, lint, every test under the address
# and undefined-behaviour sanitizers, the fuzzers for a moment, and the end-to-end tests once more with the programs as
# they are shipped.
set -euo pipefail
root=$(cd "$(dirname "$0")/../.." && pwd)
cd "$root"
started=$SECONDS
step() { printf '\n[%s] %s (%d s so far)\n' "$1" "$2" $((SECONDS - started)); }
# Tests that keep a processor busy count as two of these (tests/CMakeLists.txt), tests that wait for others as one.
jobs=$((2 * $(nproc)))
configure() { cmake --preset "$1" >"build-$1.log" 2>&1 || { cat "build-$1.log"; exit 1; }; rm -f "build-$1.log"; }

step 1/8 "Packages"
packaging/linux/setup.sh

step 2/8 "Build release: programs and end-to-end tests"
configure release
cmake --build --preset release --target e2e

step 3/8 "Formatting and lint"
packaging/linux/lint.sh

step 4/8 "Build with the address and undefined-behaviour sanitizers"
configure asan
cmake --build --preset asan

step 5/8 "All tests, under the sanitizers"
ctest --preset asan -j $jobs

step 6/8 "Parsers of what devices send, 10 s each under libFuzzer"
packaging/linux/fuzz.sh 10

step 7/8 "End-to-end tests of the release build"
ctest --preset release -j $jobs -R '^(e2e_|atspi)'

step 8/8 "Build the desk without the hub's libraries"
configure desk
cmake --build --preset desk
configure release # that folder is the release's again

printf '\nAll checks passed in %d s.\n' $((SECONDS - started))
