"""Every rule of docs/deduplication.md, step 3, on a pair of its own, beside a near pair that is another's.

`test_every_rule_has_a_pair` reads the rules from the source, so that a rule without a pair fails.
"""

from __future__ import annotations

import ast
import inspect
import re
from collections import Counter
from typing import Any, NamedTuple

import pytest

from paperctl.dedupe import judge, verdict
from paperctl.record import FACTS

Paper = dict[str, Any]


class Rule(NamedTuple):
    """A pair that a rule decides, `a` and `b`; of `a` and `near_miss` another rule says something else."""

    why: str
    kind: str
    reason: str
    a: Paper
    b: Paper
    near_miss: Paper


PLACE = ("volume", "number", "pages", "pmid")

WALLS = "The walls were surveyed by boat at forty sites, and old leases were read for the names of tenants. "
RENT = "Rents fell by half once steam reached the valley, yet most wheels turned for another thirty years. "
SILT = "Silt, not coal, ended the trade: ponds that nobody dredged held too little water for one tide. "
LAST = "We date the last grinding at each site to within five years and map what is left above the shore."
ABSTRACT = WALLS + RENT + SILT + LAST
MOST = WALLS + RENT + SILT + "A list of the stones that are still in place is given for the use of wardens."
HALF = (
    WALLS
    + "The sluices opened inward, and the sea closed them. Each wheel had two keepers, who slept in turn. "
    + "Children carried the sacks, as school books of absence show, and were paid in flour on Saturdays. "
    + "Their letters, found in a chapel, tell of floods, of eels and of a ghost who kept the sluice gate."
)
OTHER = (
    "Eels climb a bristle mat at night. Counted by camera in three rivers, more passed on the ebb than on "
    "flood, and none by moonlight; brushes of two widths did equally well for fish below a hand in length."
)

KEEPERS = "Tide mills of the northern coast and their keepers"
OWNERS = "Tide mills of the northern coast and their owners"  # a word exchanged: near
LATER = "Tide mills of the northern coast and their forgotten keepers"  # a word more: added
BARE = "Tide mills of the northern coast"
SUBTITLE = "Tide mills of the northern coast: who kept the sluice gate"  # BARE is a part of it
RENAMED = "Grinding by the moon"
GERMAN = "Gezeitenmühlen und ihre Hüter"
PEOPLE = ["Nora Quist", "Pavel Hron", "Aisha Bello"]
STRANGERS = ["Greta Lund", "Otis Vane"]
SOME = ["Aisha Bello", "Greta Lund", "Otis Vane"]
HERE: Paper = {"venue": "Journal of Mill Studies", "year": 2016, "volume": "21"}
PAGES: Paper = {**HERE, "pages": "88-104"}
ELSEWHERE: Paper = {**HERE, "pages": "402-419"}


def paper(title: str = KEEPERS, **facts: Any) -> Paper:
    extra = {name: facts.pop(name) for name in PLACE if name in facts}
    return {**FACTS, "title": title, "extra": extra, **facts}


def ours(title: str = KEEPERS, **facts: Any) -> Paper:
    return paper(title, authors=PEOPLE, **facts)


NUMBERED = [
    Rule(
        "two trials that share a title, as registers list them",
        "distinct",
        "veto: the numbers of two registered trials",
        paper(url="https://trials.example/NCT01234567"),
        paper(url="https://trials.example/NCT07654321"),
        paper(url="https://register.example/nct01234567"),
    ),
    Rule(
        "an article that PubMed seems to list twice",
        "maybe",
        "alike, but under two numbers of PubMed",
        ours(**HERE, pmid="30000001"),
        ours(**HERE, pmid="30000002"),
        ours(**HERE, pmid="30000001"),
    ),
]

