"""What all dumps of arXiv share: the year of an id, references to journals, marks of withdrawal."""

from __future__ import annotations

import re

_ID = re.compile(r"(?:[a-z-]+(?:\.[A-Z]{2})?/)?(\d\d)(?:0[1-9]|1[0-2])(?:\.?\d{3,5})(?:v\d+)?")
_WITHDRAWN = re.compile(
    r"\s*(?:this (?:paper|article|submission|manuscript|work|version) (?:has been|is|was) (?:now )?"
    r"(?:temporarily )?(?:withdrawn|retracted)"
    r"|(?:paper |article )?(?:has been )?(?:withdrawn|retracted)\b)",
    re.IGNORECASE,
)
_YEAR = re.compile(r"[(\s,:;.](1[89]\d\d|20\d\d)\)?(?!\d)")
_PAGES = r"(?:pp?\.?\s*)?(?P<pages>[A-Z]?\d[\w.]*(?:\s*[-–]+\s*[A-Z]?\d+)?)"
_REFERENCE = re.compile(
    rf"(?P<venue>[^\d(][^\d]*?[^\d\s,:(](?:\s*\((?:\d|[Ss]er\. ?\w+)\))?)"
    rf"[\s,]*(?:[Vv]ol(?:ume)?\.?\s*)?(?<![\d(])(?P<volume>\d{{1,4}}[A-Z]?)"
    rf"\s*(?:\((?P<number>\d{{1,3}})\))?\s*(?:\((?:1[89]|20)\d\d\))?\s*[,:;\s]\s*(?:(?:[Nn]o|[Ii]ssue)\.?\s*(?P<issue>\d+),\s*)?{_PAGES}"
)
"""Journal, volume, perhaps number, pages: "Phys.Rev.D76:013009,2007", "Nature 450, 100-105 (2007)"."""


def year_of_id(number: object) -> int | None:
    """The year in which an arXiv id was given: 0704.0001 in 2007, hep-th/9901001 in 1999."""
    found = _ID.fullmatch(number) if isinstance(number, str) else None
    if not found:
        return None
    short = int(found[1])
    return (1900 if short > 90 else 2000) + short


def withdrawn(*texts: object) -> bool:
    """Whether a comment or an abstract says at its start that the paper was withdrawn."""
    return any(isinstance(text, str) and bool(_WITHDRAWN.match(text)) for text in texts)


def journal_reference(text: object) -> tuple[str, dict[str, str]]:
    """The venue of a reference to a journal, and volume, number, pages and year as far as it tells them."""
    if not isinstance(text, str) or not text.strip():
        return "", {}
    text = " ".join(text.split())
    found = _REFERENCE.match(text)
    details: dict[str, str] = {}
    if year := _YEAR.search(text):
        details["published_year"] = year[1]
    if not found or found["pages"] == details.get("published_year"):
        return text, details
    details |= {"volume": found["volume"], "number": found["number"] or found["issue"] or ""}
    details = {name: value for name, value in details.items() if value}
    details["pages"] = found["pages"].rstrip(".")
    return found["venue"].strip(" ,.:;") + ("." if found["venue"].rstrip().endswith(".") else ""), details


def names_in(text: object) -> object:
    """The people of arXiv's lists, who are written as they are called: "A. Lee (MIT), B. Roe and C. Poe"."""
    if not isinstance(text, str):
        return text
    bare = " ".join(text.split())
    for _ in range(3):  # brackets nest: "(MIT (CSAIL))"
        bare = re.sub(r"\s*\([^()]*\)", "", bare)
    names = [name.strip() for name in re.split(r",?\s+and\s+|\s*[,;]\s*(?:and\s+)?", bare) if name.strip()]
    found: list[str] = []
    for name in names:
        if found and _SUFFIX.fullmatch(name):
            found[-1] += f" {name}"
        else:
            found.append(name)
    return found


_SUFFIX = re.compile(r"(?:jr|sr|ii|iii|iv)\.?", re.IGNORECASE)
