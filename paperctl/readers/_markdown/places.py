"""Venues and years as lists write them: "CVPR'24 oral", "arXiv 2312", "Neural computation 18.7 (2006)"."""

from __future__ import annotations

import re

from paperctl.readers._markdown.names import names_in
from paperctl.readers._text import MONTHS
from paperctl.text.patterns import ARXIV, CAPITAL

YEAR = r"((?:19|20)\d\d)"
_NAME_OF_VENUE = r"(?:\d?[A-Z]|[a-z]{1,3}[A-Z])[\w&/+@-]*|arxiv"
VENUE = re.compile(
    rf"(?<![\w-])((?:{_NAME_OF_VENUE})(?: (?:[A-Z][\w&/-]*|of|on|in|for|the|and|workshops?|conference"
    rf"|symposium|journal|findings)){{0,8}}?)(?:['’`]s)?"
    rf"[ ,.:(]*"
    rf"(?:{YEAR}|[‘’'`](\d\d)|(?<=[A-Zv] )(\d\d))\b"
)
_YEAR_FIRST = re.compile(rf"{YEAR}[ ,/-]+((?:{_NAME_OF_VENUE})(?: (?:[A-Z][\w&/-]*)){{0,2}})")
_ARXIV_MONTH = re.compile(r"(arxiv)(?: preprint)?[ :,]*\d\d(?:0[1-9]|1[0-2])(?!\d)", re.IGNORECASE)
"""arXiv and the first four digits of an id, which are no year: "arXiv 1712"."""
REMARKS = (
    r"(?i:oral|spotlight|poster|highlight|workshops?|findings|best|outstanding|award|finalist|submission"
    r"|submitted"
    r"|under review|accepted|to appear|main|demo|track|datasets? (?:and|&) benchmarks?|long|short|journal"
    r"|conference"
    r"|honou?rable mention|notable|top|runner)\b"
)
"""What lists say of a talk next to its meeting."""
KNOWN = (
    r"(?i:arxiv|biorxiv|medrxiv|neurips|nips|icml|iclr|cvprw?|iccvw?|eccvw?|wacv|bmvc|accv|3dv|aaai"
    r"|ijcai|acl|emnlp|naacl|eacl|coling|tacl|conll|sigir|kdd|www|wsdm|cikm|recsys|icassp|interspeech|icra"
    r"|iros"
    r"|rss|corl|aistats|uai|colt|miccai|tpami|pami|tmlr|jmlr|ijcv|tip|tmm|acm ?mm|siggraph(?: asia)?|chi|uist"
    r"|osdi|sosp|asplos|isca|hpca|micro|mlsys|usenix(?: security)?|nsdi|ndss|ccs|icse|fse|ase|vldb|sigmod"
    r"|icde"
    r"|tkde|tois|tnnls|tcsvt|ral|ra-l|ecir|ecml|pkdd|pvldb|cidr|edbt|eurosys|sigcomm|atc|ispd|dac|iccad"
    r"|iswc|eswc"
    r"|taslp|spl|tog|tvcg|hri|humanoids|cogsci|pnas|plos(?: \w+)?|openreview|ssrn|techrxiv)"
    r"|Nature(?: \w+){0,2}|Science(?: \w+){0,2}|Neural Computation|Neurocomputing|Technical Report"
)
_DATED = re.compile(
    rf"({KNOWN})[, (]+(?:\d{{1,2}} )?(?:{MONTHS})\.?,? (?:\d{{1,2}},? )?{YEAR}\W*", re.IGNORECASE
)
"""A venue and a day: "arXiv, 5 Sep 2024"."""
_ACRONYM = re.compile(rf"\W*({KNOWN})(?:[ ,(]+{REMARKS}[\w ]*)*\W*")
"""Venues that lists name without a year."""
_SHORT_YEAR = re.compile(rf"({KNOWN})[ -]?['‘’`]?(\d\d)(?:[ ,(]+{REMARKS}[\w ]*)*\W*")
"""A venue and the last digits of its year: "ICML19", "ICLR-20 workshop"."""
WORKSHOP = re.compile(
    r"\W*(?:oral|spotlight|poster|highlight|best paper.*|under review|accepted|w/ code|new)\W*", re.I
)
LIKE_VENUE = re.compile(
    r"\b(?:Journal|Transactions|Letters|Conference|Proceedings|Reviews?|Magazine|Nature|Science|Cell"
    r"|Lancet|Annals"
    r"|Bulletin|Workshop|Symposium|Press|Thesis|IEEE|ACM|Computation|Communications|Advances|Surveys|Preprint"
    r"|Artificial Life|BMC|PLo[sS]|Bioinformatics|Genomics"
    r"|Acta|Archives|Frontiers|Trends|Quarterly|Cognition|Neuro\w+)\b"
    r"|^[A-Z][A-Za-z]*[A-Z]{2,}\w*$"
)
"""What a venue's name holds, where italics alone could be anything."""


