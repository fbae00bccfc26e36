"""The table of fields: each of its lines works in every place that takes a field, under each of its names."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any, get_type_hints

import pytest

from paperctl.record import Record, Source
from paperctl.record.fields import FIELDS, KEYS, Field
from paperctl.store.shape import SOURCE
from tests.conftest import Paperctl

PAPER = {
    "title": "Sparse Adapters for Parsing",
    "abstract": "We parse with adapters.",
    "authors": ["Ann Bee"],
    "year": 2023,
    "venue": "Journal of Widgets",
    "doi": "10.1000/widgets.7",
    "arxiv_id": "2301.00007",
    "url": "https://example.org/7",
    "code_urls": ["https://github.com/ann/sparse"],
    "has_code": True,
    "keywords": ["parsing trees"],
    "section": "Parsing",
}
VALUES = {
    "title": "sparse",
    "abstract": "adapters",
    "author": "bee",
    "year": "2023",
    "venue": "widgets",
    "doi": "10.1000/widgets.7",
    "arxiv": "2301.00007",
    "url": "example.org",
    "code": "github.com/ann",
    "keyword": "parsing",
    "topic": "peft",
    "decision": "keep",
    "note": "first",
    "added": "today",
    "source": "full.jsonl",
    "format": "json",
    "section": "parsing",
    "reason": "wanted",
    "stage": "fulltext",
    "citekey": "bee2023sparse",
    "status": "reading",
    "label": "discuss",
    "correction": "peft",
    "reviewer": "bob",
    "agreement": "agreed",
}
"""For each field of a query, a value that finds the full paper."""


def names(field: Field) -> list[str]:
    return list(dict.fromkeys((field.name, field.query or field.name, *field.other_names)))


@pytest.fixture
def two(paperctl: Paperctl, tmp_path: Path) -> tuple[Paperctl, str, dict[str, str]]:
    """A store of a full paper, its id, and an empty one; and the values that find the full one."""
    (tmp_path / "full.jsonl").write_text(json.dumps({"key": "k-7", **PAPER}) + "\n")
    (tmp_path / "bare.csv").write_text("title\nWhales of the North\n")
    assert paperctl("load", tmp_path / "full.jsonl", tmp_path / "bare.csv").status == 0
    full, bare = (paperctl("list", word, "--ids").out.strip() for word in ("sparse", "whales"))
    paperctl("mark", "keep", full, "--note", "read first", "--reason", "wanted", "--stage", "fulltext")
    paperctl("--reviewer", "bob", "mark", "keep", full)
    paperctl("tag", "add", "peft", "--", full)
    paperctl("label", "add", "discuss", "--", full)
    paperctl("mark", "reading", full)
    store = tmp_path / "store" / "papers.jsonl"
    lines = [json.loads(line) for line in store.read_text().splitlines()]
    for line in lines:
        if line["id"] == full:
            line["versions"], line["sources"][0]["key"] = [bare], "k-7"
    store.write_text("".join(json.dumps(line) + "\n" for line in lines))
    return paperctl, full, {**VALUES, "id": full, "work": full, "version": bare, "key": "k-7"}


def ids(paperctl: Paperctl, *args: str) -> list[str]:
    ran = paperctl("list", *args, "--ids")
    assert ran.status == 0, ran.err
    return ran.out.split()


@pytest.mark.parametrize("field", [f for f in FIELDS if f.kind], ids=lambda f: f.name)
def test_a_query_finds_by_every_name_of_a_field(
    two: tuple[Paperctl, str, dict[str, str]], field: Field
) -> None:
    paperctl, full, values = two
    value = values[field.query or field.name]
    for name in [*names(field), *(n.upper() for n in names(field))]:
        found = ids(paperctl, f"{name}:{value}")
        assert found == [full] or (field.kind == "date" and len(found) == 2), name
        assert full not in ids(paperctl, f"-{name}:{value}")
        if field.listable:
            assert full in ids(paperctl, f"{name}:{value},{value}")


@pytest.mark.parametrize("field", [f for f in FIELDS if f.kind], ids=lambda f: f.name)
def test_has_and_no_take_every_name_of_a_field(
    two: tuple[Paperctl, str, dict[str, str]], field: Field
) -> None:
    paperctl, full, _ = two
    for name in names(field):
        having, lacking = ids(paperctl, f"has:{name}"), ids(paperctl, f"no:{name}")
        assert full in having and full not in lacking and len(having) + len(lacking) == 2, name


@pytest.mark.parametrize("field", FIELDS, ids=lambda f: f.name)
def test_fields_and_sort_take_every_name_of_a_field(
    two: tuple[Paperctl, str, dict[str, str]], field: Field
) -> None:
    paperctl = two[0]
    whole = json.loads(paperctl("list", "sparse", "--json").out)[0]
    for name in names(field):
        ran = paperctl("list", "sparse", "--fields", name, "--json")
        assert ran.status == 0, ran.err
        (shown,) = json.loads(ran.out)
        # `code` is whether there is any, as in the table; `code_urls` are the links.
        key = "has_code" if name == "code" else field.name
        assert list(shown) == [key]
        if key in KEYS:
            assert shown[key] == whole.get(key)
        assert paperctl("list", "--fields", name, "-f", "table").status == 0
        assert len(ids(paperctl, "--sort", f"-{name}")) == 2


def test_papers_with_code_are_asked_for_by_yes_and_no(two: tuple[Paperctl, str, dict[str, str]]) -> None:
    paperctl, full, _ = two
    assert ids(paperctl, "has_code:true") == ids(paperctl, "code:yes") == [full]
    assert full not in ids(paperctl, "has_code:false") and len(ids(paperctl, "code:no")) == 1


def test_sorting_by_two_fields(paperctl: Paperctl, tmp_path: Path) -> None:
    rows = [("Alpha widgets", 2021), ("Gamma widgets", 2023), ("Beta widgets", 2023), ("Delta widgets", None)]
    (tmp_path / "some.jsonl").write_text(
        "".join(json.dumps({"title": title, "year": year}) + "\n" for title, year in rows)
    )
    paperctl("load", "--no-dedupe", tmp_path / "some.jsonl")
    ran = paperctl("list", "--sort", "-year,title", "--fields", "title")
    assert [title.split()[0] for title in ran.out.splitlines()] == ["Beta", "Gamma", "Alpha", "Delta"]


def test_columns_of_numbers_sort_as_numbers(paperctl: Paperctl, tmp_path: Path) -> None:
    (tmp_path / "cited.csv").write_text(
        'title,cited by\nOf Steel,92\nFor Ships,"1,204"\nAt Sea,n/a\nThe Law,7\n'
    )
    paperctl("load", "--no-dedupe", tmp_path / "cited.csv")
    ran = paperctl("list", "--sort", "extra.cited_by", "--fields", "extra.cited_by")
    assert ran.out.split() == ["7", "92", "1,204", "n/a"][: len(ran.out.split())]
    assert len(paperctl("list", "extra.cited_by:>100", "--ids").out.split()) == 1


def test_sorting_by_what_no_paper_has_names_the_nearest(paperctl: Paperctl, tmp_path: Path) -> None:
    (tmp_path / "cited.csv").write_text("title,cited by\nWidgets of Steel,92\nWhales of the North,\n")
    paperctl("load", tmp_path / "cited.csv")
    ran = paperctl("list", "--sort", "-extra.citedby")
    assert ran.status == 2 and "extra.cited_by" in ran.err and not ran.out
    assert paperctl("list", "whales", "--sort", "extra.cited_by").status == 0
    assert paperctl("list", "nothing", "--sort", "extra.citedby").status == 0


@pytest.mark.parametrize("option", ["--fields", "--sort"])
def test_an_unknown_field_names_the_nearest(loaded: Paperctl, option: str) -> None:
    ran = loaded("list", option, "auhtors")
    assert ran.status == 2 and "authors" in ran.err


def test_the_fields_of_a_source_are_those_that_a_store_is_checked_for() -> None:
    assert set(Source.__annotations__) == set(SOURCE)


def test_the_types_that_the_code_reads_are_those_of_the_table() -> None:
    """Code that names a field of a record is checked against `Record`, the store against the table."""
    table = {field.name: field.type for field in FIELDS}
    for name, kind in get_type_hints(Record).items():
        listed = list[dict[str, Any]] if kind == list[Source] else kind
        assert table[name] == listed, name
    assert set(Record.__optional_keys__) <= {field.name for field in FIELDS if field.optional}
