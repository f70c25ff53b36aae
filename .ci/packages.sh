#!/bin/sh
# Packs every crate that is to be published, builds each from its package alone, and shows its size.
set -eu
cd "$(dirname "$0")/.."

# What is not committed is packed too, so that it can be tried before; a clone has nothing of the kind.
log=$(mktemp)
trap 'rm "$log"' EXIT
if ! cargo package --locked --workspace --exclude benches --allow-dirty >"$log" 2>&1; then
    cat "$log" >&2
    exit 1
fi
# That tests are left out is meant; that a locked version was withdrawn is not.
if grep 'yanked' "$log" >&2; then exit 1; fi
grep -A1 'Packag' "$log" | grep -E 'Packag(ing|ed)'
