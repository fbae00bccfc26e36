"""JSON, JSON Lines and ids."""

from __future__ import annotations

import json
import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from paperctl.record import Record, as_record, by_name
from tests.exports.samples import GPTQ, HOSTILE, LORA, PLAIN, paper, rendered

KEYS = (
    *(
        "id",
        "title",
        "abstract",
        "authors",
        "year",
        "venue",
        "doi",
        "arxiv_id",
        "url",
        "code_urls",
        "has_code",
    ),
    *(
        "keywords",
        "topics",
        "topic_scores",
        "decision",
        "reason",
        "note",
        "labels",
        "added",
        "versions",
        "sources",
        "extra",
        "schema",
    ),
)
VALUES = st.recursive(
    st.none()
    | st.booleans()
    | st.integers(-(2**53), 2**53)
    | st.text(st.characters(exclude_categories=["Cs"])),
    lambda inner: (
        st.lists(inner, max_size=3) | st.dictionaries(st.text("ab.\x7f", max_size=3), inner, max_size=3)
    ),
    max_leaves=6,
)


ALWAYS: dict[str, object] = {"reason": None, "labels": []}
"""What JSON says of every paper, though the store does so only where there is something to say."""


@pytest.mark.parametrize("records", [[], [LORA], [LORA, GPTQ, PLAIN]])
def test_json_is_an_array_of_the_records(records: list[Record]) -> None:
    assert json.loads(rendered("json", records)) == [ALWAYS | by_name(record) for record in records]


def test_jsonl_has_the_documented_order_and_keeps_unknown_keys() -> None:
    record = as_record({"future": 1, **LORA})
    assert list(json.loads(rendered("jsonl", [record]))) == [*KEYS, "future"]


def test_fields_select_and_name_as_asked() -> None:
    out = json.loads(rendered("jsonl", [LORA], fields=("year", "extra.pages", "extra.missing")))
    assert list(out.items()) == [("year", 2022), ("extra.pages", "1--13"), ("extra.missing", None)]


@settings(max_examples=200, deadline=None)
@given(
    st.dictionaries(st.text("abc", max_size=3), VALUES, max_size=3),
    st.text(st.characters(exclude_categories=["Cs"])),
)
def test_values_read_back_and_no_control_is_printed(extra: dict[str, object], title: str) -> None:
    record = paper(title=title, extra=extra)
    out = rendered("jsonl", [record])
    assert json.loads(out) == ALWAYS | by_name(record)
    assert not re.search("[\x00-\x09\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2028\u2029\u200b]", out)
    assert out.count("\n") == 1


def test_hostile_titles_read_back() -> None:
    records = [paper(title=title) for title in HOSTILE]
    assert json.loads(rendered("json", records)) == [ALWAYS | by_name(record) for record in records]


def test_exports_stream() -> None:
    def endless() -> object:
        while True:
            yield LORA

    from paperctl.exports import Request, export

    for name in ("json", "jsonl", "tsv", "ids"):
        pieces = export(name).render(endless(), Request())  # type: ignore[arg-type]
        assert next(pieces) and next(pieces)


def test_ids() -> None:
    assert rendered("ids", [LORA, GPTQ]) == f"{LORA['id']}\n{GPTQ['id']}\n"
