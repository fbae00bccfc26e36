"""Terms that ask for labels, topics, decisions, files, ids, and whether anything is known."""

from __future__ import annotations

from paperctl.errors import did_you_mean
from paperctl.query.fault import fault
from paperctl.query.haystack import Haystack
from paperctl.query.terms import Context, Test, checked_parts, slug_of, without_version
from paperctl.query.tree import Term
from paperctl.record.fields import CHOICES, PRESENT, presentable
from paperctl.record.marks import MEANT
from paperctl.record.values import has, texts
from paperctl.text.fold import fold

DECISIONS = (*CHOICES["decision"], "none", "conflict", "agreed", "resolved")


def label_condition(term: Term, context: Context) -> Test:
    if term.field == "topic":
        return _topic(term, context)
    if term.field == "decision":
        return _decision(term, context)
    if term.field in CHOICES and term.how != "phrase":
        for part, at in checked_parts(term, context):
            if part.lower() not in CHOICES[term.field]:
                message = f'unknown {term.field} "{part}"{did_you_mean(part, CHOICES[term.field])}'
                hint = f"{', '.join(CHOICES[term.field])}; papers without: no:{term.field}"
                raise fault(context.text, at, message, hint)
    expected = {fold(part) for part, _ in checked_parts(term, context)}
    name = term.field
    return lambda hay: any(fold(text) in expected for text in texts(hay.record, name))


def _topic(term: Term, context: Context) -> Test:
    expected = []
    for part, at in checked_parts(term, context):
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
        expected.append(slug)
    exact = term.how == "exact"
    verdicts: dict[str, bool] = {}

    def one(topic: str) -> bool:
        verdict = verdicts.get(topic)
        if verdict is None:
            slug = slug_of(topic)
            verdict = any(slug == w or (not exact and slug.startswith(w + "/")) for w in expected)
            verdicts[topic] = verdict
        return verdict

    return lambda hay: any(map(one, texts(hay.record, "topic")))


def _decision(term: Term, context: Context) -> Test:
    decisions = set()
    for part, at in checked_parts(term, context):
        word = {"unscreened": "none", "kept": "keep", "skipped": "skip"}.get(part.lower(), part.lower())
        if word not in DECISIONS:
            raise fault(
                context.text,
                at,
                f'unknown decision "{part}"{did_you_mean(MEANT.get(word, word), DECISIONS)}',
                f"decisions: {', '.join(DECISIONS)} (or unscreened)",
            )
        decisions.add(None if word == "none" else word)
    words = decisions - {None}
    return lambda hay: (
        (hay.record.get("decision") or None) in decisions or hay.record.get("agreement") in words
    )


def file_condition(term: Term, context: Context) -> Test:
    """Part of the file's path, or all of it or of its last part for `=`."""
    expected = term.value.casefold().replace("\\", "/")

    def one(path: str) -> bool:
        path = path.casefold().replace("\\", "/")
        return expected in (path, path.rpartition("/")[2]) if term.how == "exact" else expected in path

    return lambda hay: any(map(one, texts(hay.record, "source")))


def id_condition(term: Term, context: Context) -> Test:
    """The beginning of an id, or a whole DOI or arXiv id, as wherever an id is asked for."""
    expected = [part.lower() for part, _ in checked_parts(term, context)]
    begins = tuple(expected) if term.how != "exact" else ()
    equals = {*expected, *map(without_version, expected)}

    def test(hay: Haystack) -> bool:
        record = hay.record
        ids = [text.lower() for text in texts(record, "id")]
        return (
            any(own.startswith(begins) or own in equals for own in ids)
            or any(without_version(text.lower()) in equals for text in texts(record, "arxiv"))
            or any(text.lower() in equals for text in texts(record, "doi"))
        )

    return test


def presence_condition(term: Term, context: Context) -> Test:
    names = []
    for part, at in checked_parts(term, context):
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
    expected = term.field == "has"
    return lambda hay: any(has(hay.record, name) for name in names) is expected
