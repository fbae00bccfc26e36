"""Whether a paper is of the field that a topic belongs to at all: flamingos are birds, too.

One-word names of models and resources ("latency", "palm", "compression") mean other things in other
fields. A topic that names words of its field is given only to papers that have one of them.
"""

from __future__ import annotations

from collections.abc import Iterable

from paperctl.topics.words import plain

MEMO_WORDS = 500_000


class Field:
    """The words of a topic's field: some show it wherever they stand, some in a title only."""

    def __init__(self, anywhere: Iterable[str], in_title: Iterable[str]) -> None:
        self._anywhere = _Known(anywhere)
        self._in_title = _Known(in_title)
        self.asked = bool(self._anywhere.words or self._anywhere.beginnings)

    def has(self, title: Iterable[str], abstract: Iterable[str]) -> bool:
        """Whether a word of the field stands in a paper of these words."""
        if not self.asked:
            return True
        anywhere, in_title = self._anywhere, self._in_title
        return any(anywhere[word] or in_title[word] for word in title) or any(
            map(anywhere.__getitem__, abstract)
        )


def field_words(words: Iterable[str]) -> set[str]:
    """Words of a field as they are compared: `plain`, or with their `*`."""
    return {word.lower() if word.endswith("*") else plain(word) for word in words}


class _Known(dict[str, bool]):
    """Written words looked up once each."""

    def __init__(self, words: Iterable[str]) -> None:
        super().__init__()
        every = field_words(words)
        self.words = {word for word in every if not word.endswith("*")}
        self.beginnings = tuple(word[:-1] for word in every if word.endswith("*"))

    def __missing__(self, word: str) -> bool:
        if len(self) > MEMO_WORDS:
            self.clear()
        simple = plain(word)
        found = self[word] = simple in self.words or simple.startswith(self.beginnings)
        return found
