"""A session: what keys do to the store, and what is to be seen."""

from __future__ import annotations

import time
from pathlib import Path
from typing import Any

import pytest

from paperctl.errors import StoreError
from paperctl.record import Record
from paperctl.screening.session import ScreeningSession
from paperctl.store import Store
from paperctl.terminal.keys import keymap
from paperctl.topics import load_rules

from .conftest import OTHERS, WANTED, StoreOf, record


def session_of(store: Store, **options: Any) -> ScreeningSession:
    papers = list(store.papers())
    options = {"keymap": keymap({}), "rules": load_rules(), "audit": 0.0, **options}
    order = options.pop("order", range(len(papers)))
    return ScreeningSession(store, papers, order, **options)


def press(here: ScreeningSession, *keys: str) -> None:
    for key in keys:
        here.press(key)


def write(here: ScreeningSession, text: str) -> None:
    press(here, *("space" if c == " " else c for c in text), "enter")


def seen(here: ScreeningSession, columns: int = 80, rows: int = 24) -> str:
    return "\n".join(here.drawn(columns, rows))


def decisions(store: Store) -> dict[str, str]:
    return {r["title"]: r["decision"] for r in Store(store.folder).papers() if r["decision"]}


def shown(here: ScreeningSession) -> str:
    card = here.screen().card
    assert card
    return str(card.record["title"])


def settle(here: ScreeningSession, learned: int) -> None:
    """Waits until the ranker has taken in so many decisions."""
    for _ in range(500):
        if here.worker.ranked and len(here.worker.ranked.learned) == learned:
            return
        time.sleep(0.02)
    raise AssertionError(f"the ranker did not get there: {here.worker.fault}")


def test_a_decision_is_in_the_store_before_the_next_paper_shows(store_of: StoreOf) -> None:
    store = store_of()
    here = session_of(store)
    first = shown(here)
    here.press("k")
    assert decisions(store) == {first: "keep"}
    second = shown(here)
    assert second != first
    here.press("s")
    here.press("m")
    assert list(decisions(store).values()).count("skip") == 1
    assert list(decisions(store).values()).count("maybe") == 1
    assert "2 of 13 seen · 1 kept · 1 maybe · 1 skip in a row" in seen(here)


def test_what_is_like_the_kept_ones_comes_next(store_of: StoreOf) -> None:
    here = session_of(store_of())
    relevant = {title for title, _ in WANTED}
    for n in range(9):
        here.press("k" if shown(here) in relevant else "s")
        settle(here, n + 1)
    assert relevant <= {t for t, d in decisions(here.store).items() if d == "keep"}
    press(here, "e")
    assert "What your decisions say" in seen(here)


def test_undo_goes_back_without_limit_and_into_earlier_sessions(store_of: StoreOf) -> None:
    store = store_of()
    first = session_of(store)
    titles = []
    for key in "ksk":
        titles.append(shown(first))
        first.press(key)
    later = session_of(Store(store.folder))
    titles.append(shown(later))
    later.press("m")
    for n, title in enumerate(reversed(titles)):
        later.press("u")
        if n:  # not of this session: asked first
            assert title in decisions(store) and "u again takes it back" in seen(later)
            later.press("u")
        assert shown(later) == title
        assert title not in decisions(store)
    assert decisions(store) == {}
    later.press("u")
    assert "nothing is left to undo" in seen(later)


def test_undo_of_a_changed_mind_restores_the_first_decision(store_of: StoreOf) -> None:
    store = store_of(record("The only paper that there is"))
    here = session_of(store)
    press(here, "m", "k", "u")
    assert list(decisions(store).values()) == ["maybe"]
    press(here, "u")
    assert decisions(store) == {}


def test_two_sessions_see_each_other(store_of: StoreOf) -> None:
    store = store_of()
    here, there = session_of(store), session_of(Store(store.folder))
    first = shown(here)
    assert shown(there) == first
    here.press("k")
    there.press("s")
    assert decisions(store) == {first: "keep"}
    assert "keep by another window" in seen(there)
    there.press("s")
    assert decisions(store) == {first: "skip"}
    taken = shown(here)
    there.press("s")
    assert shown(there) != taken or taken not in decisions(store)
    here.press("s")
    assert len(decisions(store)) in (2, 3)


