"""A note about one paper, one per file, with YAML front matter, as Obsidian, Zettlr and Quarto keep it."""

from __future__ import annotations

import json
import re
from collections.abc import Sequence
from itertools import pairwise

from paperctl.readers._markdown.inline import unescaped
from paperctl.readers._markdown.mention import Mention
from paperctl.readers._text import people
from paperctl.record.items import Object, Raw, by_fact
from paperctl.text.fold import fold

FIELDS = {
    "title": "title", "author": "authors", "authors": "authors", "year": "year", "date": "year", "doi": "doi",
    "year of publication": "year", "date of publication": "year",
    "venue": "venue", "journal": "venue", "booktitle": "venue", "conference": "venue", "publication": "venue",
    "publication_title": "venue", "proceedings_title": "venue", "conference_name": "venue",
    "published": "venue", "pub": "venue",
    "arxiv": "arxiv_id", "arxiv_id": "arxiv_id", "eprint": "arxiv_id", "url": "url", "link": "url",
    "paper": "url", "pdf": "url",
    "code": "code_urls", "github": "code_urls", "keywords": "keywords",
    "tags": "keywords", "abstract": "abstract", "decision": "decision", "note": "note",
}  # fmt: skip
"""What keys of front matter, and labels of Markdown lists, are called in a record."""

_WIKI_LINK = re.compile(r"\[\[([^\[\]|]*)(?:\|([^\[\]|]*))?\]\]")
"""A link to another note, perhaps with words of its own behind a bar."""
_PAPER_KEYS = frozenset(("authors", "doi", "venue", "arxiv_id", "abstract"))


def _front_matter(lines: Sequence[tuple[int, str]]) -> tuple[Object, int] | None:
    """Keys and values of a YAML front matter (scalars and lists alone), and its last line."""
    if not lines or lines[0][1].strip() != "---":
        return _properties(lines)
    values: Object = {}
    key = ""
    for number, line in lines[1:200]:
        if line.strip() in {"---", "..."}:
            return values, number
        if pair := re.match(r"([A-Za-z][\w -]*):\s*(.*)", line):
            key = fold(pair[1]).replace(" ", "_")
            value = pair[2].strip()
            values[key] = _listed(value) or _unquoted(value)
        elif key and (listed := re.match(r"\s*-\s+(.*)", line)):
            kept = values.get(key)
            values[key] = [*(kept if isinstance(kept, list) else []), _unquoted(listed[1])]
        elif key and line.startswith(" ") and isinstance(values.get(key), str):
            values[key] = f"{values[key].lstrip('>|-')} {line.strip()}".strip()
    return None


_PROPERTY = re.compile(r"(?:- )?([A-Za-z][\w-]*)::\s+(.*)")
_BELOW_TITLE = re.compile(r"([A-Z][\w /()-]{0,30}):\s+(.*)")


def _properties(lines: Sequence[tuple[int, str]]) -> tuple[Object, int] | None:
    """Keys and values that a page of Logseq begins with (`title:: Sparse Gates`), or that stand below the
    title of a page of Notion (`Authors: Ada Example`), and the last line of them."""
    filled = [(n, line.strip()) for n, line in lines if line.strip()]
    titled = (
        bool(filled) and filled[0][1].startswith("# ") and sum(t.startswith("# ") for _, t in filled) == 1
    )
    values: Object = {"title": filled[0][1][2:].strip()} if titled else {}
    last = 0
    for number, line in filled[titled:]:
        found = (_BELOW_TITLE if titled else _PROPERTY).fullmatch(line)
        if not found or (last and number > last + 1):
            break
        values[fold(found[1]).replace(" ", "_")] = _unquoted(found[2])
        last = number
    named = {FIELDS.get(name) for name in values} - {None, "title"}
    return (values, last) if len(named) > 1 else None


def _listed(value: str) -> list[str] | None:
    """The members of a list in brackets, as JSON or without quotes; None if it is none."""
    if not value.startswith("[") or not value.endswith("]") or value.startswith("[["):
        return None
    try:
        return [str(member) for member in json.loads(value)]
    except (ValueError, RecursionError):
        return [name for part in value[1:-1].split(",") if (name := part.strip(" \"'"))]


def _unquoted(value: str) -> str:
    value = value.strip()
    quoted = len(value) > 1 and value[0] == value[-1] and value[0] in "\"'"
    return _WIKI_LINK.sub(lambda link: link[2] or link[1], value[1:-1] if quoted else value)


def note(lines: Sequence[tuple[int, str]]) -> Mention | None:
    """The paper of a note file, if its front matter has a title and says more of a paper."""
    front = _front_matter(lines)
    if not front or not front[0].get("title"):
        return None
    values, end = front
    if _PAPER_KEYS.isdisjoint(map(FIELDS.get, values)):
        return None
    fields, extra = _known(values)
    body = [line for n, line in lines if n > end]
    for name in ("abstract", "note"):
        if name not in fields and (named := _part(body, name)):
            by_fact(fields)[name] = named
    return Mention(fields, extra, True)


def _known(values: Object) -> tuple[Raw, Object]:
    """Facts by the keys of front matter, and what has other keys; without the topics of paperctl's own notes,
    which the rules give anew."""
    fields: Raw = {}
    extra: Object = {}
    for name, value in values.items():
        known = FIELDS.get(name)
        if known and value and known not in fields:
            by_fact(fields)[known] = people(value) if known == "authors" and isinstance(value, str) else value
        elif value:
            extra[name] = value
    if "paperctl" in extra and isinstance(tags := fields.get("keywords"), list):
        fields["keywords"] = [tag for tag in tags if not tag.startswith("topic/")]
    return fields, extra


def _part(lines: Sequence[str], name: str) -> str:
    """What stands below a heading or in a callout of this name."""
    kept: list[str] = []
    inside = False
    for line in lines:
        bare = line.strip()
        if heading := re.match(r"#{1,6}\s+(.*)|>\s*\[!(\w+)\]", bare):
            inside = fold(heading[1] or heading[2]) == name
        elif bare.startswith("<!--"):
            inside = False
        elif inside and bare:
            kept.append(bare.lstrip("> "))
    return unescaped(" ".join(kept))


_NOTE_NAME = re.compile(r"<!-- \S.*\.md -->")


def notes_in(lines: Sequence[tuple[int, str]]) -> list[Sequence[tuple[int, str]]]:
    """The notes of a file that holds several, each below a comment with its name; else none."""
    starts = [n for n, (_, line) in enumerate(lines) if _NOTE_NAME.fullmatch(line.strip())]
    if not starts or any(line.strip() for _, line in lines[: starts[0]]):
        return []
    return [lines[a:b] for a, b in pairwise([*starts, len(lines)])]
