"""The table of round trips: true, said, and ended after one trip, also with hostile values."""

from __future__ import annotations

import re
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from paperctl.dumps.dump import Dump
from paperctl.exports import export
from paperctl.exports._places import Watched
from paperctl.normalise import normalise
from paperctl.readers import readers
from paperctl.record import FACTS, Record, by_name
from paperctl.record.items import Entry, as_raw
from paperctl.record.marks import NAMES
from tests.exports.round_trips import CHANGES, COLUMNS, FORMATS, PAGE, ROWS, SAMPLE, outcome, page, trip
from tests.exports.samples import HOSTILE, paper, rendered


def told(record: Record) -> dict[str, Any]:
    """What dumps and people say of a paper."""
    return {name: by_name(record).get(name) or None for name in (*FACTS, *NAMES)}


def test_the_page_has_the_table_of_today() -> None:
    text = PAGE.read_text("utf-8")
    assert page(text) == text


@pytest.mark.parametrize("name", FORMATS)
def test_what_is_dropped_is_said_and_what_changes_is_known(name: str) -> None:
    (back,) = trip(name, [SAMPLE])
    watched = Watched(export(name), [SAMPLE])
    assert list(watched) == [SAMPLE]
    said = "".join(watched.all_dropped())
    column = next(names[0] for names in COLUMNS if name in names)
    for row, (field, _) in ROWS.items():
        how = outcome(row, SAMPLE, back)
        assert (how == "changed") == ((column, row) in CHANGES), row
        assert how != "dropped" or field in said, row


@pytest.mark.parametrize("name", FORMATS)
def test_a_second_trip_changes_nothing(name: str) -> None:
    first = trip(name, [SAMPLE])
    again = trip(name, first)
    assert list(map(told, again)) == list(map(told, first))
    assert [record.get("citekey") for record in again] == [record.get("citekey") for record in first]


def of_dump(text: str, name: str) -> Record:
    """The paper of a dump."""
    (entry,) = readers()[name].read(Dump.from_text(text))
    assert isinstance(entry, Entry)
    return paper(**normalise(entry)[0], sources=[{"file": "a", "format": name, "key": None}])


@pytest.mark.parametrize(
    "name", [name for name in FORMATS if name not in ("asreview", "rayyan", "covidence")]
)
def test_a_body_that_reads_as_a_person_stays_a_body(name: str) -> None:
    was = of_dump("@misc{a, title={Widgets}, author={{Acme Minds} and Ann Bee}}\n", "bibtex")
    (back,) = trip(name, [was])
    assert back["authors"] == ["Acme Minds", "Ann Bee"] and back["extra"]["authors_bodies"] == ["Acme Minds"]
    assert "{Acme Minds} and Bee, Ann" in rendered("bibtex", [back])
    assert '{"literal":"Acme Minds"}' in rendered("csl-json", [back])
    assert "AU  - Acme Minds\nAU  - Bee, Ann" in rendered("ris", [back])


@pytest.mark.parametrize(
    "name", [name for name in FORMATS if name not in ("asreview", "rayyan", "covidence")]
)
def test_a_date_that_names_no_year_goes_out_again(name: str) -> None:
    was = of_dump(
        '[{"id": "a", "type": "book", "title": "Widgets", "issued": {"literal": "in press"}}]', "json"
    )
    assert (was["year"], was["extra"]["year"]) == (None, "in press")
    (back,) = trip(name, [was])
    assert (back["year"], back["extra"]["year"]) == (None, "in press")
    assert '"issued":{"literal":"in press"}' in rendered("csl-json", [back])


@pytest.mark.parametrize("pages", ["SP  - 1–13", "SP  - 1--13", "SP  - 1\nEP  - 13", "SP  - 1-13"])
def test_pages_of_ris_are_one_range_however_they_are_written(pages: str) -> None:
    was = of_dump(f"TY  - JOUR\nTI  - Widgets\n{pages}\nER  - \n", "ris")
    assert was["extra"]["pages"] == "1-13" and "SP  - 1\nEP  - 13\n" in rendered("ris", [was])
    assert "{1-13}" in rendered("bibtex", [was]) and '"page":"1-13"' in rendered("csl-json", [was])


