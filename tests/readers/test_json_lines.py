"""JSON Lines: any keys, damage that costs a line and not the file, and paperctl's own records."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from paperctl.dumps.dump import Dump
from paperctl.normalise import normalise
from paperctl.readers import json_lines
from paperctl.record import by_name
from paperctl.record.items import Entry, Fault, Item, Skip
from tests.conftest import Paperctl


def read(text: str | bytes) -> list[Item]:
    return list(json_lines.read(Dump.from_bytes(text.encode() if isinstance(text, str) else text)))


def entry(obj: dict[str, Any]) -> Entry:
    (item,) = read(json.dumps(obj))
    assert isinstance(item, Entry)
    return item


def facts(obj: dict[str, Any]) -> dict[str, Any]:
    return by_name(normalise(entry(obj))[0])


def test_records_of_a_reference_manager() -> None:
    item = entry(
        {
            "id": "r1",
            "title": "On bees",
            "authors": "Rossi, A and Bianchi, L",
            "year": 2006,
            "venue": "Apis",
            "doi": "",
            "abstract": "",
            "volume": "10",
            "number": "",
            "pages": "1-9",
        }
    )
    assert item.key == "r1" and item.extra == {"volume": "10", "pages": "1-9"}
    assert item.fields == {
        "title": "On bees",
        "authors": "Rossi, A and Bianchi, L",
        "year": 2006,
        "venue": "Apis",
    }


@pytest.mark.parametrize(
    ("keys", "want"),
    [
        ({"Paper_Title": "T x"}, {"title": "T x"}),
        ({"paper title": "T x", "paperAbstract": "A"}, {"title": "T x", "abstract": "A"}),
        ({"name": "T x", "description": "A"}, {"title": "T x", "abstract": "A"}),
        ({"title": "", "display_name": "T x"}, {"title": "T x"}),
        ({"title": "T", "Authors": ["A B"], "author": ""}, {"authors": ["A B"]}),
        ({"title": "T", "link": "https://a.org/b"}, {"url": "https://a.org/b"}),
        ({"title": "T", "pdf_url": "https://a.org/p", "url": "https://a.org/b"}, {"url": "https://a.org/b"}),
        ({"title": "T", "publication-year": "2020"}, {"year": 2020}),
        ({"title": "T", "published": "2020-03-04T00:00:00Z"}, {"year": 2020}),
        ({"title": "T", "code": "Link"}, {"has_code": True, "code_urls": []}),
        ({"title": "T", "github": "https://github.com/a/b"}, {"code_urls": ["https://github.com/a/b"]}),
        ({"title": "T", "Author Keywords": "a; b"}, {"keywords": ["a", "b"]}),
        ({"title": "T", "id": "2101.00001v2"}, {"arxiv_id": "2101.00001"}),
        ({"title": "T", "id": "https://doi.org/10.1000/x"}, {"doi": "10.1000/x"}),
        ({"title": {"value": "T x"}, "abstract": ["A"]}, {"title": "T x", "abstract": "A"}),
        ({"paper": {"title": "T x", "abstract": "A"}, "rank": 3}, {"title": "T x", "extra": {"rank": 3}}),
    ],
)
def test_any_keys(keys: dict[str, Any], want: dict[str, Any]) -> None:
    found = facts(keys)
    assert {name: found[name] for name in want} == want


def test_what_is_not_used_stays_in_extra() -> None:
    item = entry(
        {"title": "T", "status": "Oral", "pdf": "https://a.org/p", "url": "https://a.org/b", "issue": 3}
    )
    assert item.extra == {"status": "Oral", "pdf": "https://a.org/p", "number": 3}


@pytest.mark.parametrize(
    ("line", "says"),
    [
        ('{"title": "a", }', "comma"),
        ('{"title": "a"', "breaks off"),
        ("{'title': 'a'}", "single quotes"),
        ('{"title": "a", "open": True}', "Python"),
        ('{"title": "a" "year": 1}', "delimiter"),
        ("[1, 2]", "a list where an object"),
        ('"title"', "a text where an object"),
        ('{"a": 1, "b": 2}', "no title among the keys (a, b)"),
        ('{"title": ' + "[" * 100_000, "nested too deep"),
        ('{"ti\x1btle" 1}', "bad JSON at column"),
    ],
)
def test_a_bad_line_is_a_fault_that_says_how_to_mend_it(line: str, says: str) -> None:
    before, fault, after = read(f'{{"title": "x y z"}}\n{line}\n{{"title": "p q r"}}\n')
    assert isinstance(before, Entry) and isinstance(after, Entry)
    assert after.lines == (3, 3)
    assert isinstance(fault, Fault) and fault.lines == (2, 2) and says in fault.message
    assert "\n" not in fault.message and fault.message.isprintable()


def test_what_strict_json_forbids_and_dumps_hold() -> None:
    items = read(
        b'\xef\xbb\xbf{"title": "bom"}\r\n'
        b'\r\n{"title": "nan", "score": NaN}\n'
        b'{"title": "tab\there"}\n'
        b'{"title": "big", "n": ' + b"9" * 6000 + b"}\n"
        b'{"title": "half \\ud83d"}\n'
        b'{"title": "one"}{"title": "two"}\n'
        b'[{"title": "three"}, {"title": "four"}]\n'
        b'{"title": "latin \xe9"}'
    )
    assert all(isinstance(i, Entry) for i in items)
    titles = [normalise(i)[0]["title"] for i in items if isinstance(i, Entry)]
    assert titles == ["bom", "nan", "tab here", "big", "half �", "one", "two", "three", "four", "latin é"]


def test_lines_without_a_paper_are_skipped_with_a_reason() -> None:
    items = read('# list\n{}\n{"title": "", "status": "Withdrawn"}\n{"title": "", "abstract": "A text"}')
    assert [type(i) for i in items] == [Skip, Skip, Skip, Entry]


OWN = {
    "id": "ab12cd34ef56",
    "title": "A whole record",
    "abstract": "Text.",
    "authors": ["Anna Rossi", "Acme Inc."],
    "year": 2024,
    "venue": "X",
    "doi": "10.1000/x",
    "arxiv_id": "2101.00001",
    "url": "https://a.org/x",
    "code_urls": ["https://github.com/a/b"],
    "has_code": True,
    "keywords": ["k", "l"],
    "topics": ["llm"],
    "topic_scores": {"llm": 3.1},
    "decision": "keep",
    "note": "read",
    "added": "2024-01-01T00:00:00Z",
    "versions": [],
    "sources": [{"file": "f", "key": "k"}],
    "extra": {"volume": "3", "year_from": "date"},
    "schema": 1,
}


def test_own_records_come_back_with_the_same_facts() -> None:
    item = entry(OWN)
    found = by_name(normalise(item)[0])
    assert item.key == found.pop("paperctl_id") == OWN["id"]
    assert found == {k: OWN[k] for k in found}


def test_own_records_keep_fields_of_later_versions() -> None:
    assert entry({**OWN, "rating": 5}).extra["rating"] == 5


ARXIV = r"""{"id": "0704.0001", "submitter": "X", "authors": "A. Bal\\'azs",
"title": "On\n  H\\\"older maps of $\\'x$",
"comments": "37 pages", "journal-ref": "Phys.Rev.D76:013009,2007", "doi": "10.1103/X.76",
"categories": "hep-ph",
"abstract": "  We\nshow.\n", "versions": [{"version": "v1", "created": "Mon, 2 Apr 2007 19:18:42 GMT"},
{"version": "v2", "created": "Tue, 24 Jul 2009 20:10:27 GMT"}], "update_date": "2008-11-26",
"authors_parsed": [["Balázs", "A.", ""], ["van der Berg", "Jan", "Jr"]]}"""


def test_arxiv_metadata() -> None:
    found = facts(json.loads(ARXIV))
    assert found["title"] == "On Hölder maps of $\\'x$" and found["abstract"] == "We show."
    assert found["authors"] == ["A. Balázs", "Jan van der Berg Jr"] and found["year"] == 2007
    assert found["arxiv_id"] == "0704.0001" and found["extra"]["arxiv_version"] == "2"


def test_sniff() -> None:
    one = '{"title": "a b c"}\n'
    sure = json_lines.sniff(Dump.from_text(one * 3))
    assert sure and sure.score > 0.9 and "3 of the first 3 lines" in sure.why
    assert json_lines.sniff(Dump.from_text("title,year\n")) is None
    assert json_lines.sniff(Dump.from_text('[{"title": "a"}]')) is None
    assert json_lines.sniff(Dump.from_text('{\n "title": "a"\n}')) is None
    other = json_lines.sniff(Dump.from_text('{"a": 1}\n{"a": 2}\n'))
    assert other and other.score < 0.5


json_values = st.recursive(
    st.one_of(st.none(), st.booleans(), st.integers(), st.floats(), st.text(max_size=12)),
    lambda inner: st.one_of(
        st.lists(inner, max_size=3), st.dictionaries(st.text(max_size=6), inner, max_size=3)
    ),
    max_leaves=8,
)
KEYS = """id title abstract authors author year date doi url code github paper content data itemType DOI
issued info creators titles attributes paperId externalIds authorships
primary_location ids versions categories
authors_parsed forum invitation keywords publishedAt topics sources has_code extra venue journal"""
known = st.sampled_from(re.findall(r"\w+", KEYS))
objects = st.dictionaries(st.one_of(known, st.text(max_size=6)), json_values, max_size=7)


@settings(max_examples=400, deadline=None)
@given(st.lists(st.one_of(objects, json_values), max_size=4))
def test_every_line_is_one_item_and_its_entry_normalises(values: list[Any]) -> None:
    text = "\n".join(json.dumps(v) for v in values)
    items = read(text)
    lines = [i.lines for i in items if isinstance(i, Entry | Skip | Fault)]
    assert {a for a, _ in lines} == {n for n, _ in enumerate(values, 1)}
    for item in items:
        if isinstance(item, Entry):
            normalise(item)


@settings(max_examples=200, deadline=None)
@given(st.text(st.sampled_from('{}[]":,\\ntitle 1eTrueNaN\n'), max_size=60))
def test_no_text_is_too_bad(text: str) -> None:
    numbered = [n for n, line in enumerate(text.split("\n"), 1) if line.strip()]
    assert sorted({i.lines[0] for i in read(text) if isinstance(i, Entry | Skip | Fault)}) == numbered


def test_what_a_data_frame_writes_for_nothing_is_nothing() -> None:
    found = entry({"title": "Sparse Gates", "doi": "nan", "venue": "NaN", "year": 2023, "authors": "Ada Nan"})
    assert found.fields == {"title": "Sparse Gates", "year": 2023, "authors": "Ada Nan"}


def test_a_line_that_is_far_too_long_costs_that_line(paperctl: Paperctl, tmp_path: Path) -> None:
    path = tmp_path / "long.jsonl"
    long = '{"title": "' + "x" * (65 << 20) + '"}\n'
    path.write_text('{"title": "A good one"}\n' + long + '{"title": "Another good one"}\n')
    ran = paperctl("load", path)
    assert ran.status == 3 and "long.jsonl" in ran.err and " 2" in ran.err
    assert len(paperctl("list", "--ids").out.split()) == 2
