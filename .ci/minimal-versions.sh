#!/bin/sh
# Builds the published crates, in a copy of the workspace, with the lowest version of each dependency that its Cargo.toml
# allows: a bound that is too low does not build, or does not resolve. (Of what dependencies depend on, the newest.)
set -eu
cd "$(dirname "$0")/.."
target=${CARGO_TARGET_DIR:-$PWD/target}
copy=$target/minimal-versions

rm -rf "$copy" && mkdir -p "$copy"
git ls-files -z -co --exclude-standard | xargs -0 cp -a --parents -t "$copy"
cd "$copy"
sed -i '/^    "benches",$/d' Cargo.toml
cargo +nightly update --quiet -Z direct-minimal-versions
CARGO_TARGET_DIR=$target cargo check --quiet --workspace --all-features
echo "minimal-versions: built"
