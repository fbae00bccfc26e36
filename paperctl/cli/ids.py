"""Ids on the command line: prefixes, arXiv ids and DOIs become the ids of papers."""

from __future__ import annotations

import sys
from collections.abc import Sequence

from paperctl.cli.session import Session
from paperctl.errors import UsageError
from paperctl.store.lookup import SHORTEST
from paperctl.text.sanitise import clean

MOST = 8


def resolve(session: Session, words: Sequence[str]) -> list[str]:
    """The ids that the words name, in their order, each once; `-` reads words from stdin.

    Raises UsageError for a word that names no paper, or several: then with the candidates.
    """
    wanted: list[str] = []
    for word in words:
        wanted += sys.stdin.read().split() if word == "-" else [word.encode("utf-8", "replace").decode()]
    found = session.store.find(wanted)
    ids = []
    for word in wanted:
        match found[word]:
            case [one]:
                ids.append(one)
            case []:
                short = len(word) < SHORTEST
                hint = f"type {SHORTEST} characters or more" if short else "`paperctl list` shows the ids"
                raise UsageError(f"no paper called {word!r}", hint)
            case several:
                names = {
                    p["id"]: p["title"] for p in session.store.papers() if p["id"] in set(several[:MOST])
                }
                lines = [f"  {i}  {clean(names.get(i, ''))[:60]}" for i in several[:MOST]]
                more = f"\n  and {len(several) - MOST} more" if len(several) > MOST else ""
                raise UsageError(f"{word!r} may be {len(several)} papers:\n" + "\n".join(lines) + more)
    return list(dict.fromkeys(ids))
