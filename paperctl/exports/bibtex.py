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
from paperctl.exports._kinds import Kind, is_known, kind
from paperctl.record import Record
from paperctl.record.names import INCOMPLETE, Name, is_incomplete, parts
from paperctl.record.sources import entries
from paperctl.record.words import line_of, tags_of

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
    ("title", "author", "year", "doi", "url", "keywords", "abstract", "code", "type", INCOMPLETE)
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
        *("pagination", "part", "pmcid", "pmid", "primaryclass", "publisher", "pubstate", "reprinttitle"),
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
# As pandoc tells mathematics from money: no blank inside the signs, no digit behind them.
_MATH = re.compile(r"\$(?=[^\s$])[^$]*(?<=[^\s\\])\$(?!\d)")
_WORD = re.compile(r"([^\W_]+)")
_BRACE = re.compile(r"[{}]")
_SPECIAL = re.compile(r"[\\~^&%#_${}]")
_SIGNS = {
    "\\": r"\textbackslash{}",
    "~": r"\textasciitilde{}",
    "^": r"\textasciicircum{}",
    "{": r"\textbraceleft{}",
    "}": r"\textbraceright{}",
    **{sign: f"\\{sign}" for sign in "&%#_$"},
}
# BibTeX counts escaped braces, too: those that pair may stay braces, a lone one may not.
_PAIRED = {"{": "\\{", "}": "\\}"}


def render(records: Iterable[Record], request: Request) -> Iterator[str]:
    """One entry for each paper. What people said of it is its `annote`."""
    for record in records:
        yield _entry(record, about.cite_key(record))


def _entry(record: Record, key: str) -> str:
    kind_of_entry = _type(record)
    lines = [f"  {name} = {value}," for name, value in _fields(record, kind_of_entry)]
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


def _fields(record: Record, kind_of_entry: str) -> Iterator[tuple[str, str]]:
    """Names and values, the latter in their braces."""
    extra: dict[str, Any] = record.get("extra") or {}
    code = record.get("code_urls") or (["yes"] if record.get("has_code") else [])
    tagged = [*(record.get("keywords") or ()), *tags_of(record)]
    values = {**record, "title": about.title(record), "code": code, "keywords": tagged}
    for key, name, text_of in _FIELDS:
        if values.get(key):
            text = text_of(values[key]) + (
                " and others" if name == "author" and is_incomplete(record) else ""
            )
            yield name or _venue_field(kind_of_entry, extra), _braced(text)
    if days := about.days(record):
        yield "month", _MONTHS[days[0][1] - 1]
    if line := line_of(record):
        yield "annote", _braced(escaped(line))
    yield from _extra_fields(
        {n: v for n, v in _of_bibtex(record, extra).items() if not line or n != "annote"}
    )
    yield "paperctl_id", _braced(record["id"])


def _of_bibtex(record: Record, extra: Mapping[str, Any]) -> dict[str, Any]:
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


def _extra_fields(extra: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
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
    own_names = {"subtype": "type", "type": ""}
    return own_names.get(name, re.sub(r"[^\w.:+-]", "_", name).lower())


def _extra_value(field: str, text: str) -> str:
    if field == "month" and text.lower() in _MONTHS:
        return text.lower()
    if field in _VERBATIM:
        return _braced(about.one_line(text) if _balanced(text) else _verbatim(text))
    if field == "pages":
        return _braced(escaped(text).replace("–", "--"))
    return _braced(escaped(text))


def _venue_field(kind_of_entry: str, extra: Mapping[str, Any]) -> str:
    """The field that styles print a venue from, unless the dump has one of this name as well."""
    names = ("journal", "booktitle") if kind_of_entry in _JOURNALS else ("booktitle", "journal")
    return next((name for name in names if name not in extra), "eventtitle")


def _extra_text(value: Any) -> str | None:
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


def escaped(text: str, *, capitals: bool = False) -> str:
    """Text as LaTeX prints it; with `capitals`, words that a style must not write small in braces."""
    text = about.one_line(text)
    balanced = _balanced(text)
    protect = capitals and not text.isupper()
    done, at = [], 0
    if "$" in text:
        for math in _MATH.finditer(text):
            if _balanced(math[0]):
                done.append(_prose(text[at : math.start()], balanced, protect))
                done.append(re.sub(r"(?<!\\)[%&#]", r"\\\g<0>", math[0]))
                at = math.end()
    done.append(_prose(text[at:], balanced, protect))
    return "".join(done)


def _prose(text: str, balanced: bool, protect: bool) -> str:
    def sign(found: re.Match[str]) -> str:
        return (balanced and _PAIRED.get(found[0])) or _SIGNS[found[0]]

    if protect:
        # No escape is needed inside of a word of letters and digits, so it can be put in braces first.
        parts = _WORD.split(text)
        parts[1::2] = [f"{{{word}}}" if _has_capitals(word) else word for word in parts[1::2]]
        parts[::2] = [_SPECIAL.sub(sign, part) for part in parts[::2]]
        return "".join(parts)
    return _SPECIAL.sub(sign, text)


def _has_capitals(word: str) -> bool:
    return any(map(str.isupper, word[1:])) or (len(word) == 1 and word.isupper() and word not in "AI")


def _balanced(text: str) -> bool:
    """Whether braces pair, counted as BibTeX counts them: escaped ones, too."""
    depth = 0
    for brace in _BRACE.findall(text):
        depth += 1 if brace == "{" else -1
        if depth < 0:
            return False
    return depth == 0


def _verbatim(text: str) -> str:
    """A link or identifier: it is not typeset, so only what would end the field is encoded."""
    return re.sub(r"[{}\\\s]", lambda m: f"%{ord(m[0]):02X}", about.one_line(text))


def _braced(text: str) -> str:
    return f"{{{text}}}"


_FIELDS: tuple[tuple[str, str, Callable[[Any], str]], ...] = (
    ("authors", "author", lambda names: " and ".join(_person(parts(name)) for name in names)),
    ("title", "title", lambda title: escaped(title, capitals=True)),
    ("venue", "", escaped),
    ("year", "year", str),
    ("doi", "doi", _verbatim),
    ("arxiv_id", "eprint", _verbatim),
    ("arxiv_id", "archiveprefix", lambda _: "arXiv"),
    ("url", "url", _verbatim),
    ("code", "code", lambda urls: " ".join(map(_verbatim, urls)) or "yes"),
    ("keywords", "keywords", _keywords),
    ("abstract", "abstract", escaped),
)
"""A record's keys, the names of their fields in order ("" for that of the venue), and how each is written."""
