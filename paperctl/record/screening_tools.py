"""Decisions that other screening tools wrote into their exports.

Rayyan keeps them in its notes (`RAYYAN-INCLUSION: {"Ann"=>"Included"}`), ASReview in `included` or
`asreview_label`, Covidence in the name of the list a file was exported from or in a tag.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache
from typing import Literal

from paperctl.record import Extra
from paperctl.text.fold import fold

Decision = Literal["keep", "skip", "maybe"]

FIELDS = (
    "included",
    "asreview_label",
    "label_included",
    "final_included",
    "label",
    "decision",
    "screening_decision",
    "inclusion",
    "status",
    "covidence_status",
    "tags",
    "notes",
    "user_notes",
)
"""Fields of `extra` that may hold a decision; the first that does counts."""

_WORDS: dict[str, Decision] = {
    **dict.fromkeys(
        ("1", "1 0", "true", "yes", "y", "relevant", "include", "included", "keep", "accept"), "keep"
    ),
    **dict.fromkeys(
        ("0", "0 0", "false", "no", "n", "irrelevant", "exclude", "excluded", "skip", "reject"), "skip"
    ),
    **dict.fromkeys(("maybe", "undecided", "conflict", "unsure"), "maybe"),
}
_WORD = 100
"""Signs of a value up to which it may come again in the next entries."""
_BARE = {"included", "asreview_label", "label_included", "final_included", "label"}
"""Only in these do 0 and 1 mean a decision; -1 and an empty field mean none."""
_NOTES = ("notes", "user_notes", "asreview_note", "exported_notes")
_REASON_FIELDS = ("exclusion_reason", "exclusion_reasons", "reason", "reason_for_exclusion", "exclude_reason")
_TELLING = frozenset((*FIELDS, *_NOTES))
_REASONS = re.compile(r"RAYYAN-EXCLUSION-REASONS:\s*(.+?)\s*(?:\||$)|Exclusion reason:\s*([^;|]+)", re.S)
_USER_NOTES = re.compile(r"USER-NOTES:\s*(.+?)\s*(?:\|\s*(?=[A-Z-]+:)|$)", re.S)
_MARKED = re.compile(r"RAYYAN-|ASReview_")
_COVIDENCE_KEY = re.compile(r"#\d+")
_RAYYAN_LABELS = re.compile(r"RAYYAN-LABELS:\s*(.+?)\s*(?:\||$)", re.S)
_VOTE = re.compile(r'"([^"]*)"\s*=>\s*"(Included|Excluded|Maybe)"', re.I)


def decision_in(extra: Extra) -> Decision | None:
    """The decision in a record's extra fields, None if there is none.

    Where several people decided, one decision counts if all agree; else the paper is a maybe.
    """
    for name, own in _places(tuple(extra)):
        if (value := extra[own]) is None:
            continue
        values = value if isinstance(value, list) else [value]
        found = {d for v in values if v is not None for d in _decisions(name, v)}
        if found:
            return found.pop() if len(found) == 1 else "maybe"
    return None


def may_hold_decisions(extra: Extra) -> bool:
    """Whether any of the extra fields is one that may hold a decision or a note."""
    return not _TELLING.isdisjoint(_names(tuple(extra)))


def votes_in(extra: Extra) -> dict[str, Decision]:
    """Who decided what, as Rayyan writes it; paperctl's own exports to Rayyan have no names."""
    votes: dict[str, Decision] = {}
    for text in _texts(_by_name(extra).get("notes")):
        votes.update(_rayyan_votes(text))
    return {name: vote for name, vote in votes.items() if name not in ("", "paperctl")}


def _rayyan_votes(text: str) -> Iterator[tuple[str, Decision]]:
    """Who decided what, as a note of Rayyan says; nothing in other notes."""
    votes = text.partition("RAYYAN-INCLUSION")[2].partition("|")[0]
    return ((name, _WORDS[fold(word)]) for name, word in _VOTE.findall(votes))


