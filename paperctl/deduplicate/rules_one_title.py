"""The rules for pairs that a veto, an identifier, the people or the kind of title decides, and for one
title.
"""

from __future__ import annotations

from paperctl.deduplicate import thresholds
from paperctl.deduplicate.comparison import Comparison
from paperctl.deduplicate.rule import Case, otherwise, rule

# ---- versions of a deposit ---------------------------------------------------------------------


@rule("version", "two versions of one deposit or review: their DOIs differ in the version's number")
def versions_of_a_deposit(c: Comparison) -> bool:
    return c.deposit


@rule("version", "two deposits of the same people in a row, of one title but for a number")
def deposits_in_a_row(c: Comparison) -> bool:
    alike = c.title.ratio >= thresholds.DEPOSIT_TITLE and not c.one_is_about
    return c.in_a_row and alike and c.authors.relation == "same"


DEPOSITS = (versions_of_a_deposit, deposits_in_a_row)

# ---- the titles veto ---------------------------------------------------------------------------


@rule("duplicate", "one place and the same people; a slip in the title ({title.veto})")
def misprinted(c: Comparison) -> bool:
    if c.place != "same" or c.authors.relation != "same" or c.one_is_about:
        return False
    sure = c.whole_range or (c.abstract.relation == "same" and c.abstract.long)
    return sure and c.title.ratio >= thresholds.MISPRINTED_TITLE


@rule("maybe", "veto: {title.veto}, though identifier and abstract agree")
def vetoed_against_evidence(c: Comparison) -> bool:
    return c.same_id and c.abstract.relation == "same"


VETOED = (misprinted, vetoed_against_evidence, otherwise("distinct", "veto: {title.veto}"))

# ---- one identifier ----------------------------------------------------------------------------


@rule("maybe", "the identifier and the title agree, the authors do not")
def other_authors(c: Comparison) -> bool:
    return c.authors.relation == "none" and c.abstract.relation != "same"


@rule("duplicate", "one identifier and one abstract or place; the title was changed or translated")
def changed_title(c: Comparison) -> bool:
    if c.abstract.relation == "same":
        return True
    return c.whole_range and c.authors.relation == "same" and not c.two_abstracts


@rule("distinct", "one identifier for two works (an issue, a supplement): nothing else agrees")
def one_id_for_two(c: Comparison) -> bool:
    if c.authors.relation == "none":
        return True
    two = c.title.relation == "other" and c.two_abstracts
    return two and c.authors.relation != "same" and c.arxiv != "same"


@rule("version", "one identifier and the same people under a new title")
def renamed(c: Comparison) -> bool:
    return c.renamed


@rule("maybe", "one identifier, but titles that differ in a few words")
def near_titles(c: Comparison) -> bool:
    return c.title.relation == "near"


def _fitting_titles(c: Comparison) -> bool:
    """Whether the titles are one, or one is longer or misspelt and neither pages nor text contradict."""
    if c.title.relation in ("same", "part"):
        return True
    if c.title.relation != "added" and not c.one_slip:
        return False
    return c.authors.relation != "none" and not c.two_abstracts and c.pages != "other"


ONE_IDENTIFIER = (
    Case(_fitting_titles, (other_authors, otherwise("duplicate", "one identifier and one title"))),
    changed_title,
    one_id_for_two,
    renamed,
    near_titles,
    otherwise("maybe", "one identifier, but other titles"),
)

# ---- no author in common ------------------------------------------------------------------------


@rule("duplicate", "one title on the same pages; one record names a group, an editor or nobody right")
def one_title_one_range(c: Comparison) -> bool:
    return c.place == "same" and c.long_range


@rule("maybe", "veto: no author in common, though title and place or abstract agree")
def one_title_other_people(c: Comparison) -> bool:
    return c.place == "same" or (c.place != "other" and c.abstract.relation == "same")


def other_people(c: Comparison) -> bool:
    """Whether no author is in both; of two titles only the words of names are compared, which is cheap."""
    return (c.title.relation != "same" and c.strangers) or c.authors.relation == "none"


OTHER_PEOPLE = (
    Case(
        lambda c: c.title.relation == "same" and not c.generic, (one_title_one_range, one_title_other_people)
    ),
    otherwise("distinct", "veto: no author in common"),
)

# ---- titles that name a kind of page -----------------------------------------------------------


@rule("duplicate", "a title of kind ('Editorial'), but authors and place agree")
def generic_in_one_place(c: Comparison) -> bool:
    if c.place == "same":
        return True
    return c.abstract.relation == "same" and c.abstract.long and c.place != "other"


