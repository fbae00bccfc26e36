"""The values that completion knows: fields, topics, labels, saved queries, ids with titles, and what the
papers of a store say."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from itertools import islice
from pathlib import Path

import msgspec

from paperctl.cli.candidates import Candidate, listed
from paperctl.cli.session import Session
from paperctl.config.settings import store_folder
from paperctl.record import Record
from paperctl.record.fields import CHOICES, FIELDS, NAMES, PRESENT, canonical
from paperctl.record.values import texts
from paperctl.text.patterns import ARXIV_BEGINS, DOI_BEGINS

_MOST_IDS = 60
_SAMPLED = 6 << 20
"""Bytes at the beginning and at the end of the papers whose values are proposed."""
_BLOCK = 1 << 16
"""Bytes looked through at a time. For more than twice as many Python asks the system for memory each time."""
_NAMED = (
    ("id", re.compile(r"[0-9a-f]{1,12}$")),
    ("doi", re.compile(DOI_BEGINS)),
    ("arxiv_id", re.compile(ARXIV_BEGINS)),
    ("citekey", re.compile("")),
)
"""Which name of a paper a word begins, by its form."""
_RANGES = {"year": ("2024..", ">=2023"), "added": ("today", "yesterday", "-7d..", "-1m..")}
_LOADS = ("last", "today", "yesterday", "-7d..")


def fields() -> list[Candidate]:
    """The fields of a record."""
    return [(field.name, field.query if field.query != field.name else "") for field in FIELDS]


def settings() -> list[Candidate]:
    from paperctl.config.table import SETTINGS

    return [(setting.name, setting.about) for setting in SETTINGS]


def topics(session: Session) -> list[Candidate]:
    names = session.topic_names
    return [
        *names.items(),
        *((t, "given by hand") for t in session.store.overlay.topic_names if t not in names),
    ]


def labels(session: Session) -> list[Candidate]:
    return listed(sorted(session.store.overlay.label_names))


def saved(session: Session, at: str = "@") -> list[Candidate]:
    return [(f"{at}{name}", text) for name, text in session.store.overlay.queries.items()]


# ---- queries ----------------------------------------------------------------------------------------


def query_terms(session: Session, word: str) -> Iterator[Candidate]:
    """Terms of a query that begin as the word does."""
    sign = word[: len(word) - len(word.lstrip("-("))]
    bare = word[len(sign) :]
    head, colon, rest = bare.partition(":")
    if colon and (field := canonical(head)):
        before, comma, _ = rest.rpartition(",")
        mark = rest[:1] if rest[:1] == "=" else ""
        stem = f"{sign}{head}:" + (before + comma if comma else mark)
        for value, about in _values(session, field):
            yield stem + value, about
        return
    for name, text in saved(session):
        yield sign + name, text
    yield f"{sign}new:", "what the last load added"
    for name in NAMES:
        yield f"{sign}{name}:", ""


def _values(session: Session, field: str) -> Iterable[Candidate]:
    if field == "topic":
        return topics(session)
    if field in CHOICES:
        return listed((*CHOICES[field], "none") if field == "decision" else CHOICES[field])
    if field in ("has", "no"):
        return listed(PRESENT)
    if field == "load":
        return listed(_LOADS)
    if field == "label":
        return labels(session)
    if field == "format":
        from paperctl.readers import readers

        return [(name, reader.ABOUT) for name, reader in readers().items()]
    return [*listed(_RANGES.get(field, ())), *_seen(session, field)]


def _seen(session: Session, field: str) -> list[Candidate]:
    """The values of a field in some of the papers, the usual ones first."""
    if field in ("title", "abstract", "note", "id"):
        return []
    counts = Counter(text for record in _some(session) for text in dict.fromkeys(texts(record, field)))
    shown = (
        (text, count) for text, count in counts.most_common(500) if len(text) <= 80 and text.isprintable()
    )
    return [(text, f"{count:,} papers" if count > 1 else "") for text, count in shown]


def _some(session: Session) -> Iterator[Record]:
    """Papers from the beginning and the end of the store, decisions laid over them."""
    overlay = session.store.overlay
    decode = msgspec.json.Decoder().decode
    for line in _some_lines(session):
        try:
            record = decode(line)
            texts(record, "title")
        except (msgspec.DecodeError, AttributeError, UnicodeDecodeError):
            continue
        yield overlay.apply(record) if overlay and isinstance(record.get("id"), str) else record


def _some_lines(session: Session) -> list[bytes]:
    try:
        with _papers_file(session).open("rb") as stream:
            head = stream.read(_SAMPLED)
            if len(head) < _SAMPLED:
                return head.splitlines()
            size = stream.seek(0, 2)
            stream.seek(max(len(head), size - _SAMPLED))
            return head.split(b"\n")[:-1] + stream.read().split(b"\n")[1:]
    except OSError:
        return []


def _papers_file(session: Session) -> Path:
    """Where the papers are: asking the store for it would import all that a store can do."""
    return store_folder(session.settings) / "papers.jsonl"


# ---- ids --------------------------------------------------------------------------------------------


def ids(session: Session, word: str) -> Iterator[Candidate]:
    """Ids, arXiv ids, cite keys and DOIs that begin so, with the titles of their papers; without a word the
    papers that came last."""
    if not re.fullmatch(r"[\w.:/+-]*", word):
        return
    if not word:
        for line in _some_lines(session)[: -_MOST_IDS - 1 : -1]:
            if found := _named(line, "id"):
                yield found
        return
    seen: set[str] = set()
    for line, name in islice(_lines_with(session, word), _MOST_IDS):
        if (found := _named(line, name)) and found[0] not in seen:
            seen.add(found[0])
            yield found


def _lines_with(session: Session, word: str) -> Iterator[tuple[bytes, str]]:
    """Lines whose paper has an id that begins so, and the field of it."""
    name = next(name for name, form in _NAMED if form.match(word))
    sought = b'"%s":"%s' % (name.encode(), word.encode())
    with _papers_file(session).open("rb", buffering=_BLOCK) as stream:
        if name == "id":  # it begins the line
            yield from ((line, name) for line in stream if line.startswith(sought, 1))
        while block := stream.read(_BLOCK):
            yield from ((line, name) for line in _holding(block + stream.readline(), sought))


def _holding(lines: bytes, sought: bytes) -> Iterator[bytes]:
    """The lines that hold a text: looking through all of them at once takes half the time of going through
    each."""
    at = lines.find(sought)
    while at >= 0:
        end = lines.find(b"\n", at)
        end = len(lines) if end < 0 else end
        yield lines[lines.rfind(b"\n", 0, at) + 1 : end]
        at = lines.find(sought, end)


def _named(line: bytes, name: str) -> Candidate | None:
    try:
        record = msgspec.json.decode(line)
        return str(record[name]), str(record["title"])
    except (msgspec.DecodeError, KeyError, TypeError, UnicodeDecodeError):
        return None