def note_in(extra: Extra) -> str | None:
    """The note that a person wrote in another tool: Rayyan's `USER-NOTES`, Covidence's, ASReview's."""
    fields = _by_name(extra)
    for name in _NOTES:
        if name in fields and (text := " | ".join(_texts(fields.get(name)))).strip():
            part = _USER_NOTES.search(text)
            if part:
                return _quoted(part[1])
            if not _MARKED.search(text) and not _decisions("notes", text):
                return text.strip()
    return None


def reason_in(extra: Extra) -> str | None:
    """Why a paper was excluded, as Rayyan, Covidence, EPPI-Reviewer and others write it."""
    fields = _by_name(extra)
    for name in ("notes", "user_notes"):
        if part := _REASONS.search(" | ".join(_texts(fields.get(name)))):
            return " ".join((part[1] or part[2]).split()) or None
    for name in _REASON_FIELDS:
        if isinstance(text := fields.get(name), str) and text.strip():
            return " ".join(text.split())
    return None


def labels_in(extra: Extra) -> list[str]:
    """The labels that people gave a paper in Rayyan."""
    found = _RAYYAN_LABELS.search(" | ".join(_texts(_by_name(extra).get("notes"))))
    labels = found[1].split(",") if found else []
    return list(dict.fromkeys(label for part in labels if (label := part.strip())))


def is_of_a_tool(extra: Extra, key: str | None) -> bool:
    """Whether Rayyan, Covidence or ASReview wrote an entry, so that what looks like a decision is one."""
    if "notes" in extra and any(map(_MARKED.search, _texts(extra["notes"]))):
        return True
    has_status, by_name = _of_tools(tuple(extra))
    return by_name or (has_status and bool(_COVIDENCE_KEY.fullmatch(key or "")))


def _texts(value: object) -> list[str]:
    return [text for text in (value if isinstance(value, list) else [value]) if isinstance(text, str)]


def _by_name(extra: Extra) -> dict[str, object]:
    """The fields by their names as they are listed here, whatever their spelling."""
    return dict(zip(_names(tuple(extra)), extra.values(), strict=True))


@lru_cache(maxsize=1 << 12)
def _names(names: tuple[object, ...]) -> tuple[str, ...]:
    """Names of fields as they compare; kept, because the entries of a load have the same few."""
    return tuple(fold(str(name)).replace(" ", "_") for name in names)


@lru_cache(maxsize=1 << 12)
def _places(names: tuple[str, ...]) -> tuple[tuple[str, str], ...]:
    """Those of the fields that may hold a decision, in their order, each with its own name among these."""
    own = dict(zip(_names(names), names, strict=True))
    return tuple((name, own[name]) for name in FIELDS if name in own)


@lru_cache(maxsize=1 << 12)
def _of_tools(names: tuple[object, ...]) -> tuple[bool, bool]:
    """Whether one of these names is "status", and whether one is a tool's own."""
    known = _names(names)
    return "status" in known, any(name.startswith(("asreview_", "covidence")) for name in known)


def _quoted(text: str) -> str:
    """Rayyan's notes without the braces and the names of those who wrote them."""
    found = re.findall(r'=>\s*\[?"((?:[^"\\]|\\.)*)"', text)
    return "\n".join(found) if found else text.strip()


def _decisions(name: str, value: object) -> frozenset[Decision]:
    text = str(value)
    return (_decisions_in if len(text) < _WORD else _decisions_in.__wrapped__)(name, text)


@lru_cache(maxsize=1 << 12)
def _decisions_in(name: str, text: str) -> frozenset[Decision]:
    if "RAYYAN-INCLUSION" in text:
        return frozenset(decision for _, decision in _rayyan_votes(text))
    word = fold(text)
    if word not in _WORDS or text.strip().startswith("-"):
        return frozenset()
    if len(word.removesuffix(" 0")) == 1 and name not in _BARE:
        return frozenset()
    return frozenset((_WORDS[word],))
