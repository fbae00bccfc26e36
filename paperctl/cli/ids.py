"""Ids on the command line; `-` reads them from stdin."""

from __future__ import annotations

import sys
from collections.abc import Sequence

from paperctl.cli.session import Session
from paperctl.library.ids import resolve_ids


def resolve(session: Session, words: Sequence[str]) -> list[str]:
    """The ids that the words name, in their order, each once. Raises UsageError for a word that names no
    paper, or several: then with the candidates."""
    chosen: list[str] = []
    for word in words:
        chosen += sys.stdin.read().split() if word == "-" else [word.encode("utf-8", "replace").decode()]
    return resolve_ids(session.store, chosen)
