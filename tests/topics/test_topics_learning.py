"""Learning from corrections, and cues suggested from tagged papers."""

from __future__ import annotations

import random
from typing import Any

import msgspec
import pytest

from paperctl.errors import UsageError
from paperctl.topics import Learned, explain, learn, load_rules, suggest, tag

RULES = load_rules({"energy": {"strong": ["energy efficient"]}}, ["retrieval"])
FILL = ["ablation", "baseline", "dataset", "encoder", "feature", "kernel", "layer", "margin", "objective"]


def paper(rng: random.Random, phrase: str) -> Any:
    words = rng.sample(FILL, 6)
    return {
        "title": f"On {words[0]} {words[1]} {phrase if rng.random() < 0.4 else words[2]}",
        "abstract": f"We study {words[3]} and {words[4]}. Here {phrase} meets {words[5]}.",
    }


def store(seed: int = 0, size: int = 300) -> tuple[list[Any], list[bool]]:
    """Papers, of which the user thinks those on spiking neurons to be about energy; no rule says so."""
    rng = random.Random(seed)
    wanted = [i % 3 == 0 for i in range(size)]
    return [paper(rng, "spiking neurons" if w else "convex losses") for w in wanted], wanted


def test_a_habit_of_the_user_is_learned_and_explained() -> None:
    records, wanted = store()
    corrections = {"energy": {i: wanted[i] for i in range(60)}}
    learned = learn(records, corrections, RULES)
    topic = learned.topics["energy"]
    assert topic.on and topic.corrections == 60
    given = ["energy" in t.topics for t in tag(records[60:], RULES, learned=learned)]
    found = [w for g, w in zip(given, wanted[60:], strict=True) if g]
    assert sum(found) > 0.9 * len(found) and sum(found) > 0.5 * sum(wanted[60:])
    assert not any("energy" in t.topics for t in tag(records, RULES))
    spiking = next(r for r, g in zip(records[60:], given, strict=True) if g)
    [why] = [e for e in explain(spiking, RULES, learned=learned) if e.topic == "energy"]
    assert why.given and {c.kind for c in why.cues} == {"learned"}
    assert any("spiking" in c.cue for c in why.cues)
    assert why.score == pytest.approx(sum(c.contribution for c in why.cues), abs=0.02)


def test_other_topics_and_built_in_cues_stay_as_they_are() -> None:
    records, wanted = store()
    learned = learn(records, {"energy": {i: wanted[i] for i in range(60)}}, RULES)
    extra = [*records, {"title": "Dense Retrieval", "abstract": "An energy-efficient dense retriever."}]
    for before, after in zip(tag(extra, RULES), tag(extra, RULES, learned=learned), strict=True):
        assert [t for t in before.topics if t != "energy"] == [t for t in after.topics if t != "energy"]


def test_noise_is_not_learned() -> None:
    records, _ = store()
    rng = random.Random(7)
    learned = learn(records, {"energy": {i: rng.random() < 0.5 for i in range(60)}}, RULES)
    assert not learned.topics["energy"].on
    assert "rules" in learned.topics["energy"].reason
    assert list(tag(records, RULES, learned=learned)) == list(tag(records, RULES))


@pytest.mark.parametrize(("count", "said"), [(0, "starts at 20"), (19, "starts at 20"), (22, "")])
def test_learning_waits_for_enough_corrections(count: int, said: str) -> None:
    records, wanted = store()
    topic = learn(records, {"energy": {i: wanted[i] for i in range(count)}}, RULES).topics["energy"]
    assert said in topic.reason
    assert topic.corrections == count
    assert not (said and topic.on)


def test_corrections_of_one_kind_are_not_enough() -> None:
    records, wanted = store()
    only_no = {i: False for i in range(100) if not wanted[i]}
    topic = learn(records, {"energy": only_no}, RULES).topics["energy"]
    assert not topic.on and "either kind" in topic.reason


def test_what_is_learned_is_the_same_each_time_and_survives_json() -> None:
    records, wanted = store()
    corrections = {"energy": {i: wanted[i] for i in range(60)}, "llm": {0: True}}
    first, second = learn(records, corrections, RULES), learn(records, corrections, RULES)
    assert first == second
    stored = msgspec.json.decode(msgspec.json.encode(first), type=Learned)
    assert stored.apply(RULES) == first.apply(RULES)
    reordered = {"energy": {i: wanted[i] for i in reversed(range(60))}, "llm": {0: True}}
    assert learn(records, reordered, RULES) == first


def test_corrections_of_an_unknown_topic_are_refused() -> None:
    with pytest.raises(UsageError, match="enrgy") as caught:
        learn([], {"enrgy": {}}, RULES)
    assert "energy" in str(caught.value.hint)


def test_a_suggested_cue_brings_the_f1_it_promises() -> None:
    records, wanted = store()
    tagged = [i for i, w in enumerate(wanted) if w]
    best = suggest("energy", tagged, records, RULES)[0]
    assert "spiking" in best.cue and best.kind in ("strong", "normal")
    assert (best.tagged, best.others, best.f1_before, best.f1_after) == (100, 0, 0.0, 1.0)
    mended = load_rules(
        {
            "energy": {"strong": ["energy efficient"], best.kind: [best.cue]}
            if best.kind != "strong"
            else {"strong": ["energy efficient", best.cue]}
        }
    )
    assert ["energy" in t.topics for t in tag(records, mended)] == wanted


def test_a_cue_against_is_suggested_for_papers_wrongly_tagged() -> None:
    rng = random.Random(3)
    right = [paper(rng, "energy efficient chips") for _ in range(30)]
    wrong = [paper(rng, "energy efficient houses with thick walls") for _ in range(30)]
    found = suggest("energy", range(30), right + wrong, RULES, without=range(30, 60))
    assert found[0].kind == "against" and found[0].f1_after > found[0].f1_before
    assert found[0].others == 30


def test_a_new_topic_is_suggested_from_nothing() -> None:
    records, wanted = store()
    found = suggest("neurons", [i for i, w in enumerate(wanted) if w], records, RULES)
    assert "spiking" in found[0].cue
    with pytest.raises(UsageError):
        suggest("neurons", [], records, RULES)
