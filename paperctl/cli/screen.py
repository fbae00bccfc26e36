"""`paperctl screen`: one paper at a time, the most promising next."""

from __future__ import annotations

import json as jsonlib
from typing import TYPE_CHECKING, Annotated

import typer

from paperctl.cli.querying import QueryCommand, matching, query_text
from paperctl.cli.session import Session
from paperctl.errors import UsageError
from paperctl.record import Record

if TYPE_CHECKING:
    from paperctl.query import Query

app = typer.Typer(rich_markup_mode=None, add_completion=False)


@app.command(cls=QueryCommand, context_settings={"help_option_names": ["-h", "--help"]})
def screen(
    ctx: typer.Context,
    query: Annotated[list[str] | None, typer.Argument(metavar="[QUERY]…", help="Only these papers.")] = None,
    simulate: Annotated[
        str | None,
        typer.Option(metavar="FIELD", help="Replay known decisions, a 0/1 field as extra.included."),
    ] = None,
    seed: Annotated[int, typer.Option(metavar="N", help="Draws the two papers a replay starts from.")] = 0,
    json: Annotated[bool, typer.Option("--json", help="Print the replay as JSON.")] = False,
    adopt: Annotated[
        bool,
        typer.Option("--adopt", help="Take over decisions in the dumps of ASReview, Rayyan and others."),
    ] = False,
) -> None:
    """Decide on one paper at a time, best next first; every decision is saved at once.

    Keys: k keep, s skip, m maybe, u undo, t topic, n note, / search, o open, e explain, ? help, q quit.
    """
    session: Session = ctx.obj
    text = query_text(query)
    if simulate is not None:
        _replay(session, text, simulate, seed, json)
    elif json:
        raise UsageError("--json goes with --simulate FIELD")
    elif adopt:
        _adopt(session, text)
    else:
        _sit(session, text)


def _replay(session: Session, text: str, field: str, seed: int, json: bool) -> None:
    from paperctl.screening.simulate import known, recall_at, simulate, wss

    _, papers = matching(session, text)
    records = list(papers)
    labels = known(records, field)
    order = simulate(records, labels, seed)
    hits = [labels[paper] for paper in order]
    saved, early = wss(hits), recall_at(hits)
    if json:
        typer.echo(jsonlib.dumps({"order": order, "wss95": round(saved, 4), "recall10": round(early, 4)}))
        return
    typer.echo(
        f"{len(order):,} papers, {sum(hits):,} wanted: {saved:.1%} of the reading saved at 95 % recall "
        f"(WSS@95), {early:.1%} found in the first tenth"
    )


def _adopt(session: Session, text: str) -> None:
    from collections import Counter

    from paperctl.screening.labels import decision_in

    _, papers = matching(session, text)
    found = {r["id"]: decision_in(r["extra"]) for r in papers if not r["decision"]}
    marks = {paper: {"decision": decision} for paper, decision in found.items() if decision}
    if marks:
        session.store.decide(marks, "screen --adopt")
    counts = Counter(found[paper] for paper in marks)
    told = ", ".join(f"{counts[d]:,} {d}" for d in ("keep", "skip", "maybe"))
    session.say(f"{len(marks):,} decision{'s' * (len(marks) != 1)} taken over: {told}")


def _sit(session: Session, text: str) -> None:
    from paperctl.screening.session import Sitting
    from paperctl.screening.view import advice
    from paperctl.terminal.keys import keymap
    from paperctl.terminal.tty import open_terminal, run

    keys = keymap(session.settings["screen.keys"])
    terminal = open_terminal("screen")
    query, _ = matching(session, text)
    papers = list(session.store.papers())
    scope = [row for row, record in enumerate(papers) if query is None or query.matches(record)]
    if not scope:
        session.say("no paper matches" if papers else "no papers yet; first: paperctl load PATH…")
        return
    cold = cold_scores(papers, query)
    sitting = Sitting(
        session.store,
        papers,
        sorted(scope, key=lambda row: -cold[row]),
        keymap=keys,
        rules=session.rules,
        query=query,
        cold=cold if any(cold) else None,
        audit=session.settings["screen.audit"],
        colour=session.colour,
        done=terminal.wake,
    )
    try:
        run(sitting, terminal)
    finally:
        sitting.worker.end()
    done = sitting.progress()
    session.say(
        f"{done.seen:,} of {done.of:,} seen: {done.kept:,} kept, {done.maybe:,} maybe; everything is saved"
    )
    if said := advice(done):
        session.say(said)


def cold_scores(papers: list[Record], query: Query | None) -> list[float]:
    """What speaks for each paper before any decision: its topics' scores, and its relevance to the query."""
    from paperctl.query import rank

    topics = [sum(score for name, score in r["topic_scores"].items() if name in r["topics"]) for r in papers]
    if query is None or not (query.terms or query.topics):
        return topics
    relevance: dict[str, float] = {record["id"]: score for score, record in rank(papers, query)}
    most_topics, most_words = max(topics, default=0) or 1.0, max(relevance.values(), default=0) or 1.0
    return [
        0.5 * by_topic / most_topics + relevance[record["id"]] / most_words
        for by_topic, record in zip(topics, papers, strict=True)
    ]
