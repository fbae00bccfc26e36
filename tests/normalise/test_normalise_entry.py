"""Entries become facts: identifiers, links, years, keywords, and whatever else dumps hold."""

from __future__ import annotations

import datetime as dt
import json
import re
from typing import Any

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from paperctl.normalise import normalise
from paperctl.record import FACTS, by_name
from paperctl.record.items import Entry, Markup, as_raw


def facts(markup: Markup = "plain", extra: dict[Any, Any] | None = None, **fields: Any) -> dict[str, Any]:
    return by_name(normalise(Entry(as_raw(fields), (1, 1), None, extra or {}, markup))[0])


def test_an_empty_entry_has_every_fact() -> None:
    found = facts()
    assert list(found) == list(FACTS)
    assert (
        found["title"] == ""
        and found["abstract"] is None
        and found["authors"] == []
        and not found["has_code"]
    )


@pytest.mark.parametrize(
    ("raw", "want"),
    [
        ("10.1000/ABC.1", "10.1000/abc.1"),
        ("https://doi.org/10.1000/abc.1", "10.1000/abc.1"),
        ("doi:10.1000/abc.1.", "10.1000/abc.1"),
        ("http://dx.doi.org/10.1000%2Fabc", "10.1000/abc"),
        ("10.1016/S0140-6736(05)12345-6", "10.1016/s0140-6736(05)12345-6"),
        (
            "10.1002/(SICI)1097-0258(1998)17:1<1::AID-X>2.0.CO;2-Q",
            "10.1002/(sici)1097-0258(1998)17:1<1::aid-x>2.0.co;2-q",
        ),
        ("n/a", None),
        (["10.1000/a"], "10.1000/a"),
    ],
)
def test_doi(raw: Any, want: str | None) -> None:
    assert facts(doi=raw)["doi"] == want


def test_doi_in_other_places() -> None:
    assert facts(url="https://dl.acm.org/doi/pdf/10.1145/12345.678")["doi"] == "10.1145/12345.678"
    assert facts(url="https://x.org/doi/10.1145/12345.678/full?a=b")["doi"] == "10.1145/12345.678"
    assert facts(extra={"note": "See DOI 10.1145/12345.678."})["doi"] == "10.1145/12345.678"
    assert facts(abstract="We extend 10.1145/12345.678")["doi"] is None


@pytest.mark.parametrize(
    ("fields", "extra"),
    [
        ({"arxiv_id": "2101.00001v2"}, {}),
        ({"arxiv_id": "arXiv:2101.00001v2"}, {}),
        ({"url": "https://arxiv.org/pdf/2101.00001v2.pdf"}, {}),
        ({}, {"eprint": "2101.00001v2", "archiveprefix": "arXiv"}),
        ({"venue": "arXiv preprint arXiv:2101.00001v2"}, {}),
        ({"venue": "CoRR"}, {"volume": "abs/2101.00001v2"}),
    ],
)
def test_arxiv_ids(fields: dict[str, Any], extra: dict[str, Any]) -> None:
    found = facts(extra=extra, **fields)
    assert found["arxiv_id"] == "2101.00001"
    assert found["extra"]["arxiv_version"] == "2"


def test_more_arxiv_ids() -> None:
    assert facts(doi="10.48550/arXiv.2101.00001")["arxiv_id"] == "2101.00001"
    assert facts(arxiv_id="hep-th/9901001")["arxiv_id"] == "hep-th/9901001"
    assert facts(url="http://arxiv.org/abs/math.GT/0309136v1")["arxiv_id"] == "math/0309136"
    assert facts(arxiv_id="2113.00001")["arxiv_id"] is None
    assert facts(extra={"comments": "overlaps with arXiv:2101.00001"})["arxiv_id"] is None


@pytest.mark.parametrize(
    ("raw", "want"),
    [
        ("https://a.org/x_y.", "https://a.org/x_y"),
        (r"\url{https://a.org/x\_y}", "https://a.org/x_y"),
        ("www.a.org/x", "https://www.a.org/x"),
        (["", "http://b.org/"], "http://b.org/"),
        ("javascript:alert(1)", None),
        ("file:///etc/passwd", None),
        ("data:text/html,x", None),
    ],
)
def test_only_web_links(raw: Any, want: str | None) -> None:
    found, repairs = normalise(Entry({"url": raw}, (1, 1)))
    assert found["url"] == want
    assert any(r.startswith("url refused") for r in repairs) == (want is None)


