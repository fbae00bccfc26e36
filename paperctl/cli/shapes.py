"""The shapes of what `--json` prints, as `paperctl schema` tells them: one class or function for each."""

from __future__ import annotations

from types import FunctionType
from typing import Any, Literal, NamedTuple, NotRequired, TypedDict

from msgspec import json

from paperctl.errors import CODES
from paperctl.record.fields import FIELDS

Counts = dict[str, int]


# ---- papers ---------------------------------------------------------------------------------------

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


# ---- loading --------------------------------------------------------------------------------------


class Skipped(TypedDict):
    """Lines that are no paper."""

    lines: tuple[int, int]
    reason: str


class Problem(TypedDict):
    """What could not be read (`errors`) or was read with a doubt (`warnings`)."""

    line: int | None
    lines: NotRequired[tuple[int, int]]
    message: str


class File(TypedDict):
    """What became of one dump: each of its lines is part of a paper, skipped, or an error."""

    file: str
    format: str | None
    read: int
    new: int
    merged: int
    unchanged: int
    decisions: NotRequired[int]
    kept_out: NotRequired[int]
    filled: NotRequired[Counts]
    skipped: list[Skipped]
    errors: list[Problem]
    warnings: NotRequired[list[Problem]]


class Receipt(TypedDict):
    """What a load did."""

    read: int
    new: int
    merged: int
    unchanged: int
    files: list[File]


# ---- changes --------------------------------------------------------------------------------------


class Done(TypedDict):
    """What a command did to papers. `at` names the change for `undo`; it is null where all was so already."""

    at: str | None
    did: str
    ids: list[str]


class Note(TypedDict):
    """The user's note on a paper."""

    id: str
    note: str | None


class Opened(TypedDict):
    """Where a paper is to be read: its link, else its file."""

    id: str
    link: str | None


class Change(TypedDict):
    """A change of the store; `at` is its id. Further keys count what it changed."""

    at: str
    did: str
    by: str | None
    undone: bool


class Finding(TypedDict):
    """Something wrong in the store; serious where papers or decisions are at stake."""

    what: str
    serious: bool


class Checked(TypedDict):
    """Whether the store is whole, what was found, and what --repair did."""

    whole: bool
    findings: list[Finding]
    repaired: list[str]


# ---- duplicates -----------------------------------------------------------------------------------


class Doubt(TypedDict):
    """A pair for a person to decide on."""

    ids: tuple[str, str]
    score: float
    evidence: list[str]


class Plan(TypedDict):
    """What a pass found: clusters to merge, pairs to link, to ask about, to keep apart, to unlink."""

    merge: list[list[str]]
    version: list[tuple[str, str]]
    maybe: list[Doubt]
    distinct: list[tuple[str, str]]
    unlinked: list[tuple[str, str]]


class Pair(TypedDict):
    """What the rules say of two papers; `keys` is why they were compared, `word` what the user said."""

    ids: tuple[str, str]
    verdict: Literal["duplicate", "version", "maybe", "distinct"]
    score: float
    evidence: list[str]
    keys: list[str]
    word: str | None
    linked: bool


class Titled(TypedDict):
    """A paper by name; `score` is what the rules gave it."""

    id: str
    title: str
    score: NotRequired[float]


# ---- topics ---------------------------------------------------------------------------------------


class Topic(TypedDict):
    """A topic with its rule; `cues` by kind."""

    topic: str
    name: str
    papers: int
    threshold: float
    implies: list[str]
    aliases: list[str]
    source: str
    cues: dict[str, list[str]]


class Pack(TypedDict):
    """A set of topics that the setting topic_packs switches on."""

    pack: str
    on: bool


class Suggestion(TypedDict):
    """A cue worth adding, and F1 on the papers tagged by hand before and after."""

    cue: str
    kind: str
    tagged: int
    others: int
    f1_before: float
    f1_after: float


class Cue(TypedDict):
    """A cue that was found: what it is, where it stood, how often, what it brought."""

    cue: str
    rule: str
    kind: str
    place: str
    weight: float
    count: int
    contribution: float
    told: float


