"""Patterns that several rooms look for; parts of regular expressions, without groups."""

from __future__ import annotations

# https://info.arxiv.org/help/arxiv_identifier.html: YYMM.NNNN(N) since 2007-04, archive/YYMMNNN before.
ARXIV_NEW = r"\d{2}(?:0[1-9]|1[0-2])\.\d{4,5}"
ARXIV_OLD = r"[a-z]+(?:-[a-z]+)?(?:\.[A-Za-z]{2})?/\d{2}(?:0[1-9]|1[0-2])\d{3}"
ARXIV = rf"(?:{ARXIV_NEW}|{ARXIV_OLD})"
# What is typed of one so far.
ARXIV_BEGINS = r"\d{4}\.|[a-z-]+/\d"

# https://www.doi.org/doi-handbook/HTML/doi-name-syntax.html: a registrant may have divisions (10.1000.10/).
DOI_PREFIX = r"10\.\d{4,9}(?:\.\d+)*/"
DOI_BEGINS = r"10\."

_LATIN_GREEK_CYRILLIC = (*range(0xC0, 0x530), *range(0x1E00, 0x1F00))
# The inside of a class of signs: `re` has none for capitals, and names begin with Ø, Š and Ж, too.
CAPITAL = "A-Z" + "".join(sign for sign in map(chr, _LATIN_GREEK_CYRILLIC) if sign.isupper())
