"""The rules for one title: slips, vetoes, identifiers, other people, titles of a kind, titles that agree."""

from __future__ import annotations

from tests.dedupe.tide_mills import (
    ABSTRACT,
    BRIEF,
    EDITOR,
    EELS,
    ELSEWHERE,
    EXTENDED,
    GERMAN,
    HALF,
    HERE,
    KEEPERS,
    LATER,
    LETTERS,
    MOST,
    OTHER,
    OWNERS,
    PAGES,
    PEOPLE,
    RENAMED,
    SOME,
    STRANGERS,
    SWAPPED,
    TALK,
    Near,
    Rule,
    ours,
    paper,
)

DEPOSITED = [
    Rule(
        "two versions of a data set",
        "version",
        "two versions of one deposit or review: their DOIs differ in the version's number",
        ours(doi="10.6084/m9.figshare.4100002.v1"),
        ours(doi="10.6084/m9.figshare.4100002.v2"),
        (
            Near("two data sets", "version", ours(doi="10.6084/m9.figshare.4100003.v1")),
            Near("one version", "duplicate", ours(doi="10.6084/m9.figshare.4100002.v1")),
        ),
    ),
    Rule(
        "a project and its first release",
        "version",
        "two deposits of the same people in a row, of one title but for a number",
        ours(f"{KEEPERS} v1.0", doi="10.5281/zenodo.41001"),
        ours(f"{KEEPERS} v1.1", doi="10.5281/zenodo.41002"),
        (
            Near("long after", "distinct", ours(f"{KEEPERS} v1.1", doi="10.5281/zenodo.99002")),
            Near(
                "other people",
                "distinct",
                paper(f"{KEEPERS} v1.1", authors=STRANGERS, doi="10.5281/zenodo.41002"),
            ),
        ),
    ),
]

NUMBERED = [
    Rule(
        "two trials that share a DOI",
        "maybe",
        "veto: the numbers of two registered trials, though an identifier agrees",
        paper(url="https://trials.example/NCT01234567", doi="10.9999/jms.21.88"),
        paper(url="https://trials.example/NCT07654321", doi="10.9999/jms.21.88"),
        (
            Near(
                "one trial in two registers",
                "duplicate",
                paper(url="https://trials.example/ISRCTN12345678", doi="10.9999/jms.21.88"),
            ),
        ),
    ),
    Rule(
        "two trials that share a title, as registers list them",
        "distinct",
        "veto: the numbers of two registered trials",
        paper(url="https://trials.example/NCT01234567"),
        paper(url="https://trials.example/NCT07654321"),
        (
            Near(
                "one trial in two registers", "duplicate", paper(url="https://register.example/nct01234567")
            ),
            Near("a trial and a paper that names none", "duplicate", paper()),
            Near(
                "two titles are two papers without their numbers",
                "distinct",
                paper(RENAMED, url="https://trials.example/NCT07654321"),
            ),
        ),
    ),
    Rule(
        "a number where the authors ought to be",
        "distinct",
        "veto: the numbers of two registered trials",
        paper(url="https://trials.example/NCT01234567"),
        paper(authors=["NCT07654321"]),
        (Near("the same number", "duplicate", paper(authors=["NCT01234567"])),),
    ),
    Rule(
        "an article that PubMed seems to list twice",
        "maybe",
        "alike, but under two numbers of PubMed",
        ours(**HERE, pmid="30000001"),
        ours(**HERE, pmid="30000002"),
        (
            Near("one number", "duplicate", ours(**HERE, pmid="30000001")),
            Near("a number in one alone", "duplicate", ours(**HERE)),
            Near("a talk and its article have two", "version", ours(**TALK, pmid="30000002")),
            Near("two papers have two", "distinct", ours(RENAMED, **HERE, pmid="30000002")),
        ),
    ),
]

NITRATE, NITRITE = "Nitrate in the ponds of tide mills", "Nitrite in the ponds of tide mills"