class Verdict(TypedDict):
    """Why a paper has a topic or has it not; `given` is what the rules say."""

    topic: str
    given: bool
    score: float
    threshold: float
    cues: list[Cue]
    implied_by: list[str]
    lacks: list[str]


class Explanation(TypedDict):
    """Why a paper has its topics."""

    id: str
    title: str
    topics: list[Verdict]


class Gained(TypedDict):
    """How many papers gained and lost a topic."""

    topic: str
    gained: int
    lost: int


class Retagged(TypedDict):
    """What applying the rules changed; `learned` says of each topic what corrections taught, or why not."""

    papers: int
    changed: int
    changes: list[Gained]
    learned: dict[str, str]


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


# ---- screening, counts, settings --------------------------------------------------------------------


class Stop(TypedDict):
    """When stopping was first advised, and the share of the wanted papers found by then."""

    at: int
    recall: float


class Replay(TypedDict):
    """A replay of screening: ids in the order in which they were shown."""

    order: list[str]
    wss95: float
    recall10: float
    recall5: float
    stop: Stop | None


class Funnel(TypedDict):
    """From entries identified in dumps to papers kept."""

    identified: int
    duplicates_removed: int
    papers: int
    screened: int
    kept: int
    skipped: int
    maybe: int


class Works(TypedDict):
    """The funnel where versions of a work count once."""

    works: int
    screened: int
    kept: int
    skipped: int
    maybe: int


class Two(TypedDict):
    """How far two reviewers agree: the share of papers on which they do, and Cohen's kappa."""

    reviewers: list[str]
    papers: int
    agreed: int
    agreement: float
    kappa: float | None


class Agreement(TypedDict, total=False):
    """Papers on which several reviewers agree, do not, or did in the end; empty while there is one."""

    agreed: int
    conflict: int
    resolved: int
    pairs: list[Two]


class Statistics(TypedDict):
    """Counts of papers. `sources` and `source_types` count entries of dumps; `reasons` counts skips (""
    without a reason), `full_texts` and `full_text_reasons` decisions made from full texts; `dumps` is what
    slide decks say of their own funnel."""

    papers: int
    funnel: Funnel
    works: Works
    agreement: Agreement
    with_code: int
    topics: Counts
    years: Counts
    reasons: Counts
    full_texts: Counts
    full_text_reasons: Counts
    source_types: Counts
    papers_by_other_methods: int
    sources: Counts
    topic_years: dict[str, Counts]
    dumps: dict[str, Any]


Setting = TypedDict("Setting", {"value": Any, "from": str})
"""A setting in force, and where it came from."""
Settings = dict[str, Setting]


class Mistake(TypedDict):
    """A mistake in a config file."""

    file: str
    line: int | None
    message: str
    hint: str | None


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
    "receipt": Shape("load", Receipt),
    "done": Shape("mark, note, rm, tag add …, label add …, query save …, screen --adopt", Done),
    "note": Shape("note ID", Note),
    "opened": Shape("open", Opened, True),
    "labels": Shape("label", Counts),
    "queries": Shape("query list", dict[str, str]),
    "change": Shape("log, undo, redo", Change, True),
    "checked": Shape("check", Checked),
    "plan": Shape("dedupe", Plan),
    "pair": Shape("dedupe why", Pair, True),
    "titled": Shape("dedupe split, tag review", Titled, True),
    "topic": Shape("topics", Topic, True),
    "pack": Shape("topics --packs", Pack, True),
    "suggestion": Shape("topics suggest", Suggestion, True),
    "explanation": Shape("topics explain", Explanation, True),
    "retagged": Shape("tag", Retagged),
    "evaluation": Shape("tag eval", evaluation),
    "replay": Shape("screen --simulate", Replay),
    "statistics": Shape("stats", Statistics),
    "settings": Shape("config; config get, set", Settings),
    "mistakes": Shape("config check", list[Mistake]),
    "error": Shape("every command that fails, on stderr", error),
}
"""Name of a schema → what it describes."""


def schema(name: str) -> dict[str, Any]:
    """The JSON Schema of a shape."""
    shape = SHAPES[name].of
    described = shape() if isinstance(shape, FunctionType) else json.schema(shape)
    return {"$schema": "https://json-schema.org/draft/2020-12/schema", **described}
