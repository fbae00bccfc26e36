"""Papers named on the command line by ids or by a query: `similar`, `rm`."""

from __future__ import annotations

import re
from collections.abc import Sequence

from paperctl.cli import querying
from paperctl.cli.ids import resolve
from paperctl.cli.session import Session
from paperctl.errors import UsageError
from paperctl.library.finding import papers_of
from paperctl.record import Record
from paperctl.record.fields import canonical

_HEAD = re.compile(r"(?:^|[\s(-])([a-z_][\w.]*):", re.I)
_SAVED = re.compile(r"(?:^|[\s(-])@\w")


def named(session: Session, words: Sequence[str]) -> list[Record]:
    """The papers that ids name, or that a query finds; words without a field are ids. Raises UsageError for
    an id of no paper and a query that finds none."""
    text = querying.query_text(words)
    if is_query(text):
        _, matching = querying.matching(session, text)
        found = list(matching)
        if not found:
            raise UsageError(f"no paper matches {text}", "name papers by id, or by a query that finds some")
        return found
    chosen = set(resolve(session, list(words)))
    return papers_of(session.store, chosen)


def is_query(text: str) -> bool:
    """Whether a text asks for a field or a saved query; the addresses of papers (`doi:…`) do not."""
    fields = {canonical(head) or head.lower() for head in _HEAD.findall(text)}
    addresses = {"doi", "arxiv", "url", "http", "https", "openreview", "acl", "dblp", "pmid", "pubmed", "s2"}
    return bool(fields - addresses or _SAVED.search(text))
