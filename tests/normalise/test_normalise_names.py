"""Authors of any shape become names in display order."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from paperctl.normalise.people import people


def plain(value: object) -> list[str]:
    return people(value, "plain", [])


@pytest.mark.parametrize(
    ("raw", "want"),
    [
        ("Rossi, A M and Bianchi, L", ["A M Rossi", "L Bianchi"]),
        ("Rossi A. and Bianchi L. G.", ["A. Rossi", "L. G. Bianchi"]),
        ("Rossi AM, Bianchi LG, de Vries H", ["AM Rossi", "LG Bianchi", "H de Vries"]),
        ("A. Maria Rossi, Luigi Bianchi", ["A. Maria Rossi", "Luigi Bianchi"]),
        (
            "Rossi, Anna 0001 and Bianchi, L. 0012 and Luigi Bianchi 0003",
            ["Anna Rossi", "L. Bianchi", "Luigi Bianchi"],
        ),
        ("Rossi, Anna; Bianchi, Luigi", ["Anna Rossi", "Luigi Bianchi"]),
        ("Rossi, A., Bianchi, L.", ["A. Rossi", "L. Bianchi"]),
        ("Anna Rossi and Luigi Bianchi", ["Anna Rossi", "Luigi Bianchi"]),
        ("Anna Rossi, Luigi Bianchi, and Ugo Verdi", ["Anna Rossi", "Luigi Bianchi", "Ugo Verdi"]),
        ("van der Berg, Jan and King, Jr., Martin", ["Jan van der Berg", "Martin King Jr."]),
        ("Anna Rossi, Jr. and Luigi Bianchi", ["Anna Rossi Jr.", "Luigi Bianchi"]),
        ("Rossi, Anna", ["Anna Rossi"]),
        ("Wei LI, Xiao WANG", ["Wei LI", "Xiao WANG"]),
        ("Wei LI, Bo XU", ["Wei LI", "Bo XU"]),
        ("Rossi, Anna & Bianchi, Luigi", ["Anna Rossi", "Luigi Bianchi"]),
        ("ПЕТРОВ, И. И.", ["И. И. ПЕТРОВ"]),
        ("Anna Rossi (MIT), Luigi Bianchi*", ["Anna Rossi", "Luigi Bianchi"]),
        ("Anna Rossi1 and Luigi Bianchi12*", ["Anna Rossi", "Luigi Bianchi"]),
        ("NCT01234567", ["NCT01234567"]),
        ("OpenAI", ["OpenAI"]),
        (["OpenAI", "MetaAI"], ["OpenAI", "MetaAI"]),
        ("Rossi; Bianchi and Verdi", ["Rossi", "Bianchi", "Verdi"]),
        ("Rossi; Centre for Pumps and Valves", ["Rossi", "Centre for Pumps and Valves"]),
        ("OpenAI, Acme, Anna Rossi and Ugo Verdi", ["OpenAI", "Acme", "Anna Rossi", "Ugo Verdi"]),
        ("McRossi, Anna, Luigi Bianchi and Ugo Verdi", ["Anna McRossi", "Luigi Bianchi", "Ugo Verdi"]),
        ("William McK. Rossi and Luigi Bianchi", ["William McK. Rossi", "Luigi Bianchi"]),
        ("Robert MacC. Rossi", ["Robert MacC. Rossi"]),
        ("DeL. Rossi and LaV. Bianchi", ["DeL. Rossi", "LaV. Bianchi"]),
        (["Rossi, Anna", "Luigi Bianchi"], ["Anna Rossi", "Luigi Bianchi"]),
        ([{"given": "Anna", "family": "Rossi"}, {"name": "Ugo Verdi"}], ["Anna Rossi", "Ugo Verdi"]),
        ([{"author": {"display_name": "Anna Rossi"}}], ["Anna Rossi"]),
        ([{"firstName": "Anna", "lastName": "Rossi"}, {"name": "A well-known, old lab"}], None),
        ({"value": ["Anna Rossi"]}, ["Anna Rossi"]),
        ("Anna Rossi;Luigi Bianchi;Anna Rossi", ["Anna Rossi", "Luigi Bianchi", "Anna Rossi"]),
        (None, []),
        (7, []),
        ([None, 3, [], {}], []),
    ],
)
def test_shapes(raw: object, want: list[str] | None) -> None:
    assert plain(raw) == (want if want is not None else ["Anna Rossi", "A well-known old lab"])


def test_bibtex_names_keep_what_braces_guard() -> None:
    raw = r"{Barnes and Noble, Inc.} and K{\"u}hn, J{\'e}r{\^o}me and de la Vall{\'e}e, Charles and Knuth, D."
    want = ["Barnes and Noble Inc.", "Jérôme Kühn", "Charles de la Vallée", "D. Knuth"]
    assert people(raw, "tex", []) == want


@pytest.mark.parametrize("tail", [" and others", ", et al.", " et al", "; others", " & 27 others"])
def test_further_authors_are_dropped_and_said(tail: str) -> None:
    repairs: list[str] = []
    assert people("Anna Rossi and Luigi Bianchi" + tail, "plain", repairs) == ["Anna Rossi", "Luigi Bianchi"]
    assert repairs == ["further authors are not named"]


name_text = st.text(st.sampled_from("AbcÖ é.,;&-'()[]{}<> andIJr*1\n"), max_size=50)


@settings(max_examples=400, deadline=None)
@given(st.one_of(name_text, st.lists(name_text, max_size=4)))
def test_names_go_in_again_as_they_came_out(raw: object) -> None:
    names = plain(raw)
    assert plain(names) == names
    assert not [n for n in names if "," in n or ";" in n or n != n.strip() or not n]
