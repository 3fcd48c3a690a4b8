#!/bin/sh
# Names the lines of C files that script/fmt would change.
cd "$(dirname "$0")/.." || exit 1
find src test fuzz bench tools \( -name '*.c' -o -name '*.h' -o -name '*.cc' \) -print0 2> /dev/null |
    xargs -0 -r clang-format --dry-run --Werror 2>&1 |
    sed -n 's/^\([^:]*:[0-9]*\):[0-9]*: error: .*/\1: not formatted; run script\/fmt/p' |
    sort -u | awk '{ print } END { exit NR > 0 }'