def test_the_same_decision_in_two_sessions_goes_on(store_of: StoreOf) -> None:
    store = store_of()
    here, there = session_of(store), session_of(Store(store.folder))
    first = shown(here)
    press(here, "k", "k", "k")
    press(there, "k")
    assert shown(there) not in decisions(store)
    assert first in decisions(store)


def test_notes_and_topics_are_saved_shown_and_undone(store_of: StoreOf) -> None:
    store = store_of()
    here = session_of(store)
    title = shown(here)
    press(here, "n")
    write(here, "ask Ann about rust")
    assert "note: ask Ann about rust" in seen(here)
    press(here, "n", "ctrl-w", "ctrl-w")
    write(here, "x")
    press(here, "t")
    assert "[ ] peft" in seen(here)
    write(here, "pe")
    assert "peft" in seen(here)
    held = next(r for r in Store(store.folder).papers() if r["title"] == title)
    assert (held["note"], held["topics"]) == ("ask Annx", ["peft"])
    press(here, "t")
    write(here, str(list(load_rules().names).index("peft") + 1))
    assert next(r for r in Store(store.folder).papers() if r["title"] == title)["topics"] == []
    press(here, "u", "u", "u", "u")
    held = next(r for r in Store(store.folder).papers() if r["title"] == title)
    assert (held["note"], held["topics"]) == (None, [])
    assert shown(here) == title


def test_a_topic_that_does_not_exist_is_named(store_of: StoreOf) -> None:
    here = session_of(store_of())
    press(here, "t")
    write(here, "gardening")
    assert "no topic called 'gardening'" in seen(here)
    press(here, "t", "p", "esc")
    assert here.screen().entry is None


def test_search_narrows_and_says_what_is_wrong(store_of: StoreOf) -> None:
    here = session_of(store_of())
    press(here, "/")
    write(here, "weights")
    assert shown(here) in {title for title, text in WANTED if "eights" in title + text}
    assert "/weights" in seen(here)
    press(here, "/")
    write(here, "titel:x")
    assert "titel" in seen(here)
    press(here, "/")
    write(here, "zebra")
    assert "no paper matches" in seen(here)
    press(here, "/", "enter")
    assert "/weights" not in seen(here)


def test_open_says_where_and_never_runs_what_a_dump_says(store_of: StoreOf) -> None:
    opened: list[str] = []

    def opener(url: str) -> str:
        opened.append(url)
        return f"went to {url}"

    papers = [
        record("With a DOI and nothing else", doi="10.1000/xyz"),
        record("A command for a link", url="file:///bin/sh"),
        record("A link of its own", url="https://example.org/p"),
    ]
    here = session_of(store_of(*papers), opener=opener)
    press(here, "o")
    assert "went to https://doi.org/10.1000/xyz" in seen(here)
    press(here, "s", "o", "s", "o")
    assert opened == ["https://doi.org/10.1000/xyz", "", "https://example.org/p"]


def test_versions_and_papers_that_look_alike_are_named(store_of: StoreOf) -> None:
    text = " ".join(text for _, text in WANTED)
    papers = [
        record("Rounding the weights of models", text, versions=["f" * 12]),
        record("Rounding the weights of a model", text),
        record("Rounding weights, extended", id="f" * 12, venue="JMLR", year=2024),
        *(record(*other) for other in OTHERS),
    ]
    here = session_of(store_of(*papers))
    settle(here, 0)
    assert "version: Rounding weights, extended (JMLR 2024)" in seen(here)
    press(here, "s")
    assert "alike" in seen(here)
    assert "Rounding the weights of models, skip" in seen(here)


def test_nothing_left_can_be_undone_and_searched(store_of: StoreOf) -> None:
    here = session_of(store_of(record("The only paper that there is")))
    press(here, "s")
    assert "Nothing is left to decide" in seen(here)
    press(here, "k", "n", "e", "o", "t")
    assert "there is no paper here" in seen(here)
    press(here, "u")
    assert shown(here) == "The only paper that there is"


