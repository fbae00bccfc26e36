"""Reading rules: what a user may write, how it combines with the built-in topics, and what is refused."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from paperctl.errors import UsageError
from paperctl.topics import Rules, check_text, explain, load_rules, tag


def tags(rules: Rules, title: str, abstract: str | None = None) -> list[str]:
    return next(tag([{"title": title, "abstract": abstract}], rules)).topics


def test_a_topic_in_six_lines() -> None:
    rules = load_rules(
        {
            "robotics": {
                "strong": ["robot arm", "manipulation policy"],
                "normal": ["grasp*"],
                "weak": ["camera"],
                "except": ["robot txt"],
            }
        }
    )
    assert "robotics" in tags(rules, "A Robot Arm That Waits")
    assert "robotics" in tags(rules, "Waiting", "We teach robot-arms to wait.")
    assert "robotics" in tags(rules, "Grasping in the Dark")
    assert "robotics" not in tags(rules, "A Camera", "A camera, two cameras and a camera.")
    assert rules.names["robotics"] == "Robotics"


def test_a_known_topic_is_extended_not_replaced() -> None:
    title = "Zeroth Moment Trees"
    assert "quantization" not in tags(load_rules(), title)
    rules = load_rules({"quantization": {"strong": ["zeroth moment"]}})
    assert "quantization" in tags(rules, title)
    assert "quantization" in tags(rules, "Post-Training Quantization of Transformers")
    alone = load_rules({"quantization": {"replace": True, "strong": ["zeroth moment"], "threshold": 2}})
    assert tags(alone, "Post-Training Quantization of Transformers") == []
    assert "quantization" in tags(alone, "A zeroth moment")


def test_cues_can_be_dropped_moved_and_topics_switched_off() -> None:
    dropped = load_rules(
        {
            "quantization": {
                "drop": ["Post-training quantization", "post-training quantization PTQ", "quantiz*"]
            }
        }
    )
    assert "quantization" not in tags(dropped, "Post-Training Quantisation of Maps")
    moved = load_rules({"llm": {"against": ["chatgpt"]}})
    assert "llm" not in tags(moved, "ChatGPT at School")
    assert "llm" in tags(load_rules(), "ChatGPT at School")
    assert "peft" not in load_rules({"peft": False}).topics


def test_implied_needed_and_sub_topics() -> None:
    rules = load_rules(
        {
            "robotics": {"strong": ["robot"]},
            "robotics/legged": {"strong": ["legged robot", "quadruped"]},
            "robotics/safe": {"strong": ["safety"], "needs": ["robotics"]},
            "gaits": {"strong": ["gait"], "implies": ["robotics/legged"]},
        }
    )
    assert tags(rules, "Gait Plans") == ["robotics", "robotics/legged", "gaits"]
    assert tags(rules, "A Quadruped") == ["robotics", "robotics/legged"]
    assert tags(rules, "Safety First") == []
    assert tags(rules, "Robot Safety") == ["robotics", "robotics/safe"]


def test_quantization_implies_efficiency() -> None:
    assert tags(load_rules(), "Post-Training Quantization for Transformers") == ["efficiency", "quantization"]


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("fine-tuning", "We use finetuning and more finetuning."),
        ("fine tuning", "Fine-tuning is hard. Fine–tuning is harder."),
        ("optimised models", "An optimized model beats the optimized model."),
        ("case study", "Case studies, and one more case study."),
        ("colour naming", "Color naming and colour naming"),
        ("0 bit", "In 4-bit and 8bit form"),
        ("int0", "INT8 and int4"),
        ("RAG", "RAG is RAGs"),
        ("quant*", "quantising, quantized"),
        ("café table", "The Cafe tables at the café table"),
        ("0x faster", "1.5x faster, 3× faster and $2\\times$ faster"),
    ],
)
def test_a_cue_is_found_however_it_is_spelt(text: str, said: str) -> None:
    rules = load_rules({"mine": {"strong": [text], "replace": True}})
    cues = [c for e in explain({"title": "", "abstract": said}, rules) if e.topic == "mine" for c in e.cues]
    assert [(c.rule, c.place) for c in cues] == [(text, "abstract")]
    assert cues[0].count >= 2


@pytest.mark.parametrize(
    ("cue", "said"),
    [
        ("RAG", "a rag doll"),
        ("CLIP", "a video clip"),
        ("deep sea", "It is deep. Sea water is salty."),
        ("adapter + frozen", "An adapter is used. The model is frozen."),
        ("lora", "exploration"),
        ("3d", "A 2D image"),
    ],
)
def test_a_cue_is_not_found_where_it_is_not_meant(cue: str, said: str) -> None:
    rules = load_rules({"mine": {"strong": [cue], "replace": True}})
    assert "mine" not in {e.topic for e in explain({"title": said, "abstract": said}, rules)}


def test_except_hides_the_cue_inside_and_against_counts_against() -> None:
    rules = load_rules(
        {"m": {"strong": ["quantization"], "except": ["vector quantization"], "against": ["codebook"]}}
    )
    assert "m" not in tags(rules, "Vector Quantization")
    assert "m" in tags(rules, "Vector Quantization", "Here quantization is scalar.")
    assert "m" not in tags(rules, "Untitled", "Quantization with a codebook")


def test_names_and_aliases_resolve_and_unknown_topics_name_the_nearest() -> None:
    rules = load_rules()
    assert rules.resolve("LLM") == "llm"
    assert rules.resolve("foundation models") == "foundation-models"
    assert rules.resolve("quantisation") == "quantization"
    with pytest.raises(UsageError) as caught:
        rules.resolve("efficency")
    assert "efficiency" in str(caught.value.hint)


@pytest.mark.parametrize(
    ("topics", "where", "hint"),
    [
        ({"mine": {"strng": ["a phrase"]}}, "strng", "strong"),
        ({"mine": {"strong": ["a.*b"]}}, "regular expression", "quant*"),
        ({"mine": {"strong": ["(a|b)"]}}, "regular expression", ""),
        ({"mine": {"strong": [None]}}, "nothing", ""),
        ({"mine": {"strong": [{"LoRA": "low rank"}]}}, "quote", ""),
        ({"mine": {"strong": "x", "normal": "x"}}, "twice", "strong"),
        ({"mine": {"strong": ["of the"]}}, "every paper", ""),
        ({"mine": {"strong": ["ab*"]}}, "before *", ""),
        ({"mine": {"strong": ["word"], "threshold": "high"}}, "threshold", "3"),
        ({"mine": {"strong": ["word"], "implies": ["quantisation-x"]}}, "implies", "quantization"),
        ({"mine": {"strong": ["word"], "needs": ["mine"]}}, "needs itself", ""),
        ({"mine": {}}, "no cue", "strong"),
        ({"mine": ["word"]}, "no cues", "strong"),
        ({"My Topic": {"strong": ["word"]}}, "bad topic name", "lower-case"),
        ({"efficency/vit": {"strong": ["word"]}}, "parent", "efficiency"),
        ({"lm": False}, "switch off", "llm"),
        (["mine"], "mapping", ""),
        ({"peft": {"drop": ["lorra"]}}, "drop", "lora"),
    ],
)
def test_each_mistake_is_named_with_the_nearest_word(topics: Any, where: str, hint: str) -> None:
    with pytest.raises(UsageError) as caught:
        load_rules(topics)
    assert where in caught.value.message
    assert hint in (caught.value.hint or "")
    assert caught.value.status == 2


def test_unknown_packs_name_the_nearest() -> None:
    with pytest.raises(UsageError) as caught:
        load_rules(packs=["difusion"])
    assert "diffusion" in str(caught.value.hint)


CONFIG = """\
store: ~/papers
topics:
  robotics:
    strng:
      - robot
    normal:
      - grasp*
      - ab*
  llm:
    implies: [efficency]
