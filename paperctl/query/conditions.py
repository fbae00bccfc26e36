"""One term of a query as a test of records: which condition each kind of field has."""

from __future__ import annotations

from paperctl.query.labels import file_condition, id_condition, label_condition, presence_condition
from paperctl.query.ranges import added_condition, load_condition, year_condition
from paperctl.query.terms import Context, Test, says_whether
from paperctl.query.tree import Term
from paperctl.query.words import extra_condition, people_condition, regex_condition, words_condition
from paperctl.record.fields import kind
from paperctl.record.values import has


def condition(term: Term, context: Context, joined: tuple[str, ...] = ()) -> Test:
    """The test that a term means; `joined` are words that it makes with its neighbours.

    Raises `UsageError` with a caret if its value is not one of its field.
    """
    sort = kind(term.field)
    if (expected := says_whether(term)) is not None:
        return lambda hay: has(hay.record, "code") is expected
    if term.how == "regex" and sort != "presence":
        return regex_condition(term, context)
    if sort == "text":
        return (
            extra_condition(term, context)
            if term.field[:6] == "extra."
            else words_condition(term, context, joined)
        )
    return {
        "people": people_condition,
        "number": year_condition,
        "date": added_condition,
        "load": load_condition,
        "label": label_condition,
        "file": file_condition,
        "id": id_condition,
        "presence": presence_condition,
    }[sort](term, context)
