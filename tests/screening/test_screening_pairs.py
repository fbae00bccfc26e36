"""`dedupe review`: a word on each doubtful pair, on disk before the next one."""

from __future__ import annotations

from paperctl.deduping import propose
from paperctl.screening.pairs import Review
from paperctl.store import Store

from .conftest import OTHERS, StoreOf, record

TEXT = "Calibrated rounding keeps the accuracy of large models at four bits without any training. "


def review(store: Store) -> Review:
    found = propose(store)
    pairs = [(found.papers[a], found.papers[b], verdict) for a, b, verdict in found.maybes]
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


def test_hostile_titles_stay_text(store_of: StoreOf) -> None:
    store = store_of(
        record("Red \x1b[31malert\x07 one", TEXT),
        record("Red \x1b[2J alert two", TEXT),
        record("Third \x9b1m"),
    )
    here = review(store)
    for line in here.drawn(40, 20):
        assert line.replace("\x1b[7m", "").replace("\x1b[1m", "").replace("\x1b[0m", "").isprintable()