SLIPS = [
    Rule(
        "a letter exchanged makes another word as often as a slip",
        "maybe",
        "titles alike but for what may be a slip or two things (nitrate / nitrite)",
        ours(NITRATE, **PAGES, abstract=ABSTRACT),
        ours(NITRITE, **HERE),
        (
            Near(
                "an ending is surely a slip", "duplicate", ours("Nitrates in the ponds of tide mills", **HERE)
            ),
            Near("one abstract proves a slip", "duplicate", ours(NITRITE, **HERE, abstract=ABSTRACT)),
            Near("one range of pages proves a slip", "duplicate", ours(NITRITE, **PAGES)),
            Near("in two places nobody asks", "version", ours(NITRITE, **TALK)),
        ),
    ),
    Rule(
        "a page may hold both",
        "maybe",
        "titles alike but for what may be a slip or two things (nitrate / nitrite)",
        ours(NITRATE, **PAGES),
        ours(NITRITE, **HERE, pages="88"),
        (Near("a range does not", "duplicate", ours(NITRITE, **PAGES)),),
    ),
    Rule(
        "the same slip, and abstracts that are two",
        "maybe",
        "titles alike but for what may be a slip or two things (nitrate / nitrite)",
        ours(NITRATE, doi="10.9999/jms.4", abstract=ABSTRACT),
        ours(NITRITE, doi="10.9999/jms.4", abstract=HALF),
        (
            Near("no abstract beside one identifier", "duplicate", ours(NITRITE, doi="10.9999/jms.4")),
            Near("a few words of it", "duplicate", ours(NITRITE, doi="10.9999/jms.4", abstract=MOST)),
        ),
    ),
]

ONE, TWO = "Keepers of the tide mills, part I", "Keepers of the tide mills, part II"

VETOES = [
    Rule(
        "a slip in a number on the same pages",
        "duplicate",
        "one place and the same people; a slip in the title (numbers differ: 1 / 2)",
        ours(ONE, **PAGES),
        ours(TWO, **PAGES),
        (
            Near("nobody has signed it", "distinct", paper(TWO, **PAGES)),
            Near("an item about the work, on its last page", "distinct", ours(f"Erratum: {ONE}", **PAGES)),
            Near("one page may hold both parts", "distinct", ours(TWO, **HERE, pages="88")),
            Near(
                "the pages are another volume's",
                "distinct",
                ours(TWO, **{**PAGES, "volume": "22", "year": 2017}),
            ),
            Near("more than a number differs", "distinct", ours(f"{EELS}, part II", **PAGES)),
        ),
    ),
    Rule(
        "a slip in a number on one page, with the abstract",
        "duplicate",
        "one place and the same people; a slip in the title (numbers differ: 1 / 2)",
        ours(ONE, **HERE, pages="88", abstract=ABSTRACT),
        ours(TWO, **HERE, pages="88", abstract=ABSTRACT),
        (
            Near("another abstract", "distinct", ours(TWO, **HERE, pages="88", abstract=OTHER)),
            Near("another page", "distinct", ours(TWO, **HERE, pages="90", abstract=ABSTRACT)),
            Near(
                "a line that both parts begin with",
                "distinct",
                ours(TWO, **HERE, pages="88", abstract=BRIEF),
                ours(ONE, **HERE, pages="88", abstract=BRIEF),
            ),
        ),
    ),
    Rule(
        "an identifier and an abstract that both parts were given",
        "maybe",
        "veto: numbers differ: 1 / 2, though identifier and abstract agree",
        ours(ONE, doi="10.9999/jms.7", abstract=ABSTRACT),
        ours(TWO, doi="10.9999/jms.7", abstract=ABSTRACT),
        (
            Near("the identifier alone", "distinct", ours(TWO, doi="10.9999/jms.7")),
            Near("the abstract alone", "distinct", ours(TWO, abstract=ABSTRACT)),
        ),
    ),
    Rule(
        "two parts of one study",
        "distinct",
        "veto: numbers differ: 2 / 3",
        ours("Keepers of the tide mills, part II", **HERE),
        ours("Keepers of the tide mills, part III", **HERE),
        (Near("one number in two styles", "duplicate", ours("Keepers of the tide mills, part 2", **HERE)),),
    ),
]