def test_a_full_disk_is_told_and_the_paper_stays(store_of: StoreOf, monkeypatch: pytest.MonkeyPatch) -> None:
    here = session_of(store_of())
    title = shown(here)

    def full(*args: object) -> None:
        raise OSError(28, "No space left on device")

    with monkeypatch.context() as patch:
        patch.setattr(here.store, "decide", full)
        here.press("k")
    assert "not saved: No space left on device" in seen(here)
    assert shown(here) == title
    here.press("k")
    assert decisions(here.store) == {title: "keep"}

    def locked(*args: object) -> None:
        raise StoreError("the store is read-only", "chmod it")

    with monkeypatch.context() as patch:
        patch.setattr(here.store, "decide", locked)
        here.press("k")
    assert "the store is read-only; chmod it" in seen(here)


def test_a_ranker_that_fails_leaves_the_decisions_alone(
    store_of: StoreOf, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(*args: object) -> None:
        raise MemoryError("no memory")

    monkeypatch.setattr("paperctl.screening.kept.features", broken)
    here = session_of(store_of())
    for _ in range(300):
        if here.worker.fault:
            break
        time.sleep(0.01)
    press(here, "k", "s")
    assert len(decisions(here.store)) == 2
    assert "ranking has stopped" in seen(here)


def test_help_lists_the_keys_in_force(store_of: StoreOf) -> None:
    here = session_of(store_of(), keymap=keymap({"keep": "y"}), colour=False)
    press(here, "?")
    page = seen(here)
    assert " y " in page and "it comes back later" in page
    press(here, "?")
    assert here.screen().page == []
    assert "y\x1b[0m keep" in seen(here)
    press(here, "z")
    assert "z is no key here; ? lists them" in seen(here)


def test_decision_keys_work_from_a_page(store_of: StoreOf) -> None:
    here = session_of(store_of())
    title = shown(here)
    press(here, "e", "k")
    assert decisions(here.store) == {title: "keep"}


def test_quit_ends(store_of: StoreOf) -> None:
    here = session_of(store_of())
    press(here, "q")
    assert here.over


def hostile() -> Record:
    return record(
        "Red \x1b[31malert\x1b[0m \x1b]0;owned\x07 \u202eevil \u2061marks\u2062",
        "one\x9b2J two\x00 three\u200b\n\nfour " + "x" * 500,
        venue="\x1b[2J",
        authors=["A\x07nn \x1b[1mLee"],
        code_urls=["https://example.org/\x1b[5m"],
        note="\x1b[31mnote",
        versions=["f" * 12],
    )


@pytest.mark.parametrize("size", [(80, 24), (40, 10), (10, 3), (1, 1), (300, 100)])
@pytest.mark.parametrize("colour", [True, False])
def test_no_title_reaches_the_terminal_as_a_command(
    store_of: StoreOf, size: tuple[int, int], colour: bool
) -> None:
    other = record("Another \x1b[31mred", id="f" * 12)
    here = session_of(store_of(hostile(), other), colour=colour)
    for keys in ([], ["e"], ["t"], ["esc", "n"], ["esc", "?"]):
        press(here, *keys)
        for line in here.drawn(*size):
            bare = strip_styles(line, colour)
            assert bare.isprintable(), bare
            assert "\u2061" not in bare and "\u202e" not in bare


def strip_styles(line: str, colour: bool) -> str:
    for code in (
        "0",
        "1",
        "4",
        "7",
        *(("2", "36", "35", "33", "32", "31", "4;36", "1;4;36") if colour else ("1;4",)),
    ):
        line = line.replace(f"\x1b[{code}m", "")
    return line


def test_the_files_of_the_store_stay_whole(store_of: StoreOf, tmp_path: Path) -> None:
    store = store_of()
    before = store.papers_file.read_bytes()
    here = session_of(store)
    press(here, *"kskmsku")
    assert store.papers_file.read_bytes() == before


def test_a_digit_skips_for_a_reason(store_of: StoreOf) -> None:
    here = session_of(store_of(), reasons=["wrong population", "no data"])
    first = here.screen().card
    assert first
    press(here, "3")
    assert decisions(here.store) == {}
    press(here, "2")
    [skipped] = [r for r in Store(here.store.folder).papers() if r["decision"]]
    assert (skipped["id"], skipped["decision"], skipped["reason"]) == (first.record["id"], "skip", "no data")
    press(here, "?")
    assert "skip: no data" in seen(here, rows=40)
    press(here, "?", "u")
    assert decisions(here.store) == {}
