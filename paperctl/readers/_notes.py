"""A note about one paper, one per file, with YAML front matter, as Obsidian, Zettlr and Quarto keep it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any

from paperctl.readers._mentions import Mention
from paperctl.readers._text import people
from paperctl.record import fold

FIELDS = {
    "title": "title", "author": "authors", "authors": "authors", "year": "year", "date": "year", "doi": "doi",
    "venue": "venue", "journal": "venue", "booktitle": "venue", "conference": "venue", "publication": "venue",
    "published": "venue", "pub": "venue",
    "arxiv": "arxiv_id", "arxiv_id": "arxiv_id", "eprint": "arxiv_id", "url": "url", "link": "url",
    "paper": "url", "pdf": "url",
    "code": "code_urls", "github": "code_urls", "keywords": "keywords",
    "tags": "keywords", "abstract": "abstract",
}  # fmt: skip
"""What keys of front matter, and labels of Markdown lists, are called in a record."""

_PAPER_KEYS = frozenset(("authors", "doi", "venue", "arxiv_id", "abstract"))


def _front_matter(lines: Sequence[tuple[int, str]]) -> tuple[dict[str, Any], int] | None:
    """Keys and values of a YAML front matter (scalars and lists alone), and its last line."""
    if not lines or lines[0][1].strip() != "---":
        return None
    values: dict[str, Any] = {}
    key = ""
    for number, line in lines[1:200]:
        if line.strip() in {"---", "..."}:
            return values, number
        if pair := re.match(r"([A-Za-z][\w -]*):\s*(.*)", line):
            key = fold(pair[1]).replace(" ", "_")
            value = pair[2].strip()
            inner = (
                value[1:-1].split(",")
                if value.startswith("[") and value.endswith("]") and value[:2] != "[["
                else None
            )
            values[key] = [v.strip(" \"'") for v in inner if v.strip()] if inner else _unquoted(value)
        elif key and (listed := re.match(r"\s*-\s+(.*)", line)):
            kept = values.get(key)
            values[key] = [*(kept if isinstance(kept, list) else []), _unquoted(listed[1])]
        elif key and line.startswith(" ") and isinstance(values.get(key), str):
            values[key] = f"{values[key].lstrip('>|-')} {line.strip()}".strip()
    return None


def _unquoted(value: str) -> str:
    value = value.strip()
    quoted = len(value) > 1 and value[0] == value[-1] and value[0] in "\"'"
    return re.sub(r"^\[\[|\]\]$", "", value[1:-1] if quoted else value)


def note(lines: Sequence[tuple[int, str]]) -> Mention | None:
    """The paper of a note file, if its front matter has a title and says more of a paper."""
    front = _front_matter(lines)
    if not front or not front[0].get("title"):
        return None
    values, end = front
    if not {FIELDS[k] for k in values if k in FIELDS} & _PAPER_KEYS:
        return None
    fields: dict[str, Any] = {}
    extra: dict[str, Any] = {}
    for name, value in values.items():
        if name in FIELDS and value and FIELDS[name] not in fields:
            as_names = FIELDS[name] == "authors" and isinstance(value, str)
            fields[FIELDS[name]] = people(value) if as_names else value
        elif value:
            extra[name] = value
    body = [(n, line) for n, line in lines if n > end]
    abstract = _abstract_of_note([line for _, line in body])
    if abstract and "abstract" not in fields:
        fields["abstract"] = abstract
    return Mention(fields, extra, True)


def _abstract_of_note(lines: Sequence[str]) -> str:
    """What stands below a heading or in a callout called abstract."""
    kept: list[str] = []
    inside = False
    for line in lines:
        bare = line.strip()
        if re.match(r"#{1,6}\s|>\s*\[!", bare):
            inside = bool(re.search(r"abstract", bare, re.IGNORECASE))
        elif inside and bare:
            kept.append(bare.lstrip("> "))
    return " ".join(kept)
