#!/bin/sh
# Names the C files that script/fmt would change.
cd "$(dirname "$0")/.." || exit 1
bad=0
for file in $(find src test fuzz bench tools \( -name '*.c' -o -name '*.h' -o -name '*.cc' \) 2> /dev/null |
    sort); do
    if ! clang-format --dry-run --Werror "$file" 2> /dev/null; then
        line=$(clang-format "$file" | diff "$file" - | sed -n '1s/[^0-9].*//p')
        echo "$file:$line: not formatted; run script/fmt"
        bad=1
    fi
done
exit $bad
