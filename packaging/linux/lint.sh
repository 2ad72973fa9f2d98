#!/bin/bash
# Formatting with clang-format and lint with clang-tidy, as .clang-format and .clang-tidy say. The files of a folder
# are read together (a unity build that is never compiled), so that Qt's headers are read once and not 140 times.
set -euo pipefail
cd "$(dirname "$0")/../.."
mapfile -t sources < <(git ls-files 'src/*.cpp' 'src/*.h' 'tests/*.cpp' 'tests/*.h')
[ ${#sources[@]} -gt 0 ] || { echo "git lists no source file here: run it in a clone" >&2; exit 1; }
# The tree is kept as release 14 of both programs (Debian 12, and CI) wants it: other releases lay some lines out
# differently and have other opinions, so they are not asked.
if clang-format --version | grep -q 'version 14\.'; then
    clang-format --dry-run --Werror "${sources[@]}"
    echo "    ${#sources[@]} files are formatted"
else
    echo "    formatting is checked with clang-format 14 only (Debian 12); here is $(clang-format --version)"
fi
if ! clang-tidy --version | grep -q 'version 14\.'; then
    echo "    lint is checked with clang-tidy 14 only (Debian 12); here is$(clang-tidy --version | sed -n 's/.*LLVM//p')"
    exit 0
fi

cmake -B build/lint -G Ninja -DCMAKE_BUILD_TYPE=Debug -DCMAKE_EXPORT_COMPILE_COMMANDS=ON -DBUILD_TESTING=OFF \
    -DCMAKE_UNITY_BUILD=ON -DCMAKE_UNITY_BUILD_BATCH_SIZE=16 -DCMAKE_DISABLE_PRECOMPILE_HEADERS=ON \
    -DCMAKE_AUTOGEN_ORIGIN_DEPENDS=OFF >/dev/null
ninja -C build/lint upgradedesk_gui_autogen >/dev/null # the headers made from ui/
# The two that are compiled alone take longest, then those with most in them.
mapfile -t units < <(printf '%s\n' src/hub/httpserver.cpp src/hub/database.cpp
    find build/lint/src -name 'unity_*.cxx' -printf '%s %p\n' | sort -rn | cut -d' ' -f2)
report=build/lint/clang-tidy.log
# clang 14 knows coroutines, but GCC's and Boost's headers do not know that it does.
coroutines=(--extra-arg=-D__cpp_impl_coroutine=201902L --extra-arg=-DBOOST_ASIO_HAS_CO_AWAIT=1
    --extra-arg=-DBOOST_ASIO_HAS_STD_COROUTINE=1)
# A unity file includes .cpp files on purpose.
if ! printf '%s\n' "${units[@]}" | xargs -P "$(nproc)" -n 1 clang-tidy -p build/lint --quiet \
    "${coroutines[@]}" --checks=-bugprone-suspicious-include --warnings-as-errors='*' >"$report" 2>/dev/null; then
    cat "$report"
    exit 1
fi
echo "    $(git ls-files 'src/*.cpp' | wc -l) files pass clang-tidy"