OTHER_PEOPLE = [
    Rule(
        "an editor stands for the authors",
        "duplicate",
        "one title on the same pages; one record names a group, an editor or nobody right",
        ours(**PAGES),
        paper(authors=STRANGERS, **PAGES),
        (
            Near(
                "a range that may hold several letters",
                "maybe",
                paper(authors=STRANGERS, **HERE, pages="88-89"),
            ),
            Near("the pages of another venue", "distinct", paper(authors=STRANGERS, **TALK, pages="88-104")),
            Near(
                "editorials by two people",
                "distinct",
                paper("Editorial", authors=STRANGERS, **PAGES),
                ours("Editorial", **PAGES),
            ),
        ),
    ),
    Rule(
        "one title on one page by other people",
        "maybe",
        "veto: no author in common, though title and place or abstract agree",
        ours(**HERE, pages="88"),
        paper(authors=STRANGERS, **HERE, pages="88"),
        (Near("another page", "distinct", paper(authors=STRANGERS, **HERE, pages="90")),),
    ),
    Rule(
        "one title and abstract by other people",
        "maybe",
        "veto: no author in common, though title and place or abstract agree",
        ours(**HERE, abstract=ABSTRACT),
        paper(authors=STRANGERS, abstract=ABSTRACT),
        (
            Near("another abstract", "distinct", paper(authors=STRANGERS, abstract=OTHER)),
            Near("another venue", "distinct", paper(authors=STRANGERS, **TALK, abstract=ABSTRACT)),
        ),
    ),
    Rule(
        "one title that two groups chose",
        "distinct",
        "veto: no author in common",
        ours(**HERE),
        paper(authors=STRANGERS, **HERE),
        (Near("one of them is in both", "maybe", paper(authors=SOME)),),
    ),
    Rule(
        "one abstract, but the titles and the people are others",
        "distinct",
        "veto: no author in common",
        ours(abstract=ABSTRACT),
        paper(RENAMED, authors=STRANGERS, abstract=ABSTRACT),
        (Near("nobody has signed it", "maybe", paper(RENAMED, abstract=ABSTRACT)),),
    ),
    Rule(
        "a name that may be misspelt, under a title with a word more",
        "distinct",
        "veto: no author in common",
        paper(KEEPERS, authors=["N. Quist"]),
        paper(LATER, authors=["N. Qvist"]),
        (Near("under one title it is misspelt", "duplicate", paper(KEEPERS, authors=["N. Qvist"])),),
    ),
]

