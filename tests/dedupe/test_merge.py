"""What a merged paper keeps: the rules by field, nothing lost, the order of entries no matter."""

from __future__ import annotations

import itertools
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from paperctl.deduplicate import merge
from paperctl.record import FACTS, by_name

WHOLE = "Dew is collected on nets along a desert road. " * 12


def facts(**some: Any) -> Any:
    return {
        **{k: list(v) if isinstance(v, tuple) else v for k, v in FACTS.items()},
        "extra": {},
        "has_code": bool(some.get("code_urls")),
        **some,
    }


def merged(*entries: Any) -> Any:
    """The facts, after checking that every order of the entries gives the same."""
    found = [merge(order)[0] for order in itertools.permutations(entries)]
    assert all(f == found[0] for f in found)
    return found[0]


def test_display_case_wins_over_capitals() -> None:
    page, deck = (
        facts(title="Dew Nets: Water from the Air"),
        facts(title="DEW NETS: WATER FROM THE AIR", year=2024),
    )
    assert merged(page, deck)["title"] == "Dew Nets: Water from the Air"


def test_a_title_without_tags_and_with_its_subtitle() -> None:
    tagged = facts(title="Dew nets: water from the air. [Review] [12 refs]")
    assert (
        merged(tagged, facts(title="Dew nets: water from the air"))["title"] == "Dew nets: water from the air"
    )
    assert merged(facts(title="Dew nets"), facts(title="Dew nets: water from the air"))["title"].endswith(
        "air"
    )


def test_unbroken_letters_win() -> None:
    assert (
        merged(facts(title="Le caf? de la ros?e"), facts(title="Le café de la rosée"))["title"]
        == "Le café de la rosée"
    )


def test_the_whole_abstract_wins_over_a_longer_cut_one() -> None:
    whole, cut = WHOLE[:300].rstrip() + " End.", WHOLE[:400] + " …"
    assert merged(facts(title="t", abstract=cut), facts(title="t", abstract=whole))["abstract"] == whole
    page = WHOLE[:190]
    assert merged(facts(title="t", abstract=page), facts(title="t", abstract=whole))["abstract"] == whole


def test_all_the_people_and_their_names_written_out() -> None:
    short = facts(title="t", authors=["L. Moreau", "et al."])
    initials = facts(title="t", authors=["L. Moreau", "K. Sato"])
    full = facts(title="t", authors=["Lise Moreau", "Ken Sato"])
    assert merged(short, initials, full)["authors"] == ["Lise Moreau", "Ken Sato"]


def test_a_mark_for_authors_left_out_goes_with_the_list_it_is_about() -> None:
    short = facts(title="t", authors=["L. Moreau"], extra={"authors_incomplete": True, "volume": "3"})
    full = facts(title="t", authors=["Lise Moreau", "Ken Sato"])
    assert merged(short, full)["extra"] == {"volume": "3"}
    assert merged(short, facts(title="t", year=2020))["extra"]["authors_incomplete"] is True


def test_the_publication_over_the_preprint() -> None:
    preprint = facts(
        title="t", venue="arXiv", year=2021, arxiv_id="2101.00001", abstract=WHOLE, keywords=["dew"]
    )
    journal = facts(title="t", venue="Journal of Fog", year=2022, doi="10.9999/fog.1")
    found = merged(preprint, journal)
    assert (found["venue"], found["year"], found["doi"]) == ("Journal of Fog", 2022, "10.9999/fog.1")
    assert found["arxiv_id"] == "2101.00001"


def test_lists_are_united_and_second_links_kept() -> None:
    a = facts(
        title="t",
        url="https://a.example",
        code_urls=["https://git.example/x"],
        keywords=["Dew", "nets"],
        year=2020,
    )
    b = facts(
        title="t", url="https://b.example", code_urls=["https://git.example/y"], keywords=["dew", "fog"]
    )
    found = merged(a, b)
    assert found["url"] == "https://a.example"
    assert found["extra"]["urls"] == ["https://b.example"]
    assert found["code_urls"] == ["https://git.example/x", "https://git.example/y"]
    assert found["keywords"] == ["Dew", "nets", "fog"]
    assert found["has_code"] is True


