"""The rules, each on examples of its own: what merges, what is linked, what stays apart and why."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from paperctl.deduplicate import Verdict, keys, names, plan, verdict
from paperctl.record import FACTS

ABSTRACT = (
    "We follow four hundred street trees through twelve summers and ask which of them survive a drought. "
    "Roots were mapped by radar each spring, and water in the trunk was logged every hour. Trees with room "
    "below the pavement lost a tenth of their leaves where the others lost half. A model with two numbers, "
    "soil volume and shade at noon, predicts the loss within four per cent on trees that it has never seen."
)
REWRITTEN = (
    "Pavement kills. With radar and sap sensors this paper measures how little soil a city tree can live on, "
    "and gives planners a table from which they may read the pit that a species needs in a dry decade."
)


def paper(title: str = "Street trees under drought: twelve summers of sap and radar", **facts: Any) -> Any:
    extra = {k: facts.pop(k) for k in ("volume", "pages", "number", "pmid") if k in facts}
    return {**FACTS, "title": title, "extra": extra, **facts}


FULL = paper(
    authors=["Ines Falk", "Tomas Berg", "Mei Lin"],
    year=2019,
    venue="Journal of Urban Forestry",
    abstract=ABSTRACT,
    doi="10.9999/juf.2019.17",
    volume="8",
    pages="117-131",
)


def kind(a: Any, b: Any) -> str:
    return verdict(a, b).kind


def changed(**facts: Any) -> Any:
    extra = {**FULL["extra"], **{k: facts.pop(k) for k in ("volume", "pages", "number") if k in facts}}
    return {**FULL, **facts, "extra": {k: v for k, v in extra.items() if v is not None}}


# ---- duplicates ---------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "title",
    [
        "STREET TREES UNDER DROUGHT: TWELVE SUMMERS OF SAP AND RADAR",
        "Street trees under drought - twelve summers of sap & radar.",
        "Street trees under drought: twelve summers of sap and radar. [Review] [57 refs]",
        "[Street trees under drought: twelve summers of sap and radar]. [German]",
        "Street trees under drought: twelve summers of sap and radar.[Erratum appears in J Urb For. 2020]",
        "[From Oral 2B] Street trees under drought: twelve summers of sap and radar",
        "Street trees under drought: twelve summers of sap and radar (provisional abstract)",
        "Street <i>trees</i> under drought: twelve summers of sap and radar",
        "Street-trees under drought: twelve summers of sap and radar",
        "Streettrees under drought: twelve summers of sap and radar",
        "Street trees under drouhgt: twelve summers of sap and radar",
    ],
)
def test_one_title_however_it_is_written(title: str) -> None:
    assert kind(FULL, paper(title)) == "duplicate"
    assert kind(paper(), paper(title)) == "duplicate"


def test_a_title_in_two_languages_meets_either() -> None:
    both = paper(
        "Straßenbäume in der Dürre: zwölf Sommer; Street trees under drought: twelve summers of sap and radar"
    )
    assert kind(FULL, both) == "duplicate"


def test_a_translated_title_on_the_same_pages() -> None:
    assert (
        kind(changed(abstract=None, doi=None), changed(title="Stadtbäume und Trockenheit", abstract=None))
        == "duplicate"
    )


def test_an_abstract_cut_by_a_page_is_the_abstract() -> None:
    page = paper(abstract=ABSTRACT[:190])
    found = verdict(paper(abstract=ABSTRACT), page)
    assert found.kind == "duplicate"
    assert any("one is cut" in e for e in found.evidence)


def test_a_dropped_subtitle_at_one_place() -> None:
    assert kind(changed(doi=None), changed(title="Street trees under drought", doi=None)) == "duplicate"
    short = paper("Street trees under drought", authors=FULL["authors"], year=2019, venue="J. Urban For.")
    assert kind(FULL, short) == "duplicate"


def test_one_abstract_of_the_same_people_under_two_titles_is_a_renamed_work() -> None:
    new = changed(title="Roots and pavements: which city trees survive", doi=None, pages=None, volume=None)
    assert kind(FULL, new) == "version"
    assert kind(FULL, {**new, "authors": []}) == "maybe"
    assert kind(FULL, {**new, "title": "Strassenbaume in der Durre", "extra": FULL["extra"]}) == "duplicate"


def test_one_identifier_and_a_changed_title() -> None:
    renamed = paper("Sap, radar and twelve dry summers", doi=FULL["doi"].upper(), abstract=ABSTRACT)
    assert kind(FULL, renamed) == "duplicate"
    first = paper("Trees in the drought", arxiv_id="1901.00017", abstract=ABSTRACT)
    assert (
        kind(first, paper("Street trees under drought", arxiv_id="1901.00017v2", abstract=ABSTRACT))
        == "duplicate"
    )


@pytest.mark.parametrize(
    ("venue", "pages"),
    [
        ("J Urban For", "117-31"),
        ("The Journal of Urban Forestry", "117--131"),
        ("Journal of Urban Forestry : official organ of the Society", "117"),
        (None, "117-131"),
        ("Journal of Urban Forestry", "01-Dec"),
        ("Journal of Urban Forestry", "e17"),
    ],
)
def test_places_written_differently(venue: str | None, pages: str) -> None:
    assert kind(changed(doi=None), changed(venue=venue, pages=pages, doi=None, abstract=None)) == "duplicate"


@pytest.mark.parametrize(
    "authors",
    [
        ["I. Falk", "T. Berg", "M. Lin"],
        ["Falk I", "Berg T", "Lin M"],
        ["Falk Ines", "Berg Tomas", "Lin Mei"],
        ["Ines Falk", "others"],
        ["I. M. Falk", "T. Bergh", "M. Lin"],
        ["In?s Falk", "Tom?s Berg", "Mei Lin"],
        ["The Street Tree Study Group"],
    ],
)
def test_people_written_differently(authors: list[str]) -> None:
    assert kind(FULL, changed(authors=authors, doi=None)) == "duplicate"


@pytest.mark.parametrize(
    ("whole", "broken", "shared"),
    [
        (["Ines Fälker", "Tom Berg"], ["In?s F?lker", "T. Berg"], 2),
        (["I. J. Kräner", "T. Berg"], ["Ines J. Kr?ner", "Tom Berg"], 2),
        (["I. J. Kräner", "T. Berg"], ["Ines J. Kr\ufffdner", "Tom Berg"], 2),
        (["Meral Ozdal", "Tom Berg"], ["Z. Meral ?zdal", "Tom Berg"], 2),
        (["I. J. Kräner", "T. Berg"], ["Ines J. Br?ndt", "Tom Berg"], 1),
        (["Ines Fälk"], ["?", "Tom Berg"], 0),
    ],
)
def test_broken_letters_of_a_name_may_be_any(whole: list[str], broken: list[str], shared: int) -> None:
    assert names.compare(whole, broken).shared == names.compare(broken, whole).shared == shared


@pytest.mark.parametrize(
    ("one", "two"),
    [
        ("8", "2019"),
        ("8", "8 (Suppl 2)"),
        ("8", "Suppl 2"),
        ("8", "Suppl 1.2"),
        ("8", "Part 2"),
        ("8", "Vol. No. 8"),
        ("8", "abs/1905.01234"),
        ("08", "8"),
    ],
)
def test_volumes_written_differently(one: str, two: str) -> None:
    here, there = (_session("Watering oaks", volume=volume, pages="3-9") for volume in (one, two))
    assert kind(here, there) == "duplicate"
    assert kind(here, _session("Watering oaks", volume="9", pages="13-19")) == "version"


# ---- versions -----------------------------------------------------------------------------------


def test_preprint_and_publication_are_versions() -> None:
    assert kind(FULL, changed(venue="arXiv", year=2018, doi=None, volume=None, pages=None)) == "version"


def test_conference_and_journal_are_versions() -> None:
    talk = changed(
        venue="Proceedings of the Conference on City Climate", year=2017, doi=None, volume=None, pages="3-6"
    )
    assert kind(FULL, talk) == "version"


def test_two_conferences_of_one_year_are_versions() -> None:
    workshop = paper(authors=FULL["authors"], year=2019, venue="iclr", abstract=ABSTRACT)
    assert kind(workshop, {**workshop, "venue": "icml"}) == "version"


@pytest.mark.parametrize(
    ("one", "two"),
    [
        ("VLDB", "International Conference on Management of Data"),
        ("Very Large Data Bases", "ACM SIGMOD Record"),
        ("CVPR", "International Conference on Computer Vision"),
        ("ICML", "European Conference on Machine Learning"),
        ("Journal of Urban Forestry", "Tree Wardens' Quarterly Review"),
        ("Journal of Urban Forestry", "Institute of Trees Discussion Papers"),
        ("Journal of Urban Forestry", "University of Northcliff"),
        ("Urban Forestry", "Doctoral dissertation, Northcliff College"),
    ],
)
def test_venues_that_are_two_though_they_share_words_or_have_none_in_common(one: str, two: str) -> None:
    here = paper(authors=FULL["authors"], year=2019, venue=one)
    assert kind(here, {**here, "venue": two}) == "version"


@pytest.mark.parametrize(
    ("one", "two"),
    [
        ("VLDB", "Very Large Data Bases"),
        ("European Journal of Urban Trees", "Eur J Urban Trees"),
        ("Zeitschrift fur Stadtbaume", "German Journal of Urban Trees"),
        ("Chengshi shumu = Journal of Urban Trees", "Journal of urban trees"),
        ("European Conference on Computer Vision", "Eur Conf Comput Vis"),
        ("University of Northcliff Quarterly", "Univ Northcliff Quart"),
        ("University of Northcliff Press", "Univ Northcliff Press"),
        ("Proceedings of the American Thoracic Society", "Proc Am Thorac Soc"),
        ("Lecture Notes in Computer Science", "Proceedings of the European Conference on Retrieval"),
        ("Studies in Health Technology and Informatics", "Proceedings of the Nordic Conference on Nursing"),
        ("Machine Learning", "Machine Learning Journal"),
        ("Proceedings of the Very Large Data Bases Endowment", "PVLDB"),
        ("ICLR 2024", "ICLR 2024 poster"),
    ],
)
def test_venues_that_may_be_one_under_two_names(one: str, two: str) -> None:
    here = paper(authors=FULL["authors"], year=2019, venue=one)
    assert kind(here, {**here, "venue": two}) == "duplicate"


@pytest.mark.parametrize("year", [2018, 2019, None])
@pytest.mark.parametrize("abstract", [ABSTRACT, None])
def test_an_arxiv_entry_without_a_venue_is_a_preprint(year: int | None, abstract: str | None) -> None:
    published = {**FULL, "abstract": abstract}
    on_arxiv = paper(authors=FULL["authors"], year=year, abstract=abstract, arxiv_id="1803.01234")
    assert kind(published, on_arxiv) == "version"
    assert kind({**published, "arxiv_id": "1803.01234v3"}, on_arxiv) == "duplicate"


def test_the_doi_of_a_preprint_server_makes_a_preprint() -> None:
    published = changed(doi=None)
    for doi in ("10.48550/arXiv.1803.01234", "10.1101/2018.03.01.123456", "10.2139/ssrn.123"):
        assert kind(published, paper(authors=FULL["authors"], year=2019, doi=doi)) == "version"


def test_an_extended_abstract_is_a_version() -> None:
    short = changed(
        title=f"{FULL['title']} (Extended Abstract)",
        venue="IJCAI",
        year=2020,
        doi=None,
        volume=None,
        pages=None,
    )
    assert kind(FULL, short) == "version"


def test_one_title_with_another_abstract_is_a_version() -> None:
    assert kind(paper(abstract=ABSTRACT), paper(abstract=REWRITTEN)) == "version"


def test_a_renamed_work_in_another_place_is_a_version() -> None:
    renamed = changed(
        title="Which trees outlive a dry decade", venue="ICUF", year=2017, doi=None, volume=None, pages=None
    )
    assert kind(FULL, renamed) == "version"


def test_differing_dois_do_not_merge() -> None:
    assert kind(paper(doi="10.1/a", abstract=ABSTRACT), paper(doi="10.1/b", abstract=ABSTRACT)) == "version"


# ---- distinct -----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("a", "b"),
    [
        ("Pruning of lime trees: Part I", "Pruning of lime trees: Part II"),
        ("TreeNet: a detector for crowns", "TreeNet v2: a detector for crowns"),
        ("TreeNet: a detector for crowns", "TreeNet 2.0: a detector for crowns"),
        ("TreeNet: a detector for crowns", "TreeNet++: a detector for crowns"),
        ("TreeNet: a detector for crowns", "QTreeNet: a detector for crowns"),
        ("A phase I trial of watering", "A phase II trial of watering"),
        ("Five-year survival of planted oaks", "Six-year survival of planted oaks"),
        ("Conference on City Climate 2019: Papers", "Conference on City Climate 2021: Papers"),
        ("Crown growth in shaded yards", "Erratum: Crown growth in shaded yards"),
        ("Crown growth in shaded yards", "Reply to: Crown growth in shaded yards"),
        ("Supervised counting of crowns", "Unsupervised counting of crowns"),
    ],
)
def test_what_a_title_alone_forbids(a: str, b: str) -> None:
    people = {"authors": ["Ines Falk", "Tomas Berg"], "year": 2020, "venue": "Journal of Urban Forestry"}
    assert kind(paper(a, **people), paper(b, **people)) != "duplicate"
    assert kind(paper(a), paper(b)) == "distinct"


def test_a_veto_is_named() -> None:
    found = verdict(paper("Pruning of lime trees: Part I"), paper("Pruning of lime trees: Part II"))
    assert found.evidence[-1] == "veto: numbers differ: 1 / 2"


def test_a_year_on_one_side_is_no_veto() -> None:
    here = {"authors": ["Ines Falk"], "year": 2018, "venue": "Journal of Urban Forestry"}
    assert (
        kind(
            paper("Census of street trees in Turku 2018", **here),
            paper("Census of street trees in Turku", **here),
        )
        == "duplicate"
    )


def test_roman_and_arabic_numbers_are_one() -> None:
    assert (
        kind(paper("Watering of young limes, part II"), paper("Watering of young limes, part 2"))
        == "duplicate"
    )


@pytest.mark.parametrize(
    "title",
    [
        "Editorial",
        "Preface",
        "Poster",
        "Guest editors' introduction",
        "Withdrawn",
        "What's your diagnosis?",
        "Title not available",
        "Letter from the Editor-in-Chief",
        "Front Matter",
        "Suggestions for further reading",
    ],
)
def test_a_generic_title_needs_a_second_field(title: str) -> None:
    here = {"year": 2020, "venue": "SYNTH"}
    assert kind(paper(title, **here), paper(title, **here)) == "distinct"
    signed = {**here, "authors": ["Ines Falk"], "volume": "3", "pages": "1-2"}
    assert kind(paper(title, **signed), paper(title, **signed)) == "duplicate"


def test_the_same_abstract_on_other_peoples_paper() -> None:
    other = paper("A census of moss", authors=["Uma Rao", "Per Holm"], year=2019, abstract=ABSTRACT)
    assert kind(FULL, other) == "distinct"


@pytest.mark.parametrize("part", [ABSTRACT[:200], ABSTRACT[-200:], ABSTRACT[100:300]])
def test_a_text_that_is_the_beginning_or_end_of_an_abstract_is_that_abstract(part: str) -> None:
    said = verdict(paper(abstract=ABSTRACT), paper(abstract=part)).kind
    assert said == ("maybe" if part == ABSTRACT[100:300] else "duplicate")


def test_a_line_that_says_there_is_no_abstract_is_none() -> None:
    text = "Abstract not available. Please see the full text of the article at the publisher's site."
    assert kind(paper("Sap of limes", abstract=text), paper("Bark of oaks", abstract=text)) == "distinct"
    assert kind(FULL, changed(abstract=text, doi=None)) == "duplicate"


def test_a_boilerplate_abstract_proves_nothing() -> None:
    text = (
        "Provides an abstract for each of the presentations and a brief biography of each of the presenters."
    )
    assert kind(paper("Plenary talks", abstract=text), paper("Keynotes", abstract=text)) == "distinct"


def test_one_title_by_other_people() -> None:
    assert (
        kind(changed(doi=None), paper(authors=["Uma Rao"], year=1988, volume="2", pages="9-12")) == "distinct"
    )


@pytest.mark.parametrize(
    "a, b, meant",
    [("1", "2", "maybe"), ("02", "2", "duplicate"), ("8", "1704", "duplicate"), ("1", "", "duplicate")],
)
def test_one_title_in_two_issues_of_a_volume(a: str, b: str, meant: str) -> None:
    bare: Any = {"authors": ["Ada Winter"], "year": 2019, "venue": "Moth Letters", "volume": "12"}
    one, two = (paper("Letter from the capital", **bare, number=number) for number in (a, b))
    found = verdict(one, two)
    assert found.kind == meant and (meant != "maybe" or found.score <= 0.5)
    assert ("issue number differs" in found.evidence) == (meant == "maybe")
    bare["pages"] = "101-109"
    assert (
        kind(*(paper("Letter from the capital", **bare, number=number) for number in (a, b))) == "duplicate"
    )


def test_one_doi_for_a_whole_issue() -> None:
    a = paper("Leaf loss in the harbour district", authors=["Ines Falk"], doi="10.9999/suppl.1", year=2019)
    b = paper("Soil salts after winter", authors=["Uma Rao"], doi="10.9999/suppl.1", year=2019)
    assert kind(a, b) == "distinct"


def test_follow_up_papers_of_one_group() -> None:
    a = changed(
        title="Traffic of seeds in a city: avoiding kerbs",
        abstract=ABSTRACT,
        doi=None,
        volume=None,
        pages=None,
    )
    b = changed(
        title="Traffic of seeds in a city: avoiding drains",
        abstract=REWRITTEN,
        doi=None,
        volume=None,
        pages=None,
    )
    assert kind(a, b) == "distinct"


# ---- any pair -----------------------------------------------------------------------------------

texts = st.text(max_size=60) | st.sampled_from(
    ["Editorial", "A: B", "[x] y z", "Part II", "(c)", "?", "…", "$x$ \\alpha"]
)
records = st.fixed_dictionaries(
    {
        "title": texts,
        "abstract": st.none() | st.text(max_size=300),
        "authors": st.lists(texts, max_size=4),
        "year": st.none() | st.integers(1800, 2100),
        "venue": st.none() | texts,
        "doi": st.none() | st.sampled_from(["10.1/a", "10.1/b"]),
        "arxiv_id": st.none() | st.just("2101.00001"),
        "extra": st.dictionaries(
            st.sampled_from(["volume", "pages", "number"]), st.text(max_size=12), max_size=3
        ),
    }
)


@settings(max_examples=300, deadline=None)
@given(records, records)
def test_any_pair_gets_a_verdict_and_the_order_makes_no_difference(a: Any, b: Any) -> None:
    forth, back = verdict(a, b), verdict(b, a)
    assert isinstance(forth, Verdict)
    assert (forth.kind, forth.score) == (back.kind, back.score)
    assert 0 <= forth.score <= 1
    assert all(isinstance(e, str) and e for e in forth.evidence)


def test_few_authors_in_common_are_not_enough_without_pages_or_abstract() -> None:
    """A column comes back under its title with other authors, one of whom edits it."""
    title = "Reading lists of our elders"
    spring = paper(title, authors=["Ann Lee", "Bo Chen", "Cy Diaz"], year=2002, venue="Record")
    autumn = paper(title, authors=["Di Evans", "Ed Fox", "Ann Lee"], year=2002, venue="Record")
    assert verdict(spring, autumn).kind == "maybe"


def test_a_longer_title_alone_needs_every_author() -> None:
    """One group has two papers in one session: five of eight authors wrote both."""
    group = [f"{given} {family}" for given, family in zip("ABCDEFGH", FAMILIES, strict=True)]
    system = paper(f"Cedar: {NAME}", authors=group, year=1996, venue="SIGMOD Conference")
    server = paper(NAME, authors=[*group[:5], "Yan Zell", "Ole Aas"], year=1996, venue="SIGMOD Conference")
    assert kind(system, server) == "maybe"
    assert kind(system, {**server, "authors": group}) == "maybe"  # as one list writes its papers
    other_list = {**server, "venue": "Proc. of ACM SIGMOD, San Diego"}
    assert kind(system, {**other_list, "authors": group}) == "duplicate"
    assert kind(system, {**other_list, "authors": group[:3]}) == "duplicate"


NAME = "a server of tree images for massively parallel machines"
FAMILIES = ["Abel", "Birk", "Conti", "Dorn", "Ekman", "Fuchs", "Gallo", "Horn"]


def test_one_word_by_one_person_may_be_anything() -> None:
    note = paper("Standards", authors=["Ines Falk"], year=2002, venue="Forestry Record")
    assert kind(note, dict(note)) == "maybe"
    paged = {**note, "extra": {"volume": "31", "pages": "9-12"}}
    assert kind(paged, dict(paged)) == "duplicate"
    several = {**note, "authors": ["Ines Falk", "Tomas Berg"]}
    assert kind(several, dict(several)) == "duplicate"
    assert kind({**note, "authors": []}, {**note, "authors": []}) == "maybe"


def test_two_words_without_anything_else_may_be_anything() -> None:
    assert kind(paper("Research centers"), paper("Research centers")) == "maybe"
    assert kind(paper("Urban research centers"), paper("Urban research centers")) == "duplicate"


def test_calls_for_papers_are_a_kind_of_page() -> None:
    calls = paper("Calls for Papers / Announcements", year=1994, venue="Forestry Record")
    assert kind(calls, dict(calls)) == "distinct"


def test_one_range_of_pages_does_not_make_two_titles_of_one_language_one_work() -> None:
    shade = changed(title="Shade and the price of houses in the suburbs", abstract=None, doi=None)
    frost = changed(title="Frost damage of young limes and planes after the winter", abstract=None, doi=None)
    assert kind(shade, frost) == "maybe"
    assert kind(shade, {**frost, "title": "Schatten und Hauspreise am Stadtrand"}) == "duplicate"


# ---- little is known ----------------------------------------------------------------------------


def test_one_abstract_under_nearly_one_title_is_asked_about_where_no_author_is_known() -> None:
    talk = paper("Street trees under drought: ten summers of sap and sonar", abstract=ABSTRACT)
    article = paper("Street trees under drought: ten winters of sap and radar", abstract=ABSTRACT)
    assert kind(talk, article) == "maybe"
    people = {"authors": FULL["authors"]}
    assert kind({**talk, **people}, {**article, **people}) == "duplicate"


def test_an_abstract_with_changes_is_asked_about_where_nothing_else_is_known() -> None:
    talk = ABSTRACT
    for old, new in (
        ("summers", "hot years"),
        ("mapped by", "drawn with"),
        ("Trees with", "Those with much"),
    ):
        talk = talk.replace(old, new)
    talk = talk.replace("within four per cent on trees that it has never seen", "well on new trees")
    assert kind(paper(abstract=ABSTRACT), paper(abstract=talk)) == "maybe"
    assert kind(paper(abstract=ABSTRACT), paper(abstract=ABSTRACT.upper())) == "duplicate"
    assert kind(paper(abstract=ABSTRACT), paper(abstract=ABSTRACT[:190] + "...")) == "duplicate"


def test_answers_to_one_work_are_asked_about_where_no_author_is_known() -> None:
    answer = paper("Commentary on Ines Falk's street trees under drought")
    assert kind(answer, dict(answer)) == "maybe"
    placed = {**answer, "year": 2020, "venue": "Journal of Urban Forestry"}
    assert kind(placed, dict(placed)) == "maybe"
    signed = {**answer, "authors": ["Mei Lin"]}
    assert kind(signed, dict(signed)) == "duplicate"


def test_papers_of_one_volume_that_bear_its_identifier_are_not_asked_about() -> None:
    volume = {"doi": "10.9999/proc.2022", "year": 2022, "venue": "eccv"}
    one = paper("Counting leaves", authors=["Hao Wang", "Ada Li"], abstract=ABSTRACT, **volume)
    two = paper("Mapping roots by radar", authors=["Yu Wang", "Bo Sun"], abstract=REWRITTEN, **volume)
    assert kind(one, two) == "distinct"
    assert kind(one, {**two, "authors": one["authors"]}) == "maybe"


# ---- words that look like slips -----------------------------------------------------------------


def _session(title: str, **facts: Any) -> Any:
    known = {
        "authors": ["Ada Li", "Bo Sun"],
        "year": 2015,
        "venue": "Journal of Tree Medicine",
        "volume": "7",
    }
    return paper(title, **{**known, **facts})


@pytest.mark.parametrize(
    ("one", "two"),
    [
        ("Hypertension after pruning in old limes", "Hypotension after pruning in old limes"),
        ("Sap prednisone in urban maples", "Sap prednisolone in urban maples"),
        ("Uptake of nitrate by plane trees", "Uptake of nitrite by plane trees"),
        ("Optimal sensing of root growth", "Optical sensing of root growth"),
        ("Interspecific spread of rust in limes", "Intraspecific spread of rust in limes"),
        ("Causal links of shade and rust", "Casual links of shade and rust"),
        ("Insulin in the sap of limes", "Inulin in the sap of limes"),
        ("Mediation in parks with old limes", "Medication in parks with old limes"),
        ("Market strategies of tree nurseries", "Marketing strategies of tree nurseries"),
    ],
)
def test_two_words_spelt_alike_are_asked_about_where_nothing_proves_a_slip(one: str, two: str) -> None:
    assert kind(_session(one), _session(two)) == "maybe"
    ranged = {"pages": "17-29"}
    assert kind(_session(one, **ranged), _session(two, **ranged)) == "duplicate"
    spoken, written = (
        _session(one, abstract=ABSTRACT, **ranged),
        _session(two, abstract=REWRITTEN * 2, **ranged),
    )
    assert kind(spoken, written) == "maybe"


@pytest.mark.parametrize(
    ("one", "two"),
    [
        ("Does mulch help oaks or shade limes", "Does shade help oaks or mulch limes"),
        ("Sap flow from roots to leaves", "Sap flow to roots from leaves"),
        ("Watering before planting in clay", "Watering after planting in clay"),
        ("Mulch or no mulch for young oaks", "Mulch or mulch for young oaks"),
        ("Pruning limes over twenty years", "Pruning limes under twenty years"),
        ("Pruning and felling of old limes", "Pruning versus felling of old limes"),
        ("Damage by squirrels in parks", "Damage of squirrels in parks"),
        ("Testing sap sensors", "Sap sensors for testing"),
    ],
)
def test_the_same_words_turned_round_are_asked_about(one: str, two: str) -> None:
    assert kind(_session(one), _session(two)) == "maybe"
    ranged = {"pages": "17-29"}
    assert kind(_session(one, **ranged), _session(two, **ranged)) == "duplicate"


def test_a_part_of_a_title_may_go_to_its_other_end() -> None:
    one, two = _session("Demonstration: a sensor for limes"), _session("A sensor for limes: demonstration")
    assert kind(one, two) == "duplicate"


@pytest.mark.parametrize(
    ("one", "two"),
    [
        ("Investigaton of drought in old limes", "Investigation of drought in old limes"),
        ("Mutli-stage watering of young trees", "Multi-stage watering of young trees"),
        ("Oesophageal bark lesions", "Esophageal bark lesions"),
        ("Parallelising the census of trees", "Parallelizing the census of trees"),
        ("Drought in plane tree, two cohorts", "Drought in plane trees, two cohorts"),
        ("TNF-α in the sap of limes", "TNF-alpha in the sap of limes"),
        ("IL-1β and bark repair", "IL-1beta and bark repair"),
        ("Stage IIIB canker in urban planes", "Stage 3b canker in urban planes"),
        ("Twelve years of watering oaks", "12 years of watering oaks"),
        ("Report no. 12 on the watering of oaks", "Report 12 on the watering of oaks"),
        ("Mulch vs bark on young limes", "Mulch versus bark on the young limes"),
        ("Visual correction of drought errors in 2015", "Visual correction of drought error in 2015"),
        ("Data from the national survey of planes", "Data from the National Survey of Planes."),
        ("Pruning of limes (vol 39, pg 1456, 2008)", "Pruning of limes (vol 39, 1456, 2008)"),
        ("Rust pos/neg limes in parks", "Rust pos/neg limes in parks - a survey"),
        ("Regulation of K+ channels in lime roots", "Regulation of K(+) channels in lime roots"),
        ("H+-ATPase in lime roots", "H(+)-ATPase in lime roots"),
        ("RETRACTED ARTICLE: Watering oaks at noon", "Watering oaks at noon"),
    ],
)
def test_spellings_of_one_title(one: str, two: str) -> None:
    assert kind(_session(one), _session(two)) == "duplicate"


def test_via_is_no_stage() -> None:
    one, two = "Watering old oaks in parks via pipes", "Watering old oaks in parks through a pipe, 2 trials"
    assert kind(_session(one, doi="10.9999/oaks"), _session(two, doi="10.9999/oaks")) == "duplicate"


@pytest.mark.parametrize(
    ("one", "two"),
    [
        ("Vitamin A in the sap of limes", "Vitamin D in the sap of limes"),
        ("PPARα and the growth of bark", "PPARγ and the growth of bark"),
        ("Stage IIa canker in planes", "Stage IIb canker in planes"),
        ("Bark repair in limes (I)", "Bark repair in limes (II)"),
        ("Watering young oaks with mulch", "Watering young oaks without mulch"),
        ("[11C]Methionine uptake by buds", "[18F]Methionine uptake by buds"),
        ("Rust in small-leaved limes", "Rust in non-small-leaved limes"),
        ("RUST2+ limes under drought", "RUST2− limes under drought"),
        ("RUST2-negative limes (RUST2-)", "RUST2 limes (RUST2+)"),
        ("Pruning planes aged < 65 years", "Pruning planes aged ≥ 65 years"),
        ("Bulk loading the B-tree", "Bulk loading the B+-tree"),
    ],
)
def test_letters_signs_and_negations_veto(one: str, two: str) -> None:
    assert kind(_session(one), _session(two)) == "distinct"
    assert "veto" in verdict(_session(one), _session(two)).evidence[-1]


@pytest.mark.parametrize(
    "notice",
    [
        "{}: authors' reply",
        "{} [letter]",
        "Letter by Falk regarding article {}",
        "Invited commentary: {}",
        "{} (vol 39, pg 1456, 2008)",
        "Expression of concern: {}",
        "Plain language summary of {}",
        "{}: executive summary",
        "Rationale and design of {}",
        "WITHDRAWN: {}",
        "Data from: {}",
        "Replication data for: {}",
        "Additional file 2 of {}",
        "Faculty Opinions recommendation of {}",
        "{} (vol 39, 1456, 2008)",
        "{} (vol 39, pg 1456, 2008)",
        "{} [Erratum]",
        '"{}": Correction to Li et al. (2014).',
        "Re: {}",
        "Rejoinder: {}",
        "Infographic. {}",
        "Editorial Expression of Concern: {}",
        "Video abstract: {}",
        "Editor's choice: {}",
        "Supplementary material to “{}”",
        "Supporting information for {}",
        "Online appendix: {}",
        "Book review: {}",
        "Commentary: {}",
    ],
)
def test_an_item_about_a_work_is_another_item(notice: str) -> None:
    work = "Watering young oaks in dry summers"
    assert kind(_session(work), _session(notice.format(work))) == "distinct"


def test_names_with_umlauts_are_written_in_two_ways() -> None:
    one = _session("Watering oaks", authors=["Jörg Müller"], pages="3-9")
    assert kind(one, _session("Watering oaks: a trial", authors=["Mueller J"], pages="3-9")) == "duplicate"


# ---- what pages and identifiers prove -----------------------------------------------------------


def test_a_page_of_a_supplement_holds_many_abstracts() -> None:
    first = _session("Watering oaks in the first dry summer", pages="S210")
    second = _session("Watering planes in the first dry summer", pages="S210")
    assert kind(first, second) == "maybe"
    whole = {"pages": "S1-S320"}
    assert (
        kind({**first, "extra": {"volume": "7", **whole}}, {**second, "extra": {"volume": "7", **whole}})
        == "maybe"
    )


def test_the_first_page_of_every_article_is_one() -> None:
    first = _session("Synthesis and growth of oak chains", pages="1-8", doi="10.9999/a")
    second = _session("Crystal structure of oak chains", pages="1-8", doi="10.9999/b")
    assert kind(first, second) in ("maybe", "distinct")


def test_the_identifier_of_a_supplement_is_not_that_of_its_abstracts() -> None:
    doi = {"doi": "10.9999/supplement"}
    first = _session("Watering oaks in the first dry summer", pages="210", abstract=ABSTRACT, **doi)
    second = _session("Watering oaks in the first cold rains", pages="211", abstract=REWRITTEN * 2, **doi)
    assert kind(first, second) == "maybe"


@pytest.mark.parametrize(
    ("one", "two"), [("E12", "12"), ("R220501", "220501"), ("1-6", "431-436"), ("417", "417-422")]
)
def test_one_place_with_its_page_written_in_two_ways(one: str, two: str) -> None:
    assert kind(_session("Watering oaks", pages=one), _session("Watering oaks", pages=two)) == "duplicate"


def test_one_title_on_other_pages_of_one_volume_is_another_item() -> None:
    case = "What is your diagnosis of this oak"
    assert kind(_session(case, pages="101-102"), _session(case, pages="311-312")) == "version"


def test_abstracts_cut_in_their_first_sentences_prove_nothing() -> None:
    background = ABSTRACT[:186] + "..."
    first = _session("Mulch for young oaks in dry towns", abstract=background, pages="3", volume=None)
    second = _session("Shade for young oaks in dry towns", abstract=background, pages="7", volume=None)
    assert kind(first, second) != "duplicate"


# ---- numbers ------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "number", ["31234567", "PMID: 31234567", "31234567.0", "https://pubmed.example/31234567/"]
)
def test_a_number_of_pubmed_is_one_however_it_is_written(number: str) -> None:
    one, two = (_session("Watering oaks", pmid=given) for given in ("31234567", number))
    assert "PubMed number agrees" in verdict(one, two).evidence
    assert set(keys(one)) == set(keys(two))


@pytest.mark.parametrize("nothing", ["NA", "n/a", "-", "0", "None", "nan", " "])
def test_what_stands_for_a_missing_number_is_none(nothing: str) -> None:
    one, two = (
        _session("Watering young oaks", pmid=nothing),
        _session("Watering young oaks", year=2018, pmid=nothing),
    )
    assert kind(one, {**two, "extra": {"pmid": nothing, "volume": "9", "pages": "3-9"}}) == "version"


def test_a_number_of_pubmed_brings_a_translated_title_and_its_work_together() -> None:
    one = paper("Watering young oaks in dry summers", pmid="31234567")
    two = paper("Bewässerung junger Eichen", pmid="31234567")
    assert plan([one, two]).maybes


@pytest.mark.parametrize(
    ("one", "two", "meant"),
    [
        ("NCT01234567", "NCT01234567", "duplicate"),
        ("NCT01234567", "NCT07654321", "distinct"),
        ("NCT01234567", "ISRCTN12345678", "duplicate"),
        ("ChiCTR-TRC-12002345", "ChiCTR12002345", "duplicate"),
        ("EUCTR2010-012345-67", "EUCTR2010-012345-67-DE", "duplicate"),
        ("EUCTR2010-012345-67", "EUCTR2010-012345-76", "distinct"),
        ("NCT01234567", "NCT01234567-2020", "duplicate"),
    ],
)
def test_trials_are_compared_within_a_register(one: str, two: str, meant: str) -> None:
    a, b = (_session("Watering oaks", url=f"https://trials.example/{trial}") for trial in (one, two))
    assert kind(a, b) == meant


@pytest.mark.parametrize("volume", [" ", "", "Suppl", "XII", 7])
def test_any_volume_makes_keys(volume: object) -> None:
    assert keys(changed(volume=volume, pages="3-9"))


# ---- issues, supplements, names ---------------------------------------------------------------


def test_a_column_stands_on_one_page_of_every_issue() -> None:
    one, two = (_session("Last words: puzzled", pages="120", number=number) for number in ("2", "5"))
    assert kind(one, two) == "maybe"
    assert kind(one, {**one}) == "duplicate"
    long, other = (_session("Watering oaks", pages="17-29", number=number) for number in ("2", "5"))
    assert kind(long, other) == "duplicate"


@pytest.mark.parametrize("page", ["S33", "123A", "S-512", "P1.123"])
def test_a_page_of_a_supplement_is_none_of_the_article(page: str) -> None:
    article, abstract = (_session("Watering oaks in dry parks", pages=pages) for pages in ("880-887", page))
    assert kind(article, abstract) == "version"
    assert kind(article, _session("Watering oaks in dry parks", pages="e17")) == "duplicate"


@pytest.mark.parametrize(
    ("one", "two", "shared"),
    [
        (["Maria Garcia", "John Smith"], ["Maria Gomez", "John Stewart"], 0),
        (["Maria Garcia", "John Smith"], ["Garcia Maria", "Smith J"], 2),
        (["Lena Brandt"], ["Brandt Lena Sophie"], 1),
    ],
)
def test_a_given_name_in_common_is_no_author_in_common(one: list[str], two: list[str], shared: int) -> None:
    assert names.compare(one, two).shared == names.compare(two, one).shared == shared


@pytest.mark.parametrize(
    ("one", "two"),
    [
        ("急性非淋巴细胞白血病患者化疗期间的护理", "急性淋巴细胞白血病患者化疗期间的护理"),
        ("不稳定型心绞痛的护理体会", "稳定型心绞痛的护理体会"),
    ],
)
def test_one_sign_makes_another_title_in_chinese(one: str, two: str) -> None:
    assert kind(_session(one), _session(two)) != "duplicate"


def test_operators_of_a_formula_are_words() -> None:
    assert kind(_session(r"Limes of $\max_i x$"), _session(r"Limes of $\min_i x$")) != "duplicate"
    one, two = (
        _session(r"An {$O(n \log n)$} algorithm for limes"),
        _session("An O(n log n) algorithm for limes"),
    )
    assert kind(one, two) == "duplicate"
