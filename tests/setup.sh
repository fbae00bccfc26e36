#!/bin/sh
# Makes .venv in the checkout, with paperctl and what requirements/$1.lock names, once. Needs Python 3.11 or newer.
set -eu
cd "$(dirname "$0")/.."
python=
for name in python3.14 python3.13 python3.12 python3.11 python3 python; do
    if command -v "$name" >/dev/null 2>&1 &&
        "$name" -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null; then
        python=$name
        break
    fi
done
[ -n "$python" ] || { echo "paperctl needs Python 3.11 or newer on the PATH" >&2; exit 1; }
[ -x .venv/bin/python ] || "$python" -m venv .venv
# Installing again is skipped while pyproject.toml and the lock stay as they were.
stamp=.venv/installed-$1
if ! cat pyproject.toml "requirements/$1.lock" | cmp -s - "$stamp"; then
    pip=".venv/bin/python -m pip install --quiet --disable-pip-version-check"
    $pip --require-hashes --requirement "requirements/$1.lock"
    $pip --no-deps --no-build-isolation --editable .
    cat pyproject.toml "requirements/$1.lock" >"$stamp"
fi