@pytest.mark.parametrize(
    ("abstract", "want"),
    [
        ("Code: https://github.com/a-b/c.", ["https://github.com/a-b/c"]),
        ("see D-X{https://github.com/a/b}.", ["https://github.com/a/b"]),
        ('at "https://github.com/a/b".', ["https://github.com/a/b"]),
        ("[code](https://github.com/a/b), and", ["https://github.com/a/b"]),
        ("(https://gitlab.com/a/b/c)", ["https://gitlab.com/a/b/c"]),
        ("code at github.com/a/b\\_c.", ["https://github.com/a/b_c"]),
        ("https://github.com/a/b.Our code https://github.com/A/B", ["https://github.com/a/b"]),
        ("weights: https://huggingface.co/org/model-7b;", ["https://huggingface.co/org/model-7b"]),
        ("archived at https://zenodo.org/records/123).", ["https://zenodo.org/records/123"]),
        ("https://huggingface.co/papers/2101.00001", []),
        ("Code is available at https://www.example.ac.uk/~x/code/.", ["https://www.example.ac.uk/~x/code"]),
        ("See https://example.org/project.", []),
        ("The code will be made available. Data: https://example.org/d", []),
        ("code at //github.com/a/b here", ["https://github.com/a/b"]),
        ("Code can be found at \\url{https://a.ac.cn/gitlab/x}.", ["https://a.ac.cn/gitlab/x"]),
        ("released at gitlab.inria.fr/team/tool.", ["https://gitlab.inria.fr/team/tool"]),
        ("https: //github. com/a/b is ours", ["https://github.com/a/b"]),
    ],
)
def test_code_links_in_abstracts(abstract: str, want: list[str]) -> None:
    found = facts(abstract=abstract)
    assert found["code_urls"] == want
    assert found["has_code"] is bool(want)


def test_code_that_fields_state() -> None:
    assert facts(code_urls=["https://x.org/code"])["code_urls"] == ["https://x.org/code"]
    assert facts(extra={"github": "https://github.com/a/b;;"})["code_urls"] == ["https://github.com/a/b"]
    for stated in (facts(has_code=True), facts(extra={"code": "Link"}), facts(extra={"code": True})):
        assert stated["has_code"] is True and stated["code_urls"] == []
    assert facts(extra={"code": "no"})["has_code"] is False
    assert facts(abstract="Code will be made publicly available.")["has_code"] is False


@pytest.mark.parametrize(
    ("raw", "want"),
    [
        (2024, 2024), ("2024", 2024), ("2024-03-01", 2024), ("c2001", 2001), (2024.0, 2024), ("[1999]", 1999),
        (dt.date(2020, 1, 2), 2020), ({"date-parts": [[2011, 4]]}, 2011), ("in press", None), (99999, None),
        (0, None), (float("nan"), None),  (True, None), ("Mon, 2 Apr 2007 19:18:42 GMT", 2007),
    ],
)  # fmt: skip
def test_year(raw: Any, want: int | None) -> None:
    assert facts(year=raw)["year"] == want


def test_a_year_of_five_thousand_digits_is_none() -> None:
    assert facts(year=10**5000)["year"] is None


def test_year_names_its_basis() -> None:
    assert facts(arxiv_id="2101.00001", venue="ICLR 2022")["extra"]["year_from"] == "venue"
    found = facts(arxiv_id="hep-th/9901001")
    assert found["year"] == 1999 and found["extra"]["year_from"] == "arxiv id"
    assert facts(extra={"date": "2020-05-01"})["extra"]["year_from"] == "date"
    assert "year_from" not in facts(year="2020-05-01")["extra"]
    assert facts(year="in press")["extra"]["year"] == "in press"


@pytest.mark.parametrize(
    ("raw", "want"),
    [
        ("a;B; a ;c", ["a", "B", "c"]),
        ("deep learning, vision", ["deep learning", "vision"]),
        (["x", "X", "y; z"], ["x", "y", "z"]),
        ([{"display_name": "k"}, {"tag": "t"}], ["k", "t"]),
        (None, []),
        (["a, b"], ["a", "b"]),
    ],
)
def test_keywords(raw: Any, want: list[str]) -> None:
    assert facts(keywords=raw)["keywords"] == want