ONE_IDENTIFIER = [
    Rule(
        "a DOI and a title that other people claim",
        "maybe",
        "the identifier and the title agree, the authors do not",
        ours(doi="10.9999/jms.21.88", abstract=ABSTRACT),
        paper(authors=STRANGERS, doi="10.9999/jms.21.88"),
        (
            Near("one of them is in both", "duplicate", paper(authors=SOME, doi="10.9999/jms.21.88")),
            Near(
                "the abstract agrees, too",
                "duplicate",
                paper(authors=STRANGERS, doi="10.9999/jms.21.88", abstract=ABSTRACT),
            ),
            Near(
                "the title has a word more",
                "distinct",
                paper(LATER, authors=STRANGERS, doi="10.9999/jms.21.88"),
            ),
        ),
    ),
    Rule(
        "a DOI written as a link",
        "duplicate",
        "one identifier and one title",
        paper(doi="10.9999/jms.21.88"),
        paper(doi="https://doi.org/10.9999/JMS.21.88"),
        (
            Near("another DOI", "version", paper(doi="10.9999/jms.21.89")),
            Near("no DOI in one", "duplicate", paper()),
            Near(
                "two short DOIs that end alike",
                "version",
                paper(doi="https://doi.org/10/mill7"),
                paper(doi="https://doi.org/10/tide7"),
            ),
        ),
    ),
    Rule(
        "a DOI and a title with a word more",
        "duplicate",
        "one identifier and one title",
        ours(doi="10.9999/jms.21.88", pages="88", abstract=ABSTRACT),
        ours(LATER, doi="10.9999/jms.21.88"),
        (
            Near("other pages", "maybe", ours(LATER, doi="10.9999/jms.21.88", pages="402")),
            Near("another abstract", "maybe", ours(LATER, doi="10.9999/jms.21.88", abstract=OTHER)),
            Near("a word exchanged", "version", ours(OWNERS, doi="10.9999/jms.21.88")),
        ),
    ),
    Rule(
        "a DOI and a slip of the pen",
        "duplicate",
        "one identifier and one title",
        ours(doi="10.9999/jms.21.88", pages="88"),
        ours(SWAPPED, doi="10.9999/jms.21.88"),
        (Near("other pages", "maybe", ours(SWAPPED, doi="10.9999/jms.21.88", pages="402")),),
    ),
    Rule(
        "a number of PubMed",
        "duplicate",
        "one identifier and one title",
        paper(pmid="30000001"),
        paper(f"{KEEPERS}.", pmid="30000001"),
        (Near("another number", "maybe", paper(pmid="30000002")),),
    ),
    Rule(
        "a preprint renamed between its versions",
        "duplicate",
        "one identifier and one abstract or place; the title was changed or translated",
        ours(arxiv_id="1601.00012v1", abstract=ABSTRACT),
        ours(RENAMED, arxiv_id="1601.00012v3", abstract=ABSTRACT),
        (Near("no abstract in one", "version", ours(RENAMED, arxiv_id="1601.00012v3")),),
    ),
    Rule(
        "a preprint renamed and its abstract rewritten",
        "version",
        "one identifier and the same people under a new title",
        ours(arxiv_id="1601.00012v1", abstract=ABSTRACT),
        ours(RENAMED, arxiv_id="1601.00012v3", abstract=HALF),
        (
            Near(
                "somebody else's under that number",
                "distinct",
                paper(EELS, arxiv_id="1601.00012", authors=STRANGERS),
            ),
            Near("nobody has signed it", "maybe", paper(RENAMED, arxiv_id="1601.00012v3", abstract=HALF)),
            Near("another number", "distinct", ours(RENAMED, arxiv_id="1602.00012", abstract=HALF)),
        ),
    ),
    Rule(
        "a DOI, people and pages under a translated title",
        "duplicate",
        "one identifier and one abstract or place; the title was changed or translated",
        ours(doi="10.9999/jms.21.88", pages="88-104", abstract=ABSTRACT),
        ours(GERMAN, doi="10.9999/jms.21.88", pages="88-104"),
        (
            Near("one page", "version", ours(GERMAN, doi="10.9999/jms.21.88", pages="88")),
            Near("other pages", "maybe", ours(GERMAN, doi="10.9999/jms.21.88", pages="402-419")),
            Near("nobody has signed it", "maybe", paper(GERMAN, doi="10.9999/jms.21.88", pages="88-104")),
            Near(
                "another abstract",
                "maybe",
                ours(GERMAN, doi="10.9999/jms.21.88", pages="88-104", abstract=OTHER),
            ),
        ),
    ),
    Rule(
        "the DOI of an issue on two of its papers by other people",
        "distinct",
        "one identifier for two works (an issue, a supplement): nothing else agrees",
        ours(doi="10.9999/jms.21"),
        paper(RENAMED, authors=STRANGERS, doi="10.9999/jms.21"),
        (Near("one of them is in both", "maybe", paper(RENAMED, authors=SOME, doi="10.9999/jms.21")),),
    ),
    Rule(
        "the DOI of an issue on two of its papers, each with its abstract",
        "distinct",
        "one identifier for two works (an issue, a supplement): nothing else agrees",
        ours(doi="10.9999/jms.21", abstract=ABSTRACT),
        paper(RENAMED, doi="10.9999/jms.21", abstract=OTHER),
        (
            Near("by the same people", "maybe", ours(RENAMED, doi="10.9999/jms.21", abstract=OTHER)),
            Near(
                "titles that differ in a word", "maybe", paper(OWNERS, doi="10.9999/jms.21", abstract=OTHER)
            ),
            Near("no abstract in one", "maybe", paper(RENAMED, doi="10.9999/jms.21")),
        ),
    ),
    Rule(
        "a DOI on two titles that differ in a word",
        "maybe",
        "one identifier, but titles that differ in a few words",
        ours(doi="10.9999/jms.21"),
        paper(OWNERS, doi="10.9999/jms.21"),
        (Near("a word more", "duplicate", ours(LATER, doi="10.9999/jms.21")),),
    ),
    Rule(
        "a DOI on two titles",
        "maybe",
        "one identifier, but other titles",
        ours(doi="10.9999/jms.21"),
        paper(RENAMED, doi="10.9999/jms.21"),
        (Near("by other people", "distinct", paper(RENAMED, authors=STRANGERS, doi="10.9999/jms.21")),),
    ),
]