SLIPS = [
    Rule(
        "a letter exchanged makes another word as often as a slip",
        "maybe",
        "titles alike but for what may be a slip or two things (nitrate / nitrite)",
        ours("Nitrate in the ponds of tide mills", **HERE),
        ours("Nitrite in the ponds of tide mills", **HERE),
        ours("Nitrates in the ponds of tide mills", **HERE),
    ),
    Rule(
        "the same slip, and abstracts that are two",
        "maybe",
        "titles alike but for what may be a slip or two things (nitrate / nitrite)",
        ours("Nitrate in the ponds of tide mills", doi="10.9999/jms.4", abstract=ABSTRACT),
        ours("Nitrite in the ponds of tide mills", doi="10.9999/jms.4", abstract=HALF),
        ours("Nitrite in the ponds of tide mills", doi="10.9999/jms.4"),
    ),
]

VETOES = [
    Rule(
        "a slip in a number on the same pages",
        "duplicate",
        "one place and the same people; a slip in the title (numbers differ: 1 / 2)",
        ours("Keepers of the tide mills, part I", **PAGES),
        ours("Keepers of the tide mills, part II", **PAGES),
        paper("Keepers of the tide mills, part II", **PAGES),
    ),
    Rule(
        "an identifier and an abstract that both parts were given",
        "maybe",
        "veto: numbers differ: 1 / 2, though identifier and abstract agree",
        ours("Keepers of the tide mills, part I", doi="10.9999/jms.7", abstract=ABSTRACT),
        ours("Keepers of the tide mills, part II", doi="10.9999/jms.7", abstract=ABSTRACT),
        ours("Keepers of the tide mills, part II", doi="10.9999/jms.7"),
    ),
    Rule(
        "two parts of one study",
        "distinct",
        "veto: numbers differ: 2 / 3",
        ours("Keepers of the tide mills, part II", **HERE),
        ours("Keepers of the tide mills, part III", **HERE),
        ours("Keepers of the tide mills, part 2", **HERE),
    ),
]

OTHER_PEOPLE = [
    Rule(
        "an editor stands for the authors",
        "duplicate",
        "one title on the same pages; one record names a group, an editor or nobody right",
        ours(**PAGES),
        paper(authors=STRANGERS, **PAGES),
        paper(authors=STRANGERS, **{**PAGES, "pages": "88-89"}),
    ),
    Rule(
        "one title on one page by other people",
        "maybe",
        "veto: no author in common, though title and place or abstract agree",
        ours(**HERE, pages="88"),
        paper(authors=STRANGERS, **HERE, pages="88"),
        paper(authors=STRANGERS, **HERE, pages="90"),
    ),
    Rule(
        "one title and abstract by other people",
        "maybe",
        "veto: no author in common, though title and place or abstract agree",
        ours(abstract=ABSTRACT),
        paper(authors=STRANGERS, abstract=ABSTRACT),
        paper(authors=STRANGERS, abstract=OTHER),
    ),
    Rule(
        "one title that two groups chose",
        "distinct",
        "veto: no author in common",
        ours(**HERE),
        paper(authors=STRANGERS, **HERE),
        paper(authors=SOME, **HERE),
    ),
    Rule(
        "one abstract, but the titles and the people are others",
        "distinct",
        "veto: no author in common",
        ours(abstract=ABSTRACT),
        paper(RENAMED, authors=STRANGERS, abstract=ABSTRACT),
        paper(RENAMED, abstract=ABSTRACT),
    ),
]

