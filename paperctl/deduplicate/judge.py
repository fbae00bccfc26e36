"""Whether two records are one work: duplicate, version, maybe or distinct, and on what evidence.

Titles propose, the other fields dispose. A false merge hides a paper, a miss shows one twice; so
whatever contradicts (other people, other pages, another number in the title) speaks louder than
what agrees. The rules stand in tables in `rules_*.py`; docs/deduplication.md sums them up.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from paperctl.deduplicate import evidence, thresholds
from paperctl.deduplicate.comparison import Comparison
from paperctl.deduplicate.rule import Case, Decision, Kind, Table, first, rule
from paperctl.deduplicate.rules_one_title import (
    DEPOSITS,
    GENERIC,
    ONE_IDENTIFIER,
    ONE_TITLE,
    OTHER_PEOPLE,
    VETOED,
    other_people,
)
from paperctl.deduplicate.rules_other_titles import LONGER_TITLE, NEAR_TITLE, ONE_PAGE, OTHER_TITLE
from paperctl.record import Paper


@dataclass(slots=True, frozen=True)
class Verdict:
    """What two records are to each other.

    `score` 0..1 is how far the known fields agree; a maybe scores one half at most if the titles are two or
    neither place nor abstract nor identifier supports them. `evidence` names in words and numbers which
    fields agreed, which did not, and which rule decided (last).
    """

    kind: Kind
    score: float
    evidence: tuple[str, ...]


Judged = tuple[int, int, Verdict]
"""Two records by their index, and what they are to each other."""


def verdict(a: Paper, b: Paper) -> Verdict:
    """Judge a pair of records (mappings with the keys of `record.FACTS`). Pure and symmetric."""
    c = Comparison(a, b)
    return _verdict(c, *decide(c))


def verdict_if_any(a: Paper, b: Paper) -> Verdict | None:
    """The same, but None for distinct records, which needs only the fields in which they differ."""
    c = Comparison(a, b)
    kind, reason = decide(c)
    return None if kind == "distinct" else _verdict(c, kind, reason)


def _verdict(c: Comparison, kind: Kind, reason: str) -> Verdict:
    score = evidence.score(c)
    if kind == "maybe" and (c.title.relation == "other" or not c.supported):
        score = min(score, thresholds.UNSUPPORTED_SCORE)
    return Verdict(kind, score, (*evidence.in_words(c), reason))


TABLE: Table = (
    *DEPOSITS,
    Case(lambda c: bool(c.title.veto), VETOED),
    Case(lambda c: c.same_id, ONE_IDENTIFIER),
    Case(other_people, OTHER_PEOPLE),
    Case(lambda c: c.generic, GENERIC),
    Case(lambda c: c.title.relation == "same", ONE_TITLE),
    *ONE_PAGE,
    Case(lambda c: c.title.relation in ("part", "added"), LONGER_TITLE),
    Case(lambda c: c.title.relation == "near", NEAR_TITLE),
    *OTHER_TITLE,
)
"""The rules, strongest first; the last one holds of every pair."""


@rule("maybe", "veto: the numbers of two registered trials, though an identifier agrees")
def two_trials_with_one_id(c: Comparison) -> bool:
    return c.trial == "other" and c.same_id


@rule("distinct", "veto: the numbers of two registered trials")
def two_trials(c: Comparison) -> bool:
    return c.trial == "other"


@rule("maybe", "titles alike but for what may be a slip or two things ({title.doubt})")
def doubtful_slip(c: Comparison) -> bool:
    if not c.title.doubt:
        return False
    proven = c.same_id or c.one_text or c.whole_range
    outvoted = c.slip_outvoted and not c.title.turned
    return c.two_abstracts or not (proven or outvoted)


@rule("maybe", "alike, but under two numbers of PubMed")
def two_pubmed_numbers(c: Comparison) -> bool:
    return c.pmid == "other"


@rule("maybe", "one title has only a date more, as the issues of a column do")
def dated(c: Comparison) -> bool:
    return c.title.dated and not c.supported


@rule("distinct", "two issues of a column: one title has only a date more")
def issues_of_a_column(c: Comparison) -> bool:
    return c.title.dated


OBJECTIONS: Mapping[Kind, Table] = {
    "duplicate": (two_trials_with_one_id, two_trials, doubtful_slip, two_pubmed_numbers, dated),
    "version": (two_trials_with_one_id, two_trials, issues_of_a_column),
    "maybe": (two_trials_with_one_id, two_trials),
    "distinct": (),
}
"""What may speak against what the rules found a pair to be."""


def decide(c: Comparison) -> Decision:
    """What a pair is, and the reason of the rule that decided."""
    found = first(TABLE, c)
    if found is None:
        raise LookupError("the last rule of the table holds of every pair")
    return first(OBJECTIONS[found[0]], c) or found
