"""The shapes of what `--json` prints, a class for each. Those that a class cannot say stand in `schemas`."""

from __future__ import annotations

from typing import Any, Literal, NotRequired, TypedDict

Counts = dict[str, int]


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


class Written(TypedDict):
    """Where a folder was written."""

    written: str


# ---- bulk -----------------------------------------------------------------------------------------


class Rule(TypedDict):
    """How many pairs a rule decided."""

    kind: str
    rule: str
    pairs: int


class Blocks(TypedDict):
    """How many blocks a kind of key makes, and how many records are in all and in the largest."""

    kind: str
    blocks: int
    records: int
    largest: int


class Stage(TypedDict):
    """What one step of a run took."""

    stage: str
    seconds: float
    rows: NotRequired[int]
    bytes: int


class Bulk(TypedDict):
    """What a run over snapshots counted."""

    engine: str
    read: int
    papers: int
    merged: int
    works: int
    versions: int
    doubtful: int
    set_aside: int
    skipped: Counts
    rules: list[Rule]
    blocks: list[Blocks]
    stages: list[Stage]
