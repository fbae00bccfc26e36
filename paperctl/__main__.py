"""The way in: exit statuses, signals and the last word on anything that goes wrong."""

from __future__ import annotations

import os
import sys


def main(args: list[str] | None = None) -> None:
    """Runs one command and exits with its status."""
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
    try:
        if args in (["--version"], ["-V"]):  # before anything is imported
            from paperctl import __version__

            print(f"paperctl {__version__}")
            return 0
        from paperctl.cli.app import run

        return run(args)
    except BrokenPipeError:
        _forget_stdout()
        return 0
    except KeyboardInterrupt:
        print("\npaperctl: interrupted; what was acknowledged before is kept", file=sys.stderr)
        return INTERRUPTED
    except PaperctlError as fault:
        if debug:
            raise
        from paperctl.text.sanitise import clean

        print(f"paperctl: {clean(fault.message, lines=True)}", file=sys.stderr)
        if fault.hint:
            print(f"  {clean(fault.hint, lines=True)}", file=sys.stderr)
        return fault.status
    except OSError as fault:
        if debug:
            raise
        where = f"{fault.filename}: " if fault.filename else ""
        print(f"paperctl: {where}{fault.strerror or fault}", file=sys.stderr)
        return FAILED
    except Exception as fault:
        if debug:
            raise
        words = str(fault).split("\n", 1)[0][:200]
        print(f"paperctl: internal error: {type(fault).__name__}: {words!r}", file=sys.stderr)
        print("  this is a fault of paperctl; the same command with --debug shows where", file=sys.stderr)
        return FAILED


def _forget_stdout() -> None:
    """Nobody reads on: what is still buffered goes nowhere, without a word."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


if __name__ == "__main__":
    main()
