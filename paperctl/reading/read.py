"""Reading: dumps → entries → facts, and a receipt of what became of every line."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from paperctl.dumps.dump import Dump
from paperctl.dumps.unpack import open_dumps
from paperctl.errors import DumpError, NotADump
from paperctl.normalise import normalise
from paperctl.readers import Reader
from paperctl.reading.collector import without_collector
from paperctl.reading.parts import hidden_in, parts_of
from paperctl.reading.receipt import FileReceipt, Problem, Receipt
from paperctl.reading.recognise import Choice, failure, lines_of, named, read, recognise
from paperctl.record import FACTS, Source
from paperctl.record import sources as paper
from paperctl.record.items import About, Entry, Fault, Skip, Warned
from paperctl.record.sources import Facts

__all__ = ["FileReceipt", "Incoming", "Progress", "Receipt", "quiet", "read_dumps"]

Progress = Callable[[str, float], None]
Wanted = Callable[[Entry], bool]


def quiet(label: str, share: float) -> None:
    """No progress shown."""


@dataclass(slots=True)
class Incoming:
    """An entry on its way into the store."""

    facts: Facts
    source: Source
    receipt: FileReceipt


@without_collector()
def read_dumps(
    paths: Iterable[str],
    *,
    format: str | None = None,
    encoding: str | None = None,
    progress: Progress = quiet,
    wanted: Wanted | None = None,
) -> tuple[list[Incoming], Receipt]:
    """Every entry of the dumps at these paths, normalised, and a receipt with skips and errors.

    With `wanted`, only the entries that it wants: the others are counted and forgotten.
    What cannot be read becomes an error in its file's receipt; the rest is read all the same. A file of a
    folder or an archive that is no dump is skipped.
    """
    incoming: list[Incoming] = []
    receipt = Receipt()
    asked = Choice(named(format)) if format else None
    for path in paths:
        before = len(receipt.files)
        for dump in open_dumps(path, encoding):
            if isinstance(dump, DumpError):
                file = FileReceipt("stdin" if path == "-" else path, errors=[Problem(_one_line(dump))])
                receipt.files.append(file)
                continue
            file = FileReceipt(dump.name)
            receipt.files.append(file)
            incoming += _dump(dump, asked, file, progress, wanted)
        found = receipt.files[before:]
        if not any(file.read or file.errors or file.format for file in found):
            receipt.files.append(
                FileReceipt(path, errors=[Problem("no dump in it" if found else "no file in it")])
            )
    return incoming, receipt


def _dump(
    dump: Dump, asked: Choice | None, file: FileReceipt, progress: Progress, wanted: Wanted | None = None
) -> Iterator[Incoming]:
    """The entries of one dump; what ends it early ends nothing else."""
    try:
        choice = asked or recognise(dump)
        parts = [(dump, asked.reader)] if asked else parts_of(dump, choice.reader)
        file.format, file.why = "+".join(r.NAME for _, r in parts), list(choice.explanation())
        for part, reader in parts:
            yield from _entries(part, reader, file, progress, wanted)
        if not file.read and not file.errors:
            file.errors.append(Problem(f"no paper in it, read as {file.format}{_mostly(file)}"))
    except NotADump as fault:
        file.format = None
        if dump.one_of_many:
            file.skip((1, lines_of(dump)), fault.message.removeprefix(f"{dump.name}: "))
        else:
            file.errors.append(Problem(_one_line(fault).removeprefix(f"{dump.name}: ")))
    except DumpError as fault:
        file.errors.append(Problem(_one_line(fault).removeprefix(f"{dump.name}: ")))
    except OSError as fault:
        file.errors.append(Problem(f"{fault.strerror or fault}; check that the file is readable"))
    except Exception as fault:  # no dump may end the load of others
        file.errors.append(Problem(f"cannot be read ({failure(fault)})"))
    if file.format not in (None, "unsupported"):  # how a picture's bytes were decoded helps nobody
        file.warnings += map(Problem, dump.warnings)


def _mostly(file: FileReceipt) -> str:
    """What most of a dump without papers is, and what to do."""
    reasons = Counter(reason for _, _, reason in file.skipped)
    most = f" (mostly: {reasons.most_common(1)[0][0]})" if reasons else ""
    return f"{most}; --format NAME reads it otherwise"


def _entries(
    dump: Dump, reader: Reader, file: FileReceipt, progress: Progress, wanted: Wanted | None
) -> Iterator[Incoming]:
    """The normalised entries of one dump. What the dump says of itself may come last, so it is put
    into the sources at the end."""
    about: dict[str, Any] = {}
    sources: list[Source] = []
    for item in read(dump, reader):
        match item:
            case Entry():
                one = None
                if (wanted is None or wanted(item)) and not (one := _incoming(item, dump, reader, file)):
                    continue
                file.read += 1
                if file.read % 1000 == 0:
                    progress(f"reading {dump.name}: {file.read:,} entries", 0.0)
                if one:
                    sources.append(one.source)
                    yield one
            case Skip(lines=lines, reason=reason):
                if hidden := hidden_in(dump, item):
                    file.format = f"{file.format}+{hidden[1].NAME}"
                    yield from _entries(*hidden, file, progress, wanted)
                else:
                    file.skip(lines, reason)
            case Fault(lines=lines, message=message):
                file.errors.append(Problem(message, lines))
            case Warned(lines=lines, message=message):
                file.warnings.append(Problem(message, lines))
            case About(data=data):
                about.update(data)
    for source in sources if about else ():
        source["about"] = about


def _incoming(entry: Entry, dump: Dump, reader: Reader, file: FileReceipt) -> Incoming | None:
    """An entry normalised; None, and an error in the receipt, for one that says nothing."""
    try:
        facts, repairs = normalise(entry)
    except Exception as fault:  # an entry may hold anything; it must not take the others along
        file.errors.append(Problem(f"an entry that cannot be understood ({failure(fault)})", entry.lines))
        return None
    if not entry.key and not any(facts[name] for name in FACTS):
        file.errors.append(Problem("an entry with nothing in it; give it a title to load it", entry.lines))
        return None
    source = paper.source_of(
        file=dump.name,
        sha256=dump.sha256,
        format=reader.NAME,
        entry=entry,
        facts=facts,
        repairs=repairs,
        about={},
    )
    return Incoming(facts, source, file)


def _one_line(fault: DumpError) -> str:
    return f"{fault.message}; {fault.hint}" if fault.hint else fault.message
