"""What a format has no place for: the user learns of it before it is lost.

An export to another program has `left(record)`, which names the fields of a paper that it drops. A document
that people read has `SHOWS`: which marks of a paper it shows.
"""

from __future__ import annotations

from collections.abc import Callable, Container, Iterable, Iterator

from paperctl.record import Record, by_name
from paperctl.record.fields import FACTS
from paperctl.record.marks import NAMES, VOTES
from paperctl.record.names import BODIES, INCOMPLETE

PLACES = frozenset((*NAMES, *FACTS))
"""All fields that dumps and people fill."""
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
    yield from (
        name for name in (*NAMES, *FACTS) if values.get(name) and name != "extra" and name not in places
    )
    for name, value in (values.get("extra") or {}).items():
        if name not in _MADE and not extra(name, value):
            yield f"extra.{name}"


class Watched:
    """Papers on their way into an export, and the names of what it drops of them."""

    def __init__(self, module: object, papers: Iterable[Record]) -> None:
        self._module, self._papers = module, papers
        self._dropped: dict[str, None] = {}

    def __iter__(self) -> Iterator[Record]:
        left: Callable[[Record], Iterator[str]] | None = getattr(self._module, "left", None)
        shows: Container[str] | None = getattr(self._module, "SHOWS", None)
        for record in self._papers:
            if left is not None:
                self._dropped.update(dict.fromkeys(left(record)))
            elif shows is not None:
                values = by_name(record)
                self._dropped.update(
                    (name, None) for name in _OF_DOCUMENTS if values.get(name) and name not in shows
                )
            yield record

    def all_dropped(self) -> list[str]:
        """The names of all that was dropped so far, those that people filled first."""
        return sorted(self._dropped, key=lambda name: (name not in NAMES, name.startswith("extra.")))

    def message(self, format: str) -> str:
        """One line that names what was dropped; "" for nothing."""
        names = self.all_dropped()
        more = f" and {len(names) - _NAMED:,} more" if len(names) > _NAMED else ""
        return f"{format} has no place for {', '.join(names[:_NAMED])}{more}; not written" if names else ""
