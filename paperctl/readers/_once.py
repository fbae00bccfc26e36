"""The promise that each line belongs to one item: lines shared between items, and runs of skipped ones."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from paperctl.record.items import About, Entry, Fault, Item, Skip, Warned


def each_line_once(items: Iterable[Item]) -> Iterator[Item]:
    """Items in the order of their lines, made to keep apart.

    A line in which one item ends and the next begins stays the first one's; what is skipped gives
    way to papers and faults. Only where a line holds several of these whole do they share it, and
    then its faults are reported as one: a document may be one line of a thousand bad elements.
    """
    held: Skip | Fault | None = None
    taken = more = 0
    for item in items:
        if isinstance(item, About | Warned):
            yield item
            continue
        if isinstance(held, Skip) and not isinstance(item, Skip) and item.lines[0] <= held.lines[1]:
            held, taken = _ended_before(held, item.lines[0]), item.lines[0] - 1
        first, last = item.lines
        if first <= taken < last:
            first = taken + 1
            item.lines = (first, last)
        elif last <= taken and _is_reported(item, held):
            more += isinstance(item, Fault)
            continue
        if held and first > held.lines[1]:
            yield _reported(held, more)
            held, more = None, 0
        taken = max(taken, last)
        if isinstance(item, Entry):
            yield item
        else:
            held = item
    if held:
        yield _reported(held, more)


def _is_reported(item: Entry | Skip | Fault, held: Skip | Fault | None) -> bool:
    """Whether an item of lines that are taken says no more than what is reported of them."""
    return isinstance(item, Skip) or (isinstance(item, Fault) and isinstance(held, Fault))


def _ended_before(held: Skip, first: int) -> Skip | None:
    """What is left of a skip whose lines from `first` on are an item's; None if nothing is."""
    return Skip((held.lines[0], first - 1), held.reason) if held.lines[0] < first else None


def _reported(held: Skip | Fault, more: int) -> Skip | Fault:
    if isinstance(held, Fault) and more:
        held.message += f" (and {more} more on this line)"
    return held


def skips_joined(items: Iterable[Item]) -> Iterator[Item]:
    """Items with each run of lines that are skipped for one reason as one skip."""
    run: Skip | None = None
    for item in items:
        if isinstance(item, Skip) and run and item.reason == run.reason:
            run.lines = (run.lines[0], item.lines[1])
            continue
        if run:
            yield run
        run = item if isinstance(item, Skip) else None
        if run is None:
            yield item
    if run:
        yield run
