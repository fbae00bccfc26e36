#!/bin/sh
# Builds the site into FOLDER (site/ unless named): sh docs/build.sh [FOLDER]. A link that leads nowhere is an error.
set -eu
cd "$(dirname "$0")/.."
python=.venv/bin/python
[ -x "$python" ] || python=python3
exec "${PYTHON:-$python}" -m sphinx -q -W --keep-going -n -c docs -b html . "${1:-site}"
