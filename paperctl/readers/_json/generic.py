"""Objects of any keys: the key's name, in whatever spelling, tells the field.

The first name that has a value wins, the others stay in `extra` under their own names.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Any, NamedTuple

from paperctl.readers._names import EXTRA_OF, facts, spelled
from paperctl.readers._values import BLANKS, EMPTY
from paperctl.record.items import Entry, Object, Raw, Skip, by_fact
from paperctl.text.patterns import ARXIV, DOI_PREFIX

_FACT_OF = facts(
    title="name displayname headline heading",
    abstract="description tldr",
    authors="contributors writers",
    venue="event series",
    keywords="topics fieldsofstudy concepts",
)
_DATES = (
    *("publicationdate", "published", "publisheddate", "publishedat", "datepublished", "date", "pubdate"),
    *("publishdate", "issued", "firstpublicationdate", "onlinedate", "submitteddate", "submissiondate"),
    *("createdat", "created"),
)
_KEYS = (
    *("id", "key", "citationkey", "citekey", "bibkey", "paperid", "forum", "recordid", "uid", "entrykey"),
    *("identifier", "uuid"),
)
_WRAPPERS = (
    *("paper", "data", "attributes", "info", "node", "document", "item", "work", "record", "article"),
    *("metadata", "content", "source", "fields"),
)
_NOT_TITLES = re.compile(
    r"book|journal|container|conference|proceeding|source|short|sub|session|job|series|id$|url$"
)

_NO_VENUE = re.compile(
    r"://|\.(?:com|org|net|json|csv|bib)\b|^\W*(?:scopus|pub ?med|medline|embase|web of science|wos|arxiv"
    r"|crossref|open ?alex|semantic ?scholar|google ?scholar|dblp|lens|openreview|api|manual|web|unknown|s2"
    r"|mag|ieee ?xplore|acm)\W*$",
    re.IGNORECASE,
)
"""Sources that are databases, files or sites, not where a paper appeared."""
ARXIV_KEY = re.compile(
    r"(?:https?://(?:\w+\.)?arxiv\.org/(?:abs|pdf)/|arxiv:)?"
    rf"({ARXIV}(?:v\d+)?)",
    re.IGNORECASE,
)
_DOI_KEY = re.compile(rf"(?:https?://(?:dx\.)?doi\.org/|doi:)?({DOI_PREFIX}\S+)", re.IGNORECASE)


class _Plan(NamedTuple):
    """For one set of keys: the candidates of each field, the best first, and what the rest is called."""

    fields: tuple[tuple[str, tuple[str, ...]], ...]
    dates: tuple[str, ...]
    keys: tuple[str, ...]
    rest: tuple[tuple[str, str], ...]
    wrappers: tuple[str, ...]
    weak: bool  # no key says "title", only "name" or the like


@lru_cache(maxsize=1024)
def _plan(keys: tuple[str, ...]) -> _Plan:
    found: dict[str, list[tuple[int, str]]] = {fact: [] for fact, _ in _FACT_OF.values()}
    found |= {_DATE: [], _KEY: [], _WRAPPER: []}
    rest: list[tuple[str, str]] = []
    taken = set(keys)
    for key in keys:
        name = spelled(key)
        role, rank = _role(name)
        if role:
            found[role].append((rank, key))
        if role == _WRAPPER:
            rest.append((key, key))
        elif not role:
            common = EXTRA_OF.get(name, key)
            rest.append((key, key if common in taken else common))
            taken.add(common)
    ranked = {role: tuple(key for _, key in sorted(several)) for role, several in found.items()}
    dates, ids, wrappers = (ranked.pop(role) for role in (_DATE, _KEY, _WRAPPER))
    return _Plan(
        tuple((fact, several) for fact, several in ranked.items() if several),
        dates,
        ids,
        tuple(rest),
        wrappers,
        not any("title" in spelled(key) or spelled(key) == "ti" for key in ranked["title"]),
    )


_DATE, _KEY, _WRAPPER = "a date", "an id", "a wrapper"


def _role(name: str) -> tuple[str, int]:
    """What a key of this spelling holds, a fact or one of the three above, and its rank among the names of
    that; "" for anything else."""
    if name in _FACT_OF:
        return _FACT_OF[name]
    for role, names in ((_DATE, _DATES), (_KEY, _KEYS)):
        if name in names:
            return role, names.index(name)
    if "title" in name and not _NOT_TITLES.search(name):
        return "title", 90
    if "abstract" in name and not name.endswith(("url", "link", "id", "index")):
        return "abstract", 90
    return (_WRAPPER, _WRAPPERS.index(name)) if name in _WRAPPERS else ("", 0)


def entry(obj: Object, lines: tuple[int, int]) -> Entry | Skip | None:
    """The entry of an object with a title, abstract or identifier under any name; else None."""
    return _entry(obj, lines, 0)


def _entry(obj: Object, lines: tuple[int, int], depth: int) -> Entry | Skip | None:
    plan = _plan(tuple(obj))
    fields: Raw = {}
    extra: Object = {}
    for name, candidates in plan.fields:
        for key in candidates:
            value = obj[key]
            if _says_nothing(name, value):
                continue
            if name not in fields:
                by_fact(fields)[name] = value
            else:
                extra[key] = value
    if "title" not in fields and depth < 3:
        for key in plan.wrappers:
            if isinstance(inner := obj[key], dict) and inner:
                return _unwrapped(obj, key, inner, lines, depth)
    _add_rest(obj, plan, extra, dated="year" in fields)
    own = _own_key(obj, plan.keys, extra)
    if own is not None:
        _identify(own, fields)
    _settle(fields, extra)
    if not any(map(fields.get, _TELLING)):
        return None
    if plan.weak and fields.keys() <= {"title", "url", "keywords", "has_code"}:
        return None  # anything may have a name
    return Entry(fields, lines, own, extra)


def _says_nothing(fact: str, value: object) -> bool:
    """Whether a value is empty, or what a data frame writes for nothing; a title is one whatever it says."""
    return value in EMPTY or (value.__class__ is str and value in BLANKS and fact != "title")


_TELLING = ("title", "abstract", "doi", "arxiv_id")
"""Facts without one of which an object is no paper."""


def _add_rest(obj: Object, plan: _Plan, extra: Object, *, dated: bool) -> None:
    """Dates and what is no fact; the first date is the date where no year is stated."""
    for key in plan.dates:
        if obj[key]:
            extra[key if dated or "date" in extra else "date"] = obj[key]
    for key, name in plan.rest:
        if (value := obj[key]) not in EMPTY:
            extra[name] = value


def _own_key(obj: Object, keys: tuple[str, ...], extra: Object) -> str | None:
    """The object's own id, the first of these keys' values that can be one; the others stay extras."""
    own: str | None = None
    for key in keys:
        value = obj[key]
        if value is None or value == "":
            continue
        if own is None and isinstance(value, str | int) and not isinstance(value, bool):
            own = value if isinstance(value, str) else identifier(value)
        else:
            extra[key] = value
    return own


def _identify(own: str, fields: Raw) -> None:
    """An id that is an arXiv id or a DOI says so."""
    if "arxiv_id" not in fields and (found := ARXIV_KEY.fullmatch(own)):
        fields["arxiv_id"] = found[1]
    elif "doi" not in fields and own[:4] in ("10.1", "http", "doi:") and _DOI_KEY.fullmatch(own):
        fields["doi"] = own


def complete(found: Entry) -> Entry:
    """An entry of a known shape with the facts it lacks taken from extras whose names show them."""
    for name, candidates in _plan(tuple(found.extra)).fields:
        if name != "title" and not found.fields.get(name):
            by_fact(found.fields)[name] = found.extra.pop(candidates[0])
    _settle(found.fields, found.extra)
    return found


def _settle(fields: Raw, extra: Object) -> None:
    """Values that are of another kind than their key's name says."""
    code = fields.get("code_urls")
    if code is not None and not isinstance(code, list | dict):
        if isinstance(code, bool):
            fields["has_code"] = code or fields.get("has_code", False)
            del fields["code_urls"]
        elif not (isinstance(code, str) and "/" in code):
            extra["code"] = fields.pop("code_urls")
    venue = fields.get("venue")
    if isinstance(venue, dict):
        for name in ("volume", "pages", "number", "publisher"):
            if venue.get(name):
                extra.setdefault(name, venue[name])
    source = extra.get("source")
    if "venue" not in fields and isinstance(source, str) and source.strip() and not _NO_VENUE.search(source):
        fields["venue"] = extra.pop("source")  # Publish or Perish and search results call it so
    title = fields.get("title")
    if isinstance(title, dict | list):
        fields["title"] = opened(title)


