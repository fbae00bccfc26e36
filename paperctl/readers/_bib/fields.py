"""What the fields of a BibTeX entry mean: the facts of a paper, and what entries inherit."""

from __future__ import annotations

import re
from collections.abc import Mapping

from paperctl.record.items import Entry, Object, Raw, by_fact
from paperctl.text.patterns import ARXIV

_VENUES = ("journal", "journaltitle", "booktitle", "eventtitle")
_ARXIV_ID = re.compile(rf"(?:arxiv:)?\s*({ARXIV}(?:v\d+)?)$", re.I)
_CODE = {"code", "code_url", "codeurl", "github", "repository", "repo", "software_url"}
_NAME_PARTS = re.compile(r"(family|given|prefix|suffix)\s*=\s*", re.I)

# What a child never takes from its parent: names of the parent itself, links to it, and what
# describes the whole volume and not the chapter (biblatex manual, appendix B, and more: a DOI
# taken over would make all chapters of a book one paper).
_OWN = frozenset(
    re.findall(
        r"\w+",
        "title shorttitle subtitle titleaddon sorttitle indextitle ids crossref xref entryset entrysubtype "
        "execute label options presort related relatedoptions relatedstring relatedtype shorthand "
        "shorthandintro sortkey doi url eprint eprinttype archiveprefix primaryclass abstract keywords file "
        "note annotation pages pagetotal timestamp owner",
    )
)
_CHAPTERS = {"inbook", "incollection", "inproceedings", "conference", "inreference", "bookinbook"}
_VOLUMES = {"proceedings", "book", "collection", "periodical", "reference", "mvbook", "mvcollection"}
_ARTICLES = {"article", "review", "suppperiodical"}


def inherit(
    kind: str, fields: dict[str, str], parents: Mapping[str, tuple[str, dict[str, str]]]
) -> dict[str, str]:
    """`fields` with those that `crossref` and `xdata` fill in; an entry's own fields stand."""
    return _inherit(kind, fields, parents, frozenset())


def _inherit(
    kind: str,
    fields: dict[str, str],
    parents: Mapping[str, tuple[str, dict[str, str]]],
    seen: frozenset[str],
) -> dict[str, str]:
    result = dict(fields)
    for link in ("xdata", "crossref"):
        for key in fields.get(link, "").lower().split(","):
            key = key.strip()
            if key in seen or key not in parents:
                continue
            parent_kind, own = parents[key]
            theirs = _inherit(parent_kind, own, parents, seen | {key})
            if link == "crossref":
                theirs = _inherited(kind, theirs)
            for name, value in theirs.items():
                if name not in {"xdata", "ids"}:
                    result.setdefault(name, value)
    return result


def _inherited(kind: str, parent: Mapping[str, str]) -> dict[str, str]:
    fields = {name: value for name, value in parent.items() if name not in _OWN}
    name = "booktitle" if kind in _CHAPTERS else "journaltitle" if kind in _ARTICLES else None
    if name and "title" in parent:
        fields.setdefault(name, parent["title"])
    return fields


def entry_of(kind: str, key: str | None, named: dict[str, str], lines: tuple[int, int]) -> Entry:
    """The entry that a BibTeX type, key and fields (names in lower case) make."""
    rest = {name: value for name, value in named.items() if value}
    fields: Raw = {}
    for fact, names in (
        ("title", ("title",)),
        ("abstract", ("abstract",)),
        ("doi", ("doi",)),
        ("url", ("url",)),
    ):
        _take(fields, fact, rest, names)
    if '""' in fields.get("title", ""):  # quotation marks as a table doubles them
        fields["title"] = re.sub(r'""([^"]+)""', r'"\1"', fields["title"])
    if "title" in fields and "subtitle" in rest:
        fields["title"] = f"{fields['title']}: {rest.pop('subtitle')}"
    _take(fields, "title", rest, ("booktitle", "maintitle") if kind in _VOLUMES else ())
    _take(fields, "venue", rest, _VENUES)
    _take(fields, "year", rest, ("year", "date"))
    _take(fields, "keywords", rest, ("keywords", "keyword", "author_keywords"))
    if "author" in rest:
        fields["authors"] = _plain_names(rest.pop("author"))
    if arxiv := _arxiv(rest):
        fields["arxiv_id"] = arxiv
    code = [rest.pop(name) for name in sorted(_CODE & rest.keys()) if rest[name].startswith("http")]
    if code:
        fields["code_urls"] = code
    extra: Object = {"type": kind}
    for name, value in rest.items():
        extra["subtype" if name == "type" else name] = value
    return Entry(fields, lines, key, extra, "tex")


def _take(fields: Raw, fact: str, rest: dict[str, str], names: tuple[str, ...]) -> None:
    for name in names:
        if fact not in fields and name in rest:
            by_fact(fields)[fact] = rest.pop(name)


def _arxiv(rest: dict[str, str]) -> str | None:
    """The arXiv id, from `eprint` and similar fields, or from DBLP's `volume = {abs/…}`."""
    for name in ("arxivid", "arxiv_id", "arxiv", "eprint"):
        value = rest.get(name, "")
        kind = (rest.get("archiveprefix") or rest.get("eprinttype") or "arxiv").lower()
        if value and kind == "arxiv" and (found := _ARXIV_ID.match(value.strip())):
            del rest[name]
            rest.pop("archiveprefix", None)
            rest.pop("eprinttype", None)
            return found[1]
    volume = rest.get("volume", "")
    if volume.startswith("abs/") and (found := _ARXIV_ID.match(volume[4:])):
        return found[1]
    return None


def _plain_names(text: str) -> str:
    """biblatex's `family=Duchamp, given=Philippe` as "Duchamp, Philippe"."""
    if not _NAME_PARTS.search(text):
        return text
    names = []
    for name in re.split(r"\s+and\s+", text):
        parts = {
            part.split("=", 1)[0].strip().lower(): part.split("=", 1)[1].strip(' {}"')
            for part in name.split(",")
            if _NAME_PARTS.match(part.strip())
        }
        family = " ".join(parts[p] for p in ("prefix", "family", "suffix") if p in parts)
        names.append(", ".join(p for p in (family, parts.get("given", "")) if p) if family else name)
    return " and ".join(names)
