"""How a doubtful pair is shown, at any width, whatever the two records say."""

from __future__ import annotations

import re
from typing import Any
from unicodedata import category

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from paperctl.deduplicate import Verdict, verdict
from paperctl.record import Record
from paperctl.review.pair_view import compared, lines
from paperctl.text.width import width

from .conftest import record

DOUBT = Verdict("maybe", 0.42, ("title 85% alike", "year agrees", "titles that differ in a few words"))
LONG = (
    "Rounding points that are calibrated on a few texts keep the accuracy of large models at four bits. "
    "We measure the error of each layer and move its points until the output hardly changes. "
) * 5
SGR = re.compile(r"\x1b\[[0-9;]*m")


def shown(a: Record, b: Record, columns: int = 80, colour: bool = False) -> str:
    return "\n".join(lines(a, b, DOUBT, columns, colour=colour))


def marked(text: str, spans: list[tuple[int, int]]) -> list[str]:
    return [text[start:end] for start, end in spans]


# ---- which words differ -----------------------------------------------------------------------


@pytest.mark.parametrize(
    ("one", "other", "left", "right"),
    [
        ("Rounding for Large Models", "Rounding of Big Models", ["for Large"], ["of Big"]),
        ("Rounding of Models", "Rounding of Models, Again", [], ["Again"]),
        ("LoRA: Low-Rank Adaptation", "LORA – low–rank adaptation", [], []),
        ("Compilers for C", "Compilers for C++", [], ["++"]),
        ("GPT-3.5 at Work", "GPT-35 at Work", ["3.5"], ["35"]),
        ("10.1000/j.cell.12", "10.1000/j.cell.13", ["12"], ["13"]),
        ("大模型的量化", "小模型的量化", ["大"], ["小"]),
        ("11--19", "11–19", [], []),
        ("José Ruiz, Ann Lee", "Jose Ruiz, Ann Lee", ["José"], ["Jose"]),
        ("", "", [], []),
    ],
)
def test_only_words_that_differ_are_found(one: str, other: str, left: list[str], right: list[str]) -> None:
    spans = compared(one, other)
    assert (marked(one, spans[0]), marked(other, spans[1])) == (left, right)


def test_two_changed_words_in_a_long_abstract_are_the_only_ones_marked() -> None:
    other = LONG.replace("large", "small", 1)[::-1].replace("tuptuo", "tupni", 1)[::-1]
    text = " ".join(shown(record("One", LONG), record("One", other)).split())
    assert re.findall(r"\[-.+?-\]|\{\+.+?\+\}", text) == ["[-large-]", "[-output-]", "{+small+}", "{+input+}"]


def test_texts_as_long_as_a_book_are_compared_in_parts() -> None:
    words = [f"w{n}" for n in range(20_000)]
    spans = compared(" ".join(words), " ".join([*words[:15_000], "new", *words[15_001:]]))
    assert [end - start for start, end in spans[0]] == [len("w15000")]


def test_a_mark_that_goes_over_lines_is_coloured_on_each() -> None:
    a, b = record("Seen", "one " * 40), record("Seen", "two " * 40)
    rows = [row for row in lines(a, b, DOUBT, 60, colour=True) if "two two" in row]
    assert len(rows) > 2
    assert all("\x1b[1;4;32mtwo" in row and row.endswith("two\x1b[0m") for row in rows)
    assert "[-" not in "".join(rows)


# ---- where things stand -----------------------------------------------------------------------


def pair() -> tuple[Record, Record]:
    a = record(
        "From the Editors",
        authors=["Dana Moreau"],
        venue="Letters on Machines",
        year=2021,
        extra={"volume": "12", "number": "3", "pages": "1--2", "publisher": "North"},
        sources=[{"file": "a.bib", "key": "col1", "lines": [1, 9]}],
        id="0123456789ab",
    )
    b = record(
        "From the Editors",
        authors=["Dana Moreau"],
        venue="Letters on Machines",
        year=2021,
        extra={"volume": 12, "number": 4, "pages": "221–222"},
        sources=[{"file": "b.csv", "key": None, "lines": [7, 7]}],
        decision="keep",
        note="the second of two",
        id="01234567ffff",
    )
    return a, b


