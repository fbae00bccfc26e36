"""However papers are merged and split, whatever was apart from another paper stays apart from it."""

from __future__ import annotations

import tempfile
from collections.abc import Sequence
from itertools import combinations, product
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from paperctl.errors import UsageError
from paperctl.library.dedupe import apply_plan
from paperctl.library.split import split
from paperctl.record import FACTS, Record
from paperctl.record.ids import known_ids
from paperctl.record.items import Entry
from paperctl.record.sources import new_paper, source_of
from paperctl.store import Store
from paperctl.store.overlay import Overlay


def made(n: int) -> Record:
    facts: Any = {**FACTS, "title": "The moths of one field"}
    entry = Entry({"title": facts["title"]}, (1, 1), key=str(n))
    source = source_of(
        file="d", sha256=str(n), format="jsonl", entry=entry, facts=facts, repairs=[], about={}
    )
    return new_paper(name(n), source, facts, "2026-01-01T00:00:00Z")


def name(n: int) -> str:
    return f"{n:012x}"


def stored(folder: Path, count: int) -> Store:
    store = Store(folder / "store")
    with store.writing() as writing:
        writing.commit({}, [made(n) for n in range(count)], "load", {})
    return store


def papers(store: Store) -> dict[str, frozenset[str]]:
    """The entries of each paper, by its id."""
    return {r["id"]: frozenset(str(s["key"]) for s in r["sources"]) for r in Store(store.folder).papers()}


def apart(store: Store) -> set[frozenset[str]]:
    """The pairs of papers, by their ids, that are called anything but the same."""
    home = {known: r["id"] for r in store.papers() for known in known_ids(r)}
    words = Overlay.of(store.events()).judgements.among(lambda known: [home[known]])
    pairs = combinations(sorted({*home.values()}), 2)
    return {frozenset(pair) for pair in pairs if words.get(*pair) in ("distinct", "version")}


VERBS = ["merge", "merge", "merge", "version", "distinct", "split", "entries"]
STEPS = st.lists(st.tuples(st.sampled_from(VERBS), st.permutations(range(6))), min_size=3, max_size=9)


@settings(max_examples=80, deadline=None)
@given(STEPS)
def test_what_is_apart_stays_apart_until_it_is_merged(steps: Sequence[tuple[str, list[int]]]) -> None:
    with tempfile.TemporaryDirectory() as folder:
        store = stored(Path(folder), 6)
        strangers: set[tuple[str, str]] = set()
        for verb, order in steps:
            before = papers(store)
            some = [name(n) for n in order if name(n) in before]
            whole = next((paper for paper in some if len(before[paper]) > 1), None)
            try:
                if verb in ("split", "entries") and whole:
                    out = [order[0] % len(before[whole]) + 1] if verb == "entries" else []
                    split(store, [whole], out)
                elif verb in ("merge", "version", "distinct") and len(some) > 1:
                    apply_plan(store, [(verb, some[:2])])
                    between = {*product(before[some[0]], before[some[1]])}
                    between |= {(b, a) for a, b in between}
                    strangers = strangers - between if verb == "merge" else strangers | between
            except UsageError:
                continue
            now, called = papers(store), apart(store)
            for one, other in combinations(now, 2):
                both = {*product(now[one], now[other])}
                if any(now[one] | now[other] <= entries for entries in before.values()):
                    strangers |= both | {(b, a) for a, b in both}
                if both & strangers:
                    assert frozenset((one, other)) in called


@pytest.mark.parametrize("word", ["distinct", "version"])
def test_words_on_large_papers_are_handed_on_at_the_size_of_the_papers(tmp_path: Path, word: str) -> None:
    sizes = []
    for count in (40, 120):
        store = stored(tmp_path / str(count), 2 * count)
        one, other = map(name, range(count)), map(name, range(count, 2 * count))
        apply_plan(store, [("merge", [*one]), ("merge", [*other])])
        apply_plan(store, [(word, [name(0), name(count)])])
        before = store.corrections_file.stat().st_size
        split(store, [name(0)])
        split(store, [name(count)])
        sizes.append(store.corrections_file.stat().st_size - before)
        assert len(apart(store)) == count * (2 * count - 1)
    assert sizes[1] < 3.5 * sizes[0]
