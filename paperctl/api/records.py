"""Papers for the Python API: read from dumps, or made of a program's own rows."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any, Protocol

from paperctl.errors import DumpError, UsageError
from paperctl.normalise import normalise
from paperctl.normalise.people import people
from paperctl.readers._names import EXTRA_OF, facts, spelled
from paperctl.readers.parquet import AS_TEXT, json_object
from paperctl.record import FACTS, SCHEMA, Facts, Record, Source, as_record
from paperctl.record import sources as paper
from paperctl.record.fields import KEYS
from paperctl.record.ids import paper_id
from paperctl.record.items import Entry, as_raw
from paperctl.store.shape import completed, fits

if TYPE_CHECKING:
    from paperctl.reading.read import Receipt


class DataFrame(Protocol):
    """What is asked of a data frame: pandas has it, and polars under another name of its argument."""

    @property
    def columns(self) -> Any: ...


Row = Mapping[str, Any]
Rows = Iterable[Row] | DataFrame


class Papers(list[Record]):
    """Papers read from dumps; `receipt` says what became of each line."""

    def __init__(self, papers: Iterable[Record], receipt: Receipt) -> None:
        super().__init__(papers)
        self.receipt = receipt


def read(*paths: str | Path, format: str | None = None, encoding: str | None = None) -> Papers:
    """The papers of dumps, one for each entry, in the shape of `paperctl list --json`; nothing is merged or
    tagged. `paths` are files, folders or archives; `format` and `encoding` outrank what is recognised.

    Entries that cannot be read are errors of `.receipt`. Raises DumpError if nothing could be read, and
    UsageError for an unknown format.
    """
    from paperctl.reading.read import read_dumps

    incoming, receipt = read_dumps(map(str, paths), format=format, encoding=encoding)
    if not incoming and receipt.faulty:
        file = next(file for file in receipt.files if file.errors)
        message = file.errors[0].message
        raise DumpError(message if message.startswith(file.file) else f"{file.file}: {message}")
    taken: set[str] = set()
    now = _now()
    return Papers((_new(one.facts, one.source, taken, now) for one in incoming), receipt)


def records(rows: Rows) -> list[Record]:
    """Papers made of mappings or of the rows of a data frame, cleaned as if they stood in a dump.

    A row's names may be those of any export (`Title`, `AU`, `publication_year`); what is no field of a paper
    goes to `extra`. Authors may be a list or one string; NaN, None and blank cells are no values. Rows that
    are records of paperctl stay as they are. Raises UsageError, with the row's number from 0, for a row
    that is no mapping, has no title and no identifier, or has a value that cannot be its field's.
    """
    taken: set[str] = set()
    now = _now()
    return [_record(row, n, taken, now) for n, row in enumerate(_mappings(rows))]


def _record(row: object, n: int, taken: set[str], now: str) -> Record:
    if not isinstance(row, Mapping):
        raise UsageError(f"row {n} is a {type(row).__name__}, not a mapping of names to values")
    if (
        row.get("schema") == SCHEMA
        and isinstance(row.get("id"), str)
        and "topics" in row
        and "sources" in row
    ):
        whole = as_record(dict(row)) if fits(row) else _whole(_present(row), n)
        if whole["id"] in taken:
            whole["id"] = paper_id(whole, taken)
        taken.add(whole["id"])
        return whole
    entry = _entry(_present(row), n)
    found, repairs = normalise(entry)
    if not (found["title"] or found["doi"] or found["arxiv_id"] or found["url"]):
        raise UsageError(
            f"row {n} has no title and no identifier", f"its names are {', '.join(map(str, row))}"
        )
    source = paper.source_of(
        file="python", sha256="", format="python", entry=entry, facts=found, repairs=repairs, about={}
    )
    return _new(found, source, taken, now)


def _whole(row: dict[str, Any], n: int) -> Record:
    """A record that lost the shape of some field on its way through another program."""
    _refuse_wrong_types({name: row[name] for name in ("extra",) if name in row}, n)
    return completed(row | _authors_of_text(row))


def _authors_of_text(row: Mapping[str, object]) -> dict[str, list[str]]:
    """The authors of a record in which somebody made one text of them."""
    names = row.get("authors")
    return {"authors": people(names, "plain", [])} if isinstance(names, str) else {}


_NAMES = facts()


def _entry(row: Mapping[str, object], n: int) -> Entry:
    """The row as an entry of a dump; of several names of one fact the better one counts."""
    fields: dict[str, Any] = {}
    ranks: dict[str, int] = {}
    extra: dict[str, Any] = {}
    for name, value in row.items():
        if name == "extra" and isinstance(value, Mapping):
            extra.update(value)
            continue
        if name in (*FACTS, "decision", "note"):
            fact, rank = name, -1
        else:
            fact, rank = _NAMES.get(spelled(name), ("", 0))
        if fact and rank < ranks.get(fact, 1 << 30):
            fields[fact], ranks[fact] = value, rank
        elif name not in KEYS:
            extra.setdefault(EXTRA_OF.get(spelled(name), name), value)
    _refuse_wrong_types(fields, n)
    key = row.get("id", row.get("key"))
    return Entry(as_raw(fields), (n + 1, n + 1), str(key) if isinstance(key, str | int) else None, extra)


_ALLOWED: dict[str, tuple[type, ...]] = {
    "title": (str,),
    "abstract": (str,),
    "authors": (str, list, tuple),
    "venue": (str,),
    "doi": (str,),
    "year": (str, int, float),
    "extra": (Mapping,),
}
_CALLED: dict[object, str] = {Mapping: "a mapping of names to values"}


def _refuse_wrong_types(fields: Mapping[str, object], n: int) -> None:
    for name, kinds in _ALLOWED.items():
        if name in fields and (isinstance(fields[name], bool) or not isinstance(fields[name], kinds)):
            allowed = " or ".join(_CALLED.get(kind, kind.__name__) for kind in kinds)
            raise UsageError(f"row {n}: {name} is a {type(fields[name]).__name__}; it must be {allowed}")
    names = fields.get("authors")
    for name in names if isinstance(names, list | tuple) else ():
        if not isinstance(name, str | Mapping | list):
            raise UsageError(f"row {n}: an author is a {type(name).__name__}; it must be a name")


def _present(row: Mapping[Any, object]) -> dict[str, Any]:
    """The row without empty values, in plain Python values."""
    present = ((str(name), _plain(value)) for name, value in _unpacked(row).items())
    return {name: plain for name, plain in present if plain is not None}


def _unpacked(row: Mapping[Any, object]) -> dict[Any, object]:
    """The row with mappings as such which the Parquet export holds as JSON, or Arrow as pairs."""
    found = dict(row)
    for name in ("extra", "topic_scores"):
        pairs = found.get(name)
        if isinstance(pairs, list) and all(isinstance(pair, tuple) and len(pair) == 2 for pair in pairs):
            found[name] = dict(pairs)
    texts = {name: found.pop(name) for name in AS_TEXT if isinstance(found.get(name), str)}
    return {**json_object(texts), **found}


def _plain(value: object) -> Any:
    """A value of Python; None for NaN, NaT, NA and blank text. Arrays become lists, numbers of numpy ints."""
    if isinstance(value, str):
        return value if value.strip() else None
    if isinstance(value, list | tuple):
        return [plain for part in value if (plain := _plain(part)) is not None]
    if type(value).__name__ in ("NAType", "NaTType"):
        return None
    if hasattr(value, "tolist"):  # an array or a number of numpy
        return _plain(value.tolist())
    return None if isinstance(value, float) and value != value else value


def _mappings(rows: Any) -> Iterable[object]:
    if isinstance(rows, Mapping):
        raise UsageError("one mapping is one paper; give a list of them", "records([paper])")
    if isinstance(rows, str | bytes):
        raise UsageError("text is no list of papers", "read(path) reads a file")
    found: Iterable[Any] = rows
    if hasattr(rows, "iter_rows"):  # polars
        found = rows.iter_rows(named=True)
    elif hasattr(rows, "to_dict") and hasattr(rows, "columns"):  # pandas
        found = rows.to_dict(orient="records")
    if not isinstance(found, Iterable):
        raise UsageError(f"{type(rows).__name__} is no list of papers", "give mappings or a data frame")
    return found


def _new(found: Facts, source: Source, taken: set[str], now: str) -> Record:
    made = paper.new_paper(paper_id(found, taken), source, found, now)
    taken.add(made["id"])
    return made


def _now() -> str:
    return datetime.now(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
