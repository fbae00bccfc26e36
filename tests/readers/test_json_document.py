"""JSON documents: where each paper stands, envelopes of every kind, and damage in the middle."""

from __future__ import annotations

import json
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from paperctl.dumps.dump import Dump
from paperctl.normalise import normalise
from paperctl.readers import json_document
from paperctl.record.items import About, Entry, Fault, Item, Skip

ONE = {"title": "First of all", "abstract": "x", "authors": "Anna Rossi"}
TWO = {"title": "Second of all", "year": 2020}


def read(text: str) -> list[Item]:
    return list(json_document.read(Dump.from_text(text)))


def titles(items: list[Item]) -> list[str]:
    return [i.fields["title"] for i in items if isinstance(i, Entry)]


def covered(items: list[Item]) -> list[int]:
    return [n for i in items if not isinstance(i, About) for n in range(i.lines[0], i.lines[1] + 1)]


def test_a_pretty_array_has_lines_for_each_element() -> None:
    items = read(json.dumps([ONE, TWO], indent=1))
    assert [i.lines for i in items if isinstance(i, Entry)] == [(2, 6), (7, 10)]
    assert [i.lines for i in items if isinstance(i, Skip)] == [(1, 1), (11, 11)]
    assert sorted(covered(items)) == list(range(1, 12))


@pytest.mark.parametrize(
    "document",
    [
        [ONE, TWO],
        {"results": [ONE, TWO], "count": 2},
        {"message": {"items": [ONE, TWO], "total": 2}},
        {"data": {"search": {"nodes": [ONE, TWO]}}},
        {"hits": {"hits": [{"_id": "1", "_source": ONE}, {"_id": "2", "_source": TWO}]}},
        {"ICML": [ONE], "ICLR": [TWO]},
        {"a1": ONE, "a2": TWO},
        {"papers": {"a1": ONE, "a2": TWO}},
        {"title": "My list", "description": "of papers", "entries": [ONE, TWO]},
        [{"page": 1, "results": [ONE]}, {"page": 2, "results": [TWO]}],
        [[ONE, TWO]],
        {"authors": [{"name": "Anna Rossi"}], "papers": [ONE, TWO]},
    ],
)
@pytest.mark.parametrize("indent", [None, 1, 4])
def test_envelopes(document: Any, indent: int | None) -> None:
    text = json.dumps(document, indent=indent)
    items = read(text)
    assert titles(items) == ["First of all", "Second of all"]
    assert not [i for i in items if isinstance(i, Fault)]
    assert sorted(set(covered(items))) == list(range(1, text.count("\n") + 2))


def test_a_single_paper_and_its_references() -> None:
    assert titles(read(json.dumps({**ONE, "references": [TWO, TWO]}))) == ["First of all"]
    assert titles(read(json.dumps({"title": "A", "abstract": "x", "citations": [TWO]}))) == ["A"]


def test_keys_of_an_object_of_papers() -> None:
    items = read(json.dumps({"2101.00001": ONE, "x/2": TWO}))
    assert [i.key for i in items if isinstance(i, Entry)] == ["2101.00001", "x/2"]
    assert isinstance(items[0], Entry) and normalise(items[0])[0]["arxiv_id"] == "2101.00001"


def test_objects_one_after_another() -> None:
    items = read(json.dumps(ONE, indent=2) + "\n" + json.dumps(TWO, indent=2))
    assert titles(items) == ["First of all", "Second of all"]


@pytest.mark.parametrize(
    "broken",
    [
        '{"title": "b",\n  "abstract": "x" "y"}',
        '{"title": "b",\n  "abstract": "x}',
        '{"title": "b",\n  "abstract": "x"',
        '{"title": "b",\n  "n": }',
        "{'title': 'b',\n  'n': 1}",
        '{"title": "b",\n  "n": ' + "[" * 100_000 + "]" * 100_000 + "}",
    ],
)
@pytest.mark.parametrize("frame", ["[\n {}\n]", '{{"items": [\n {}\n]}}'])
def test_a_broken_element_costs_itself(broken: str, frame: str) -> None:
    text = frame.format(",\n ".join([json.dumps(ONE), broken, json.dumps(TWO)]))
    items = read(text)
    assert titles(items) == ["First of all", "Second of all"]
    (fault,) = [i for i in items if isinstance(i, Fault)]
    assert fault.lines == (3, 4) and fault.message.startswith("bad JSON at line ")
    assert sorted(set(covered(items))) == list(range(1, text.count("\n") + 2))


