"""Feeds: Atom (the arXiv API's too), RSS 2.0 and 1.0 (arXiv's announcements, journals'), and OAI-PMH answers
(arXiv, arXivRaw, Dublin Core)."""

from __future__ import annotations

import html
import re
from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING

from paperctl.dumps.dump import Dump
from paperctl.readers import Sniff
from paperctl.readers._arxiv import journal_reference, names_in, withdrawn, year_of_id
from paperctl.readers._values import stated
from paperctl.readers._xml import items
from paperctl.record.items import About, Entry, Fault, Item, Markup, Object, Raw, Skip
from paperctl.text.patterns import ARXIV
from paperctl.text.references import joined_halves

if TYPE_CHECKING:
    from lxml.etree import _Element

NAME = "feed"
ABOUT = "Atom, RSS and OAI-PMH feeds (arXiv API and announcements, journals, repositories)"

_ROOT = re.compile(r"<(?!\?|!)(?:\w+:)?([\w.-]+)([^>]*)>")
_ROOTS = {
    "feed": "Atom",
    "rss": "RSS",
    "RDF": "RSS 1.0",
    "OAI-PMH": "OAI-PMH",
    "ListRecords": "OAI-PMH",
    "GetRecord": "OAI-PMH",
    "record": "OAI-PMH",
    "metadata": "OAI-PMH",
    "dc": "Dublin Core",
}
_OAI_RECORD = re.compile(
    r"<(?:\w+:)?(?:identifier>oai:|metadata[\s>]|(?:oai_dc:)?dc[\s>]|arXiv(?:Raw)?[\s>])"
)
_ANNOUNCED = re.compile(
    r"\s*(?:arXiv:(\S+)\s+)?Announce Type:\s*([\w-]+)\s*(?:\n|\s)\s*Abstract:\s*", re.IGNORECASE
)
_RSS_TITLE = re.compile(r"\s*\(arXiv:(\S+)\s+\[[^\]]*\](?:\s+UPDATED)?\)\s*$")
_ARXIV = re.compile(rf"arxiv(?:\.org/(?:abs|pdf)/|(?:\.org)?:)({ARXIV}(?:v\d+)?)", re.IGNORECASE)
_ENTRY = re.compile(r"<(?:\w+:)?(?:entry|item|record)[\s>]")
_FEED_TITLE = re.compile(r"<(?:\w+:)?title[^>]*>([^<]+)</")


_SIGNS = {
    "Atom": re.compile(r"www\.w3\.org/2005/Atom|<entry"),
    "RSS": re.compile("<item|<channel"),
    "RSS 1.0": re.compile(r"purl\.org/rss"),
    "Dublin Core": re.compile(r"purl\.org/dc/elements"),
}
"""What stands in a feed of each kind next to its first element, whose name others have too."""


def sniff(dump: Dump) -> Sniff | None:
    head = dump.head
    if "<" not in head[:200]:
        return None
    while (start := head.find("<!--")) >= 0 and (end := head.find("-->", start)) >= 0:
        head = head[:start] + head[end + 3 :]
    root = _ROOT.search(head)
    if not root or root[1] not in _ROOTS:
        return None
    kind = _ROOTS[root[1]]
    sign = _OAI_RECORD if root[1] in {"record", "metadata"} else _SIGNS.get(kind)
    if sign and not sign.search(head):
        return None
    source = " of arXiv" if "arxiv.org" in head[:3000].lower() else ""
    return Sniff(0.95, f"<{root[1]}>: {kind}{source}")


def read(dump: Dump) -> Iterator[Item]:
    frame = dump.head[: found.start()] if (found := _ENTRY.search(dump.head)) else dump.head
    if "<feed" in frame and (title := _FEED_TITLE.search(frame)):
        yield About({"feed": " ".join(html.unescape(joined_halves(title[1])).split())})
    tags = ("entry", "item", "record") if _ENTRY.search(dump.head) else ("metadata", "dc")
    read = items(dump, tags, _item)
    first, second = next(read, None), next(read, None)
    if isinstance(first, Skip) and second is None:
        yield Fault(first.lines, "no entries in this feed: was the query empty?")
    else:
        yield from (item for item in (first, second) if item)
        yield from read


