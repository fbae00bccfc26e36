"""The rules for records that say little: columns, namesakes, rewritten abstracts, papers of one list."""

from __future__ import annotations

from tests.dedupe.tide_mills import (
    ABSTRACT,
    BARE,
    BETWEEN,
    CENTURIES,
    ELSEWHERE,
    HERE,
    KEEPERS,
    LATER,
    LETTERS,
    OTHER,
    PEOPLE,
    STRANGERS,
    Near,
    Rule,
    ours,
    paper,
)

LEASES = "The year 2015 brought forty leases of tide mills to light, and 312 tenants are named in them. "
NEXT_LEASES = LEASES.replace("2015", "2016").replace("312", "298")
LONG = "Silt, rent and steam in the decline of tide mills on the northern coast"
NEWS = "News of the mill stones and weirs of northern valleys"
LIST = {"venue": "Symposium on Water Power", "year": 2014}

COLUMNS = [
    Rule(
        "the issues of a column in two years",
        "distinct",
        "two issues of a column: one title has only a date more",
        ours(f"{NEWS}: April 2014", **LETTERS),
        ours(NEWS, **{**LETTERS, "year": 2019}),
        (Near("two months", "distinct", ours(f"{NEWS}: May 2014", **LETTERS)),),
    ),
    Rule(
        "the issues of a column in a year",
        "maybe",
        "one title has only a date more, as the issues of a column do",
        ours("News of the mill stones: April 2016", **LETTERS),
        ours("News of the mill stones", venue="Mill Letter", year=2016),
        (
            Near(
                "one of them on the same pages",
                "duplicate",
                ours("News of the mill stones", **HERE, pages="1-4"),
                ours("News of the mill stones: April 2016", **HERE, pages="1-4"),
            ),
        ),
    ),
    Rule(
        "an annual series with one abstract for all its years",
        "version",
        "one title a year apart, but other numbers in the abstract",
        ours(**LETTERS, abstract=LEASES + ABSTRACT),
        ours(**{**LETTERS, "year": 2017}, abstract=NEXT_LEASES + ABSTRACT),
        (
            Near(
                "the same numbers", "duplicate", ours(**{**LETTERS, "year": 2017}, abstract=LEASES + ABSTRACT)
            ),
            Near("the same year", "duplicate", ours(**LETTERS, abstract=NEXT_LEASES + ABSTRACT)),
        ),
    ),
]

PEOPLE_AND_ABSTRACTS = [
    Rule(
        "another database wrote its own abstract",
        "duplicate",
        "one title, the same people, venue and year; one abstract was rewritten",
        ours(**LETTERS, abstract=ABSTRACT),
        ours(**LETTERS, abstract=OTHER),
        (
            Near("the next year", "version", ours(**{**LETTERS, "year": 2017}, abstract=OTHER)),
            Near("the venue not given", "version", ours(year=2016, abstract=OTHER)),
            Near("one author", "version", paper(**LETTERS, abstract=OTHER, authors=PEOPLE[:1])),
            Near(
                "other pages",
                "version",
                ours(**ELSEWHERE, abstract=OTHER),
                ours(**HERE, pages="11-19", abstract=ABSTRACT),
            ),
        ),
    ),
    Rule(
        "given names that differ",
        "maybe",
        "one title, but the people may be namesakes",
        paper(authors=["Wei Quist"], year=2016),
        paper(authors=["Wen Quist"], year=2016),
        (
            Near("an initial", "duplicate", paper(authors=["W. Quist"], year=2016)),
            Near(
                "one venue, too",
                "duplicate",
                paper(authors=["Wen Quist"], **LETTERS),
                paper(authors=["Wei Quist"], **LETTERS),
            ),
            Near(
                "a second author",
                "duplicate",
                paper(authors=["Wen Quist", "Pavel Hron"], year=2016),
                paper(authors=["Wei Quist", "Pavel Hron"], year=2016),
            ),
            Near(
                "a name cut short",
                "duplicate",
                paper(authors=["Alex Quist"]),
                paper(authors=["Alexandra Quist"]),
            ),
            Near("a nickname", "duplicate", paper(authors=["Tom Quist"]), paper(authors=["Thomas Quist"])),
        ),
    ),
    Rule(
        "second initials that differ",
        "maybe",
        "one title, but the people may be namesakes",
        paper(authors=["J.A. Quist"]),
        paper(authors=["J.B. Quist"]),
        (Near("one of them not given", "duplicate", paper(authors=["J. Quist"])),),
    ),
    Rule(
        "a title that was cut, with the whole abstract",
        "duplicate",
        "one long abstract; one title is the beginning or the end of the other",
        paper("Tide mills of the northern", abstract=ABSTRACT),
        paper(KEEPERS, abstract=ABSTRACT),
        (
            Near(
                "a part's number in front",
                "distinct",
                paper(f"Part 2 {KEEPERS}", abstract=ABSTRACT),
                paper(KEEPERS, abstract=ABSTRACT),
            ),
            Near(
                "two chapters",
                "distinct",
                paper(f"Chapter 7 {KEEPERS}", abstract=ABSTRACT),
                paper(f"Chapter 8 {KEEPERS}", abstract=ABSTRACT),
            ),
            Near("words put in", "maybe", paper(BETWEEN, abstract=ABSTRACT)),
            Near(
                "a chapter's number and no abstract",
                "distinct",
                paper(f"Chapter 7 {KEEPERS}"),
                paper(KEEPERS),
            ),
        ),
    ),
]

