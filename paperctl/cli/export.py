"""`paperctl export`: a reading list, or another format, to stdout or a file."""

from __future__ import annotations

import io
from collections.abc import Iterable
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from paperctl.cli import list as listing
from paperctl.cli import querying, sorting
from paperctl.cli.session import Session
from paperctl.errors import PaperctlError, UsageError, did_you_mean
from paperctl.exports import GROUPS, Request, export, names, packed
from paperctl.library.output import check_replaceable, is_stream, write_output
from paperctl.record import Record
from paperctl.text.numbers import counted

if TYPE_CHECKING:
    from paperctl.query import Query as Parsed

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
    group_by: Annotated[
        str | None,
        typer.Option(metavar="|".join(GROUPS), help="Sections of a reading list; default: topic."),
    ] = None,
    template: Annotated[Path | None, typer.Option(metavar="FILE", help="Your own Jinja2 template.")] = None,
    force: Annotated[bool, typer.Option("--force", help="Overwrite what paperctl did not write.")] = False,
    json: listing.Json = False,
    jsonl: listing.Jsonl = False,
    tsv: listing.Tsv = False,
    ids: listing.Ids = False,
    excel: listing.Excel = False,
    fields: listing.Fields = None,
    sort: listing.Sort = None,
    limit: listing.Limit = None,
    all_versions: listing.AllVersions = False,
    works: listing.Works = False,
    exit_status: listing.ExitStatus = False,
) -> None:
    """A reading list grouped by topic, or the papers in another format."""
    session: Session = ctx.obj
    flags = {"json": json, "jsonl": jsonl, "tsv": tsv, "ids": ids, "excel": excel}
    default = (
        "template" if template else _format_of(output, format, flags) or session.settings["export.format"]
    )
    name = querying.output_format(format, flags, default)
    _check_group(group_by, name)
    text = querying.query_text(query)
    once = querying.works_once(session, name, all_versions=all_versions, works=works)
    parsed, papers = querying.matching(session, text)
    shown = sorting.sort_papers(once(papers, parsed), sort or "", session.store)
    counted = querying.Counted(islice(shown, limit))
    store = session.store.folder
    if output is not None:
        check_replaceable(output, name, store, force=force)
    columns = querying.field_names(fields)
    if name == "table":
        if output is None:
            querying.show_papers(
                session, counted, format=name, fields=columns, limit=None, query=parsed, text=text
            )
            return
        write_output(output, [_table(counted, columns).encode("utf-8", "replace")], store, force=force)
    else:
        request = Request(
            fields=columns,
            title=title or session.settings["export.title"] or None,
            query=text,
            existing=_existing(output, name),
            topic_names=session.topic_names,
            template=_read(template) if template else None,
            template_name=template.name if template else "",
            earlier=(lambda file: _earlier(output / file)) if output else None,
            group_by=group_by,
            flow=session.flow,
        )
        keyed = querying.with_keys_for(session, name, counted)
        with querying.watched(session, name, keyed, columns) as watched:
            _write(name, watched, request, output, store, force=force)
    some = limit != 0
    _report(session, counted.count, output, text if some else "", exit_status, parsed if some else None)


def _check_group(group_by: str | None, name: str) -> None:
    """Raises UsageError for a group that there is not, and for a format that has no groups."""
    if group_by is None:
        return
    if group_by not in GROUPS:
        raise UsageError(
            f"cannot group by {group_by!r}{did_you_mean(group_by, GROUPS)}", f"groups: {', '.join(GROUPS)}"
        )
    if name == "table" or not getattr(export(name), "GROUPED", False):
        grouped = [known for known in names() if getattr(export(known), "GROUPED", False)]
        raise UsageError(f"{name} has no groups", f"formats with groups: {', '.join(grouped)}")


def _write(
    name: str, papers: Iterable[Record], request: Request, output: Path | None, store: Path, *, force: bool
) -> None:
    """Writes papers in a format to a file or a folder, or to stdout."""
    module = export(name)
    if hasattr(module, "files"):
        if output is None:
            raise UsageError(f"{name} writes a folder of files", "name it with -o FOLDER")
        write_folder(output, module.files(papers, request), store)
    elif output is None:
        querying.print_export(name, papers, request)
    else:
        write_output(output, packed(name, papers, request), store, force=force)


def _report(
    session: Session, count: int, output: Path | None, text: str, exit_status: bool, query: Parsed | None
) -> None:
    querying.say_without_year(session)
    if output is not None:
        session.say(f"{counted(count, 'paper')} written to {output}")
    if not count:
        listing.nothing_found(session, text, exit_status, query)


def _table(papers: Iterable[Record], fields: tuple[str, ...] | None) -> str:
    """The table as text, without colour, as wide as the terminal."""
    from paperctl.terminal.table import print_table

    text = io.StringIO()
    print_table(papers, fields, out=text)
    return text.getvalue()


def _format_of(output: Path | None, format: str | None, flags: dict[str, bool]) -> str | None:
    """The format that a file's ending asks for. Raises UsageError for an ending of no format, if no
    format was named."""
    ending = output.suffix.lower() if output else ""
    found = next((name for name in names() if ending and ending == export(name).SUFFIX), None)
    if ending and not found and not format and not any(flags.values()) and not is_stream(output or Path()):
        known = ", ".join(sorted({export(name).SUFFIX for name in names()} - {""}))
        raise UsageError(f"no format writes {ending} files", f"endings are {known}; or name a --format")
    return found


def _existing(output: Path | None, name: str) -> str | None:
    """The Markdown list that stands in the file about to be replaced."""
    if output is None or is_stream(output) or not name.startswith("markdown"):
        return None
    return _earlier(output)


def _earlier(file: Path) -> str | None:
    """The text of a file, if it exists."""
    return _read(file) if file.is_file() else None


def write_folder(folder: Path, files: Iterable[tuple[str, str]], store: Path) -> None:
    """Writes files, by safe names, into a folder, which the store's own may not be."""
    if folder.resolve() == store.resolve():
        raise UsageError(f"{folder} is the store's folder", "name another one")
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as fault:
        raise PaperctlError(f"cannot write {folder}: {fault.strerror or fault}") from fault
    for name, text in files:
        target = folder / Path(name).name
        if target.is_symlink():
            raise UsageError(f"{target} is a link; nothing is written through it")
        write_output(target, [text.encode("utf-8", "replace")], store)


def _read(path: Path) -> str:
    try:
        return path.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as fault:
        raise UsageError(
            f"cannot read {path}: {getattr(fault, 'strerror', None) or 'not UTF-8 text'}"
        ) from fault
