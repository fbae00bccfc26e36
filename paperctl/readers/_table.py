"""Tables of papers: which row is the header, what its columns mean, and the entry that a row makes.

Shared by delimited text and workbooks.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from paperctl.readers._cells import listed, parted, split_authors
from paperctl.readers._names import EXTRA_OF, facts, spelled
from paperctl.readers._values import BLANKS
from paperctl.record.fields import CHOICES
from paperctl.record.items import Entry, Object, as_raw
from paperctl.text.patterns import DOI_PREFIX

_FACT_OF = facts(
    year="publicationdate datepublished dateofpublication published date issuedate originalpaperdate",
    venue="source alternatetitle2",
)
_KEYS = (
    *("key", "citationkey", "citekey", "bibtexkey", "id", "recordid", "paperid", "publicationid", "forum"),
    *("forumid", "internalid", "referenceid", "lensid", "eid", "covidence", "utuniquewosid", "pmid"),
    *("accessionnumber", "itemid"),
)
_FIRST_PAGE = ("startpage", "firstpage", "pagestart", "start")
_LAST_PAGE = ("endpage", "lastpage", "pageend", "otherpages")
# The two-letter columns of Web of Science, whose "ID" holds keywords.
_WOS = {
    "ti": "title",
    "ab": "abstract",
    "af": "author full names",
    "au": "short authors",
    "py": "year",
    "so": "source title",
    "di": "doi",
    "de": "author keywords",
    "id": "keywords plus",
    "vl": "volume",
    "is": "issue",
    "bp": "start page",
    "ep": "end page",
    "sn": "issn",
    "ut": "ut unique wos id",
    "dt": "document type",
    "ea": "date published",
    "pm": "pubmed id",
    "la": "language",
    "pu": "publisher",
    "cr": "references",
}
_SPRINGER = frozenset(("itemtitle", "itemdoi", "authors", "contenttype"))
"""Columns of SpringerLink's search results, which sets nothing between authors."""
_NAMELIKE = frozenset(("Nan", "Null", "NULL", "none", "NONE", "NAN"))
"""As `BLANKS`, but not where people stand: they may be called so."""
_WHOLE = re.compile(r"(\d+)\.0")
_INDEX = re.compile(r"unnamed\d+(?:level\d+)?|indexlevel\d+")
"""Columns of row numbers that data frames write, as does a first one without a name."""
_COUNTS = ("volume", "number", "pages", "pmid", "pmcid")
_NUMBERED = frozenset((*_KEYS, *(name for name, common in EXTRA_OF.items() if common in _COUNTS)))
"""Columns whose cells are whole numbers where they are numbers."""
_DATED = re.compile(r"\d{4}|\d{1,2}/\d{1,2}/\d{2}\b|[12]\.\d+[eE]\+?0?3|[A-Za-z]{3}-\d{2}\b")
_KNOWN = {*_FACT_OF, *EXTRA_OF, *_KEYS, *_FIRST_PAGE, *_LAST_PAGE}
_OURS = (
    *("decision", "note", "topics", "reason", "stage", "status", "labels", "corrections", "citekey"),
    *("decidedby", "votes", "earlyvotes"),
)
"""Columns of paperctl's own tables; no other has the first three together."""
_OURS_APART = {"decidedby": "decided_by", "earlyvotes": "early_votes"}
_GUARD = re.compile(r"""^="(.*)"$|^'('*[=+@-].*)$""", re.S)


def _folded(header: Sequence[str]) -> list[str]:
    """Column names in lower case, words apart by one space, those of Web of Science spelled out."""
    names = [re.sub(r"[\W_]+", " ", cell).strip().lower() for cell in header]
    if not {"pt", "ti", "ut"} <= set(names):
        return names
    wos = _WOS if "af" in names else _WOS | {"au": "authors"}
    return [wos.get(name, name) for name in names]


def header_score(cells: Sequence[str]) -> int:
    """How many cells are names of columns that tables of papers have; 0 without a title or an
    abstract, which every one has."""
    if any(sign in cell for cell in cells if not cell.startswith("extra.") for sign in "{}="):
        return 0  # fields of another format
    names = set(map(spelled, _folded([cell for cell in cells if len(cell) < 60])))
    known = names & _KNOWN
    if not any(_FACT_OF.get(name, ("", 0))[0] in {"title", "abstract"} for name in known):
        return 0
    return len(known)


