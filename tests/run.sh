#!/bin/sh
# Sets up and runs the tests: sh tests/run.sh [pytest arguments]
set -eu
cd "$(dirname "$0")/.."
sh tests/setup.sh dev
exec .venv/bin/python -m pytest -n auto "$@"
