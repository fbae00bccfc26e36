"""`--sort`: papers by their fields."""

from __future__ import annotations

from collections.abc import Iterable

from paperctl.errors import UsageError, did_you_mean
from paperctl.record import Record
from paperctl.record.fields import record_name
from paperctl.record.order import OWN, sort_key
from paperctl.record.values import value as value_of
from paperctl.store import Store


def sort_papers(papers: Iterable[Record], keys: str, store: Store) -> Iterable[Record]:
    """Papers by `FIELD`, `-FIELD` (descending), or several parted by commas, the first of which weighs most;
    those without a value come last. Raises UsageError for an unknown field, and for a dump's own one that no
    paper of the store has."""
    for name, down in reversed(checked_keys(keys)):
        papers = _by_field(papers, name, down, store)
    return papers


def checked_keys(keys: str) -> list[tuple[str, bool]]:
    """The fields that a sort key names, each with whether it descends. Raises UsageError."""
    asked = [key.strip() for key in keys.split(",") if key.strip()]
    for key in asked:
        name, _, way = key.partition(" ")
        if way.strip().lower() in ("asc", "ascending", "desc", "descending"):
            name = record_name(name.removeprefix("-"))
            hint = f"a minus in front descends: {'-' * way.strip().lower().startswith('desc')}{name}"
            raise UsageError(f"a field to sort by is one word, not {key!r}", hint)
    return [(record_name(key.removeprefix("-")), key.startswith("-")) for key in asked]


def _by_field(papers: Iterable[Record], name: str, down: bool, store: Store) -> list[Record]:
    keyed = [(sort_key(record, name), record) for record in papers]
    some = [(found, record) for found, record in keyed if found is not None]
    if keyed and not some and name.startswith(OWN):
        _check_known(name, store)
    some.sort(key=lambda pair: pair[0], reverse=down)
    return [record for _, record in some] + [record for found, record in keyed if found is None]


def _check_known(name: str, store: Store) -> None:
    """Raises UsageError, with the nearest name, for a dump's own field that no paper has."""
    known: set[str] = set()
    for record in store.papers():
        if value_of(record, name) is not None:
            return
        known.update(f"{OWN}{field}" for field in record["extra"])
    raise UsageError(
        f"no paper has {name}{did_you_mean(name, sorted(known))}", "`paperctl show ID` shows a paper's fields"
    )