LISTS = [
    Rule(
        "a review of a topic and a paper on it",
        "maybe",
        "the same people in two places; one title may be the topic of both",
        ours("Tide mill ponds", **HERE),
        ours("Tide mill ponds: who kept the sluice gate", **{**LIST, "year": 2011}),
        (
            Near("the topic at the end", "distinct", ours("Rents and leases of tide mill ponds", **LIST)),
            Near(
                "a title that says more",
                "version",
                ours(BARE, **HERE),
                ours(f"{BARE}: who kept the gate", **LIST),
            ),
            Near(
                "another abstract",
                "distinct",
                ours("Tide mill ponds", **HERE, abstract=OTHER),
                ours("Tide mill ponds: who kept the gate", **LIST, abstract=ABSTRACT),
            ),
        ),
    ),
    Rule(
        "two papers of a list, one title longer",
        "maybe",
        "one title has words the other lacks, and both are written as one list writes its papers",
        ours(KEEPERS, **LIST),
        ours(LATER, **LIST),
        (
            Near("the venue in other words", "duplicate", ours(LATER, venue="Symp. Water Power", year=2014)),
            Near(
                "names in another style",
                "duplicate",
                paper(LATER, authors=["N. Quist", "P. Hron", "A. Bello"], **LIST),
            ),
            Near("capitals", "duplicate", ours(LATER.upper(), **LIST)),
            Near("what kind of paper it is", "duplicate", ours(f"{KEEPERS} (experience paper)", **LIST)),
            Near("a long title", "duplicate", ours(f"{LONG} and its islands", **LIST), ours(LONG, **LIST)),
            Near("other people", "distinct", paper(CENTURIES, authors=STRANGERS, **LIST)),
        ),
    ),
    Rule(
        "a word of a long title misspelt beyond a slip",
        "duplicate",
        "the same people, venue and year, one word of a long title misspelt",
        ours(f"{LONG} (KDMS)", **LIST),
        ours(f"{LONG} (KBMS)", venue="Symp. Water Power", year=2014),
        (
            Near("as one list writes both", "maybe", ours(f"{LONG} (KBMS)", **LIST)),
            Near("the year before", "distinct", ours(f"{LONG} (KBMS)", venue="Symp. Water Power", year=2013)),
            Near("another word", "maybe", ours(f"{LONG} (IOTA)", venue="Symp. Water Power", year=2014)),
        ),
    ),
]

RULES = COLUMNS + PEOPLE_AND_ABSTRACTS + LISTS