ONE_IDENTIFIER = [
    Rule(
        "a DOI and a title that other people claim",
        "maybe",
        "the identifier and the title agree, the authors do not",
        ours(doi="10.9999/jms.21.88"),
        paper(authors=STRANGERS, doi="10.9999/jms.21.88"),
        paper(authors=SOME, doi="10.9999/jms.21.88"),
    ),
    Rule(
        "a DOI written as a link",
        "duplicate",
        "one identifier and one title",
        paper(doi="10.9999/jms.21.88"),
        paper(doi="https://doi.org/10.9999/JMS.21.88"),
        paper(doi="10.9999/jms.21.89"),
    ),
    Rule(
        "a DOI and a title with a word more",
        "duplicate",
        "one identifier and one title",
        ours(doi="10.9999/jms.21.88", pages="88"),
        ours(LATER, doi="10.9999/jms.21.88"),
        ours(LATER, doi="10.9999/jms.21.88", pages="402"),
    ),
    Rule(
        "a number of PubMed",
        "duplicate",
        "one identifier and one title",
        paper(pmid="30000001"),
        paper(f"{KEEPERS}.", pmid="30000001"),
        paper(pmid="30000002"),
    ),
    Rule(
        "a preprint renamed between its versions",
        "duplicate",
        "one identifier and one abstract or place; the title was changed or translated",
        ours(arxiv_id="1601.00012v1", abstract=ABSTRACT),
        ours(RENAMED, arxiv_id="1601.00012v3", abstract=ABSTRACT),
        ours(RENAMED, arxiv_id="1601.00012v3"),
    ),
    Rule(
        "a DOI, people and pages under a translated title",
        "duplicate",
        "one identifier and one abstract or place; the title was changed or translated",
        ours(doi="10.9999/jms.21.88", pages="88-104"),
        ours(GERMAN, doi="10.9999/jms.21.88", pages="88-104"),
        ours(GERMAN, doi="10.9999/jms.21.88", pages="88"),
    ),
    Rule(
        "the DOI of an issue on two of its papers by other people",
        "distinct",
        "one identifier for two works (an issue, a supplement): nothing else agrees",
        ours(doi="10.9999/jms.21"),
        paper(RENAMED, authors=STRANGERS, doi="10.9999/jms.21"),
        paper(RENAMED, authors=SOME, doi="10.9999/jms.21"),
    ),
    Rule(
        "the DOI of an issue on two of its papers, each with its abstract",
        "distinct",
        "one identifier for two works (an issue, a supplement): nothing else agrees",
        ours(doi="10.9999/jms.21", abstract=ABSTRACT),
        paper(RENAMED, doi="10.9999/jms.21", abstract=OTHER),
        ours(RENAMED, doi="10.9999/jms.21", abstract=OTHER),
    ),
    Rule(
        "a DOI on two titles that differ in a word",
        "maybe",
        "one identifier, but titles that differ in a few words",
        ours(doi="10.9999/jms.21"),
        ours(OWNERS, doi="10.9999/jms.21"),
        ours(LATER, doi="10.9999/jms.21"),
    ),
    Rule(
        "a DOI on two titles",
        "maybe",
        "one identifier, but other titles",
        ours(doi="10.9999/jms.21"),
        ours(RENAMED, doi="10.9999/jms.21"),
        paper(RENAMED, authors=STRANGERS, doi="10.9999/jms.21"),
    ),
]

GENERIC = [
    Rule(
        "an editorial with its author and pages",
        "duplicate",
        "a title of kind ('Editorial'), but authors and place agree",
        ours("Editorial", **HERE, pages="4-6"),
        ours("Editorial", **HERE, pages="4-6"),
        ours("Editorial", **HERE, pages="55-57"),
    ),
    Rule(
        "an editorial with its author and a long abstract",
        "duplicate",
        "a title of kind ('Editorial'), but authors and place agree",
        ours("Editorial", year=2016, abstract=ABSTRACT),
        ours("Editorial", year=2016, abstract=ABSTRACT),
        ours("Editorial", year=2011, abstract=ABSTRACT),
    ),
    Rule(
        "several editors of one volume",
        "duplicate",
        "a title of kind ('Editorial'), but several authors and the issue agree",
        ours("Preface", **HERE),
        ours("Preface", **HERE),
        paper("Preface", authors=PEOPLE[:1], **HERE),
    ),
    Rule(
        "one editor who may write an editorial in every issue of a year",
        "maybe",
        "a title of kind ('Editorial') says too little, even with the authors",
        paper("Editorial", authors=PEOPLE[:1], **HERE),
        paper("Editorial", authors=PEOPLE[:1], **HERE),
        paper("Editorial", authors=PEOPLE[:1], **{**HERE, "year": 2017}),
    ),
    Rule(
        "editorials without a name",
        "distinct",
        "a title of kind ('Editorial') needs a second field that agrees",
        ours("Editorial", **HERE),
        paper("Editorial", **HERE),
        ours("Editorial", **HERE),
    ),
]