def place_in(text: str) -> tuple[str, int | None] | None:
    """Venue and year of a piece that names them and little else: "CVPR 2023", "In ICML'22", "arXiv"."""
    bare = re.sub(r"^[\W_]+|(?<![\s*_,;:.|)\]])[\s*_,;:.|)\]]+$", "", text.replace("*", ""))
    if len(bare.split()) > 24:
        return None
    if len(bare.split()) > 12:
        return _alone(bare)
    return _alone(bare) or _of_venue(re.sub(_PUBLISHED, "", bare))


_PUBLISHED = re.compile(r"(?i)^(?:published (?:in|at)|(?:to appear|accepted)(?: (?:in|at|by|to))?) ")


def _alone(bare: str) -> tuple[str, int | None] | None:
    """A place that is written in a way of its own: a year, a preprint, a known venue, its year in front."""
    if re.fullmatch(rf"\W*{YEAR}(?:[-./]\d{{1,2}}){{0,2}}\W*", bare):
        return "", int(bare.strip(" ().")[:4])
    if preprint := re.fullmatch(rf"(?i)arxiv preprint(?: arxiv:[\d.v]+)?(?:[, (]+{YEAR})?", bare):
        return "arXiv", int(preprint[1]) if preprint[1] else None
    if acronym := _ACRONYM.fullmatch(bare):
        return acronym[1], None
    if short := _SHORT_YEAR.fullmatch(bare):
        return short[1], _of_two_digits(short[2])
    if re.fullmatch(rf"(?i)arxiv: ?{ARXIV}(?:v\d+)?(?: \[[\w.-]+\])?", bare):
        return "arXiv", None
    if (arxiv := _ARXIV_MONTH.fullmatch(bare)) and not bare.endswith(tuple(_RECENT)):
        return arxiv[1], None
    if dated := _DATED.fullmatch(bare):
        return dated[1], int(dated[2])
    if formal := _FORMAL.fullmatch(bare):
        return formal[1].rstrip(" ,"), int(formal[2]) if formal[2] else None
    if reversed_ := _YEAR_FIRST.fullmatch(bare):
        return reversed_[2], int(reversed_[1])
    return None


_FORMAL = re.compile(
    r"(?:[Ii]n:? )?((?:(?:The |\d{4} )?(?:Findings of|Proceedings|Proc\.|Journal|International|Annual|IEEE"
    r"|ACM|AAAI|Conference|Transactions|Workshop|Symposium|Advances in Neural)\b[^;!?()]{3,140}"
    r"(?: \([A-Z][\w&'’-]*\))?"
    rf"(?=,? \(?{YEAR})|Proceedings of (?:the )?[A-Z]\S+))(?:,? \(?{YEAR}\)?)?"
)
"""The whole name of a venue, and its year; or, without one, whose proceedings it is."""


def _several(bare: str) -> tuple[str, int | None] | None:
    """The first of several places that is more than arXiv."""
    if re.search(r"[,;/]\s", bare) and len(several := re.split(r"[,;/]\s+", bare)) < 4:
        places = [place_in(one) for one in several]
        if all(place and place[0] for place in places):
            return next((p for p in places if p and p[0].lower() != "arxiv"), places[0])
    return None


