#!/bin/sh
# Lets oauthlib judge generated requests (OAUTHLIB_CASES of them), in a virtual environment of its own.
set -eu
cd "$(dirname "$0")/../.."
requirements=oauth1-sign/tests/oauthlib/requirements.txt
python=.venv/bin/python

if ! "$python" -c 'import oauthlib' 2>/dev/null; then
    python3 -m venv .venv
fi
"$python" -m pip install --quiet --disable-pip-version-check --requirement "$requirements"
X_PYTHON="$PWD/$python" cargo test --quiet -p oauth1-sign --test oauthlib
