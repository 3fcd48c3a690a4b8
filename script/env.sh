# shellcheck shell=bash
# Sourced by every script: goes to the repository root and finds a Node that is new enough.
root=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
cd "$root" || exit
if [ -x build/node/node_modules/.bin/node ]; then
    PATH="$root/build/node/node_modules/.bin:$PATH"
fi
export PATH
