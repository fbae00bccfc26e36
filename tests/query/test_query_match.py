"""Which papers a query finds."""

from __future__ import annotations

import json
from datetime import UTC, datetime, timedelta, timezone
from typing import Any

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from paperctl.errors import UsageError
from paperctl.query import parse
from paperctl.query.tree import And, Node, Not, Or, Term
from paperctl.record.fields import ANYWHERE
from paperctl.record.values import texts
from paperctl.text.alike import alike
from paperctl.text.fold import fold

NOW = datetime(2026, 3, 31, 15, 30, tzinfo=UTC)

PAPER: Any = {
    "id": "5f1c09ab77e2",
    "title": "Fine-Tuning Naïve Bayes: An Émigré's Guide to LoRA",
    "abstract": "We tune few parameters. Low-rank\nmatrices are enough for question answering.",
    "authors": ["Zoë Ångström", "Wei-Lin Chen", "José de la Cruz", "Edward J. Hu", "李 明"],
    "year": 2023,
    "venue": "NeurIPS",
    "doi": "10.5555/ABC.123",
    "arxiv_id": "2303.01234",
    "url": "https://example.org/papers/guide",
    "code_urls": ["https://code.example.org/zoe/guide"],
    "has_code": True,
    "keywords": ["adapters", "language models"],
    "extra": {
        "Status": "Spotlight poster",
        "included": "1",
        "score": 6.25,
        "flags": ["a b", "c"],
        "deep": {"x": 3},
    },
    "topics": ["peft", "efficiency/vit", "Foundation models"],
    "topic_scores": {"peft": 4.0},
    "decision": "keep",
    "note": "compare with the baseline",
    "added": "2026-03-29T23:30:00Z",
    "versions": [],
    "sources": [
        {
            "file": "dumps/March 2026.bib",
            "format": "bibtex",
            "lines": [1, 9],
            "key": "angstrom23",
            "title": "x",
        },
        {
            "file": "page.txt",
            "format": "hf-daily",
            "lines": [4, 5],
            "key": None,
            "title": "x",
            "id": "77aa00bb11cc",
        },
    ],
    "schema": 1,
}
BARE: Any = {
    "id": "0011aabbccdd",
    "title": "Editorial",
    "abstract": None,
    "authors": [],
    "year": None,
    "venue": None,
    "doi": None,
    "arxiv_id": None,
    "url": None,
    "code_urls": [],
    "has_code": False,
    "keywords": [],
    "extra": {},
    "topics": [],
    "topic_scores": {},
    "decision": None,
    "note": None,
    "added": None,
    "versions": [],
    "sources": [],
    "schema": 1,
}


def having(paper: Any, **fields: Any) -> Any:
    """The paper with other values of these fields."""
    return {**paper, **fields}


