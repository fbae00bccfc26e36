"""What `list`, `search`, `export` and `screen` share: the query on the command line, and the output."""

from __future__ import annotations

import re
import sys
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from itertools import islice
from typing import TYPE_CHECKING, Any

from typer.core import TyperCommand

from paperctl.cli.session import Session
from paperctl.errors import UsageError, did_you_mean
from paperctl.record import Record
from paperctl.record.fields import record_name
from paperctl.store.citekeys import with_stored_keys
from paperctl.text import late

if TYPE_CHECKING:
    from paperctl.exports import Request
    from paperctl.query import Query

_NEGATED = "\0"
_TERM = late.pattern(r'-(?:[a-z_][\w.]*:|["(])', re.I)
_QUOTED = late.pattern(r'(-?[a-z_][\w.]*:[=~]?)([^"():\s][^"():]*\s[^"():]*)', re.I)

PEOPLE = ("table", "html", "markdown", "markdown-awesome", "markdown-table")
"""Formats for people: they show a work once."""
SHORT_FORMS = ("json", "jsonl", "tsv", "ids", "excel")


class QueryCommand(TyperCommand):
    """A command whose arguments are a query: `-topic:peft` is a negated term, not an option."""

    def parse_args(self, ctx: Any, args: list[str]) -> list[str]:
        known = {o for p in self.params for o in (*p.opts, *p.secondary_opts)} | {"-h"}
        end = args.index("--") if "--" in args else len(args)
        marked = [
            f"{_NEGATED}{arg}" if _is_negated(arg, known, args[n - 1] if n else "") else arg
            for n, arg in enumerate(args[:end])
        ]
        return super().parse_args(ctx, marked + args[end:])


def _is_negated(arg: str, known: set[str], before: str) -> bool:
    if not arg.startswith("-") or arg.startswith("--") or len(arg) < 3:
        return False
    if before in ("--sort", "--limit", "--fields"):
        return False
    return bool(_TERM.match(arg)) or arg[:2] not in known


def query_text(words: Sequence[str] | None) -> str:
    """The query of the command line's arguments, put back together.

    The shell has taken the quotes off `title:"low rank"`; they are put back unless the words behind
    the field read as a query themselves (`topic:peft or topic:llm` in one argument).
    """
    found = []
    for word in words or ():
        word = word.removeprefix(_NEGATED)
        field = _QUOTED.fullmatch(word)
        plain = field and not any(w in ("or", "not") or w.startswith("-") for w in field[2].lower().split())
        found.append(f'{field[1]}"{field[2]}"' if field and plain else word)
    return " ".join(found)


def parsed(session: Session, text: str) -> Query | None:
    """The query that a text says; None if it is empty."""
    if not text.strip():
        return None
    from paperctl.library.queries import parsed as parsed_query

    query = parsed_query(session.store, text, lambda: session.topic_names)
    return query.watching(lambda record: session.without_year.add(record["id"]))


def matching(session: Session, text: str) -> tuple[Query | None, Iterator[Record]]:
    """The parsed query (None if empty), and the papers that match it in the order of the store."""
    query = parsed(session, text)
    if query is None:
        return None, session.store.papers()
    from paperctl.cli import finding

    return query, finding.matching(session, query)


def output_format(format: str | None, flags: dict[str, bool], default: str) -> str:
    """The format asked for by `--format` or a short form. Raises UsageError for two of them."""
    asked = [name for name, on in flags.items() if on] + ([format] if format else [])
    if set(asked) == {"csv", "excel"}:  # --excel says which CSV
        asked = ["excel"]
    if len(set(asked)) > 1:
        raise UsageError(f"one format at a time, not {' and '.join(dict.fromkeys(asked))}")
    name = asked[0] if asked else default
    from paperctl.exports import exists, names

    if name != "table" and not exists(name):
        known = [*names(), "table"]
        message = f"no output format called {name!r}{did_you_mean(name, known)}"
        raise UsageError(message, ", ".join(known), code="no-such-format")
    return name


def field_names(text: str | None) -> tuple[str, ...] | None:
    """The columns of `--fields a,b,c`, as a record calls them. Raises UsageError for an unknown one."""
    return tuple(record_name(part.strip()) for part in (text or "").split(",") if part.strip()) or None


