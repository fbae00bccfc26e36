"""A rising count as a curve of signs, and as an SVG."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

_WIDTH, _HEIGHT = 60, 12
_SVG = 640, 400
_EDGE = 48


def curve(found: Sequence[int], of: int) -> Iterator[str]:
    """Lines of a plot: `found[n]` after n + 1 of `of` papers, from left to right."""
    most = max([*found, 1])
    columns = [0] * _WIDTH
    for n, count in enumerate(found):
        columns[min(_WIDTH - 1, n * _WIDTH // max(of, 1))] = count
    last = min(_WIDTH - 1, (len(found) - 1) * _WIDTH // max(of, 1)) if found else -1
    for column in range(1, last + 1):
        columns[column] = columns[column] or columns[column - 1]
    room = len(f"{most:,}")
    for level in range(_HEIGHT, 0, -1):
        least = most * (level - 0.5) / _HEIGHT
        label = f"{most:,}" if level == _HEIGHT else ""
        marks = ("*" if n <= last and count >= least else " " for n, count in enumerate(columns))
        yield f"{label:>{room}} |{''.join(marks)}".rstrip()
    yield f"{0:>{room}} +{'-' * _WIDTH}"
    yield f"{'':>{room}}  0{f'{of:,} papers':>{_WIDTH - 1}}"


def svg(found: Sequence[int], of: int, title: str) -> str:
    """The same as a drawing: a line from nothing read and nothing found to what is so far."""
    from html import escape

    width, height = _SVG
    across, up = width - 2 * _EDGE, height - 2 * _EDGE
    most = max([*found, 1])
    steps = [(0, 0), *((n, count) for n, count in enumerate(found, 1))]
    places = ((_EDGE + across * n / max(of, 1), height - _EDGE - up * count / most) for n, count in steps)
    points = " ".join(f"{x:.1f},{y:.1f}" for x, y in places)
    text = 'font-family="sans-serif" font-size="12"'
    right, bottom = width - _EDGE, height - _EDGE
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{width}" height="{height}" '
        f'viewBox="0 0 {width} {height}">\n'
        f"<title>{escape(title)}</title>\n"
        f'<rect width="{width}" height="{height}" fill="white"/>\n'
        f'<path d="M{_EDGE} {_EDGE}V{bottom}H{right}" fill="none" stroke="black"/>\n'
        f'<polyline points="{points}" fill="none" stroke="#1f5fa8" stroke-width="2"/>\n'
        f'<text x="{_EDGE}" y="{_EDGE - 16}" {text}>{escape(title)}</text>\n'
        f'<text x="{_EDGE - 6}" y="{_EDGE + 4}" text-anchor="end" {text}>{most:,}</text>\n'
        f'<text x="{_EDGE - 6}" y="{bottom}" text-anchor="end" {text}>0</text>\n'
        f'<text x="{right}" y="{bottom + 18}" text-anchor="end" {text}>{of:,} papers read</text>\n'
        "</svg>\n"
    )
