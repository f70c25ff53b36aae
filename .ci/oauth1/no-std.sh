#!/bin/sh
# Builds oauth1-sign into a program without std, and shows that std would have been noticed.
set -eu
cd "$(dirname "$0")/../../oauth1-sign/no-std"
export CARGO_TARGET_DIR="${CARGO_TARGET_DIR:-../../target}/no-std"

cargo build --quiet --locked --manifest-path ../Cargo.toml --no-default-features --lib
cargo build --quiet --locked
for feature in std-on-purpose http-on-purpose; do
    if errors=$(cargo build --quiet --locked --features "$feature" 2>&1); then
        echo "no-std: the feature $feature links std, and the build did not notice" >&2
        exit 1
    fi
    case $errors in
        *'duplicate lang item `panic_impl`'* | *'found duplicate lang item'*) ;;
        *) printf 'no-std: %s fails for another reason:\n%s\n' "$feature" "$errors" >&2; exit 1 ;;
    esac
done
echo "no-std: built without std; with std or http it does not build"
