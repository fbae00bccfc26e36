"""The plan over a batch: found, grouped, linked, asked; what the user said; nothing quadratic."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import pytest

from paperctl.deduplicate import Plan, plan
from paperctl.record import FACTS


def record(title: str, **facts: Any) -> dict[str, Any]:
    return {**FACTS, "title": title, **facts}


def planned(records: Sequence[Any], **known: Any) -> Plan:
    return plan(records, **known)


LUPIN = record(
    "Lupin fields at night: counting moths with one camera",
    authors=["Ada Winter", "Bo Quist"],
    year=2021,
    venue="Journal of Field Optics",
    extra={"volume": "12", "pages": "101-118"},
)


def test_nothing_to_do_for_an_empty_and_a_single_batch() -> None:
    assert planned([]) == Plan()
    assert planned([LUPIN]) == Plan()


def test_finds_a_duplicate_among_others() -> None:
    again = record(
        "LUPIN FIELDS AT NIGHT: COUNTING MOTHS WITH ONE CAMERA.", authors=["Winter A.", "Quist B."]
    )
    other = record("Roadside verges as corridors for hoverflies", authors=["Ada Winter"], year=2021)
    assert planned([LUPIN, other, again]).clusters == [[0, 2]]


def test_links_versions_and_keeps_both() -> None:
    preprint = record(LUPIN["title"], authors=LUPIN["authors"], year=2020, venue="arXiv preprint")
    found = planned([preprint, LUPIN])
    assert found.clusters == []
    assert found.versions == [(0, 1)]


def test_the_user_has_the_last_word() -> None:
    again = record(LUPIN["title"])
    assert planned([LUPIN, again]).clusters == [[0, 1]]
    assert planned([LUPIN, again], judgements={(0, 1): "distinct"}) == Plan()
    assert planned([LUPIN, again], judgements={(1, 0): "version"}).versions == [(0, 1)]
    stranger = record("Soil crusts of the northern steppe")
    assert planned([LUPIN, stranger], judgements={(0, 1): "same"}).clusters == [[0, 1]]


@pytest.mark.parametrize("order", [(0, 1), (1, 0)])
def test_of_two_that_were_called_distinct_a_newcomer_joins_the_likest(order: tuple[int, int]) -> None:
    title = "Counting the moths of lupin fields with one camera in the long nights of the northern summer"
    known = {name: LUPIN[name] for name in ("authors", "year", "venue")}
    stored = [record(title, **known), record(f"{title}: maps", **known)]
    first = [stored[n] for n in order]
    found = planned([*first, record(title, **known)], known=2, judgements={(0, 1): "distinct"})
    assert found.clusters == [[order.index(0), 2]]


def test_not_a_duplicate_holds_through_a_third_record() -> None:
    bare = record(LUPIN["title"])
    first, second = dict(LUPIN), {**LUPIN, "url": "https://example.org/lupin"}
    clusters = planned([first, bare, second], judgements={(0, 2): "distinct"}).clusters
    assert not any({0, 2} <= set(c) for c in clusters)


def test_a_bare_record_does_not_join_two_works_of_one_title() -> None:
    letter = {
        **LUPIN,
        "authors": ["Cyr Odden", "Dag Moe"],
        "year": 2009,
        "extra": {"volume": "3", "pages": "7-9"},
    }
    clusters = planned([LUPIN, record(LUPIN["title"]), letter]).clusters
    assert not any({0, 2} <= set(c) for c in clusters)


COLUMN = record("Research centers", authors=["Ada Winter"], year=2002, venue="Optics Record")


def test_a_title_that_comes_back_in_another_year_is_a_column() -> None:
    later = {**COLUMN, "year": 2003}
    assert planned([COLUMN, dict(COLUMN)]).clusters == [[0, 1]]
    found = planned([COLUMN, dict(COLUMN), later])
    assert found.clusters == []
    assert [(i, j) for i, j, _ in found.maybes] == [(0, 1)]
    assert "comes back in other years" in found.maybes[0][2].evidence[-1]


def test_a_column_is_known_however_often_it_came() -> None:
    issues = [dict(COLUMN) for _ in range(30)]
    assert planned([*issues, {**COLUMN, "year": 2003}]).clusters == []


UNSIGNED = record("Letter from the tidewater desk")


@pytest.mark.parametrize(
    "others",
    [
        [{"year": 2001}, {"year": 2002}],
        [{"venue": "Optics Record", "year": 2003, "extra": {"pages": page}} for page in ("4", "88", "91")],
        [{"authors": ["Ada Winter"]}, {"authors": ["Bo Quist"]}],
    ],
    ids=["three years", "three pages of a venue", "people who have nothing to do with each other"],
)
def test_a_title_without_authors_that_comes_back_is_a_column(others: list[dict[str, Any]]) -> None:
    twice = [{**UNSIGNED, "year": 2003, "venue": others[0].get("venue")}] * 2
    assert planned(twice).clusters == [[0, 1]]
    found = planned([*twice, *({**UNSIGNED, **other} for other in others)])
    assert (found.clusters, found.versions) == ([], [])
    assert (0, 1) in [(i, j) for i, j, _ in found.maybes]


def test_a_title_without_authors_in_two_years_is_one_work() -> None:
    """One database has the year of the print, the other that of the first day on the web."""
    same = {**UNSIGNED, "year": 2003}
    assert planned([same, dict(same), {**UNSIGNED, "year": 2002}]).clusters == [[0, 1]]


def test_a_title_of_several_people_is_no_column() -> None:
    """One database has the year of the print, the others that of the first day on the web."""
    paper = {**COLUMN, "title": "Moths see stars", "authors": ["Ada Winter", "Bo Quist", "Cy Odden"]}
    assert planned([paper, dict(paper), {**paper, "year": 2003}]).clusters == [[0, 1]]


def test_a_column_is_merged_where_its_pages_agree() -> None:
    paged = {**COLUMN, "extra": {"volume": "31", "pages": "9-12"}}
    assert planned([paged, dict(paged), {**COLUMN, "year": 2003}]).clusters == [[0, 1]]


def test_a_long_title_is_no_column() -> None:
    report = {**COLUMN, "title": "Report on the first meeting of moth counters with cameras and lupins"}
    assert planned([report, dict(report), {**report, "year": 2003}]).clusters == [[0, 1, 2]]


def test_two_titles_that_two_sources_have_both_are_two_works() -> None:
    """One source might have the subtitle dropped; where each has both titles, nobody dropped anything."""
    facts = {"authors": ["Ada Winter", "Bo Quist"], "year": 2021, "venue": "Optics Meeting"}
    short = record("Lupin as a night camera", **facts)
    long = record("Lupin as an efficient night camera engine", **facts)
    other = {**facts, "venue": "Proc. of the Optics Meeting"}
    assert planned([short, {**long, **other}]).clusters == [[0, 1]]
    assert planned([short, long, {**short, **other}, {**long, **other}]).clusters == [[0, 2], [1, 3]]


def test_an_abstract_that_a_third_paper_has_proves_nothing() -> None:
    text = "Moths were counted at a lamp in twelve lupin fields on forty nights, by one camera each. " * 4
    cut, whole = (
        record("Counting moths at", abstract=text),
        record("Counting moths at lupin fields", abstract=text),
    )
    assert planned([cut, whole]).clusters == [[0, 1]]
    assert planned([cut, whole, record("Lamps for the night in rows", abstract=text)]).clusters == []


@pytest.mark.parametrize(("years", "links"), [((2001, 2003), 1), ((2001, 2003, 2005), 0)])
def test_the_issues_of_a_column_are_no_versions_of_each_other(years: tuple[int, ...], links: int) -> None:
    issues = [
        record("Street lamps of the year", authors=["Ada Winter"], year=y, venue="Optics Letters")
        for y in years
    ]
    assert len(planned(issues).versions) == links


def test_known_records_are_joined_only_by_a_new_one() -> None:
    known = [LUPIN, dict(LUPIN)]
    assert planned(known, known=2) == Plan()
    found = planned([*known, record(LUPIN["title"])], known=2)
    assert found.clusters == [[0, 1, 2]]
    ((first, last),) = planned([*known, record(LUPIN["title"])], known=2, settled=(0, 1)).clusters
    assert first < 2 == last


@pytest.mark.parametrize(
    "abstract", [None, "Provides an overview of this issue and of what its authors found."]
)
def test_thousands_of_editorials_are_neither_merged_nor_quadratic(abstract: str | None) -> None:
    records = [record("Editorial", abstract=abstract, venue="Letters in Optics") for _ in range(3000)]
    told: list[str] = []
    assert planned(records, progress=lambda stage, share: told.append(stage)).clusters == []
    assert {"keys", "compare", "group"} <= set(told)


def test_clusters_do_not_depend_on_the_order_of_the_records() -> None:
    records = [
        LUPIN,
        record("Lupin fields at night", authors=LUPIN["authors"], year=2021, venue=LUPIN["venue"]),
        record("Moss on slate roofs", year=2001),
        record("Moss on slate roofs.", year=2001),
        record("Moss on slate roofs: Part II", year=2001),
    ]
    forth = planned(records).clusters
    back = planned(records[::-1]).clusters
    assert forth == [[0, 1], [2, 3]]
    assert sorted(sorted(4 - i for i in c) for c in back) == forth
