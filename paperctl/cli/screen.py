"""`paperctl screen`: one paper at a time, the most promising next."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from paperctl.cli.ids import resolve
from paperctl.cli.json_output import print_done, print_json
from paperctl.cli.list import nothing_found
from paperctl.cli.mark import Stage
from paperctl.cli.querying import QueryCommand, matching, query_text
from paperctl.cli.session import Session
from paperctl.errors import UsageError, did_you_mean
from paperctl.record import Record, as_record
from paperctl.text.numbers import counted
from paperctl.text.sanitise import clean

if TYPE_CHECKING:
    from paperctl.query import Query

app = typer.Typer(rich_markup_mode=None, add_completion=False)

_PATH = re.compile(
    r'[^:"]*\.(?:csv|tsv|txt|tab|jsonl?|ndjson|ris|nbib|enw|bib|xml|html?|md|xlsx?|parquet|gz|bz2|xz|zst|zip)'
    r'|[^:"\s]*/[^:"\s]*',
    re.I,
)
"""A word that names a file, there or not, and no topic or phrase to search for."""


@app.command(cls=QueryCommand, context_settings={"help_option_names": ["-h", "--help"]})
def screen(
    ctx: typer.Context,
    query: Annotated[list[str] | None, typer.Argument(metavar="[QUERY]…", help="Only these papers.")] = None,
    simulate: Annotated[
        str | None,
        typer.Option(metavar="FIELD", help="Replay known decisions, a 0/1 field as extra.included."),
    ] = None,
    seed: Annotated[int, typer.Option(metavar="N", help="Draws the two papers a replay starts from.")] = 0,
    json: Annotated[bool, typer.Option("--json", help="The replay, or what was adopted, as JSON.")] = False,
    audit: Annotated[
        float | None,
        typer.Option(metavar="SHARE", min=0.0, max=0.9, help="Share of papers picked at random."),
    ] = None,
    all_versions: Annotated[
        bool, typer.Option("--all-versions", help="Each version of a work, decided on by itself.")
    ] = False,
    blind: Annotated[
        bool, typer.Option("--blind", help="Hide the decisions and notes of other reviewers.")
    ] = False,
    stage: Annotated[
        Stage | None, typer.Option("--stage", help="What is read; at fulltext come the papers kept so far.")
    ] = None,
    seed_papers: Annotated[
        list[str] | None,
        typer.Option("--seed-papers", metavar="ID,…", help="Known relevant papers: kept, to learn from."),
    ] = None,
    format: Annotated[
        str | None,
        typer.Option("-f", "--format", metavar="NAME", help="Of a report: text, csv, json, svg."),
    ] = None,
    output: Annotated[
        Path | None, typer.Option("-o", "--output", metavar="FILE", help="Write the report to a file.")
    ] = None,
    adopt: Annotated[
        bool,
        typer.Option(
            "--adopt", help="Take over decisions in the dumps of ASReview, Rayyan and others, or in files."
        ),
    ] = False,
) -> None:
    """Decide on one paper at a time, best next first; every decision is saved at once.

    Keys: k keep, s skip, m maybe, u undo, t topic, n note, / search, o open, e explain, ? help, q quit.
    `screen report` says how the screening went, `screen --adopt FILE…` takes over the decisions of files.
    """
    session: Session = ctx.obj
    session.store.blind = blind
    if query and query[0] == "report":
        _report(session, query_text(query[1:]), "json" if json else format, output)
        return
    if format or output:
        raise UsageError("--format and --output belong to the report: paperctl screen report")
    text = query_text(query)
    if simulate is not None:
        _replay(session, text, simulate, seed, audit or 0.0, json)
    elif adopt:
        _adopt(ctx, query or (), json)
    elif json:
        raise UsageError("--json goes with --simulate FIELD or --adopt")
    else:
        _keep_seeds(session, seed_papers or ())
        mark: dict[str, object] = {"alone": True} if all_versions else {}
        if stage is not None:
            mark["stage"] = stage.value
        _start_session(session, text, audit, mark)


def _replay(session: Session, text: str, field: str, seed: int, audit: float, json: bool) -> None:
    from paperctl.screening.order import starting_order
    from paperctl.screening.simulate import known, recall_after, recall_at, simulate, stop_advised, wss

    query, _ = matching(session, text)
    records, scope = _scope(session, query)
    labels = known([records[row] for row in scope], field)
    start = starting_order(records, scope, query, _first_topics(session))
    order = simulate(records, labels, seed, order=start, audit=audit)
    hits = [labels[paper] for paper in order]
    saved, early = wss(hits), recall_at(hits)
    if json:
        stop = stop_advised(hits)
        found = {
            "order": order,
            "wss95": round(saved, 4),
            "recall10": round(early, 4),
            "recall5": round(recall_at(hits, 0.05), 4),
            "stop": None if stop is None else {"at": stop, "recall": round(recall_after(hits, stop), 4)},
        }
        print_json(found)
        return
    typer.echo(
        f"{len(order):,} papers, {sum(hits):,} relevant: {saved:.1%} of the reading saved at 95 % recall "
        f"(WSS@95), {early:.1%} found in the first tenth"
    )


def _adopt(ctx: typer.Context, words: Sequence[str], json: bool) -> None:
    """Takes over the decisions of the files named, or those that came with the papers of a query."""
    from paperctl.cli.naming import is_query

    files = [Path(word) for word in words]
    text = query_text(words)
    paths = any(_PATH.fullmatch(word) for word in words) and not is_query(text)
    if files and (paths or all(file.is_file() for file in files)):
        from paperctl.cli.load import load_

        load_(ctx, [str(file) for file in files], json=json, decisions_only=True)
    else:
        _adopt_stored(ctx.obj, text, json)


def _adopt_stored(session: Session, text: str, json: bool) -> None:
    from collections import Counter

    from paperctl.record.screening_tools import decision_in

    _, papers = matching(session, text)
    found = {r["id"]: decision_in(r["extra"]) for r in papers if not r["decision"]}
    marks = {paper: {"decision": decision} for paper, decision in found.items() if decision}
    at = session.store.decide(marks, "screen --adopt") if marks else None
    if json:
        print_done(at, "screen --adopt", marks)
        return
    counts = Counter(found[paper] for paper in marks)
    summary = ", ".join(f"{counts[d]:,} {d}" for d in ("keep", "skip", "maybe"))
    session.say(f"{len(marks):,} decision{'s' * (len(marks) != 1)} taken over: {summary}")


def _report(session: Session, text: str, format: str | None, output: Path | None) -> None:
    from paperctl.cli.reporting import put, report_format
    from paperctl.exports import _reports
    from paperctl.library.screened import COLUMNS, screened
    from paperctl.terminal.curve import svg

    name = report_format(format, output, ("text", "csv", "json", "svg"))
    _, papers = matching(session, text)
    found = screened(papers, session.store.overlay)
    if name == "csv":
        report_text = _reports.as_csv(found["decisions"], COLUMNS)
    elif name == "json":
        report_text = _reports.as_json(found)
    elif name == "svg":
        report_text = svg(found["found"], found["papers"], "Papers kept by papers read")
    else:
        report_text = "".join(f"{clean(line)}\n" for line in _as_text(found))
    put(session, report_text, name, output)


def _as_text(found: Mapping[str, Any]) -> Iterator[str]:
    """The report for people: counts, decisions by day and person, reasons, agreement, the curve."""
    from paperctl.terminal.bars import agreement
    from paperctl.terminal.curve import curve

    kept = found["found"][-1] if found["found"] else 0
    yield f"{len(found['decisions']):,} of {found['papers']:,} papers decided, {kept:,} kept"
    for title, name in (("By day", "days"), ("By person", "people"), ("Skipped because", "reasons")):
        if counts := found[name]:
            yield ""
            yield title
            yield from (f"  {count:>6,}  {word or 'no reason given'}" for word, count in counts.items())
    if found["agreement"]:
        yield ""
        yield "Reviewers"
        yield from (f"  {line}" for line in agreement(found["agreement"]))
    if found["found"]:
        yield ""
        yield "Papers kept by papers read"
        yield from curve(found["found"], found["papers"])


def _keep_seeds(session: Session, words: Sequence[str]) -> None:
    """Keeps the papers that a person knows to be relevant, where nothing is decided on them."""
    ids = [part for word in words for part in word.replace(",", " ").split()]
    seed_ids = set(resolve(session, ids)) if ids else set()
    seeds = [record for record in session.store.papers() if record["id"] in seed_ids] if seed_ids else []
    marks = {record["id"]: {"decision": "keep"} for record in seeds if not record["decision"]}
    if marks:
        session.store.decide(marks, "screen --seed-papers", seeds)
        session.say(f"{counted(len(marks), 'seed paper')} kept")


def _start_session(session: Session, text: str, audit: float | None, mark: Mapping[str, object]) -> None:
    from paperctl.library.works import in_front
    from paperctl.screening.cards import Words, words_for
    from paperctl.screening.order import starting_order
    from paperctl.screening.session import ScreeningSession
    from paperctl.screening.view import advice
    from paperctl.terminal.keys import keymap
    from paperctl.terminal.tty import open_terminal, run

    keys = keymap(session.settings["screen.keys"])
    terminal = open_terminal("screen")
    query, _ = matching(session, text)
    papers, scope = _scope(session, query)
    behind: set[int] = set()
    if mark.get("stage") == "fulltext":
        scope = [row for row in scope if _goes_on(papers[row])]
        text = text or "decision:keep,maybe"
    if "alone" not in mark:
        scope, behind = in_front(papers, scope, session.store)
    if not scope:
        nothing_found(session, text, exit_status=False, query=query)
        return
    words = Words(session.settings["screen.include_words"], session.settings["screen.exclude_words"])
    running = ScreeningSession(
        session.store,
        papers,
        starting_order(papers, scope, query, _first_topics(session)),
        keymap=keys,
        rules=session.rules,
        query=query,
        audit=session.settings["screen.audit"] if audit is None else audit,
        reasons=session.settings["screen.reasons"],
        colour=session.colour,
        done=terminal.wake,
        behind=behind,
        mark=mark,
        words=words_for(text, words, session.settings["screen.words"]),
    )
    try:
        run(running, terminal)
    finally:
        running.worker.end()
    done = running.progress()
    session.say(
        f"{done.seen:,} of {done.of:,} seen: {done.kept:,} kept, {done.maybe:,} maybe; everything is saved"
    )
    if line := advice(done):
        session.say(line)


_OF_A_SOURCE = ("id", "file", "format", "key")


def _slim(record: Record) -> Record:
    """The paper without what neither a session nor a query looks at: there may be a hundred thousand."""
    slim = [{name: value for name, value in s.items() if name in _OF_A_SOURCE} for s in record["sources"]]
    return as_record({**record, "sources": slim})


def _goes_on(record: Record) -> bool:
    """Whether a paper is one for the stage of full texts."""
    return record["decision"] in ("keep", "maybe") or record.get("stage") == "fulltext"


def _first_topics(session: Session) -> list[str]:
    """The topics that a setting puts first."""
    named: list[str] = session.settings["screen.topics"]
    for name in named:
        if name not in session.rules.names:
            known = ", ".join(session.rules.names)
            raise UsageError(
                f"screen.topics: no topic called {name!r}{did_you_mean(name, session.rules.names)}",
                f"topics: {known}",
                code="no-such-topic",
            )
    return named


def _scope(session: Session, query: Query | None) -> tuple[list[Record], list[int]]:
    """Every paper, and the rows of those that match."""
    papers = [_slim(record) for record in session.store.papers()]
    return papers, [row for row, record in enumerate(papers) if query is None or query.matches(record)]
