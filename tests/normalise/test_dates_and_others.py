"""Dates with their month, day and range, and lists of authors that are not whole."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from paperctl.normalise import normalise
from paperctl.normalise.dates import date_of
from paperctl.record import by_name
from paperctl.record.items import Entry, Markup, as_raw


@pytest.mark.parametrize(
    ("stated", "date"),
    [
        ("2022-04-25", "2022-04-25"),
        ("2022-4", "2022-04"),
        ("2022/04/25/", "2022-04-25"),
        ("2022/04//", "2022-04"),
        ("2022-04-25/2022-04-29", "2022-04-25/2022-04-29"),
        ("2022 Apr-May", "2022-04/2022-05"),
        ("2022 Apr 25", "2022-04-25"),
        ("April 2022", "2022-04"),
        ("25 April 2022", "2022-04-25"),
        ("2022-04-25T10:00:00Z", "2022-04-25"),
        ({"date-parts": [[2022, 4, 25], [2022, 4, 29]]}, "2022-04-25/2022-04-29"),
        ({"date-parts": [["2022", "4"]]}, "2022-04"),
        ([2022, 4], "2022-04"),
    ],
)
def test_a_date_is_kept_with_what_it_says_beside_the_year(stated: Any, date: str) -> None:
    found, _ = normalise(Entry({"title": "T", "year": stated}, (1, 1)))
    assert (found["year"], found["extra"]) == (2022, {"date": date})
    assert normalise(Entry({"title": "T"}, (1, 1), extra={"date": stated}))[0]["year"] == 2022


@pytest.mark.parametrize(
    "stated", ["2022-21", "2022~", "2022-04?", "2022-04/", "2022/..", "2022-04-25/2022-05~"]
)
def test_seasons_open_ranges_and_doubts_stay_as_biblatex_has_them(stated: str) -> None:
    for fields, extra in (({"year": stated}, {}), ({"year": "2022"}, {"date": stated})):
        found, _ = normalise(Entry(as_raw({"title": "T", **fields}), (1, 1), extra=extra, markup="tex"))
        assert (found["year"], found["extra"]) == (2022, {"date": stated})


@pytest.mark.parametrize(
    "stated", ["2022", "2022-13", "2022-02-30", "2022/23", "soon", {"date-parts": [[2022]]}, 7]
)
def test_what_says_no_more_than_a_year_is_no_date(stated: Any) -> None:
    assert date_of(stated) is None


@given(st.dates().map(str) | st.text("0123456789-/. AprilMay", max_size=24))
def test_a_date_stays_as_it_is_once_it_is_one(stated: str) -> None:
    if (date := date_of(stated)) is not None:
        assert date_of(date) == date


@pytest.mark.parametrize(
    ("fields", "date"),
    [
        ({"month": "apr"}, "2022-04"),
        ({"month": "April", "day": "7"}, "2022-04-07"),
        ({"month": "4", "date": "2022-04-25"}, "2022-04-25"),
        ({"month": "apr--may"}, "2022-04/2022-05"),
    ],
)
def test_month_and_day_are_one_date_with_the_year(fields: dict[str, str], date: str) -> None:
    found, _ = normalise(Entry({"title": "T", "year": "2022"}, (1, 1), extra=fields))
    assert found["extra"] == {"date": date}


def test_a_month_that_is_none_stays_what_it_was() -> None:
    found, _ = normalise(Entry({"title": "T", "year": "2022"}, (1, 1), extra={"month": "Spring"}))
    assert found["extra"] == {"month": "Spring"}


@pytest.mark.parametrize(
    ("authors", "markup"),
    [
        ("Roe, B. and others", "tex"),
        ("Roe, B. and et al.", "tex"),
        ("Roe, B. et al.", "plain"),
        ("Roe B. and", "plain"),
        ("B. Roe + 3 more", "plain"),
        ("B. Roe [and 12 others]", "plain"),
        ("B. Roe …", "plain"),
        ("B. Roe и др.", "plain"),
        (["B. Roe", "et al."], "plain"),
        (["B. Roe", "and others"], "plain"),
        ([{"family": "Roe", "given": "B."}, {"literal": "others"}], "plain"),
    ],
)
def test_a_list_that_is_not_whole_is_marked_and_names_nobody_else(authors: Any, markup: Markup) -> None:
    found, _ = normalise(Entry({"title": "T", "authors": authors}, (1, 1), markup=markup))
    assert (found["authors"], found["extra"]) == (["B. Roe"], {"authors_incomplete": True})
    assert normalise(Entry(as_raw(by_name(found)), (1, 1), extra=found["extra"]))[0] == found


def test_a_gap_within_a_list_is_marked() -> None:
    found, _ = normalise(Entry({"title": "T", "authors": "Ann Bee, Cy Dee, ..., Zed Foe"}, (1, 1)))
    assert found["authors"] == ["Ann Bee", "Cy Dee", "Zed Foe"] and found["extra"] == {
        "authors_incomplete": True
    }


def test_a_whole_list_has_no_mark() -> None:
    for authors in (["Et Al Smith"], "Ann Bee and Cy Others-Dee", ["et al."]):
        found, _ = normalise(Entry({"title": "T", "authors": authors}, (1, 1)))
        assert not found["extra"]
