"""What comes back of a paper that was exported and loaded into an empty store, by format and field.

`python -m tests.exports.round_trips` writes the table into docs/exports.md; a test checks it.
"""

from __future__ import annotations

import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

from paperctl.exports import Request, cites, export, packed
from paperctl.library.load import load
from paperctl.reading.read import read_dumps
from paperctl.record import FACTS, Record, by_name
from paperctl.record.citekeys import with_keys
from paperctl.record.marks import NAMES
from paperctl.store import Store
from tests.exports.samples import paper

PAGE = Path(__file__).parents[2] / "docs" / "exports.md"
BEGIN, END = "<!-- written by python -m tests.exports.round_trips -->", "<!-- end -->"

FORMATS = {
    "jsonl": "jsonl",
    "json": "json",
    "parquet": "parquet",
    "csv": "csv",
    "excel": "csv",
    "xlsx": "xlsx",
    "csl-json": "json",
    "bibtex": "bib",
    "ris": "ris",
    "asreview": "csv",
    "rayyan": "csv",
    "covidence": "csv",
}
"""The formats that come back, each with the ending of its file."""

SAMPLE = paper(
    title="LoRA & Co.: 50% of {Weights} in $O(n^2)$",
    abstract="We freeze the weights, i.e. the big ones. Then we train two small matrices.",
    authors=["Edward J. Hu", "Ana de la Cruz", "Anna Øre"],
    year=2022,
    venue="Proceedings of the Widget Meeting",
    doi="10.5555/lora.2022_1",
    arxiv_id="2106.09685",
    url="https://example.org/a_b?x=1&y=%20",
    code_urls=["https://github.com/example/lora"],
    has_code=True,
    keywords=["low rank", "language models"],
    decision="skip",
    decided_by=["Ann Bee", "Cy: the 2nd", "Dan"],
    votes={"Ann Bee": "skip", "Cy: the 2nd": "keep"},
    early_votes={"Ann Bee": "keep"},
    stage="fulltext",
    status="read",
    reason="wrong population",
    labels=["methods", "to discuss"],
    corrections=["peft", "-llm"],
    note="First line | with a bar\nand a second one",
    citekey="hu:22",
    extra={
        "type": "inproceedings",
        "date": "2022-04-25/2022-04-29",
        "volume": "3",
        "number": "4",
        "pages": "1-13",
        "publisher": "Widget & Sons",
        "issn": "1234-5678",
        "authors_incomplete": True,
        "rating": "7",
        "score": 7.5,
        "reviews": [{"rating": 7}],
    },
)
"""A paper that has everything."""


def _extra(name: str) -> Callable[[Record], Any]:
    return lambda record: record["extra"].get(name)


def _field(name: str) -> Callable[[Record], Any]:
    return lambda record: by_name(record).get(name)


ROWS: dict[str, tuple[str, Callable[[Record], Any]]] = {
    **{name: (name, _field(name)) for name in FACTS if name != "extra"},
    "authors: not all named": ("authors", _extra("authors_incomplete")),
    "date, to the day, a range": ("extra.date", _extra("date")),
    **{
        name: (f"extra.{name}", _extra(name))
        for name in ("type", "volume", "number", "pages", "publisher", "issn")
    },
    "a column of another dump": ("extra.rating", _extra("rating")),
    "a number of another dump": ("extra.score", _extra("score")),
    "a nested value of another dump": ("extra.reviews", _extra("reviews")),
    **{name: (name, _field(name)) for name in NAMES},
    "citekey": ("citekey", _field("citekey")),
}
"""The rows of the table: the field that a row is about, and where its value stands."""

CHANGES = {
    ("csv", "a number of another dump"): "as text",
    ("csv", "a nested value of another dump"): "as JSON text",
    ("ris", "type"): "RIS's word",
    ("rayyan", "decided_by"): "who decided so",
    ("rayyan", "votes"): "those that agree",
    ("rayyan", "date, to the day, a range"): "its first day",
    ("covidence", "date, to the day, a range"): "its month",
    **{(name, "citekey"): "made anew" for name in ("asreview", "rayyan", "covidence")},
}
"""How a value changes, by the first format of a column and the row."""
COLUMNS = (
    ("jsonl", "json", "parquet"),
    ("csv", "excel", "xlsx"),
    *((name,) for name in ("csl-json", "bibtex", "ris", "asreview", "rayyan", "covidence")),
)
"""The columns of the table: formats that do the same stand in one."""
LEGEND = """\
What comes back when a paper that has everything is exported and loaded into an empty store: `=` the same, `–`
not written, which `export` and `list` say on stderr, else what it becomes. A second trip changes nothing.
Topics follow from the rules and from `corrections`, your own changes of topics; links between
versions and `added` are the store's own: they are made anew.
"""


def trip(name: str, papers: list[Record]) -> list[Record]:
    """The papers exported, and loaded into an empty store."""
    keyed = with_keys(papers) if cites(export(name)) else papers
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / f"papers.{FORMATS[name]}"
        file.write_bytes(b"".join(packed(name, keyed, Request())))
        incoming, receipt = read_dumps([str(file)])
        store = Store(Path(folder) / "store")
        load(store, incoming, receipt, tagger=None, dedupe=False)
        return list(store.papers())


def outcome(row: str, was: Record, now: Record) -> str:
    """Whether the value of a row is the same, dropped or changed."""
    value = ROWS[row][1]
    if value(now) == value(was):
        return "same"
    return "dropped" if value(now) in (None, [], "", False) else "changed"


def table() -> str:
    """The table in Markdown."""
    backs = {name: trip(name, [SAMPLE])[0] for name, *_ in COLUMNS}
    lines = [["field", *(", ".join(names) for names in COLUMNS)], ["---"] * (len(COLUMNS) + 1)]
    for row in ROWS:
        cells = []
        for name, *_ in COLUMNS:
            how = outcome(row, SAMPLE, backs[name])
            cells.append({"same": "=", "dropped": "–"}.get(how) or CHANGES[name, row])
        lines.append([row, *cells])
    return "".join(f"| {' | '.join(line)} |\n" for line in lines)


def page(text: str) -> str:
    """The page with the table of today in it."""
    before, rest = text.split(BEGIN)
    return f"{before}{BEGIN}\n{LEGEND}\n{table()}{END}{rest.split(END)[1]}"


if __name__ == "__main__":
    PAGE.write_text(page(PAGE.read_text("utf-8")), "utf-8")