GENERIC = [
    Rule(
        "an editorial with its author and pages",
        "duplicate",
        "a title of kind ('Editorial'), but authors and place agree",
        ours("Editorial", **HERE, pages="4-6", doi="10.9999/jms.21.4"),
        ours("Editorial", **HERE, pages="4-6"),
        (
            Near("other pages", "distinct", ours("Editorial", **HERE, pages="55-57")),
            Near("another DOI", "distinct", ours("Editorial", **HERE, pages="4-6", doi="10.9999/jms.21.5")),
            Near(
                "an editorial each on two things",
                "distinct",
                ours("Editorial: the mill pond", **HERE, pages="4-6"),
                ours("Editorial: the sluice gate", **HERE, pages="4-6"),
            ),
        ),
    ),
    Rule(
        "an editorial with its author and a long abstract",
        "duplicate",
        "a title of kind ('Editorial'), but authors and place agree",
        ours("Editorial", year=2016, abstract=ABSTRACT),
        ours("Editorial", year=2016, abstract=ABSTRACT),
        (
            Near("five years before", "distinct", ours("Editorial", year=2011, abstract=ABSTRACT)),
            Near("another abstract", "maybe", ours("Editorial", year=2016, abstract=OTHER)),
            Near(
                "a line that each begins with",
                "maybe",
                ours("Editorial", year=2016, abstract=BRIEF),
                ours("Editorial", year=2016, abstract=BRIEF),
            ),
        ),
    ),
    Rule(
        "several editors of one volume",
        "duplicate",
        "a title of kind ('Editorial'), but several authors and the issue agree",
        ours("Preface", **HERE, pages="1-4"),
        ours("Preface", **HERE),
        (
            Near("one of them", "maybe", paper("Preface", authors=EDITOR, **HERE)),
            Near("the next volume", "maybe", ours("Preface", **{**HERE, "volume": "22"})),
            Near("the venue not given", "maybe", ours("Preface", year=2016, volume="21")),
            Near("neither year nor volume given", "distinct", ours("Preface", venue=HERE["venue"])),
            Near(
                "other pages",
                "distinct",
                ours("Preface", **HERE, pages="402-419"),
                ours("Preface", **HERE, pages="88-104"),
            ),
        ),
    ),
    Rule(
        "one editor who may write an editorial in every issue of a year",
        "maybe",
        "a title of kind ('Editorial') says too little, even with the authors",
        paper("Editorial", authors=EDITOR, **HERE, pages="4"),
        paper("Editorial", authors=EDITOR, **HERE),
        (
            Near("the year after", "distinct", paper("Editorial", authors=EDITOR, **{**HERE, "year": 2017})),
            Near("another page", "distinct", paper("Editorial", authors=EDITOR, **HERE, pages="55")),
        ),
    ),
    Rule(
        "editorials without a name",
        "distinct",
        "a title of kind ('Editorial') needs a second field that agrees",
        ours("Editorial", **HERE),
        paper("Editorial", **HERE),
        (Near("with the names", "duplicate", ours("Editorial", **HERE)),),
    ),
]

