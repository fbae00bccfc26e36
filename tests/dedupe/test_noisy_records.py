"""Records that lost their borders or letters on the way: lists, reference strings, the text of a PDF."""

from __future__ import annotations

from typing import Any

import pytest

from paperctl.deduplicate import keys, names, verdict
from tests.dedupe.tide_mills import ABSTRACT, HERE, KEEPERS, PAGES, Paper, ours, paper

MILLS: Paper = {"venue": "Journal of Mill Studies", "year": 2016, "volume": "21", "pages": "88-104"}
CITED: Any = {**ours(**MILLS), "extra": {}}
SCRIBE = "Efficient classification of workflow profiles in office networks"


def kind(a: Paper, b: Paper) -> str:
    assert verdict(a, b).kind == verdict(b, a).kind
    return verdict(a, b).kind


@pytest.mark.parametrize(
    ("title", "left"),
    [
        (f"Quist N, Hron P, Bello A. {KEEPERS}", ("authors",)),
        (f"Quist N, Hron P, Bello A. {KEEPERS}", ()),
        (f"N. Quist, P. Hron, and A. Bello. {KEEPERS}", ("authors", "venue")),
        (f"{KEEPERS}. Nora Quist, Pavel Hron", ()),
        (f"{KEEPERS} Nora Quist, Pavel Hron, Aisha Bello", ("authors",)),
        (f"Quist et al. (2016) {KEEPERS}", ("authors", "year", "venue")),
        (f"{KEEPERS}. Journal of Mill Studies", ("venue",)),
        (f"{KEEPERS}, J Mill Studies", ("venue", "year")),
        (f"{KEEPERS}. Journal of Mill Studies 21, 88-104, 2016", ("venue", "year")),
        (f"Journal of Mill Studies: {KEEPERS}", ()),
        (f"12. Quist N, Hron P. {KEEPERS}. Journal of Mill Studies. 2016", ("authors", "year")),
        (f"{KEEPERS} doi:10.9999/jms.21", ("venue",)),
    ],
)
def test_names_venue_and_year_around_a_title(title: str, left: tuple[str, ...]) -> None:
    glued = {**CITED, "title": title, **{name: [] if name == "authors" else None for name in left}}
    assert kind(ours(**MILLS, doi="10.9999/jms.21"), glued) == "duplicate"


@pytest.mark.parametrize(
    "title",
    [
        f"Reply to Quist: {KEEPERS}",
        f"{KEEPERS}: the Hron collection",
        f"{KEEPERS}. Journal of Weirs",
        f"{KEEPERS}. Greta Lund",
    ],
)
def test_what_neither_record_names_is_of_the_title(title: str) -> None:
    assert kind(paper(year=2016, authors=["Nora Quist"]), paper(title, year=2016)) != "duplicate"


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("VJ Quist", "V. J. Quist"),
        ("QuistVJ", "Vera Jana Quist"),
        ("NoraQuist", "Nora Quist"),
        ("N Quist andP", "Nora Quist"),
        ("N. Quist and P", "Nora Quist"),
        ("Alex Quist", "Alexandra Quist"),
    ],
)
def test_names_that_ran_together_or_were_cut(one: str, other: str) -> None:
    found = names.compare([one], [other])
    assert (found.relation, found.sure) == ("same", 1)


def test_two_names_in_one_field() -> None:
    found = names.compare(["N Quist andP Hron"], ["Nora Quist", "Pavel Hron"])
    assert (found.shared, found.sure) == (2, 2)


@pytest.mark.parametrize(("one", "other"), [("Min Hron", "Mina Hron"), ("Ann Bello", "Anna Bello")])
def test_a_letter_more_makes_another_given_name(one: str, other: str) -> None:
    assert names.compare([one], [other]).sure == 0


@pytest.mark.parametrize(
    "title",
    [
        "Ef cient classi cation of work ow pro les in of ce networks",
        "Ecient classication of workow proles in oce networks",
        "E?cient classi?cation of work?ow pro?les in o?ce networks",
        "Eﬃcient classiﬁcation of workﬂow proﬁles in oﬃce networks",
        "Effi- cient classification of work- flow profiles in office networks",
        "ï»¿Efficient classification of workflow profiles in office networks",
        "Efficientclassification of workflow profilesin office networks",
    ],
)
def test_ligatures_and_borders_lost_in_a_pdf(title: str) -> None:
    assert kind(ours(SCRIBE, year=2016), ours(title, year=2016)) == "duplicate"


def test_a_letter_is_no_ligature() -> None:
    one, other = "Flame detection from below in mills", "Lame detection from below in mills"
    assert kind(ours(one, year=2016), ours(other, year=2016)) != "duplicate"


def test_a_title_cut_in_a_word() -> None:
    cut = f"{KEEPERS[:-4]}…"
    assert kind(ours(**HERE), ours(cut, **HERE)) == "duplicate"
    assert kind(paper(abstract=ABSTRACT), paper(cut, abstract=ABSTRACT)) == "duplicate"
    assert kind(ours(year=2016), ours(f"{KEEPERS[:20]}…", year=2016)) != "duplicate"


def test_a_title_inside_of_a_page_of_text_needs_the_whole_abstract() -> None:
    page = f"Report 12 of the mill society {KEEPERS} Nora Quist, Kirra"
    assert kind(paper(abstract=ABSTRACT), paper(page, abstract=ABSTRACT)) == "duplicate"
    assert kind(paper(), paper(page)) == "distinct"


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("10.1002/14651858.cd009999.pub2", "10.1002/14651858.cd009999.pub3"),
        ("10.1002/14651858.cd009999", "10.1002/14651858.cd009999.pub2"),
        ("10.6084/m9.figshare.4100002.v1", "10.6084/m9.figshare.4100002.v3"),
        ("10.21203/rs.3.rs-4100/v1", "10.21203/rs.3.rs-4100/v2"),
    ],
)
def test_versions_that_a_registry_counts_in_the_doi(one: str, other: str) -> None:
    first, later = ours(doi=one, year=2010), paper("Millers by the sea", doi=other, authors=["Greta Lund"])
    assert kind(first, later) == "version"
    assert not set(keys(first)).isdisjoint(keys(later))


def test_deposits_with_numbers_in_a_row() -> None:
    def deposit(number: int, title: str) -> Paper:
        return ours(title, year=2020, doi=f"10.5281/zenodo.{number}")

    assert kind(deposit(41001, f"{KEEPERS} v1.0"), deposit(41002, f"{KEEPERS} v1.1")) == "version"
    assert kind(deposit(41001, f"{KEEPERS} v1.0"), deposit(52002, f"{KEEPERS} v1.1")) == "distinct"
    assert kind(deposit(41001, KEEPERS), deposit(41002, "Eels of the northern coast")) == "distinct"


@pytest.mark.parametrize("pages", ["0-0", "0", "104-88"])
def test_pages_that_cannot_be_are_unknown(pages: str) -> None:
    assert kind(ours(**PAGES), ours(**HERE, pages=pages)) == "duplicate"
