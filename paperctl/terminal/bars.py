"""Statistics drawn: the funnel, and how many papers by topic, year and source."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from shutil import get_terminal_size
from typing import Any, TextIO

from paperctl.terminal.colour import paint, speaks_unicode
from paperctl.terminal.columns import as_text
from paperctl.terminal.heat import heat_table
from paperctl.text.sanitise import clean
from paperctl.text.width import pad, wrap
from paperctl.text.width import width as cells_of

_EIGHTHS = "▏▎▍▌▋▊▉"
_LONGEST = 50
_SOURCES = 12
_YEARS = 15

_FUNNEL = {
    "identified": "identified",
    "duplicates_removed": "duplicates removed",
    "papers": "papers",
    "screened": "screened",
    "kept": "kept",
    "skipped": "skipped",
    "maybe": "maybe",
}


def print_statistics(
    found: Mapping[str, object],
    *,
    topic_names: Mapping[str, str] | None = None,
    width: int | None = None,
    colour: bool = False,
    out: TextIO,
) -> None:
    """Writes what `paperctl.library.stats.statistics` counted to `out`, no line wider than `width`."""
    draw = Bars(max(20, width or get_terminal_size().columns), colour, speaks_unicode(out))
    for line in _sections(found, topic_names or {}, draw):
        out.write(line.rstrip() + "\n")


class Bars:
    """Rows of a label, a count and a bar, fitted to a width."""

    def __init__(self, width: int, colour: bool, unicode: bool) -> None:
        self.width = width
        self.colour = colour
        self.unicode = unicode

    def rows(
        self,
        counts: Sequence[tuple[str, int]],
        style: str,
        *,
        share_of: int = 0,
        rest: tuple[str, int] | None = None,
    ) -> Iterator[str]:
        """A row for each label with its count; with `share_of` in per cent of that, too.

        `rest` sums up what has no row of its own: last, without a bar, so that it dwarfs nothing.
        """
        if not counts:
            return
        every = [*counts, rest] if rest else counts
        labels = [clean(label) for label, _ in every]
        numbers = [_number(count, share_of) for _, count in every]
        number_room = max(map(len, numbers))
        label_room = min(max(map(cells_of, labels)), self.width * 2 // 5, self.width - number_room - 2)
        bar_room = min(_LONGEST, self.width - label_room - number_room - 4)
        largest = share_of or max(1, *(count for _, count in counts))
        mark = "…" if self.unicode else "~"
        for row, (label, text) in enumerate(zip(labels, numbers, strict=True)):
            line = f"{pad(label, label_room, mark)}  {text:>{number_room}}"
            bar = self.bar(counts[row][1] / largest, bar_room) if row < len(counts) else ""
            yield f"{line}  {paint(bar, style) if self.colour else bar}" if bar_room >= 4 else line

    def bar(self, share: float, room: int) -> str:
        """A bar of `share` of the room; anything but nothing shows."""
        if share <= 0 or room <= 0:
            return ""
        if not self.unicode:
            return "#" * max(1, round(share * room))
        eighths = max(1, round(share * room * 8))
        return "█" * (eighths // 8) + (_EIGHTHS[eighths % 8 - 1] if eighths % 8 else "")

    def heading(self, text: str) -> Iterator[str]:
        yield ""
        yield paint(text, "bold") if self.colour else text


def _number(count: int, share_of: int) -> str:
    """A count, and its share in per cent."""
    if not share_of:
        return f"{count:,}"
    share = f"{count / share_of:.1%}" if not 0 < count / share_of < 0.001 else "<0.1%"
    return f"{count:,} {share:>6}"


def _sections(found: Mapping[str, Any], topic_names: Mapping[str, str], draw: Bars) -> Iterator[str]:
    yield from _funnel(found.get("funnel") or {}, draw)
    yield from _works(found, draw)
    yield from _agreement(found.get("agreement") or {}, draw)
    for file, about in (found.get("dumps") or {}).items():
        yield from wrap(clean(f"{file} says of itself: {as_text(about)}"), draw.width)
    topics = [(topic_names.get(topic, topic), count) for topic, count in (found.get("topics") or {}).items()]
    yield from _chart(draw, "Papers by topic", topics, "magenta")
    years = sorted((found.get("years") or {}).items(), reverse=True)
    yield from _chart(draw, "Papers by year", years, "cyan", _YEARS, "earlier years")
    yield from _heat(found.get("topic_years") or {}, topic_names, draw)
    sources = sorted((found.get("sources") or {}).items(), key=lambda pair: -pair[1])
    yield from _chart(draw, "Entries by source", sources, "blue", _SOURCES, "others")
    if "with_code" in found:
        yield from draw.heading("Papers with code")
        papers = int(found.get("papers") or 0)
        yield from draw.rows([("with code", found["with_code"])], "green", share_of=papers)


def _funnel(funnel: Mapping[str, int], draw: Bars) -> Iterator[str]:
    yield paint("Funnel", "bold") if draw.colour else "Funnel"
    steps = [(label, int(funnel.get(name) or 0)) for name, label in _FUNNEL.items()]
    yield from draw.rows(steps, "green", share_of=int(funnel.get("identified") or 0))


def _works(found: Mapping[str, Any], draw: Bars) -> Iterator[str]:
    """The funnel in works, where some papers are versions of one."""
    works = found.get("works") or {}
    if works and works["works"] != found.get("papers"):
        counts = ", ".join(f"{works[name]:,} {name}" for name in ("screened", "kept", "skipped", "maybe"))
        yield from wrap(f"{works['works']:,} works, versions counted once: {counts}", draw.width)


def _agreement(found: Mapping[str, object], draw: Bars) -> Iterator[str]:
    """How far reviewers agree."""
    if not found:
        return
    yield from draw.heading("Reviewers")
    for line in agreement(found):
        yield from wrap(clean(line), draw.width)


def agreement(found: Mapping[str, Any]) -> Iterator[str]:
    """How far reviewers agree, a line for all and one for each two of them."""
    states = ", ".join(f"{found[name]:,} {name}" for name in ("agreed", "conflict", "resolved"))
    yield f"papers decided by several: {states}"
    for pair in found["pairs"]:
        kappa = "not defined" if pair["kappa"] is None else f"{pair['kappa']:.2f}"
        names = " and ".join(pair["reviewers"])
        yield f"{names}: {pair['agreement']:.0%} of {pair['papers']:,} agreed, Cohen's kappa {kappa}"


def _chart(
    draw: Bars,
    heading: str,
    counts: Sequence[tuple[str, int]],
    style: str,
    most: int | None = None,
    rest: str = "",
) -> Iterator[str]:
    """A section with a row for each of the first `most` counts; `rest` names the others, in one row."""
    if not counts:
        return
    shown = counts[:most]
    yield from draw.heading(heading)
    yield from draw.rows(shown, style, rest=_rest(rest, counts[len(shown) :]))


def _heat(topic_years: Mapping[str, Any], topic_names: Mapping[str, str], draw: Bars) -> Iterator[str]:
    table = list(
        heat_table(topic_years, topic_names, width=draw.width, colour=draw.colour, unicode=draw.unicode)
    )
    if table:
        yield from draw.heading("Topics by year")
        yield from table


def _rest(label: str, counts: Sequence[tuple[str, int]]) -> tuple[str, int] | None:
    return (f"{len(counts)} {label}", sum(count for _, count in counts)) if counts else None
