"""Keys in a file: the same plan as without, never taken for another state of the store."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np
import pytest

from paperctl.deduplicate import key_rules, key_table, keys, plan, thresholds
from paperctl.library.key_file import load_keys, save_keys
from paperctl.record import FACTS

WORDS = tuple("ABCDEFGHJKLMNPRS")


def record(n: int, **facts: Any) -> Any:
    title = " ".join(3 * WORDS[(n * 7 + k * (n % 11 + 1)) % len(WORDS)] + "ing" for k in range(7))
    return {
        **FACTS,
        "title": f"{title} {n}",
        "authors": [f"Ann Writer{n % 40}"],
        "year": 2000 + n % 20,
        **facts,
    }


STORE = [record(n) for n in range(200)]
NEW = [record(3), {**record(1000), "title": "Something new about otters and ledges"}]


def saved(path: Path, records: list[Any], count: int, stamp: str) -> Any:
    """The key table of the first records, saved."""
    table = key_table(records, 0, count)
    save_keys(path, table, count, stamp)
    return table


def test_keys_are_the_same_for_equal_records_and_name_their_kind() -> None:
    assert keys(STORE[0]) == keys(record(0))
    assert {k[1] for k in keys(record(0, doi="10.1/a", arxiv_id="2101.00001v2"))} == {":"}
    assert "x:2101.00001" in keys(record(0, title="t", arxiv_id="2101.00001v2"))


def test_a_plan_with_stored_keys_is_the_plan_without(tmp_path: Path) -> None:
    records = [*STORE, *NEW]
    table = saved(tmp_path / "keys", records, len(STORE), "state 1")
    again = load_keys(tmp_path / "keys", len(STORE), "state 1")
    assert again is not None
    assert all(np.array_equal(a, b) for a, b in zip(table, again, strict=True))
    found = plan(records, known=len(STORE), stored=again)
    assert found == plan(records, known=len(STORE))
    assert found.clusters == [[3, 200]]


def test_a_plan_gives_the_keys_of_all_records(tmp_path: Path) -> None:
    records = [*STORE, *NEW]
    grown = plan(records, known=len(STORE)).keys
    assert grown is not None
    save_keys(tmp_path / "keys", grown, len(records), "2")
    loaded = load_keys(tmp_path / "keys", len(records), "2")
    assert loaded is not None
    whole = key_table(records, 0, len(records))
    assert all(np.array_equal(a, b) for a, b in zip(loaded, whole, strict=True))


def test_keys_that_other_rules_made_are_not_taken(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    saved(tmp_path / "keys", STORE, 200, "state 1")
    assert load_keys(tmp_path / "keys", 200, "state 1") is not None
    whole = thresholds.TITLE_EDGE
    key_rules.version.cache_clear()
    monkeypatch.setattr(thresholds, "TITLE_EDGE", whole - 1)
    assert load_keys(tmp_path / "keys", 200, "state 1") is None
    key_rules.version.cache_clear()
    monkeypatch.setattr(thresholds, "TITLE_EDGE", whole)
    assert load_keys(tmp_path / "keys", 200, "state 1") is not None


@pytest.mark.parametrize("change", [1, -1])
@pytest.mark.parametrize(
    "number", ["TITLE_EDGE", "KEY_WORDS", "KEY_WORD_LETTERS", "ABSTRACT_EDGE", "READING_WORDS", "SHORT_TAG"]
)
def test_every_number_that_keys_hang_on_tells_them_apart(
    monkeypatch: pytest.MonkeyPatch, number: str, change: int
) -> None:
    whole = key_rules.version()
    monkeypatch.setattr(thresholds, number, getattr(thresholds, number) + change)
    key_rules.version.cache_clear()
    other = key_rules.version()
    key_rules.version.cache_clear()
    assert other != whole


def test_the_sample_has_every_kind_of_key() -> None:
    kinds = {key[0] for record in key_rules.SAMPLE for key in keys(record)}
    assert kinds == set("dxmthewapbz")


@pytest.mark.parametrize(("count", "stamp"), [(200, "state 2"), (199, "state 1")])
def test_the_keys_of_another_state_are_not_taken(tmp_path: Path, count: int, stamp: str) -> None:
    saved(tmp_path / "keys", STORE, 200, "state 1")
    assert load_keys(tmp_path / "keys", count, stamp) is None


def test_a_folder_that_takes_no_file_costs_only_time(tmp_path: Path) -> None:
    saved(tmp_path / "missing" / "keys", STORE, 200, "1")
    assert load_keys(tmp_path / "missing" / "keys", 200, "1") is None
