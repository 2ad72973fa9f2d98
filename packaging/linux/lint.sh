#!/bin/bash
# lint.sh BUILD: formatting with clang-format and lint with clang-tidy, as .clang-format and .clang-tidy say.
set -euo pipefail
build=$1
mapfile -t sources < <(git ls-files 'src/*.cpp' 'src/*.h' 'tests/*.cpp' 'tests/*.h')
# Other releases of clang-format lay some lines out differently; the tree is kept as release 14 (Debian 12) writes it.
if clang-format --version | grep -q 'version 14\.'; then
    clang-format --dry-run --Werror "${sources[@]}"
    echo "    ${#sources[@]} files are formatted"
else
    echo "    formatting is checked with clang-format 14 only (Debian 12); here is $(clang-format --version)"
fi

mapfile -t units < <(git ls-files 'src/*.cpp')
printf '%s\n' "${units[@]}" | xargs -P "$(nproc)" -n 4 clang-tidy -p "$build" --quiet --warnings-as-errors='*' 2>/dev/null
echo "    ${#units[@]} files pass clang-tidy"