def _unwrapped(
    obj: Object, key: str, inner: Object, lines: tuple[int, int], depth: int
) -> Entry | Skip | None:
    """The entry inside an envelope; the envelope's own plain values stay as extras."""
    found = _entry({name: opened(value) for name, value in inner.items()}, lines, depth + 1)
    if isinstance(found, Entry):
        for name, value in obj.items():
            if name == key or value in EMPTY:
                continue
            if spelled(name) in _KEYS and isinstance(value, str | int):
                found.key = found.key or str(value)
            else:
                found.extra.setdefault(name, value)
    return found


def opened(value: object) -> Any:
    """A value out of the wrappers that APIs put around it: {"value": …}, [one]."""
    for _ in range(4):
        if isinstance(value, dict) and "value" in value:
            value = value["value"]
        elif isinstance(value, list) and len(value) == 1 and not isinstance(value[0], list):
            value = value[0]
        else:
            break
    return value


def identifier(number: int) -> str:
    """A number as an id; one too long to print is named by its size."""
    return str(number) if number.bit_length() < 10_000 else f"({number.bit_length()} bits)"


def names_a_title(obj: Object) -> bool:
    """Whether one of the keys is a title's name, be its value empty."""
    return not _plan(tuple(obj)).weak


def shown(text: str) -> str:
    """A dump's text fit for a message."""
    return "".join(c if c.isprintable() else "?" for c in text)[:120]
