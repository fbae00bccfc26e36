"""The command `paperctl`: global options, and one module for each verb, imported when it is called."""

from __future__ import annotations

import importlib
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer
from typer.core import TyperGroup

from paperctl.cli.examples import with_examples
from paperctl.cli.typer_parts import ClickFault
from paperctl.cli.verbs import MEANT, SYNONYMS, VERBS
from paperctl.errors import USAGE, StoreError, UsageError, did_you_mean

if TYPE_CHECKING:
    from paperctl.cli.session import Session

_GLOBAL = ("--store", "--config", "--color", "--wait", "--reviewer")
_GLOBAL_FLAGS = ("--debug", "--quiet", "--verbose", "-q", "-v", "--no-pager")


class Verbs(TyperGroup):
    """The verbs, each imported only when it is named."""

    def list_commands(self, ctx: object) -> list[str]:
        return list(VERBS)

    def resolve_command(self, ctx: Any, args: list[str]) -> Any:
        args = [SYNONYMS.get(args[0], args[0]), *args[1:]]
        if args[0] not in VERBS and not args[0].startswith("-"):
            near = MEANT.get(args[0].lower())
            mend = f" (did you mean {near}?)" if near else did_you_mean(args[0], VERBS)
            raise UsageError(
                f"no command called {args[0]!r}{mend}", "paperctl --help lists them", code="no-such-command"
            )
        return super().resolve_command(ctx, args)

    def get_command(self, ctx: object, cmd_name: str) -> Any:
        if cmd_name not in VERBS:
            return None
        module = importlib.import_module(f"paperctl.cli.{cmd_name}")
        command = typer.main.get_command(module.app)
        command.name = cmd_name
        return with_examples(command, cmd_name)

    def format_commands(self, ctx: Any, formatter: Any) -> None:
        with formatter.section("Commands"):
            formatter.write_dl(list(VERBS.items()))


app = typer.Typer(
    name="paperctl",
    cls=Verbs,
    help="From thousands of submissions to the twenty papers worth reading.",
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
    no_args_is_help=True,
    add_completion=False,
    context_settings={"help_option_names": ["-h", "--help"]},
    epilog="A first look: paperctl load DUMP…; paperctl list topic:peft; paperctl screen; paperctl export",
)


@app.callback()
def root(
    ctx: typer.Context,
    store: Annotated[
        str | None, typer.Option(metavar="DIR", help="Folder of the store; also PAPERCTL_STORE.")
    ] = None,
    config: Annotated[
        Path | None, typer.Option(metavar="FILE", help="Config file, instead of the user's.")
    ] = None,
    color: Annotated[str | None, typer.Option(metavar="WHEN", help="auto, always or never.")] = None,
    reviewer: Annotated[
        str | None, typer.Option(metavar="NAME", help="Who decides; also PAPERCTL_REVIEWER.")
    ] = None,
    quiet: Annotated[bool, typer.Option("-q", "--quiet", help="No receipts, notes or progress.")] = False,
    verbose: Annotated[bool, typer.Option("-v", "--verbose", help="Say more.")] = False,
    wait: Annotated[
        float, typer.Option(metavar="SECONDS", min=0, help="Wait so long for another writer.")
    ] = 30.0,
    no_pager: Annotated[bool, typer.Option("--no-pager", help="Print long output as it comes.")] = False,
    debug: Annotated[bool, typer.Option("--debug", help="Show the traceback when something fails.")] = False,
    version: Annotated[bool, typer.Option("--version", "-V", help="Show the version and exit.")] = False,
) -> None:
    if version:
        from paperctl import __version__

        typer.echo(f"paperctl {__version__}")
        raise typer.Exit
    from paperctl.cli.session import Session

    if store == "":
        raise UsageError("--store is empty", "name a folder")
    ctx.obj = Session.open(
        store=store,
        config=config,
        color=color,
        quiet=quiet,
        verbose=verbose,
        debug=debug,
        wait=wait,
        pager=not no_pager,
        reviewer=reviewer,
        mending=ctx.invoked_subcommand == "config",
    )


def root_command() -> Any:
    """The command that all others are a part of."""
    return typer.main.get_command(app)


def run(args: list[str]) -> int:
    """Runs one command line; gives the exit status."""
    command = root_command()
    try:
        # Not main(): that would end a closed pipe with status 1.
        with command.make_context("paperctl", _hoisted(args)) as context:
            try:
                command.invoke(context)
            except (AttributeError, KeyError, TypeError, ValueError) as fault:
                raise _blamed(context.obj, fault) from fault
        return 0
    except typer.Exit as fault:
        return fault.exit_code
    except typer.Abort:
        raise KeyboardInterrupt from None
    except ClickFault as fault:
        return _explained(fault, args)


def _blamed(session: Session | None, fault: Exception) -> Exception:
    """The damage in the store that a fault may come from; the fault itself if there is none."""
    from paperctl.store.check import examine

    damage = [finding.line for finding in examine(session.store) if finding.serious] if session else []
    return StoreError(damage[0], "paperctl check shows all of it, --repair mends it") if damage else fault


def _explained(fault: Any, args: Sequence[str]) -> int:
    """The help where that is what a command without arguments prints. Raises UsageError for any other fault
    of the command line: what, and how to mend it."""
    context = getattr(fault, "ctx", None)
    if type(fault).__name__ == "NoArgsIsHelpError":
        print(context.get_help() if context else fault.message)
        return USAGE
    from paperctl.cli.mistakes import mended

    message = fault.format_message().rstrip(".").replace("a valid int range", "a whole number")
    raise UsageError(message, mended(fault, context, args)) from None


def _hoisted(args: list[str]) -> list[str]:
    """The command line with global options moved to its front, wherever they were typed."""
    front: list[str] = []
    rest: list[str] = []
    waiting = iter(args)
    for arg in waiting:
        if arg == "--":
            rest += [arg, *waiting]
        elif arg in _GLOBAL:
            front += [arg, *[value for value in [next(waiting, None)] if value is not None]]
        elif arg in _GLOBAL_FLAGS or arg.startswith(tuple(f"{name}=" for name in _GLOBAL)):
            front.append(arg)
        else:
            rest.append(arg)
    return front + rest
