"""Where commands look for papers, with how far that is on stderr."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from itertools import islice
from typing import TYPE_CHECKING

from paperctl.cli.session import Session
from paperctl.library import finding
from paperctl.parallel.reports import Notify
from paperctl.record import Record

if TYPE_CHECKING:
    from paperctl.query import Query
    from paperctl.query.corpus import Corpus


@contextmanager
def corpus(session: Session) -> Iterator[Corpus]:
    """The session's papers to search."""
    from paperctl.terminal.progress import reporting

    with reporting(session.quiet) as report, finding.corpus(session.store, report, notify(session)) as papers:
        yield papers


def matching(session: Session, query: Query) -> Iterator[Record]:
    """The papers that match a query, in the order of the store."""
    from paperctl.terminal.progress import reporting

    with reporting(session.quiet) as report:  # only until the first is there: then they may be printed
        report("looking for papers", 0.0)
        found = finding.matching(session.store, query, report, notify(session))
        first = list(islice(found, 1))
    yield from first
    yield from found


def sorted_first(session: Session, keys: Sequence[tuple[str, bool]], most: int) -> Iterable[Record] | None:
    """Papers of which those are some that come first by these fields; None if all have to be looked at."""
    from paperctl.terminal.progress import reporting

    with reporting(session.quiet) as report:
        return finding.sorted_first(session.store, keys, most, report, notify(session))


def notify(session: Session) -> Notify:
    """Gets the reason why there is no index: shown only with -v."""
    return session.warn if session.verbose else lambda line: None


def why_nothing(session: Session, query: Query) -> str:
    """Which words, labels and fields of a query no paper has, and what is spelt nearly so; "" if each is
    had by some."""
    from paperctl.query.search import spelt_nearly

    why = [*_unknown_fields(session, query), *_unknown_labels(session, query)]
    with corpus(session) as papers:
        counts, _ = papers.holding(query.terms)
        for word, count in zip(query.terms, counts, strict=True):
            if not count:
                near = [f'"{other.text}" ({held:,})' for other, held in spelt_nearly(word, 0, papers)]
                why.append(f'no paper has "{word.text}"' + (f"; near it: {', '.join(near)}" if near else ""))
    return "; ".join(why)


def _unknown_labels(session: Session, query: Query) -> Iterator[str]:
    """Which labels that a query asks for no paper has, and which ones are called nearly so."""
    from paperctl.errors import did_you_mean
    from paperctl.text.fold import fold

    known = session.store.overlay.label_names
    folded = {fold(name) for name in known}
    for name in query.labels:
        if fold(name) not in folded:
            yield f"no paper has the label {name!r}{did_you_mean(name, sorted(known))}"


def _unknown_fields(session: Session, query: Query) -> Iterator[str]:
    """Which fields of dumps that a query asks for no paper has, and which ones are called nearly so."""
    from paperctl.errors import did_you_mean
    from paperctl.record.values import has

    asked = [name for name in query.fields if name.startswith("extra.")]
    known: set[str] = set()
    for record in session.store.papers() if asked else ():
        asked = [name for name in asked if not has(record, name)]
        known.update(f"extra.{name}" for name in record["extra"])
    for name in asked:
        yield f"no paper has {name}{did_you_mean(name, sorted(known))}"
