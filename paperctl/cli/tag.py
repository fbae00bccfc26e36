"""`paperctl tag`: the topic rules applied again, or put right by hand."""

from __future__ import annotations

import json as jsonlib
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from paperctl.cli.dividing import DividedCommand, divided
from paperctl.cli.json_output import AsJson, AsJsonLines, print_done, print_json
from paperctl.cli.session import Session
from paperctl.errors import UsageError
from paperctl.record import Record
from paperctl.text.numbers import counted
from paperctl.text.sanitise import clean

if TYPE_CHECKING:
    from paperctl.topics import Topic

HELP = {"help_option_names": ["-h", "--help"]}
app = typer.Typer(
    rich_markup_mode=None, add_completion=False, invoke_without_command=True, context_settings=HELP
)

_DONE = {"add": "given to", "remove": "taken off", "forget": "left to the rules again on"}
"""What the message on a correction calls it."""


@app.callback()
def tag(ctx: typer.Context, json: AsJson = False) -> None:
    """Apply the topic rules to every paper again; corrections by hand stay."""
    if ctx.invoked_subcommand:
        return
    import msgspec

    from paperctl.library.finding import freshen
    from paperctl.library.tag import retag
    from paperctl.terminal.progress import reporting

    session: Session = ctx.obj
    with reporting(session.quiet) as progress:
        done = retag(session.store, session.rules, progress)
        freshen(session.store, progress)
    if json:
        print_json(msgspec.to_builtins(done))
        return
    session.say(f"{done.papers:,} papers tagged; {done.changed:,} have other topics now")
    for change in done.changes:
        session.say(f"  {change.topic}: +{change.gained} −{change.lost}")
    for topic, reason in done.learned.items():
        session.say(f"  learning {topic}: {reason}")


Divided = Annotated[
    list[str], typer.Argument(metavar="TOPIC… -- ID…", help="Topics, then papers; - reads ids.")
]


@app.command(cls=DividedCommand, context_settings=HELP)
def add(ctx: typer.Context, words: Divided, json: AsJson = False) -> None:
    """Give papers topics by hand; it outlives re-tagging."""
    _correct(ctx.obj, "add", words, json)


@app.command(cls=DividedCommand, context_settings=HELP)
def remove(ctx: typer.Context, words: Divided, json: AsJson = False) -> None:
    """Take topics off papers by hand; it outlives re-tagging."""
    _correct(ctx.obj, "remove", words, json)


@app.command(cls=DividedCommand, context_settings=HELP)
def forget(ctx: typer.Context, words: Divided, json: AsJson = False) -> None:
    """Take back corrections: the rules decide on these topics again."""
    _correct(ctx.obj, "forget", words, json)


@app.command(context_settings=HELP)
def review(
    ctx: typer.Context,
    topic: Annotated[str, typer.Argument(metavar="TOPIC", help="A topic.")],
    limit: Annotated[int, typer.Option("--limit", "-n", metavar="N", min=1, help="At most N papers.")] = 20,
    json: AsJsonLines = False,
) -> None:
    """Answer for the papers that teach most. Keys: y it has the topic, n not, s skip, u undo, q quit.

    Where stdin is no terminal, and with --json, it lists those papers: id, score, title.
    """
    from paperctl.library.tag import corrections
    from paperctl.topics.review import questions

    session: Session = ctx.obj
    found = session.rules.topics[session.rules.resolve(topic)]
    papers = list(session.store.papers())
    judged = corrections(session.store, papers, session.rules).get(found.name, {})
    asked = [papers[n] for n in questions(found, papers, judged, limit)]
    if not asked:
        session.say(f"no paper left that a rule of {found.name} has anything to say about")
    elif sys.stdin.isatty() and not json:
        _review(session, found, asked)
    else:
        for paper in asked:
            if json:
                score = paper["topic_scores"].get(found.name, 0.0)
                print_json({"id": paper["id"], "score": score, "title": paper["title"]})
                continue
            title = clean(" ".join(paper["title"].split()))
            typer.echo(f"{paper['id']}\t{paper['topic_scores'].get(found.name, 0.0):g}\t{title}")


