r"""BibTeX, for LaTeX and reference managers, in UTF-8.

Text is escaped so that LaTeX prints it as it stands; `$…$` stays mathematics; braces keep the
capitals of acronyms from styles that write titles small. Fields that only the dump knew go out under
their own names.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from typing import Any

from paperctl.exports import Request
from paperctl.exports import _paper as about
from paperctl.exports._columns import checked
from paperctl.exports._kinds import Kind, is_known, kind
from paperctl.exports._places import PLACES, left_over, own_fields
from paperctl.exports._tex import balanced, escaped, verbatim
from paperctl.record import Record, as_record, by_name
from paperctl.record.marks import line_of, tags_of
from paperctl.record.names import BODIES, INCOMPLETE, Name, authors_in_parts, is_incomplete
from paperctl.record.sources import entries
from paperctl.record.values import value as value_of

NAME = "bibtex"
ABOUT = "BibTeX, with stable cite keys"
SUFFIX = ".bib"
CITES = True

_TYPES: dict[Kind, str] = {
    "article": "article",
    "conference": "inproceedings",
    "preprint": "misc",
    "book": "book",
    "chapter": "incollection",
    "thesis": "phdthesis",
    "report": "techreport",
    "web": "online",
    "data": "misc",
    "other": "misc",
}
# The standard styles' types and biblatex's; a library's own further ones stay, but for words that open
# no entry.
_OWN_TYPES = frozenset(
    (
        *("article", "book", "booklet", "collection", "conference", "dataset", "inbook", "incollection"),
        *("inproceedings", "inreference", "manual", "mastersthesis", "misc", "mvbook", "online", "patent"),
        *("periodical", "phdthesis", "proceedings", "reference", "report", "review", "software", "suppbook"),
        *("suppperiodical", "techreport", "thesis", "unpublished"),
    )
)
_BLOCKS = frozenset(("comment", "string", "preamble"))
_JOURNALS = frozenset(("article", "review", "suppperiodical", "periodical", "misc"))
_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_NOT_EXTRA = frozenset(
    ("title", "author", "year", "doi", "url", "keywords", "abstract", "code", "type", INCOMPLETE, BODIES)
)
# Fields of the standard styles and biblatex, and those that many libraries have. What dumps of other formats
# call otherwise (`own = {NLM}`) is no field of a bibliography.
_FIELDS_OF_BIBTEX = frozenset(
    (
        *("addendum", "address", "afterword", "annotator", "bookauthor", "bookpagination", "booksubtitle"),
        *("booktitle", "booktitleaddon", "chapter", "commentator", "crossref", "date", "day", "edition"),
        *("editor", "editora", "editortype", "eid", "entrysubtype", "eprint", "eprintclass", "eprinttype"),
        *("eventdate", "eventtitle", "file", "foreword", "gender", "holder", "howpublished", "institution"),
        *("introduction", "isan", "isbn", "ismn", "isrn", "issn", "issue", "issuetitle", "iswc", "journal"),
        *("journaltitle", "langid", "language", "library", "location", "mainsubtitle", "maintitle", "month"),
        *("note", "number", "organization", "origdate", "origlanguage", "origtitle", "pages", "pagetotal"),
        *(
            "pagination",
            "part",
            "place",
            "pmcid",
            "pmid",
            "primaryclass",
            "publisher",
            "pubstate",
            "reprinttitle",
        ),
        *(
            "school",
            "series",
            "shortjournal",
            "shorttitle",
            "subtitle",
            "subtype",
            "titleaddon",
            "translator",
        ),
        *("urldate", "venue", "version", "volume", "volumes"),
    )
)
_VERBATIM = frozenset(("eprint", "file", "howpublished", "verba", "verbb", "verbc"))
_SIGNS_OF_DATES = frozenset("0123456789-/.?~%")
"""A date of these has no sign of TeX: biblatex reads `2015~` as about 2015."""


def render(records: Iterable[Record], request: Request) -> Iterator[str]:
    """One entry for each paper. People's marks of it are its `annote`."""
    for record in records:
        if request.fields is not None:
            record = _only(record, checked(request.fields))
        yield _entry(record, about.cite_key(record), whole=request.fields is None)


def left(record: Record) -> Iterator[str]:
    """What is no field of a bibliography; `--fields` writes it all the same."""
    written = _of_bibtex(record, own_fields(record))
    return left_over(
        record,
        PLACES,
        lambda name, value: name in ("type", "year") or (name in written and _extra_text(value) is not None),
    )


def _only(record: Record, fields: Sequence[str]) -> Record:
    """A paper that knows only these fields, its key and its type."""
    extra = record["extra"] if "extra" in fields else {}
    asked = {
        name[6:]: held
        for name in fields
        if name[:6] == "extra." and (held := value_of(by_name(record), name))
    }
    typed = {"type": record["extra"]["type"]} if "type" in record["extra"] else {}
    named = {
        name: held for name, held in by_name(record).items() if name in (*fields, "id", "citekey", "sources")
    }
    return as_record({**named, "extra": {**extra, **asked, **typed}})


def _entry(record: Record, key: str, *, whole: bool) -> str:
    kind_of_entry = _type(record)
    lines = [f"  {name} = {value}," for name, value in _fields(record, kind_of_entry, whole=whole)]
    return "\n".join([f"@{kind_of_entry}{{{key},", *lines, "}\n\n"])


