"""What a slide deck says of itself: its title and speaker, its funnel, its topics and open questions."""

from __future__ import annotations

import re
from collections.abc import Sequence

from paperctl.readers._deck.slides import DECK_HEADING, DISCUSSION, Line, topics, whole_link
from paperctl.readers._text import prose
from paperctl.record.items import Object

MEETING = re.compile(r"\b([A-Z][a-z]*[A-Z][A-Za-z]*)(?:[ -]?((?:19|20)\d\d)| ?[’'](\d\d))\b")
"""A conference and its year: "ICLR 2024", "CVPR'24"."""

_PERSON = re.compile(
    r"(?:(?i:by|speaker|presented by|presenter|talk by)\W+)?"
    r"((?:[A-Z][\w'’.-]* ){1,3}[A-Z][\w'’-]+)(?:\s*[,(|].*)?"
)
_N = r"(\d[\d,.]*[kK]?)\b"
_FUNNEL = {
    "received": rf"receiv\w*\W{{0,6}}(?:about |over |around )?{_N}|{_N}\+?\W*(?:papers? )?submi(?:ss|tt)",
    "accepted": rf"accept\w*\W{{0,4}}{_N}|{_N}\W*(?:papers? )?accept",
    "prefiltered": rf"pre-?\s?filter\w*\W{{0,6}}{_N}",
    "postfiltered": rf"post-?\s?filter\w*\W{{0,6}}{_N}",
}


def funnel(texts: Sequence[str]) -> dict[str, int]:
    """How many papers were received, looked at and kept, in the words of the deck."""
    found: dict[str, int] = {}
    for text in texts:
        for stage, pattern in _FUNNEL.items():
            match = re.search(pattern, text.replace("**", "")[:500], re.IGNORECASE)
            if match and stage not in found and (count := _count(match[1] or match[2])):
                found[stage] = count
    return found


def _count(text: str) -> int:
    """The number that "7,500" or "7.5k" stands for; 0 if none."""
    digits = text.rstrip("kK").replace(",", "").rstrip(".")
    try:
        return int(float(digits) * (1000 if text[-1] in "kK" else 1))
    except (ValueError, OverflowError):
        return 0


def about_deck(lines: Sequence[Line]) -> Object:
    """Title, speaker, venue, year, funnel, topics and questions, as far as the deck says them."""
    head = [line.text for line in lines if line.kind == DECK_HEADING]
    plain = list(filter(_is_plain, head))
    title = _title(plain)
    about: Object = {"title": title}
    if title:
        after = map(_PERSON.fullmatch, plain[plain.index(title) + 1 :])
        about["speaker"] = next((person[1] for person in after if person), None)
    if meeting := next(filter(None, map(MEETING.search, [title or "", *head])), None):
        about |= {"venue": meeting[1], "year": int(meeting[2] or f"20{meeting[3]}")}
    about["funnel"] = funnel(head)
    about["topics"] = [topic for t in head for topic in topics(t)]
    about["questions"] = _questions(lines)
    return {k: v for k, v in about.items() if v}


def _is_plain(text: str) -> bool:
    return prose(text) < 2 and not whole_link(text) and not funnel([text])


def _title(plain: Sequence[str]) -> str | None:
    """The deck's title: a short line that names the meeting, of three words and more; else the first line of
    more than one word."""
    named = [t for t in plain if MEETING.search(t) and len(t.split()) <= 10]
    if named:
        return max(named, key=lambda t: len(t.split()) > 2)
    return next((t for t in plain if " " in t), None)


def _questions(lines: Sequence[Line]) -> list[str]:
    """The questions for the discussion, of four words and more."""
    asked = [line.text for line in lines if line.kind == DISCUSSION and "?" in line.text]
    return [question for question in asked if len(question.split()) > 3]
