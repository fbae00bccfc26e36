"""`paperctl export`: a reading list, or another format, to stdout or a file."""

from __future__ import annotations

import os
import shlex
import sys
import tempfile
from collections.abc import Iterable
from itertools import islice
from pathlib import Path
from typing import Annotated, Any

import typer

from paperctl.cli import list as listing
from paperctl.cli import querying
from paperctl.cli.session import Session
from paperctl.errors import PaperctlError, UsageError
from paperctl.exports import Request, export, names

app = typer.Typer(rich_markup_mode=None, add_completion=False)


class ExportCommand(querying.QueryCommand):
    """A command whose help ends with the formats there are."""

    def format_epilog(self, ctx: Any, formatter: Any) -> None:
        with formatter.section("Formats"):
            formatter.write_dl([(name, export(name).ABOUT) for name in names()])


@app.command(cls=ExportCommand, context_settings={"help_option_names": ["-h", "--help"]})
def export_(
    ctx: typer.Context,
    query: listing.Query = None,
    format: listing.Format = None,
    output: Annotated[
        Path | None, typer.Option("-o", "--output", metavar="FILE", help="Write to a file.")
    ] = None,
    title: Annotated[str | None, typer.Option(metavar="TEXT", help="Heading of the document.")] = None,
    template: Annotated[Path | None, typer.Option(metavar="FILE", help="Your own Jinja2 template.")] = None,
    force: Annotated[bool, typer.Option("--force", help="Overwrite what paperctl did not write.")] = False,
    json: listing.Json = False,
    jsonl: listing.Jsonl = False,
    tsv: listing.Tsv = False,
    ids: listing.Ids = False,
    fields: listing.Fields = None,
    sort: listing.Sort = None,
    limit: listing.Limit = None,
    exit_status: listing.ExitStatus = False,
) -> None:
    """A reading list grouped by topic, or the papers in another format."""
    session: Session = ctx.obj
    settings = session.settings
    flags = {"json": json, "jsonl": jsonl, "tsv": tsv, "ids": ids}
    default = "template" if template else _format_of(output) or settings["export.format"]
    name = querying.output_format(format, flags, default)
    text = querying.query_text(query)
    parsed, papers = querying.matching(session, text)
    ordered = querying.sort_papers(papers, sort or "")
    counted = querying.Counted(islice(ordered, limit) if limit is not None else ordered)
    if name == "table":
        querying.show_papers(session, counted, format=name, fields=None, limit=None, query=parsed, text=text)
        return
    request = Request(
        fields=querying.field_names(fields),
        title=title or settings["export.title"] or None,
        query=text,
        existing=_existing(output, name, force) if output else None,
        topic_names=session.topic_names,
        template=_read(template) if template else None,
        template_name=template.name if template else "",
        earlier=(lambda file: _earlier(output / file)) if output else None,
    )
    module = export(name)
    if hasattr(module, "files"):
        if output is None:
            raise UsageError(f"{name} writes a folder of files", "name it with -o FOLDER")
        _write_folder(output, module.files(counted, request))
    elif output is None:
        for piece in module.render(counted, request):
            sys.stdout.write(piece)
    else:
        _write_file(output, module.render(counted, request), force)
    if output is not None:
        session.say(f"{counted.count:,} paper{'s' * (counted.count != 1)} written to {output}")
    if not counted.count:
        listing.nothing_found(session, text, exit_status)


def _format_of(output: Path | None) -> str | None:
    """The format that a file's ending asks for."""
    ending = output.suffix.lower() if output else ""
    return next((name for name in names() if ending and ending == export(name).SUFFIX), None)


def _existing(output: Path, name: str, force: bool) -> str | None:
    """What stands in the file about to be replaced. Raises UsageError for what must not be."""
    if output.is_symlink() and not force:
        raise UsageError(f"{output} is a link to {output.readlink()}", "--force writes where it leads")
    if not output.exists() or output.is_dir():
        return None
    if not name.startswith("markdown"):
        return None
    text = _read(output)
    if text.strip() and "<!-- paperctl" not in text and not force:
        raise UsageError(f"{output} was not written by paperctl", "--force overwrites it")
    return text


def _earlier(file: Path) -> str | None:
    """What a file of a folder holds now."""
    return _read(file) if file.is_file() else None


def _write_file(output: Path, pieces: Iterable[str], force: bool) -> None:
    """The whole text or none of it: written beside the file, then put in its place."""
    target = Path(os.path.realpath(output)) if force else output
    if target.exists() and not target.is_file():  # /dev/stdout, a named pipe
        with target.open("w", encoding="utf-8") as stream:
            stream.writelines(pieces)
        return
    try:
        mode = target.stat().st_mode & 0o777 if target.exists() else 0o666 & ~_umask()
        handle, name = tempfile.mkstemp(dir=target.parent, prefix=f".{target.name}.")
        try:
            with os.fdopen(handle, "w", encoding="utf-8", newline="") as stream:
                stream.writelines(pieces)
                stream.flush()
                os.fsync(stream.fileno())
            Path(name).chmod(mode)
            Path(name).replace(target)
        except BaseException:
            Path(name).unlink(missing_ok=True)
            raise
    except OSError as fault:
        hint = (
            None
            if target.parent.exists()
            else f"make the folder first: mkdir -p {shlex.quote(str(target.parent))}"
        )
        raise PaperctlError(f"cannot write {output}: {fault.strerror or fault}", hint) from fault


def _write_folder(folder: Path, files: Iterable[tuple[str, str]]) -> None:
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as fault:
        raise PaperctlError(f"cannot write {folder}: {fault.strerror or fault}") from fault
    for name, text in files:
        target = folder / Path(name).name
        if target.is_symlink():
            raise UsageError(f"{target} is a link; nothing is written through it")
        _write_file(target, [text], force=False)


def _umask() -> int:
    mask = os.umask(0)
    os.umask(mask)
    return mask


def _read(path: Path) -> str:
    try:
        return path.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as fault:
        raise UsageError(
            f"cannot read {path}: {getattr(fault, 'strerror', None) or 'not UTF-8 text'}"
        ) from fault
