"""`dedupe review`: a word on each doubtful pair, on disk before the next one."""

from __future__ import annotations

import re
import tempfile
from itertools import combinations
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from paperctl.deduplicate import Verdict
from paperctl.library.dedupe import apply_plan
from paperctl.record import Record
from paperctl.record.ids import known_ids
from paperctl.review.doubts import grouped
from paperctl.review.session import Review, doubtful
from paperctl.store import Store

from .conftest import OTHERS, StoreOf, record

TEXT = "Calibrated rounding keeps the accuracy of large models at four bits without any training. "


def review(store: Store) -> Review:
    pairs = doubtful(store)
    if not pairs:
        from paperctl.deduplicate import verdict as judge

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
    assert not Store(store.folder).overlay.judgements
    here.press("v")
    linked = [r for r in Store(store.folder).papers() if r["versions"]]
    assert len(linked) == 2
    here.press("u")
    here.press("d")
    assert "distinct" in [word for *_, word in Store(store.folder).overlay.judgements.pairs()]
    assert [here.answered(verb) for verb in ("merge", "version", "distinct")] == [0, 0, 1]


def test_not_now_changes_nothing_and_the_end_is_said(store_of: StoreOf) -> None:
    store = store_with_doubts(store_of)
    here = review(store)
    lines = len(store.log())
    for _ in range(20):
        here.press("n")
    assert "No doubtful pair is left but" in seen(here)
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


# ---- what is answered is not asked -------------------------------------------------------------

TITLES = (
    "Four Bits and Frost",
    "Rounding after Rain",
    "Prices of Outliers",
    "Bees that Forecast",
    "A Map of Bits",
)
DOUBT = Verdict("maybe", 0.4, ("year agrees", "one identifier, but other titles"))


def entry(at: str, title: str, abstract: str | None = None, **known: Any) -> Record:
    """A paper with one source, which keeps its id when it is merged."""
    source = {"file": "d.jsonl", "sha256": "0" * 64, "format": "jsonl", "lines": [1, 1], "key": at}
    return record(title, abstract, id=(at * 12)[:12], sources=[source], **known)


def asks(store: Store, pairs: str) -> Review:
    """A review that asks about these pairs of the papers a, b, c, …"""
    papers = list(store.papers())
    asked = [tuple(papers["abcde".index(letter)] for letter in pair) for pair in pairs.split()]
    return Review(store, [(one, other, DOUBT) for one, other in asked], colour=False)


def titled(*letters: str) -> list[Record]:
    return [entry(letter, TITLES["abcde".index(letter)], letter * 40, year=2020) for letter in letters]


def test_two_pairs_of_the_same_two_papers_are_asked_about_once(store_of: StoreOf) -> None:
    store = store_of(*titled("a", "b", "c"))
    here = asks(store, "ab ac bc")
    assert "pair 1 of 3 " in seen(here)
    here.press("s")
    assert "pair 2 of 2 " in seen(here) and "1 other pair needs no answer now" in seen(here)
    here.press("n")
    assert "No doubtful pair is left but 1 put off" in seen(here) and here.left == 1
    here.press("u")
    here.press("s")
    assert "No doubtful pair is left." in seen(here) and here.left == 0
    assert [len(known_ids(r)) for r in Store(store.folder).papers()] == [3]
    here.press("u")
    here.press("u")
    assert "pair 1 of 3 " in seen(here)


@pytest.mark.parametrize(("word", "left"), [("d", "distinct"), ("v", "version")])
def test_a_word_on_one_paper_is_one_on_those_merged_with_it(store_of: StoreOf, word: str, left: str) -> None:
    store = store_of(*titled("a", "b", "c"))
    for keys in (f"{word}s", f"s{word}"):
        here = asks(store, "ac ab bc" if keys[0] == word else "ab ac bc")
        for key in keys:
            here.press(key)
        assert "No doubtful pair is left." in seen(here) and here.left == 0
        fresh = Store(store.folder)
        assert len(list(fresh.papers())) == 2 and left in [
            word for *_, word in fresh.overlay.judgements.pairs()
        ]
        for _ in keys:
            here.press("u")
        assert "pair 1 of 3 " in seen(here)


def test_papers_with_ids_of_a_script_are_asked_about(store_of: StoreOf) -> None:
    store = store_of(
        record("Calibrated Rounding for Large Models", id="lee2023", doi="10.9999/round"),
        record("Frost in Orchards", id="Hron2021", doi="10.9999/round"),
    )
    here = review(store)
    assert "pair 1 of 1 " in seen(here)
    here.press("s")
    assert [r["id"] for r in store.papers()] == ["Hron2021"] and here.left == 0


def test_the_papers_are_shown_as_they_are_by_now(store_of: StoreOf) -> None:
    known: dict[str, Any] = {"title": "Four Bits and Frost", "year": 2020}
    store = store_of(
        entry("a", **known, venue="Frost Letters"),
        entry("b", **known, doi="10.9999/frost"),
        entry("c", **known),
    )
    here = asks(store, "ab ac")
    here.press("s")
    assert "10.9999/frost" in seen(here) and "Frost Letters" in seen(here)


def test_what_others_said_meanwhile_holds(store_of: StoreOf) -> None:
    store = store_of(*titled("a", "b", "c"))
    here = asks(store, "ab ac bc")
    a, b, _ = (r["id"] for r in store.papers())
    apply_plan(Store(store.folder), [("distinct", (a, b))])
    here.press("s")
    shown = " ".join(seen(here).split())
    assert (
        f"called distinct meanwhile, nothing was changed; a plan with “merge {min(a, b)} {max(a, b)}”"
        in shown
    )
    assert len(list(Store(store.folder).papers())) == 3 and "pair 1 of 2 " in seen(here)
    with store.writing() as writing:
        writing.commit({1: None}, [], "load", {})
    here.press("s")
    assert len(list(Store(store.folder).papers())) == 1 and here.left == 0
    Store(store.folder).undo()
    here.press("u")
    assert "undone" in seen(here) and here.left == 1


