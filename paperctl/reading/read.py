"""Reading: dumps → entries → facts, and a receipt of what became of every line."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Container, Iterable, Iterator
from typing import NamedTuple

from paperctl.dumps.dump import Dump
from paperctl.dumps.unpack import open_dumps
from paperctl.errors import DumpError, NotADump
from paperctl.parallel.reports import Progress, no_progress
from paperctl.readers import Reader
from paperctl.reading.collector import without_collector
from paperctl.reading.heap import Heap
from paperctl.reading.incoming import Incoming, Packed, Prepare
from paperctl.reading.packing import Packing, Passed, Selection
from paperctl.reading.parts import hidden_in, parts_of
from paperctl.reading.receipt import FileReceipt, Problem, Receipt
from paperctl.reading.recognise import Choice, failure, lines_of, named, recognise
from paperctl.record.items import About, Fault, Skip, Warned

__all__ = ["FileReceipt", "Incoming", "Receipt", "read_dumps"]

Held = Callable[[str], Container[bytes]]
"""For the SHA-256 of a dump the spots (`spot_of`) of its entries that need not be read again."""


class _Options(NamedTuple):
    """What is to be done with every dump."""

    choice: Choice | None
    select: Selection | None
    prepare: Prepare | None
    held: Held | None
    type: str
    progress: Progress
    heap: Heap


@without_collector()
def read_dumps(
    paths: Iterable[str],
    *,
    format: str | None = None,
    encoding: str | None = None,
    progress: Progress = no_progress,
    select: Selection | None = None,
    prepare: Prepare | None = None,
    held: Held | None = None,
    type: str = "",
) -> tuple[list[Incoming], Receipt]:
    """Every entry of the dumps at these paths, normalised, and a receipt with skips and errors.

    With `select`, only the entries that it wants: the others are only counted; those that are `held`
    count as unchanged. `prepare` makes of each what becomes its `made`. `type` is what the dumps come from,
    for their sources.
    What cannot be read becomes an error in its file's receipt; the rest is read all the same. A file of a
    folder or an archive that is no dump is skipped.
    """
    incoming: list[Incoming] = []
    receipt = Receipt()
    choice = Choice(named(format)) if format else None
    options = _Options(choice, select, prepare, held, type, progress, Heap())
    for path in paths:
        before = len(receipt.files)
        for dump in open_dumps(path, encoding):
            if isinstance(dump, DumpError):
                name = "stdin" if path == "-" else path.rstrip("/") or path
                file = FileReceipt(name, errors=[Problem(dump.with_hint())])
                receipt.files.append(file)
                continue
            file = FileReceipt(dump.name)
            receipt.files.append(file)
            incoming += _dump(dump, options, file)
        found = receipt.files[before:]
        if not any(file.read or file.errors or file.format for file in found):
            receipt.files.append(
                FileReceipt(path, errors=[Problem("no dump in it" if found else "no file in it")])
            )
    return incoming, receipt


def _dump(dump: Dump, options: _Options, file: FileReceipt) -> Iterator[Incoming]:
    """The entries of one dump; what ends it early ends nothing else."""
    try:
        choice = options.choice or recognise(dump)
        parts = [(dump, choice.reader)] if options.choice else parts_of(dump, choice.reader)
        file.format, file.why = "+".join(r.NAME for _, r in parts), list(choice.explanation())
        for part, reader in parts:
            yield from _entries(part, reader, file, options)
        if not file.read and not file.errors:
            file.errors.append(Problem(f"no paper in it, read as {file.format}{_mostly(file)}"))
    except NotADump as fault:
        file.format = None
        if dump.one_of_many:
            file.skip((1, lines_of(dump)), fault.message.removeprefix(f"{dump.name}: "))
        else:
            file.errors.append(Problem(fault.with_hint().removeprefix(f"{dump.name}: ")))
    except DumpError as fault:
        file.errors.append(Problem(fault.with_hint().removeprefix(f"{dump.name}: ")))
    except OSError as fault:
        file.errors.append(Problem(f"{fault.strerror or fault}; check that the file is readable"))
    except Exception as fault:  # no dump may end the load of others
        file.errors.append(Problem(f"cannot be read ({failure(fault)})"))
    if file.format not in (None, "unsupported"):  # how a picture's bytes were decoded is of no use
        file.warnings += map(Problem, dump.warnings)


def _mostly(file: FileReceipt) -> str:
    """What most of a dump without papers is, and what to do."""
    reasons = Counter(reason for _, _, reason in file.skipped)
    most = f" (mostly: {reasons.most_common(1)[0][0]})" if reasons else ""
    return f"{most}; --format NAME reads it otherwise"


def _entries(dump: Dump, reader: Reader, file: FileReceipt, options: _Options) -> Iterator[Incoming]:
    """The normalised entries of one dump. What the dump says of itself may come last, so it is put
    into the sources at the end."""
    about: dict[str, object] = {}
    sources: list[Incoming] = []
    packing = Packing(dump, reader, options.select, options.prepare, options.held, options.type)
    for some in packing.all():
        for item in some:
            match item:
                case Packed():
                    file.read += 1
                    one = Incoming(item, dump.sha256, file, options.heap)
                    sources.append(one)
                    yield one
                case Passed(entries=entries, unchanged=unchanged):
                    file.read += entries
                    file.unchanged += unchanged
                case Skip(lines=lines, reason=reason):
                    if hidden := hidden_in(dump, item):
                        file.format = f"{file.format}+{hidden[1].NAME}"
                        yield from _entries(*hidden, file, options)
                    else:
                        file.skip(lines, reason)
                case Fault(lines=lines, message=message):
                    file.errors.append(Problem(message, lines))
                case Warned(lines=lines, message=message):
                    file.warnings.append(Problem(message, lines))
                case About(data=data):
                    about.update(data)
        options.progress(f"reading {dump.name}: {file.read:,} entries", packing.share)
    for one in sources if about else ():
        one.add_to_source("about", about)