def listing_output(
    session: Session, format: str | None, short: dict[str, bool], fields: str | None
) -> tuple[str, tuple[str, ...] | None]:
    """The format and the columns of a list: those asked for, else a table on a terminal and TSV in a pipe,
    with the columns of `list.fields`. Raises UsageError."""
    name = output_format(format, short, "table" if sys.stdout.isatty() else "tsv")
    return name, field_names(fields or ",".join(session.settings["list.fields"]))


def works_once(
    session: Session, format: str, *, all_versions: bool, works: bool
) -> Callable[[Iterable[Record], Query | None], Iterable[Record]]:
    """What makes one of the versions of each work: it gets papers and the query that they match. In formats
    for people works are shown once unless `all_versions`, in others each paper unless `works`."""
    if all_versions and works:
        raise UsageError("--all-versions and --works do not go together: take one of them")
    people = format in PEOPLE
    if all_versions or not (people or works):
        return lambda papers, query: papers
    from paperctl.library.works import folded

    def fold_works(papers: Iterable[Record], query: Query | None) -> Iterable[Record]:
        return folded(papers, session.store, query.matches if query else lambda record: True, named=people)

    return fold_works


def show_papers(
    session: Session,
    papers: Iterable[Record],
    *,
    format: str,
    fields: tuple[str, ...] | None,
    limit: int | None,
    query: Query | None,
    text: str,
) -> int:
    """Writes papers to stdout in a format; gives how many."""
    every = iter(papers)
    counted = Counted(islice(every, limit) if limit is not None else every)
    if format == "table":
        from paperctl.terminal.table import print_table

        with session.paged():
            print_table(
                counted,
                fields,
                wrap=session.wrap,
                colour=session.colour,
                terms=query.terms if query else (),
                out=sys.stdout,
            )
        if counted.count and sys.stdout.isatty():
            session.say(_how_many(counted, every))
    else:
        from paperctl.exports import Request

        names = session.topic_names if format not in (*SHORT_FORMS, "csv") else {}
        keyed = with_keys_for(session, format, counted)
        with watched(session, format, keyed, fields) as shown:
            print_export(format, shown, Request(fields=fields, query=text, topic_names=names))
    return counted.count


def _how_many(shown: Counted, rest: Iterator[Record]) -> str:
    """The last line of a table: how many papers of how many, or works where some stand for several."""
    left = Counted(rest)
    for _ in left:
        pass
    total, others = shown.count + left.count, shown.others + left.others
    of = f"{shown.count:,} of {total:,}" if left.count else f"{total:,}"
    if others:
        return f"{of} work{'s' * (total != 1)}; {total + others:,} papers with all their versions"
    return f"{of} paper{'s' * (total != 1)}"


@contextmanager
def watched(
    session: Session, format: str, papers: Iterable[Record], fields: tuple[str, ...] | None
) -> Iterator[Iterable[Record]]:
    """The papers on their way into a format; says in the end what of them it had no place for, unless
    somebody chose the fields."""
    from paperctl.exports import export
    from paperctl.exports._places import Watched

    if fields is not None:
        yield papers
        return
    seen = Watched(export(format), papers)
    yield seen
    if message := seen.message(format):
        session.say(message)


def say_without_year(session: Session) -> None:
    """Says how many papers a range of years left out because they have no year."""
    if count := len(session.without_year):
        them = "paper has no year and is" if count == 1 else "papers have no year and are"
        session.say(f"{count:,} more {them} left out: no:year finds them")


def with_keys_for(session: Session, format: str, papers: Iterable[Record]) -> Iterable[Record]:
    """The papers, with their cite keys if the format writes them."""
    from paperctl.exports import cites, export

    return with_stored_keys(session.store, papers) if cites(export(format)) else papers


def print_export(name: str, papers: Iterable[Record], request: Request) -> None:
    """Writes papers in a format to stdout. Raises UsageError where a terminal would get what is no text."""
    from paperctl.exports import export

    module = export(name)
    if not hasattr(module, "pack"):
        sys.stdout.writelines(module.render(papers, request))
        return
    if sys.stdout.isatty():
        raise UsageError(f"{name} is no text", f"name a file: paperctl export -o papers{module.SUFFIX}")
    for packed in module.pack(papers, request):
        sys.stdout.buffer.write(packed)


class Counted:
    """An iterable that knows afterwards how many it gave, and how many `others` are versions of them."""

    def __init__(self, papers: Iterable[Record]) -> None:
        self._papers = papers
        self.count = self.others = 0

    def __iter__(self) -> Iterator[Record]:
        for record in self._papers:
            self.count += 1
            others: Any = record.get("other_versions") or ()
            self.others += len(others)
            yield record
