"""A person's marks on a paper as one line of text, for formats that have notes but no fields for them.

    paperctl: decision=skip | reason=wrong population | labels=methods, mine | corrections=-llm | note=Dull
    paperctl: decision=maybe | decided_by=Bob, Cy | votes=Bob: keep; Cy: skip

A `|`, a backslash and a line end within a value have a backslash in front. Labels and the decision go out as
keywords as well, `label:methods` and `decision:skip`, because other programs filter by keywords.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Mapping
from typing import Any

from paperctl.record import Record
from paperctl.text import late

VOTES = ("votes", "early_votes")
"""Those that say what each of several people decided, and what they had decided from title and abstract."""
NAMES = ("decision", "decided_by", *VOTES, "stage", "status", "reason", "labels", "corrections", "note")
"""The marks: the fields of a record that only people fill, in the order of the line."""
CARRIED = (*NAMES, "citekey")
"""The fields besides facts that paperctl's own exports carry and readers give back."""
CAST = (*VOTES, "decided_by")
"""What says who of several people decided what."""
MEANT = {
    **dict.fromkeys(("yes", "y", "include", "included", "accept", "in", "relevant"), "keep"),
    **dict.fromkeys(("no", "n", "exclude", "excluded", "reject", "out", "irrelevant"), "skip"),
    **dict.fromkeys(("unsure", "unclear", "later"), "maybe"),
}
"""Words that other programs have for a decision, proposed where one was typed; none of them is obeyed."""
LISTS = ("decided_by", "labels", "corrections")
"""Those that hold several values, which a text parts by commas."""
OPENING = "paperctl: "
_SEPARATOR = late.pattern(r"\s+\|\s+")
_ESCAPED = late.pattern(r"\\(.)", re.S)
_TAG = late.pattern(r"(?:decision|label):")


def line_of(record: Record) -> str:
    """The line; "" for a paper without marks."""
    parts = [f"{name}={_escaped(_text(value))}" for name in NAMES if (value := record.get(name))]
    return OPENING + " | ".join(parts) if parts else ""


def tags_of(record: Record) -> list[str]:
    """The keywords that stand for the decision and the labels."""
    decision = [f"decision:{record['decision']}"] if record.get("decision") else []
    return decision + [f"label:{label}" for label in record.get("labels") or () if ";" not in label]


def is_tag(keyword: str) -> bool:
    """Whether a keyword is one of `tags_of`."""
    return bool(_TAG.match(keyword))


def read_line(text: object) -> dict[str, Any] | None:
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


def votes_text(votes: Mapping[str, str]) -> str:
    """Votes as a text, "Bob: keep; Cy: skip"."""
    return "; ".join(f"{name}: {decision}" for name, decision in votes.items())


def votes_of(text: str) -> dict[str, str]:
    """The votes of such a text; a name may hold a colon."""
    parts = (part.rpartition(":") for part in text.split(";"))
    return {name.strip(): decision.strip() for name, sign, decision in parts if sign and name.strip()}


def outcome_of(votes: Collection[str]) -> str | None:
    """The decision that follows from votes: a maybe gives way, a keep against a skip is a maybe."""
    firm = {vote for vote in votes if vote != "maybe"} or {*votes}
    return (firm.pop() if len(firm) == 1 else "maybe") if firm else None


def unfit_in_name(name: str) -> bool:
    """Whether a reviewer's name holds a separator of names or a control character."""
    return any(sign in ",;" or sign < " " or "\x7f" <= sign < "\xa0" for sign in name)


def listed(text: str) -> list[str]:
    """Labels or reviewers of a text that separates them by commas, which none of them holds."""
    return [label for part in text.split(",") if (label := part.strip())]


def _text(value: object) -> str:
    if isinstance(value, dict):
        return votes_text(value)
    return ", ".join(value) if isinstance(value, list) else str(value)


def _escaped(text: str) -> str:
    return re.sub(r"[\\|]", r"\\\g<0>", text).replace("\n", "\\n")


def without_tags(keywords: Iterable[str]) -> list[str]:
    """Keywords without those that stand for a decision or a label."""
    return [keyword for keyword in keywords if not is_tag(keyword)]
