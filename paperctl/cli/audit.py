"""`paperctl audit`: a folder with all that a methods section or an editor asks for."""

from __future__ import annotations

import platform
import sys
from collections.abc import Iterator
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import Annotated

import typer

from paperctl.cli.json_output import AsJson, print_json
from paperctl.cli.session import Session

app = typer.Typer(rich_markup_mode=None, add_completion=False)

_LIBRARIES = ("typer", "msgspec", "rapidfuzz", "numpy", "scipy", "scikit-learn", "rich")


@app.command(context_settings={"help_option_names": ["-h", "--help"]})
def audit(
    ctx: typer.Context,
    output: Annotated[Path, typer.Option("-o", "--output", metavar="FOLDER", help="Where to write it.")],
    force: Annotated[bool, typer.Option("--force", help="Overwrite what paperctl did not write.")] = False,
    json: AsJson = False,
) -> None:
    """Write a folder of versions, settings, counts, merges, decisions, the PRISMA flow and checksums."""
    from paperctl.cli.export import write_folder
    from paperctl.exports._reports import with_checksums
    from paperctl.library.output import check_replaceable

    session: Session = ctx.obj
    store = session.store
    papers = (store.papers_file, store.decisions_file, store.corrections_file)
    held = {f"store/{path.name}": path.read_bytes() for path in papers if path.exists()}
    written = list(with_checksums(_files(session), held))
    for name, _ in written:
        check_replaceable(output / name, "audit", store.folder, force=force)
    write_folder(output, written, store.folder)
    if json:
        print_json({"written": str(output)})
    else:
        session.say(f"audit written to {output}")


def _files(session: Session) -> Iterator[tuple[str, str]]:
    from paperctl.cli.log import as_json as change_as_json
    from paperctl.exports import Request, export
    from paperctl.exports._reports import as_csv, as_json
    from paperctl.library import merges, screened
    from paperctl.library.stats import statistics
    from paperctl.terminal.curve import svg

    store, settings = session.store, session.settings
    yield "versions.json", as_json(_versions())
    origins = {name: {"value": settings[name], "from": settings.origin[name]} for name in settings.values}
    yield "settings.json", as_json(origins)
    yield "counts.json", as_json(statistics(store.papers()))
    yield "merges.csv", as_csv(merges.merges(store), merges.COLUMNS)
    found = screened.screened(store.papers(), store.overlay)
    yield "decisions.csv", as_csv(found["decisions"], screened.COLUMNS)
    yield "screening.json", as_json({name: value for name, value in found.items() if name != "decisions"})
    yield "recall.svg", svg(found["found"], found["papers"], "Papers kept by papers read")
    yield "prisma.mmd", "".join(export("prisma").render(store.papers(), Request(flow=session.flow)))
    yield "log.json", as_json([change_as_json(change) for change in store.log()])


def _versions() -> dict[str, object]:
    from paperctl import __version__

    found: dict[str, object] = {
        "paperctl": __version__,
        "python": platform.python_version(),
        "system": platform.platform(),
        "encoding": sys.getfilesystemencoding(),
    }
    for name in _LIBRARIES:
        try:
            found[name] = version(name)
        except PackageNotFoundError:
            found[name] = None
    return found
