"""Papers by year and topic as a picture inside a page: a grid of squares, darker where there are more."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from html import escape

from paperctl.text.width import cut

_TOPICS, _YEARS = 8, 20
_LEFT, _TOP, _CELL, _ROW = 190, 20, 34, 24


def chart(counts: Mapping[tuple[str, int], int], names: Mapping[str, str]) -> str:
    """The picture for topic and year → papers; "" where there is nothing to compare."""
    totals: Counter[str] = Counter()
    for (topic, _), count in counts.items():
        totals[topic] += count
    every = sorted({year for _, year in counts})[-_YEARS:]
    if len(every) < 2:
        return ""
    years = [*range(max(every[0], every[-1] - _YEARS + 1), every[-1] + 1)]
    topics = [topic for topic, _ in sorted(totals.items(), key=lambda one: (-one[1], one[0]))[:_TOPICS]]
    width, height = _LEFT + _CELL * len(years), _TOP + _ROW * len(topics)
    return (
        '<details class="chart"><summary>Papers by year and topic</summary>\n'
        f'<svg viewBox="0 0 {width} {height}" role="img" aria-label="Papers by year and topic">\n'
        f"{''.join(_cells(counts, topics, years, names))}</svg></details>\n"
    )


def _cells(
    counts: Mapping[tuple[str, int], int], topics: list[str], years: list[int], names: Mapping[str, str]
) -> Iterator[str]:
    most = max(counts.values())
    for column, year in enumerate(years):
        yield f'<text x="{_LEFT + (column + 0.5) * _CELL:g}" y="13" text-anchor="middle">{year}</text>\n'
    for row, topic in enumerate(topics):
        name, y = escape(names.get(topic, topic)), _TOP + row * _ROW
        shown = escape(cut(names.get(topic, topic), 28))
        yield f'<text x="{_LEFT - 8}" y="{y + 16}" text-anchor="end">{shown}</text>\n'
        for column, year in enumerate(years):
            count, x = counts.get((topic, year), 0), _LEFT + column * _CELL
            if count:
                yield (
                    f'<rect x="{x + 1}" y="{y + 1}" width="{_CELL - 2}" height="{_ROW - 2}" rx="3" '
                    f'fill-opacity="{0.15 + 0.6 * count / most:.2f}">'
                    f"<title>{name}, {year}: {count}</title></rect>"
                    f'<text x="{x + _CELL / 2:g}" y="{y + 16}" text-anchor="middle">{count}</text>\n'
                )
