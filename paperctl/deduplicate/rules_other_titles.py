"""The rules for pairs whose titles differ: on one page, one longer, a few words exchanged, or altogether."""

from __future__ import annotations

from paperctl.deduplicate import thresholds
from paperctl.deduplicate.comparison import Comparison
from paperctl.deduplicate.rule import Case, Rule, otherwise, rule


def _same_people(c: Comparison) -> bool:
    return c.authors.relation == "same"


def _one_abstract(c: Comparison) -> bool:
    return c.abstract.relation == "same"


def _abstracts_alike(c: Comparison) -> bool:
    return c.abstract.relation in ("same", "close")


def _two_places(c: Comparison) -> bool:
    return c.place == "other" or c.doi == "other" or c.extended


def _most_of_one_abstract(c: Comparison) -> bool:
    """Whether the same people use most of one abstract twice."""
    return _same_people(c) and c.abstract.ratio >= thresholds.MOST_OF_AN_ABSTRACT


# ---- one page ----------------------------------------------------------------------------------


@rule("maybe", "the same people and page, but other titles and nothing else that agrees")
def one_page(c: Comparison) -> bool:
    if c.place != "same" or not _same_people(c) or _one_abstract(c):
        return False
    shared_page = not (c.long_range or c.title.relation == "part" or c.one_slip)
    return (
        c.doi == "other"
        or c.two_abstracts
        or shared_page
        or (c.title.relation == "other" and not c.one_article_range)
    )


@rule("maybe", "one range of pages, but titles of one language without words in common")
def one_language(c: Comparison) -> bool:
    return c.one_language and c.title.common < thresholds.WORDS_IN_COMMON


def _one_range(c: Comparison) -> bool:
    agree = _same_people(c) or c.title.relation == "near"
    return c.one_article_range and agree and c.abstract.relation in ("same", "unknown")


ONE_PAGE = (
    one_page,
    Case(
        _one_range,
        (
            one_language,
            otherwise("duplicate", "the same pages of the same volume: the title was translated or changed"),
        ),
    ),
)

# ---- one title has words that the other lacks --------------------------------------------------


@rule("duplicate", "one place; one title has words the other lacks")
def longer_in_one_place(c: Comparison) -> bool:
    certain = c.title.relation == "part" or c.whole_range or _one_abstract(c)
    return c.place == "same" and certain and c.authors.relation in ("same", "unknown")


@rule("version", "the same people, one title longer, two places")
def longer_elsewhere(c: Comparison) -> bool:
    if not _same_people(c) or c.abstract.relation == "other" or c.topic:
        return False
    part = c.title.ratio >= thresholds.EXTENDED_TITLE or c.title.relation == "part"
    return part or _abstracts_alike(c)


@rule("maybe", "the same people in two places; one title may be the topic of both")
def topic_elsewhere(c: Comparison) -> bool:
    return _same_people(c) and c.abstract.relation != "other" and c.title.relation == "part"


@rule("version", "one title longer, one abstract, two places")
def one_abstract_elsewhere(c: Comparison) -> bool:
    return _abstracts_alike(c)


@rule("duplicate", "one long abstract; one title is the beginning or the end of the other")
def one_abstract_to_the_letter(c: Comparison) -> bool:
    to_the_letter = c.abstract.long and c.abstract.ratio == 1
    return c.title.relation == "added" and c.title.end and to_the_letter


@rule("maybe", "one abstract; one title has words the other lacks, and no author is known")
def one_unsigned_abstract(c: Comparison) -> bool:
    added = c.title.relation == "added" and c.title.ratio < thresholds.LONGER_TITLE
    return added and c.authors.relation == "unknown"


@rule("maybe", "one title has words the other lacks, and both are written as one list writes its papers")
def two_of_one_list(c: Comparison) -> bool:
    of_one_list = c.one_hand and not (c.title.noted or c.title.cut)
    return _same_people(c) and of_one_list and not c.supported


@rule("duplicate", "the same people, venue and year; one title has words the other lacks")
def longer_in_one_year(c: Comparison) -> bool:
    return c.authors.whole and (c.gap == 0 or (c.gap is None and _part(c)))


@rule("duplicate", "one venue and year; one title is the beginning or the end of the other")
def unsigned_part(c: Comparison) -> bool:
    return c.authors.relation == "unknown" and _part(c) and c.one_issue


@rule("version", "one title longer, the abstract was rewritten")
def longer_and_rewritten(c: Comparison) -> bool:
    return c.abstract.relation == "close"


