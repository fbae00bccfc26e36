"""The way in: exit statuses, signals and the last word on anything that goes wrong."""

from __future__ import annotations

import atexit
import gc
import os
import sys


def main(args: list[str] | None = None) -> None:
    """Runs one command and exits with its status."""
    # A hundred thousand records that live to the end: collecting them takes longer than reading them. Before
    # anything is imported: that makes many objects, too.
    gc.set_threshold(100_000, 50, 100)
    atexit.register(gc.freeze)  # at the end, too, looking for what is not used any more takes its time
    args = sys.argv[1:] if args is None else args
    for name, mode in (("stdin", "r"), ("stdout", "w"), ("stderr", "w")):
        if getattr(sys, name) is None:  # closed by the caller: `paperctl list >&-`
            setattr(sys, name, os.fdopen(os.open(os.devnull, os.O_RDWR), mode))
    _end_on_signals()
    try:
        status = _run(args)
    except _Ended as ended:
        print("\npaperctl: ended; what was acknowledged before is kept", file=sys.stderr)
        status = 128 + ended.number
    try:
        sys.stdout.flush()
    except BrokenPipeError:
        _forget_stdout()
    except OSError as fault:
        print(f"paperctl: cannot write the output: {fault.strerror}", file=sys.stderr)
        _forget_stdout()
        status = 1
    sys.exit(status)


class _Ended(BaseException):
    """SIGTERM or SIGHUP came."""

    def __init__(self, number: int) -> None:
        super().__init__(number)
        self.number = number


def _end_on_signals() -> None:
    """Lets SIGTERM and SIGHUP end the command as Ctrl-C does: files swept, workers ended, no traceback."""
    import signal

    this = os.getpid()

    def end(number: int, frame: object) -> None:
        if os.getpid() != this:  # a worker, which has nothing to tidy up
            os._exit(128 + number)
        raise _Ended(number)

    for number in (signal.SIGTERM, signal.SIGHUP):
        if signal.getsignal(number) == signal.SIG_DFL:  # nohup ignores SIGHUP, and so it stays
            signal.signal(number, end)


def _run(args: list[str]) -> int:
    from paperctl.errors import FAILED, INTERRUPTED, PaperctlError

    debug = "--debug" in args
    report = _report_as_json if _asks_for_json(args) else _report
    try:
        if args in (["--version"], ["-V"]):  # before anything is imported
            from paperctl import __version__

            print(f"paperctl {__version__}")
            return 0
        from paperctl.terminal.streams import settle_encodings

        settle_encodings()
        if shell := os.environ.get("_PAPERCTL_COMPLETE"):
            from paperctl.cli.shells import answer

            return answer(shell, args)
        from paperctl.cli.app import run

        return run(args)
    except BrokenPipeError:
        _forget_stdout()
        return 0
    except KeyboardInterrupt:
        return report("interrupted", "interrupted; what was acknowledged before is kept", None, INTERRUPTED)
    except PaperctlError as fault:
        if debug:
            raise
        return report(fault.code, fault.message, fault.hint, fault.status)
    except OSError as fault:
        if debug:
            raise
        where = f"{fault.filename}: " if fault.filename else ""
        return report("system", f"{where}{fault.strerror or fault}", None, FAILED)
    except Exception as fault:
        if debug:
            raise
        words = str(fault).split("\n", 1)[0][:200]
        fault_text = f"internal error: {type(fault).__name__}: {words!r}"
        hint = "this is a fault of paperctl; the same command with --debug shows where"
        return report("internal", fault_text, hint, FAILED)


def _asks_for_json(args: list[str]) -> bool:
    """Whether a program reads the output: then it reads the error, too."""
    options = args[: args.index("--")] if "--" in args else args
    return "--json" in options or "--jsonl" in options


def _report(code: str, message: str, hint: str | None, status: int) -> int:
    """Prints an error for a person; gives the exit status."""
    from paperctl.text.sanitise import clean

    if code == "interrupted":  # the terminal shows ^C
        print(file=sys.stderr)
    print(f"paperctl: {clean(message, lines=True)}", file=sys.stderr)
    if hint:
        print(f"  {clean(hint, lines=True)}", file=sys.stderr)
    return status


def _report_as_json(code: str, message: str, hint: str | None, status: int) -> int:
    """The same as one JSON object in a line, in ASCII: what a terminal would obey is an escape there."""
    import json

    from paperctl.errors import error_as_json

    print(json.dumps(error_as_json(code, message, hint, status)), file=sys.stderr)
    return status


def _forget_stdout() -> None:
    """Drops what is still buffered, silently: the reader of the output is gone."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


if __name__ == "__main__":
    main()
