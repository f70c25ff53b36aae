#!/bin/sh
# Fuzzes each target for the given number of seconds (10), from the committed seeds.
# What it finds on the way grows fuzz/corpus; a failure is kept in fuzz/artifacts.
set -eu
cd "$(dirname "$0")/.."

cargo fuzz --version >/dev/null 2>&1 || cargo install --quiet --locked cargo-fuzz
for target in oauth1-sign/header oauth1-sign/base_string oauth1-sign/handshake bearer/replies bearer/texts \
    twitter-types/decode twitter-types/stream twitter-types/texts twitter-types/webhook; do
    crate=${target%/*} name=${target#*/}
    mkdir -p "$crate/fuzz/corpus/$name"
    (cd "$crate" && cargo +nightly fuzz run "$name" "fuzz/corpus/$name" "fuzz/seeds/$name" -- \
        -max_total_time="${1:-10}" -timeout=5 -verbosity=0 -print_final_stats=1)
done
