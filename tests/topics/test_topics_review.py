"""Asking about the papers nearest a topic's threshold."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from paperctl.record import Record, as_record
from paperctl.review.topic_session import TopicSitting
from paperctl.topics import load_rules, suggest, tag
from paperctl.topics.review import least_sure

RULES = load_rules({"mine": {"strong": ["walrus"], "weak": ["seal"]}})


def papers() -> list[Record]:
    filler = " ".join(["filler"] * 120)
    texts = ["Walrus. Walrus. Walrus.", "A walrus.", "A seal. Seal.", "A seal.", "Trees."]
    records: list[dict[str, Any]] = [
        {"id": str(n), "title": f"Paper {n}", "abstract": f"{t} {filler}"} for n, t in enumerate(texts)
    ]
    return [
        as_record({**r, "topics": t.topics, "topic_scores": t.scores})
        for r, t in zip(records, tag(records, RULES), strict=True)
    ]


def test_the_least_sure_come_first_and_either_side_takes_turns() -> None:
    records = papers()
    assert least_sure(RULES.topics["mine"], records, ()) == [1, 2, 0, 3]
    assert least_sure(RULES.topics["mine"], records, {1}) == [0, 2, 3]


def test_each_key_answers_one_paper_and_undo_takes_it_back() -> None:
    said: list[tuple[str, str]] = []
    sitting = TopicSitting(
        "Mine", papers()[:3], lambda paper, verb: said.append((paper, verb)), lambda _: ["why"]
    )
    for key in ("y", "x", "s", "u", "n", "u", "u", "u", "n"):
        sitting.press(key)
    assert said == [("0", "add"), ("1", "remove"), ("1", "forget"), ("0", "forget"), ("0", "remove")]
    assert (sitting.answered, sitting.asked, sitting.over) == (1, 1, False)
    screen = sitting.drawn(60, 12)
    assert len(screen) <= 12 and max(map(len, screen)) <= 60 and "Paper 1" in screen
    sitting.press("q")
    assert sitting.over


def test_a_script_gets_the_papers_to_answer(paperctl: Any, tmp_path: Path) -> None:
    dump, config = tmp_path / "papers.jsonl", tmp_path / "own.yaml"
    dump.write_text("".join(json.dumps({k: p[k] for k in ("title", "abstract")}) + "\n" for p in papers()))
    config.write_text("topics:\n  mine:\n    strong: [walrus]\n    weak: [seal]\n")
    paperctl("--config", config, "load", dump, "--no-dedupe")
    asked = paperctl("--config", config, "tag", "review", "mine", "-n", "2").out.splitlines()
    assert [line.split("\t")[2] for line in asked] == ["Paper 1", "Paper 2"]
    first = asked[0].split("\t")[0]
    paperctl("--config", config, "tag", "remove", "mine", "--", first)
    again = paperctl("--config", config, "tag", "review", "mine").out
    assert again and first not in again
    assert paperctl("--config", config, "tag", "review", "nothing").status == 2


def test_papers_that_a_rule_tags_and_nobody_checked_speak_against_nothing() -> None:
    tagged = [{"title": f"A walrus on island {n}", "abstract": "Tusks are long."} for n in range(9)]
    unchecked = [{"title": f"The walrus and its herd {n}", "abstract": "Its herd is big."} for n in range(9)]
    others = [{"title": f"Trees {n}", "abstract": "Leaves fall."} for n in range(9)]
    found = suggest("mine", range(9), tagged + unchecked + others, RULES)
    assert not [one for one in found if one.kind == "against"]
