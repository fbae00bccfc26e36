"""The receipt of a load, as people read it."""

from __future__ import annotations

from paperctl.cli.session import Session
from paperctl.errors import PARTLY, PaperctlError
from paperctl.library.load import Open
from paperctl.reading.receipt import FileReceipt, Problem, Receipt
from paperctl.text.numbers import counted

_ERRORS = 10
"""How many errors of a file are printed without --verbose."""


class Unread(PaperctlError):
    """What could not be read, for a program that has the receipt."""

    def __init__(self, receipt: Receipt, status: int) -> None:
        lines = [_message(file, error) for file in receipt.files for error in file.errors]
        more = f" (and {len(lines) - 1:,} more)" if len(lines) > 1 else ""
        code = "partly-read" if status == PARTLY else "unreadable"
        super().__init__(lines[0] + more, "the receipt on stdout has every error", code=code)
        self.status = status


def print_receipt(session: Session, receipt: Receipt, *, explain: bool, dry_run: bool, brief: bool) -> None:
    """The receipt as text; a `brief` one, next to a receipt in JSON, has only what was asked for."""
    for file in receipt.files:
        if explain:
            session.warn(f"{file.file}: read as {file.format or 'nothing'}")
            for reason in file.why:
                session.warn(f"  {reason}")
        if not brief:
            _print_problems(session, file)
            _print_counts(session, file, dry_run=dry_run)
    if not brief and len([file for file in receipt.files if file.read]) > 1:
        counts = [f"{receipt.total(name):,} {name}" for name in ("read", "new", "merged", "unchanged")]
        session.say(f"in all: {', '.join(counts)}")
    if dry_run:
        session.say("dry run: nothing was stored")


def _print_problems(session: Session, file: FileReceipt) -> None:
    """Every warning of a file, and its errors, the first ones without --verbose."""
    for warning in file.warnings:
        session.warn(f"{_where(file, warning)}{warning.message}")
    shown = file.errors if session.verbose else file.errors[:_ERRORS]
    for error in shown:
        session.warn(f"paperctl: {_message(file, error)}")
    if left_out := len(file.errors) - len(shown):
        session.warn(f"{file.file}: {left_out} more errors (--json or -v lists all)")


def _print_counts(session: Session, file: FileReceipt, *, dry_run: bool) -> None:
    if file.filled:
        fields = ", ".join(f"{name} {n:,}" for name, n in file.filled.items() if name != "papers")
        would = "would be " if dry_run else ""
        filled = f"; {counted(file.filled['papers'], 'paper')} {would}filled: {fields}"
    else:
        filled = ""
    if file.filled or file.unknown:
        unknown = f"; {file.unknown:,} of papers that are not in the store" if file.unknown else ""
        session.say(f"{file.file}  {file.format}  {file.read:,} read{filled or '; nothing to fill'}{unknown}")
    elif file.read:
        session.say(f"{file.file}  {file.format}  {_counts(file, dry_run=dry_run)}")
    elif file.skipped and not file.errors:
        session.say(f"{file.file}  skipped: {file.skipped[0][2]}")


def print_open_pairs(session: Session, left: Open, *, dry_run: bool) -> None:
    """Which stored papers became one, and how many pairs are left for `dedupe` and `dedupe review`."""
    if left.joined:
        went = "would go" if dry_run else "went"
        session.say(f"{counted(left.joined, 'stored paper')} {went} into another, as what was loaded shows")
    if left.outvoted:
        papers = counted(left.outvoted, "merged paper")
        session.say(f"at least {papers} would come apart by what was loaded: paperctl dedupe")
    for pairs, line in (
        (left.brought_together, "{} of stored papers that may be one now: paperctl dedupe"),
        (left.doubtful, "doubtful {} with what was loaded: paperctl dedupe review"),
    ):
        if pairs:
            session.say(f"{pairs:,} {line.format('pair' if pairs == 1 else 'pairs')}")


def _message(file: FileReceipt, problem: Problem) -> str:
    where = _where(file, problem)
    return f"{'' if problem.message.startswith(where) else where}{problem.message}"


def _where(file: FileReceipt, problem: Problem) -> str:
    return f"{file.file} line {problem.line}: " if problem.line else f"{file.file}: "


def _counts(file: FileReceipt, *, dry_run: bool) -> str:
    """What became of the entries and lines of a file that has entries."""
    counts = {"new": file.new, "merged": file.merged, "unchanged": file.unchanged - file.kept_out}
    became = [f"{count:,} {name}" for name, count in counts.items() if count]
    if file.kept_out:
        became.append(f"{file.kept_out:,} removed by you and left out (--again brings them back)")
    skipped = sum(b - a + 1 for a, b, _ in file.skipped)
    taken = "would be taken" if dry_run else "were taken"
    parts = [
        ", ".join(became),
        f"{counted(skipped, 'line')} skipped" if skipped else "",
        f"{file.decisions:,} with decisions or notes that {taken}" if file.decisions else "",
        f"{len(file.errors):,} with errors" if file.errors else "",
    ]
    lines = "; ".join(part for part in parts if part)
    return f"{file.read:,} read{': ' if lines else ''}{lines}"