def _of_venue(bare: str) -> tuple[str, int | None] | None:
    """A venue and its year, with little next to them, or several of them."""
    if several := _several(bare):
        return several
    found = VENUE.search(re.sub(r"^(?:At|In) (?=[A-Z])", "", bare))
    if not found or found[1].lower().strip(" -") in _AROUND_YEARS:
        return None
    if len(found[1].split()) > 4 and not LIKE_VENUE.search(found[1]):
        return None  # a title in capitals and its year
    before, after = bare[: found.start()].strip(" ,.:("), bare[found.end() :].strip(" ,.:()")
    if re.sub(
        r"(?i)^(?:in|at|to appear in|published (?:in|at)|accepted (?:by|at|to|in)"
        r"|proc(?:eedings|\.)?(?: of(?: the)?)?)$",
        "",
        before,
    ):
        return None
    if after and not (WORKSHOP.fullmatch(after) or len(after.split()) <= 2 or _AFTER_YEAR.match(after)):
        return None
    return "" if _MONTH.fullmatch(found[1].strip()) else found[1].strip(" -"), year_of(found)


_AROUND_YEARS = {"pre", "post", "before", "after", "since", "until"}
_MONTH = re.compile(rf"(?:{MONTHS}|spring|summer|autumn|fall|winter)\.?", re.IGNORECASE)
_RECENT = tuple(str(year) for year in range(2013, 2031))
"""Years that four digits behind "arXiv" may be; "arXiv 2004" is distinguished by the id."""
_AFTER_YEAR = re.compile(rf"{REMARKS}|from |by |\W")


def is_acronym(venue: str) -> bool:
    """Whether a venue is one of those that lists name by their letters alone."""
    return bool(re.fullmatch(KNOWN, venue))


def year_of(found: re.Match[str]) -> int:
    """The year that a venue was found with, which may have two digits."""
    return int(found[2]) if found[2] else _of_two_digits(found[3] or found[4])


def _of_two_digits(digits: str) -> int:
    """The year of "'84" or "'24"."""
    return int(digits) + (1900 if int(digits) > 50 else 2000)


_BETWEEN = re.compile(r",|\band\b|&|\s-\s")
_FAMILY = re.compile(rf"[{CAPITAL}][\w'’-]*|(?:[{CAPITAL}]\.? ?)+")
"""A family name alone, or initials, as lists in short name people: "Doe, Roe, Poe"."""


def _is_people(venue: str) -> bool:
    """Whether what stands where a venue would begins with a person."""
    pieces = [piece for part in _BETWEEN.split(venue) if (piece := part.strip())]
    if len(pieces) > 1 and not LIKE_VENUE.search(pieces[0]) and all(map(_FAMILY.fullmatch, pieces[:2])):
        return True
    first = venue.split(",")[0]
    shortened = len(re.findall(r"[a-z]{3,}\. ", venue)) > 1  # "User Model. User-Adapt. Interact."
    return bool(names_in(first, lone=True)) and not (shortened or LIKE_VENUE.search(first))


_CITATION = re.compile(
    r"[\s.,\"”]*(?:In:? )?(?P<venue>(?:[A-Z]|[a-z]{1,5}[A-Z]|arxiv|npj|\d{4} [A-Z])[^()\[\]\x00\"“*]{2,140}?"
    r"(?: \([A-Z][A-Z]\w*\))?)"
    r"(?:[ ,.]+(?:abs/[\d.]+|arXiv:[\d.]+v?\d*|(?:[Vv]ol\.? ?)?\d{1,4}(?:\.[\d-]+)?(?: ?\([\d-]+\))?"
    r"|(?:pp?\. ?)?\d+[-–]\d+)){0,3}"
    rf"[,.]? (?:(?:[A-Z][A-Z]+|Springer|Elsevier"
    rf"|Cham)\w*, )?\(?(?P<year>{YEAR[1:-1]})\)?(?P<pages>: ?[\w]+[-–]\w+)?"
    r"[.\s]*(?=\x00|\[|\(|$)"
)


