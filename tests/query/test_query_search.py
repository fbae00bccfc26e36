"""What a search finds beyond the papers that hold every word."""

from __future__ import annotations

from typing import Any

from paperctl.query import parse
from paperctl.query.corpus import Scan
from paperctl.query.search import Relaxed, search
from paperctl.record import Record, as_record

TITLES = [
    "Low-Rank Adapters for Translation",
    "Quantization of Language Models",
    "Sparse Attention for Long Documents",
    "Adapters and Quantization Together",
    "A Survey of Graph Networks",
    *(f"Language Models, Part {n}" for n in range(30)),
]


def paper(title: str, **more: Any) -> Record:
    facts: dict[str, Any] = {
        "id": title,
        "title": title,
        "abstract": None,
        "authors": [],
        "keywords": [],
        "year": 2024,
    }
    return as_record({**facts, **more})


PAPERS = [paper(title) for title in TITLES]


def found(text: str, *, strict: bool = False) -> tuple[list[str], Relaxed | None]:
    papers, relaxed = search(parse(text), Scan(lambda: PAPERS), strict=strict)
    return [record["title"] for record in papers], relaxed


def test_papers_with_every_word_come_first() -> None:
    titles, relaxed = found("adapters quantization")
    assert titles[0] == "Adapters and Quantization Together"
    assert {"Low-Rank Adapters for Translation", "Quantization of Language Models"} <= set(titles[1:])
    assert relaxed is not None and relaxed.matching == 1
    assert relaxed.without["Quantization of Language Models"] == ["adapters"]


def test_a_word_nobody_has_is_left_out() -> None:
    titles, relaxed = found("sparse attention documents zyzzyva")
    assert titles == ["Sparse Attention for Long Documents"]
    assert relaxed is not None and relaxed.unknown == ["zyzzyva"]


def test_papers_with_all_known_words_come_before_those_with_most() -> None:
    titles, relaxed = found("quantizaton language models zyzzyva")
    assert titles[0] == "Quantization of Language Models"
    assert relaxed is not None and "Quantization of Language Models" in relaxed.without
    assert titles.index("Adapters and Quantization Together") > 0


def test_a_slip_finds_the_word_that_was_meant() -> None:
    for slip in ("quantizaton", "quantizatoin", "quantixation"):
        titles, relaxed = found(slip)
        assert titles and all("Quantization" in title for title in titles)
        assert relaxed is not None and relaxed.instead == {slip: ["quantization"]}


def test_strict_finds_only_papers_with_every_word() -> None:
    assert found("adapters quantization", strict=True) == (["Adapters and Quantization Together"], None)
    assert found("quantizaton", strict=True) == ([], None)


def test_a_page_of_papers_with_every_word_is_not_relaxed() -> None:
    titles, relaxed = found("language models")
    assert len(titles) == 31 and relaxed is None


def test_fields_phrases_negation_and_brackets_stay_hard() -> None:
    assert found("quantization adapters zyzzyva year:2020")[0] == []
    assert found('adapters zyzzyva "graph networks"')[0] == []
    assert "Adapters and Quantization Together" not in found("adapters translation zyzzyva -quantization")[0]
    assert found("zyzzyva (xyzzy or plugh)")[0] == []


def test_a_rare_word_weighs_more_than_common_ones() -> None:
    titles, _ = found("language models graph")
    assert titles[0] == "A Survey of Graph Networks" or "Graph" in titles[0]


def test_relaxing_says_what_it_did_in_one_line() -> None:
    _, relaxed = found("adapters quantizaton zyzzyva")
    assert relaxed is not None
    line = relaxed.line()
    assert "zyzzyva" in line and "quantization" in line and "\n" not in line
