"""How a doubtful pair is shown: what both say once, what differs side by side with the words marked.

Two records and a width in, lines out. Nothing here reads or writes.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import zip_longest
from typing import TYPE_CHECKING

from rapidfuzz.distance import Indel

from paperctl.record import Record
from paperctl.terminal.colour import paint
from paperctl.terminal.columns import as_text, id_length
from paperctl.text.sanitise import clean
from paperctl.text.width import cut, pad, wrap
from paperctl.text.width import width as cells_of

if TYPE_CHECKING:
    from paperctl.deduplicate import Verdict

SIDE_BY_SIDE = 100
"""From this many columns on the two papers stand side by side."""
_FIRST = ("title", "authors", "year", "venue")
_PLACE = ("volume", "number", "pages")
_THEN = ("doi", "arxiv_id", "url", "code_urls", "decision", "note")
_LONG = ("abstract", "keywords")
_TELLING = ("year", *_PLACE, "authors", "venue", "doi", "decision", "sources")
"""What tells papers of one title apart."""
MOST = 40
"""Papers of a group that are shown."""
_WEAK, _STRONG = 0.5, 0.85
_LABEL = 12
_GAP = " │ "
_ON, _OFF = "\u2061", "\u2062"
"""Invisible marks around words that differ while lines are broken; `clean` leaves none in data."""
_BRACKETS = (("[-", "-]"), ("{+", "+}"))
"""What stands around such words where there is no colour, on the first side and the second."""
_STYLES = ("bold underline red", "bold underline green")

_TOKEN = re.compile(
    r"[\u3040-\u30ff\u3400-\u9fff\uf900-\ufaff\U00020000-\U0003ffff]"  # no blanks part words: each letter
    r"|[^\W_\u3040-\u30ff\u3400-\u9fff\uf900-\ufaff\U00020000-\U0003ffff][^\s!-/:-@\[-`{-~\u2010-\u2027"
    r"\u3000-\u30ff\u3400-\u9fff\uf900-\ufaff\uff00-\uff0f\U00020000-\U0003ffff]*"
    r"|\S"
)
_QUIET = frozenset(",;:.-'\"`‐‑‒–—−‘’“”„、。，：；")
"""Signs that editors set as they like: no difference by themselves."""
_AT_ONCE = 4000
"""Words compared at a time: the table of a comparison grows with the square of it."""

Words = list[tuple[str, int, int]]


def lines(a: Record, b: Record, verdict: Verdict, columns: int, *, colour: bool) -> list[str]:
    """A pair as lines of at most `columns` (20 or more), the reason and score first.

    Fields that say the same stand once, with "=". In the others the words that differ are coloured
    or, without colour, put in `[-…-]` and `{+…+}`. Case, blanks, and the kind of dashes and quotes
    make no difference.
    """
    page = _Page(max(columns, 20), colour)
    *facts, rule = verdict.evidence or ("no reason is known",)
    out = list(page.row("because", rule, "bold"))
    out += page.row("score", f"{_strength(verdict.score)}{': ' * bool(facts)}{'; '.join(facts)}")
    digits = id_length([a, b])
    out += page.two("id", *(page.cells(str(side.get("id", ""))[:digits], "cyan") for side in (a, b)))
    for name, one, other in _fields(a, b):
        out += page.field(name, one, other)
    return out


def together(papers: Sequence[Record], columns: int, *, colour: bool) -> list[str]:
    """The papers of a group of pairs by year and place, a line each with the fields in which they are
    not all alike; of many only the first `MOST`."""
    page = _Page(max(columns, 20), colour)
    shown = [_telling(record) for record in papers]
    differ = [n for n in range(len(_TELLING)) if len({one[n] for one in shown}) > 1]
    order = sorted(range(len(papers)), key=lambda k: [_natural(shown[k][n]) for n in differ])
    digits = id_length(papers)
    out = ["", *page.row("this title", f"{len(papers):,} papers in the pairs that are left", "dim")]
    for k in order[:MOST]:
        texts = (f"{_TELLING[n]} {shown[k][n]}" for n in differ if shown[k][n])
        out += page.row(str(papers[k].get("id", ""))[:digits], " · ".join(texts) or "–")
    return [*out, *(page.row("", f"and {len(papers) - MOST:,} more", "dim") if len(papers) > MOST else ())]


def _telling(record: Record) -> list[str]:
    extra = record.get("extra")
    place = extra if isinstance(extra, Mapping) else {}
    values = {**{name: place.get(name) for name in _PLACE}, "sources": _sources(record)}
    return [_text(values[name] if name in values else record.get(name)) for name in _TELLING]


def _natural(text: str) -> list[tuple[int, str]]:
    """A text as it sorts with 9 before 10, and with nothing last."""
    parts = re.findall(r"([0-9]{1,18})|([^0-9]+)", text)
    return [(int(number or -1), other) for number, other in parts] or [(10**18, "")]


def _strength(score: float) -> str:
    word = "weak" if score <= _WEAK else "strong" if score >= _STRONG else "fair"
    return f"{word}, {score:.2f} of 1"


def _fields(a: Record, b: Record) -> Iterator[tuple[str, str, str]]:
    """The name of each field that one of the papers has, and what either says."""
    extras = [side.get("extra") for side in (a, b)]
    one, other = (extra if isinstance(extra, Mapping) else {} for extra in extras)
    rest = [name for name in {**one, **other} if name not in _PLACE]
    named: list[tuple[str, object, object]] = [
        *((name, a.get(name), b.get(name)) for name in _FIRST),
        *((name, one.get(name), other.get(name)) for name in _PLACE),
        *((name, a.get(name), b.get(name)) for name in _THEN),
        ("sources", _sources(a), _sources(b)),
        *((name, a.get(name), b.get(name)) for name in _LONG),
        *((str(name), one.get(name), other.get(name)) for name in rest),
    ]
    for name, left, right in named:
        texts = _text(left), _text(right)
        if any(texts):
            yield name, *texts


def _text(value: object) -> str:
    """A value as one clean line, accents composed, so that equal letters are equal characters."""
    return unicodedata.normalize("NFC", " ".join(clean(as_text(value)).split()))


def _sources(record: Record) -> list[str]:
    """Where a paper's entries stand: `file:key`, or `file:line` of those without a key."""
    found = []
    for source in record.get("sources") or ():
        line = next(iter(source.get("lines") or ()), "")
        found.append(f"{source.get('file', '')}:{source.get('key') or line}")
    return list(dict.fromkeys(found))