def test_a_column_shows_all_that_tells_two_issues_apart() -> None:
    text = shown(*pair())
    for line in (
        "= title     From the Editors",
        "= venue     Letters on Machines",
        "= volume    12",
        "1 number    [-3-]",
        "2 number    {+4+}",
        "1 pages     [-1--2-]",
        "2 pages     {+221–222+}",
        "1 id        012345678",
        "2 id        01234567f",
        "1 sources   [-a.bib:col1-]",
        "2 sources   {+b.csv:7+}",
        "1 decision  –",
        "2 decision  keep",
        "2 note      the second of two",
        "1 publisher North",
    ):
        assert f" {line}\n" in f"{text}\n", line
    assert "doi" not in text and "abstract" not in text


def test_reason_and_score_stand_first_in_words() -> None:
    rows = lines(*pair(), DOUBT, 80, colour=False)
    assert rows[0] == " because     titles that differ in a few words"
    assert rows[1] == " score       weak, 0.42 of 1: title 85% alike; year agrees"


def test_side_by_side_where_there_is_room_for_two() -> None:
    below, beside = lines(*pair(), DOUBT, 99, colour=False), lines(*pair(), DOUBT, 100, colour=False)
    assert not any("│" in row for row in below)
    (number,) = [row for row in beside if "number" in row]
    assert number.split() == ["number", "[-3-]", "│", "{+4+}"]
    assert sum("From the Editors" in row for row in beside) == 1
    a, b = record("Seen", "one " * 300), record("Seen", "two " * 300)
    wide = lines(a, b, DOUBT, 200, colour=False)
    assert max(map(width, wide)) > 190
    assert len({row.index("│") for row in wide if "│" in row}) == 1


def test_fields_of_no_visible_text_are_left_out() -> None:
    a, b = record("Seen", extra={"mark": "\x1b[31m", "odd": None}), record("Seen", note=" ")
    assert "mark" not in shown(a, b) and "odd" not in shown(a, b) and "note" not in shown(a, b)


# ---- whatever they say ------------------------------------------------------------------------

# Half a surrogate pair is in no record: reading takes it away.
TEXT = st.text(
    st.one_of(
        st.sampled_from("ab Z9-,.[{+–é語ü漢한\u0301\u200d\ufe0f👍\x1b\x9b\x07\r\n\t\u202e\u2061\u2062"),
        st.characters(exclude_categories=["Cs"]),
    ),
    max_size=60,
)
SHORT = st.none() | TEXT


@st.composite
def records(draw: st.DrawFn) -> Record:
    known: dict[str, Any] = {
        "authors": draw(st.lists(TEXT, max_size=3)),
        "year": draw(st.none() | st.integers(1900, 2100)),
        "venue": draw(SHORT),
        "doi": draw(SHORT),
        "note": draw(SHORT),
        "decision": draw(st.sampled_from([None, "keep", "skip"])),
        "extra": draw(st.dictionaries(TEXT | st.sampled_from(["volume", "pages"]), TEXT, max_size=3)),
        "sources": draw(st.lists(st.fixed_dictionaries({"file": TEXT, "key": SHORT}), max_size=2)),
        "id": "0123456789ab",
    }
    return record(draw(TEXT), draw(st.none() | st.lists(TEXT, max_size=6).map(" ".join)), **known)


@settings(max_examples=120, deadline=None)
@given(records(), records(), st.integers(20, 250), st.booleans())
def test_any_pair_fits_any_width_and_holds_no_commands(a: Record, b: Record, columns: int, on: bool) -> None:
    for row in lines(a, b, verdict(a, b), columns, colour=on):
        text = SGR.sub("", row) if on else row
        assert width(text) <= columns
        assert not [c for c in text if category(c) in ("Cc", "Cs") or "\u202a" <= c <= "\u202e"]
        assert "\u2061" not in text and "\u2062" not in text


@settings(max_examples=120, deadline=None)
@given(TEXT, TEXT)
def test_what_is_not_marked_is_the_same_on_both_sides(one: str, other: str) -> None:
    rest = []
    for text, spans in zip((one, other), compared(one, other), strict=True):
        for start, end in reversed(spans):
            assert start < end
            text = f"{text[:start]} {text[end:]}"
        rest.append(text)
    assert compared(*rest) == ([], [])
    assert compared(one, one) == ([], [])
