"""The numbers that name a work: DOI, arXiv id, PubMed's number, and those of registered trials."""

from __future__ import annotations

import re

from paperctl.deduplicate import thresholds
from paperctl.normalise.identifiers import bare_doi
from paperctl.record import Paper

_ARXIV_VERSION = re.compile(r"v\d+$")
# Tables write "NA", "0" and "-" where there is no number, and 123456.0 where there is one.
_PMID = re.compile(r"(?:(?:pmid|pubmed)\W*|https?://\S*pubmed\S*/)?0*([1-9]\d{1,7})(?:\.0)?/?", re.IGNORECASE)
_TRIAL = re.compile(
    r"\b((?:NCT|ISRCTN|DRKS)(?=\d{8}(?!\d))|UMIN(?=\d{9}(?!\d))|ACTRN(?=\d{14}(?!\d))|NTR(?=\d{2,5}(?!\d))"
    r"|CHICTR(?=[-A-Z]{0,6}\d{8,10}(?!\d))|EUCTR(?=\d{4}-\d{6}-\d{2}))[-A-Z]*(\d+(?:-\d{6}-\d{2})?)"
)
_READ = 1000


def doi(record: Paper) -> str:
    """The DOI in lower case without a link before it and a page of the site behind it; empty without one."""
    given = record.get("doi")
    if not given:
        return ""
    text = str(given).strip().lower()
    found = text.find("10.")
    return bare_doi(text[found:] if "doi" in text[:20] and found > 0 else text)


def deposit(record: Paper) -> str:
    """The DOI of a deposit or review without the number of its version; empty where registries count none.

    Registries count versions in the DOI: Cochrane's `….pub2`, figshare's and Preprints.org's `….v3`, Research
    Square's `…/v1`. A DOI without a number is the first version, or all of them: it is its own base.
    """
    number = doi(record)
    return _DOI_VERSION.sub("", number) if number.startswith(_VERSIONED) else ""


_VERSIONED = (
    "10.1002/14651858.",
    "10.6084/m9.figshare.",
    "10.20944/",
    "10.21203/rs.",
    "10.1101/",
    "10.26434/",
)
_DOI_VERSION = re.compile(r"(?:\.pub\d{1,2}|[./-]?v\d{1,2})$")
_ZENODO = re.compile(r"10\.5281/zenodo\.(\d+)")


def in_a_row(a: Paper, b: Paper) -> bool:
    """Whether two deposits got their DOIs one soon after the other, as the versions of one do at Zenodo."""
    one, other = _ZENODO.fullmatch(doi(a)), _ZENODO.fullmatch(doi(b))
    if one is None or other is None:
        return False
    return 0 < abs(int(one[1]) - int(other[1])) <= thresholds.DOIS_IN_A_ROW


def arxiv(record: Paper) -> str:
    """The arXiv id without its version; empty without one."""
    return _ARXIV_VERSION.sub("", str(record.get("arxiv_id") or ""))


def pmid(record: Paper) -> str:
    """PubMed's number, however it is written; empty without one."""
    found = _PMID.fullmatch(str((record.get("extra") or {}).get("pmid") or "").strip())
    return found[1] if found else ""


def trials(record: Paper) -> dict[str, set[str]]:
    """Register → numbers of the trials that title, authors, link or venue name, in the large registers."""
    found: dict[str, set[str]] = {}
    for text in (record.get("title"), record.get("url"), record.get("venue"), *(record.get("authors") or ())):
        for register, number in _TRIAL.findall(str(text or "")[:_READ].upper()):
            found.setdefault(register, set()).add(re.sub(r"\D", "", number))
    return found