ONE_TITLE = [
    Rule(
        "a first page that comes back the year after, with a DOI of its own",
        "version",
        "one title and page, but another year and identifier",
        ours(venue="Mill Letters", year=2016, pages="88", doi="10.9999/ml.16"),
        ours(venue="Mill Letters", year=2017, pages="88", doi="10.9999/ml.17"),
        ours(venue="Mill Letters", year=2017, pages="88"),
    ),
    Rule(
        "the pages of an entry without people",
        "duplicate",
        "one title and one place",
        ours(**PAGES),
        paper(**PAGES),
        paper(**ELSEWHERE),
    ),
    Rule(
        "an extended abstract, nothing else known",
        "version",
        "one title, one of them the extended abstract or version",
        ours(),
        ours(f"{KEEPERS} (extended abstract)"),
        ours(f"{KEEPERS} (invited talk)"),
    ),
    Rule(
        "pages written from the second page on",
        "duplicate",
        "one title, the same people, venue and volume; the pages are written differently",
        ours(**PAGES),
        ours(**HERE, pages="89-104"),
        ours(**HERE, pages="402-419"),
    ),
    Rule(
        "two places in one volume",
        "version",
        "one title in two places",
        ours(**PAGES),
        ours(**ELSEWHERE),
        ours(**HERE),
    ),
    Rule(
        "an abstract that came out under two DOIs",
        "version",
        "one title and abstract, but two identifiers",
        ours(doi="10.9999/jms.1", abstract=ABSTRACT),
        ours(doi="10.9999/jms.2", abstract=ABSTRACT),
        ours(doi="10.9999/jms.1", abstract=ABSTRACT),
    ),
    Rule(
        "two arXiv ids",
        "version",
        "one title, but two identifiers",
        ours(arxiv_id="1601.00012"),
        ours(arxiv_id="1702.00034"),
        ours(arxiv_id="1601.00012v2"),
    ),
    Rule(
        "an abstract on something else",
        "version",
        "one title, but other abstracts",
        ours(abstract=ABSTRACT),
        ours(abstract=OTHER),
        ours(abstract=HALF),
    ),
    Rule(
        "an abstract of which half is new",
        "version",
        "one title, the abstract was rewritten",
        ours(abstract=ABSTRACT),
        ours(abstract=HALF),
        ours(abstract=MOST),
    ),
    Rule(
        "the year after, and no venue is known",
        "version",
        "one title, a year apart, and nothing that says it is one place",
        ours(year=2016),
        ours(year=2017),
        ours(year=2016),
    ),
    Rule(
        "abstracts that differ in places, and nothing else is known",
        "maybe",
        "one title, the abstracts differ in places, and no author, venue or year is known",
        paper(abstract=ABSTRACT),
        paper(abstract=MOST),
        paper(abstract=ABSTRACT),
    ),
    Rule(
        "two answers to one work, unsigned",
        "maybe",
        "an answer to a work may be one of several, and no author is known",
        ours(f"Reply to: {KEEPERS}"),
        paper(f"Reply to: {KEEPERS}"),
        ours(f"Reply to: {KEEPERS}"),
    ),
    Rule(
        "a column that one of its authors edits",
        "maybe",
        "one title, but few authors in common",
        ours(year=2016),
        paper(authors=SOME, year=2016),
        paper(authors=PEOPLE[1:], year=2016),
    ),
    Rule(
        "two volumes of one year",
        "maybe",
        "one title and year, but two volumes",
        ours(**HERE),
        ours(**{**HERE, "volume": "22"}),
        ours(**{**HERE, "volume": "2016"}),
    ),
    Rule(
        "two issues of a volume",
        "maybe",
        "one title in two issues: their numbers differ",
        ours(**HERE, number="1"),
        ours(**HERE, number="4"),
        ours(**HERE, number="01"),
    ),
    Rule(
        "two words that anyone may have chosen",
        "maybe",
        "one title, but too short to be one work's alone",
        paper("Sluice gates", abstract=ABSTRACT),
        paper("Sluice gates"),
        paper("Sluice gates", abstract=ABSTRACT),
    ),
    Rule(
        "a title alone, however it is written",
        "duplicate",
        "one title and nothing against it",
        paper(),
        paper(KEEPERS.upper()),
        paper(OWNERS),
    ),
]