@pytest.mark.parametrize(
    "text",
    [
        "",
        # words: the beginning of a word, case and accents aside
        "lora",
        "LORA",
        "naive",
        "NAÏVE",
        "emigre",
        "para",
        "zoe angstrom",
        "neurips",
        "adapter",
        "baseline",
        "matrices",
        # words of several parts are phrases, the last may be a beginning
        "fine-tuning",
        "fine-tun",
        "low-rank",
        "émigré's",
        '"low rank matrices"',
        '"Low-Rank"',
        # scripts without blanks: a word may begin anywhere
        "李",
        # fields
        "title:guide",
        'title:"naive bayes"',
        "title:tun,nothing",
        "abstract:question",
        "keyword:models",
        'keyword:"language models"',
        "keywords:=Adapters",
        "venue:=neurips",
        "venue:iclr,neurips",
        "note:compare",
        "doi:10.5555/abc.123",
        "doi:10.5555",
        "arxiv:2303.01234",
        "arxiv_id:2303.01234v2",
        "url:example.org/papers",
        "https://example.org/papers/guide",
        "https://code.example.org/zoe",
        "code:zoe/guide",
        'title:="Fine-tuning naive Bayes: an emigre\'s guide to lora"',
        # people: words of one name, in any order
        'author:"Hu, Edward"',
        'author:"E Hu"',
        "author:cruz-jose",
        "author:chen",
        "author:nobody,hu",
        'author:="Hu, Edward J."',
        # patterns
        "title:~l[ou]ra",
        "title:~^fine",
        "title:~lora$",
        "title:~naïve",
        'abstract:~"\\blow.rank\\b"',
        "author:~^zoe",
        "year:~^20",
        "topic:~vit$",
        "extra.status:~poster",
        # numbers and days
        "year:2023",
        "year:=2023",
        "year:2022..2024",
        "year:2023..2023",
        "year:2023..",
        "year:..2023",
        "year:>=2023",
        "year:<=2023",
        "year:>2022",
        "year:<2024",
        "year:1999,2023",
        "added:2026-03-29",
        "added:2026-03",
        "added:2026",
        "added:-7d..",
        "added:-7d",
        "added:-2d",
        "added:-1w..",
        "added:-3m..",
        "added:-1y..today",
        "added:..yesterday",
        "added:<today",
        "added:>=2026-03-29",
        "added:2026-03-01..2026-03-29",
        # labels
        "topic:peft",
        "topic:PEFT",
        "topic:efficiency",
        "topic:efficiency/vit",
        "topic:=efficiency/vit",
        "topic:foundation-models",
        'topic:"foundation models"',
        "topic:none,peft",
        "decision:keep",
        "decision:kept,maybe",
        "format:bibtex",
        "key:angstrom23",
        "source:march",
        'source:"March 2026.bib"',
        "source:dumps/",
        'source:="march 2026.bib"',
        "source:=page.txt",
        # ids
        "id:5f1c",
        "id:5F1C09",
        "id:=5f1c09ab77e2",
        "id:10.5555/abc.123",
        "id:2303.01234v3",
        "id:ffff,5f1c",
        "id:77aa",
        # a dump's own columns
        "extra.status:poster",
        "extra.Status:spot",
        "extra.included:1",
        "extra.included:=1",
        "extra.score:>6",
        "extra.score:6..7",
        "extra.score:6.25",
        "extra.flags:a-b",
        'extra.flags:"c"',
        "extra.deep.x:3",
        # presence
        "has:code",
        "has:abstract,doi",
        "has:url has:note has:topic has:decision has:extra.status",
        "no:version",
        "no:extra.nothing",
        # together
        "lora or nothing",
        "lora -nothing",
        # other spellings of a word, and words written as one or apart
        "adapters",
        "keyword:adapters",
        "guides",
        "matrix",
        "answerings",
        "finetuning",
        "fine tuning",
        "lowrank",
        "low-ranks",
        "title:finetuning",
        "language-model",
        "not (nothing or neither)",
        "LoRA: low-rank",
        "-decision:skip",
    ],
)
def test_found(text: str) -> None:
    assert parse(text, now=NOW).matches(PAPER)


@pytest.mark.parametrize(
    "text",
    [
        "ora",
        "nothing",
        "lora nothing",
        "tuning-fine",
        '"low ran"',
        '"guide lora"',
        "rank-low",
        # a phrase does not reach from one value to the next
        '"adapters language"',
        '"chen jose"',
        "abstract:lora",
        "title:matrices",
        'title:"naive baye"',
        "title:=LoRA",
        "keyword:=language",
        "doi:5555/abc.124",
        "arxiv:2303.01235",
        "code:papers",
        "venue:iclr,icml",
        'author:"Edward Chen"',
        'author:"Edw Hu"',
        'author:="Edward Hu"',
        "title:~^lora",
        "year:2022",
        "year:>2023",
        "year:<2023",
        "year:2024..",
        "year:..2022",
        "added:today",
        "added:yesterday",
        "added:-1d..",
        "added:2026-02",
        "added:..2026-03-28",
        "topic:vit",
        "topic:=efficiency",
        "topic:eff",
        "topic:quantization",
        "decision:skip,maybe",
        "decision:none",
        "decision:unscreened",
        "format:bib",
        "source:april",
        "source:=bib",
        "id:f1c",
        "id:=5f1c",
        "extra.included:10",
        "extra.included:>=2",
        "extra.score:>7",
        "extra.status:1..2",
        "extra.nothing:x",
        "has:version",
        "no:code",
        "no:topic",
        "no:abstract",
        "-lora",
        "nothing or neither",
        "-(lora or nothing)",
        # what is quoted, exact or a pattern stays as it is
        '"adapter"',
        "keyword:=adapter",
        'title:"finetuning"',
        "title:~finetuning",
        "author:chens",
        # letters in a row are not the same word
        "tuningnaive-bayes",
        "weare",
    ],
)
def test_not_found(text: str) -> None:
    assert not parse(text, now=NOW).matches(PAPER)


