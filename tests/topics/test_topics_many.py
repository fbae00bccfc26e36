"""Many papers at once are tagged by another way than single ones, and must get the same topics and scores."""

from __future__ import annotations

import random
from collections.abc import Callable
from typing import Any

import numpy  # noqa: F401  (once it is imported, many papers are looked through by arrays)
import pytest

from paperctl.topics import Rules, Tagging, load_rules, pack_names, tag
from paperctl.topics.spellings import beginnings, spellings
from paperctl.topics.words import plain

WRITTEN = """quantised quantizations modelling labelled labels behaviours colours favourites studies boxes
    caches passes analysis bus glass neighbouring organisers dies"""
BETWEEN = ["the", "on", "in", "neural network", "Ünïcode", "0.37", "σ-algebra", "A", "state of the art.", "7"]


def in_company(papers: list[Any], rules: Rules) -> list[Tagging]:
    """The taggings of papers that come behind so many others that the faster way is taken."""
    others: Any = [{"title": "A neural network"}] * 600
    return list(tag([*others, *papers], rules, processes=1))[len(others) :]


def alone(papers: list[Any], rules: Rules) -> list[Tagging]:
    return [next(tag([paper], rules)) for paper in papers]


def writings(cue: str, rng: random.Random) -> str:
    """A cue as papers may write it."""
    text = cue.replace(" + ", " with ").replace("*", rng.choice(["", "s", "ing", "ed", "ation"]))
    text = "".join(rng.choice("0123456789") if sign == "0" else sign for sign in text)
    british = [("iz", "is"), ("el", "ell"), ("vior", "viour")]
    for american, other in british if rng.random() < 0.3 else []:
        text = text.replace(american, other)
    shape = rng.choice(["{}", "{}s", "{}es", "({})", "{},", "{}.", "“{}”", "{}-based", "x{}"])
    cases: list[Callable[[str], str]] = [str, str, str.lower, str.title, str.upper, str.capitalize]
    return shape.format(rng.choice(cases)(text.replace(" ", rng.choice([" ", "-", "", "  "]))))


@pytest.mark.parametrize("seed", range(3))
def test_every_cue_however_it_is_written_counts_alike_among_many_papers(seed: int) -> None:
    rng = random.Random(seed)
    rules = load_rules(packs=pack_names())
    cues = [cue.text for topic in rules for cue in topic.cues]
    papers = []
    for cue in cues:
        words = [writings(cue, rng), *rng.sample(BETWEEN, 3), writings(rng.choice(cues), rng)]
        rng.shuffle(words)
        papers.append(
            {"title": writings(cue, rng), "abstract": f"We propose {' '.join(words)}. However, it is."}
        )
    found = in_company(papers, rules)
    assert found == alone(papers, rules)
    assert sum(bool(tagging.scores) for tagging in found) > len(papers) / 2


def test_words_of_a_users_cues_are_found_among_many_papers() -> None:
    cues = ["Größe", "modelling*", "colour map", "a + fully convolutional", "x" * 40, "IoT", "behaviour"]
    rules = load_rules({"mine": {"strong": cues}})
    written = [
        "größe",
        "GRÖSSE",
        "Modelings",
        "color-maps",
        "A fully-convolutional",
        "X" * 40,
        "IoTs",
        "iots",
    ]
    papers = [
        {"title": text, "abstract": f"{text} {text}"} for text in [*written, "colourmap", "behaviors", ""]
    ]
    papers += [{"title": "\x01 \x7f ?", "abstract": "¿ 龍 ."}, {"title": "", "abstract": "IoT" * 9}]
    found = in_company(papers, rules)
    assert found == alone(papers, rules)
    assert sum("mine" in tagging.topics for tagging in found) >= 8


@pytest.mark.parametrize(
    "word",
    WRITTEN.split(),
)
def test_every_written_word_is_among_the_spellings_of_what_it_means(word: str) -> None:
    assert word in spellings(plain(word))
    for length in range(3, len(plain(word)) + 1):
        assert word.startswith(tuple(beginnings(plain(word)[:length])))
