"""A short run of the fuzz harness; `python -m tests.readers.fuzz` makes a long one."""

from __future__ import annotations

import pytest

from tests.readers import fuzz

pytest.importorskip("openpyxl")


def test_no_reader_fails_on_damaged_dumps() -> None:
    assert [(one.number, why) for one, why in fuzz.failures(range(1_000))] == []


def test_an_input_is_made_of_its_number_alone() -> None:
    assert [fuzz.made(n) for n in range(50)] == [fuzz.made(n) for n in range(50)]
    assert {fuzz.made(n).format for n in range(50)} >= {"bibtex", "json", "xlsx"}
