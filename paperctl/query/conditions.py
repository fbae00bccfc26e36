"""One term of a query as a test of records: how each kind of field compares."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import datetime
from typing import NamedTuple, Protocol

from paperctl.errors import did_you_mean
from paperctl.query.fault import fault
from paperctl.query.haystack import Haystack, needle, probe
from paperctl.query.patterns import compile_pattern
from paperctl.query.spans import Span, day, number, read_span, year
from paperctl.query.tree import Term
from paperctl.query.wording import PROSE, Sought
from paperctl.record.fields import CHOICES, LISTABLE, PRESENT, kind, presentable
from paperctl.record.values import has, texts
from paperctl.text.fold import fold
from paperctl.text.numbers import as_number

Test = Callable[[Haystack], bool]

DECISIONS = (*CHOICES["decision"], "none", "conflict", "agreed", "resolved")


class Loads(Protocol):
    """What the papers' store knows of its loads."""

    def last(self) -> str:
        """When the papers of the last load were added, as they say it; "" before the first load."""

    def named(self, word: str) -> Span:
        """When papers were added by the load that the beginning of an id names. Raises ValueError."""


class Context(NamedTuple):
    """What a term is read against: the query it stands in, the known topics (slugs), the time."""

    text: str
    topics: frozenset[str]
    now: datetime
    loads: Loads | None = None


def condition(term: Term, context: Context, joined: tuple[str, ...] = ()) -> Test:
    """The test that a term means; `joined` are words that it makes with the words beside it.

    Raises `UsageError` with a caret if its value is not one of its field.
    """
    sort = kind(term.field)
    if (wanted := says_whether(term)) is not None:
        return lambda hay: has(hay.record, "code") is wanted
    if term.how == "regex" and sort != "presence":
        return _regex(term, context)
    if sort == "text":
        return _extra(term, context) if term.field[:6] == "extra." else _words(term, context, joined)
    return {
        "people": _people,
        "number": _year,
        "date": _added,
        "load": _load,
        "label": _label,
        "file": _file,
        "id": _id,
        "presence": _presence,
    }[sort](term, context)


# ---- words ------------------------------------------------------------------------------------


def _words(term: Term, context: Context, joined: tuple[str, ...]) -> Test:
    """Words in a field, or anywhere: consecutive, the last one whole only if the value is quoted."""
    name, whole = term.field, term.how != "begins"
    if term.how == "exact":
        (words,) = _alternatives(term, context)
        rough = probe(words)
        return lambda hay: rough in hay.rough(name) and any(fold(t) == words for t in texts(hay.record, name))
    literal = whole or name not in PROSE
    sought = [Sought(name, words, whole, literal, joined) for words in _alternatives(term, context)]
    return lambda hay: any(words.anywhere(hay) for words in sought)


def _alternatives(term: Term, context: Context) -> list[str]:
    found = words_of(term)
    for words, at in found:
        if not words:
            hint = f"for papers that have none: no:{term.field}" if term.field in PRESENT else None
            raise fault(context.text, at, "there is no letter or digit to look for here", hint)
    return [words for words, _ in found]


def words_of(term: Term) -> list[tuple[str, tuple[int, int]]]:
    """The folded texts that a term of words looks for, any of which will do, and where each stands.

    A comma parts them in `venue:a,b`; without a field, or between quotes, it is punctuation.
    """
    if term.how == "begins" and term.field in LISTABLE:
        return [(_folded(term, part), at) for part, at in parts_of(term)]
    return [(_folded(term, term.value), term.value_at)]


def _folded(term: Term, value: str) -> str:
    return fold(_without_version(value) if term.field == "arxiv" else value)


def says_whether(term: Term) -> bool | None:
    """Whether `code:yes`, `has_code:false` and their like ask for papers with or without; else None."""
    yes_or_no = {"true": True, "yes": True, "false": False, "no": False}
    return yes_or_no.get(term.value.lower()) if term.field == "code" and term.how != "regex" else None


def _without_version(arxiv_id: str) -> str:
    head, _, version = arxiv_id.rpartition("v")
    return head if head and version.isdigit() else arxiv_id


