# shellcheck shell=bash
# Sourced by every script: goes to the repository root and finds a Node that is new enough.
root=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
cd "$root" || exit

find_node() {
    if [ -x build/node/node_modules/.bin/node ]; then
        PATH="$root/build/node/node_modules/.bin:${PATH#"$root/build/node/node_modules/.bin:"}"
    fi
    # Node brings its own list of authorities; npm shall trust what the machine trusts as well.
    local authorities=/etc/ssl/certs/ca-certificates.crt
    if [ -z "${NODE_EXTRA_CA_CERTS:-}" ] && [ -f "$authorities" ]; then
        NODE_EXTRA_CA_CERTS=$authorities
    fi
    export PATH NODE_EXTRA_CA_CERTS
    hash -r
}
find_node
