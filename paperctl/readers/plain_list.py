"""A plain list of titles, one to a line, with or without numbers or bullets: the last resort.

Any text is lines, so this reader claims only what is titles nearly throughout, and never surely.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from paperctl.dumps.dump import Dump
from paperctl.readers import Sniff
from paperctl.readers._text import arxiv_id, prose, reads_like_title
from paperctl.record.items import Entry, Item, Raw, Skip
from paperctl.text.patterns import ARXIV_NEW, DOI_PREFIX

NAME = "plain-list"
ABOUT = "one title per line, numbered or not"

_NUMBER = re.compile(r"\s*(?:\[?\d{1,5}[.):\]]+|[-*•–+])\s+")
_LINK = re.compile(r"https?://[^\s<>)\]]+")
_BEFORE_LINKS = ("-", "–", "|", ",", "(", "<", "[")
_ID = re.compile(rf"(?:arXiv:\s?)?{ARXIV_NEW}(?:v\d+)?|{DOI_PREFIX}\S+", re.IGNORECASE)


def _split(line: str) -> tuple[str, str | None]:
    """Title and link of a line, its number or bullet cut."""
    text = _NUMBER.sub("", line, count=1).strip()
    last = text[max(text.rfind(" "), text.rfind("\t")) + 1 :]
    links = list(_LINK.finditer(last))
    if not links or last[links[-1].end() :] not in {"", ">", ")", "]"}:
        return text, None
    title = text[: len(text) - len(last) + links[-1].start()].rstrip()
    return (title[:-1].rstrip() if title.endswith(_BEFORE_LINKS) else title), links[-1][0]


def sniff(dump: Dump) -> Sniff | None:
    head = dump.head
    lines = [line for line in head.split("\n") if line.strip()]
    if len(lines) < 3 or head.lstrip()[:1] in {"<", "{", "[", "@", "%"} or "\x00" in head:
        return None
    titles = sum(reads_like_title(_split(line)[0]) for line in lines)
    # Names and menus are short; what is indented has a structure that a list of titles has not.
    words = sum(len(line.split()) for line in lines) / len(lines)
    indented = sum(line[:1].isspace() for line in lines)
    if titles < 0.85 * len(lines) or words < 4.5 or indented > 0.1 * len(lines):
        return None
    return Sniff(0.45, f"{titles} of {len(lines)} lines read like titles")


def read(dump: Dump) -> Iterator[Item]:
    for number, line in dump.lines():
        if not line.strip():
            continue
        text, link = _split(line)
        words = re.findall(r"[^\W\d_]{2,}", text)
        if not words or _ID.fullmatch(text):
            yield Skip((number, number), "no title in this line")
        elif prose(text) > 6 or len(text) > 1_000:
            yield Skip((number, number), "a sentence, not a title")
        else:
            fields: Raw = {"title": text}
            if link:
                fields["url"] = link
                fields |= {"arxiv_id": found} if (found := arxiv_id(link)) else {}
            yield Entry(fields, (number, number))