VOTERS: dict[str, dict[str, Any]] = {
    "conflict": {"decision": "maybe", "decided_by": ["Bob", "Cy"], "votes": {"Bob": "keep", "Cy": "skip"}},
    "agreed": {"decision": "keep", "decided_by": ["Bob", "Cy"], "votes": {"Bob": "keep", "Cy": "keep"}},
    "resolved": {
        "decision": "skip",
        "decided_by": ["Bob", "Cy"],
        "votes": {"Bob": "keep", "Cy": "skip"},
        "reason": "too old",
    },
}
"""What two people said of a paper: in the last one of them settled it."""


@pytest.mark.parametrize("agreement", VOTERS)
@pytest.mark.parametrize("name", [name for name in FORMATS if name != "covidence"])
def test_each_persons_vote_comes_back(name: str, agreement: str) -> None:
    was = {**VOTERS[agreement], "agreement": agreement}
    (back,) = trip(name, [paper(title="Widgets of Steel", **was)])
    if name == "rayyan" and agreement == "resolved":  # its votes are the decision
        was |= {"votes": None, "decided_by": ["Cy"], "agreement": None}
    assert {field: by_name(back).get(field) for field in was} == was


@pytest.mark.parametrize("name", FORMATS)
def test_bodies_ids_and_a_dumps_own_note_stay(name: str) -> None:
    bodies = ["ACM and IEEE Joint Committee", "Ann Bee", "World Health Organization"]
    record = paper(
        id="3f00aa11bb22", title="Widgets I", authors=bodies, note="mine", extra={"note": "theirs"}
    )
    (back,) = trip(name, [record])
    assert (back["id"], back["authors"], back["note"]) == (record["id"], bodies, "mine")
    assert back["extra"].get("note") == ("theirs" if name not in _WITHOUT_NOTES else None)


_WITHOUT_NOTES = ("ris", "asreview", "rayyan", "covidence")
"""Formats without a place for a dump's own note beside the user's."""
TEXT = st.sampled_from(HOSTILE) | st.text(min_size=1, max_size=20)
NAME = st.text(st.characters(categories=["Lu", "Ll", "Lo", "Mn", "Pd"]), min_size=1, max_size=12)


@st.composite
def stored(draw: st.DrawFn) -> Record:
    """A paper with hostile values as a store would hold it."""
    fields = {
        "title": draw(TEXT),
        "abstract": draw(st.none() | TEXT),
        "authors": draw(st.lists(NAME, max_size=3)),
        "year": draw(st.none() | st.integers(1500, 2100)),
        "venue": draw(st.none() | TEXT),
        "keywords": draw(st.lists(TEXT, max_size=3)),
        "decision": draw(st.sampled_from([None, "keep", "skip", "maybe"])),
        "reason": draw(st.none() | TEXT),
        "note": draw(st.none() | TEXT),
        "labels": draw(st.lists(TEXT.map(lambda text: text.replace(",", " ")), max_size=2)),
    }
    extra = draw(st.dictionaries(st.sampled_from(["volume", "pages", "publisher", "rating", "date"]), TEXT))
    found, _ = normalise(Entry(as_raw(fields), (1, 1), extra=extra))
    found["title"] = found["title"] or "Untold"
    return paper(**found, sources=[{"file": "a", "format": "csv", "key": None}])


@settings(max_examples=25, deadline=None)
@given(stored(), st.sampled_from([name for name in FORMATS if name not in ("parquet", "xlsx")]))
def test_hostile_values_settle_after_one_trip(record: Record, name: str) -> None:
    first = trip(name, [record])
    assert len(first) == 1 and not re.search("[\x00-\x08\x1b]", repr(first).replace("\\x", ""))
    assert list(map(told, trip(name, first))) == list(map(told, first))