def test_titles_and_abstracts() -> None:
    assert facts(title="A title that ends.")["title"] == "A title that ends"
    assert facts(title="Made in the U.S.")["title"] == "Made in the U.S."
    assert facts(title="Wait...")["title"] == "Wait..."
    assert facts(title="[From Oral 2B] A TITLE IN CAPITALS")["title"] == "[From Oral 2B] A TITLE IN CAPITALS"
    for nothing in ("N/A", "[No abstract available]", "nan", " - ", ""):
        assert facts(abstract=nothing)["abstract"] is None


def test_unknown_fields_stay_as_json_can_hold_them() -> None:
    deep: Any = "x"
    for _ in range(1000):
        deep = [deep]
    raw: dict[Any, Any] = {
        "n": 10**5000,
        "nan": float("nan"),
        "date": dt.date(2020, 1, 2),
        "deep": deep,
        "b": b"\xff",
        3: {1: 2},
        "e": "\x1b[1m",
    }
    found = facts(extra=raw)["extra"]
    assert json.loads(json.dumps(found, allow_nan=False)) == found
    assert found["date"] == "2020-01-02" and found["3"] == {"1": 2} and "nan" not in found
    assert "\x1b" not in json.dumps(found, ensure_ascii=False)


def test_tex_in_other_fields_is_read_too() -> None:
    found, repairs = normalise(
        Entry({"title": r"\'Etale"}, (1, 1), "k", {"publisher": r"M{\"u}ller \& Co", "file": r"a\_b"}, "tex")
    )
    assert found["title"] == "Étale" and repairs == ["TeX decoded in title"]
    assert found["extra"] == {"publisher": "Müller & Co", "file": r"a\_b"}


def test_a_decision_comes_along() -> None:
    found = facts(decision="Keep", note="read\nsoon")
    assert found["decision"] == "keep" and found["note"] == "read\nsoon"
    assert "decision" not in facts(decision="Accept (poster)")


scalars = st.one_of(
    st.none(),
    st.booleans(),
    st.integers(),
    st.floats(),
    st.text(max_size=30),
    st.binary(max_size=8),
    st.dates(),
)
values = st.recursive(
    scalars,
    lambda inner: st.one_of(
        st.lists(inner, max_size=3), st.dictionaries(st.text(max_size=8), inner, max_size=3)
    ),
)
names = st.sampled_from([*(n for n in FACTS if n != "extra"), "decision", "note"])
texts = st.text(
    st.sampled_from(
        "ab C.,;:-/\\{}()[]<>&$%#@'\"\n\x1b\x00Ã©é蟺10 https://github.com/ arXiv:2101.00001v1 and doi"
    ),
    max_size=60,
)


@example({"authors": "\\.\x00a"}, {}, "plain")
@settings(max_examples=400, deadline=None)
@given(
    st.dictionaries(names, st.one_of(values, texts), max_size=6),
    st.dictionaries(
        st.one_of(st.text(max_size=8), st.sampled_from(["code", "eprint", "note", "date"])),
        values,
        max_size=3,
    ),
    st.sampled_from(["plain", "html", "tex"]),
)
def test_any_entry_gives_clean_facts_that_go_in_again(
    fields: dict[str, Any], extra: dict[str, Any], markup: Markup
) -> None:
    found, repairs = normalise(Entry(as_raw(fields), (1, 1), None, extra, markup))
    assert set(found) - {"decision", "note"} == set(FACTS)
    assert all(isinstance(r, str) for r in repairs)
    assert json.loads(json.dumps(found, allow_nan=False)) == found
    assert not re.search(r"[\x00-\x08\x0e-\x1b\x7f]", json.dumps(found, ensure_ascii=False))
    assert not [u for u in found["code_urls"] if u[-1] in ".,;:)]}{"]
    again, _ = normalise(
        Entry(as_raw({k: v for k, v in found.items() if k != "extra"}), (1, 1), None, found["extra"])
    )
    assert again == found
