"""Kinds of pairs that rules were made for, in other words than the rules' own pairs."""

from __future__ import annotations

from typing import Any

import pytest

from paperctl.deduplicate import Verdict, verdict

PEOPLE = ["Grete Halvorsen", "Ravi Menon", "Lucia Ferro"]
LOGGED = (
    "Reflective clay was painted on the roofs of forty greenhouses in two dry regions, and the temperature "
    "below was logged for three summers. Painted houses stayed 4.2 degrees cooler at noon than plain ones. "
)
ROOFS: Any = {
    "title": "Reflective clay on greenhouse roofs in dry climates",
    "authors": PEOPLE,
    "year": 2018,
}
TREATED: Any = {"authors": PEOPLE, "year": 2015, "venue": "Cell Uptake", "abstract": LOGGED}
OTHER_FIGURES = LOGGED.replace("4.2", "3.9").replace("forty", "52")
TWINS = [
    ("before surgery", "after surgery"),
    ("during pregnancy", "after pregnancy"),
    ("in hypertension", "in hypotension"),
    ("ex vivo", "in vivo"),
]


def judged(a: Any, b: Any) -> Verdict:
    return verdict(a, b)


@pytest.mark.parametrize(("one", "other"), TWINS)
def test_twin_studies_are_not_one_whatever_their_abstracts_share(one: str, other: str) -> None:
    title = "Uptake of selvimab by tissue cells"
    a = {**TREATED, "title": f"{title} {one}"}
    b = {**TREATED, "title": f"{title} {other}", "abstract": OTHER_FIGURES}
    assert judged(a, b).kind != "duplicate"


@pytest.mark.parametrize("title", ["Picture quiz", "Regular paper", "ECG challenge", "What's new"])
def test_two_words_and_a_year_are_nobodys_own(title: str) -> None:
    assert judged({"title": title, "year": 1998}, {"title": title, "year": 1998}).kind == "maybe"


def test_the_year_of_both_behind_a_title_is_not_of_it() -> None:
    glued = {**ROOFS, "title": f"{ROOFS['title']} 2018"}
    assert judged(ROOFS, glued).kind == "duplicate"
    assert judged({**ROOFS, "year": 2019}, {**glued, "year": 2019}).kind != "duplicate"


def test_a_title_that_ends_in_dots_goes_on_in_the_other_record() -> None:
    cut = {**ROOFS, "title": "Reflective clay on greenhouse ro…"}
    assert judged(cut, ROOFS).kind == "duplicate"
    assert judged(cut, {**ROOFS, "authors": ["Nils Aune"]}).kind != "duplicate"


def test_given_names_that_exchange_a_letter_are_two() -> None:
    title = "A survey of image retrieval"
    one, other, slip = (
        {"title": title, "authors": [f"{name} Lopez"]} for name in ("Maria", "Mario", "Marria")
    )
    assert judged(one, other).kind == "maybe"
    assert judged(one, slip).kind == "duplicate"


def test_a_conference_is_known_by_its_name_in_whatever_order() -> None:
    venues = ("Computer Vision - ECCV 2018", "European Conference on Computer Vision")
    one, other = ({**ROOFS, "venue": venue} for venue in venues)
    assert judged(one, other).kind == "duplicate"
