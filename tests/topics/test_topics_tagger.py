"""Scores, tags and their explanation; evaluation against labelled rows."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from paperctl.errors import UsageError
from paperctl.topics import evaluate, explain, load_rules, tag, weigh
from paperctl.topics.words import acronym, plain, tokens

PRUNING: Any = {
    "title": "Pruning Once: Structured Pruning of Language Models",
    "abstract": "Large language models are slow. We prune their heads; "
    "latency falls by 2x. The pruned LLM keeps its skill.",
}
BIRDS: Any = {"title": "Songs of Island Birds", "abstract": "We recorded 40 birds on three islands."}

RULES = load_rules()
TEXTS = st.text(
    alphabet=st.sampled_from(
        "abcdeLoRAquantizationSAMllms 0123456789-–.!?×éüß漢字\n\t\\$*[](){}\x00\x1b\u202e\ud800"
    ),
    max_size=200,
)


def test_an_explanation_adds_up_and_says_where() -> None:
    rules = load_rules()
    [tagging] = tag([PRUNING], rules)
    assert tagging.topics == ["llm", "efficiency"]
    for why in explain(PRUNING, rules):
        assert why.given == (why.topic in tagging.topics)
        assert why.score == pytest.approx(sum(c.contribution for c in why.cues), abs=0.02)
        assert why.score == pytest.approx(max(0, tagging.scores.get(why.topic, 0)), abs=0.02)
        assert {c.place for c in why.cues} <= {"title", "abstract"}
    [llm] = [e for e in explain(PRUNING, rules) if e.topic == "llm"]
    assert ("language model", "title") in [(c.cue, c.place) for c in llm.cues]
    assert "≥" in str(llm)


def test_a_title_alone_is_enough() -> None:
    rules = load_rules()
    titles = {
        "Fine-Tuning Large Language Models with Feedback": {"llm"},
        "QLoRA for Everyone": {"peft", "efficiency", "quantization"},
        "4-bit Post-Training Quantization": {"quantization", "efficiency"},
        "Model Compression by Pruning": {"efficiency"},
        "A Foundation Model for Trees": {"foundation-models"},
        "SEGMENT ANYTHING, FASTER": {"foundation-models", "efficiency"},
        "Editorial": set(),
    }
    for title, wanted in titles.items():
        assert set(next(tag([{"title": title, "abstract": None}], rules)).topics) == wanted, title


def test_keywords_count_like_the_abstract() -> None:
    rules = load_rules()
    paper: Any = {
        "title": "Nine Bits",
        "abstract": "",
        "keywords": ["post-training quantization", "low-bit inference"],
    }
    assert "quantization" in next(tag([paper], rules)).topics


def test_what_implies_a_topic_is_named() -> None:
    rules = load_rules()
    paper: Any = {"title": "Ternary weights", "abstract": "Ternary weight networks with ternary weights."}
    [why] = [e for e in explain(paper, rules) if e.topic == "efficiency"]
    assert (why.given, why.implied_by) == (True, ("quantization",))
    assert next(tag([paper], rules)).scores["efficiency"] == why.score


def test_weak_cues_alone_never_give_a_topic() -> None:
    rules = load_rules(
        {"mine": {"strong": ["main thing"], "weak": ["one", "two", "three", "four", "five", "six"]}}
    )
    paper: Any = {"title": "One two three four five six", "abstract": "One two three four five six. " * 9}
    [why] = [e for e in explain(paper, rules) if e.topic == "mine"]
    assert why.score == pytest.approx(why.threshold / 2, abs=0.05)
    assert not why.given


def test_tags_do_not_depend_on_other_papers_or_on_processes() -> None:
    rules = load_rules()
    many: Any = [PRUNING, BIRDS] * 10_500
    alone = list(tag([PRUNING, BIRDS], rules))
    assert list(tag(iter(many), rules, processes=2)) == alone * 10_500
    assert list(tag(many[:7], rules, processes=2)) == (alone * 4)[:7]
    assert list(tag([], rules)) == []


def test_a_corpus_lowers_what_every_paper_has() -> None:
    rules = load_rules({"mine": {"normal": ["ubiquitous", "rare thing"], "threshold": 6, "title": 1}})
    common: Any = [{"title": "Ubiquitous", "abstract": f"It is ubiquitous, {i}."} for i in range(400)]
    factors = weigh(common * 20, rules)
    assert 0.8 <= factors["ubiquitous"] < 1.0 == factors["rare thing"]
    papers: Any = [
        {"title": "Ubiquitous", "abstract": "ubiquitous"},
        {"title": "Rare thing", "abstract": "A rare thing"},
    ]
    before, after = list(tag(papers, rules)), list(tag(papers, rules, factors=factors))
    assert [t.topics for t in before] == [["mine"], ["mine"]] and [t.topics for t in after] == [[], ["mine"]]
    assert after == list(tag(papers + common, rules, factors=factors))[:2]
    assert weigh([], rules) == {}


def test_a_hundred_more_papers_hardly_move_a_snapshot() -> None:
    rules = load_rules({"mine": {"normal": ["pruning"]}})
    assert 0.98 < weigh([PRUNING] * 100, rules)["pruning"] < 1


def test_a_corpus_leaves_the_built_in_topics_alone() -> None:
    rules = load_rules({"mine": {"normal": ["LLM", "pruning", "latency"], "threshold": 2.5, "title": 1}})
    factors = weigh([PRUNING] * 20_000, rules)
    assert set(factors) == {"LLM", "pruning", "latency"} and max(factors.values()) < 1
    [before], [after] = tag([PRUNING], rules), tag([PRUNING], rules, factors=factors)
    assert after.scores.pop("mine") < before.scores.pop("mine")
    assert after.scores == before.scores


def test_an_explanation_speaks_in_the_words_of_the_paper() -> None:
    rules = load_rules({"mine": {"strong": ["0 bit code*", "int0"], "weak": ["head", "prun* + head"]}})
    paper: Any = {"title": "4-bit Codes", "abstract": "We prune heads to INT8, then int4 and 2-bit coding."}
    [why] = [e for e in explain(paper, rules) if e.topic == "mine"]
    assert {(c.cue, c.rule, c.place) for c in why.cues} == {
        ("4 bit Codes", "0 bit code*", "title"),
        ("INT8", "int0", "abstract"),
        ("head", "head", "abstract"),
        ("prun* + head", "prun* + head", "abstract"),
    }


def test_evaluation_counts_and_shows_the_worst_misses() -> None:
    rules = load_rules()
    records: list[Any] = [
        PRUNING,
        BIRDS | {"sources": [{"title": "SONGS of island-birds (v2)"}]},
    ]
    rows: list[Any] = [
        {
            "title": "pruning once structured pruning of language models",
            "labels": {"llm": 1, "efficiency": 0, "peft": None},
        },
        {"title": "Songs of Island Birds (v2)", "topic": "llm", "label": 1, "weight": 3},
        {"title": "Never loaded", "labels": {"llm": 1}},
    ]
    result = evaluate(rows, records, tag(records, rules), rules)
    llm, efficiency = result.topics
    assert (llm.topic, llm.hit, llm.false, llm.missed) == ("llm", 1, 0, 3)
    assert (llm.precision, llm.recall, llm.f1) == (1.0, 0.25, 0.4)
    assert [m.title for m in llm.misses] == ["Songs of Island Birds (v2)"]
    assert (efficiency.precision, efficiency.f1) == (0.0, 0.0)
    assert result.unknown == ["Never loaded"]
    assert result.macro_f1 == 0.2


@pytest.mark.parametrize(
    "row", [{}, {"title": "x"}, {"title": "x", "labels": {"llm": "yes"}}, {"title": "x", "labels": 3}, 7]
)
def test_a_bad_row_is_named(row: Any) -> None:
    with pytest.raises(UsageError, match="row 2"):
        rows: list[Any] = [{"title": "x", "labels": {}}, row]
        evaluate(rows, [], [], load_rules())


def test_labels_of_an_unknown_topic_are_refused() -> None:
    with pytest.raises(UsageError, match="lmm"):
        evaluate([{"title": "x", "labels": {"lmm": 1}}], [], [], load_rules())


@settings(max_examples=100, deadline=None)
@given(TEXTS, TEXTS | st.none(), st.lists(TEXTS, max_size=2))
def test_hostile_text_is_tagged_and_explained_alike(
    title: str, abstract: str | None, keywords: list[str]
) -> None:
    record: Any = {"title": title, "abstract": abstract, "keywords": keywords}
    [tagging] = tag([record], RULES)
    assert {e.topic for e in explain(record, RULES) if e.given} == set(tagging.topics)
    assert set(tagging.topics) <= set(tagging.scores)


@settings(max_examples=200, deadline=None)
@given(st.text(alphabet="abcisesuyolrxh", min_size=1, max_size=10))
def test_the_plain_form_of_a_word_stays(word: str) -> None:
    assert plain(plain(word)) == plain(word) == plain(word.upper())


@settings(max_examples=200, deadline=None)
@given(st.text(alphabet="ab1 .?!-_,\n$\\[", max_size=40))
def test_words_of_ascii_text_do_not_depend_on_the_way_they_are_read(text: str) -> None:
    assert ["字", *tokens(text)] == tokens("字 " + text)


def test_acronyms_are_capitals_of_two_letters_or_more() -> None:
    assert [acronym(w) for w in ("SAM", "LoRA", "3D", "A", "W8A8")] == [True, False, False, False, True]


def test_papers_are_tagged_even_if_no_process_can_be_started(monkeypatch: pytest.MonkeyPatch) -> None:
    def refused() -> int:
        raise BlockingIOError(11, "Resource temporarily unavailable")

    many: Any = [PRUNING, BIRDS] * 10_050
    monkeypatch.setattr("os.fork", refused)
    assert list(tag(many, RULES, processes=2)) == list(tag([PRUNING, BIRDS], RULES)) * 10_050


def mine(record: Any, **topic: Any) -> Any:
    rules = load_rules({"mine": {"threshold": 3, "title": 1} | topic})
    return next((e for e in explain(record, rules) if e.topic == "mine"), None)


LONG = " ".join(["filler"] * 120) + ". "


def test_a_short_text_needs_less() -> None:
    cues = {"normal": ["pruning"]}
    assert mine({"title": "Pruning"}, **cues).given
    assert not mine({"title": "Pruning", "abstract": LONG}, **cues).given
    scores = [
        mine({"title": "Pruning", "abstract": "word " * n}, **cues).score for n in (0, 30, 60, 100, 200)
    ]
    assert scores == sorted(scores, reverse=True) and scores[-1] == scores[-2] == 1.8


def test_what_the_paper_does_counts_more_than_what_others_did() -> None:
    said = ["We train soft prompts. ", "Soft prompts are vectors. ", "Existing work relies on soft prompts. "]
    whys = [mine({"title": "", "abstract": one + LONG}, normal=["soft prompt"]) for one in said]
    assert [why.score for why in whys] == [2.52, 1.8, 1.44]
    assert [why.cues[0].factor for why in whys] == [1.4, 1.0, 0.8]


def test_a_strong_phrase_that_is_proposed_can_be_enough() -> None:
    topic = {"strong": ["soft prompt"], "threshold": 5, "proposed": 1.7}
    assert mine({"title": "", "abstract": "We propose soft prompts. " + LONG}, **topic).given
    assert not mine({"title": "", "abstract": "They have soft prompts. " + LONG}, **topic).given


@pytest.mark.parametrize("heading", ["Mine", "2.1 Soft prompts", "b) Other name"])
def test_a_heading_that_names_the_topic_is_a_strong_cue(heading: str) -> None:
    paper = {"title": "Untitled", "abstract": LONG, "extra": {"section": heading}}
    why = mine(paper, normal=["soft prompt"], aliases=["other name"])
    assert why.given
    [cue] = why.cues
    assert (cue.cue, cue.kind, cue.place, cue.contribution) == (heading, "strong", "section", 3.0)
    assert mine(
        paper | {"extra": {"section": "b-1", "section_title": heading}},
        normal=["soft prompt"],
        aliases=["other name"],
    ).given


def test_headings_that_name_no_topic_say_nothing() -> None:
    for extra in ({"section": "Other papers"}, {"section": 7}, {"section": ["Mine"]}, None, "Mine"):
        assert mine({"title": "Untitled", "abstract": LONG, "extra": extra}, normal=["prompt"]) is None


def test_words_of_the_field_are_needed() -> None:
    topic = {"strong": ["latency"], "field": ["neural", "GPU*"], "field_title": ["model"]}
    assert not mine({"title": "Latency of a virus", "abstract": "A model of latency."}, **topic).given
    assert mine({"title": "Latency of a virus"}, **topic).lacks == ("a word of its field",)
    for paper in (
        {"title": "Latency of a model"},
        {"title": "Latency", "abstract": "Neural nets."},
        {"title": "Latency", "abstract": "On GPUs."},
    ):
        assert mine(paper, **topic).given


@pytest.mark.parametrize(
    "title",
    [
        "Poxvirus in flamingos of a zoo",
        "Spinal cord compression in cancer",
        "Latency of herpes viruses",
        "High-throughput sequencing of soil",
        "Hand-held Palm computers for doctors",
    ],
)
def test_other_fields_get_no_built_in_topic(title: str) -> None:
    papers: Any = [
        {"title": title},
        {"title": title, "abstract": f"{title}. We report {title}: 40 patients."},
    ]
    assert [t.topics for t in tag(papers, RULES)] == [[], []]


def test_cues_added_to_a_built_in_topic_are_of_its_field() -> None:
    rules = load_rules({"efficiency": {"strong": ["frugal kitchen"]}})
    assert "efficiency" in next(tag([{"title": "The Frugal Kitchen"}], rules)).topics


def test_a_titled_cue_is_a_claim_in_the_title_and_a_word_elsewhere() -> None:
    topic = {"strong": ["other thing"], "titled": ["faster"]}
    [cue] = mine({"title": "Faster trees", "abstract": LONG}, **topic).cues
    assert (cue.kind, cue.place, cue.contribution) == ("titled", "title", 1.8)
    [cue] = mine({"title": "Trees", "abstract": "They are faster. " + LONG}, **topic).cues
    assert (cue.kind, cue.place, cue.contribution) == ("weak", "abstract", 0.7)


@pytest.mark.parametrize(
    ("title", "topic"),
    [
        ("GRPO with Verifiable Rewards for Mathematical Reasoning", "llm"),
        ("Process Reward Models That Check Each Step", "llm"),
        ("Small Language Models for Tool Calling", "llm"),
        ("Draft-and-Verify Decoding Without a Draft Model", "efficiency"),
        ("A Time Series Foundation Model for Sparse Sensors", "foundation-models"),
        ("Scaling Protein Language Models", "foundation-models"),
        ("Vision-Language-Action Models in the Kitchen", "foundation-models"),
        ("DoRA for Vision Transformers", "peft"),
        ("NVFP4 Training of Transformers", "quantization"),
    ],
)
def test_newer_words_are_known(title: str, topic: str) -> None:
    assert topic in next(tag([{"title": title}], RULES)).topics
