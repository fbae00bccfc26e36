"""`paperctl rm`: papers taken out."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from shutil import get_terminal_size
from typing import Annotated

import typer

from paperctl.cli.json_output import AsJson, print_done
from paperctl.cli.naming import is_query, named
from paperctl.cli.querying import QueryCommand, query_text
from paperctl.cli.session import Session
from paperctl.record import Record
from paperctl.text.numbers import counted
from paperctl.text.sanitise import clean
from paperctl.text.width import cut

app = typer.Typer(rich_markup_mode=None, add_completion=False)
_SHOWN = 10


@app.command(cls=QueryCommand, context_settings={"help_option_names": ["-h", "--help"]})
def rm(
    ctx: typer.Context,
    papers: Annotated[
        list[str], typer.Argument(metavar="ID…|QUERY", help="Ids, or a query with a field, as topic:peft.")
    ],
    dry_run: Annotated[bool, typer.Option("-n", "--dry-run", help="Only show what would go.")] = False,
    yes: Annotated[bool, typer.Option("-y", "--yes", help="Do not ask.")] = False,
    json: AsJson = False,
) -> None:
    """Take papers out. Their dumps do not bring them back, but for load --again; undo does.

    In a script papers that are named go without a question; a query needs --yes.
    """
    session: Session = ctx.obj
    found = named(session, papers)
    if not found:
        session.say("no id on stdin; nothing to take out")
        return
    count = counted(len(found), "paper")
    if dry_run:
        session.say(f"would take out {count}:\n{_listed(found, len(found))}")
        return
    question = f"{_listed(found, _SHOWN)}\ntake out {count}?"
    # A script that names each paper means it; what a query finds may be more than was meant.
    by_script = not sys.stdin.isatty() and not is_query(query_text(papers))
    if not session.sure(question, yes=yes or by_script, doing="rm"):
        session.say("nothing was taken out")
        return
    from paperctl.library.remove import remove

    did = _did(papers)
    at, gone = remove(session.store, [record["id"] for record in found], did)
    if json:
        print_done(at, did, gone)
    elif gone:
        brings = f"paperctl undo brings {'it' if len(gone) == 1 else 'them'} back"
        session.say(f"{counted(len(gone), 'paper')} taken out; {brings}")
    else:
        session.say("no longer in the store; nothing was taken out")


def _did(words: Sequence[str]) -> str:
    text = query_text(words)
    return f"rm {text}" if is_query(text) else "rm"


def _listed(papers: Sequence[Record], most: int) -> str:
    room = get_terminal_size().columns if sys.stderr.isatty() else sys.maxsize
    lines = [cut(f"  {r['id']}  {_decided(r)}{_title(r)}", room) for r in papers[:most]]
    return "\n".join(lines + ([f"  and {len(papers) - most:,} more"] if len(papers) > most else []))


def _title(record: Record) -> str:
    return clean(" ".join(record["title"].split()))


def _decided(record: Record) -> str:
    return f"({record['decision']}) " if record["decision"] else ""
