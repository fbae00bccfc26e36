"""Columns that text takes, and cutting and wrapping by them."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from paperctl.text.width import cut, pad, width, wrap


@pytest.mark.parametrize(
    ("text", "columns"),
    [
        ("", 0),
        ("abc", 3),
        ("é", 1),
        ("é", 1),
        ("学习", 4),
        ("ｆｕｌｌ", 8),
        ("각", 2),
        ("각", 2),
        ("🤗", 2),
        ("❤️", 2),
    ],
)
def test_width(text: str, columns: int) -> None:
    assert width(text) == columns


def test_cut_keeps_what_fits_and_says_that_it_cut() -> None:
    assert cut("adapters", 8) == "adapters"
    assert cut("adapters", 7) == "adapte…"
    assert cut("two words", 5) == "two…"
    assert cut("学习学习", 6) == "学习…"
    assert cut("学习学习", 5) == "学习…"
    assert cut("学", 1) == "…"
    assert cut("a", 0) == ""


def test_wrap_breaks_at_blanks_and_only_then_inside_words() -> None:
    assert wrap("one two three", 7) == ["one two", "three"]
    assert wrap("a unbreakable b", 5) == ["a", "unbre", "akabl", "e b"]
    assert wrap("  ", 5) == []


@given(st.text(), st.integers(2, 30))
def test_nothing_is_wider_than_asked(text: str, columns: int) -> None:
    assert width(cut(text, columns)) <= columns
    assert width(pad(text, columns)) == columns
    lines = wrap(text, columns)
    assert all(width(line) <= columns for line in lines)
    assert "".join("".join(lines).split()) == "".join(text.split())
