"""Where in a document's lines its elements stand, and as much of the document as is in view."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from paperctl.record.items import Skip

VIEW = 1 << 20


class Window:
    """A part of a document that moves on through it, and line numbers, asked for in rising order.

    `text` is the part in view; places are places in it. A document may be one line of a gigabyte,
    so no question may scan a line twice.
    """

    def __init__(self, blocks: Iterable[str]) -> None:
        self.text = ""
        self._blocks = iter(blocks)
        self._whole = False  # nothing is left to come into view
        self._at, self._line = 0, 1
        self._start, self._end = 0, -1  # of the line last looked up
        self._done = 0  # the last line that belongs to an item
        self._done_at = 0  # where that item ends

    def ahead(self, at: int, least: int) -> int:
        """Brings what follows `at` into view, `least` characters of it or all there are; what
        belongs to an item before `at` leaves it. Returns the place that `at` now has."""
        if self._whole or len(self.text) - at >= least:
            return at
        cut = min(at, self._done_at)
        self.number(cut)
        kept, size = [self.text[cut:]], len(self.text) - at
        for block in self._blocks:
            kept.append(block)
            size += len(block)
            if size >= 2 * least:
                break
        else:
            self._whole = True
        self.text = "".join(kept)
        self._at, self._done_at = 0, self._done_at - cut
        self._start, self._end = 0, -1
        return at - cut

    @property
    def whole(self) -> bool:
        """Whether nothing is left to come into view."""
        return self._whole

    def number(self, at: int) -> int:
        if at < self._at:
            return self._line - self.text.count("\n", at, self._at)
        self._line += self.text.count("\n", self._at, at)
        self._at = at
        return self._line

    def bounds(self, at: int) -> tuple[int, int]:
        """Where the line that holds `at` starts, and where its line end is."""
        if not self._start <= at <= self._end:
            floor = self._end if at > self._end >= 0 else 0
            self._start = self.text.rfind("\n", floor, at) + 1
            newline = self.text.find("\n", at)
            self._end = len(self.text) if newline < 0 else newline
        return self._start, self._end

    def span(self, start: int, end: int) -> tuple[int, int]:
        """First and last line of an element; a line shared with the element before stays that one's."""
        first, last = self.number(start), self.number(max(start, end - 1))
        if first == self._done and last > first:
            first += 1
        self._done, self._done_at = last, max(start + 1, end)
        return first, last

    def skipped(self, until: int) -> Iterator[Skip]:
        """The lines of brackets and envelope from the last element's end to the line of `until`."""
        stop = len(self.text) if until >= len(self.text) else self.bounds(until)[0]
        start = self.text.find("\n", self._done_at, stop) + 1 if self._done else 0
        between = self.text[start:stop] if start or not self._done else ""
        if between.strip():
            first = self.number(start + len(between) - len(between.lstrip()))
            last = self.number(start + len(between.rstrip()) - 1)
            yield Skip((first, last), "JSON around the papers")

    def rest(self) -> tuple[int, int]:
        """The lines of all that is in view."""
        inside = self.text.strip()
        start = self.text.find(inside) if inside else 0
        return self.number(start), self.number(start + max(0, len(inside) - 1))