def _name(element: _Element) -> str:
    return element.tag.rpartition("}")[2] if isinstance(element.tag, str) else ""


def _children(element: _Element, *names: str) -> Iterator[_Element]:
    return (child for child in element.iter() if child is not element and _name(child) in names)


def _whole(element: _Element) -> str:
    return "".join(map(str, element.itertext())).strip()


def _text(element: _Element, *names: str) -> str:
    """The text of the first descendant with one of these names that has any."""
    for name in names:
        for child in _children(element, name):
            if found := _whole(child):
                return found
    return ""


def _texts(element: _Element, *names: str) -> list[str]:
    return [t for child in _children(element, *names) if (t := _whole(child))]


def _extra(element: _Element, names: Mapping[str, str]) -> Object:
    """The texts of elements with these names, under the names that they have in a record."""
    return {ours: found for name, ours in names.items() if (found := _text(element, name))}


def _item(element: _Element, where: tuple[int, int]) -> Item:
    match _name(element):
        case "entry":
            return _atom(element, where)
        case "item":
            return _rss(element, where)
        case _:
            return _oai(element, where)


_ATOM = {"published": "date", "updated": "updated", "comment": "comments"}


def _atom(element: _Element, where: tuple[int, int]) -> Item:
    own, title = _text(element, "id"), _text(element, "title")
    if _says_error(own, title):
        details = _text(element, "summary")[:200]
        return Fault(where, f"the arXiv API answered with an error: {details}; query again")
    page = _atom_page(element)
    fields: Raw = {
        "title": title,
        "abstract": _text(element, "summary", "content", "description"),
        "authors": [_text(a, "name") or _whole(a) for a in _children(element, "author", "creator")],
        "year": _text(element, "published", "date", "updated"),
        "doi": _text(element, "doi", "identifier"),
        "arxiv_id": _arxiv(own) or _arxiv(page),
        "url": page or (own if own.startswith("http") else ""),
        "venue": _text(element, "journal_ref", "publicationName"),
    }
    extra: Object = {}
    terms = [(c.get("term") or "", c.get("label") or "") for c in _children(element, "category")]
    if fields["arxiv_id"]:
        extra["categories"] = " ".join(term for term, _ in terms if term)
    else:
        fields["keywords"] = [label or term for term, label in terms]
    return _entry(fields, where, own, extra | _extra(element, _ATOM))


def _says_error(own: str, title: str) -> bool:
    """The arXiv API says errors as entries (info.arxiv.org/help/api/user-manual.html#34-errors)."""
    return "/api/errors" in own or (title == "Error" and "arxiv" in own)


def _atom_page(element: _Element) -> str:
    """The page of an entry: its link without a title, else any that leads to the entry itself."""
    links = [
        (a.get("title") or "", a.get("href") or "")
        for a in _children(element, "link")
        if (a.get("rel") or "alternate") == "alternate"
    ]
    pages = dict(links)
    return pages.get("") or next(iter(pages.values()), "")


_RSS = {"volume": "volume", "number": "number", "startingPage": "pages", "pubDate": "date"}
_ABOUT = "{http://www.w3.org/1999/02/22-rdf-syntax-ns#}about"