"""


def test_check_names_the_line_of_every_mistake() -> None:
    problems = check_text(CONFIG)
    assert [p.line for p in problems] == [4, 8, 10]
    assert problems[0].hint == "did you mean `strong`?"
    assert str(problems[1]) == "line 8: give at least 3 letters before *: ab*"
    assert problems[2].hint == "did you mean `efficiency`?"
    mended = CONFIG.replace("strng", "strong").replace("ab*", "abc*")
    [problem] = check_text(mended)
    assert (problem.line, problem.hint) == (10, "did you mean `efficiency`?")


def test_one_mistake_hides_no_other() -> None:
    far = "topics:\n  a:\n    strong: [word]\n    threshold: 90\n  b:\n    stron: [other]\n    needs: [a]\n"
    circle = "  c:\n    strong: [third]\n    implies: [d]\n  d:\n    strong: [fourth]\n    implies: [c]\n"
    assert [(p.line, p.message.split()[0]) for p in check_text(far + circle)] == [
        (4, "no"),
        (6, "unknown"),
        (10, "topics"),
        (13, "topics"),
    ]


def test_what_names_a_badly_said_topic_is_not_called_a_mistake_too() -> None:
    [problem] = check_text("topics:\n  a:\n    strong: [word]\n    implies: [b]\n  b: 5\n")
    assert problem.line == 5


def test_check_says_nothing_of_sound_topics() -> None:
    assert check_text("topics:\n  robotics:\n    strong: [robot]\n") == []
    assert check_text("robotics:\n  strong: [robot]\n", inside=None) == []
    assert check_text("store: x\n") == check_text("") == []


@pytest.mark.parametrize(
    ("text", "line", "said"),
    [
        ("topics:\n  a: &x\n    strong: [word]\n  b: *x\n", 4, "aliases"),
        ("topics:\n  a:\n    strong: [word]\n  a:\n    strong: [other]\n", 4, "twice"),
        ("topics:\n  a:\n    strong: [one\n", 4, ""),
        ("topics:\n  a:\n    strong:\n      - LoRA: low rank\n", 4, "quote"),
        ("topics:\n  a:\n    strong:\n      - *word\n", 4, "quotes"),
        ("topics: " + "[" * 500, 1, "nested"),
        ("[" * 300_000 + "]" * 300_000, 1, "nested"),
        ("topics:\n  ? [a, b]\n  : x\n", 2, "key"),
        ("topics:\n\tbad: x\n", 2, "tabs"),
        ("topics:\n  a:\n    strong: low rank: LoRA\n", 3, "colon in quotes"),
        ("topics:\n  a: " + "[" * 21, 2, "nested"),
        ("topics: \x00\n", 1, "YAML"),
    ],
)
def test_check_refuses_what_yaml_should_not_hold(text: str, line: int, said: str) -> None:
    problem = check_text(text)[0]
    assert said in f"{problem.message} {problem.hint}"
    assert problem.line == line


def test_an_alias_bomb_costs_nothing() -> None:
    bomb = "a: &a [x, x, x, x, x, x, x, x, x]\n"
    for before, name in zip("abcdefghi", "bcdefghij", strict=True):
        bomb += f"{name}: &{name} [" + ", ".join([f"*{before}"] * 9) + "]\n"
    assert "aliases" in check_text(bomb)[0].message


@settings(max_examples=150, deadline=None)
@given(
    st.recursive(
        st.none() | st.booleans() | st.floats() | st.text(max_size=12),
        lambda inner: (
            st.lists(inner, max_size=3)
            | st.dictionaries(
                st.sampled_from(
                    [
                        "llm",
                        "strong",
                        "normal",
                        "weak",
                        "against",
                        "except",
                        "threshold",
                        "implies",
                        "needs",
                        "a/b",
                        "drop",
                        "name",
                    ]
                ),
                inner,
                max_size=4,
            )
        ),
        max_leaves=12,
    )
)
def test_any_mapping_is_read_or_refused_in_words(topics: Any) -> None:
    try:
        rules = load_rules(topics if topics else None)
    except UsageError as fault:
        assert fault.message
    else:
        assert "efficiency" in rules.topics


@settings(max_examples=150, deadline=None)
@given(st.text(alphabet="topicslm:-[]{}&*!#'\"\n\t a1", max_size=60))
def test_any_text_is_checked_without_a_traceback(text: str) -> None:
    for problem in check_text("topics:\n" + text):
        assert problem.line and str(problem)


def test_loading_rules_imports_no_scikit_learn() -> None:
    code = (
        "import sys, paperctl.topics as t; r = t.load_rules(); list(t.tag([{'title': 'x'}], r));"
        "print([m for m in ('sklearn', 'numpy', 'scipy') if m in sys.modules])"
    )
    said = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert said.stdout.strip() == "[]"


def test_the_version_changes_exactly_when_tags_could() -> None:
    assert load_rules().version == load_rules({}).version
    assert load_rules({"llm": {"about": "other words"}}).version == load_rules().version
    assert load_rules({"llm": {"weak": ["parrot"]}}).version != load_rules().version


def test_the_topic_in_the_docs_is_sound_and_the_mistake_in_the_docs_is_named_so() -> None:
    docs = (Path(__file__).parents[2] / "docs" / "topics.md").read_text("utf-8")
    [topic] = [block for block in re.findall(r"```yaml\n(.*?)```", docs, re.DOTALL) if "topics:" in block]
    assert check_text(topic) == []
    [problem, *_] = check_text(topic.replace("strong:", "strng:"))
    assert str(problem) in docs


@pytest.mark.parametrize(
    ("text", "line", "said"),
    [
        ("a:\n  strong: [word]\n  threshold: 90\n", 3, "threshold 90"),
        ("a:\n  weak: [word, other]\n", 1, "weak cues"),
        ("a:\n  strong: [word]\n  aliases: [LLMs]\n", 3, "topic llm"),
        ("a:\n  strong: [word]\n  aliases: [peft]\n", 3, "topic peft"),
        ("a:\n  strong: [w]\n  implies: [b]\nb:\n  strong: [v]\n  implies: [a]\n", 3, "circle"),
        ("efficiency:\n  implies: [quantization]\n", 2, "circle"),
    ],
)
def test_check_names_what_reads_well_and_says_nothing(text: str, line: int, said: str) -> None:
    problem = check_text(text, inside=None)[0]
    assert said in str(problem)
    assert problem.line == line


def test_such_rules_are_applied_all_the_same() -> None:
    rules = load_rules(
        {"a": {"strong": ["walrus"], "implies": ["b"]}, "b": {"strong": ["seal"], "implies": ["a"]}}
    )
    assert tags(rules, "A Walrus") == ["a", "b"]


@pytest.mark.parametrize("topic", ["llm", "efficiency"])
def test_the_built_in_topics_are_sound_when_extended(topic: str) -> None:
    assert check_text(f"{topic}:\n  strong: [frugal kitchen]\n", inside=None) == []