def test_a_document_that_was_cut() -> None:
    items = read(json.dumps([ONE, TWO], indent=1)[:-20])
    assert titles(items) == ["First of all"]
    assert isinstance(items[-1], Fault) and "breaks off" in items[-1].message


@pytest.mark.parametrize(
    "text", ['{"a": 1}', "[]", "[1, 2, 3]", "[[[[[[[[1]]]]]]]]", '{"a": [{"b": 1}]}', "[" * 5000]
)
def test_json_without_papers_says_so(text: str) -> None:
    items = read(text)
    assert items and not titles(items)
    assert any(isinstance(i, Fault) for i in items)


def test_other_things_in_a_list_of_papers_are_faults() -> None:
    several = [ONE, 3, {"x": 1}, TWO]
    kinds = [type(i) for i in read("[\n" + ",\n".join(map(json.dumps, several)) + "]")]
    assert kinds == [Skip, Entry, Fault, Fault, Entry]


def test_a_line_of_many_bad_elements_is_one_fault() -> None:
    *entries, fault = read(json.dumps([ONE, *range(1000), TWO, {"x": 1}]))
    assert titles(entries) == ["First of all", "Second of all"]
    assert isinstance(fault, Fault) and fault.message.endswith("(and 1000 more on this line)")


def test_a_recorded_answer_with_a_feed() -> None:
    feed = (
        '<?xml version="1.0"?><feed xmlns="http://www.w3.org/2005/Atom"><entry><id>http://arxiv.org/abs/2101.00001v1</id>'
        "<title>From a feed</title><summary>S</summary></entry></feed>"
    )
    dump = Dump.from_text(json.dumps({"url": "https://x", "status_code": 200, "body": feed}, indent=1))
    sniff = json_document.sniff(dump)
    assert sniff and sniff.score > 0.5
    items = list(json_document.read(dump))
    assert titles(items) == ["From a feed"] and isinstance(items[0], Entry) and items[0].lines == (1, 5)


def test_sniff_names_its_evidence() -> None:
    sniff = json_document.sniff(Dump.from_text(json.dumps([ONE], indent=2)))
    assert sniff and sniff.score == 0.9 and "array" in sniff.why and '"title"' in sniff.why
    lines = json_document.sniff(Dump.from_text(json.dumps(ONE) + "\n" + json.dumps(TWO)))
    assert lines and lines.score < 0.5
    none = json_document.sniff(Dump.from_text('{"name": "package", "version": "1"}'))
    assert none and none.score < 0.25
    assert json_document.sniff(Dump.from_text("[Smith2020]\n title: x")) is None
    assert json_document.sniff(Dump.from_text("[link](https://a.org)")) is None
    assert json_document.sniff(Dump.from_text("@article{a,")) is None


papers = st.builds(
    lambda title, rest: {"title": f"T {title}", **rest},
    st.text(max_size=8),
    st.dictionaries(st.sampled_from(["abstract", "year", "note", "ö"]), st.text(max_size=10), max_size=3),
)


@settings(max_examples=150, deadline=None)
@given(st.lists(papers, min_size=1, max_size=4), st.sampled_from([None, 0, 2]), st.booleans(), st.data())
def test_lines_belong_to_one_item_however_the_text_is_damaged(
    documents: list[dict[str, str]], indent: int | None, wrapped: bool, data: st.DataObject
) -> None:
    text = json.dumps({"results": documents} if wrapped else documents, indent=indent)
    assert len(titles(read(text))) == len(documents)
    cut = data.draw(st.integers(0, len(text)))
    stop = data.draw(st.integers(cut, min(len(text), cut + 4)))
    damaged = text[:cut] + data.draw(st.sampled_from(["", "}", "]", '"', "\n", ",", "{"])) + text[stop:]
    if not damaged.strip():
        return
    numbered = [n for n, line in enumerate(damaged.split("\n"), 1) if line.strip()]
    seen = covered(read(damaged))
    assert sorted(set(seen) & set(numbered)) == numbered
