"""The one table of a paper's fields. Queries, sorting, `--fields`, table columns, the tabular exports and the
check of a store read it: a new field is one line here."""

from __future__ import annotations

from typing import Any, Literal, NamedTuple

from paperctl.errors import UsageError, did_you_mean

Kind = Literal["text", "people", "number", "date", "label", "file", "id", "presence", "load"]
"""How a query compares the values of a field."""

_TEXT = str | None


class Search(NamedTuple):
    """What a word found in a field counts for relevance."""

    weight: float
    length: float
    """How much a longer text counts less: 0 not at all, 1 in proportion (BM25's b)."""
    phrase: float = 0.0
    """What the query's words standing together add, as a share of the score."""
    usual: int = 75
    """Characters that the field usually has; half of them count as short. Fixed, so that a score does not
    change with other papers' lengths."""


class Column(NamedTuple):
    """A column of the table. `share` is the part of the table's width that it may take at most, `least` the
    characters it needs. Where not all columns fit, those of the highest `leaves` go first."""

    header: str
    style: str = ""
    least: int = 3
    share: float = 1.0
    leaves: int = 0


class Field(NamedTuple):
    """A field of a paper."""

    name: str
    """Its key in a record, or the path to it: `sources.format` stands in each source."""
    type: Any
    """What its value is. Only the types of keys of a record are checked."""
    query: str = ""
    """Its name in a query, where that is not `name`."""
    kind: Kind | None = None
    """How a query compares it; None if a query cannot ask for it."""
    other_names: tuple[str, ...] = ()
    texts: tuple[str, ...] = ()
    """Where its texts stand for a query, if not (only) at `name`."""
    fact: bool = False
    """Whether dumps say it. Such a field has an `empty` value."""
    empty: Any = None
    listable: bool = False
    """Whether a comma in a query parts its values: `venue:icml,iclr`."""
    search: Search | None = None
    """What it counts for words without a field; None if those are not looked for in it."""
    column: Column | None = None
    optional: bool = False
    """Whether a record may lack it: what only some papers have, decisions and labels most of all."""


# fmt: off
FIELDS = (
    Field("id", str, kind="id", texts=("id", "sources.id"), column=Column("id", "cyan", 7, leaves=1)),
    Field(
        "title", str, kind="text", fact=True, empty="", listable=True,
        search=Search(3.0, 0.3, 1.0), column=Column("title", least=12),
    ),
    Field(
        "abstract", _TEXT, kind="text", fact=True, listable=True,
        search=Search(1.0, 0.75, 0.4, usual=1_200), column=Column("abstract", least=12, leaves=6),
    ),
    Field(
        "authors", list[str], "author", kind="people", fact=True, empty=(), listable=True,
        search=Search(1.0, 0.3, usual=70), column=Column("authors", least=8, share=0.3, leaves=4),
    ),
    Field("year", int | None, kind="number", fact=True, column=Column("year", "dim", 4, leaves=3)),
    Field(
        "venue", _TEXT, kind="text", fact=True, listable=True,
        search=Search(0.7, 0.3, usual=25), column=Column("venue", least=5, share=0.2, leaves=5),
    ),
    Field("doi", _TEXT, kind="text", fact=True),
    Field("arxiv_id", _TEXT, "arxiv", kind="text", fact=True, listable=True),
    Field("url", _TEXT, kind="text", texts=("url", "code_urls"), fact=True),
    Field("code_urls", list[str], "code", kind="text", fact=True, empty=(), listable=True),
    Field(
        "has_code", bool, "code", kind="text", texts=("code_urls",), fact=True, empty=False, listable=True,
        column=Column("code", "green", 4, leaves=6),
    ),
    Field(
        "keywords", list[str], "keyword", kind="text", fact=True, empty=(), listable=True,
        search=Search(2.0, 0.3, 0.7, usual=70),
    ),
    Field(
        "topics", list[str], "topic", kind="label", listable=True,
        column=Column("topics", "magenta", least=8, share=0.25, leaves=4),
    ),
    Field("topic_scores", dict[str, float]),
    Field(
        "decision", _TEXT, kind="label", texts=("decision", "agreement"), listable=True,
        column=Column("mark", "yellow", least=5, leaves=2),
    ),
    Field("reason", _TEXT, kind="text", listable=True, optional=True),
    Field("stage", _TEXT, kind="label", listable=True, optional=True),
    Field("status", _TEXT, kind="label", listable=True, optional=True),
    Field("decided_by", list[str], "reviewer", kind="text", listable=True, optional=True),
    Field("agreement", _TEXT, kind="label", listable=True, optional=True),
    Field("votes", dict[str, str], optional=True),
    Field("early_votes", dict[str, str], optional=True),
    Field("note", _TEXT, kind="text", listable=True, search=Search(1.0, 0.5, usual=60)),
    Field(
        "labels", list[str], "label", kind="label", listable=True, optional=True,
        column=Column("labels", "blue", least=6, share=0.2, leaves=5),
    ),
    Field("corrections", list[str], "correction", kind="text", listable=True, optional=True),
    Field("added", _TEXT, kind="date", listable=True),
    Field("versions", list[str], "version", kind="text", listable=True),
    Field("work", _TEXT, kind="text", listable=True, optional=True),
    Field(
        "sources", list[dict[str, Any]], "source", kind="file",
        other_names=("file",), texts=("sources.file",),
    ),
    Field("sources.format", str, "format", kind="label", listable=True),
    Field("sources.key", _TEXT, "key", kind="text"),
    Field(
        "extra.section", _TEXT, "section", kind="text",
        texts=("extra.section", "extra.section_title"), listable=True,
    ),
    Field("extra", dict[str, Any], fact=True, empty={}),
    Field("citekey", _TEXT, kind="text", listable=True, optional=True),
    Field("filled", dict[str, Any] | None, optional=True),
    Field("schema", int),
)
# fmt: on

