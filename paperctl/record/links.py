"""Where a paper and its code are to be read: links that a page may show."""

from __future__ import annotations

import re

from paperctl.record import Paper, Record
from paperctl.text.sanitise import clean


def link(record: Paper) -> str | None:
    """Where to read the paper: its url, else its DOI, else its arXiv id."""
    url = web(record.get("url"))
    if url:
        return url
    return doi_link(record) or arxiv_link(record)


def doi_link(record: Paper) -> str | None:
    """Where its DOI leads."""
    return f"https://doi.org/{_quoted(doi)}" if (doi := record.get("doi")) else None


def arxiv_link(record: Paper) -> str | None:
    """Its page at arXiv."""
    return f"https://arxiv.org/abs/{_quoted(arxiv)}" if (arxiv := record.get("arxiv_id")) else None


def code_links(record: Record) -> list[str]:
    """Where its code is; may be empty though the record `has_code`."""
    return [url for held in record.get("code_urls") or () if (url := web(held))]


def web(url: object) -> str | None:
    """The url if a page may link to it: http, https or ftp, with everything else percent-encoded."""
    if not isinstance(url, str) or not re.match(r"(?:https?|ftp)://[^\s/]", url, re.IGNORECASE):
        return None
    return _quoted(url)


def _quoted(text: str) -> str:
    from urllib.parse import quote

    # Signs that end a link in Markdown, HTML, BibTeX or RIS are encoded, those that work in URLs stay.
    return quote(clean(text), safe="%/:?#@!$&'*+,;=~-._")
