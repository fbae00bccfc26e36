"""The numbers that name a work: DOI, arXiv id, PubMed's number, and those of registered trials."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

_ARXIV_VERSION = re.compile(r"v\d+$")
# Tables write "NA", "0" and "-" where there is no number, and 123456.0 where there is one.
_PMID = re.compile(r"(?:pmid\W*|https?://\S*/)?([1-9]\d{3,8})(?:\.0)?/?", re.IGNORECASE)
_TRIAL = re.compile(
    r"\b(NCT|ISRCTN|ACTRN|CHICTR|EUCTR|DRKS|UMIN|NTR)((?:-(?:[A-Z]{2,4}-)?)?\d(?:-?\d){2,13})(?!\d)"
)
_READ = 1000


def doi(record: Mapping[str, Any]) -> str:
    """The DOI in lower case without a link before it; empty without one."""
    text = str(record.get("doi") or "").strip().lower()
    found = text.find("10.")
    return text[found:] if "doi" in text[:20] and found > 0 else text


def arxiv(record: Mapping[str, Any]) -> str:
    """The arXiv id without its version; empty without one."""
    return _ARXIV_VERSION.sub("", str(record.get("arxiv_id") or ""))


def pmid(record: Mapping[str, Any]) -> str:
    """PubMed's number, however it is written; empty without one."""
    found = _PMID.fullmatch(str((record.get("extra") or {}).get("pmid") or "").strip())
    return found[1] if found else ""


def trials(record: Mapping[str, Any]) -> dict[str, set[str]]:
    """Register → numbers of the trials that title, authors, link or venue name, in the large registers."""
    found: dict[str, set[str]] = {}
    for text in (record.get("title"), record.get("url"), record.get("venue"), *(record.get("authors") or ())):
        for register, number in _TRIAL.findall(str(text or "")[:_READ].upper()):
            found.setdefault(register, set()).add(re.sub(r"\D", "", number))
    return found
