"""The values of one term of a query, and what it is read against."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import NamedTuple, Protocol

from paperctl.query.fault import fault
from paperctl.query.haystack import Haystack
from paperctl.query.spans import Span
from paperctl.query.tree import Term
from paperctl.record.fields import LISTABLE, PRESENT
from paperctl.text.fold import fold

Test = Callable[[Haystack], bool]


class Loads(Protocol):
    """What the papers' store knows of its loads."""

    def last(self) -> str:
        """When the papers of the last load were added, as they say it; "" before the first load."""

    def named(self, word: str) -> Span:
        """When papers were added by the load that the beginning of an id names. Raises ValueError."""


class Context(NamedTuple):
    """What a term is read against: the query it stands in, the known topics (slugs), the time."""

    text: str
    topics: frozenset[str]
    now: datetime
    loads: Loads | None = None


def words_of(term: Term) -> list[tuple[str, tuple[int, int]]]:
    """The folded texts that a term of words looks for, any of which will do, and where each stands.

    A comma parts them in `venue:a,b`; without a field, or between quotes, it is punctuation.
    """
    if term.how == "begins" and term.field in LISTABLE:
        return [(_folded(term, part), at) for part, at in parts_of(term)]
    return [(_folded(term, term.value), term.value_at)]


def _folded(term: Term, value: str) -> str:
    return fold(without_version(value) if term.field == "arxiv" else value)


def says_whether(term: Term) -> bool | None:
    """Whether `code:yes`, `has_code:false` and their like ask for papers with or without; else None."""
    yes_or_no = {"true": True, "yes": True, "false": False, "no": False}
    return yes_or_no.get(term.value.lower()) if term.field == "code" and term.how != "regex" else None


def without_version(arxiv_id: str) -> str:
    head, _, version = arxiv_id.rpartition("v")
    return head if head and version.isdigit() else arxiv_id


def alternatives(term: Term, context: Context) -> list[str]:
    found = words_of(term)
    for words, at in found:
        if not words:
            hint = f"for papers that have none: no:{term.field}" if term.field in PRESENT else None
            raise fault(context.text, at, "there is no letter or digit to look for here", hint)
    return [words for words, _ in found]


def checked_parts(term: Term, context: Context) -> list[tuple[str, tuple[int, int]]]:
    found = parts_of(term)
    for part, at in found:
        if not part:
            raise fault(context.text, at, "there is no value between these commas")
    return found


def parts_of(term: Term) -> list[tuple[str, tuple[int, int]]]:
    """The values of `a,b,c`, any of which will do, and where each stands. Quotes keep commas as they are."""
    if term.how == "phrase":
        return [(term.value.strip(), term.value_at)]
    found, start = [], term.value_at[0]
    for part in term.value.split(","):
        end = start + len(part)
        found.append((part.strip(), (start, end)))
        start = end + 1
    return found


def slug_of(topic: str) -> str:
    """A topic's name as it compares: `Foundation models/ViT` is `foundation-models/vit`."""
    return "/".join(fold(part).replace(" ", "-") for part in topic.split("/"))


def span_of(
    term: Term, part: str, at: tuple[int, int], context: Context, read: Callable[[str], Span], forms: str
) -> Span:
    try:
        return read(part)
    except ValueError as error:
        shown = str(error) or f"{part} is not something to compare {term.field} with"
        raise fault(context.text, at, shown, forms) from None
