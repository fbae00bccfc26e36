"""Crossref works and CSL-JSON (Zotero, citeproc, doi.org content negotiation).

https://api.crossref.org/swagger-ui, https://docs.citationstyles.org/en/stable/specification.html
"""

from __future__ import annotations

from paperctl.readers._json.generic import opened
from paperctl.readers._json.layout import Layout
from paperctl.record.items import Entry, Object

FITS = (
    {"title", "issued"},
    {"title", "container-title"},
    {"DOI", "title", "type"},
    {"title", "citation-key"},
)
_BULK = "reference indexed deposited content-domain assertion link relation license score"
_TAKEN = """title subtitle abstract author authors DOI URL container-title keyword id categories citation-key
    resource"""
_DATES = (
    "issued",
    "published",
    "published-print",
    "published-online",
    "original-date",
    "created",
    "event-date",
)


def entry(obj: Object, lines: tuple[int, int]) -> Entry | None:
    title = _title(obj)
    if not isinstance(title, str):
        return None
    found = _LAYOUT.entry(obj, lines)
    found.fields = {"title": title, **found.fields} if title else found.fields
    if dated := next((obj[name] for name in _DATES if _date_parts(obj.get(name))), None):
        found.fields["year"] = dated
    if not obj.get("keyword"):  # else the subjects, of the journal, are something more
        found.extra.pop("subject", None)
    found.extra = {name: opened(value) for name, value in found.extra.items()}
    if isinstance(obj.get("abstract"), str) and "<" in obj["abstract"]:
        found.markup = "html"
    return found if found.fields else None


def _container(obj: Object) -> object:
    """What a work appeared in, where several titles are given: the book and not its series, the whole name
    of a journal and not its short one."""
    titles = obj.get("container-title")
    if not isinstance(titles, list) or len(titles) < 2 or not all(isinstance(t, str) for t in titles):
        return opened(titles)
    if "chapter" in str(obj.get("type")) or "proceedings" in str(obj.get("type")):
        return titles[-1]
    short = obj.get("short-container-title")
    full = [t for t in titles if not isinstance(short, list) or t not in short] or titles
    return max(full, key=len)


def _title(obj: Object) -> object:
    """The title with its subtitle; no text where the object has none."""
    title, subtitle = opened(_own_title(obj)), opened(obj.get("subtitle"))
    if isinstance(title, list):
        title = next((t for t in title if isinstance(t, str) and t), "")
    if isinstance(title, str) and isinstance(subtitle, str) and subtitle.lower() not in title.lower():
        return f"{title}: {subtitle}"
    return title


def _own_title(obj: Object) -> object:
    """The title in the language of the record, where the original one stands next to it."""
    titles, original = obj.get("title"), obj.get("original-title")
    if isinstance(titles, list) and len(titles) > 1 and isinstance(original, list):
        return next((title for title in titles if title not in original), titles[0])
    return titles


def _date_parts(value: object) -> list[object]:
    """[year, month, day] of a CSL date: date-parts, `raw`, `literal` or `year`."""
    if isinstance(value, str | int):
        return [value]
    if not isinstance(value, dict):
        return []
    parts = value.get("date-parts")
    if isinstance(parts, list) and parts and isinstance(parts[0], list):
        return [p for p in parts[0] if isinstance(p, str | int) and p]
    stated = value.get("year") or value.get("raw") or value.get("literal") or value.get("date-time")
    return [stated] if isinstance(stated, str | int) else []


_LAYOUT = Layout(
    fields={
        "abstract": "abstract",
        "authors": "author authors editor",
        "doi": "DOI",
        "url": "URL resource.primary.URL",
        "venue": (_container, lambda obj: opened(obj.get("event-title")), "journal", "event.name"),
        "keywords": "keyword subject categories",
    },
    key="citation-key id DOI",
    without=frozenset((*_TAKEN.split(), *_DATES, *_BULK.split())),
    names={"issue": "number", "page": "pages", "ISSN": "issn", "ISBN": "isbn", "PMID": "pmid"},
)
