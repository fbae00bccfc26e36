"""How cite keys are made and given out."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from paperctl.errors import UsageError
from paperctl.record import citekeys
from paperctl.record.citekeys import checked_pattern, made_key, usable
from tests.exports.samples import paper


@pytest.mark.parametrize(
    ("author", "stem"),
    [
        ("Anna Øre", "ore"),
        ("Jan Łukasz", "lukasz"),
        ("Ivo Đorđević", "dordevic"),
        ("Eva Ærø", "aero"),
        ("Max Groß", "gross"),
        ("Ali Yıldız", "yildiz"),
        ("Lev Tolstoj", "tolstoj"),
        ("Лев Толстой", "tolstoy"),
        ("张伟", "zhangwei"),
        ("Ludwig van Beethoven", "vanbeethoven"),
    ],
)
def test_the_stem_is_the_family_name_in_plain_letters(author: str, stem: str) -> None:
    known = paper(authors=[author], year=2021, title="On the Widgets of Old")
    assert made_key(known).lower().startswith(stem) and made_key(known).endswith("2021widgets")


def test_without_authors_the_title_stands_for_them() -> None:
    assert made_key(paper(title="The Widget Atlas", year=2020)) == "widget2020atlas"
    assert made_key(paper(title="深度学习综述", year=2020)).startswith("shendu")
    assert made_key(paper(title="?!", year=2020)) == "paper2020"
    assert made_key(paper(title="")) == "paper"


@given(st.lists(st.text(max_size=12), max_size=2), st.text(max_size=40), st.none() | st.integers(1500, 2100))
def test_every_paper_has_a_usable_key(authors: list[str], title: str, year: int | None) -> None:
    key = made_key(paper(authors=authors, title=title, year=year))
    assert usable(key) and any(map(str.isalpha, key)) and key.isascii()


def test_a_pattern_says_what_keys_are_made_of() -> None:
    known = paper(authors=["Bo Lee"], year=2020, title="Low Rank Widgets Explained", venue="ICML")
    assert made_key(known, "{Author}:{year}-{words}") == "Lee:2020-lowrankwidgets"
    assert made_key(known, "{venue}{id}") == f"icml{known['id']}"
    for bad in ("{autor}", "plain", "{author} {year}", "{author},{year}"):
        with pytest.raises(UsageError):
            checked_pattern(bad)


def test_a_taken_key_gets_the_beginning_of_the_id() -> None:
    old = paper(id="a" * 12, title="Lora things", authors=["Bo Hu"], year=2022, added="2023")
    new = paper(id="b" * 12, title="LORA other", authors=["Al HU"], year=2022, added="2024")
    own = paper(id="c" * 12, title="X", added="2025", sources=[{"format": "bibtex", "key": "hu2022LORA"}])
    assert citekeys.given([new, old], set()) == {old["id"]: "hu2022lora", new["id"]: "hu2022lora-bbbb"}
    assert citekeys.given([new, old, own], set()) == {
        own["id"]: "hu2022LORA",
        old["id"]: "hu2022lora-aaaa",
        new["id"]: "hu2022lora-bbbb",
    }