@pytest.mark.parametrize(
    "text",
    ["no:abstract", "no:topic", "no:code", "no:year", "decision:none", "decision:unscreened", "-year:2023"],
)
def test_a_paper_that_knows_nothing_is_found_by_what_it_lacks(text: str) -> None:
    assert parse(text).matches(BARE)
    assert not parse(text).matches(PAPER)


def test_days_begin_where_the_person_is() -> None:
    # Half past eleven in the evening of the 29th in Greenwich is the 30th in Tokyo.
    tokyo = NOW.astimezone(timezone(timedelta(hours=9)))
    assert parse("added:2026-03-30", now=tokyo).matches(PAPER)
    assert not parse("added:2026-03-29", now=tokyo).matches(PAPER)


def test_a_month_back_from_its_last_day_is_the_last_day_of_a_shorter_one() -> None:
    query = parse("added:-1m..", now=NOW)
    assert query.matches(having(PAPER, added="2026-02-28T01:00:00Z"))
    assert not query.matches(having(PAPER, added="2026-02-27T01:00:00Z"))


def test_words_beyond_ascii_are_found_in_text_without_blanks() -> None:
    paper = having(BARE, title="大语言模型的参数高效微调")
    assert parse("微调").matches(paper)
    assert parse('"语言模型"').matches(paper)
    assert not parse("模型语言").matches(paper)


def test_a_store_edited_by_hand_does_not_stop_a_query() -> None:
    odd: Any = {
        "title": 7,
        "authors": "one name",
        "year": "2023",
        "topics": None,
        "extra": [],
        "sources": "x",
        "added": 3,
    }
    for text in (
        "a",
        "author:one",
        "year:2023",
        "topic:x",
        "extra.a:b",
        "source:x",
        "added:2026",
        "has:code",
        "-x",
    ):
        assert parse(text).matches(odd) in (True, False)


@pytest.mark.parametrize(
    "pattern", ["(a+)+$", "(a|a)*b", r"(\w+\s?)*$", "(x+x+)+y", "a*a*a*b", r"(.*a){20}", "((a*)*)*"]
)
def test_a_pattern_that_could_run_away_is_refused(pattern: str) -> None:
    with pytest.raises(UsageError, match="could take too long"):
        parse(f'title:~"{pattern}"'.replace("\\", "\\\\"))


@pytest.mark.parametrize("pattern", [r"(a)\\1", "a(?=b)", "(?<!a)b", "(?>a)b", "a++", "a" * 301])
def test_a_pattern_whose_time_nobody_can_tell_is_refused(pattern: str) -> None:
    with pytest.raises(UsageError, match="pattern"):
        parse(f'title:~"{pattern}"')


@pytest.mark.parametrize(
    ("pattern", "text"),
    [
        (r"\d+\s*shot", "in 16 shots"),
        (r"(few|zero|\d+)[- ]shot", "Zero-shot"),
        (r"\w+-\w+ tuning", "delta-prompt tuning"),
        ("quanti[sz](e|ation)", "Quantisation"),
        (r"^a .* for .+$", "A method for all"),
        ("(?:ab|ac)+d", "abacd"),
        (".*lora", "QLoRA"),
        (r"\b[7-9]0?b\b", "70B"),
    ],
)
def test_patterns_that_people_write_run(pattern: str, text: str) -> None:
    query = parse("title:~" + f'"{pattern}"'.replace("\\", "\\\\"))
    assert query.matches(having(BARE, title=text))
    assert not query.matches(BARE)


# ---- properties -------------------------------------------------------------------------------

