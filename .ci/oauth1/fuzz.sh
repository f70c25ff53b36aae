#!/bin/sh
# Fuzzes each target for the given number of seconds (20), from the committed seeds.
# What it finds on the way grows fuzz/corpus; a failure is kept in fuzz/artifacts.
set -eu
cd "$(dirname "$0")/../../oauth1-sign"

cargo fuzz --version >/dev/null 2>&1 || cargo install --quiet --locked cargo-fuzz
for target in header base_string; do
    mkdir -p "fuzz/corpus/$target"
    cargo +nightly fuzz run "$target" "fuzz/corpus/$target" "fuzz/seeds/$target" -- \
        -max_total_time="${1:-20}" -timeout=5 -verbosity=0 -print_final_stats=1
done