def _type(record: Record) -> str:
    """The stated type if it is BibTeX's or a library's own, else the one for this kind of work."""
    stated = (record.get("extra") or {}).get("type")
    if isinstance(stated, str):
        in_a_library = any(source.get("format") == "bibtex" for source in record.get("sources") or ())
        its_own = in_a_library and re.fullmatch(r"[a-z][a-z0-9_-]*", stated) and not is_known(stated)
        if stated in _OWN_TYPES or (its_own and stated not in _BLOCKS):
            return stated
    return _TYPES[kind(record)]


def _fields(record: Record, kind_of_entry: str, *, whole: bool) -> Iterator[tuple[str, str]]:
    """Names and values, the latter in their braces."""
    extra = own_fields(record)
    values = _values(record, whole=whole)
    for key, name, text_of in _FIELDS:
        if values.get(key):
            text = text_of(values[key])
            if name == "author" and is_incomplete(record):
                text += " and others"
            yield name or _venue_field(kind_of_entry, extra), _braced(text)
    if days := about.days(record):
        yield "month", _MONTHS[days[0][1] - 1]
    if line := line_of(record):
        yield "annote", _braced(escaped(line))
    own = _of_bibtex(record, extra) if whole else extra
    yield from _extra_fields({name: held for name, held in own.items() if not line or name != "annote"})
    if whole:
        yield "paperctl_id", _braced(record["id"])


def _values(record: Record, *, whole: bool) -> dict[str, Any]:
    """A record's values by the keys of `_FIELDS`."""
    code = record.get("code_urls") or (["yes"] if record.get("has_code") else [])
    tagged = [*(record.get("keywords") or ()), *tags_of(record)]
    title = {"title": about.title(record)} if whole or "title" in record else {}
    made = {"authors": authors_in_parts(record), "year": about.year(record)}
    return {**record, **title, **made, "code": code, "keywords": tagged}


def _of_bibtex(record: Record, extra: Mapping[str, object]) -> dict[str, Any]:
    """The dumps' own fields that a bibliography has: BibTeX's, and any that came from a bibliography. A date
    is one of them where it says more than the year and is of it: biber takes it for the year."""
    library = any(source.get("format") == "bibtex" for source in record.get("sources") or ())
    parts = entries(record) if library else []
    own = {name for source, facts in parts if source.get("format") == "bibtex" for name in facts["extra"]}
    found = {n: v for n, v in extra.items() if n in own or n.lower() in _FIELDS_OF_BIBTEX}
    if "date" not in own and not about.days(record):
        found.pop("date", None)
    return found


def _keywords(words: Sequence[str]) -> str:
    joint = "; " if any(sign in word for word in words for sign in ",;|·") else ", "
    return escaped(joint.join(map(about.one_line, words)))


def _extra_fields(extra: Mapping[str, object]) -> Iterator[tuple[str, str]]:
    """The fields that only the dump knew, the first of each name."""
    written = set(_NOT_EXTRA)
    for name, value in extra.items():
        field = _extra_name(name)
        text = _extra_text(value)
        if not field or text is None or (field in written and name != "subtype"):
            continue
        written.add(field)
        yield field, _extra_value(field, text)


def _extra_name(name: str) -> str:
    """What BibTeX calls a dump's own field; "" for the type, which the entry begins with."""
    own_names = {"subtype": "type", "type": "", "place": "address"}
    return own_names.get(name, re.sub(r"[^\w.:+-]", "_", name).lower())


def _extra_value(field: str, text: str) -> str:
    if field == "month" and text.lower() in _MONTHS:
        return text.lower()
    if field in _VERBATIM or (field.endswith("date") and _SIGNS_OF_DATES.issuperset(text)):
        return _braced(about.one_line(text) if balanced(text) else verbatim(text))
    if field == "pages":
        return _braced(escaped(text).replace("–", "--"))
    return _braced(escaped(text))


def _venue_field(kind_of_entry: str, extra: Mapping[str, object]) -> str:
    """The field that styles print a venue from, unless the dump has one of this name as well."""
    names = ("journal", "booktitle") if kind_of_entry in _JOURNALS else ("booktitle", "journal")
    return next((name for name in names if name not in extra), "eventtitle")


def _extra_text(value: object) -> str | None:
    """A dump's own value as text; None for nested ones, for which BibTeX has no form."""
    if isinstance(value, list) and not any(isinstance(item, list | dict) for item in value):
        return "; ".join(str(item) for item in value)
    if value is None or isinstance(value, list | dict):
        return None
    return str(value).lower() if isinstance(value, bool) else str(value)


def _person(name: Name) -> str:
    family, given = escaped(name.family), escaped(name.given)
    if not given or "," in name.family + name.given or " and " in f" {name.family} {name.given} ":
        return _braced(" ".join(filter(None, (given, family, escaped(name.suffix)))))
    return ", ".join(filter(None, (family, escaped(name.suffix), given)))


def _braced(text: str) -> str:
    return f"{{{text}}}"


_FIELDS: tuple[tuple[str, str, Callable[[Any], str]], ...] = (
    ("authors", "author", lambda names: " and ".join(map(_person, names))),
    ("title", "title", lambda title: escaped(title, capitals=True)),
    ("venue", "", escaped),
    ("year", "year", lambda year: escaped(str(year))),
    ("doi", "doi", verbatim),
    ("arxiv_id", "eprint", verbatim),
    ("arxiv_id", "archiveprefix", lambda _: "arXiv"),
    ("url", "url", verbatim),
    ("code", "code", lambda urls: " ".join(map(verbatim, urls)) or "yes"),
    ("keywords", "keywords", _keywords),
    ("abstract", "abstract", escaped),
)
"""A record's keys, the names of their fields in order ("" for that of the venue), and how each is written."""