@rule("distinct", "the titles differ and nothing else agrees enough")
def too_little(c: Comparison) -> bool:
    if c.abstract.relation == "other":
        return True
    return c.title.relation == "added" and not c.supported and not _same_people(c)


def _part(c: Comparison) -> bool:
    return c.title.relation == "part" and not c.short


def _one_venue(c: Comparison) -> bool:
    """Whether the venue is one, or may be one for a title without its subtitle, or is not known of a title
    that ends in dots; and no abstract, number or volume speaks against it."""
    if c.abstract.relation != "unknown" or c.other_number or c.volume == "other":
        return False
    return c.venue == "same" or (c.venue == "unclear" and _part(c)) or (c.venue == "unknown" and c.title.cut)


LONGER_TITLE = (
    longer_in_one_place,
    Case(
        _two_places,
        (
            longer_elsewhere,
            topic_elsewhere,
            one_abstract_elsewhere,
            otherwise("distinct", "titles and places differ"),
        ),
    ),
    Case(
        _one_abstract,
        (
            one_abstract_to_the_letter,
            one_unsigned_abstract,
            otherwise("duplicate", "one abstract; one title has words the other lacks"),
        ),
    ),
    Case(_one_venue, (two_of_one_list, longer_in_one_year, unsigned_part)),
    longer_and_rewritten,
    too_little,
    otherwise("maybe", "one title has words the other lacks"),
)

# ---- a few words exchanged ---------------------------------------------------------------------


@rule("maybe", "the abstracts differ in the very words that the titles exchange")
def template(c: Comparison) -> bool:
    return _one_abstract(c) and c.template


@rule("duplicate", "the same people in one place; the titles differ in a few words")
def near_in_one_place(c: Comparison) -> bool:
    return c.place == "same" and _same_people(c)


@rule("version", "one abstract in two places, titles that differ in a few words")
def near_elsewhere(c: Comparison) -> bool:
    return _two_places(c)


@rule("version", "one abstract, another year, titles that differ in a few words")
def near_in_another_year(c: Comparison) -> bool:
    return bool(c.gap)


@rule("duplicate", "the same people and abstract, titles that differ in a few words")
def near_with_one_abstract(c: Comparison) -> bool:
    return c.abstract.long and _same_people(c) and c.one_text


@rule("distinct", "the titles differ")
def nothing_for_it(c: Comparison) -> bool:
    return not _same_people(c) or c.abstract.relation != "unknown" or c.doi == "other"


@rule("duplicate", "the same people and issue, one word of the title misspelt")
def misspelt_in_one_issue(c: Comparison) -> bool:
    return c.one_slip and c.one_issue and c.place != "other"


@rule("duplicate", "the same people, venue and year, one word of a long title misspelt")
def misspelt_in_a_long_title(c: Comparison) -> bool:
    return c.title.one_word and c.slip_outvoted and c.venue == "same" and not c.one_hand


@rule("maybe", "the same people and year, titles that differ in a few words")
def almost_one_title(c: Comparison) -> bool:
    return c.title.ratio >= thresholds.ALMOST_ONE_TITLE and c.gap == 0


NEAR_TITLE = (
    template,
    near_in_one_place,
    Case(
        _one_abstract,
        (
            near_elsewhere,
            near_in_another_year,
            near_with_one_abstract,
            otherwise("maybe", "one abstract, titles that differ in a few words"),
        ),
    ),
    Rule(
        "version",
        "the same people, most of one abstract, titles that differ in a few words",
        _most_of_one_abstract,
    ),
    nothing_for_it,
    misspelt_in_one_issue,
    misspelt_in_a_long_title,
    almost_one_title,
    otherwise("distinct", "the titles differ"),
)

# ---- other titles ------------------------------------------------------------------------------


@rule("duplicate", "the same people, abstract and place; the title was translated or changed")
def changed_in_one_place(c: Comparison) -> bool:
    return _same_people(c) and c.place == "same"


@rule("version", "the same people and abstract under two titles")
def two_titles_for_one_text(c: Comparison) -> bool:
    return _same_people(c)


OTHER_TITLE = (
    Case(
        lambda c: _one_abstract(c) and c.abstract.long,
        (
            changed_in_one_place,
            two_titles_for_one_text,
            otherwise("maybe", "one abstract under two titles"),
        ),
    ),
    Rule("version", "the same people and most of one abstract under two titles", _most_of_one_abstract),
    otherwise("distinct", "the titles differ"),
)
