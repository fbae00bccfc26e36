"""A person's marks on a paper as one line of text, for formats that have notes but no fields for them.

    paperctl: decision=skip | reason=wrong population | labels=methods, mine | corrections=-llm | note=Dull

A `|`, a backslash and a line end within a value have a backslash in front. Labels and the decision go out as
keywords as well, `label:methods` and `decision:skip`, because other programs filter by keywords.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from typing import Any

from paperctl.record import Record
from paperctl.text import late

NAMES = ("decision", "decided_by", "stage", "status", "reason", "labels", "corrections", "note")
"""The marks: the fields of a record that only people fill, in the order of the line."""
CARRIED = (*NAMES, "citekey", "votes")
"""The fields besides facts that paperctl's own exports carry and readers give back."""
LISTS = ("decided_by", "labels", "corrections")
"""Those that hold several values, which a text parts by commas."""
OPENING = "paperctl: "
_SEPARATOR = late.pattern(r"\s+\|\s+")
_ESCAPED = late.pattern(r"\\(.)", re.S)
_TAG = late.pattern(r"(?:decision|label):")


def line_of(record: Record) -> str:
    """The line; "" for a paper without marks."""
    marks = [(name, deciders_of(record) if name == "decided_by" else record.get(name)) for name in NAMES]
    parts = [f"{name}={_escaped(_text(value))}" for name, value in marks if value]
    return OPENING + " | ".join(parts) if parts else ""


def tags_of(record: Record) -> list[str]:
    """The keywords that stand for the decision and the labels."""
    decision = [f"decision:{record['decision']}"] if record.get("decision") else []
    return decision + [f"label:{label}" for label in record.get("labels") or () if ";" not in label]


def deciders_of(record: Record) -> list[str]:
    """Who made the decision that a paper has: of several people those who decided so."""
    votes, decision = record.get("votes") or {}, record.get("decision")
    return [name for name in record.get("decided_by") or () if votes.get(name, decision) == decision]


def is_tag(keyword: str) -> bool:
    """Whether a keyword is one of `tags_of`."""
    return bool(_TAG.match(keyword))


def read_line(text: Any) -> dict[str, Any] | None:
    """The marks that a line holds, by the names of a record's fields; None for any other text."""
    if not isinstance(text, str) or not text.strip().startswith(OPENING):
        return None
    found: dict[str, Any] = {}
    for part in _SEPARATOR.split(text.strip()[len(OPENING) :]):
        name, sign, value = part.partition("=")
        if name not in NAMES or not sign:
            return None
        plain = _ESCAPED.sub(lambda m: "\n" if m[1] == "n" else m[1], value)
        found[name] = listed(plain) if name in LISTS else plain
    return found


def corrections_of(topics: Mapping[str, bool]) -> list[str]:
    """Corrections as words: the topic, with a minus in front where it was taken away."""
    return [topic if belongs else f"-{topic}" for topic, belongs in topics.items()]


def corrected(words: Iterable[str]) -> dict[str, bool]:
    """The corrections that such words mean."""
    return {topic: topic is word for word in words if (topic := word.removeprefix("-").strip())}


def unfit_in_name(name: str) -> bool:
    """Whether a reviewer's name holds a separator of names or a control character."""
    return any(sign in ",;" or sign < " " or "\x7f" <= sign < "\xa0" for sign in name)


def listed(text: str) -> list[str]:
    """Labels or reviewers of a text that separates them by commas, which none of them holds."""
    return [label for part in text.split(",") if (label := part.strip())]


def _text(value: Any) -> str:
    return ", ".join(value) if isinstance(value, list) else str(value)


def _escaped(text: str) -> str:
    return re.sub(r"[\\|]", r"\\\g<0>", text).replace("\n", "\\n")


def without_tags(keywords: Iterable[str]) -> list[str]:
    """Keywords without those that stand for a decision or a label."""
    return [keyword for keyword in keywords if not is_tag(keyword)]
