"""`dedupe review`: a word on each doubtful pair, on disk before the next one."""

from __future__ import annotations

from typing import Any

from paperctl.screening.pairs import Review, doubtful
from paperctl.store import Store

from .conftest import OTHERS, StoreOf, record

TEXT = "Calibrated rounding keeps the accuracy of large models at four bits without any training. "


def review(store: Store) -> Review:
    pairs = doubtful(store)
    if not pairs:
        from paperctl.dedupe import verdict as judge

        papers = list(store.papers())
        pairs = [
            (papers[0], papers[1], judge(papers[0], papers[1])),
            (papers[0], papers[2], judge(papers[0], papers[2])),
        ]
    return Review(store, pairs, colour=False)


def seen(here: Review) -> str:
    return "\n".join(here.drawn(80, 40))


def store_with_doubts(store_of: StoreOf) -> Store:
    return store_of(
        record("Calibrated Rounding for Large Models", TEXT * 2, authors=["Ann Lee"], year=2023),
        record("Calibrated Rounding of Big Models", TEXT * 2, authors=["Ann Lee"], year=2024, venue="ICLR"),
        record("Rounding, Calibrated", None, authors=["Ann Lee"]),
        record(*OTHERS[0]),
    )


def test_words_are_stored_and_taken_back(store_of: StoreOf) -> None:
    store = store_with_doubts(store_of)
    here = review(store)
    before = [r["id"] for r in store.papers()]
    assert "pair 1 of" in seen(here)
    assert "1 title" in seen(here) and "2 title" in seen(here) and "= authors" in seen(here)
    here.press("s")
    assert len(list(Store(store.folder).papers())) == 3
    here.press("u")
    assert [r["id"] for r in Store(store.folder).papers()] == before
    assert not Store(store.folder).overlay.pairs
    here.press("v")
    linked = [r for r in Store(store.folder).papers() if r["versions"]]
    assert len(linked) == 2
    here.press("u")
    here.press("d")
    assert "distinct" in Store(store.folder).overlay.pairs.values()
    assert (here.merged, here.linked, here.parted) == (0, 0, 1)


def test_not_now_changes_nothing_and_the_end_is_said(store_of: StoreOf) -> None:
    store = store_with_doubts(store_of)
    here = review(store)
    lines = len(store.log())
    for _ in range(20):
        here.press("n")
    assert "No doubtful pair is left" in seen(here)
    assert len(Store(store.folder).log()) == lines
    here.press("u")
    assert "1 title" in seen(here) or "= title" in seen(here)
    here.press("x")
    assert "x is no key here" in seen(here)
    here.press("q")
    assert here.over


def test_the_reason_is_on_a_small_screen_and_the_texts_are_a_page_away(store_of: StoreOf) -> None:
    store = store_of(
        record("Calibrated Rounding for Large Models", TEXT * 12 + "First end.", authors=["Ann Lee"]),
        record("Calibrated Rounding of Big Models", TEXT * 12 + "Second end.", authors=["Ann Lee"]),
        record("Rounding, Calibrated", None, authors=["Ann Lee"]),
    )
    here = review(store)
    rows = here.drawn(80, 24)
    assert rows[1].startswith(" because ") and any(row.startswith(" score ") for row in rows)
    assert len(rows) == 24 and "more lines (space)" in rows[-2]
    assert "{+Second+} end." not in "\n".join(rows)
    here.press("space")
    here.drawn(80, 24)
    here.press("space")
    assert "{+Second+} end." in "\n".join(here.drawn(80, 24))
    wide = here.drawn(200, 50)
    assert any("[-First-] end." in row and "{+Second+} end." in row for row in wide)


def test_what_a_person_said_of_the_papers_is_shown(store_of: StoreOf) -> None:
    known: dict[str, Any] = {"authors": ["Dana Moreau"], "venue": "Letters on Machines", "year": 2021}
    store = store_of(
        record(
            "From the Editors", **known, extra={"volume": "12", "number": "3", "pages": "1--2"}, id="a" * 12
        ),
        record(
            "From the Editors", **known, extra={"volume": "12", "number": "4", "pages": "9--9"}, id="b" * 12
        ),
    )
    first, second = (r["id"] for r in store.papers())
    store.decide({second: {"decision": "keep", "note": "the one with code"}}, did="mark keep")
    found = doubtful(Store(store.folder))
    said = {r["id"]: (r["decision"], r["note"]) for a, b, _ in found for r in (a, b)}
    assert said == {first: (None, None), second: ("keep", "the one with code")}


def test_hostile_titles_stay_text(store_of: StoreOf) -> None:
    store = store_of(
        record("Red \x1b[31malert\x07 one", TEXT),
        record("Red \x1b[2J alert two", TEXT),
        record("Third \x9b1m"),
    )
    here = review(store)
    for line in here.drawn(40, 20):
        assert line.replace("\x1b[7m", "").replace("\x1b[1m", "").replace("\x1b[0m", "").isprintable()