_WORDS = st.sampled_from(
    ["lora", "low", "rank", "low-rank", "naïve", "Zoe", "a", "学习", "fine tuning", "ö", "ﬁne", "½"]
)
_PROSE = st.lists(_WORDS | st.text(max_size=4), max_size=6).map(" ".join)
RECORDS = st.builds(
    lambda **known: {**BARE, **known},
    title=_PROSE,
    abstract=st.none() | _PROSE,
    authors=st.lists(_PROSE, max_size=2),
    keywords=st.lists(_PROSE, max_size=2),
    venue=st.none() | _PROSE,
    note=st.none() | _PROSE,
    year=st.none() | st.integers(2019, 2024),
    topics=st.lists(st.sampled_from(["peft", "llm", "efficiency/vit"]), max_size=2),
)
_TEXT_TERMS = st.builds(
    Term,
    st.sampled_from(["", "title", "abstract", "keyword", "venue"]),
    st.sampled_from(["begins", "phrase"]),
    _WORDS.filter(lambda w: " " not in w),
)
_TERMS = _TEXT_TERMS | st.sampled_from(
    [Term("topic", "begins", "peft"), Term("year", "begins", "2021.."), Term("has", "begins", "abstract")]
)
_TREES: st.SearchStrategy[Node] = st.recursive(
    _TERMS,
    lambda inner: (
        inner.map(Not)
        | st.lists(inner, min_size=2, max_size=3).map(lambda parts: And(tuple(parts)))
        | st.lists(inner, min_size=2, max_size=3).map(lambda parts: Or(tuple(parts)))
    ),
    max_leaves=6,
)


def found(tree: Node, record: Any) -> bool:
    return parse(str(tree)).matches(record)


def _naive(term: Term, record: Any) -> bool:
    """What a word means, said the slow way: words in a row, the last one whole or begun."""
    wanted = fold(term.value).split()
    for field in (term.field,) if term.field else ANYWHERE:
        for value in texts(record, field):
            words = fold(value).split()
            for i in range(len(words) - len(wanted) + 1):
                here = words[i : i + len(wanted)]
                if here == wanted:
                    return True
                if term.how != "phrase" and here[-1].startswith(wanted[-1]) and here[:-1] == wanted[:-1]:
                    return True
                if term.how != "phrase" and list(map(alike, here)) == list(map(alike, wanted)):
                    return True
    return False


@settings(max_examples=300, deadline=None)
@given(_TEXT_TERMS, RECORDS)
def test_a_word_is_found_where_a_slow_reading_finds_it(term: Term, record: Any) -> None:
    assume("学习" not in term.value)
    assert found(term, record) == _naive(term, record)


@settings(max_examples=200, deadline=None)
@given(_TREES, _TREES, RECORDS)
def test_and_or_not_mean_what_logic_says(a: Node, b: Node, record: Any) -> None:
    in_a, in_b = found(a, record), found(b, record)
    assert found(And((a, b)), record) == (in_a and in_b)
    assert found(Or((a, b)), record) == (in_a or in_b)
    assert found(Not(a), record) == (not in_a)
    assert found(Not(Or((a, b))), record) == found(And((Not(a), Not(b))), record)


@settings(max_examples=300, deadline=None)
@given(_TREES, RECORDS)
def test_needles_are_in_every_plain_line_whose_record_matches(tree: Node, record: Any) -> None:
    line = json.dumps(record, ensure_ascii=False).encode("utf-8", "surrogatepass")
    query = parse(str(tree))
    if line.isascii() and b"\\u" not in line and query.matches(record):
        assert all(needle in line.lower() for needle in query.needles)


def test_needles_spare_most_lines() -> None:
    assert set(parse('"lora" title:"low-rank" -"survey"').needles) == {b"lora", b"low", b"rank"}
    for text in ("lora or peft", "-lora", "title:~lora", "topic:peft", "note:x", "title:a,b"):
        assert not parse(text).needles


def test_terms_are_what_the_query_asks_for_not_what_it_refuses() -> None:
    found = parse('lora "low rank" -survey title:fine-tun author:"E Hu" year:2023').terms
    assert [(t.field, t.text, t.whole) for t in found] == [
        ("", "lora", False),
        ("", "low rank", True),
        ("title", "fine tun", False),
        ("author", "e", False),
        ("author", "hu", True),
    ]