@rule("duplicate", "a title of kind ('Editorial'), but several authors and the issue agree")
def generic_in_one_issue(c: Comparison) -> bool:
    return c.one_issue and c.authors.shared > 1 and c.place != "other"


@rule("maybe", "a title of kind ('Editorial') says too little, even with the authors")
def generic_in_one_year(c: Comparison) -> bool:
    return c.place != "other" and c.gap == 0


def _one_generic_title(c: Comparison) -> bool:
    one = c.title.relation in ("same", "part", "added")
    return one and c.authors.relation == "same" and c.doi != "other"


GENERIC = (
    Case(_one_generic_title, (generic_in_one_place, generic_in_one_issue, generic_in_one_year)),
    otherwise("distinct", "a title of kind ('Editorial') needs a second field that agrees"),
)

# ---- one title ---------------------------------------------------------------------------------


@rule("version", "one title and page, but another year and identifier")
def printed_again(c: Comparison) -> bool:
    return c.doi == "other" and bool(c.gap) and not c.whole_range


@rule("version", "one title, one of them the extended abstract or version")
def extended(c: Comparison) -> bool:
    return c.extended and not c.one_issue


@rule("maybe", "so short a title in two years may be a column's or a topic's")
def short_title_in_two_years(c: Comparison) -> bool:
    unlike = c.abstract.relation in ("unknown", "other") and c.volume != "same"
    return bool(c.gap) and c.brief and unlike and not c.preprint


@rule("duplicate", "one title, the same people, venue and volume; the pages are written differently")
def near_pages(c: Comparison) -> bool:
    agree = c.one_issue and c.doi != "other" and c.authors.relation == "same"
    return agree and c.abstract.relation in ("same", "unknown") and c.near_pages


@rule("version", "one title and abstract, but two identifiers")
def one_text_two_ids(c: Comparison) -> bool:
    return c.abstract.relation == "same"


@rule("duplicate", "one title, the same people, venue and year; one abstract was rewritten")
def rewritten_by_a_database(c: Comparison) -> bool:
    return c.outvoted and not c.other_number and c.volume != "other"


@rule("version", "one title a year apart, but other numbers in the abstract")
def annual(c: Comparison) -> bool:
    return bool(c.gap) and c.abstract.figures and not c.same_id


@rule("version", "one title, the abstract was rewritten")
def rewritten(c: Comparison) -> bool:
    return c.abstract.relation == "close" and c.abstract.ratio < thresholds.REWRITTEN_ABSTRACT


@rule("version", "one title, a year apart, and nothing that says it is one place")
def years_apart(c: Comparison) -> bool:
    return bool(c.gap) and not c.supported and not (c.venue == "same" and c.telling)


@rule("maybe", "one title, the abstracts differ in places, and no author, venue or year is known")
def nothing_but_close_texts(c: Comparison) -> bool:
    return c.anonymous and c.abstract.relation == "close"


@rule("maybe", "one title, but few authors in common")
def few_authors(c: Comparison) -> bool:
    return c.authors.relation == "some" and c.abstract.relation != "same"


@rule("maybe", "an answer to a work may be one of several, and no author is known")
def unsigned_answer(c: Comparison) -> bool:
    return c.answer and not c.authors.shared


@rule("maybe", "one title, but the people may be namesakes")
def namesakes(c: Comparison) -> bool:
    return c.namesakes and not (c.venue == "same" and c.gap == 0)


@rule("maybe", "one title and year, but two volumes")
def two_volumes(c: Comparison) -> bool:
    return c.volume == "other"


@rule("maybe", "one title in two issues or reports: their numbers differ")
def two_issues(c: Comparison) -> bool:
    return c.other_number


@rule("maybe", "one title, but too short to be one work's alone")
def short_title(c: Comparison) -> bool:
    return c.short and c.authors.shared < 2


ONE_TITLE = (
    Case(
        lambda c: c.place == "same",
        (printed_again, otherwise("duplicate", "one title and one place")),
    ),
    extended,
    short_title_in_two_years,
    Case(
        lambda c: c.place == "other",
        (near_pages, otherwise("version", "one title in two places")),
    ),
    Case(
        lambda c: "other" in (c.doi, c.arxiv),
        (one_text_two_ids, otherwise("version", "one title, but two identifiers")),
    ),
    Case(
        lambda c: c.abstract.relation == "other",
        (rewritten_by_a_database, otherwise("version", "one title, but other abstracts")),
    ),
    annual,
    rewritten,
    years_apart,
    nothing_but_close_texts,
    few_authors,
    Case(
        lambda c: not c.supported,
        (unsigned_answer, namesakes, two_volumes, two_issues, short_title),
    ),
    otherwise("duplicate", "one title and nothing against it"),
)
