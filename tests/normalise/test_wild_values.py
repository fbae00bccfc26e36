"""Values as people have them in BibTeX, tables and lists of authors."""

from __future__ import annotations

from typing import Any

import pytest

from paperctl.normalise import normalise
from paperctl.record import by_name
from paperctl.record.items import Entry, Markup, as_raw


def facts(markup: Markup = "plain", /, **fields: Any) -> dict[str, Any]:
    return by_name(normalise(Entry(as_raw({"title": "Gates", **fields}), (1, 1), markup=markup))[0])


@pytest.mark.parametrize(
    ("markup", "written", "names"),
    [
        ("tex", "Pocock, Mary; Mendez, Carla", ["Mary Pocock", "Carla Mendez"]),
        ("tex", 'M{\\"u}ller, A. and and Doe, B.', ["A. Müller", "B. Doe"]),
        ("tex", "Jane Doe\\thanks{Corresponding author} and Bo Chu", ["Jane Doe", "Bo Chu"]),
        ("tex", "{{Barnes and Noble, Inc.}}", ["Barnes and Noble Inc."]),
        ("tex", "{Ministry of Pumps and Valves} and Doe, Jane", ["Ministry of Pumps and Valves", "Jane Doe"]),
        ("tex", 'J{\\"{o}}rg Hoffmann 0001 and Wei Wang 0012', ["Jörg Hoffmann", "Wei Wang"]),
        ("tex", "van der Berg, Jan Jr", ["Jan van der Berg Jr"]),
        ("plain", "Haru GB and Sana N.B", ["Haru GB", "Sana N.B"]),
        ("plain", [{"name": "Haru GB"}, {"name": "Anand K"}], ["Haru GB", "Anand K"]),
        ("plain", [{"name": "Smith JK", "authtype": "Author"}], ["JK Smith"]),
        ("plain", "Doe, Jane, Roe, Rick", ["Jane Doe", "Rick Roe"]),
        ("plain", "Wang, Wei; Li, Na; Wang, Wei", ["Wei Wang", "Na Li", "Wei Wang"]),
        ("plain", ["Ada Byte", "Bo Chu", "Ada Byte", "Bo Chu"], ["Ada Byte", "Bo Chu"]),
    ],
)
def test_authors(markup: Markup, written: Any, names: list[str]) -> None:
    found = facts(markup, authors=written)["authors"]
    assert found == names
    assert facts(authors=found)["authors"] == found


@pytest.mark.parametrize(
    ("written", "year"),
    [
        ("22.08.2000", 2000),
        ("2005-02", 2005),
        ("Spring 2008", 2008),
        ("2.014E+03", 2014),
        ("15-Mar-16", 2016),
        ("Mar-98", 1998),
        ("2021.0", 2021),
        ("42370", None),
        ("1.2.3", None),
    ],
)
def test_years(written: str, year: int | None) -> None:
    assert facts(year=written)["year"] == year


@pytest.mark.parametrize(
    ("written", "doi"),
    [
        (r"10.1000/978-3-031\_13", "10.1000/978-3-031_13"),
        (r"10.1000/978{\_}13", "10.1000/978_13"),
        (
            r"10.1002/(SICI)1097(199823)43:4{$<$}338::AID{$>$}3.0",
            "10.1002/(sici)1097(199823)43:4<338::aid>3.0",
        ),
        ("10.1002/(SICI)1097(199823)43:4&lt;338::AID&gt;3.0", "10.1002/(sici)1097(199823)43:4<338::aid>3.0"),
    ],
)
def test_dois(written: str, doi: str) -> None:
    assert facts("tex", doi=written)["doi"] == doi


def test_cyrillic_is_mended_whole_or_left() -> None:
    wrong = "Привет мир и лампы".encode().decode("latin-1")
    assert facts(title=wrong)["title"] == "Привет мир и лампы"
    cut = wrong.replace("¸", "")
    assert "П" not in facts(title=cut)["title"]
