"""What a format has no place for: the user learns of it before it is lost.

An export to another program has `left(record)`, which names the fields of a paper that it drops. A document
that people read has `SHOWS`: which marks of a paper it shows.
"""

from __future__ import annotations

from collections.abc import Callable, Container, Iterable, Iterator

from paperctl.record import Extra, Record, by_name
from paperctl.record.fields import FACTS
from paperctl.record.marks import NAMES, VOTES
from paperctl.record.names import BODIES, INCOMPLETE

PLACES = frozenset(
    (
        *NAMES,
        *("title", "abstract", "authors", "year", "venue", "doi", "arxiv_id", "url", "code_urls", "has_code"),
        "keywords",
    )
)
"""The fields that have a place of their own in a bibliography."""
_FURTHER = tuple(name for name in FACTS if name != "extra" and name not in PLACES)
_NAMED = 6
"""So many fields a message names, those that people filled first."""
_OF_DOCUMENTS = tuple(name for name in NAMES if name not in ("decided_by", *VOTES, "corrections"))
"""What a reader of a document may miss; who decided is a matter of the review, and the topics show what was
corrected."""
_MADE = frozenset(("year_from", INCOMPLETE, BODIES))
"""Fields of `extra` that paperctl makes itself, and makes again."""


def left_over(
    record: Record, places: Container[str], extra: Callable[[str, object], bool] = lambda name, value: False
) -> Iterator[str]:
    """The fields with values that are not among `places`; `extra` says whether a dump's own one is."""
    values = by_name(record)
    for name in (*NAMES, *FACTS):
        if name not in places and name != "extra" and (held := values.get(name)) and not extra(name, held):
            yield name
    for name, value in (values.get("extra") or {}).items():
        if name not in _MADE and not extra(name, value):
            yield f"extra.{name}"


def own_fields(record: Record) -> Extra:
    """The dump's own fields, and the facts that bibliographies have no place for: a field that is new in the
    table of fields goes out as it did when it was in `extra`."""
    extra = record.get("extra") or {}
    facts = by_name(record)
    return {**{name: held for name in _FURTHER if (held := facts.get(name))}, **extra} if _FURTHER else extra


def _not_shown(record: Record, shows: Container[str]) -> Iterator[str]:
    """The marks with values that a document does not show."""
    values = by_name(record)
    return (name for name in _OF_DOCUMENTS if values.get(name) and name not in shows)


class Watched:
    """Papers on their way into an export, and the names of what it drops of them."""

    def __init__(self, module: object, papers: Iterable[Record]) -> None:
        self._module, self._papers = module, papers
        self._dropped: dict[str, None] = {}

    def __iter__(self) -> Iterator[Record]:
        left: Callable[[Record], Iterator[str]] | None = getattr(self._module, "left", None)
        shows: Container[str] | None = getattr(self._module, "SHOWS", None)
        if left is not None:
            return self._watched(left)
        return (
            self._watched(lambda record: _not_shown(record, shows))
            if shows is not None
            else iter(self._papers)
        )

    def _watched(self, dropped: Callable[[Record], Iterator[str]]) -> Iterator[Record]:
        for record in self._papers:
            self._dropped.update(dict.fromkeys(dropped(record)))
            yield record

    def all_dropped(self) -> list[str]:
        """The names of all that was dropped so far, those that people filled first."""
        return sorted(self._dropped, key=lambda name: (name not in NAMES, name.startswith("extra.")))

    def message(self, format: str) -> str:
        """One line that names what was dropped; "" for nothing."""
        names = self.all_dropped()
        more = f" and {len(names) - _NAMED:,} more" if len(names) > _NAMED else ""
        return f"{format} has no place for {', '.join(names[:_NAMED])}{more}; not written" if names else ""
