"""The store against a plain model: whatever happens, it holds what a list of dicts would."""

from __future__ import annotations

import copy
import shutil
import tempfile
from pathlib import Path
from typing import Any

from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, precondition, rule

from paperctl.record import FACTS, SCHEMA, Record
from paperctl.store import Store
from paperctl.store.check import examine
from paperctl.store.shape import completed

TITLES = st.text(st.characters(exclude_categories=["Cs"]), min_size=1, max_size=40)
DECISIONS = st.sampled_from(["keep", "skip", "maybe", None])


def record(number: int, title: str) -> Record:
    made: dict[str, Any] = {
        "id": f"{number:012x}",
        "title": title,
        "from": {"the": "future", "n": [1, None]},
        "schema": SCHEMA,
    }
    return completed({**made, "sources": [{"file": "a", "lines": [1, 2]}]})


class StoreMachine(RuleBasedStateMachine):
    """Each rule does one thing to the store and to the model; undo pops the model's history."""

    def __init__(self) -> None:
        super().__init__()
        self.folder = Path(tempfile.mkdtemp())
        self.past: list[list[Record]] = []
        self.model: list[Record] = []
        self.said: dict[str, dict[str, Any]] = {}
        self.made = 0

    def teardown(self) -> None:
        shutil.rmtree(self.folder)

    @property
    def store(self) -> Store:
        """A new process each time, as on the command line."""
        return Store(self.folder)

    def remember(self) -> None:
        self.past.append(copy.deepcopy(self.model))

    @rule(titles=st.lists(TITLES, min_size=1, max_size=3))
    def add(self, titles: list[str]) -> None:
        news = []
        for title in titles:
            self.made += 1
            news.append(record(self.made, title))
        self.remember()
        with self.store.writing() as writing:
            writing.commit({}, copy.deepcopy(news), "load", {})
        self.model += news

    @precondition(lambda self: self.model)
    @rule(data=st.data(), title=TITLES)
    def edit_and_remove(self, data: st.DataObject, title: str) -> None:
        places = data.draw(st.sets(st.integers(0, len(self.model) - 1), min_size=1, max_size=3))
        edits: dict[int, Record | None] = {}
        for n in places:
            keep = data.draw(st.booleans())
            edits[n] = {**self.model[n], "title": title, "decision": None, "note": None} if keep else None
        self.remember()
        with self.store.writing() as writing:
            writing.commit(copy.deepcopy(edits), [], "dedupe", {})
        for n in sorted(places, reverse=True):
            change = edits[n]
            if change is None:
                del self.model[n]
            else:
                self.model[n] = {**self.model[n], "title": title}

    @precondition(lambda self: self.model)
    @rule(data=st.data(), decision=DECISIONS, note=st.none() | TITLES)
    def decide(self, data: st.DataObject, decision: str | None, note: str | None) -> None:
        paper = data.draw(st.sampled_from(self.model))
        said = {"decision": decision, "note": note}
        before = copy.deepcopy(self.model)
        if self.store.decide({paper["id"]: said}, "mark") is not None:
            self.past.append(before)
        paper.update(said)

    @precondition(lambda self: self.past)
    @rule()
    def undo(self) -> None:
        assert self.store.undo() is not None
        self.model = self.past.pop()

    @precondition(lambda self: not self.past)
    @rule()
    def undo_nothing(self) -> None:
        assert self.store.undo() is None

    @invariant()
    def holds_what_the_model_holds(self) -> None:
        said: list[str] = []
        papers = list(Store(self.folder, said.append).papers())
        assert all(paper.pop("citekey") for paper in papers)
        assert all(paper.pop("work") == paper["id"] and paper.pop("decided_by") == [] for paper in papers)
        assert papers == self.model
        assert not said
        assert not [f for f in examine(self.store) if f.serious]

    @invariant()
    def is_readable_by_anyone_who_reads_json_lines(self) -> None:
        if self.store.papers_file.exists():
            lines = self.store.papers_file.read_bytes().decode("utf-8").split("\n")
            assert lines.pop() == ""
            assert len(lines) == len(self.model)


StoreMachine.TestCase.settings = settings(max_examples=40, stateful_step_count=20, deadline=None)
TestStoreAgainstModel = StoreMachine.TestCase


def test_every_record_field_has_a_place() -> None:
    assert set(FACTS) <= set(completed({"id": "x"}))
