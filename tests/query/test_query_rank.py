"""The order that a search shows papers in."""

from __future__ import annotations

from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from paperctl.query import parse, rank
from paperctl.record import Record, as_record


def paper(title: str, abstract: str = "", **more: Any) -> Record:
    known = {"id": title, "title": title, "abstract": abstract, "authors": [], "keywords": [], **more}
    return as_record(known)


def order(query: str, *papers: Record) -> list[str]:
    return [record["title"] for _, record in rank(papers, parse(query))]


def test_a_word_in_the_title_comes_before_one_in_the_abstract() -> None:
    body = "A study of many things that has nothing else to say of its own."
    assert order("lora", paper("Other Work", f"{body} LoRA."), paper("LoRA at Work", body)) == [
        "LoRA at Work",
        "Other Work",
    ]


def test_a_keyword_counts_more_than_a_mention() -> None:
    papers = paper("One", "we use lora here"), paper("Two", "we use it here", keywords=["lora"])
    assert order("lora", *papers) == ["Two", "One"]


def test_the_whole_word_comes_before_the_beginning_of_another() -> None:
    assert order("lora", paper("Lorax in the Woods"), paper("LoRA in the Woods")) == [
        "LoRA in the Woods",
        "Lorax in the Woods",
    ]


def test_words_together_come_before_words_apart() -> None:
    papers = paper("Rank One and Low Bits"), paper("Low Rank and One Bits")
    assert order("low rank", *papers) == ["Low Rank and One Bits", "Rank One and Low Bits"]


def test_a_rare_word_weighs_more_than_a_common_one() -> None:
    papers = [*(paper(f"Model {n}") for n in range(5)), paper("Adapter 5")]
    assert order("model or adapter", *papers)[0] == "Adapter 5"


def test_papers_equally_good_keep_their_order() -> None:
    papers = [paper("LoRA", year=n) for n in range(5)]
    assert [r["year"] for _, r in rank(papers, parse("lora"))] == [0, 1, 2, 3, 4]


def test_without_words_the_topics_asked_for_decide() -> None:
    oral = {"status": "oral"}
    papers = (
        paper("Weak", topic_scores={"peft": 2.1, "llm": 9.0}, extra=oral),
        paper("Strong", topic_scores={"peft": 5.0}, extra=oral),
    )
    assert order("topic:peft", *papers) == ["Strong", "Weak"]
    assert order("topic:peft extra.status:oral", *papers) == ["Strong", "Weak"]


@settings(max_examples=100, deadline=None)
@given(
    st.lists(st.text("lorax -é学", max_size=20), max_size=8),
    st.sampled_from(["lora", "low rank", "学", "year:2"]),
)
def test_every_paper_comes_back_once_best_first(titles: list[str], query: str) -> None:
    papers = [paper(title, year=n) for n, title in enumerate(titles)]
    ranked = rank(papers, parse(query))
    assert sorted(r["year"] or 0 for _, r in ranked) == list(range(len(papers)))
    scores = [score for score, _ in ranked]
    assert scores == sorted(scores, reverse=True)
    assert all(score >= 0 for score in scores)
