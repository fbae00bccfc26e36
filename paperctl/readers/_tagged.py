"""Records written as tagged lines (`TY  - JOUR`, `PMID- 1`, `%T Title`), one shape for four formats.

A line that begins with no tag continues the value above it; text outside of records is a skip.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Container, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from paperctl.record.items import Entry, Fault, Item, Object, Raw, Skip, Warned, as_raw


@dataclass(slots=True)
class Tagged:
    """One record: its tags and values in order, and its lines. A continued value has line breaks."""

    first: int
    last: int
    pairs: list[tuple[str, str]] = field(default_factory=list)
    ended: bool = False
    """Whether its end mark was seen."""

    @property
    def lines(self) -> tuple[int, int]:
        return (self.first, self.last)

    def all(self, *tags: str) -> list[str]:
        """The non-empty values of these tags, in the order of the tags."""
        return [value for tag in tags for t, value in self.pairs if t == tag and value]

    def has(self, tag: str) -> bool:
        return any(t == tag for t, _ in self.pairs)


@dataclass(frozen=True, slots=True)
class Grammar:
    """How a format writes its records.

    `tag` matches the start of a tagged line: group 1 is the tag, group 2 the value. `begins` says
    from the open record, the tag and whether a blank line precedes it that a new record begins.
    Tags in `ends` close a record; lines with tags in `outside` belong to none. A line that matches
    `between` after a blank line is text between records, not the continuation of a value.
    """

    tag: re.Pattern[str]
    begins: Callable[[Tagged, str, bool], bool]
    ends: Container[str] = ()
    outside: Container[str] = ()
    between: re.Pattern[str] | None = None

    def stops(self, line: str, blank: bool) -> bool:
        """Whether an untagged line ends the record above it."""
        return blank and self.between is not None and self.between.match(line) is not None


def records(numbered: Iterable[tuple[int, str]], grammar: Grammar) -> Iterator[Tagged | Skip]:
    """The records and, as skips, the text around them."""
    reading = _Reading(grammar)
    for n, line in numbered:
        yield from reading.line(n, line)
    yield from reading.finished()
    yield from reading.skipped()


class _Reading:
    """What is open: a record, or text that belongs to none."""

    def __init__(self, grammar: Grammar) -> None:
        self._grammar = grammar
        self._record: Tagged | None = None
        self._text: tuple[int, int] | None = None
        self._blank, self._closed = True, False

    def line(self, n: int, line: str) -> Iterator[Tagged | Skip]:
        """Takes the next line; what it ends."""
        if not line or line.isspace():
            if self._closed:
                yield from self.finished()
            elif self._record:
                _continue(self._record, self._record.last, "\n")
            self._blank = True
            return
        found = self._grammar.tag.match(line)
        if found and found[1] not in self._grammar.outside:
            yield from self._tagged(n, found[1], found[2].strip())
        elif self._record and not (found or self._closed or self._grammar.stops(line, self._blank)):
            _continue(self._record, n, line.strip())
        else:
            yield from self.finished()
            self._text = (self._text[0] if self._text else n, n)
        self._blank = False

    def _tagged(self, n: int, tag: str, value: str) -> Iterator[Tagged | Skip]:
        if self._record and self._grammar.begins(self._record, tag, self._blank):
            yield from self.finished()
        yield from self.skipped()
        record = self._record = self._record or Tagged(n, n)
        record.last = n
        if tag in self._grammar.ends:
            record.ended = self._closed = True
        else:
            # Some databases write a tag more below the end mark: it still is this record's.
            self._closed = self._closed and len(record.pairs) > 0
            record.pairs.append((tag, value))

    def finished(self) -> Iterator[Tagged]:
        """The open record, which ends here."""
        if self._record:
            yield self._record
        self._record, self._closed = None, False

    def skipped(self) -> Iterator[Skip]:
        """The text before a record, which ends here."""
        if self._text:
            yield Skip(self._text, "text between records")
        self._text = None


def _continue(record: Tagged, n: int, line: str) -> None:
    """Adds a line to the last value of a record."""
    record.last = n
    if record.pairs:
        tag, value = record.pairs[-1]
        record.pairs[-1] = (tag, f"{value}\n{line}" if value else line.strip())


def text_of(value: str) -> str:
    """A continued value as one text: lines joined, paragraphs kept."""
    if "\n" not in value:
        return value
    return "\n".join(" ".join(part.split()) for part in re.split(r"\n{2,}", value.strip()))


def first(record: Tagged, *tags: str) -> str:
    """The first non-empty value among these tags, or nothing."""
    return next((text_of(value) for value in record.all(*tags)), "")


def facts_of(
    record: Tagged,
    tags: Mapping[str, Sequence[str]],
    fits: Callable[[str, str], bool] = lambda fact, value: True,
) -> tuple[Raw, set[str]]:
    """The facts of a record, each from the first of its tags with a value that fits, and the tags taken. A
    tag that one fact has taken is no other's."""
    fields: Object = {}
    taken: set[str] = set()
    for fact, several in tags.items():
        for tag in several:
            if tag not in taken and (value := first(record, tag)) and fits(fact, value):
                fields[fact] = value
                taken.add(tag)
                break
    return as_raw(fields), taken


def lines_of_head(head: str) -> list[str]:
    """The lines of a dump's head that are not blank."""
    return [line for line in head.split("\n") if line.strip()]


def count(pattern: re.Pattern[str], lines: Iterable[str]) -> int:
    """How many lines a pattern matches at their start."""
    return sum(1 for line in lines if pattern.match(line))


def unique(values: Iterable[str]) -> list[str]:
    """Values without repetitions, in order."""
    return list(dict.fromkeys(v.strip() for v in values if v.strip()))


def texts(record: Tagged, *tags: str) -> list[str]:
    """The values of these tags as texts, in the order of the tags."""
    return [text_of(value) for value in record.all(*tags)]


def parts(record: Tagged, mark: str, *tags: str) -> list[str]:
    """What the values of these tags list, apart by a pattern, each once."""
    return unique(part for value in record.all(*tags) for part in re.split(mark, value))


def listed_names(values: Iterable[str]) -> list[str]:
    """The people of several values, one or more to a value, in order; two may have one name. Catalogues
    write "Smith JA": such names are turned round."""
    from paperctl.normalise.names import surnames_last

    return surnames_last(
        [" ".join(name.split()) for value in values for name in value.split("\n") if name.strip()]
    )


def leftovers(record: Tagged, used: Container[str], names: dict[str, str]) -> Object:
    """What no field of a record took, under a clear name or the tag itself."""
    kept: dict[str, list[str]] = {}
    for tag, value in record.pairs:
        if tag not in used and value:
            kept.setdefault(names.get(tag, tag), []).append(text_of(value))
    return {name: values[0] if len(values) == 1 else values for name, values in kept.items()}


def items(
    numbered: Iterable[tuple[int, str]], grammar: Grammar, entry: Callable[[Tagged], Entry | Fault]
) -> Iterator[Item]:
    """The items of a dump: `entry` turns each record into an entry or a fault. A last record without the
    end mark that those before it have is warned of: the file may be cut off."""
    ended, last = 0, None
    for found in records(numbered, grammar):
        if isinstance(found, Tagged) and found.pairs:
            yield entry(found)
            ended, last = ended + found.ended, found
        else:
            yield Skip(found.lines, "end mark without a record") if isinstance(found, Tagged) else found
    if ended and last and not last.ended:
        yield Warned(last.lines, "the last record has no end mark as the others do: is the file cut off?")
