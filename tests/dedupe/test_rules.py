"""Every rule of deduplication on a pair of its own, beside near pairs that are another's.

The pairs stand in `rules_one_title.py`, `rules_other_titles.py` and `rules_thin_records.py`;
`test_every_rule_has_a_pair` asks the tables for their rules, so that a rule without a pair fails.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator

import pytest

from paperctl.deduplicate import verdict
from paperctl.deduplicate.judge import OBJECTIONS, TABLE
from paperctl.deduplicate.rule import Case, Table
from paperctl.deduplicate.rule import Rule as TableRule
from paperctl.deduplicate.thresholds import UNSUPPORTED_SCORE
from tests.dedupe import rules_one_title, rules_other_titles, rules_thin_records
from tests.dedupe.tide_mills import (
    ABSTRACT,
    BARE,
    HERE,
    KEEPERS,
    LATER,
    LETTERS,
    OWNERS,
    RENAMED,
    SUBTITLE,
    Near,
    Paper,
    Rule,
    ours,
    paper,
)

RULES = rules_one_title.RULES + rules_other_titles.RULES + rules_thin_records.RULES


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.why)
def test_a_rule_decides_its_pair(rule: Rule) -> None:
    for a, b in ((rule.a, rule.b), (rule.b, rule.a)):
        found = verdict(a, b)
        assert (found.kind, found.evidence[-1]) == (rule.kind, rule.reason)


@pytest.mark.parametrize(
    ("rule", "near"),
    [pytest.param(rule, near, id=f"{rule.why} - {near.why}") for rule in RULES for near in rule.near_misses],
)
def test_a_near_pair_is_another_rules(rule: Rule, near: Near) -> None:
    one = near.a or rule.a
    for a, b in ((one, near.b), (near.b, one)):
        found = verdict(a, b)
        assert found.kind == near.kind
        assert found.evidence[-1] != rule.reason


@pytest.mark.parametrize(
    ("why", "a", "b"),
    [
        ("one page", ours(KEEPERS, pages="88"), ours(LATER, pages="88")),
        ("one abstract", paper(KEEPERS, abstract=ABSTRACT), paper(OWNERS, abstract=ABSTRACT)),
        ("one identifier", ours(KEEPERS, doi="10.9999/jms.21"), paper(OWNERS, doi="10.9999/jms.21")),
        ("one volume", ours(SUBTITLE, **HERE), paper(BARE, volume="21")),
    ],
)
def test_a_doubtful_pair_that_something_supports_scores_more(why: str, a: Paper, b: Paper) -> None:
    found = verdict(a, b)
    assert found.kind == "maybe" and found.score > UNSUPPORTED_SCORE, why


@pytest.mark.parametrize(
    ("why", "a", "b"),
    [
        ("titles and people", ours(SUBTITLE), ours(BARE)),
        ("one venue and year", ours(KEEPERS, **LETTERS), ours(OWNERS, **LETTERS)),
        ("two issues of a volume", ours(**HERE, number="1"), ours(**HERE, number="4")),
        ("one page, but two titles", ours(KEEPERS, pages="88"), ours(RENAMED, pages="88")),
    ],
)
def test_a_doubtful_pair_of_two_titles_or_without_support_scores_one_half_at_most(
    why: str, a: Paper, b: Paper
) -> None:
    found = verdict(a, b)
    assert found.kind == "maybe" and found.score <= UNSUPPORTED_SCORE, why


def test_every_rule_has_a_pair() -> None:
    """Each rule of the tables has a pair, and a reason that two rules give has two."""
    objections = {id(rule): rule for table in OBJECTIONS.values() for rule in rules_of(table)}
    every = [*rules_of(TABLE), *objections.values()]
    written: Counter[tuple[str, str]] = Counter((rule.kind, _pattern(rule.reason)) for rule in every)
    assert written
    seen: Counter[tuple[str, str]] = Counter()
    for rule in RULES:
        fitting = [key for key in written if key[0] == rule.kind and re.fullmatch(key[1], rule.reason)]
        seen[max(fitting, key=lambda key: len(key[1]))] += 1
    assert not written - seen


def rules_of(table: Table) -> Iterator[TableRule]:
    for entry in table:
        if isinstance(entry, Case):
            yield from rules_of(entry.rules)
        else:
            yield entry


def _pattern(reason: str) -> str:
    """What a reason looks like when the parts that depend on the pair are filled in."""
    return ".+".join(re.escape(part) for part in re.split(r"\{[\w.]+\}", reason))
