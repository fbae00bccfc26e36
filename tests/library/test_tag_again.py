"""A pass after some topics changed gives what a pass over all of them gives."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import msgspec
import pytest

from paperctl.library.load import load
from paperctl.library.tag import StoreTagger, retag
from paperctl.reading.read import read_dumps
from paperctl.store import Store
from paperctl.topics import Rules, load_rules, tag, tagging
from paperctl.topics.tagger import Tagger

PAPERS: list[dict[str, Any]] = [
    {"title": "LoRA: low-rank adaptation of large language models", "abstract": "We freeze the weights."},
    {"title": "Pruning networks", "abstract": "Neural networks in less memory. Quantized to 4 bits."},
    {"title": "Boats on rivers", "abstract": "Neural networks steer boats.", "keywords": ["LLM"]},
]
BOATS = {"strong": ["boat"], "threshold": 2, "implies": ["peft"]}
RIVERS: list[dict[str, Any]] = [
    {"boats": BOATS},
    {"boats": BOATS | {"implies": ["quantization"]}},
    {"boats": {"strong": ["boat", "pruning"]}},
    {"boats": BOATS, "rivers": {"normal": ["river"], "threshold": 1}},
    {"llm": {"threshold": 20}},
    {},
]


@pytest.fixture
def store(tmp_path: Path) -> Store:
    found = Store(tmp_path / "store")
    filled(found, PAPERS)
    return found


def filled(store: Store, papers: list[dict[str, Any]]) -> None:
    dump = store.folder.parent / "dump.jsonl"
    dump.write_bytes(b"".join(msgspec.json.encode(paper) + b"\n" for paper in papers))
    incoming, receipt = read_dumps([str(dump)])
    load(store, incoming, receipt, tagger=StoreTagger(store, load_rules()))


def as_said(store: Store, rules: Rules) -> None:
    retag(store, rules, lambda stage, share: None)
    papers = [*store.papers()]
    assert [(p["topics"], p["topic_scores"]) for p in papers] == [*tag(papers, rules)]


def test_a_pass_after_some_topics_changed(store: Store) -> None:
    for before in RIVERS:
        for after in RIVERS:
            as_said(store, load_rules(before))
            as_said(store, load_rules(after))


def test_it_looks_for_the_cues_of_those_only(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    sought: list[set[str]] = []

    class Watched(Tagger):
        def __init__(self, rules: Rules, factors: Any = None) -> None:
            sought.append({topic.name for topic in rules})
            super().__init__(rules, factors)

    retag(store, load_rules({"boats": BOATS}), lambda stage, share: None)
    monkeypatch.setattr(tagging, "Tagger", Watched)
    retag(store, load_rules({"boats": BOATS, "rivers": {"strong": ["river"]}}), lambda stage, share: None)
    assert sought == [{"rivers"}]


def test_papers_that_changed_since_are_looked_through_for_all(store: Store) -> None:
    as_said(store, load_rules({"boats": {"strong": ["pruning"]}}))
    as_said(store, load_rules({"boats": BOATS}))
    store.undo()
    as_said(store, load_rules({"boats": BOATS}))
    filled(store, [{"title": "Sailing boats", "abstract": "Of LLMs."}])
    as_said(store, load_rules({"boats": BOATS, "rivers": {"strong": ["river"]}}))
