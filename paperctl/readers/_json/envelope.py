"""Objects too large to be held whole, such as the answer of an API saved in one piece: the lists of papers in
them are found as they come into view."""

from __future__ import annotations

import re

from paperctl.readers._json import looks_like_paper
from paperctl.readers._json.decode import Broken, blank, decoded_at
from paperctl.readers._json.lines import Window
from paperctl.readers._json.walk import CITED, KEY

IN_VIEW = 1 << 24
"""Characters of a document that are looked at together: no paper is so long."""
_BEGINS = re.compile(r'["\[\]{},]')


def next_list(window: Window, at: int) -> tuple[int, bool]:
    """The place behind the bracket of the next list of papers, and True; the end of the document, and False.

    Members in front of it are passed over whole; of an object or a list that reaches out of view its members.
    """
    while True:
        at = window.ahead(at, IN_VIEW)
        at = blank(window.text, at)
        if at >= len(window.text):
            return at, False
        if window.text[at] in "{}],":
            at += 1
            continue
        cited = False
        if key := KEY.match(window.text, at):
            cited, at = bool(CITED.search(key[0])), key.end()
        if window.text[at : at + 1] == "[" and not cited:
            value, _ = decoded_at(window.text, blank(window.text, at + 1))
            if looks_like_paper(value):
                return at + 1, True
        value, end = decoded_at(window.text, at)
        if isinstance(value, Broken):  # a long text out of view: on to where something may begin
            end = found.start() if (found := _BEGINS.search(window.text, at + 1)) else len(window.text)
        at = end