LONGER_TITLE = [
    Rule(
        "a subtitle dropped on the same pages",
        "duplicate",
        "one place; one title has words the other lacks",
        ours(SUBTITLE, **HERE, pages="88"),
        paper(BARE, **HERE, pages="88"),
        paper(BARE, authors=SOME, **HERE, pages="88"),
    ),
    Rule(
        "a talk and the longer paper of the same people",
        "version",
        "the same people, one title longer, two places",
        ours(SUBTITLE, **PAGES, abstract=ABSTRACT),
        ours(BARE, venue="Symposium on Water Power", year=2014),
        ours(BARE, venue="Symposium on Water Power", year=2014, abstract=OTHER),
    ),
    Rule(
        "a talk and the longer paper, unsigned, with one abstract",
        "version",
        "one title longer, one abstract, two places",
        ours(SUBTITLE, **PAGES, abstract=ABSTRACT),
        paper(BARE, venue="Symposium on Water Power", year=2014, abstract=ABSTRACT),
        paper(BARE, venue="Symposium on Water Power", year=2014, abstract=OTHER),
    ),
    Rule(
        "the beginning of a title in another place, unsigned",
        "distinct",
        "titles and places differ",
        ours(SUBTITLE, **PAGES),
        paper(BARE, venue="Symposium on Water Power", year=2014),
        ours(BARE, venue="Symposium on Water Power", year=2014),
    ),
    Rule(
        "a word more and one abstract, unsigned",
        "maybe",
        "one abstract; one title has words the other lacks, and no author is known",
        paper(KEEPERS, abstract=ABSTRACT),
        paper(f"{KEEPERS} in two centuries", abstract=ABSTRACT),
        paper(f"{KEEPERS} then", abstract=ABSTRACT),
    ),
    Rule(
        "a subtitle dropped, one abstract",
        "duplicate",
        "one abstract; one title has words the other lacks",
        paper(SUBTITLE, abstract=ABSTRACT),
        paper(BARE, abstract=ABSTRACT),
        paper(BARE),
    ),
    Rule(
        "a subtitle dropped in the venue and year of the same people",
        "duplicate",
        "the same people, venue and year; one title has words the other lacks",
        ours(SUBTITLE, venue="Mill Letters", year=2016),
        ours(BARE, venue="Mill Letters", year=2016),
        ours(BARE, venue="Mill Letters", year=2017),
    ),
    Rule(
        "a subtitle dropped in one venue and year, unsigned",
        "duplicate",
        "one venue and year; one title is the beginning or the end of the other",
        paper(SUBTITLE, venue="Mill Letters", year=2016),
        paper(BARE, venue="Mill Letters", year=2016),
        paper(f"{SUBTITLE} at night", venue="Mill Letters", year=2016),
    ),
    Rule(
        "a subtitle dropped, the abstract reworked",
        "version",
        "one title longer, the abstract was rewritten",
        ours(SUBTITLE, abstract=ABSTRACT),
        ours(BARE, abstract=MOST),
        ours(BARE, abstract=ABSTRACT),
    ),
    Rule(
        "a subtitle dropped, but the abstract is on something else",
        "distinct",
        "the titles differ and nothing else agrees enough",
        ours(SUBTITLE, abstract=ABSTRACT),
        ours(BARE, abstract=OTHER),
        ours(BARE),
    ),
    Rule(
        "a word more, unsigned",
        "distinct",
        "the titles differ and nothing else agrees enough",
        ours(KEEPERS),
        paper(LATER),
        ours(LATER),
    ),
    Rule(
        "a subtitle dropped, unsigned",
        "maybe",
        "one title has words the other lacks",
        ours(SUBTITLE),
        paper(BARE),
        paper(f"{SUBTITLE} at night"),
    ),
]