class Columns:
    """What each column of a table means. `entry` turns a row into an entry."""

    def __init__(self, header: Sequence[str]) -> None:
        """`header`: the names of the columns as they stand."""
        self.header = [" ".join(cell.split()) for cell in header]
        folded = _folded(header)
        plain = [spelled(name) for name in folded]
        self._fact = _columns_of_facts(plain)
        self._people = frozenset(self._fact.get("authors", ()))
        self._glued = set(plain) >= _SPRINGER
        self._numbers = [i for i, name in enumerate(plain) if name in _NUMBERED]
        self._index = _columns_of_an_index(plain)
        self._key = _column(plain, _KEYS)
        self._first, self._last = _column(plain, _FIRST_PAGE), _column(plain, _LAST_PAGE)
        self._ours = _columns_of_ours(plain)
        ours = set(self._ours.values())
        self._names: list[str] = []
        taken: set[str] = set()
        for i, name in enumerate(folded):
            own = self.header[i].removeprefix("extra.")  # as paperctl's own tables call it
            clear = own if own != self.header[i] else EXTRA_OF.get(plain[i]) or name.replace(" ", "_")
            clear = clear or f"column_{i + 1}"
            free = clear not in taken or own != self.header[i]
            self._names.append(clear if free else f"{clear}_{i + 1}")
            if i not in ours:  # a dump's own `note` stands next to what the user noted
                taken.add(clear)
        if self._ours and "id" in plain:
            self._key = plain.index("id")

    def _cell(self, i: int, cell: str) -> str:
        """A cell without what spreadsheets and data frames add to it."""
        cell = _unguarded(cell)
        if self._ours:  # paperctl's own export writes nothing for nothing
            return cell
        if cell in BLANKS or (cell in _NAMELIKE and i not in self._people):
            return ""
        whole = _WHOLE.fullmatch(cell) if i in self._numbers else None
        return whole[1] if whole else cell

    def fit(self, cells: Sequence[str]) -> bool:
        """Whether a row stands below its header: its year is a year and its DOI a DOI. A row that a lone
        comma has shifted has other things there; where neither column is filled nothing tells."""
        tests = {"year": r"\s*\d{4}\b|\s*\d{1,2}[-/]", "doi": rf"\s*(?:https?://\S*|doi:\s*)?{DOI_PREFIX}"}
        found = [
            bool(re.match(pattern, cells[i]))
            for fact, pattern in tests.items()
            for i in self._fact.get(fact, ())
            if i < len(cells) and cells[i].strip()
        ]
        return bool(found) and all(found)

    def entry(self, cells: Sequence[str], lines: tuple[int, int]) -> Entry:
        """The entry of a row; cells beyond the header are kept as `column_N`."""
        row = [self._cell(i, cell) for i, cell in enumerate(cells)]
        used = {self._first, self._last, *_numbers_in(self._index, row)}
        fields = as_raw(self._facts(row, used) | self._decided(row, used))
        key = row[self._key] if 0 <= self._key < len(row) else ""
        if key:
            used.add(self._key)
        extra: Object = {}
        for i, cell in enumerate(row):
            if cell and i not in used:
                extra[self._names[i] if i < len(self._names) else f"column_{i + 1}"] = cell
        pages = [row[i] for i in (self._first, self._last) if 0 <= i < len(row) and row[i]]
        if pages:
            extra.setdefault("pages", "-".join(dict.fromkeys(pages)))
        if key and self._names[self._key] in {"pmid", "eid"}:
            extra[self._names[self._key]] = key
        return Entry(fields, lines, key or None, extra)

    def _facts(self, row: Sequence[str], used: set[int]) -> Object:
        """Each fact from the best of its columns that holds one; these columns are `used` then."""
        fields: Object = {}
        for fact, places in self._fact.items():
            found = next((i for i in places if i < len(row) and row[i] and _fits(fact, row[i])), -1)
            if found >= 0:
                cell = parted(row[found]) if self._glued and fact == "authors" else row[found]
                own = self._ours and fact == "authors"  # bodies may hold an " and "
                fields[fact] = cell.split("; ") if own else _value(fact, cell)
                used.add(found)
        return fields

    def _decided(self, row: Sequence[str], used: set[int]) -> Object:
        """A person's marks of a paper and its cite key, which a table that paperctl has exported brings
        back; rules give topics anew."""
        fields: Object = {}
        for name, i in self._ours.items():
            cell = row[i] if i < len(row) else ""
            if name == "topics":
                used.add(i)
            elif cell and (name != "decision" or cell in CHOICES["decision"]):
                fields[_OURS_APART.get(name, name)] = cell
                used.add(i)
        return fields


def _columns_of_an_index(plain: Sequence[str]) -> list[int]:
    return [i for i, name in enumerate(plain) if _INDEX.fullmatch(name) or not (i or name)]


def _numbers_in(columns: Sequence[int], row: Sequence[str]) -> list[int]:
    """Those of some columns that hold a whole number in a row."""
    return [i for i in columns if i < len(row) and row[i].isdigit()]


def _column(plain: Sequence[str], names: Sequence[str]) -> int:
    """The column of the first of these names that a header has; -1 for none."""
    return next((plain.index(name) for name in names if name in plain), -1)


def _columns_of_ours(plain: Sequence[str]) -> dict[str, int]:
    """The columns of decisions and the like, if a table is one that paperctl has exported."""
    ours = {name: plain.index(name) for name in _OURS if name in plain}
    return ours if {"decision", "note", "topics"} <= ours.keys() else {}


def _columns_of_facts(plain: Sequence[str]) -> dict[str, list[int]]:
    """The columns of each fact, the better named first."""
    found: dict[str, list[int]] = {}
    for i in sorted(range(len(plain)), key=lambda i: _FACT_OF.get(plain[i], ("", 0))[1]):
        # Scopus names itself under "Source", Embase the whole citation: no venue where there is a better one.
        if plain[i] in _FACT_OF and not (plain[i] == "source" and "venue" in found):
            found.setdefault(_FACT_OF[plain[i]][0], []).append(i)
    return found


def _unguarded(cell: str) -> str:
    """A cell without the `="…"` or the `'` that keeps a spreadsheet from computing it."""
    cell = cell.strip()
    guarded = _GUARD.match(cell)
    return guarded[1] or guarded[2] if guarded else cell


def _fits(fact: str, value: str) -> bool:
    if fact == "code_urls":
        return "://" in value
    if fact == "year":
        return bool(_DATED.search(value))
    return True


def _value(fact: str, value: str) -> object:
    if fact in {"authors", "keywords"} and (several := listed(value)) is not None:
        return several
    if fact == "authors":
        people = split_authors(value)
        return people if isinstance(people, str) else "; ".join(people)
    if fact == "code_urls":
        return re.split(r"[;,\s]+", value)
    if fact == "has_code":
        return value.lower() in {"true", "1", "yes"}
    if fact == "url" and value.startswith("http"):
        return re.split(r";?\s+|;(?=https?://)", value)[0]
    return value
