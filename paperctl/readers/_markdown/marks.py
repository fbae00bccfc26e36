"""Words with a mark in a line of Markdown: in bold, in quotation marks, of a link; and a title among them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Literal, NamedTuple

from paperctl.readers._markdown.front import Front

Mark = Literal["bold", "link", "quoted", "cited", "plain"]

BOLD = re.compile(r"\*\*(?!\s)(.+?)(?<!\s)\*\*|__(?!\s)(.+?)(?<!\s)__|\*\*(.+?)\*\*")
QUOTED = re.compile(
    r"(?<!\w)[\"“]([^\"“”]{12,}?)[\"”](?!\w)|(?<!\w)``(.{12,}?)''|(?<!\w)[\"“](\*\*[^\"“”]+\*\*[.,]?)[\"”]"
    r"|《([^《》]{4,})》"
)
NAMED = re.compile("\x01([^\x01\x02]+)\x02")


@dataclass(slots=True)
class Title:
    """A title, what stands before and after it, and the mark by which it was found."""

    words: str
    before: str
    after: str
    mark: Mark = "plain"
    front: Front = field(default_factory=Front)
    lone: bool = False
    """Whether it is one word that nothing marks, so that only an id proves it a nickname of a paper."""
    cited: bool = False
    """Whether people and a year, or people and then italics, stand in front of it."""

    def shown_by(self) -> Mark:
        """The mark of the title; where it has none, the people in front of it."""
        return "cited" if self.cited and self.mark == "plain" else self.mark


class MarkedWords(NamedTuple):
    """Words with a mark, and what stands around them."""

    mark: Mark
    inner: str
    before: str
    after: str


def marks_in(words: str) -> Iterator[MarkedWords]:
    """The marked parts of a text, the surest kind of mark first."""
    spans = [m.span() for pattern in (BOLD, NAMED) for m in pattern.finditer(words)]
    kinds: tuple[tuple[Mark, re.Pattern[str]], ...] = (("quoted", QUOTED), ("bold", BOLD), ("link", NAMED))
    for mark, pattern in kinds:
        for match in pattern.finditer(words):
            if mark == "quoted" and any(a < match.start() and match.end() < b for a, b in spans):
                continue  # "Communicative Agents for “Mind” Exploration"
            inner = next(group for group in match.groups() if group)
            yield MarkedWords(mark, inner, words[: match.start()], words[match.end() :])


_WORD_AND_MORE = re.compile(r"(?<=[^\W\d_]{2}):?\s+\w")


def worthy(words: str) -> bool:
    """Whether words are enough for a title and not all digits and marks."""
    return len(re.findall(r"[^\W\d_]{2,}", words)) >= 2 or bool(_WORD_AND_MORE.search(words))