def _review(session: Session, topic: Topic, papers: Sequence[Record]) -> None:
    from paperctl.review.topic_session import TopicReview
    from paperctl.terminal.tty import open_terminal, run

    def correct(paper: str, verb: str) -> None:
        session.store.correct_topics({paper: {verb: [topic.name]}}, f"tag review {topic.name}")

    def why(paper: Record) -> list[str]:
        explanations = [e for e in session.tagger.explain(paper) if e.topic == topic.name]
        return [str(e) + ": " + ", ".join(cue.cue for cue in e.cues) for e in explanations]

    terminal = open_terminal("tag review", f"paperctl tag add {topic.name} -- ID…")
    correcting = TopicReview(topic.title, papers, correct, why)
    run(correcting, terminal)
    session.say(f"{correcting.answered} answered; paperctl tag applies what they teach")


@app.command("eval", context_settings=HELP)
def eval_(
    ctx: typer.Context,
    gold: Annotated[
        Path, typer.Argument(metavar="GOLD.jsonl", help='Lines of {"title", "labels": {topic: 0|1}}.')
    ],
    json: AsJson = False,
) -> None:
    """Precision, recall and F1 of each topic. Against labelled papers, with the worst misses."""
    from paperctl.topics import Tagging, evaluate

    session: Session = ctx.obj
    papers = list(session.store.papers())
    taggings = [Tagging(record["topics"], record["topic_scores"]) for record in papers]
    found = evaluate(_rows(gold), papers, taggings, session.rules)
    if json:
        shown = {t.topic: {"precision": t.precision, "recall": t.recall, "f1": t.f1} for t in found.topics}
        print_json({**shown, "macro_f1": found.macro_f1, "unknown": found.unknown})
        return
    for score in found.topics:
        numbers = f"P {score.precision:.3f}  R {score.recall:.3f}  F1 {score.f1:.3f}"
        typer.echo(clean(f"{score.topic:<20} {numbers}  ({score.judged} judged)"))
        for miss in score.misses:
            should = "should have it" if miss.expected else "should not have it"
            typer.echo(clean(f"    {should}: {miss.score:.1f} of {miss.threshold:g}  {miss.title}"))
    typer.echo(f"{'macro F1':<20} {found.macro_f1:.3f}")
    if found.unknown:
        session.say(f"labelled but not in the store: {len(found.unknown):,} (--json lists them)")


def _rows(gold: Path) -> Iterator[dict[str, object]]:
    """The labelled papers of a JSON Lines file. Raises UsageError naming the line."""
    try:
        lines = gold.read_text(encoding="utf-8").split("\n")
    except (OSError, UnicodeDecodeError) as fault:
        raise UsageError(f"cannot read {gold}: {getattr(fault, 'strerror', None) or 'not UTF-8'}") from fault
    for n, line in enumerate(lines, 1):
        if line.strip():
            try:
                yield jsonlib.loads(line)
            except (ValueError, RecursionError) as fault:
                raise UsageError(f"{gold} line {n}: not JSON ({fault})") from fault


def _correct(session: Session, verb: str, words: Sequence[str], json: bool) -> None:
    named, papers = divided(session, words, f"tag {verb}", "topic", session.rules.knows)
    topics = [session.rules.resolve(word) for word in named]
    did = f"tag {verb} {' '.join(topics)}"
    made = session.store.correct_topics({paper: {verb: topics} for paper in papers}, did)
    if json:
        print_done(made, did, papers)
        return
    count, done = counted(len(papers), "paper"), f"{', '.join(topics)}: {_DONE[verb]}"
    session.say(f"{done} {count}" if made else f"{count}: already so, nothing to change")