# ---- what differs -----------------------------------------------------------------------------


def compared(one: str, other: str) -> tuple[list[tuple[int, int]], list[tuple[int, int]]]:
    """Where, as spans of characters, each text has words that the other has not in that place.

    Words by the longest common subsequence (what `git diff --word-diff` shows); of scripts without
    blanks each letter is one. Neighbouring words make one span.
    """
    left, right = _words(one), _words(other)
    found: tuple[list[tuple[int, int]], list[tuple[int, int]]] = ([], [])
    for at in range(0, max(len(left), len(right)), _AT_ONCE):
        parts = left[at : at + _AT_ONCE], right[at : at + _AT_ONCE]
        for code in Indel.opcodes([w[0] for w in parts[0]], [w[0] for w in parts[1]]):
            if code.tag == "equal":
                continue
            places = slice(code.src_start, code.src_end), slice(code.dest_start, code.dest_end)
            for spans, words, place in zip(found, parts, places, strict=True):
                if words[place]:
                    spans.append((words[place][0][1], words[place][-1][2]))
    return found


def _words(text: str) -> Words:
    """The words that count, as they are compared, and where they begin and end."""
    return [
        (unicodedata.normalize("NFKC", m[0]).casefold(), m.start(), m.end())
        for m in _TOKEN.finditer(text)
        if m[0] not in _QUIET
    ]


def _marked(text: str, spans: Sequence[tuple[int, int]]) -> str:
    pieces, at = [], 0
    for start, end in spans:
        pieces += [text[at:start], _ON, text[start:end], _OFF]
        at = end
    return "".join([*pieces, text[at:]])


# ---- lines ------------------------------------------------------------------------------------


@dataclass(slots=True)
class _Page:
    """Lines of a width: labels in a margin, the papers side by side or below one another."""

    columns: int
    colour: bool

    @property
    def side_by_side(self) -> bool:
        return self.columns >= SIDE_BY_SIDE

    @property
    def margin(self) -> int:
        return min(_LABEL, self.columns // 3)

    @property
    def room(self) -> int:
        """Columns of a text; one blank stays at the left and right edge of the screen."""
        return self.columns - 2 - self.margin

    @property
    def half(self) -> int:
        return (self.room - len(_GAP)) // 2

    def field(self, name: str, one: str, other: str) -> Iterator[str]:
        """A field of both: once if both say the same, else each side with what differs marked."""
        spans = compared(one, other) if one and other else ([], [])
        if one and other and not any(spans):
            yield from self.row(f"= {name}", one, "dim")
            return
        # Where one paper is silent, all that the other says differs: marks would only hinder reading.
        sides = enumerate(zip((one, other), spans, strict=True))
        cells = [self.cells(_marked(text, s), "", n) if text else [("–", 1)] for n, (text, s) in sides]
        yield from self.two(name, *cells)

    def row(self, label: str, text: str, style: str = "") -> Iterator[str]:
        """A label and a text across the whole width."""
        for n, line in enumerate(wrap(clean(text), self.room)):
            yield self._label(label if not n else "") + self._paint(line, style)

    def two(
        self, name: str, one: Sequence[tuple[str, int]], other: Sequence[tuple[str, int]]
    ) -> Iterator[str]:
        """Two cells with one label."""
        if self.side_by_side:
            for n, (left, right) in enumerate(zip_longest(one, other, fillvalue=("", 0))):
                blank = " " * (self.half - left[1])
                label = self._label("" if n else f"  {name}")
                yield (label + left[0] + blank + self._paint(_GAP, "dim") + right[0]).rstrip()
            return
        for side, cell in enumerate((one, other), 1):
            for n, (line, _) in enumerate(cell):
                yield self._label("" if n else f"{side} {name}") + line

    def cells(self, text: str, style: str = "", side: int = 0) -> list[tuple[str, int]]:
        """A text with marks as lines ready to show, each with the columns it takes."""
        if not self.colour:
            text = text.replace(_ON, _BRACKETS[side][0]).replace(_OFF, _BRACKETS[side][1])
        found, inside = [], False
        for line in wrap(text, self.half if self.side_by_side else self.room):
            painted, size = [], 0
            for piece in re.split(f"([{_ON}{_OFF}])", line):
                if piece in (_ON, _OFF):
                    inside = piece == _ON
                    continue
                painted.append(self._paint(piece, _STYLES[side] if inside else style))
                size += cells_of(piece)
            found.append(("".join(painted), size))
        return found

    def _label(self, label: str) -> str:
        """The margin: a blank, and the label cut to what is left of it."""
        text = cut(clean(label), self.margin - 1)
        return " " + self._paint(pad(text, self.margin), "dim")

    def _paint(self, text: str, style: str) -> str:
        return paint(text, style) if self.colour else text
