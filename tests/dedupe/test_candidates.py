"""Candidate pairs: the right ones are among them, and never many for each record, whatever the data."""

from __future__ import annotations

from typing import Any

import pytest

from paperctl.deduplicate.candidates import merge_tables, pairs_between, pairs_within, table
from paperctl.deduplicate.thresholds import WINDOW
from paperctl.record import FACTS

ABSTRACT = (
    "Gulls steal more at noon than at dawn, as nine harbours and a camera on each quay have shown us. " * 3
)


def record(**facts: Any) -> Any:
    return {**FACTS, **facts}


def paired(*records: Any) -> bool:
    found = pairs_within(table(records, 0, len(records)))
    return 1 in {*found.firm.tolist(), *found.loose.tolist()}  # 0 << 32 | 1


@pytest.mark.parametrize(
    ("a", "b"),
    [
        ({"doi": "10.9999/GULL.1"}, {"doi": "10.9999/gull.1"}),
        ({"arxiv_id": "2101.00001v3"}, {"arxiv_id": "2101.00001"}),
        ({"title": "Gulls at noon"}, {"title": "GULLS AT NOON."}),
        (
            {"title": "Thieving gulls of nine harbours: a field study"},
            {"title": "Thieving gulls of nine harbours"},
        ),
        (
            {"title": "On the thieving gulls of nine harbours"},
            {"title": "The thieving gulls of nine harbours"},
        ),
        (
            {"title": "Harbour gulls and their thieving habits"},
            {"title": "Thieving among the gulls of a harbour"},
        ),
        ({"abstract": ABSTRACT, "title": "Gulls"}, {"abstract": ABSTRACT[:190], "title": "Theft at sea"}),
        (
            {"title": "Gaviotas", "extra": {"volume": "12", "pages": "31-40"}},
            {"title": "Gulls", "extra": {"volume": "12 (Suppl 1)", "pages": "31--40"}},
        ),
        (
            {"title": "Gulls", "authors": ["Ana Reyes"], "year": 2020},
            {"title": "Terns", "authors": ["A. Reyes"], "year": 2020},
        ),
    ],
)
def test_what_ought_to_be_compared_is(a: Any, b: Any) -> None:
    assert paired(record(**a), record(**b))


def test_strangers_are_not_compared() -> None:
    assert not paired(record(title="Gulls at noon over harbours"), record(title="Moss on northern roofs"))


@pytest.mark.parametrize("size", [50, 500])
def test_no_block_is_quadratic(size: int) -> None:
    same = [record(title="Editorial", abstract=ABSTRACT, authors=["A B"], year=2020, doi="10.1/x")] * size
    found = pairs_within(table(same, 0, size))
    assert len(found.firm) + len(found.loose) <= size * WINDOW


def test_known_records_are_found_for_new_ones_only() -> None:
    records = [record(title=t) for t in ("Gulls at noon", "Gulls at noon", "Moss", "GULLS AT NOON")]
    found = pairs_between(table(records, 0, 3), table(records, 3, 4))
    assert {(p >> 32, p & 0xFFFFFFFF) for p in found.firm.tolist()} == {(0, 3), (1, 3)}


def test_tables_of_parts_make_the_table_of_the_whole() -> None:
    records = [record(title=f"Gulls at harbour {n}", year=2000) for n in range(40)]
    whole = table(records, 0, 40)
    parts = merge_tables([table(records, 0, 13), table(records, 13, 40)])
    assert all((a == b).all() for a, b in zip(whole, parts, strict=True))
