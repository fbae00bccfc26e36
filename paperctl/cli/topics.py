"""`paperctl topics`: what the topics are, how many papers have them, and why a paper has them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterator, Sequence
from typing import TYPE_CHECKING, Annotated, Any

import typer

from paperctl.cli.ids import resolve
from paperctl.cli.json_output import AsJsonLines, print_json
from paperctl.cli.session import Session
from paperctl.errors import UsageError, did_you_mean
from paperctl.library.finding import papers_of
from paperctl.record import Record
from paperctl.terminal.hanging import hanging
from paperctl.text.sanitise import clean

if TYPE_CHECKING:
    from paperctl.topics import Explanation, Found, Topic

HELP = {"help_option_names": ["-h", "--help"]}
app = typer.Typer(
    rich_markup_mode=None, add_completion=False, invoke_without_command=True, context_settings=HELP
)


@app.callback()
def topics(
    ctx: typer.Context,
    json: AsJsonLines = False,
    rules: Annotated[bool, typer.Option("--rules", help="With every cue.")] = False,
    packs: Annotated[bool, typer.Option("--packs", help="The packs that topic_packs switches on.")] = False,
) -> None:
    """The topics with their counts and rules."""
    if ctx.invoked_subcommand:
        return
    session: Session = ctx.obj
    if packs:
        _print_packs(session.settings["topic_packs"], json)
        return
    counts: Counter[str] = Counter()
    for record in session.store.papers():
        counts.update(record["topics"])
    if json:
        for topic in session.rules:
            print_json(_as_json(topic, counts[topic.name]))
        return
    width = max(20, *map(len, session.rules.topics), *map(len, counts))
    for topic in session.rules:
        for head, text in _topic_lines(topic, counts.pop(topic.name, 0), width, every_cue=rules):
            typer.echo(hanging(clean(head), clean(text)))
    for name, count in counts.most_common():
        head = clean(f"{name:<{width}} {count:>6,}  ")
        typer.echo(hanging(head, "given by hand or by rules that are gone"))


def _print_packs(chosen: Sequence[str], json: bool) -> None:
    from paperctl.topics import pack_names

    for name in pack_names():
        if json:
            print_json({"pack": name, "on": name in chosen})
        else:
            typer.echo(f"{name}{' (on)' if name in chosen else ''}")


def _as_json(topic: Topic, papers: int) -> dict[str, object]:
    return {
        "topic": topic.name,
        "name": topic.title,
        "papers": papers,
        "threshold": topic.threshold,
        "implies": list(topic.implies),
        "aliases": list(topic.aliases),
        "source": topic.source,
        "cues": _cues_by_kind(topic),
    }


def _topic_lines(topic: Topic, papers: int, width: int, *, every_cue: bool) -> Iterator[tuple[str, str]]:
    """A topic in a line, and its cues in a line for each kind of them: the head of each, and what it says."""
    implies = f"; implies {', '.join(topic.implies)}" if topic.implies else ""
    rule = f"{len(topic.cues)} cues, threshold {topic.threshold:g}{implies}; {topic.source}"
    yield f"{topic.name:<{width}} {papers:>6,}  ", f"{topic.title} ({rule})"
    if every_cue:
        for kind, texts in _cues_by_kind(topic).items():
            yield f"    {kind}: ", ", ".join(texts)


def _cues_by_kind(topic: Topic) -> dict[str, list[str]]:
    cues: dict[str, list[str]] = {}
    for cue in topic.cues:
        cues.setdefault(cue.kind, []).append(cue.text)
    return cues


@app.command(context_settings=HELP)
def suggest(
    ctx: typer.Context,
    topic: Annotated[str, typer.Argument(metavar="TOPIC", help="A topic, or the name of a new one.")],
    limit: Annotated[int, typer.Option("--limit", "-n", metavar="N", min=1, help="At most N cues.")] = 10,
    json: AsJsonLines = False,
) -> None:
    """Cues worth adding to a topic. From the papers tagged by hand, with the F1 they would bring."""
    from dataclasses import asdict

    from paperctl.topics import suggest as suggested

    session: Session = ctx.obj
    papers = list(session.store.papers())
    tagged, without = _examples(session, topic, papers)
    unknown = not tagged and topic not in session.rules.topics
    if unknown and (near := did_you_mean(topic, session.rules.topics)):
        raise UsageError(f"no topic called {topic!r}, and no paper has it{near}", code="no-such-topic")
    cues = suggested(topic, tagged, papers, session.rules, without=without or None, limit=limit)
    if not cues:
        session.say(f"no cue would do better on {topic} than its rules do")
    for cue in cues:
        if json:
            print_json(asdict(cue))
        else:
            gain = f"F1 {cue.f1_before:.3f} → {cue.f1_after:.3f}"
            typer.echo(
                clean(f"{cue.kind:<8} {cue.cue:<32} {gain}  in {cue.tagged} tagged, {cue.others} others")
            )


def _examples(session: Session, topic: str, papers: Sequence[Record]) -> tuple[list[int], list[int]]:
    """The papers that have a topic, by hand if there are such, else by the rules; and those that it was
    taken off by hand. As their places."""
    corrected = [session.store.overlay.topics_of(record).get(topic) for record in papers]
    tagged = [n for n, belongs in enumerate(corrected) if belongs]
    if not tagged and topic in session.rules.topics:
        tagged = [n for n, record in enumerate(papers) if topic in record["topics"]]
    return tagged, [n for n, belongs in enumerate(corrected) if belongs is False]


@app.command(context_settings=HELP)
def explain(
    ctx: typer.Context,
    ids: Annotated[list[str], typer.Argument(metavar="ID…", help="Papers.")],
    json: AsJsonLines = False,
) -> None:
    """Why a paper has a topic or has it not. Each cue, its place and what it brought."""
    from dataclasses import asdict

    session: Session = ctx.obj
    named_ids = dict.fromkeys(resolve(session, ids))
    papers = {record["id"]: record for record in papers_of(session.store, list(named_ids))}
    for paper in named_ids:
        record = papers[paper]
        found = session.tagger.explain(record)
        if json:
            entry = {"id": paper, "title": record["title"], "topics": [_explained(asdict(e)) for e in found]}
            print_json(entry)
            continue
        typer.echo(clean(f"{paper}  {record['title']}"))
        by_hand = session.store.overlay.topics_of(record)
        for explanation in found:
            for line in _explanation_lines(explanation, record["topics"], by_hand):
                typer.echo(clean(line))
        if not found:
            typer.echo("  no cue of any topic in it")


def _explanation_lines(found: Explanation, topics: Sequence[str], by_hand: Collection[str]) -> Iterator[str]:
    """Whether a paper with these topics has the explained one, why, and a line for each cue."""
    has = found.topic in topics
    how = ""
    if has != found.given:
        how = " — corrected by hand" if found.topic in by_hand else " — other rules now: paperctl tag"
    how += f" — implied by {', '.join(found.implied_by)}" if found.implied_by else ""
    how += f" — lacks {', '.join(found.lacks)}" if found.lacks else ""
    yield f"{'✓' if has else '·'} {found}{how}"
    for cue in found.cues:
        yield f"    {cue.contribution:+6.2f}  {cue.cue} ({_where(cue)})"


def _explained(explanation: dict[str, Any]) -> dict[str, Any]:
    """An explanation as `--json` prints it, where the factor of a cue is called `told`."""
    return explanation | {
        "cues": [{**cue, "told": factor} for cue in explanation["cues"] for factor in [cue.pop("factor")]]
    }


def _where(cue: Found) -> str:
    """The kind of a cue, its place, how often it stands there, and whose work its sentences are about."""
    times = f" ×{cue.count}" if cue.count > 1 else ""
    subject = ", of the paper itself" if cue.factor > 1 else ", of other work" if cue.factor < 1 else ""
    return f"{cue.kind}, {cue.place}{times}{subject}"