KEYS = tuple(field.name for field in FIELDS if "." not in field.name)
"""The keys of a record in the order in which every format shows them."""

FACTS: dict[str, Any] = {field.name: field.empty for field in FIELDS if field.fact}
"""What dumps can say of a paper, in the order of a record, each with the value of knowing nothing."""

QUERIED = {field.query or field.name: field for field in FIELDS if field.kind}
"""The fields that a query can ask for, by the query's name."""
_QUERY_NAME = {
    name: field.query or field.name
    for field in FIELDS
    if field.kind
    for name in (field.name, field.query or field.name, *field.other_names)
}
_RECORD_NAME = {
    name: field.name
    for field in FIELDS
    for name in (field.query or field.name, *field.other_names, field.name)
}

PRESENT = tuple(QUERIED)
"""What `has:` and `no:` can ask for, besides `extra.NAME`."""
_SPECIAL = ("has", "no", "load")
"""Fields of a query that no record has."""
NAMES = (*PRESENT, *_SPECIAL)
"""Every field of a query but a dump's own columns, `extra.NAME`."""
CHOICES = {
    "decision": ("keep", "skip", "maybe"),
    "stage": ("abstract", "fulltext"),
    "status": ("todo", "reading", "read"),
}
"""The only values that some fields have."""
SEARCHED = {field.query or field.name: field.search for field in FIELDS if field.search}
"""Where a word without a field is looked for, and what it counts there."""
ANYWHERE = tuple(sorted(SEARCHED, key=lambda name: SEARCHED[name].length))
"""The same names, long texts last: they cost most to look through."""
LISTABLE = frozenset(name for name, field in QUERIED.items() if field.listable)
STORED_TEXTS = frozenset(n for n, f in QUERIED.items() if f.fact and f.kind in ("text", "people"))
"""Fields whose texts stand in the line of papers.jsonl as a query compares them, but for case and escapes."""


def canonical(name: str) -> str | None:
    """The query's name of the field that `name` means, in any case; None if no query can ask for it."""
    lower = name.lower()
    return lower if lower in _SPECIAL else presentable(name)


def presentable(name: str) -> str | None:
    """The same for what `has:` and `no:` ask for."""
    if (found := _QUERY_NAME.get(name.lower())) is not None:
        return found
    return "extra." + name[6:] if name[:6].lower() == "extra." and len(name) > 6 else None


def record_name(name: str) -> str:
    """The key or path in a record that `name` means, singular or plural, as `--fields` and `--sort` take it.
    Raises UsageError with the nearest name."""
    lower = name.lower()
    if (found := _RECORD_NAME.get(lower)) is not None:
        return found
    head, dot, rest = name.partition(".")
    if dot and rest and (found := _RECORD_NAME.get(head.lower())) in ("extra", "topic_scores", "sources"):
        return f"{found}.{rest}"
    if len(parts := name.split()) > 1:
        raise UsageError(f"fields are parted by commas, not {name!r}", ",".join(parts), code="no-such-field")
    known = sorted(_RECORD_NAME)
    raise UsageError(
        f"no field called {name!r}{did_you_mean(lower, known)}",
        f"fields are {', '.join(KEYS)}; what a dump alone knows is extra.NAME",
        code="no-such-field",
    )


def kind(field: str) -> Kind:
    """How the values of a query's field are compared."""
    if field in ("has", "no"):
        return "presence"
    if field == "load":
        return "load"
    found = QUERIED.get(field)
    return (found.kind if found else None) or "text"