# ---- columns -----------------------------------------------------------------------------------


def issues(count: int, first: int = 0, **known: Any) -> list[Record]:
    """So many issues of a column, three a year."""
    by = {"title": "From the Editors", "authors": ["Dana Moreau"], "venue": "Letters on Machines", **known}
    return [
        entry(f"{first + n:03}", **by, year=2010 + n // 3, extra={"number": str(n)}) for n in range(count)
    ]


def test_a_column_is_answered_with_one_key_and_one_change(store_of: StoreOf) -> None:
    store = store_of(*issues(9), *titled("a", "b"))
    pairs = doubtful(store)
    here = Review(store, pairs, colour=False)
    assert len(pairs) == 9 and "pair 1 of 9 · one of 9 about this title" in seen(here)
    assert "D all 9 different" in seen(here) and "9 papers in the pairs that are left" in seen(here)
    assert "year 2010 · number 2" in seen(here)
    narrow = "\n".join(here.drawn(40, 24))
    assert "one of 9 " in narrow and "N all not now" in narrow and "q quit" in narrow
    assert here.drawn(20, 4)[-1].split() == ["s", "d", "D", "v", "n", "N", "u", "q"]
    here.press("d")
    here.press("D")
    assert "No doubtful pair is left." in seen(here) and here.answered("distinct") == 9
    assert not doubtful(Store(store.folder))
    here.press("u")
    assert len(doubtful(Store(store.folder))) == 8 and "one of 8 about this title" in seen(here)
    here.press("N")
    assert "No doubtful pair is left but 8 put off" in seen(here)
    here.press("u")
    here.press("D")
    Store(store.folder).undo()
    assert len(doubtful(Store(store.folder))) == 8


def test_other_titles_rules_and_people_are_other_groups(store_of: StoreOf) -> None:
    column, other = issues(3), issues(3, 10, title="Letters to the Editor")
    third = issues(3, 20, authors=["Juno Park"])
    pairs = [(*two, DOUBT) for group in (column, other, third) for two in combinations(group, 2)]
    pairs.append((column[0], column[2], Verdict("maybe", 0.5, ("another reason",))))
    one, two = titled("a", "b")
    pairs.append((one, two, DOUBT))
    assert grouped(pairs) == [0, 0, 0, 3, 3, 3, 6, 6, 6, 9, 10]
    here = Review(store_of(*column, *other, *third, *titled("a", "b")), pairs[::-1], colour=False)
    assert "about this title" not in seen(here) and "all" not in here.drawn(80, 24)[-1]
    here.press("D")
    assert "D is no key here" in seen(here) and here.left == 10


# ---- any keys ----------------------------------------------------------------------------------


def asked_of(here: Review) -> list[str]:
    """The beginnings of the ids that are shown; none at the end."""
    return re.findall(r"^ [12] id +([0-9a-f]+)$", "\n".join(here.drawn(80, 200)), re.MULTILINE)


def unanswered(store: Store, pairs: list[tuple[str, str]]) -> set[frozenset[str]]:
    """The questions that these pairs are by what is on disk."""
    home = {known: r["id"] for r in store.papers() for known in known_ids(r)}
    said = {frozenset((home[a], home[b])) for a, b, _ in store.overlay.judgements.pairs()}
    asked = {frozenset(home[i] for i in pair) for pair in pairs}
    return {ends for ends in asked if len(ends) == 2 and ends not in said}


@settings(max_examples=25, deadline=None)
@given(
    pairs=st.lists(st.sampled_from([*combinations(range(5), 2)]), min_size=2, max_size=8, unique=True),
    keys=st.text("ssdvnuDN", max_size=10),
)
def test_whatever_is_pressed_only_open_questions_are_asked_and_undo_restores_all(
    pairs: list[tuple[int, int]], keys: str
) -> None:
    with tempfile.TemporaryDirectory() as folder:
        store = Store(Path(folder) / "store")
        with store.writing() as writing:
            writing.commit({}, [*issues(3), *titled("a", "b")], "load", {})
        papers, before = list(store.papers()), store.papers_file.read_bytes()
        ids = [(papers[a]["id"], papers[b]["id"]) for a, b in pairs]
        here = Review(store, [(papers[a], papers[b], DOUBT) for a, b in pairs], colour=False)
        assert len(asked_of(here)) == 2 and here.left == len(pairs)
        for key in [*keys, *"u" * len(keys)]:
            here.press(key)
            open_now = unanswered(Store(store.folder), ids)
            assert here.left == len(open_now)
            shown = asked_of(here)
            assert not shown or any(all(any(i.startswith(s) for i in e) for s in shown) for e in open_now)
            assert shown or "put off" in seen(here) or not open_now
        assert store.papers_file.read_bytes() == before and not Store(store.folder).overlay.judgements
        assert here.left == len(pairs)


@pytest.mark.parametrize("columns", [20, 40, 100])
@pytest.mark.parametrize("rows", [3, 4, 6, 9])
def test_no_screen_is_too_small(store_of: StoreOf, columns: int, rows: int) -> None:
    store = store_of(*issues(9))
    here = Review(store, doubtful(store), colour=False)
    for key in ("space", "s", "x", "D", "u"):
        here.press(key)
        screen = [re.sub(r"\x1b\[\d*m", "", row) for row in here.drawn(columns, rows)]
        assert len(screen) == rows and max(map(len, screen)) <= columns
