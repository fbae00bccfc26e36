"""`paperctl help`: what a command does, and the pages of the documentation."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Annotated, Any

import typer

import paperctl
from paperctl.cli.session import Session
from paperctl.errors import UsageError, did_you_mean
from paperctl.text.sanitise import clean

app = typer.Typer(rich_markup_mode=None, add_completion=False)
_LINK = re.compile(r"!?\[([^\]]*)\]\([^)]*\)")


def pages() -> dict[str, Path]:
    """The pages of the documentation by topic: those of the wheel, or of the folder it is built from."""
    package = Path(paperctl.__file__).parent
    folder = package / "docs"
    if not folder.is_dir():
        folder = package.parent / "docs"
    return {path.stem: path for path in sorted(folder.glob("*.md"))}


def about(page: Path) -> str:
    """What a page is about: its heading."""
    with page.open(encoding="utf-8") as text:
        return next((line[2:].strip() for line in text if line.startswith("# ")), page.stem)


@app.command(context_settings={"help_option_names": ["-h", "--help"]})
def help_(
    ctx: typer.Context,
    words: Annotated[
        list[str] | None,
        typer.Argument(metavar="[COMMAND|TOPIC]", help="A command, or a page to read."),
    ] = None,
) -> None:
    """Help on a command, as its --help; or a page to read. Alone: what there is."""
    session: Session = ctx.obj
    root = ctx.find_root()
    if not words:
        typer.echo(root.get_help())
        typer.echo("\nTopics (paperctl help TOPIC):")
        for topic, page in pages().items():
            typer.echo(f"  {topic:<15}  {about(page)}")
        return
    from paperctl.cli.verbs import SYNONYMS, VERBS

    word = SYNONYMS.get(words[0], words[0])
    texts = [_help_of(root, [word, *words[1:]])] if word in VERBS else []
    if len(words) == 1 and word in pages():
        texts.append(_plain(pages()[word].read_text("utf-8"), bold=session.colour))
    if not texts:
        known = (*VERBS, *pages())
        raise UsageError(
            f"no command and no topic called {word!r}{did_you_mean(word, known)}",
            f"topics: {', '.join(pages())}; `paperctl --help` lists the commands",
        )
    with session.paged():
        typer.echo("\n".join(texts))


def _help_of(root: Any, words: list[str]) -> str:
    """The help of a command, or of a command of it."""
    context, command = root, root.command
    for word in words:
        found = command.get_command(context, word) if hasattr(command, "get_command") else None
        if found is None:
            known = getattr(command, "commands", {})
            raise UsageError(
                f"no command called {' '.join(words)!r}{did_you_mean(word, known)}",
                f"there is {', '.join(known)}" if known else f"paperctl help {words[0]}",
                code="no-such-command",
            )
        context = type(root)(found, info_name=word, parent=context)
        command = found
    return str(command.get_help(context))


def _plain(text: str, *, bold: bool) -> str:
    """A page as it is read on a terminal: links as their text, headings bold."""
    lines = []
    for line in clean(text, lines=True).split("\n"):
        line = _LINK.sub(r"\1", line) if not line.startswith("    ") else line
        lines.append(f"\x1b[1m{line}\x1b[0m" if bold and line.startswith("#") else line)
    return "\n".join(lines).rstrip()
