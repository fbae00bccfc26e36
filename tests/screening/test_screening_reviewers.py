"""Two people at one store: who sees what, who settles what, and looking back."""

from __future__ import annotations

import json
from itertools import accumulate

import pytest

from paperctl.errors import UsageError
from paperctl.screening.cards import Words, words_for
from paperctl.store import Store
from paperctl.terminal.curve import curve, svg

from .conftest import StoreOf, record
from .test_screening_session import decisions, press, seen, session_of, shown, write


def of(store: Store, name: str, *, blind: bool = False) -> Store:
    mine = Store(store.folder)
    mine.reviewer, mine.blind = name, blind
    return mine


def two_papers(store_of: StoreOf) -> Store:
    return store_of(record("The first of two papers"), record("The second of two papers"))


def test_a_blind_session_shows_nothing_of_what_others_said(store_of: StoreOf) -> None:
    store = two_papers(store_of)
    ann = session_of(of(store, "Ann"))
    press(ann, "n")
    write(ann, "splendid")
    press(ann, "k", "s")
    bob = session_of(of(store, "Bob", blind=True))
    assert "splendid" not in seen(bob) and "Ann" not in seen(bob)
    assert shown(bob) == "The first of two papers"
    press(bob, "s", "s")
    told = {r["title"]: (r["decision"], r.get("agreement")) for r in Store(store.folder).papers()}
    assert told == {
        "The first of two papers": ("maybe", "conflict"),
        "The second of two papers": ("skip", "agreed"),
    }


def test_a_blind_session_hides_notes_without_a_name_and_keeps_them(store_of: StoreOf) -> None:
    store = store_of({**record("The first of two papers"), "note": "a colleague's words"})
    bob = session_of(of(store, "Bob", blind=True))
    assert "a colleague's words" not in seen(bob)
    press(bob, "n")
    write(bob, "mine")
    assert "mine" in seen(bob) and "a colleague's words" not in seen(bob)
    (paper,) = Store(store.folder).papers()
    assert paper["note"] == "a colleague's words\nBob: mine"


def test_a_blind_session_hides_decisions_without_a_name(store_of: StoreOf) -> None:
    dumped = {**record("The first of two papers"), "decision": "skip"}
    store = store_of(dumped, record("The second of two papers"))
    second = next(r["id"] for r in store.papers() if r["title"].startswith("The second"))
    event = {"at": "2026-01-01T00:00:00.000000Z", "did": "mark skip", "set": {second: {"decision": "skip"}}}
    (store.folder / "decisions.jsonl").write_text(f"{json.dumps(event)}\n")  # as version 0.1.0 wrote them
    assert [r["decision"] for r in Store(store.folder).papers()] == ["skip", "skip"]
    bob = session_of(of(store, "Bob", blind=True))
    press(bob, "k", "k")
    assert [r["decision"] for r in Store(store.folder).papers()] == ["keep", "keep"]


def test_a_conflict_comes_again_and_the_next_word_settles_it(store_of: StoreOf) -> None:
    store = two_papers(store_of)
    press(session_of(of(store, "Ann")), "k", "s")
    press(session_of(of(store, "Bob", blind=True)), "s", "s")
    cleo = session_of(of(store, "Cleo"))
    assert "Ann keep, Bob skip" in seen(cleo, 100) and "settles it" in seen(cleo, 100)
    press(cleo, "k")
    (first, _) = Store(store.folder).papers()
    assert (first["agreement"], first["decision"]) == ("resolved", "keep")
    assert first["decided_by"] == ["Ann", "Bob", "Cleo"]


def test_undo_asks_before_it_takes_back_what_another_did(store_of: StoreOf) -> None:
    store = two_papers(store_of)
    press(session_of(of(store, "Ann")), "k")
    bob = session_of(of(store, "Bob"))
    press(bob, "u")
    assert decisions(store) and "keep by Ann" in seen(bob)
    press(bob, "e", "u")
    assert decisions(store), "another key in between takes the question away"
    press(bob, "u")
    assert not decisions(store)


def test_looking_back_undoes_nothing_and_a_key_changes_the_decision(store_of: StoreOf) -> None:
    here = session_of(store_of(*(record(f"Paper number {n} of three") for n in range(3))))
    titles = []
    for key in "ss":
        titles.append(shown(here))
        press(here, key)
    titles.append(shown(here))
    press(here, "left")
    assert shown(here) == titles[1] and "decided already" in seen(here)
    press(here, "left")
    assert shown(here) == titles[0]
    press(here, "right", "right")
    assert shown(here) == titles[2] and len(decisions(here.store)) == 2
    press(here, "left", "k")
    assert decisions(here.store)[titles[1]] == "keep" and shown(here) == titles[2]


def test_at_the_stage_of_full_texts_kept_papers_come_again(store_of: StoreOf) -> None:
    store = two_papers(store_of)
    press(session_of(store), "k", "k")
    here = session_of(Store(store.folder), mark={"stage": "fulltext"})
    assert shown(here) == "The first of two papers"
    press(here, "s")
    assert shown(here) == "The second of two papers"
    (first, second) = Store(store.folder).papers()
    assert (first["decision"], first["stage"]) == ("skip", "fulltext")
    assert second["decision"] == "keep" and not second.get("stage")


def test_words_to_include_and_exclude_are_coloured_until_a_key_says_no(store_of: StoreOf) -> None:
    store = store_of(record("A randomised trial in mice"))
    here = session_of(store, words=Words(["randomised trial"], ["mice"]))
    marked = seen(here)
    green, red = "32", "31"
    assert f"{green}mrandomised trial" in marked and f"{red}mmice" in marked
    press(here, "h")
    assert f"{green}mrandomised" not in seen(here)


def test_the_curve_rises_to_what_was_found() -> None:
    found = list(accumulate([True, False, True, True, False, False, False, False, False, True]))
    lines = list(curve(found, 10))
    assert (
        lines[0].startswith("4 |") and lines[0].endswith("*") and lines[0].count("*") < lines[-3].count("*")
    )
    drawing = svg(found, 10, "kept < all")
    assert drawing.startswith("<svg") and "kept &lt; all" in drawing
    assert list(curve([], 0)) and svg([], 0, "")


def test_words_of_a_query_join_those_for_all() -> None:
    by_query = {
        "topic:peft  -survey": {"include": ["adapter"], "exclude": ["vision"]},
        "@other": {"include": ["x"]},
    }
    words = words_for("topic:peft -survey", Words(["trial"], []), by_query)
    assert (words.relevant, words.irrelevant) == (["trial", "adapter"], ["vision"])
    assert words_for("", Words(["trial"], []), by_query).relevant == ["trial"]
    wrongs: tuple[object, ...] = (["adapter"], {"include": "adapter"}, {"with": []}, {"include": [1]})
    for wrong in wrongs:
        with pytest.raises(UsageError):
            words_for("", Words(), {"topic:peft": wrong})
