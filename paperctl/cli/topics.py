"""`paperctl topics`: what the topics are, how many papers have them, and why a paper has them."""

from __future__ import annotations

import json as jsonlib
from collections import Counter
from typing import TYPE_CHECKING, Annotated, Any

import typer

from paperctl.cli.ids import resolve
from paperctl.cli.session import Session
from paperctl.errors import UsageError, did_you_mean
from paperctl.text.sanitise import clean

if TYPE_CHECKING:
    from paperctl.topics import Found

HELP = {"help_option_names": ["-h", "--help"]}
app = typer.Typer(
    rich_markup_mode=None, add_completion=False, invoke_without_command=True, context_settings=HELP
)


@app.callback()
def topics(
    ctx: typer.Context,
    json: Annotated[bool, typer.Option("--json", help="As JSON, one object a line.")] = False,
    rules: Annotated[bool, typer.Option("--rules", help="With every cue.")] = False,
    packs: Annotated[bool, typer.Option("--packs", help="The packs that topic_packs switches on.")] = False,
) -> None:
    """The topics with their counts and rules."""
    if ctx.invoked_subcommand:
        return
    session: Session = ctx.obj
    if packs:
        from paperctl.topics import pack_names

        for name in pack_names():
            on = " (on)" if name in session.settings["topic_packs"] else ""
            typer.echo(f"{name}{on}")
        return
    counts: Counter[str] = Counter()
    for record in session.store.papers():
        counts.update(record["topics"])
    width = max(20, *map(len, session.rules.topics), *map(len, counts))
    for topic in session.rules:
        cues: dict[str, list[str]] = {}
        for cue in topic.cues:
            cues.setdefault(cue.kind, []).append(cue.text)
        shown: dict[str, Any] = {
            "topic": topic.name,
            "name": topic.title,
            "papers": counts.pop(topic.name, 0),
            "threshold": topic.threshold,
            "implies": list(topic.implies),
            "aliases": list(topic.aliases),
            "source": topic.source,
            "cues": cues if rules or json else len(topic.cues),
        }
        if json:
            typer.echo(jsonlib.dumps(shown, ensure_ascii=False))
            continue
        implies = f"; implies {', '.join(topic.implies)}" if topic.implies else ""
        line = f"{topic.name:<{width}} {shown['papers']:>6,}  {topic.title} ({len(topic.cues)} cues, "
        typer.echo(clean(f"{line}threshold {topic.threshold:g}{implies}; {topic.source})"))
        for kind, texts in cues.items() if rules else ():
            typer.echo(clean(f"    {kind}: {', '.join(texts)}"))
    for name, count in counts.most_common() if not json else ():
        typer.echo(clean(f"{name:<{width}} {count:>6,}  given by hand or by rules that are gone"))


@app.command(context_settings=HELP)
def suggest(
    ctx: typer.Context,
    topic: Annotated[str, typer.Argument(metavar="TOPIC", help="A topic, or the name of a new one.")],
    limit: Annotated[int, typer.Option("--limit", "-n", metavar="N", min=1, help="At most N cues.")] = 10,
    json: Annotated[bool, typer.Option("--json", help="As JSON, one object a line.")] = False,
) -> None:
    """Cues worth adding to a topic. From the papers tagged by hand, with the F1 they would bring."""
    from dataclasses import asdict

    from paperctl.topics import suggest as suggested

    session: Session = ctx.obj
    papers = list(session.store.papers())
    by_hand = {
        n: said[topic]
        for n, record in enumerate(papers)
        if topic in (said := session.store.overlay.topics_of(record))
    }
    tagged = [n for n, belongs in by_hand.items() if belongs]
    if not tagged and topic in session.rules.topics:
        tagged = [n for n, record in enumerate(papers) if topic in record["topics"]]
    without = [n for n, belongs in by_hand.items() if not belongs] or None
    if (
        not tagged
        and topic not in session.rules.topics
        and (near := did_you_mean(topic, session.rules.topics))
    ):
        raise UsageError(f"no topic called {topic!r}, and no paper has it{near}")
    cues = suggested(topic, tagged, papers, session.rules, without=without, limit=limit)
    if not cues:
        session.say(f"no cue would do better on {topic} than its rules do")
    for cue in cues:
        if json:
            typer.echo(jsonlib.dumps(asdict(cue), ensure_ascii=False))
        else:
            gain = f"F1 {cue.f1_before:.3f} → {cue.f1_after:.3f}"
            typer.echo(
                clean(f"{cue.kind:<8} {cue.cue:<32} {gain}  in {cue.tagged} tagged, {cue.others} others")
            )


@app.command(context_settings=HELP)
def explain(
    ctx: typer.Context,
    ids: Annotated[list[str], typer.Argument(metavar="ID…", help="Papers.")],
    json: Annotated[bool, typer.Option("--json", help="As JSON, one object a line.")] = False,
) -> None:
    """Why a paper has a topic or has it not. Each cue, its place and what it brought."""
    from dataclasses import asdict

    session: Session = ctx.obj
    wanted = dict.fromkeys(resolve(session, ids))
    papers = {record["id"]: record for record in session.store.papers() if record["id"] in wanted}
    for paper in wanted:
        record = papers[paper]
        said = session.tagger.explain(record)
        if json:
            entry = {"id": paper, "title": record["title"], "topics": [asdict(e) for e in said]}
            typer.echo(jsonlib.dumps(entry, ensure_ascii=False))
            continue
        typer.echo(clean(f"{paper}  {record['title']}"))
        by_hand = session.store.overlay.topics_of(record)
        for topic in said:
            how = ""
            if (topic.topic in record["topics"]) != topic.given:
                how = " — corrected by hand" if topic.topic in by_hand else " — other rules now: paperctl tag"
            how += f" — implied by {', '.join(topic.implied_by)}" if topic.implied_by else ""
            how += f" — lacks {', '.join(topic.lacks)}" if topic.lacks else ""
            mark = "✓" if topic.topic in record["topics"] else "·"
            typer.echo(clean(f"{mark} {topic}{how}"))
            for cue in topic.cues:
                typer.echo(clean(f"    {cue.contribution:+6.2f}  {cue.cue} ({_where(cue)})"))
        if not said:
            typer.echo("  no cue of any topic in it")


def _where(cue: Found) -> str:
    """What sort of cue, where it stood, how often, and what its sentences tell of."""
    times = f" ×{cue.count}" if cue.count > 1 else ""
    told = ", of the paper itself" if cue.told > 1 else ", of other work" if cue.told < 1 else ""
    return f"{cue.kind}, {cue.place}{times}{told}"
