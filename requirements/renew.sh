#!/bin/sh
# Renews the lock files to the newest versions that pyproject.toml allows, on Linux and macOS and every supported
# Python: sh requirements/renew.sh. Afterwards run .ci/run and commit both files.
set -eu
cd "$(dirname "$0")/.."
[ -x .venv/uv/bin/uv ] || { python3 -m venv .venv/uv && .venv/uv/bin/python -m pip install --quiet "uv>=0.5,<1"; }
lock() {
    .venv/uv/bin/uv pip compile --quiet --upgrade --universal --python-version 3.11 --generate-hashes \
        --no-emit-index-url --no-header --no-annotate "$@" pyproject.toml requirements/build.in
}
lock --extra xlsx --extra zstd --output-file requirements/run.lock
lock --all-extras --output-file requirements/dev.lock
