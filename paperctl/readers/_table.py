"""Tables of papers: which row is the header, what its columns mean, and the entry that a row makes.

Shared by delimited text and workbooks.
"""

from __future__ import annotations

import ast
import json
import re
from collections.abc import Sequence
from typing import Any

from paperctl.readers._names import EXTRA_OF, facts, spelled
from paperctl.record.items import Entry
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
    "pm": "pubmed id",
    "la": "language",
    "pu": "publisher",
    "cr": "references",
}
_SPRINGER = frozenset(("itemtitle", "itemdoi", "authors", "contenttype"))
"""Columns of SpringerLink's search results, which sets nothing between authors."""
_BLANKS = frozenset(("nan", "NaN", "NaT", "NA", "N/A", "n/a", "<NA>", "#N/A", "None", "null"))
"""What data frames write for nothing."""
_NAMELIKE = frozenset(("Nan", "Null", "NULL", "none", "NONE", "NAN"))
"""As `_BLANKS`, but not where people stand: they may be called so."""
_WHOLE = re.compile(r"(\d+)\.0")
_WHOLE_NUMBERS = frozenset(("volume", "number", "pages", "pmid", "pmcid"))
_DATED = re.compile(r"\d{4}|\d{1,2}/\d{1,2}/\d{2}\b|[12]\.\d+[eE]\+?0?3|[A-Za-z]{3}-\d{2}\b")
_KNOWN = {*_FACT_OF, *EXTRA_OF, *_KEYS, *_FIRST_PAGE, *_LAST_PAGE}
_GUARD = re.compile(r"""^="(.*)"$|^'('*[=+@-].*)$""", re.S)
_INITIALS = re.compile(r"[^\W\d_](?:[\w'’.-]|\s)*\s(?:[A-Z]\.?[- ]?){1,4}$")


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
        self._fact: dict[str, list[int]] = {}
        for i in sorted(range(len(plain)), key=lambda i: _FACT_OF.get(plain[i], ("", 0))[1]):
            # Scopus names itself under "Source", Embase the whole citation: no venue beside a better one.
            if plain[i] in _FACT_OF and not (plain[i] == "source" and "venue" in self._fact):
                self._fact.setdefault(_FACT_OF[plain[i]][0], []).append(i)

        def column(names: Sequence[str]) -> int:
            return next((plain.index(name) for name in names if name in plain), -1)

        self._people = frozenset(self._fact.get("authors", ()))
        self._glued = set(plain) >= _SPRINGER
        self._numbers = [
            i for i, name in enumerate(plain) if name in _KEYS or EXTRA_OF.get(name) in _WHOLE_NUMBERS
        ]
        self._key, self._first, self._last = column(_KEYS), column(_FIRST_PAGE), column(_LAST_PAGE)
        names: list[str] = []
        for i, name in enumerate(folded):
            clear = EXTRA_OF.get(plain[i]) or name.replace(" ", "_") or f"column_{i + 1}"
            if self.header[i].startswith("extra."):
                clear = self.header[i].removeprefix("extra.")
            names.append(clear if clear not in names else f"{clear}_{i + 1}")
        self._names = names
        self._ours = {name: plain.index(name) for name in ("decision", "note", "topics") if name in plain}

    def _cell(self, i: int, cell: str) -> str:
        """A cell without what spreadsheets and data frames add to it."""
        cell = _unguarded(cell)
        if len(self._ours) == 3:  # paperctl's own export writes nothing for nothing
            return cell
        if cell in _BLANKS or (cell in _NAMELIKE and i not in self._people):
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
        used: set[int] = set()
        fields: dict[str, Any] = {}
        for fact, places in self._fact.items():
            for i in places:
                if i < len(row) and row[i] and _fits(fact, row[i]):
                    cell = _parted(row[i]) if self._glued and fact == "authors" else row[i]
                    fields[fact] = _value(fact, cell)
                    used.add(i)
                    break
        if len(self._ours) == 3:  # a table that paperctl has exported brings its decisions back
            used.add(self._ours["topics"])  # the rules give them anew
            for name in ("decision", "note"):
                i = self._ours[name]
                if i < len(row) and row[i] and (name == "note" or row[i] in {"keep", "skip", "maybe"}):
                    fields[name] = row[i]
                    used.add(i)
        key = row[self._key] if 0 <= self._key < len(row) and row[self._key] else None
        if key:
            used.add(self._key)
        extra: dict[str, Any] = {}
        for i, cell in enumerate(row):
            if cell and i not in used and i not in (self._first, self._last):
                extra[self._names[i] if i < len(self._names) else f"column_{i + 1}"] = cell
        pages = [row[i] for i in (self._first, self._last) if 0 <= i < len(row) and row[i]]
        if pages:
            extra.setdefault("pages", "-".join(dict.fromkeys(pages)))
        if key and self._names[self._key] in {"pmid", "eid"}:
            extra[self._names[self._key]] = key
        return Entry(fields, lines, key, extra)


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


def _value(fact: str, value: str) -> Any:
    if fact in {"authors", "keywords"} and (listed := _listed(value)) is not None:
        return listed
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


_GLUE = r"(?<=[^\W\d_A-Z])(?<!\bMc)(?<!\bMac)(?<!\bDe)(?<!\bDi)(?<!\bLa)(?<!\bVan)(?=[A-Z])"


def _parted(text: str) -> str:
    """Glued names apart: where a small letter meets a capital, but for "McKay" and "DeVries"."""
    return re.sub(
        r"(?<=[^\W\d_A-Z])(?<!\bMc)(?<!\bMac)(?<!\bDe)(?<!\bDi)(?<!\bLa)(?<!\bVan)(?=[A-Z])", "; ", text
    )


_ARRAY = re.compile(r"\[\s*(?:'[^']*'|\"[^\"]*\")(?:\s+(?:'[^']*'|\"[^\"]*\"))+\s*\]")


def _listed(value: str) -> list[Any] | None:
    """The strings or objects of a list that Python, numpy or JSON has written into a cell."""
    if not (value.startswith("[") and value.endswith("]")) or len(value) > 100_000:
        return None
    if _ARRAY.fullmatch(value):
        return [one or other for one, other in re.findall(r"'([^']*)'|\"([^\"]*)\"", value)]
    try:
        found = ast.literal_eval(value)
    except (ValueError, SyntaxError, MemoryError, RecursionError):
        found = _json_list(value)
    if not isinstance(found, list):
        return None
    return [item if isinstance(item, dict) else str(item) for item in found if item and item == item]


def _json_list(value: str) -> Any:
    try:
        return json.loads(value)
    except (ValueError, RecursionError):
        return None


def split_authors(text: str) -> str | list[str]:
    """Authors apart where only commas part them: "Liu R., Adler D.G." but not "Liu, Rui".

    With `;` or ` and ` the text is left to be split there.
    """
    text = " ".join(text.split()).strip("; ")
    if "|" in text and ";" not in text and "," not in text:
        return [name for part in text.split("|") if (name := part.strip())]
    if ";" in text or " and " in text or "," not in text:
        return text
    if text.count(".") == 1:
        text = text.rstrip(".")  # PubMed ends the list with a full stop
    pieces = [piece.strip() for piece in text.split(",") if piece.strip()]
    initials = all(_INITIALS.match(piece) for piece in pieces)
    full = all(" " in piece for piece in pieces) and not pieces[0][0].islower()
    return pieces if initials or full else text
