#!/bin/sh
# Sets up, loads the example dumps into a store of their own, prints the table and writes the reading list.
set -eu
cd "$(dirname "$0")/.."
sh tests/setup.sh run
PAPERCTL_STORE=$(pwd)/.venv/demo-store
export PAPERCTL_STORE
paperctl=.venv/bin/paperctl
"$paperctl" load examples/*.txt examples/*.jsonl examples/*.bib
echo
"$paperctl" list --format table
echo
"$paperctl" export --title "Worth reading" -o reading-list.md
echo
echo "Try: export PAPERCTL_STORE=$PAPERCTL_STORE"
echo "     $paperctl search 'low-rank adaptation'"
echo "     $paperctl screen"
