"""`paperctl schema`: the JSON Schema of each shape that a command prints."""

from __future__ import annotations

from types import FunctionType
from typing import Any, NamedTuple

from msgspec import json

from paperctl.cli.shapes import Counts, bulk, changes, counts, duplicates, loading, settings, topics
from paperctl.errors import CODES
from paperctl.record.fields import FIELDS

_MEANS = {
    "id": "made of the paper's content: the same on every machine",
    "year": "null where no dump says it",
    "doi": "without https://doi.org/",
    "arxiv_id": "without the version",
    "code_urls": "links to code; has_code may be true without one",
    "topics": "by the rules, as corrected by hand",
    "topic_scores": "what the rules gave each topic that had any cue",
    "decision": "keep, skip, maybe, or null",
    "reason": "why it was skipped",
    "stage": "what the decision was made from: abstract or fulltext",
    "status": "of reading: todo, reading, read",
    "note": "the user's own text",
    "labels": "the user's own labels",
    "corrections": "topics given by hand; with a minus those taken away",
    "decided_by": "who decided",
    "added": "when it came into the store, RFC 3339",
    "filled": "for each fact that load --enrich filled, the entry it came from",
    "versions": "ids of other versions of the same work",
    "work": "id of the version in front",
    "sources": "the entry of a dump that each merged source was: file, format, lines, key, title as it stood",
    "extra": "fields of its dumps that paperctl does not know",
    "schema": "version of this shape",
}


def record() -> dict[str, Any]:
    """A paper."""
    keys = [field for field in FIELDS if "." not in field.name]
    return {
        "title": "Record",
        "description": "A paper. Keys that are not named here may be there, too.",
        "type": "object",
        "properties": {field.name: {**json.schema(field.type), **_described(field.name)} for field in keys},
        "required": [field.name for field in keys if not field.optional],
    }


def _described(name: str) -> dict[str, str]:
    return {"description": _MEANS[name]} if name in _MEANS else {}


def papers() -> dict[str, Any]:
    """An array of papers."""
    return {"title": "Papers", "type": "array", "items": record()}


def evaluation() -> dict[str, Any]:
    """Tags measured against labels."""
    number = {"type": "number"}
    measured = {"precision": number, "recall": number, "f1": number}
    return {
        "title": "Evaluation",
        "description": "A key for each topic; `unknown` are labelled papers that the store lacks.",
        "type": "object",
        "properties": {"macro_f1": number, "unknown": {"type": "array", "items": {"type": "string"}}},
        "required": ["macro_f1", "unknown"],
        "additionalProperties": {"type": "object", "properties": measured, "required": [*measured]},
    }


def error() -> dict[str, Any]:
    """Why a command failed."""
    codes = {"oneOf": [{"const": code, "description": means} for code, means in CODES.items()]}
    inner = {
        "type": "object",
        "properties": {
            "code": codes,
            "message": {"type": "string"},
            "hint": {"type": ["string", "null"], "description": "how to mend it"},
            "status": {"type": "integer", "description": "the exit status"},
        },
        "required": ["code", "message", "hint", "status"],
    }
    return {
        "title": "Error",
        "description": "Why a command failed: the last line of stderr with --json.",
        "type": "object",
        "properties": {"error": inner},
        "required": ["error"],
    }


class Shape(NamedTuple):
    """Which commands print a shape, the type of it or a function that gives its schema, and whether it is one
    value or one a line."""

    made_by: str
    of: Any
    lines: bool = False


SHAPES = {
    "record": Shape("list, search, similar, export with --jsonl; show --json", record, True),
    "papers": Shape("list, search, similar, export with --json", papers),
    "receipt": Shape("load", loading.Receipt),
    "done": Shape("mark, note, rm, tag add …, label add …, query save …, screen --adopt", changes.Done),
    "note": Shape("note ID", changes.Note),
    "opened": Shape("open", changes.Opened, True),
    "labels": Shape("label", Counts),
    "queries": Shape("query list", dict[str, str]),
    "change": Shape("log, undo, redo", changes.Change, True),
    "checked": Shape("check", changes.Checked),
    "plan": Shape("dedupe", duplicates.Plan),
    "pair": Shape("dedupe why", duplicates.Pair, True),
    "titled": Shape("dedupe split, tag review", duplicates.Titled, True),
    "written": Shape("audit", changes.Written),
    "bulk": Shape("bulk dedupe, bulk tag", bulk.Bulk),
    "topic": Shape("topics", topics.Topic, True),
    "pack": Shape("topics --packs", topics.Pack, True),
    "suggestion": Shape("topics suggest", topics.Suggestion, True),
    "explanation": Shape("topics explain", topics.Explanation, True),
    "retagged": Shape("tag", topics.Retagged),
    "evaluation": Shape("tag eval", evaluation),
    "replay": Shape("screen --simulate", counts.Replay),
    "statistics": Shape("stats", counts.Statistics),
    "settings": Shape("config; config get, set, unset", settings.Settings),
    "mistakes": Shape("config check", list[settings.Mistake]),
    "error": Shape("every command that fails, on stderr", error),
}
"""Name of a schema → what it describes."""


def schema(name: str) -> dict[str, Any]:
    """The JSON Schema of a shape."""
    shape = SHAPES[name].of
    described = shape() if isinstance(shape, FunctionType) else json.schema(shape)
    return {"$schema": "https://json-schema.org/draft/2020-12/schema", **described}
