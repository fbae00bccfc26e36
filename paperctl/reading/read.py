"""Reading: dumps → entries → facts, and a receipt of what became of every line."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from typing import Any

from paperctl.dumps.dump import Dump, open_dumps
from paperctl.errors import DumpError
from paperctl.normalise import normalise
from paperctl.reading.recognise import Choice, named, read, recognise
from paperctl.record import FACTS
from paperctl.record import sources as paper
from paperctl.record.items import About, Entry, Fault, Skip
from paperctl.record.sources import Facts, Source

Progress = Callable[[str, float], None]


def quiet(label: str, share: float) -> None:
    """No progress shown."""


@dataclass(slots=True)
class FileReceipt:
    """What became of one dump's lines."""

    file: str
    format: str | None = None
    read: int = 0
    new: int = 0
    merged: int = 0
    unchanged: int = 0
    skipped: list[tuple[int, int, str]] = field(default_factory=list)
    errors: list[tuple[int | None, str]] = field(default_factory=list)
    warnings: list[str] = field(default_factory=list)
    why: list[str] = field(default_factory=list)

    def as_json(self) -> dict[str, Any]:
        return {
            "file": self.file,
            "format": self.format,
            "read": self.read,
            "new": self.new,
            "merged": self.merged,
            "unchanged": self.unchanged,
            "skipped": [{"lines": [a, b], "reason": reason} for a, b, reason in self.skipped],
            "errors": [{"line": line, "message": message} for line, message in self.errors],
            **({"warnings": self.warnings} if self.warnings else {}),
        }


@dataclass(slots=True)
class Receipt:
    """What became of a load, file by file."""

    files: list[FileReceipt] = field(default_factory=list)

    def total(self, name: str) -> int:
        return sum(getattr(file, name) for file in self.files)

    def as_json(self) -> dict[str, Any]:
        counts = {name: self.total(name) for name in ("read", "new", "merged", "unchanged")}
        return {**counts, "files": [file.as_json() for file in self.files]}

    @property
    def faulty(self) -> bool:
        """Whether some of it could not be read."""
        return any(file.errors for file in self.files)


@dataclass(slots=True)
class Incoming:
    """An entry on its way into the store."""

    facts: Facts
    source: Source
    receipt: FileReceipt


def read_dumps(
    paths: Iterable[str],
    *,
    format: str | None = None,
    encoding: str | None = None,
    progress: Progress = quiet,
) -> tuple[list[Incoming], Receipt]:
    """Every entry of the dumps at these paths, normalised, and a receipt with skips and errors.

    What cannot be read becomes an error in its file's receipt; the rest is read all the same.
    """
    incoming: list[Incoming] = []
    receipt = Receipt()
    reader = named(format) if format else None
    for path in paths:
        before = len(receipt.files)
        for dump in open_dumps(path, encoding):
            if isinstance(dump, DumpError):
                receipt.files.append(
                    FileReceipt("stdin" if path == "-" else path, errors=[(None, _one_line(dump))])
                )
                continue
            file = FileReceipt(dump.name)
            receipt.files.append(file)
            try:
                choice = Choice(reader) if reader else recognise(dump)
                file.format, file.why = choice.reader.NAME, list(choice.explanation())
                incoming += _entries(dump, choice, file, progress)
                if not file.read and not file.errors:
                    file.errors.append((None, f"no paper in it, read as {file.format}{_mostly(file)}"))
            except DumpError as fault:
                file.errors.append((None, _one_line(fault).removeprefix(f"{dump.name}: ")))
            file.warnings += dump.warnings
        if len(receipt.files) == before:
            receipt.files.append(FileReceipt(path, errors=[(None, "no file in it")]))
    return incoming, receipt


def _mostly(file: FileReceipt) -> str:
    """What most of a dump without papers is, and what to do."""
    reasons = Counter(reason for _, _, reason in file.skipped)
    most = f" (mostly: {reasons.most_common(1)[0][0]})" if reasons else ""
    return f"{most}; --format NAME reads it otherwise"


def _entries(dump: Dump, choice: Choice, file: FileReceipt, progress: Progress) -> Iterator[Incoming]:
    """The normalised entries of one dump. What the dump says of itself may come last, so it is put
    into the sources at the end."""
    about: dict[str, Any] = {}
    sources: list[Source] = []
    for item in read(dump, choice.reader):
        match item:
            case Entry():
                facts, repairs = normalise(item)
                if not item.key and not any(facts[name] for name in FACTS):
                    file.errors.append(
                        (item.lines[0], "an entry with nothing in it; give it a title to load it")
                    )
                    continue
                file.read += 1
                source = paper.source_of(
                    file=dump.name,
                    sha256=dump.sha256,
                    format=choice.reader.NAME,
                    entry=item,
                    facts=facts,
                    repairs=repairs,
                    about={},
                )
                sources.append(source)
                if file.read % 1000 == 0:
                    progress(f"reading {dump.name}: {file.read:,} entries", 0.0)
                yield Incoming(facts, source, file)
            case Skip(lines=(a, b), reason=reason):
                if file.skipped and file.skipped[-1][1] + 1 == a and file.skipped[-1][2] == reason:
                    a = file.skipped.pop()[0]
                file.skipped.append((a, b, reason))
            case Fault(lines=(a, _), message=message):
                file.errors.append((a, message))
            case About(data=data):
                about.update(data)
    if about:
        for source in sources:
            source["about"] = about


def _one_line(fault: DumpError) -> str:
    return f"{fault.message}; {fault.hint}" if fault.hint else fault.message
