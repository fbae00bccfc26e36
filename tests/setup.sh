#!/bin/sh
# Makes .venv in the checkout, with paperctl and the extras named in $1, once. Needs Python 3.11 or newer.
set -eu
cd "$(dirname "$0")/.."
python=
for name in python3.13 python3.12 python3.11 python3 python; do
    if command -v "$name" >/dev/null 2>&1 &&
        "$name" -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null; then
        python=$name
        break
    fi
done
[ -n "$python" ] || { echo "paperctl needs Python 3.11 or newer on the PATH" >&2; exit 1; }
[ -x .venv/bin/python ] || "$python" -m venv .venv
# Installing again is skipped while pyproject.toml stays as it was.
stamp=.venv/installed-$1
if ! cmp -s pyproject.toml "$stamp"; then
    .venv/bin/python -m pip install --quiet --disable-pip-version-check --editable ".[$1]"
    cp pyproject.toml "$stamp"
fi
