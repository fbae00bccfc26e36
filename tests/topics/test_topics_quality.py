"""Built-in topics and packs against papers labelled by hand."""

from __future__ import annotations

import runpy
from pathlib import Path
from typing import Any

import pytest

from paperctl.topics import evaluate, load_rules, pack_names, tag

PAPERS = runpy.run_path(str(Path(__file__).with_name("labelled.py")))["PAPERS"]
PACKS = ["reinforcement-learning", "diffusion", "retrieval"]


def rows() -> list[Any]:
    return [
        {"title": title, "abstract": abstract, "labels": dict.fromkeys(yes, 1) | dict.fromkeys(no, 0)}
        for title, abstract, yes, no in PAPERS
    ]


def test_every_topic_agrees_with_the_labelled_papers() -> None:
    rules = load_rules(packs=PACKS)
    papers = rows()
    result = evaluate(papers, papers, tag(papers, rules), rules)
    assert {t.topic for t in result.topics} == set(rules.topics)
    poor = {t.topic: (t.f1, [m.title for m in t.misses]) for t in result.topics if t.f1 < 0.9}
    assert not poor
    assert result.macro_f1 >= 0.95


@pytest.mark.parametrize("pack", pack_names())
def test_a_pack_adds_topics_only_when_switched_on(pack: str) -> None:
    built_in = set(load_rules().topics)
    assert set(load_rules(packs=[pack]).topics) > built_in
    assert (
        set(load_rules().topics)
        == built_in
        == {"llm", "efficiency", "foundation-models", "peft", "quantization"}
    )


@pytest.mark.parametrize("pack", pack_names())
def test_a_pack_leaves_the_built_in_tags_alone(pack: str) -> None:
    papers = rows()
    plain, packed = load_rules(), load_rules(packs=[pack])
    for before, after in zip(tag(papers, plain), tag(papers, packed), strict=True):
        assert [t for t in after.topics if t in plain.topics] == before.topics


def test_a_sub_topic_needs_its_parent() -> None:
    rules = load_rules(packs=["efficiency-parts"])
    pruned: Any = {
        "title": "Token Pruning for Efficient Vision Transformers",
        "abstract": "We prune image tokens.",
    }
    trained: Any = {
        "title": "What Vision Transformers See",
        "abstract": "A vision transformer looks at texture.",
    }
    assert {"efficiency", "efficiency/vit"} <= set(next(tag([pruned], rules)).topics)
    assert "efficiency/vit" not in next(tag([trained], rules)).topics