NEAR_TITLE = [
    Rule(
        "a word exchanged on the same pages",
        "duplicate",
        "the same people in one place; the titles differ in a few words",
        ours(KEEPERS, pages="88-104", abstract=ABSTRACT),
        ours(OWNERS, pages="88-104", abstract=ABSTRACT),
        ours(OWNERS, pages="402-419", abstract=ABSTRACT),
    ),
    Rule(
        "a word exchanged on the same three pages and more, the volume not given",
        "duplicate",
        "the same people in one place; the titles differ in a few words",
        ours(KEEPERS, pages="88-90"),
        ours(OWNERS, pages="88-90"),
        ours(OWNERS, pages="88-89"),
    ),
    Rule(
        "a series of studies, each with the abstract of the others but for its subject",
        "maybe",
        "the abstracts differ in the very words that the titles exchange",
        ours(KEEPERS, abstract=f"This is about keepers. {ABSTRACT}"),
        ours(OWNERS, abstract=f"This is about owners. {ABSTRACT}"),
        ours(OWNERS, abstract=f"This is about people. {ABSTRACT}"),
    ),
    Rule(
        "a word exchanged, one abstract in two venues",
        "version",
        "one abstract in two places, titles that differ in a few words",
        ours(KEEPERS, venue="arXiv", year=2016, abstract=ABSTRACT),
        ours(OWNERS, venue="Mill Letters", year=2016, abstract=ABSTRACT),
        ours(OWNERS, venue="arXiv", year=2016, abstract=ABSTRACT),
    ),
    Rule(
        "a word exchanged, one abstract the year after",
        "version",
        "one abstract, another year, titles that differ in a few words",
        ours(KEEPERS, year=2016, abstract=ABSTRACT),
        ours(OWNERS, year=2017, abstract=ABSTRACT),
        ours(OWNERS, year=2016, abstract=ABSTRACT),
    ),
    Rule(
        "a word exchanged by the same people, one abstract",
        "duplicate",
        "the same people and abstract, titles that differ in a few words",
        ours(KEEPERS, abstract=ABSTRACT),
        ours(OWNERS, abstract=ABSTRACT),
        ours(OWNERS, abstract=MOST),
    ),
    Rule(
        "a word exchanged, one abstract, unsigned",
        "maybe",
        "one abstract, titles that differ in a few words",
        paper(KEEPERS, abstract=ABSTRACT),
        paper(OWNERS, abstract=ABSTRACT),
        paper(OWNERS, abstract=MOST),
    ),
    Rule(
        "a word exchanged by the same people, the abstract reworked",
        "version",
        "the same people, most of one abstract, titles that differ in a few words",
        ours(KEEPERS, abstract=ABSTRACT),
        ours(OWNERS, abstract=MOST),
        ours(OWNERS, abstract=HALF),
    ),
    Rule(
        "two studies of one series, unsigned",
        "distinct",
        "the titles differ",
        ours(KEEPERS, **HERE),
        paper(OWNERS, **HERE),
        ours(OWNERS, **HERE),
    ),
    Rule(
        "one word misspelt in one issue",
        "duplicate",
        "the same people and issue, one word of the title misspelt",
        ours(KEEPERS, venue="Mill Letters", year=2016),
        ours(KEEPERS.replace("keepers", "ekepers"), venue="Mill Letters", year=2016),
        ours(KEEPERS.replace("keepers", "reapers"), venue="Mill Letters", year=2016),
    ),
    Rule(
        "a word exchanged by the same people in one year",
        "maybe",
        "the same people and year, titles that differ in a few words",
        ours(KEEPERS, year=2016),
        ours(OWNERS, year=2016),
        ours(OWNERS, year=2017),
    ),
    Rule(
        "a word exchanged by the same people, the year unknown",
        "distinct",
        "the titles differ",
        ours(KEEPERS, year=2016),
        ours(OWNERS),
        ours(OWNERS, year=2016),
    ),
]

