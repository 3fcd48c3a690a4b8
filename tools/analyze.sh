#!/bin/sh
# Static analysis beyond the compiler's warnings: script/test analyze. Prints findings; exits 1 if any.
# Needs build-asan/compile_commands.json.
cd "$(dirname "$0")/.." || exit 1
if [ ! -f build-asan/compile_commands.json ]; then
    echo "analyze: configure build-asan first (script/test unit)"
    exit 1
fi
found=$(mktemp)
trap 'rm -f "$found"' EXIT
cppcheck --quiet --inline-suppr --std=c11 --enable=warning,portability --error-exitcode=0 \
    --suppress=missingIncludeSystem --suppress=unknownMacro \
    --suppress=preprocessorErrorDirective --suppress=internalAstError \
    -Isrc -Itest -D_GNU_SOURCE -D__linux__ --template='{file}:{line}: {message} [{id}]' src test/kit \
    2>> "$found"
# The compile commands are gcc's: clang 14 knows some flags by another name or not at all.
find src -name '*.c' ! -name '*_test.c' | sort |
    xargs -r -n 4 -P 2 clang-tidy --quiet -p build-asan --extra-arg=-Wno-unknown-warning-option \
        --extra-arg=-enable-trivial-auto-var-init-zero-knowing-it-will-be-removed-from-clang \
        --checks='-*,bugprone-*,-bugprone-easily-swappable-parameters,-bugprone-macro-parentheses,-bugprone-assignment-in-if-condition,-bugprone-narrowing-conversions,-bugprone-branch-clone,-bugprone-reserved-identifier,-bugprone-implicit-widening-of-multiplication-result,clang-analyzer-*,-clang-analyzer-security.insecureAPI.DeprecatedOrUnsafeBufferHandling,-clang-analyzer-valist.Uninitialized,cert-err34-c,cert-flp30-c,cert-msc30-c' \
        2> /dev/null |
    grep -E '(warning|error):' | sed "s|^$PWD/||" | sort -u >> "$found"
cat "$found"
test ! -s "$found"