def test_code_without_a_link_is_still_code() -> None:
    assert merged(facts(title="t"), facts(title="t", has_code=True))["has_code"] is True


def test_extras_are_united_and_a_second_doi_kept() -> None:
    a = facts(title="t", doi="10.1/a", year=2020, venue="V", extra={"volume": "3", "pages": ""})
    b = facts(title="t", doi="10.1/b", extra={"volume": "4", "pages": "1-9", "note": "seen"})
    extra = merged(a, b)["extra"]
    assert extra == {"volume": "3", "pages": "1-9", "note": "seen", "dois": ["10.1/b"]}


def test_origin_names_the_entry_of_each_field() -> None:
    a, b = facts(title="DEW NETS"), facts(title="Dew nets", year=2020, abstract=WHOLE)
    found, origin = merge([a, b])
    assert origin == {"title": 1, "abstract": 1, "year": 1}
    assert set(found) == set(FACTS)


def test_each_further_field_has_its_own_origin() -> None:
    one = facts(title="t", extra={"volume": "3", "pages": "", "key": "x"})
    found, origin = merge(
        [one, facts(title="t", year=2020, extra={"volume": "3", "pages": "4-9", "pmid": "1"})]
    )
    assert found["extra"] == {"volume": "3", "pages": "4-9", "pmid": "1", "key": "x"}
    assert {name: n for name, n in origin.items() if name.startswith("extra")} == {
        "extra.volume": 1,
        "extra.pages": 1,
        "extra.pmid": 1,
        "extra.key": 0,
    }


def test_fields_of_other_versions_pass_through() -> None:
    found, origin = merge([facts(title="t"), facts(title="t", decision="keep", shelf=3)])
    assert (found["decision"], by_name(found)["shelf"], origin["shelf"]) == ("keep", 3, 1)


values = st.fixed_dictionaries(
    {
        "title": st.sampled_from(["Dew nets", "DEW NETS", "Dew nets: water", "[A] Dew nets", ""]),
        "abstract": st.sampled_from([None, WHOLE, WHOLE[:190], "Short …"]),
        "authors": st.lists(st.sampled_from(["Lise Moreau", "L Moreau", "Ken Sato"]), max_size=3),
        "year": st.none() | st.integers(2019, 2021),
        "venue": st.sampled_from([None, "arXiv", "Journal of Fog"]),
        "url": st.sampled_from([None, "https://a.example", "https://b.example"]),
        "code_urls": st.lists(st.sampled_from(["https://g/1", "https://g/2"]), unique=True),
        "keywords": st.lists(st.sampled_from(["dew", "fog", "Dew"]), unique=True),
        "extra": st.dictionaries(st.sampled_from(["volume", "pages"]), st.sampled_from(["1", "2-3"])),
    }
)


@settings(max_examples=150, deadline=None)
@given(st.lists(values, min_size=1, max_size=3))
def test_nothing_is_lost_and_the_order_makes_no_difference(entries: list[Any]) -> None:
    whole = [facts(**e) for e in entries]
    found = merged(*whole)
    for name in ("title", "abstract", "authors", "year", "venue", "url"):
        given_ = [e[name] for e in whole if e[name] not in (None, "", [])]
        assert found[name] in given_ if given_ else not found[name]
    for e in whole:
        assert {u for u in (e["url"],) if u} <= {found["url"], *found["extra"].get("urls", [])}
        assert set(e["code_urls"]) <= set(found["code_urls"])
        assert {k.casefold() for k in e["keywords"]} <= {k.casefold() for k in found["keywords"]}
        assert set(e["extra"]) <= set(found["extra"])
