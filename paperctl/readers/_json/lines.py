"""Where in a document's lines its elements stand."""

from __future__ import annotations

from collections.abc import Iterator

from paperctl.record import Skip


class Lines:
    """Line numbers of a text, asked for in rising order, and what stands between the elements.

    A document may be one line of a gigabyte, so no question may scan a line twice.
    """

    def __init__(self, text: str) -> None:
        self._text = text
        self._at, self._line = 0, 1
        self._start, self._end = 0, -1  # of the line last looked up
        self._done = 0  # the last line that belongs to an item
        self._done_at = 0

    def number(self, at: int) -> int:
        if at < self._at:
            return self._line - self._text.count("\n", at, self._at)
        self._line += self._text.count("\n", self._at, at)
        self._at = at
        return self._line

    def bounds(self, at: int) -> tuple[int, int]:
        """Where the line that holds `at` starts, and where its line end is."""
        if not self._start <= at <= self._end:
            floor = self._end if at > self._end >= 0 else 0
            self._start = self._text.rfind("\n", floor, at) + 1
            newline = self._text.find("\n", at)
            self._end = len(self._text) if newline < 0 else newline
        return self._start, self._end

    def span(self, start: int, end: int) -> tuple[int, int]:
        """First and last line of an element; a line shared with the element before stays that one's."""
        first, last = self.number(start), self.number(max(start, end - 1))
        if first == self._done and last > first:
            first += 1
        self._done = last
        self._done_at = min(len(self._text), self.bounds(max(start, end - 1))[1] + 1)
        return first, last

    def skipped(self, until: int) -> Iterator[Skip]:
        """The lines of brackets and envelope from the last element's end to the line of `until`."""
        stop = len(self._text) if until >= len(self._text) else self.bounds(until)[0]
        between = self._text[self._done_at : stop]
        if between.strip():
            first = self.number(self._done_at + len(between) - len(between.lstrip()))
            last = self.number(self._done_at + len(between.rstrip()) - 1)
            yield Skip((first, last), "JSON around the papers")

    def rest(self) -> tuple[int, int]:
        inside = self._text.strip()
        start = self._text.find(inside) if inside else 0
        return self.number(start), self.number(start + max(0, len(inside) - 1))
