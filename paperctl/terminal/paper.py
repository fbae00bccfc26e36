"""One paper whole: what is known of it, why it has its topics, and where each thing came from."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from shutil import get_terminal_size
from typing import TYPE_CHECKING, TextIO

from paperctl.record import FACTS, Record, Source, by_name
from paperctl.record.names import byline
from paperctl.terminal.colour import DECISIONS, paint
from paperctl.terminal.columns import as_text
from paperctl.text.sanitise import clean
from paperctl.text.width import width as cells_of
from paperctl.text.width import wrap

if TYPE_CHECKING:
    from paperctl.topics import Explanation

_READING = 100
"""No line of text is set wider than this: longer ones are hard to read."""
_LABEL = 11
_INDENT = "  "
_SHOWN = ("decision", "note", "added", "versions")
"""Fields from before a merge that `show` prints elsewhere, or that the merged paper holds."""


def print_paper(
    record: Record,
    *,
    explanations: Sequence[Explanation] = (),
    origins: Mapping[str, int] | None = None,
    titles: Mapping[str, str] | None = None,
    evidence: Mapping[int, str] | None = None,
    links: Mapping[str, str] | None = None,
    decided: Mapping[int, str] | None = None,
    width: int | None = None,
    colour: bool = False,
    out: TextIO,
) -> None:
    """Writes a paper to `out`, no line wider than `width` (the terminal's if None), text cleaned.

    `explanations` name the cues of its topics, `origins` which of its sources each field came
    from (index from 0), `titles` the titles of its versions by id, `links` why they are versions, `evidence`
    why a source (by index) is the same paper as the first, `decided` how the paper of a source was decided on
    before it went into this one.
    """
    room = max(20, min(width or get_terminal_size().columns, _READING))
    page = _Page(room, colour)
    versions = _versions(record.get("versions") or (), titles or {}, links or {}, page)
    sources = _sources(record, evidence or {}, decided or {}, page)
    for part in (
        *_parts(record, explanations, page),
        *versions,
        *sources,
        *_origins(record, origins or {}, page),
        *_filled(record, page),
    ):
        out.write(part.rstrip() + "\n")


class _Page:
    """Lines of a width, coloured or not."""

    def __init__(self, width: int, colour: bool) -> None:
        self.width = width
        self.colour = colour

    def paint(self, text: str, style: str) -> str:
        return paint(text, style) if self.colour else text

    def text(self, text: object, style: str = "", indent: str = "") -> Iterator[str]:
        """A paragraph, or several where the text has line ends."""
        for paragraph in clean(as_text(text), lines=True).split("\n"):
            for line in wrap(paragraph, self.width - len(indent)):
                yield indent + self.paint(line, style)

    def labelled(self, label: str, text: object, style: str = "", indent: str = "") -> Iterator[str]:
        """A label in the margin, its text to the right of it; nothing at all if there is no text.

        A label too long for the margin stands above its text.
        """
        label = clean(label)
        room = _LABEL + len(indent)
        lines = list(self.text(text, style, " " * room))
        if not lines:
            return
        if cells_of(label) < _LABEL:
            gap = " " * (_LABEL - cells_of(label))
            yield indent + self.paint(label, "dim") + gap + lines.pop(0)[room:]
        else:
            yield from self.text(label, "dim", indent)
        yield from lines

    def heading(self, text: str) -> Iterator[str]:
        yield ""
        yield from self.text(text, "bold")


_PLACED = frozenset(
    (
        *("title", "authors", "venue", "year", "doi", "arxiv_id", "url", "code_urls", "has_code", "keywords"),
        *("abstract", "extra"),
    )
)
"""The facts that have a place of their own on the page."""


def _parts(
    record: Record,
    explanations: Sequence[Explanation],
    page: _Page,
) -> Iterator[str]:
    yield from page.text(record.get("title") or "(no title)", "bold")
    yield from page.text(byline(record) or "")
    yield from page.text(
        " ".join(filter(None, [as_text(record.get("venue")), as_text(record.get("year"))])), "dim"
    )
    yield ""
    decision = record.get("decision")
    yield from page.labelled("id", record.get("id"), "cyan")
    yield from page.labelled("doi", record.get("doi"))
    yield from page.labelled("arxiv", record.get("arxiv_id"))
    yield from page.labelled("link", record.get("url"))
    for url in record.get("code_urls") or ():
        yield from page.labelled("code", url)
    if record.get("has_code") and not record.get("code_urls"):
        yield from page.labelled("code", "yes, its address is not known")
    yield from page.labelled("keywords", record.get("keywords"))
    for name in FACTS:
        if name not in _PLACED:
            yield from page.labelled(name, record.get(name))
    yield from page.labelled("decision", decision, DECISIONS.get(str(decision), ""))
    yield from page.labelled("decided by", _deciders(record))
    for name in ("reason", "stage", "status", "labels", "note"):
        yield from page.labelled(name, by_name(record).get(name))
    yield from page.labelled("cite key", record.get("citekey"), "dim")
    yield from page.labelled("added", record.get("added"), "dim")
    if record.get("abstract"):
        yield from page.heading("Abstract")
        yield from page.text(record["abstract"], "", _INDENT)
    yield from _topics(record, explanations, page)
    if record.get("extra"):
        yield from page.heading("Other fields of its dumps")
        for name, value in record["extra"].items():
            yield from page.labelled(name, value, "", _INDENT)


def _deciders(record: Record) -> str:
    """Who decided; of several people what each of them did, and whether they agree."""
    votes = record.get("votes") or {}
    names = [f"{name}: {votes[name]}" if name in votes else name for name in record.get("decided_by") or ()]
    return "; ".join(names) + (f" ({agreement})" if (agreement := record.get("agreement")) else "")


def _topics(record: Record, explanations: Sequence[Explanation], page: _Page) -> Iterator[str]:
    topics = list(record.get("topics") or ())
    by_topic = {found.topic: found for found in explanations}
    taken_off = [found.topic for found in explanations if found.given and found.topic not in topics]
    if not topics and not taken_off:
        return
    scores = record.get("topic_scores") or {}
    yield from page.heading("Topics")
    for topic in topics:
        found = by_topic.get(topic)
        score = found.score if found else scores.get(topic)
        line = f"{topic} {score:.1f}" if isinstance(score, int | float) else topic
        yield from page.text(line + _rule(found, explained=bool(explanations)), "magenta", _INDENT)
        yield from _cues(found, page)
    for topic in taken_off:
        yield from page.text(
            f"{topic}: the rules give it; taken off by hand, or not tagged since", "dim", _INDENT
        )


def _rule(found: Explanation | None, *, explained: bool) -> str:
    """What a topic needs and where else it comes from; `explained` is whether the rules were asked."""
    text = f", needs {found.threshold:g}" if found else ""
    if found and found.implied_by:
        text += f"; implied by {', '.join(found.implied_by)}"
    if explained and not (found and found.given):
        text += "; not by the rules: by hand, or by earlier ones"
    return text


def _cues(found: Explanation | None, page: _Page) -> Iterator[str]:
    """The cues of a topic that were found in the paper, the strongest first."""
    for cue in sorted(found.cues, key=lambda cue: -abs(cue.contribution)) if found else ():
        times = f" ×{cue.count}" if cue.count > 1 else ""
        line = f"{cue.contribution:+.1f} {cue.cue}{times} in {cue.place} ({cue.kind})"
        yield from page.text(line, "", _INDENT * 2)


def _versions(
    ids: Iterable[str], titles: Mapping[str, str], links: Mapping[str, str], page: _Page
) -> Iterator[str]:
    ids = list(ids)
    if not ids:
        return
    yield from page.heading("Versions of the same work")
    for paper in ids:
        yield from page.text(f"{paper} {titles.get(paper, '')}", "", _INDENT)
        yield from page.labelled("because", links.get(paper), "dim", 2 * _INDENT)


def _sources(
    record: Record, evidence: Mapping[int, str], decided: Mapping[int, str], page: _Page
) -> Iterator[str]:
    sources: Sequence[Source] = record.get("sources") or ()
    if not sources:
        return
    yield from page.heading("Source" if len(sources) == 1 else f"Sources ({len(sources)} entries, merged)")
    for number, source in enumerate(sources, 1):
        key = f", key {as_text(source['key'])}" if source.get("key") is not None else ""
        place = f"{as_text(source.get('file'))}{_lines(source.get('lines'))}"
        line = f"{number}. {place}, {source.get('format')}{key}"
        yield from page.text(line, "", _INDENT)
        for name, text in (
            ("title as it stood", source.get("title") if source.get("title") != record.get("title") else ""),
            ("mended", "; ".join(map(str, source.get("repairs") or ()))),
            ("the same paper", evidence.get(number - 1)),
            ("says otherwise", _conflicts(source, record)),
            ("decision before", decided.get(number - 1)),
        ):
            if text:
                yield from page.text(f"{name}: {text}", "dim", _INDENT + "   ")


def _lines(lines: object) -> str:
    if not isinstance(lines, list | tuple) or len(lines) != 2:
        return ""
    first, last = lines
    return f", line {first}" if first == last else f", lines {first}–{last}"


def _conflicts(source: Source, record: Record) -> str:
    """The facts, and fields that paperctl does not know, in which an entry and its paper before the merge
    differ from the paper; long ones are only named."""
    own, was = source.get("own") or {}, source.get("was") or {}
    theirs, ours = own.get("extra"), record.get("extra")
    differing = {name: value for name, value in own.items() if name != "extra"}
    if isinstance(theirs, Mapping):
        known = ours if isinstance(ours, Mapping) else {}
        differing |= {name: value for name, value in theirs.items() if value != known.get(name)}
    differing |= {
        name: value for name, value in was.items() if name not in _SHOWN and value != record.get(name)
    }
    return "; ".join(_fact(name, " ".join(as_text(value).split())) for name, value in differing.items())


def _fact(name: str, text: str) -> str:
    if not text:
        return f"no {name}"
    return f"{name} {text}" if len(text) <= _READING else f"another {name}"


def _origins(record: Record, origins: Mapping[str, int], page: _Page) -> Iterator[str]:
    """Which source each field came from; nothing where there is one source."""
    if len(record.get("sources") or ()) < 2 or not origins:
        return
    by_source: dict[int, list[str]] = {}
    extra = record.get("extra") or {}
    shown = [name for name in FACTS if record.get(name)] + [f"extra.{name}" for name in extra]
    for field in shown:
        if field in origins:
            by_source.setdefault(origins[field], []).append(field.removeprefix("extra."))
    yield from page.heading("Where the fields come from")
    for index, fields in sorted(by_source.items()):
        yield from page.text(f"{index + 1}. {', '.join(fields)}", "", _INDENT)


def _filled(record: Record, page: _Page) -> Iterator[str]:
    """Which fields came from a dump that only filled gaps."""
    by_entry: dict[str, list[str]] = {}
    for name, source in (record.get("filled") or {}).items():
        if isinstance(source, Mapping):
            key = f", key {as_text(source['key'])}" if source.get("key") is not None else ""
            place = f"{as_text(source.get('file'))}{_lines(source.get('lines'))}{key}"
            by_entry.setdefault(place, []).append(name)
    if by_entry:
        yield from page.heading("Filled from other dumps")
    for place, names in by_entry.items():
        yield from page.text(f"{', '.join(names)}: {place}", "", _INDENT)