def _people(term: Term, context: Context) -> Test:
    """A name matches in any order of its parts: each word begins one, or is one if the value is quoted.

    A single letter always stands for the name it begins: an initial.
    """
    if term.how == "exact":
        (words,) = _alternatives(term, context)
        rough, exact = probe(words), sorted(words.split())
        return lambda hay: (
            rough in hay.rough("author")
            and any(sorted(fold(name).split()) == exact for name in texts(hay.record, "author"))
        )
    sought = [
        (probe(words), [needle(w, whole=term.how == "phrase" and len(w) > 1) for w in words.split()])
        for words in _alternatives(term, context)
    ]

    def test(hay: Haystack) -> bool:
        return any(
            rough in hay.rough("author")
            and any(all(word in name for word in words) for name in hay.folded("author").split("\n"))
            for rough, words in sought
        )

    return test


def _regex(term: Term, context: Context) -> Test:
    try:
        search = compile_pattern(term.value)
    except ValueError as error:
        raise fault(context.text, term.value_at, str(error)) from None
    name = term.field
    return lambda hay: any(map(search, texts(hay.record, name)))


# ---- numbers and days -------------------------------------------------------------------------


def _year(term: Term, context: Context) -> Test:
    spans = [
        _span(term, part, at, context, lambda text: read_span(text, year), _YEARS)
        for part, at in _parts(term, context)
    ]

    def test(hay: Haystack) -> bool:
        value = hay.record.get("year")
        return isinstance(value, int | float) and any(value in span for span in spans)

    return test


def _added(term: Term, context: Context) -> Test:
    point = day(context.now)

    def read(text: str) -> Span:
        # "-7d" by itself is asked by someone who means the week up to now.
        return read_span(text + ".." if text[0] == "-" and ".." not in text else text, point)

    return _added_in([_span(term, part, at, context, read, _DAYS) for part, at in _parts(term, context)])


def _added_in(spans: Sequence[Span]) -> Test:
    def test(hay: Haystack) -> bool:
        try:
            when = datetime.fromisoformat(hay.record["added"]).timestamp()
        except (KeyError, TypeError, ValueError, OverflowError):
            return False
        return any(when in span for span in spans)

    return test


def _added_at(time: str) -> Test:
    return lambda hay: bool(time) and hay.record.get("added") == time


def _load(term: Term, context: Context) -> Test:
    """`last`, days as `added:` takes them, or the beginning of an id of `log --json`."""
    loads = context.loads
    if loads is None:
        raise fault(context.text, term.at, "these papers are in no store, so no load brought them")
    tests: list[Test] = []
    for part, at in _parts(term, context):
        if part.lower() == "last":
            tests.append(_added_at(loads.last()))
            continue
        try:
            span = read_span(part, day(context.now))
        except ValueError:
            span = _span(term, part, at, context, loads.named, _LOADS)
        tests.append(_added_in([span]))
    return lambda hay: any(test(hay) for test in tests)


_LOADS = "loads: last, days as 2026-01-31 or -7d.., or an id of `paperctl log --json` (at)"
_YEARS = "years: 2022, 2022..2024, 2022.., ..2020, >=2022, <2020"
_DAYS = "days: 2026-01-31, 2026-01, today, yesterday, -7d.. (d w m y), 2026-01-01..2026-02-01, >=2026-01-01"


def _span(
    term: Term, part: str, at: tuple[int, int], context: Context, read: Callable[[str], Span], forms: str
) -> Span:
    try:
        return read(part)
    except ValueError as error:
        said = str(error) or f"{part} is not something to compare {term.field} with"
        raise fault(context.text, at, said, forms) from None


def _extra(term: Term, context: Context) -> Test:
    """A dump's own column compares as numbers where both sides are numbers, else as words."""
    name = term.field
    (words,) = _alternatives(term, context)
    span: Span | None = None
    if term.how != "phrase":
        try:
            span = read_span(term.value, number)
        except ValueError:
            span = None
    compares = term.value[0] in "<>" or ".." in term.value
    sought = needle(words, whole=term.how == "phrase")

    def one(value: str) -> bool:
        if span is not None:
            if (held := as_number(value)) is not None:
                return held in span
            if compares:
                return False
        return fold(value) == words if term.how == "exact" else sought in f" {fold(value)} "

    return lambda hay: any(map(one, texts(hay.record, name)))


# ---- labels, files, ids -----------------------------------------------------------------------


def _label(term: Term, context: Context) -> Test:
    if term.field == "topic":
        return _topic(term, context)
    if term.field == "decision":
        return _decision(term, context)
    if term.field in CHOICES and term.how != "phrase":
        for part, at in _parts(term, context):
            if part.lower() not in CHOICES[term.field]:
                said = f'unknown {term.field} "{part}"{did_you_mean(part, CHOICES[term.field])}'
                hint = f"{', '.join(CHOICES[term.field])}; papers without: no:{term.field}"
                raise fault(context.text, at, said, hint)
    wanted = {fold(part) for part, _ in _parts(term, context)}
    name = term.field
    return lambda hay: any(fold(text) in wanted for text in texts(hay.record, name))


