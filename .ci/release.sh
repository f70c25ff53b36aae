#!/usr/bin/env bash
# What a release needs beside `.ci/run`, and takes too long for every change: licences, refused and doubled crates and
# sources by cargo-deny, the lowest versions of dependencies that are allowed, and packages that build alone.
#
# cargo-deny reads advisories from a git repository on github.com; without a way there they are skipped, and it says so.
set -euo pipefail
cd "$(dirname "$0")/.."
tools=$PWD/target/tools
export CARGO_TARGET_DIR=$PWD/target CARGO_INCREMENTAL=0

# Unoptimized, since it runs for seconds and would build for minutes.
[ -x "$tools/bin/cargo-deny" ] || cargo install -q --locked --debug --root "$tools" cargo-deny@0.20.2
"$tools/bin/cargo-deny" --locked check bans licenses sources
if git ls-remote -q https://github.com/rustsec/advisory-db HEAD >/dev/null 2>&1; then
    "$tools/bin/cargo-deny" --locked check advisories
else
    echo "skipped: no way to https://github.com/rustsec/advisory-db, where the advisories are"
fi
.ci/minimal-versions.sh
.ci/packages.sh
