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


ONE_VENUE = [
    ("WWW", "The Web Conference"),
    ("Proceedings of The Web Conference 2020", "International World Wide Web Conference"),
    ("RSS 2018", "Robotics: Science and Systems XIV"),
    ("Acta Cryst. A", "Acta Crystallographica Section A: Foundations of Crystallography"),
    ("IEEE Trans. PAMI", "IEEE Transactions on Pattern Analysis and Machine Intelligence"),
    ("Phys. Rev. B", "Physical Review B"),
    ("PLoS Med.", "PLOS Medicine"),
]
TWO_VENUES = [
    ("Physical Review A", "Phys. Rev. B"),
    ("Acta Cryst. A", "Acta Crystallographica Section B: Structural Science"),
    ("J. Phys. A", "Journal of Physics B: Atomic, Molecular and Optical Physics"),
    ("IEEE Trans. Circuits Syst. I", "IEEE Transactions on Circuits and Systems II: Express Briefs"),
    ("Journal of Marsh Birds, Part 1", "Journal of Marsh Birds, Part 2"),
    ("PLoS ONE", "PLoS Medicine"),
    ("IEEE Trans. Image Processing", "IEEE Trans. Signal Processing"),
    ("Current Opinion in Cell Biology", "Current Opinion in Structural Biology"),
]


@pytest.mark.parametrize(("one", "other"), ONE_VENUE)
def test_one_venue_under_two_names_is_one_place(one: str, other: str) -> None:
    assert judged({**ROOFS, "venue": one}, {**ROOFS, "venue": other}).kind == "duplicate"


@pytest.mark.parametrize(("one", "other"), TWO_VENUES)
def test_journals_of_one_family_are_two_places(one: str, other: str) -> None:
    assert judged({**ROOFS, "venue": one}, {**ROOFS, "venue": other}).kind == "version"


def test_two_subjects_of_one_stem_do_not_make_one_venue() -> None:
    short, long = ({**ROOFS, "title": title} for title in (ROOFS["title"], f"{ROOFS['title']} and wet ones"))
    one, other = (
        {**record, "venue": f"Frontiers in {name}"}
        for record, name in ((short, "Psychology"), (long, "Psychiatry"))
    )
    assert judged(one, {**other, "authors": PEOPLE[::-1]}).kind != "duplicate"