def slug_of(topic: str) -> str:
    """A topic's name as it compares: `Foundation models/ViT` is `foundation-models/vit`."""
    return "/".join(fold(part).replace(" ", "-") for part in topic.split("/"))


def _topic(term: Term, context: Context) -> Test:
    wanted = []
    for part, at in _parts(term, context):
        slug = slug_of(part).rstrip("/")
        known = context.topics
        if known and slug not in known and not any(topic.startswith(slug + "/") for topic in known):
            raise fault(
                context.text,
                at,
                f'unknown topic "{part}"{did_you_mean(slug, known)}',
                f"topics: {', '.join(sorted(known))}; papers without a topic: no:topic",
                "no-such-topic",
            )
        wanted.append(slug)
    exact = term.how == "exact"
    verdicts: dict[str, bool] = {}

    def one(topic: str) -> bool:
        verdict = verdicts.get(topic)
        if verdict is None:
            slug = slug_of(topic)
            verdict = any(slug == w or (not exact and slug.startswith(w + "/")) for w in wanted)
            verdicts[topic] = verdict
        return verdict

    return lambda hay: any(map(one, texts(hay.record, "topic")))


def _decision(term: Term, context: Context) -> Test:
    wanted = set()
    for part, at in _parts(term, context):
        word = {"unscreened": "none", "kept": "keep", "skipped": "skip"}.get(part.lower(), part.lower())
        if word not in DECISIONS:
            raise fault(
                context.text,
                at,
                f'unknown decision "{part}"{did_you_mean(part, DECISIONS)}',
                f"decisions: {', '.join(DECISIONS)} (or unscreened)",
            )
        wanted.add(None if word == "none" else word)
    words = wanted - {None}
    return lambda hay: (hay.record.get("decision") or None) in wanted or hay.record.get("agreement") in words


def _file(term: Term, context: Context) -> Test:
    """Part of the file's path, or all of it or of its last part for `=`."""
    wanted = term.value.casefold().replace("\\", "/")

    def one(path: str) -> bool:
        path = path.casefold().replace("\\", "/")
        return wanted in (path, path.rpartition("/")[2]) if term.how == "exact" else wanted in path

    return lambda hay: any(map(one, texts(hay.record, "source")))


def _id(term: Term, context: Context) -> Test:
    """The beginning of an id, or a whole DOI or arXiv id, as wherever an id is asked for."""
    wanted = [part.lower() for part, _ in _parts(term, context)]
    begins = tuple(wanted) if term.how != "exact" else ()
    equals = {*wanted, *map(_without_version, wanted)}

    def test(hay: Haystack) -> bool:
        record = hay.record
        ids = [text.lower() for text in texts(record, "id")]
        return (
            any(own.startswith(begins) or own in equals for own in ids)
            or any(_without_version(text.lower()) in equals for text in texts(record, "arxiv"))
            or any(text.lower() in equals for text in texts(record, "doi"))
        )

    return test


def _presence(term: Term, context: Context) -> Test:
    names = []
    for part, at in _parts(term, context):
        name = presentable(part)
        if name is None:
            raise fault(
                context.text,
                at,
                f'{term.field}: does not know "{part}"{did_you_mean(part, PRESENT)}',
                f"it takes {', '.join(PRESENT)}, extra.NAME",
                "no-such-field",
            )
        names.append(name)
    wanted = term.field == "has"
    return lambda hay: any(has(hay.record, name) for name in names) is wanted


def _parts(term: Term, context: Context) -> list[tuple[str, tuple[int, int]]]:
    found = parts_of(term)
    for part, at in found:
        if not part:
            raise fault(context.text, at, "there is no value between these commas")
    return found


def parts_of(term: Term) -> list[tuple[str, tuple[int, int]]]:
    """The values of `a,b,c`, any of which will do, and where each stands. Quotes keep commas as they are."""
    if term.how == "phrase":
        return [(term.value.strip(), term.value_at)]
    found, start = [], term.value_at[0]
    for part in term.value.split(","):
        end = start + len(part)
        found.append((part.strip(), (start, end)))
        start = end + 1
    return found
