#!/usr/bin/env bash
# What a release needs beside `.ci/run`, and takes too long for every change: licences, refused and doubled crates and
# sources by cargo-deny, the lowest versions of dependencies that are allowed, packages that build alone, and what breaks
# those who use the last release, by cargo-semver-checks.
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

if last=$(git describe --tags --abbrev=0 --match 'v*' 2>/dev/null); then
    [ -x "$tools/bin/cargo-semver-checks" ] ||
        cargo install -q --locked --debug --root "$tools" cargo-semver-checks@0.51.0
    PATH=$tools/bin:$PATH cargo semver-checks --baseline-rev "$last" --workspace --exclude benches --exclude twitter-cli
else
    echo "skipped: there is no release yet, and so nothing that a change could break"
fi
