"""Items about a work: which words of a title, folded or as written, call it an erratum, a reply or a review
of another one, and which title a notice of correction corrects.
"""

from __future__ import annotations

import itertools
import re

from paperctl.deduplicate import thresholds, vocabulary

CORRECTION = "erratum"
"""What every notice that corrects an article is called, whatever its journal calls it."""

# The head of a notice, and the citation of the corrected article in brackets at its end: "(vol 14, pg 101,
# 2015)", "(Journal (2015) 14:2 (101-112))", "[Journal 14 (2015) 101-112]", "(Journal 2015;14:101-12)".
_HEAD = re.compile(
    r"^\W*(?:(?:author|publisher)(?:['’]?s)? )?"
    r"(?:(?:errat(?:um|a)|corrigend(?:um|a))(?:\s(?:to|for|in|of|on)\b)?|corrections?(?=\s*:|\sto\b|\s\w+\s*[\"“:])(?:\s(?:to|for|in|of)\b)?)"
    r"\W+(?:the article\W+)?(?=\w)",
    re.IGNORECASE,
)
_YEAR = r"(?:19|20)\d\d"
_CITED = re.compile(
    r"\W*[(\[]\s*(?:vol(?:ume)?\.?\s?\w+,?\s(?:pg?|pages?|art)?\.?\s?[\w–-]+,\s" + _YEAR + ""
    r"|[^()\[\]]{3,150}\(" + _YEAR + r"\)[\s,;:]*[\w:.,\s–-]{0,30}\([\w\s,.–-]{1,40}\)[^()]{0,80}"
    r"|[^()\[\]]{3,150}[\s,]\d{1,4}(?:\s?\(\w{1,9}\))?,?\s\(" + _YEAR + r"\),?\s?[\w.\s–-]{1,30}[^()]{0,80}"
    r"|[^()\[\]]{3,150}\b"
    + _YEAR
    + r"(?:\s\w{3,9})?(?:\s\d\d?)?[;,]\s?\d{1,4}(?:\s?\(\w{1,9}\))?\s?:\s?[\w\s–-]{1,30})[)\]]\W*$",
    re.IGNORECASE,
)
# What an item about a work is called by its title, folded, and by its title as it was written.
_FOLDED = re.compile(
    r"^(?:(?P<letter>letter by)|(?P<commentary>invited commentary)"
    r"|(?P<warning>(?:editorial )?expression of concern)"
    r"|(?P<retraction>notice of retraction)|(?P<withdrawal>notice of withdrawal|withdrawn)"
    r"|(?P<lay_summary>plain language summary)|(?P<design>rationale and design)"
    r"|(?P<additional_file>additional file \d+ of)|(?P<recommendation>faculty opinions recommendation of)"
    r"|(?P<video>video abstract)|(?P<choice>editors? s? ?choice)|(?P<journal_club>journal club)"
    r"|(?P<lay_summaries>summaries for patients)"
    r"|(?P<appendix>online appendix|appendix (?:to|for|of))"
    r"|(?P<supporting_file>supporting information (?:to|for)|supplement(?:a(?:ry|l) \w+)? (?:to|for)))\b"
    r"|\b(?:(?P<summary>executive summary)"
    r"|(?P<supplement>supplementa(?:ry|l) (?:materials?|data|information))"
    r"|(?P<reply>reply)|(?P<erratum>vol \d+ (?:pg? )?\w+ \d{4}))$"
)
_WRITTEN = re.compile(
    r"^\W*(?:(?P<letter>re|letter)|(?P<commentary>commentary|comment|discussion)|(?P<reply>reply|response)"
    r"|(?P<review>book review)|(?P<data_set>data from|replication data for))\s?:\s"
    r"|[:.)\]\"”’]\s*(?:(?P<correction>correction|corrigendum|erratum)|(?P<retraction>retraction))"
    r" (?:to|of|for) [^:]{2,80}\d{4}\W*$",
    re.IGNORECASE,
)
_MARK = re.compile(
    r"\[(reply|letter|authors?'? reply|errat(?:um|a)|corrections?|corrigendum|retraction)\]", re.IGNORECASE
)


def about(raw: str, words: tuple[str, ...], note: tuple[str, ...]) -> frozenset[str]:
    """What makes an item *about* the work it names, by its title as written, the folded words of its core,
    and its closing note."""
    return (
        _by_words(words, (*note, *map(str.lower, _MARK.findall(raw)))) | _name(_WRITTEN, raw) | _corrects(raw)
    )


def _by_words(words: tuple[str, ...], note: tuple[str, ...]) -> frozenset[str]:
    """The words that mark such an item; they stand at either end or in the note."""
    found = {w for w in (*words[:2], *words[-1:], *note) if w in vocabulary.ABOUT_A_WORK}
    found |= {
        w
        for w, then in itertools.pairwise(words[:4])
        if w in vocabulary.ANSWERS and then in vocabulary.ANSWERED
    }
    found |= {w for w in note if " " in w or w in ("reply", "letter")}
    found |= _name(_FOLDED, " ".join(words))
    return frozenset(CORRECTION if w in vocabulary.CORRECTIONS else w for w in found)


def _name(pattern: re.Pattern[str], text: str) -> frozenset[str]:
    """What a notice is called: the name of the group that matched."""
    notice = pattern.search(text)
    return frozenset((notice.lastgroup.replace("_", " "),)) if notice and notice.lastgroup else frozenset()


def _corrects(raw: str) -> frozenset[str]:
    """Whether a title is that of a notice, by its head or by the citation of the article at its end."""
    cited = _CITED.search(raw) if "(" in raw or "[" in raw else None
    noticed = _HEAD.match(raw) or (cited and cited[0].lstrip(' .:,"”').startswith("("))
    return frozenset((CORRECTION,)) if noticed else frozenset()


def corrected_title(raw: str) -> str:
    """The title that a notice corrects; any other title as it is."""
    if not _corrects(raw):
        return raw
    text = _HEAD.sub("", _CITED.sub("", raw)).strip(" \"“”'‘’")
    return text if len(text.split()) >= thresholds.READING_WORDS else raw