VANCOUVER = re.compile(
    r"[\s.,\"”*_]*(?P<venue>[A-Z][^;\x00*_]{1,120}?)[.*_]+ (?P<year>(?:19|20)\d\d)"
    r"(?: [A-Z][a-z]{2}(?: \d\d?)?)?;\s*\d+(?: ?\([^()]*\))?(?::\s*(?P<pages>[\w–-]+))?[.\s]*"
)
"""A journal, its year, volume and pages in the style of medicine: "BMJ. 2009;338:b2393"."""


_ACM = re.compile(
    r"[\s.,\"”*_]*(?P<venue>[A-Z][\w.,& -]{1,80}?) \d{1,4}, \d{1,3} "
    rf"\((?:[A-Z][a-z]+\.? )?(?P<year>{YEAR[1:-1]})\)(?P<pages>,? [\d–-]+)?[.\s]*(?:DOI\s?[:=]?\s*)?"
    r"(?=\x00|\[|$|[A-Z])"
)
"""A journal, its volume, number, month and pages in the style of the ACM: "Commun. ACM 36, 7 (July 1993)"."""
_IEEE = re.compile(
    r"[\s.,\"”*]*(?:in:? )?\*?(?P<venue>[A-Z].{2,120}?)\*?,(?: vol\. ?[^,]+,)?(?: no\. ?[^,]+,)?"
    r"(?: pp?\. ?[\d –-]+,)?"
    rf"(?: (?:{MONTHS})\.?)? (?P<year>{YEAR[1:-1]})(?P<pages>, pp?\. ?[\d –-]+)?[.\s]*(?=\x00|\[|\(|$)"
)


_VOLUME = re.compile(r"\b(?:vol|no)\. ?\d")
_OF_IEEE = re.compile(r"\b(?:vol|no|pp)\. ?\w|\bin:? \*?(?:Proc|Int|IEEE|ACM)")


def citation_in(text: str) -> tuple[str, int, int] | None:
    """Venue, year and end of the rest of a reference: "Neural computation 18.7 (2006): 1527-1554." of MLA,
    "IEEE Robot. Autom. Mag., vol. 17, no. 3, Sep. 2010" of IEEE."""
    if sure := _ACM.match(text) or VANCOUVER.match(text):
        venue = sure["venue"].strip(" .,")
        if ". " not in re.sub(r"\b[A-Z]\w{0,7}\. ", "", venue):
            return venue, int(sure["year"]), sure.end()
    return _other_citation_in(text)


def _reference_rest(text: str) -> re.Match[str] | None:
    """The rest of a reference in the style of IEEE, where "vol." and the like show it, or of MLA."""
    ieee = _IEEE.match(text)
    if ieee and _VOLUME.search(ieee[0]):
        return ieee
    return _CITATION.match(text) or (ieee if ieee and _OF_IEEE.search(ieee[0]) else None)


def _other_citation_in(text: str) -> tuple[str, int, int] | None:
    found = _reference_rest(text)
    if not found:
        return None
    venue = re.sub(
        rf"^{YEAR} |[,.*]+$|,? (?:vol|no|pp)\. .*$|,? \d+(?: ?\(\d+\))?, [\d–-]+$", "", found["venue"].strip()
    )
    if re.fullmatch(r"(?i)arxiv preprint(?: arxiv.*)?", venue):
        venue = "arXiv"
    words = venue.split()
    place = place_in(found["venue"])
    if (
        not words
        or len(words) > 16
        or (found.re is not _IEEE and _is_people(venue))
        or _MONTH.fullmatch(venue)
        or (place and place[1])
    ):
        return None
    if found.re is not _IEEE and ". " in re.sub(r"\b\w{1,5}\. ", "", venue):
        return None
    return venue, int(found["year"]), found.end()
