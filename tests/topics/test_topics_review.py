"""Asking about the papers that teach most of a topic."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from paperctl.record import Record, as_record
from paperctl.review.topic_session import TopicReview
from paperctl.topics import load_rules, suggest, tag
from paperctl.topics.review import geometric, questions

RULES = load_rules({"mine": {"strong": ["walrus"], "weak": ["seal"]}})


def papers() -> list[Record]:
    filler = " ".join(["filler"] * 120)
    texts = ["Walrus. Walrus. Walrus.", "A walrus.", "A seal. Seal.", "A seal.", "Trees."]
    records: list[Any] = [
        {"id": str(n), "title": f"Paper {n}", "abstract": f"{t} {filler}"} for n, t in enumerate(texts)
    ]
    return [
        as_record({**r, "topics": t.topics, "topic_scores": t.scores})
        for r, t in zip(records, tag(records, RULES), strict=True)
    ]


def herds() -> list[Record]:
    """Papers on walruses, of which the rule finds every second; the others only speak of tusks and herds."""
    words = ["ice", "islands", "tides", "winter", "food", "calves", "songs", "maps"]
    texts = [f"A herd shows tusks on {w} and {v}." for w in words for v in words if w != v]
    found = [f"The walrus: {text}" if n % 2 else text for n, text in enumerate(texts)]
    others = [
        f"Leaves of trees fall near {w} and {v}, year {n}." for n in range(8) for w in words for v in words
    ]
    return [
        as_record(
            {
                "id": str(n),
                "title": f"Paper {n}",
                "abstract": text,
                "topics": t.topics,
                "topic_scores": t.scores,
            }
        )
        for n, text in enumerate(found + others)
        for t in [next(iter(tag([{"title": "", "abstract": text}], RULES)))]
    ]


def test_questions_go_from_the_likest_paper_geometrically_further() -> None:
    records = herds()
    asked = questions(RULES.topics["mine"], records, {}, 20)
    assert len(set(asked)) == 20
    without = [place for place in asked if "mine" not in records[place]["topics"]]
    assert len(without) == 14
    missed = ["herd" in (records[place]["abstract"] or "") for place in without]
    # 28 of 540 have the topic and no rule finds them: the likest of all, and far more often asked about.
    assert all(missed[:6]) and not any(missed[-4:])
    again = questions(RULES.topics["mine"], records, dict.fromkeys(asked, True), 20)
    assert len(set(again)) == 20 and not set(again) & set(asked)


def test_few_papers_are_all_asked_about_and_none_twice() -> None:
    records = papers()
    assert sorted(questions(RULES.topics["mine"], records, {}, 20)) in ([0, 1, 2, 3], [0, 1, 2, 3, 4])
    assert 1 not in questions(RULES.topics["mine"], records, {1: True}, 20)
    assert questions(RULES.topics["mine"], [], {}, 20) == []


@given(st.integers(0, 10_000), st.integers(0, 60))
def test_ranks_are_different_and_within_reach(furthest: int, count: int) -> None:
    ranks = geometric(furthest, count)
    assert len(ranks) == len(set(ranks)) == min(furthest, count)
    assert all(1 <= rank <= furthest for rank in ranks) and ranks == sorted(ranks)


def test_each_key_answers_one_paper_and_undo_takes_it_back() -> None:
    said: list[tuple[str, str]] = []
    review = TopicReview(
        "Mine", papers()[:3], lambda paper, verb: said.append((paper, verb)), lambda _: ["why"]
    )
    for key in ("y", "x", "s", "u", "n", "u", "u", "u", "n"):
        review.press(key)
    assert said == [("0", "add"), ("1", "remove"), ("1", "forget"), ("0", "forget"), ("0", "remove")]
    assert (review.answered, review.asked, review.over) == (1, 1, False)
    screen = review.drawn(60, 12)
    assert len(screen) <= 12 and max(map(len, screen)) <= 60 and "Paper 1" in screen
    review.press("q")
    assert review.over


def test_a_script_gets_the_papers_to_answer(paperctl: Any, tmp_path: Path) -> None:
    dump, config = tmp_path / "papers.jsonl", tmp_path / "own.yaml"
    dump.write_text("".join(json.dumps({k: p[k] for k in ("title", "abstract")}) + "\n" for p in papers()))
    config.write_text("topics:\n  mine:\n    strong: [walrus]\n    weak: [seal]\n")
    paperctl("--config", config, "load", dump, "--no-dedupe")
    asked = paperctl("--config", config, "tag", "review", "mine", "-n", "2").out.splitlines()
    assert {line.split("\t")[2] for line in asked} < {f"Paper {n}" for n in range(5)} and len(asked) == 2
    first = asked[0].split("\t")[0]
    paperctl("--config", config, "tag", "remove", "mine", "--", first)
    again = paperctl("--config", config, "tag", "review", "mine").out
    assert again and first not in again
    assert paperctl("--config", config, "tag", "review", "nothing").status == 2


def test_papers_that_a_rule_tags_and_nobody_checked_speak_against_nothing() -> None:
    tagged: Any = [{"title": f"A walrus on island {n}", "abstract": "Tusks are long."} for n in range(9)]
    unchecked: Any = [
        {"title": f"The walrus and its herd {n}", "abstract": "Its herd is big."} for n in range(9)
    ]
    others: Any = [{"title": f"Trees {n}", "abstract": "Leaves fall."} for n in range(9)]
    found = suggest("mine", range(9), tagged + unchecked + others, RULES)
    assert not [one for one in found if one.kind == "against"]
