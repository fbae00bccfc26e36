"""Which reader reads a dump: by content, decided by coverage.

Each reader sniffs the first 64 KiB. A clear first that explains the first lines is taken; otherwise
the best two read the dump and the one that explains more of it wins. Where no reader is sure enough the
dump is refused with the evidence seen, because a wrong guess stores rubbish.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import NamedTuple

from paperctl.dumps.dump import Dump
from paperctl.errors import DumpError, NotADump, UsageError, did_you_mean
from paperctl.readers import Reader, Sniff, readers
from paperctl.record.items import Entry, Fault, Item, Skip

FLOOR = 0.25
"""Below this a sniff is a hunch."""
CLEAR = 0.19
"""A first that leads by this much needs no second reading."""
BETTER = 0.1
"""The second must explain this much more of the dump: swallowing odd lines is no merit."""
TRIAL_LINES = 4000
POOR = 0.5
"""A clear first that explains less of the first lines is tried against its rivals as well."""
FIRST_LINES = 400


class Candidate(NamedTuple):
    """A reader that may fit: its name, how sure it is, and why."""

    name: str
    score: float
    why: str


@dataclass(slots=True)
class Choice:
    """The reader of a dump and the evidence: the candidates, and the coverage where two were tried."""

    reader: Reader
    candidates: list[Candidate] = field(default_factory=list)
    coverage: dict[str, float] = field(default_factory=dict)

    def explanation(self) -> Iterator[str]:
        """Why this reader, in lines for a person."""
        for candidate in self.candidates:
            mark = "→" if candidate.name == self.reader.NAME else " "
            line = f"{mark} {candidate.name:<14} {candidate.score:4.2f}  {candidate.why}"
            if candidate.name in self.coverage:
                line += f"; explains {self.coverage[candidate.name]:.0%} of the lines"
            yield line
        if not self.candidates:
            yield f"→ {self.reader.NAME}  asked for with --format"


def named(name: str) -> Reader:
    """The reader called `name`; raises UsageError with the nearest name."""
    found = readers().get(name)
    if found is None:
        near = did_you_mean(name, readers())
        raise UsageError(f"no format called {name!r}{near}", f"formats: {_formats()}", code="no-such-format")
    return found


def _formats() -> str:
    return ", ".join(name for name in readers() if name != "unsupported")


def recognise(dump: Dump) -> Choice:
    """The reader for a dump. Raises DumpError, with the evidence, where none is sure enough."""
    if not dump.magic.strip():
        raise NotADump(f"{dump.name}: the file is empty")
    candidates = []
    for reader in readers().values():
        sniff = sniffed(reader, dump)
        if sniff is not None and sniff.score > 0:
            candidates.append(Candidate(reader.NAME, sniff.score, sniff.why))
    candidates.sort(key=lambda c: (-c.score, c.name))
    sure = [c for c in candidates if c.score >= FLOOR]
    if not sure:
        seen = "; ".join(f"{c.name}: {c.why}" for c in candidates[:3]) or "nothing that any format has"
        raise NotADump(
            f"{dump.name}: cannot tell the format (seen: {seen})",
            f"--format NAME reads it as one of: {_formats()}",
        )
    choice = Choice(readers()[sure[0].name], candidates[:4])
    if len(sure) > 1 and (
        sure[0].score - sure[1].score < CLEAR or _coverage(choice.reader, dump, FIRST_LINES) < POOR
    ):
        choice.coverage = {c.name: _coverage(readers()[c.name], dump) for c in sure[:2]}
        if choice.coverage[sure[1].name] > choice.coverage[sure[0].name] + BETTER:
            choice.reader = readers()[sure[1].name]
    return choice


def sniffed(reader: Reader, dump: Dump) -> Sniff | None:
    """What a reader makes of the head; one that fails on it does not know it."""
    try:
        return reader.sniff(dump)
    except (DumpError, OSError):  # the file's fault, not the reader's
        raise
    except Exception:
        return None


def _coverage(reader: Reader, dump: Dump, lines: int = TRIAL_LINES) -> float:
    """The share of the dump's first lines that a reader takes for entries, or skips for a good
    reason; faults count against it. A reader that finds no entry explains nothing."""
    taken = faulty = entries = 0
    try:
        for item in reader.read(dump):
            match item:
                case Entry(lines=(a, b)):
                    entries += 1
                    taken += b - a + 1
                case Skip(lines=(a, b)):
                    taken += (b - a + 1) // 2
                case Fault(lines=(a, b)):
                    faulty += b - a + 1
                case _:
                    pass
            if taken + faulty > lines:
                break
    except Exception:  # of whatever kind: it cannot read this dump
        return 0.0
    return taken / (taken + faulty) if entries else 0.0


def read(dump: Dump, reader: Reader) -> Iterator[Item]:
    """The items of a dump. What goes wrong inside a reader ends it with a Fault for the lines that are
    left, because no file may be the cause of a traceback or take others along."""
    last = 0
    try:
        for item in reader.read(dump):
            if isinstance(item, Entry | Skip | Fault):
                last = max(last, item.lines[1])
            yield item
    except DumpError:
        raise
    except Exception as fault:
        message = (
            f"the {reader.NAME} reader cannot go on from here ({failure(fault)}); what stands before was read"
        )
        yield Fault((last + 1, max(last + 1, lines_of(dump))), message)


def failure(fault: Exception) -> str:
    """An unforeseen exception, in a few words on one line."""
    return " ".join(f"{type(fault).__name__}: {fault}".split())[:120]


def lines_of(dump: Dump) -> int:
    """The number of a dump's last line that is not blank, at least 1."""
    try:
        return max((n for n, line in dump.lines() if line.strip()), default=1)
    except Exception:  # the dump itself may be what failed
        return 1