def _rss(element: _Element, where: tuple[int, int]) -> Item:
    title, summary = _text(element, "title"), _text(element, "encoded", "abstract", "description")
    page, guid = _text(element, "link", "guid"), _text(element, "guid")
    extra: Object = {}
    arxiv = _arxiv(page) or _arxiv(guid)
    if announced := _ANNOUNCED.match(summary):
        summary = summary[announced.end() :]
        extra["announce_type"] = announced[2]
    if old := _RSS_TITLE.search(title):
        title, arxiv = title[: old.start()].rstrip(" ."), arxiv or old[1]
    names = [re.sub(r"<[^>]+>", "", n) for n in _texts(element, "creator", "author") if "@" not in n]
    fields: Raw = {
        "title": title,
        "abstract": summary,
        "authors": names[0] if len(names) == 1 else names,
        "year": _text(element, "publicationDate", "coverDate", "pubDate", "date"),
        "doi": _text(element, "doi", "DOI", "identifier"),
        "arxiv_id": arxiv,
        "url": page,
        "venue": _text(element, "publicationName", "journal_reference", "source"),
    }
    subjects = _texts(element, "category", "subject")
    if arxiv:
        extra["categories"] = " ".join(subjects)
    else:
        fields["keywords"] = subjects
    return _entry(fields, where, element.get(_ABOUT) or guid or page, extra | _extra(element, _RSS))


_OAI = {
    **{name: name for name in ("categories", "comments", "license", "publisher", "type")},
    "created": "date",
    "updated": "updated",
    "report-no": "report-no",
}


def _oai(element: _Element, where: tuple[int, int]) -> Item:
    header = next(_children(element, "header"), None)
    if header is not None and header.get("status") == "deleted":
        return Skip(where, "a deleted record")
    own = _text(header, "identifier") if header is not None else ""
    metadata = next(_children(element, "metadata"), element)
    identifiers = _texts(metadata, "identifier")
    fields: Raw = {
        "title": _text(metadata, "title"),
        "abstract": _text(metadata, "abstract", "description"),
        "authors": _oai_people(metadata) or _texts(metadata, "creator") or _text(metadata, "authors"),
        "year": _text(metadata, "created", "date", "datestamp"),
        "doi": _text(metadata, "doi")
        or next((i for i in identifiers if "10." in i and "arxiv.org/" not in i), ""),
        "arxiv_id": _arxiv(own) or (_text(metadata, "id") if _text(metadata, "categories") else ""),
        "url": _page_of(identifiers),
        "venue": _text(metadata, "journal-ref", "source"),
        "keywords": _texts(metadata, "subject"),
    }
    return _entry(fields, where, own, _extra(metadata, _OAI))


def _oai_people(metadata: _Element) -> list[object]:
    people: list[object] = []
    for person in _children(metadata, "author"):
        family, given = _text(person, "keyname"), _text(person, "forenames")
        if given:
            people.append({"family": family, "given": given, "suffix": _text(person, "suffix")})
        else:
            people.append(family or _text(person, "name"))
    return people


def _page_of(identifiers: list[str]) -> str:
    """The link among identifiers; a DOI's only where there is no other."""
    links = [i for i in identifiers if i.startswith("http")]
    return next((i for i in links if "doi.org" not in i), "".join(links[:1]))


def _entry(fields: Raw, where: tuple[int, int], key: str, extra: Object) -> Item:
    if not fields["title"] and not fields["abstract"]:
        return Fault(where, "an entry without a title; add its <title>, or delete it")
    if fields["arxiv_id"]:
        _settle_arxiv(fields, extra)
    markup: Markup = "tex" if fields["arxiv_id"] else "html"  # arXiv writes its metadata in TeX
    extra = {name: value for name, value in extra.items() if value}
    return Entry(stated(**fields), where, key or None, extra, markup)


def _settle_arxiv(fields: Raw, extra: Object) -> None:
    """The year of the id and not of an announcement; a reference to a journal in its parts."""
    if isinstance(fields["authors"], str):
        fields["authors"] = names_in(fields["authors"])
    fields["year"] = year_of_id(fields["arxiv_id"]) or fields["year"]
    if fields["venue"]:
        extra["journal-ref"] = fields["venue"]
        fields["venue"], details = journal_reference(fields["venue"])
        extra |= details
    if withdrawn(extra.get("comments"), fields["abstract"]):
        extra["withdrawn"] = True


def _arxiv(text: str) -> str:
    found = _ARXIV.search(text)
    return found[1] if found else ""
