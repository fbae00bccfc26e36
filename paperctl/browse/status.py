"""The two lines below the papers: what is shown, and the keys."""

from __future__ import annotations

from collections.abc import Mapping

from rich.text import Text

from paperctl.browse.paper_list import PaperList
from paperctl.terminal.keys import keys_of

_STAYS = 2
"""So many hints at the end of the footer stay in a narrow window: the first of them shows all keys."""
_SHOWN = (
    "keep",
    "skip",
    "maybe",
    "undo",
    "pick",
    "note",
    "topic",
    "search",
    "sort",
    "open",
    "help",
    "quit",
)


def status_line(papers: PaperList, sort: str, message: str) -> Text:
    """Where the cursor is, how many papers are picked, their order, and a message."""
    place = papers.cursor + 1 if papers.ids else 0
    parts = [f"{place:,} of {len(papers.ids):,}"]
    parts += [f"{len(papers.picked):,} picked"] if papers.picked else []
    parts += [f"by {sort}"] if sort else []
    parts += [message] if message else []
    return Text(" · ".join(parts), "reverse")


def footer(keys: Mapping[str, str], width: int) -> Text:
    """The keys with what they do, as many as fit."""
    named = ((keys_of(keys, action), action) for action in _SHOWN)
    hints = [f"{found[0]} {action}" for found, action in named if found]
    room = width - 2  # a blank at each side
    while len(hints) > _STAYS and sum(map(len, hints)) + 2 * len(hints) - 2 > room:
        del hints[-_STAYS - 1]
    return Text("  ".join(hints), overflow="ellipsis", no_wrap=True)
