"""Links of versions through merges and splits: each is answered, and each comes back."""

from __future__ import annotations

import tempfile
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from paperctl.errors import UsageError
from paperctl.library.dedupe import apply_plan
from paperctl.library.split import split
from paperctl.record import FACTS, Record
from paperctl.record.items import Entry
from paperctl.record.sources import new_paper, source_of
from paperctl.store import Store

PAPERS = "abcdef"
Links = Mapping[str, str]
"""Paper → the papers it names, each by its letter."""


def stored(folder: Path) -> Store:
    """A store of six papers."""
    store = Store(folder / "store")
    with store.writing() as writing:
        writing.commit({}, [made(letter) for letter in PAPERS], "load", {})
    return store


def made(letter: str) -> Record:
    facts: Any = {**FACTS, "title": f"The moths of field {letter}"}
    entry = Entry({"title": facts["title"]}, (1, 1), key=letter)
    source = source_of(
        file="d", sha256=letter, format="jsonl", entry=entry, facts=facts, repairs=[], about={}
    )
    return new_paper(letter * 12, source, facts, "2026-01-01T00:00:00Z")


def do(store: Store, *steps: str) -> None:
    """Carries out steps like "merge a b", "split a", or "split a 1 3" for two entries of it."""
    for verb, *words in (step.split() for step in steps):
        ids = [word * 12 for word in words if word.isalpha()]
        if verb == "split":
            split(store, ids, [int(word) for word in words if word.isdigit()])
        else:
            apply_plan(store, [(verb, ids)])


def links(store: Store) -> Links:
    return {
        record["id"][0]: "".join(sorted(v[0] for v in record["versions"]))
        for record in Store(store.folder).papers()
        if record["versions"]
    }


@pytest.mark.parametrize(
    ("linked", "steps"),
    [
        ("ac bc", "merge a c, merge a b, split a"),
        ("ad bd", "merge c d, merge a c, split a"),
        ("ad de", "merge b e, merge b c d, split b"),
        ("de", "merge b d, merge c e, split b, split c"),
        ("de", "merge b d, merge c e, split c, split b"),
        ("bd", "merge a b c, merge a d, split a 1, split b"),
        ("ab cd ac bd", "merge a b, merge c d, split a c"),
        ("ab cd ac", "merge a b c, merge a d, split a 4 1, split a, split b"),
    ],
)
def test_links_come_back(tmp_path: Path, linked: str, steps: str) -> None:
    store = stored(tmp_path)
    do(store, *(f"version {' '.join(pair)}" for pair in linked.split()))
    before = links(store)
    do(store, *steps.split(", "))
    assert len([*store.papers()]) == len(PAPERS)
    assert links(store) == before


def test_a_link_that_ended_while_papers_were_one_does_not_come_back(tmp_path: Path) -> None:
    store = stored(tmp_path)
    do(store, "version a b", "version b c", "merge b c", "distinct b a", "split b")
    assert links(store) == {"b": "c", "c": "b"}


def test_a_link_made_with_a_merge_goes_with_the_paper_that_it_was_said_of(tmp_path: Path) -> None:
    store = stored(tmp_path)
    apply_plan(store, [("merge", ["a" * 12, "b" * 12]), ("version", ["b" * 12, "d" * 12])])
    assert links(store) == {"a": "d", "d": "a"}
    do(store, "split a")
    assert links(store) == {"b": "d", "d": "b"}


VERBS = ["merge", "merge", "merge", "version", "distinct", "split", "entries"]
STEPS = st.lists(st.tuples(st.sampled_from(VERBS), st.permutations(range(6))), min_size=3, max_size=8)


@settings(max_examples=60, deadline=None)
@given(STEPS)
def test_whatever_is_merged_and_split_every_link_is_answered(steps: Sequence[tuple[str, list[int]]]) -> None:
    with tempfile.TemporaryDirectory() as folder:
        store = stored(Path(folder))
        do(store, *(f"version {pair}" for pair in ("a b", "a c", "b d", "c e", "d f", "b e")))
        for verb, order in steps:
            papers = {r["id"][0]: len(r["sources"]) for r in store.papers()}
            some = [PAPERS[n] for n in order if PAPERS[n] in papers]
            whole = next((letter for letter in some if papers[letter] > 1), None)
            if verb == "entries" and whole:
                step = f"split {whole} {order[0] % papers[whole] + 1}"
            elif verb == "split" and whole:
                step = f"split {whole}"
            elif verb in ("merge", "version", "distinct") and len(some) > 1:
                step = " ".join([verb, *some[:2]])
            else:
                continue
            before = store.papers_file.read_bytes()
            try:
                do(store, step)
            except UsageError:
                assert store.papers_file.read_bytes() == before
            named = links(store)
            assert all(one in named.get(other, "") for one, others in named.items() for other in others)
