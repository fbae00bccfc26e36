"""Eight times the input costs about eight times the work: more papers, longer lines, deeper nesting, more
members of an archive."""

from __future__ import annotations

import re
import time
import zipfile
from pathlib import Path
from typing import Any

import pytest

from paperctl.dumps.dump import Dump
from paperctl.normalise import normalise
from paperctl.readers import readers
from paperctl.record.items import Entry
from tests.conftest import Paperctl
from tests.readers.samples import SAMPLES

TIMES, FLOOR = 8, 0.15
"""Twice as much as linear work is allowed, and so many seconds more: clocks are coarse, machines busy."""
ELEMENTS = {
    "acl-xml": "paper", "crossref-xml": "doi_record", "datacite-xml": "record", "dblp-xml": "article",
    "endnote-xml": "record", "feed": "entry", "jats-xml": "article", "marc-xml": "record",
    "mods-xml": "mods", "pubmed-xml": "PubmedArticle", "tei-xml": "biblStruct", "html": "article",
}  # fmt: skip
"""The elements that papers are in."""
RUNS = ["x", "X", "é ", " ", "*", "(", "[", "{", "<b>", "\\", ", ", "A. ", "[a](", "http://", "1. ", "."]
NAMES = pytest.mark.parametrize("name", SAMPLES)


def cost(name: str, text: str) -> float:
    """CPU seconds of reading a dump and normalising its entries, the less of two turns."""
    turns = []
    for _ in range(2):
        begun = time.process_time()
        for item in readers()[name].read(Dump.from_text(text)):
            if isinstance(item, Entry):
                normalise(item)
        turns.append(time.process_time() - begun)
    return min(turns)


def is_linear(name: str, small: str, large: str) -> bool:
    return cost(name, large) < 2 * TIMES * cost(name, small) + FLOOR


def repeated(name: str, times: int) -> str:
    """A sample with so many papers more."""
    text = SAMPLES[name]
    if tag := ELEMENTS.get(name):
        found = re.search(rf"<{tag}[ >].*?</{tag}>\s*", text, re.S)
        assert found
        return text[: found.start()] + found[0] * times + text[found.start() :]
    if name == "json":
        return text.replace("[", "[" + '{"title": "Locks for All"},\n' * times, 1)
    if name == "yaml":
        return text.replace("...\n", "") + text[text.rindex("- id: b") :].replace("...\n", "") * times
    return text * times


@NAMES
def test_more_papers(name: str) -> None:
    assert is_linear(name, repeated(name, 25), repeated(name, 25 * TIMES))


@NAMES
@pytest.mark.parametrize("place", ["Sparse Gates: Routing Without a Router", "Ada Example", "\n"])
def test_longer_lines(name: str, place: str) -> None:
    if place not in SAMPLES[name]:
        pytest.skip("no such field in this sample")
    slow = []
    for run in RUNS:
        small, large = (
            SAMPLES[name].replace(place, place + (run * size)[:size], 1) for size in (2_000, 16_000)
        )
        if not is_linear(name, small, large):
            slow.append(run)
    assert not slow


@pytest.mark.parametrize("name", ["json", "jsonl", "bibtex", "mods-xml", "html", "yaml", "markdown", "csv"])
@pytest.mark.parametrize(
    ("opened", "closed"), ["{}", "[]", "()", ("<b>", "</b>"), ('{"a":', "}"), ('[{"a":', "}]")]
)
def test_deeper_nesting(name: str, opened: str, closed: str) -> None:
    small, large = (
        SAMPLES[name].replace("Sparse Gates", opened * depth + "Sparse Gates" + closed * depth, 1)
        for depth in (500, 500 * TIMES)
    )
    assert is_linear(name, small, large)


@pytest.mark.parametrize("title", ["x", "X", "Xx", "x" * 9 + " ", "<b>"])
@pytest.mark.parametrize(
    ("name", "page"),
    [("html", "<html><title>{}</title><h3><a href='/1'>{}</a></h3>"), ("markdown", "- **{}**\n- {}\n")],
)
def test_one_long_word(name: str, page: str, title: str) -> None:
    small, large = (page.replace("{}", title * (size // len(title))) for size in (8_000, 64_000))
    assert is_linear(name, small, large)


def test_an_archive_is_opened_once_however_many_members_it_has(
    paperctl: Paperctl, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    opened = []

    class Counted(zipfile.ZipFile):
        def __init__(self, *args: Any, **named: Any) -> None:
            opened.append(1)
            super().__init__(*args, **named)

    with zipfile.ZipFile(tmp_path / "many.zip", "w") as archive:
        for n in range(60):
            archive.writestr(f"{n}.csv", f"title,year\nKeys for door number {n},2022\n")
    monkeypatch.setattr("zipfile.ZipFile", Counted)
    assert paperctl("load", tmp_path / "many.zip", "--no-dedupe", "--json").json["new"] == 60
    assert len(opened) == 1


def test_a_large_object_is_read_by_its_list(monkeypatch: pytest.MonkeyPatch) -> None:
    from paperctl.readers._json import envelope

    monkeypatch.setattr(envelope, "IN_VIEW", 4_000)
    papers = ", ".join(f'{{"title": "Keys for door number {n}", "year": 2022}}' for n in range(10_000))
    text = f'{{"meta": [{{"a": 1}}], "message": {{"items": [{papers}], "references": [{papers}]}}}}'
    items = list(readers()["json"].read(Dump.from_text(text)))
    assert len(items) == 10_000 and all(isinstance(item, Entry) for item in items)
