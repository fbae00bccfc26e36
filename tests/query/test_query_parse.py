"""What query text means, and what a person reads when it means nothing."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from paperctl.errors import UsageError
from paperctl.query import parse
from paperctl.query.parse import parse_tree
from paperctl.query.tree import And, Node, Not, Or, Term
from paperctl.record.fields import NAMES


def word(value: str, field: str = "") -> Term:
    return Term(field, "begins", value)


@pytest.mark.parametrize(
    ("text", "tree"),
    [
        ("", And(())),
        ("   ", And(())),
        ("lora", word("lora")),
        ("low rank", And((word("low"), word("rank")))),
        ("low and rank", And((word("low"), word("rank")))),
        ('"low rank"', Term("", "phrase", "low rank")),
        ("“low rank”", Term("", "phrase", "low rank")),
        ("„low rank“", Term("", "phrase", "low rank")),
        ('"“Why” me?"', Term("", "phrase", "“Why” me?")),
        ("12” tall", And((word("12”"), word("tall")))),
        (r'"say \"a\" \\ b\d"', Term("", "phrase", r'say "a" \ b\d')),
        ("title:lora", word("lora", "title")),
        ("Title:lora", word("lora", "title")),
        ("authors:hu", word("hu", "author")),
        ('title:"low rank"', Term("title", "phrase", "low rank")),
        ('title:="low rank"', Term("title", "exact", "low rank")),
        ("venue:=ICLR", Term("venue", "exact", "ICLR")),
        (r"title:~(q|x)?lora\b", Term("title", "regex", r"(q|x)?lora\b")),
        (r"title:~\(a\)", Term("title", "regex", r"\(a\)")),
        ("(title:~a)", Term("title", "regex", "a")),
        ("-lora", Not(word("lora"))),
        ("not lora", Not(word("lora"))),
        ("-(a b)", Not(And((word("a"), word("b"))))),
        ("a or b c", Or((word("a"), And((word("b"), word("c")))))),
        ("(a or b) c", And((Or((word("a"), word("b"))), word("c")))),
        ("A OR B", Or((word("A"), word("B")))),
        ("a NOT b", And((word("a"), Not(word("b"))))),
        ("not not a", word("a")),
        ('"or" "not"', And((Term("", "phrase", "or"), Term("", "phrase", "not")))),
        ("LoRA: low-rank", And((word("LoRA:"), word("low-rank")))),
        ("(LoRA:)", word("LoRA:")),
        ("a - b & c", And((word("a"), word("b"), word("c")))),
        ("O(n) time", And((word("O(n)"), word("time")))),
        ("extra.Status:poster", word("poster", "extra.Status")),
        ("https://example.org/a", word("https://example.org/a", "url")),
        ("topic:peft,quantization", word("peft,quantization", "topic")),
    ],
)
def test_text_means_tree(text: str, tree: Node) -> None:
    assert parse_tree(text) == tree


@pytest.mark.parametrize(
    ("text", "says", "under"),
    [
        ("titel:lora", "did you mean title?", "titel"),
        ("lora autor:hu", "did you mean author?", "autor"),
        ("(lora", "never closed", "("),
        ("a (b (c)", "never closed", "("),
        ("lora)", "never opened", ")"),
        (")", "never opened", ")"),
        ("()", "nothing between", ")"),
        ('title:"low rank', "quote is never closed", '"'),
        ("a or", "after it", "or"),
        ("or a", "both sides", "or"),
        ("a or or b", "after it", "or"),
        ("not", "after it", "not"),
        ("title:= x", "no value", "title:="),
        ('title:""', "no value", 'title:""'),
        ("title:(a or b)", "not a bracket", "("),
        ("lora load:", "no value", "load:"),
        ("(year:) lora", "no value", "year:"),
        ("title:!!", "no letter or digit", "!!"),
        ("???", "nothing to look for", "???"),
        ("year:soon", "not something to compare year with", "soon"),
        ("year:2024..2022", "ends before it begins", "2024..2022"),
        ("year:..", "not something to compare", ".."),
        ("year:2020,x", "not something to compare", "x"),
        ("added:2026-02-30", "no 2026-02-30 in the calendar", "2026-02-30"),
        ("added:-99999y", "outside the calendar", "-99999y"),
        ("topic:pfet", "did you mean peft?", "pfet"),
        ("topic:llm,pfet", "did you mean peft?", "pfet"),
        ("topic:llm,,peft", "between these commas", ""),
        ("decision:kep", "did you mean keep?", "kep"),
        ("has:codes", "did you mean code?", "codes"),
        ("no:cod", "did you mean code?", "cod"),
        ("title:~(a+)+$", "could take too long", "(a+)+$"),
        ("title:~[a", "not a regular expression", "[a"),
    ],
)
def test_a_bad_query_shows_the_caret_under_its_fault(text: str, says: str, under: str) -> None:
    with pytest.raises(UsageError) as caught:
        parse(text, topics=["peft", "llm"])
    message, query, carets = caught.value.message.split("\n")
    assert says in message
    assert query == "  " + text
    assert set(carets) == {" ", "^"}
    assert query[carets.index("^") : carets.rindex("^") + 1].startswith(under)
    assert carets.count("^") == max(1, len(under))
    assert caught.value.status == 2


def test_the_caret_stands_under_wide_characters() -> None:
    with pytest.raises(UsageError) as caught:
        parse("深度学习 titel:lora")
    _, query, carets = caught.value.message.split("\n")
    assert query.index("titel") == 2 + 4 + 1
    assert carets.index("^") == 2 + 4 * 2 + 1


def test_a_long_query_is_shown_around_its_fault() -> None:
    with pytest.raises(UsageError) as caught:
        parse("lora " * 50 + "titel:x" + " rank" * 50)
    _, query, carets = caught.value.message.split("\n")
    assert len(query) < 80
    assert query[carets.index("^") : carets.rindex("^") + 1] == "titel"


def test_deep_brackets_are_refused_without_a_crash() -> None:
    with pytest.raises(UsageError, match="deep"):
        parse("(" * 100_000 + "a")
    assert parse("not " * 9_999 + "a").tree == Not(word("a"))


@pytest.mark.parametrize(
    ("text", "option"),
    [("lora sort:-year", "--sort -year"), ("limit:20", "--limit 20"), ("order:title a", "--sort title")],
)
def test_what_is_an_option_here_is_named(text: str, option: str) -> None:
    with pytest.raises(UsageError) as fault:
        parse(text)
    assert fault.value.hint == f"the option: {option}"


def test_an_unknown_field_offers_the_way_to_mean_the_text() -> None:
    with pytest.raises(UsageError) as caught:
        parse("Attention:all-you-need")
    assert '"Attention:all-you-need"' in (caught.value.hint or "")


def test_topics_are_only_checked_where_they_are_known() -> None:
    assert parse("topic:anything").topics == parse("topic:anything", topics=["anything"]).topics
    assert parse("topic:efficiency", topics=["efficiency/vit"]).topics
    with pytest.raises(UsageError):
        parse("topic:anything", topics=["efficiency/vit"])


# ---- properties -------------------------------------------------------------------------------

_PLAIN = st.text("abcxyzé9-.深", min_size=1, max_size=6).filter(
    lambda t: any(c.isalnum() for c in t) and t[0] != "-" and t.lower() not in ("or", "and", "not")
)
_ANY_TEXT = st.text(max_size=8).filter(lambda t: t.strip() != "")
_ANYWHERE = st.builds(Term, st.just(""), st.just("begins"), _PLAIN) | st.builds(
    Term, st.just(""), st.just("phrase"), _ANY_TEXT
)
_FIELD = st.sampled_from([*NAMES, "extra.A-b"])
_IN_FIELD = st.builds(Term, _FIELD, st.just("begins"), _PLAIN) | st.builds(
    Term, _FIELD, st.sampled_from(["phrase", "exact", "regex"]), _ANY_TEXT
)
TREES: st.SearchStrategy[Node] = st.recursive(
    _ANYWHERE | _IN_FIELD,
    lambda inner: (
        inner.map(Not)
        | st.lists(inner, min_size=2, max_size=3).map(lambda parts: And(tuple(parts)))
        | st.lists(inner, min_size=2, max_size=3).map(lambda parts: Or(tuple(parts)))
    ),
    max_leaves=8,
)


@settings(max_examples=300, deadline=None)
@given(TREES)
def test_a_tree_written_out_reads_back_as_itself(tree: Node) -> None:
    assert parse_tree(str(tree)) == tree


_PIECES = st.sampled_from(
    [
        *'()"-,:=~<>.\\ ',
        *(" or ", " not ", "title:", "year:", "added:", "topic:", "has:", "id:", "~", "2022", ".."),
        *(
            "-7d",
            "深",
            "\x1b",
            "\ud800",
            "a+",
            "extra.x:",
            "[",
            "{2}",
            "decision:",
            "“",
            "”",
            "source:",
            "author:",
        ),
    ]
)


@settings(max_examples=500, deadline=None)
@given(st.lists(_PIECES | st.text(max_size=3), max_size=12).map("".join))
def test_any_text_is_a_query_or_a_usage_error(text: str) -> None:
    try:
        query = parse(text, topics=["peft"])
    except UsageError as error:
        assert "^" in error.message
    else:
        assert query.matches({}) in (True, False)
