"""The links of a list item: which are called what the paper is called, which say what is behind them."""

from __future__ import annotations

import re
from typing import NamedTuple

from paperctl.readers._markdown.inline import is_label
from paperctl.readers._markdown.places import place_in
from paperctl.readers._text import CODE_LINK, MARKDOWN_LINK, Link


class Marked(NamedTuple):
    """A text whose labels are "\\0" and whose other links are their words between "\\1" and "\\2"; the links
    of both kinds, and the venues that labels name."""

    text: str
    labels: list[Link]
    named: list[Link]
    places: list[tuple[str, int | None]]


def marked_links(text: str) -> Marked:
    """A text with its links marked. A label may be a venue ("[AAAI2022](…) Title"), or any word in
    double brackets ("[[SSRN](…)]"); one without a year says only where the link leads ("[arXiv](…)")."""
    found = Marked("", [], [], [])
    parts: list[str] = []
    at = 0
    for match in MARKDOWN_LINK.finditer(text):
        link = Link(match[1], match[2])
        before, after = text[at : match.start()], text[match.end() : match.end() + 3]
        place = place_in(match[1].strip("[]* ")) if len(match[1]) < 60 else None
        if is_label(match[1]) or place is not None or _in_brackets(link.text, text[: match.start()], after):
            found.labels.append(link)
            if place is not None and place[1] and not CODE_LINK.match(link.url):
                found.places.append(place)
            parts += [before, " \x00 "]
        else:
            found.named.append(link)
            parts += [before, f"\x01{match[1]}\x02"]
        at = match.end()
    return found._replace(text="".join([*parts, text[at:]]))


def _in_brackets(words: str, before: str, after: str) -> bool:
    """Whether a link of a few words stands in brackets of its own, or behind many words and a comma."""
    count = len(words.split())
    if count > 3:
        return False
    bracketed = re.search(r"[\[(]\s*$", before) and re.match(r"\s*[\])]", after)
    behind = count == 1 and len(before.split()) > 3 and re.search(r"(?:[,/|·\])]|\x00)\s*$", before)
    return bool(bracketed or behind)
