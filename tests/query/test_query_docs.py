"""What the documentation shows works as it says."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from paperctl.query import parse
from paperctl.query.patterns import LONGEST_COSTLY, LONGEST_PATTERN, LONGEST_TEXT
from paperctl.query.spans import Span
from paperctl.record.fields import NAMES


class Loads:
    """A store with one load."""

    def last(self) -> str:
        return "2026-11-21T08:00:00.000Z"

    def named(self, word: str) -> Span:
        return Span()


PAGE = (Path(__file__).parents[2] / "docs" / "queries.md").read_text(encoding="utf-8")
FENCED = [line for block in re.findall(r"```query\n(.*?)```", PAGE, re.DOTALL) for line in block.splitlines()]
FIRST_COLUMN = [
    span for row in re.findall(r"^\| (`.*?`) \|", PAGE, re.M) for span in re.findall(r"`([^`]+)`", row)
]


def test_there_are_examples() -> None:
    assert len(FENCED) > 5 and len(FIRST_COLUMN) > 20


@pytest.mark.parametrize("name", NAMES)
def test_every_field_of_the_table_is_on_the_page(name: str) -> None:
    assert re.search(rf"`{name}[:`]", PAGE)


@pytest.mark.parametrize("text", FENCED + FIRST_COLUMN)
def test_every_example_is_a_query(text: str) -> None:
    assert parse(text, loads=Loads(), saved={"mine": "topic:peft", "NAME": "lora"}).tree is not None


def test_the_bounds_of_patterns_are_those_in_force() -> None:
    for number in (LONGEST_COSTLY, LONGEST_PATTERN, LONGEST_TEXT):
        assert f"{number:,}" in PAGE
