"""What is exported is loaded as the same papers, for every format that holds them whole."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from paperctl.dumps.dump import Dump
from paperctl.normalise import normalise
from paperctl.readers import readers
from paperctl.record import FACTS, Record
from paperctl.record.items import Entry, Fault, as_raw
from paperctl.text.fold import fold
from tests.exports.samples import HOSTILE, LORA, PLAIN, paper, rendered

READER = {
    "json": "json",
    "jsonl": "jsonl",
    "csv": "csv",
    "bibtex": "bibtex",
    "ris": "ris",
    "csl-json": "json",
}


def loaded(name: str, records: list[Record]) -> list[dict[str, Any]]:
    """The facts that come back when the records are exported and read again."""
    items = list(readers()[READER[name]].read(Dump.from_text(rendered(name, records))))
    assert not [item for item in items if isinstance(item, Fault)]
    return [facts(normalise(item)[0]) for item in items if isinstance(item, Entry)]


def facts(record: Mapping[str, Any]) -> dict[str, Any]:
    return {name: list(v) if isinstance(v := record[name], tuple) else v for name in FACTS}


WORD = st.text(st.characters(categories=["Lu", "Ll"], max_codepoint=0x17F), min_size=2, max_size=8)
SIGN = st.sampled_from(
    [*"#$%&_^~\\<>*[]|`=+@\"';:,.!?{}-()", "{A}", "$x_1$", "$\\alpha_{i}^2$", "50%", "C#", "R&D", "$5", "a_b"]
)
KEYWORD_SIGN = st.sampled_from(["C#", "R&D", "$x_1$", "{A}"])
TEXT = st.lists(WORD | SIGN, min_size=1, max_size=9).map(" ".join)
NAME = st.lists(st.from_regex("[A-ZÀ-Ö][a-zß-ö]{2,6}", fullmatch=True), min_size=1, max_size=3).map(" ".join)
URL = st.text("abc/_-.~%20?=&#+", max_size=12).map("https://example.org/a".__add__)
FIELDS = st.fixed_dictionaries(
    {"title": TEXT.filter(fold)},
    optional={
        "abstract": TEXT,
        "authors": st.lists(NAME, min_size=1, max_size=4),
        "year": st.integers(1500, 2100),
        "venue": TEXT,
        "doi": st.text("abc0._;()/-", min_size=1, max_size=9).map("10.1234/".__add__),
        "arxiv_id": st.from_regex(r"2[0-4]0[1-9]\.[0-9]{5}", fullmatch=True),
        "url": URL,
        "code_urls": st.lists(st.text("abc-_", min_size=4, max_size=9).map("https://github.com/x/".__add__)),
        "has_code": st.booleans(),
        "keywords": st.lists(st.lists(WORD | KEYWORD_SIGN, min_size=1, max_size=3).map(" ".join), max_size=3),
    },
)
EXTRA = st.dictionaries(
    st.sampled_from(["volume", "number", "pages", "publisher", "Odd Name", "a.b", "issn"]), TEXT, max_size=4
)


@st.composite
def stored(draw: st.DrawFn) -> Record:
    """A paper as the store would hold it: cleaned by the rules by which every entry is cleaned."""
    entry = Entry(as_raw(draw(FIELDS)), (1, 1), extra=draw(EXTRA))
    known, _ = normalise(entry)
    return paper(**known, topics=["llm"], sources=[{"format": "csv", "key": None}])


PAPERS = st.lists(stored(), min_size=1, max_size=3, unique_by=lambda record: record["id"])


@pytest.mark.parametrize("name", READER)
@pytest.mark.parametrize("title", HOSTILE)
def test_hostile_titles_come_back_cleaned_and_alone(name: str, title: str) -> None:
    clean, _ = normalise(Entry({"title": title}, (1, 1)))
    back = [found["title"] for found in loaded(name, [LORA, paper(**clean), PLAIN])]
    if name == "bibtex":  # TeX's own ligature
        clean["title"] = clean["title"].replace("--", "–")
    assert back == [LORA["title"], clean["title"], PLAIN["title"]]


@settings(max_examples=40, deadline=None)
@given(PAPERS)
def test_json_jsonl_csv_and_csl_json_lose_nothing(records: list[Record]) -> None:
    for name in ("json", "jsonl", "csv", "csl-json"):
        assert loaded(name, records) == list(map(facts, records))


@settings(max_examples=40, deadline=None)
@given(PAPERS)
def test_bibtex_loses_nothing_and_adds_the_type(records: list[Record]) -> None:
    for got, want in zip(loaded("bibtex", records), map(facts, records), strict=True):
        assert got["extra"].pop("type")
        if want["has_code"] and not want["code_urls"]:
            assert got["extra"].pop("code") == "yes"
        for name in ("Odd Name", "a.b", "year_from"):  # no fields of a bibliography
            want["extra"].pop(name, None)
        assert got == want


@settings(max_examples=40, deadline=None)
@given(PAPERS)
def test_ris_loses_no_fact(records: list[Record]) -> None:
    for got, want in zip(loaded("ris", records), map(facts, records), strict=True):
        assert got["extra"].pop("type")
        for name in ("volume", "number", "publisher", "issn"):
            assert got["extra"].get(name) == want["extra"].get(name)
        del got["extra"], want["extra"]
        assert got == want


LIBRARY = r"""
@InProceedings{DBLP:conf/iclr/Hu22,
  author    = {Edward J. Hu and {The {LoRA} Team} and van der Berg, Jan and Smith, Jr., John},
  title     = {{LoRA}: {L}ow-Rank Adaptation at 50\% of $O(n^2)$ \& Less},
  booktitle = {Proc.~of {ICLR}},
  year      = 2022,
  pages     = {1--13},
  editor    = {K\"uhn, A. and M{\"u}ller, B.},
  publisher = {Springer \& Co},
  eprint    = {2106.09685},
  archiveprefix = {arXiv},
  primaryclass = {cs.CL},
  month     = apr,
  file      = {:C\:/papers/hu_2022.pdf:PDF},
  mynote    = {read_it},
  url       = {https://example.org/a_b?x=1&y=50%25},
  keywords  = {adaptation, low rank},
}

@software{tool_v2, title = {A Tool With a Long Name}, author = {OpenAI}, version = {2.0}, date = {2023-05-01}}
@phdthesis{kahn, title = {Theory of Everything {\'a} la Carte}, author = {Ken Kahn}, school = {MIT}}
"""


def test_a_bibtex_library_keeps_keys_types_and_its_own_fields() -> None:
    def papers(text: str) -> list[Record]:
        items = [i for i in readers()["bibtex"].read(Dump.from_text(text)) if isinstance(i, Entry)]
        assert len(items) == 3
        return [paper(**facts(normalise(i)[0]), sources=[{"format": "bibtex", "key": i.key}]) for i in items]

    first = papers(LIBRARY)
    out = rendered("bibtex", first)
    again = papers(out)
    assert [facts(record) for record in again] == [facts(record) for record in first]
    assert [r["sources"][0]["key"] for r in again] == ["DBLP:conf/iclr/Hu22", "tool_v2", "kahn"]
    assert "@inproceedings{DBLP:conf/iclr/Hu22,\n" in out and "@software{tool_v2,\n" in out
    assert rendered("bibtex", again) == out