OTHER_TITLE = [
    Rule(
        "the same people on one page under two titles",
        "maybe",
        "the same people and page, but other titles and nothing else that agrees",
        ours(KEEPERS, **HERE, pages="88"),
        ours(RENAMED, **HERE, pages="88"),
        ours(RENAMED, **HERE, pages="90"),
    ),
    Rule(
        "one range of pages under two English titles",
        "maybe",
        "one range of pages, but titles of one language without words in common",
        ours("Sluices of the estuary and a census of eels", **PAGES),
        ours("Grinding by the moon: a history of the trade", **PAGES),
        ours(GERMAN, **PAGES),
    ),
    Rule(
        "one range of pages under a translated title",
        "duplicate",
        "the same pages of the same volume: the title was translated or changed",
        ours(KEEPERS, **PAGES),
        ours(GERMAN, **PAGES),
        ours(GERMAN, **ELSEWHERE),
    ),
    Rule(
        "a page and an abstract under two titles",
        "duplicate",
        "the same people, abstract and place; the title was translated or changed",
        ours(KEEPERS, **HERE, pages="88", abstract=ABSTRACT),
        ours(RENAMED, **HERE, pages="88", abstract=ABSTRACT),
        ours(RENAMED, **HERE, pages="90", abstract=ABSTRACT),
    ),
    Rule(
        "a renamed work",
        "version",
        "the same people and abstract under two titles",
        ours(KEEPERS, abstract=ABSTRACT),
        ours(RENAMED, abstract=ABSTRACT),
        ours(RENAMED, abstract=MOST),
    ),
    Rule(
        "an abstract on another title, unsigned",
        "maybe",
        "one abstract under two titles",
        ours(KEEPERS, abstract=ABSTRACT),
        paper(RENAMED, abstract=ABSTRACT),
        paper(RENAMED, abstract=ABSTRACT[:120]),
    ),
    Rule(
        "a renamed work whose abstract was reworked",
        "version",
        "the same people and most of one abstract under two titles",
        ours(KEEPERS, abstract=ABSTRACT),
        ours(RENAMED, abstract=MOST),
        ours(RENAMED, abstract=HALF),
    ),
    Rule(
        "two works of the same people",
        "distinct",
        "the titles differ",
        ours(KEEPERS, **HERE, abstract=ABSTRACT),
        ours(RENAMED, **HERE, abstract=OTHER),
        ours(RENAMED, **HERE, abstract=ABSTRACT),
    ),
]

RULES = [
    *NUMBERED,
    *SLIPS,
    *VETOES,
    *OTHER_PEOPLE,
    *ONE_IDENTIFIER,
    *GENERIC,
    *ONE_TITLE,
    *LONGER_TITLE,
    *NEAR_TITLE,
    *OTHER_TITLE,
]


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.why)
def test_a_rule_decides_its_pair(rule: Rule) -> None:
    for a, b in ((rule.a, rule.b), (rule.b, rule.a)):
        found = verdict(a, b)
        assert (found.kind, found.evidence[-1]) == (rule.kind, rule.reason)


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.why)
def test_a_rule_leaves_the_nearest_other_pair_alone(rule: Rule) -> None:
    assert verdict(rule.a, rule.near_miss).evidence[-1] != rule.reason


def test_every_rule_has_a_pair() -> None:
    """Each `return kind, reason` of the source has a pair, and one that stands there twice has two."""
    written = Counter(
        (ast.literal_eval(node.value.elts[0]), _pattern(node.value.elts[1]))
        for node in ast.walk(ast.parse(inspect.getsource(judge)))
        if isinstance(node, ast.Return)
        and isinstance(node.value, ast.Tuple)
        and not isinstance(node.value.elts[1], ast.Name)
    )
    assert written
    told: Counter[tuple[str, str]] = Counter()
    for rule in RULES:
        fitting = [key for key in written if key[0] == rule.kind and re.fullmatch(key[1], rule.reason)]
        told[max(fitting, key=lambda key: len(key[1]))] += 1
    assert not written - told


def _pattern(reason: ast.expr) -> str:
    """What a reason looks like when the parts that depend on the pair are filled in."""
    parts = reason.values if isinstance(reason, ast.JoinedStr) else [reason]
    return "".join(re.escape(str(p.value)) if isinstance(p, ast.Constant) else ".+" for p in parts)