ONE_TITLE = [
    Rule(
        "a first page that comes back the year after, with a DOI of its own",
        "version",
        "one title and page, but another year and identifier",
        ours(**LETTERS, pages="88-104", doi="10.9999/ml.16"),
        ours(venue="Mill Letters", year=2017, pages="88", doi="10.9999/ml.17"),
        (
            Near("no DOI", "duplicate", ours(venue="Mill Letters", year=2017, pages="88")),
            Near("the same year", "duplicate", ours(**LETTERS, pages="88", doi="10.9999/ml.17")),
            Near(
                "a range does not come back",
                "duplicate",
                ours(venue="Mill Letters", year=2017, pages="88-104", doi="10.9999/ml.17"),
            ),
        ),
    ),
    Rule(
        "the pages of an entry without people",
        "duplicate",
        "one title and one place",
        ours(**PAGES),
        paper(**PAGES),
        (Near("other pages", "version", paper(**ELSEWHERE)),),
    ),
    Rule(
        "a volume of proceedings that one source calls a journal",
        "duplicate",
        "one title and one place",
        ours(**PAGES),
        ours(venue="Symposium on Water Power", year=2016, volume="21", pages="88-104"),
        (
            Near("no volume", "version", ours(venue="Symposium on Water Power", year=2016, pages="88-104")),
            Near(
                "a preprint that names it",
                "version",
                ours(venue="arXiv", year=2016, volume="21", pages="88-104"),
            ),
        ),
    ),
    Rule(
        "a year that one source has wrong",
        "duplicate",
        "one title and one place",
        ours(**PAGES),
        ours(**{**PAGES, "year": 2018}),
        (
            Near("a page comes back", "version", ours(**{**HERE, "year": 2018}, pages="88")),
            Near("the volume not given", "version", ours(venue=HERE["venue"], year=2018, pages="88-104")),
            Near("the venue not given", "version", ours(year=2018, volume="21", pages="88-104")),
        ),
    ),
    Rule(
        "a volume that one source has wrong",
        "duplicate",
        "one title and one place",
        ours(**PAGES),
        ours(**{**PAGES, "volume": "22"}),
        (
            Near("a page comes back", "maybe", ours(**{**HERE, "volume": "22"}, pages="88")),
            Near("the venue not given", "maybe", ours(year=2016, volume="22", pages="88-104")),
            Near("the year is another, too", "version", ours(**{**PAGES, "volume": "23", "year": 2018})),
        ),
    ),
    Rule(
        "an extended abstract, no place known",
        "version",
        "one title, one of them the extended abstract or version",
        ours(**HERE),
        ours(KEEPERS + EXTENDED),
        (
            Near("another note", "duplicate", ours(f"{KEEPERS} (invited talk)")),
            Near("in one volume", "duplicate", ours(KEEPERS + EXTENDED, venue=HERE["venue"], volume="21")),
            Near(
                "in one venue and year", "duplicate", ours(KEEPERS + EXTENDED, venue=HERE["venue"], year=2016)
            ),
        ),
    ),
    Rule(
        "pages written from the second page on",
        "duplicate",
        "one title, the same people, venue and volume; the pages are written differently",
        ours(**PAGES, number="1", doi="10.9999/jms.21.88", abstract=ABSTRACT),
        ours(**HERE, pages="89-104"),
        (
            Near("pages far away", "version", ours(**ELSEWHERE)),
            Near("another number", "version", ours(**HERE, number="4", pages="89-104")),
            Near("another DOI", "version", ours(**HERE, pages="89-104", doi="10.9999/jms.21.89")),
            Near("another abstract", "version", ours(**HERE, pages="89-104", abstract=HALF)),
            Near("two years on", "version", ours(**{**HERE, "year": 2018}, pages="89-104")),
            Near("the venue not given", "version", ours(year=2016, volume="21", pages="89-104")),
            Near("nobody has signed it", "version", paper(**HERE, pages="89-104")),
        ),
    ),
    Rule(
        "two places in one volume",
        "version",
        "one title in two places",
        ours(**PAGES),
        ours(**ELSEWHERE),
        (Near("no pages in one", "duplicate", ours(**HERE)),),
    ),
    Rule(
        "an abstract that came out under two DOIs",
        "version",
        "one title and abstract, but two identifiers",
        ours(doi="10.9999/jms.1", abstract=ABSTRACT),
        ours(doi="10.9999/jms.2", abstract=ABSTRACT),
        (
            Near("one DOI", "duplicate", ours(doi="10.9999/jms.1", abstract=ABSTRACT)),
            Near("no abstract in one", "version", ours(doi="10.9999/jms.2")),
        ),
    ),
    Rule(
        "two arXiv ids of an October",
        "version",
        "one title, but two identifiers",
        ours(arxiv_id="1510.00012"),
        ours(arxiv_id="1610.00012"),
        (Near("two versions of one", "duplicate", ours(arxiv_id="1510.00012v2")),),
    ),
    Rule(
        "two words over several years",
        "maybe",
        "so short a title in two years may be a column's or a topic's",
        ours("Sluice gates", year=2012, venue="Mill Letters"),
        ours("Sluice gates", year=2016, venue="Mill Letters"),
        (
            Near(
                "a word more",
                "version",
                ours("Sluice gates abroad", year=2016),
                ours("Sluice gates abroad", year=2012),
            ),
            Near("a preprint", "version", ours("Sluice gates", year=2011, venue="arXiv")),
            Near("in one year", "duplicate", ours("Sluice gates", year=2012, venue="Mill Letters")),
            Near(
                "of which half is the same text",
                "version",
                ours("Sluice gates", year=2016, abstract=HALF),
                ours("Sluice gates", year=2012, abstract=ABSTRACT),
            ),
        ),
    ),
    Rule(
        "an abstract on something else",
        "version",
        "one title, but other abstracts",
        ours(abstract=ABSTRACT),
        ours(abstract=OTHER),
        (Near("half of it is the same", "version", ours(abstract=HALF)),),
    ),
    Rule(
        "an abstract of which half is new",
        "version",
        "one title, the abstract was rewritten",
        ours(abstract=ABSTRACT),
        ours(abstract=HALF),
        (Near("a sentence is new", "duplicate", ours(abstract=MOST)),),
    ),
    Rule(
        "the year after, and no venue is known",
        "version",
        "one title, a year apart, and nothing that says it is one place",
        ours(LATER, **HERE, abstract=ABSTRACT),
        ours(LATER, year=2017),
        (
            Near("the same year", "duplicate", ours(LATER, year=2016)),
            Near(
                "so long a title does not come back", "duplicate", ours(LATER, year=2017, venue=HERE["venue"])
            ),
            Near("one abstract", "duplicate", ours(LATER, year=2017, abstract=ABSTRACT)),
        ),
    ),
    Rule(
        "abstracts that differ in places, and nothing else is known",
        "maybe",
        "one title, the abstracts differ in places, and no author, venue or year is known",
        paper(**HERE, abstract=ABSTRACT),
        paper(abstract=MOST),
        (
            Near("one abstract", "duplicate", paper(abstract=ABSTRACT)),
            Near("one venue", "duplicate", paper(venue=HERE["venue"], abstract=MOST)),
            Near("one year", "duplicate", paper(year=2016, abstract=MOST)),
        ),
    ),
    Rule(
        "two answers to one work, unsigned",
        "maybe",
        "an answer to a work may be one of several, and no author is known",
        ours(f"Reply to: {KEEPERS}", **HERE),
        paper(f"Reply to: {KEEPERS}"),
        (
            Near("signed", "duplicate", ours(f"Reply to: {KEEPERS}")),
            Near("in one volume", "duplicate", paper(f"Reply to: {KEEPERS}", volume="21")),
        ),
    ),
    Rule(
        "a column that one of its authors edits",
        "maybe",
        "one title, but few authors in common",
        ours(year=2016, abstract=ABSTRACT),
        paper(authors=SOME, year=2016),
        (
            Near("two of three", "duplicate", paper(authors=PEOPLE[1:], year=2016)),
            Near("one abstract", "duplicate", paper(authors=SOME, year=2016, abstract=ABSTRACT)),
            Near("one page", "duplicate", paper(authors=SOME, **HERE, pages="88"), ours(**HERE, pages="88")),
        ),
    ),
    Rule(
        "a column that one of its authors edits, in one volume",
        "maybe",
        "one title, but few authors in common",
        ours(**HERE),
        paper(authors=SOME, **HERE),
        (Near("two of three", "duplicate", paper(authors=PEOPLE[1:], **HERE)),),
    ),
    Rule(
        "two volumes of one year",
        "maybe",
        "one title and year, but two volumes",
        ours(LATER, **HERE, abstract=ABSTRACT),
        ours(LATER, **{**HERE, "volume": "22"}),
        (
            Near("a volume that is a year", "duplicate", ours(LATER, **{**HERE, "volume": "2016"})),
            Near(
                "the volume of the year after",
                "version",
                ours(LATER, **{**HERE, "volume": "22", "year": 2017}),
            ),
            Near("the venue not given", "version", ours(LATER, year=2016, volume="22")),
            Near("one abstract", "duplicate", ours(LATER, **{**HERE, "volume": "22"}, abstract=ABSTRACT)),
        ),
    ),
    Rule(
        "two issues of a volume",
        "maybe",
        "one title in two issues or reports: their numbers differ",
        ours(**HERE, number="1", abstract=ABSTRACT),
        ours(**HERE, number="4"),
        (
            Near("one number, filled up", "duplicate", ours(**HERE, number="01")),
            Near("a number in one alone", "duplicate", ours(**HERE)),
            Near("one abstract", "duplicate", ours(**HERE, number="4", abstract=ABSTRACT)),
        ),
    ),
    Rule(
        "two reports of one series",
        "maybe",
        "one title in two issues or reports: their numbers differ",
        ours(venue="Technical report, University of the Coast", number="TR-95-12"),
        ours(venue="Tech. Rep., Univ. of the Coast", number="TR-96-3", year=1996),
        (
            Near("one number, filled up", "duplicate", ours(venue="Technical Report", number="95-012")),
            Near("no number", "duplicate", ours(venue="Technical Report")),
            Near("a volume's", "duplicate", ours(venue="Mill Letters", number="1996-3")),
        ),
    ),
    Rule(
        "two words that anyone may have chosen",
        "maybe",
        "one title, but too short to be one work's alone",
        paper("Sluice gates", abstract=ABSTRACT),
        paper("Sluice gates"),
        (Near("one abstract", "duplicate", paper("Sluice gates", abstract=ABSTRACT)),),
    ),
    Rule(
        "a title alone, however it is written",
        "duplicate",
        "one title and nothing against it",
        paper(),
        paper(KEEPERS.upper()),
        (Near("a word exchanged", "distinct", paper(OWNERS)),),
    ),
]

RULES = [*DEPOSITED, *NUMBERED, *SLIPS, *VETOES, *OTHER_PEOPLE, *ONE_IDENTIFIER, *GENERIC, *ONE_TITLE]
