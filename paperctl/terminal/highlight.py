"""Where in a text the words of a query stand, so that they can be shown."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from paperctl.query.haystack import needle
from paperctl.text.alike import alike
from paperctl.text.fold import fold

if TYPE_CHECKING:
    from paperctl.query import Sought

_WORD = re.compile(r"[^\W_](?:[^\W_]|[\u0300-\u036f])*")


def spans(text: str, terms: Sequence[Sought], field: str) -> list[tuple[int, int]]:
    """The stretches `start:end` of `text` that answer the terms asked of `field`, in order, apart.

    A word is shown whole where only its beginning was asked for.
    """
    chosen = [term for term in terms if term.field in ("", field)]
    if not chosen:
        return []
    words = [(found.start(), found.end(), fold(found[0])) for found in _WORD.finditer(text)]
    found = sorted(span for term in chosen for span in _of(term, words))
    apart: list[tuple[int, int]] = []
    for start, end in found:
        if apart and start <= apart[-1][1]:
            apart[-1] = (apart[-1][0], max(end, apart[-1][1]))
        else:
            apart.append((start, end))
    return apart


def _of(term: Sought, words: list[tuple[int, int, str]]) -> Iterator[tuple[int, int]]:
    yield from _as_written(term, words)
    if term.literal:
        return
    forms = [alike(word) for _, _, word in words]
    for sought in (*term.alike, *term.begun):
        count = sought.count(" ", 0, -1)
        for i in range(len(words) - count + 1):
            if f" {' '.join(forms[i : i + count])} ".startswith(sought):
                yield words[i][0], words[i + count - 1][1]


def _as_written(term: Sought, words: list[tuple[int, int, str]]) -> Iterator[tuple[int, int]]:
    sought = needle(term.text, whole=term.whole)
    count = term.text.count(" ") + 1
    first = term.text.partition(" ")[0]
    for i, (start, _, _) in enumerate(words[: len(words) - count + 1]):
        group = words[i : i + count]
        folded = " ".join(word for _, _, word in group)
        if not sought.startswith(" "):
            # A script without blanks: the words may begin in the middle of a run.
            at = folded.find(first)
            if at >= 0 and sought in f" {folded} ":
                end = group[-1][1]
                begin = start + at
                yield begin, begin + len(first) if count == 1 else end
        elif f" {folded} ".startswith(sought):
            yield start, group[-1][1]
