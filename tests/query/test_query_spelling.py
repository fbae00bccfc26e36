"""Which spellings of a word find each other."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from paperctl.query import parse
from paperctl.query.wording import joinable
from paperctl.text.alike import alike
from paperctl.text.fold import fold


def paper(title: str) -> Any:
    return {"id": "0011aabbccdd", "title": title, "abstract": None, "authors": [], "keywords": []}


def finds(query: str, title: str) -> bool:
    return parse(query).matches(paper(title))


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("quantisation", "quantization"),
        ("Optimisers", "optimizer"),
        ("colour", "colors"),
        ("behavioural", "behavioral"),
        ("modelling", "modeling"),
        ("labelled", "labeled"),
        ("centre", "centers"),
        ("analyse", "analyze"),
        ("catalogue", "catalogs"),
        ("anaemia", "anemia"),
        ("haemoglobin", "hemoglobin"),
        ("tumours", "tumor"),
        ("studies", "study"),
        ("boxes", "box"),
        ("caches", "cache"),
        ("losses", "loss"),
        ("biases", "bias"),
        ("viruses", "virus"),
        ("movies", "movie"),
        ("matrices", "matrix"),
        ("analyses", "analysis"),
        ("GPUs", "GPU"),
        ("pre-training", "pretraining"),
        ("pre-training", "pre training"),
        ("pretraining", "pre training"),
        ("pre-trainings", "pretraining"),
        ("GPT-4", "GPT4"),
        ("GPT 4", "GPT4"),
        ("3-D", "3D"),
        ("8-bits", "8bit"),
        ("co-operative", "cooperative"),
    ],
)
def test_spellings_of_one_word_find_each_other(one: str, other: str) -> None:
    assert finds(one, f"An {other} here")
    assert finds(other, f"An {one} here")


@pytest.mark.parametrize(
    ("query", "title"),
    [
        ("lens", "Length Counts"),
        ("case", "A Cascade"),
        ("format", "Pruning for Matrices"),
        ("news", "New Things"),
        ("bias", "A Bia"),
        ("gpt4", "GPT-3 and 4 More"),
        ("ion", "I On Fire"),
        ("pretraining", "Pre-Order Training"),
    ],
)
def test_other_words_do_not(query: str, title: str) -> None:
    assert not finds(query, title)


_LETTERS = st.text("abcdeghilmnoprstuxyz", min_size=4, max_size=9)
_ENDINGS = st.sampled_from(
    ["", "e", "er", "ing", "ed", "isation", "ise", "y", "our", "ll", "ch", "x", "tre", "sis"]
)
_WORD = st.builds(str.__add__, _LETTERS, _ENDINGS)


@settings(max_examples=300, deadline=None)
@given(_WORD)
def test_a_word_and_its_plural_find_each_other(word: str) -> None:
    assume(not word.endswith(("s", "u", "i")) and word == fold(word))
    if word.endswith("y"):
        plural = word[:-1] + "ies"
    elif word.endswith(("x", "z", "ch", "sh")):
        plural = word + "es"
    else:
        plural = word + "s"
    assert alike(word) == alike(plural)
    assert finds(plural, word) and finds(word, plural)


@settings(max_examples=200, deadline=None)
@given(_WORD, _WORD)
def test_words_written_as_one_and_apart_find_each_other(first: str, second: str) -> None:
    assume(joinable(first, second))
    for query in (first + second, f"{first}-{second}", f"{first} {second}"):
        for title in (first + second, f"{first}-{second}", f"{first} {second}"):
            assert finds(query, title)


@settings(max_examples=300, deadline=None)
@given(_WORD, st.integers(1, 12))
def test_the_beginning_of_a_word_still_finds_it(word: str, length: int) -> None:
    beginning = word[:length]
    assume(beginning not in ("or", "and", "not"))
    assert finds(beginning, word)


@settings(max_examples=200, deadline=None)
@given(st.lists(_WORD, min_size=1, max_size=6))
def test_every_paper_is_found_by_its_own_title(words: list[str]) -> None:
    assume(not {"or", "and", "not"} & set(words))
    assert finds(" ".join(words), " ".join(words))


@pytest.mark.parametrize("query", ["gpt4", "gpt-4", "gpt 4", "GPT4"])
@pytest.mark.parametrize("title", ["GPT-4o Speaks", "GPT4V Sees", "GPT 4.1 Reads", "A GPT-4", "What gpt4 Is"])
def test_a_number_behind_letters_stands_with_them_or_apart(query: str, title: str) -> None:
    assert finds(query, title)


def test_letters_behind_a_number_are_whole_where_they_stand_apart() -> None:
    assert finds("4o", "GPT-4o Speaks") and finds("4o", "GPT 4 o")
    assert not finds("4o", "4 of Them")
