"""What every document has of a paper: where it is, where its code is, what it is about in a line."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from itertools import islice
from typing import TYPE_CHECKING

from paperctl.record import UNTITLED, Record
from paperctl.record.citekeys import usable
from paperctl.record.links import link
from paperctl.record.names import OTHERS, is_incomplete
from paperctl.record.works import called, others
from paperctl.text.sanitise import clean

if TYPE_CHECKING:
    from paperctl.normalise.dates import Day

_ABBREVIATIONS = frozenset(
    (
        "e.g",
        "i.e",
        "cf",
        "vs",
        "al",
        "etc",
        "fig",
        "eq",
        "sec",
        "resp",
        "approx",
        "w.r.t",
        "no",
        "vol",
        "dr",
        "st",
    )
)
_END = re.compile(r"[.!?]+[\"')\]”’]*\s+(?=[^a-z\s])|[。！？]")
_LOOKED_AT = 40
"""Sentences of an abstract that are looked through."""
_OURS = r"\b(?:we|this (?:paper|work|article|study|letter|report)|the (?:paper|article)|our (?:work|paper))\b"
_BETWEEN = r"(?:,? (?:\w+ly|here|thus|then|also|further|first|hence|instead|in this \w+|to this end))*,? "
_DOES = tuple(
    re.compile(words, re.I)
    for words in (
        _OURS
        + _BETWEEN
        + r"(?:propose|introduce|present|develop|design|devise|describe|contribute|build|release"
        r"|offer|provide)s?\b",
        _OURS + _BETWEEN + r"(?:show|demonstrate|prove|find|establish|report|argue)s?\b",
        _OURS + _BETWEEN + r"(?:study|studies|investigate|explore|examine|analy[sz]e|evaluate|compare|review"
        r"|survey|revisit|address)\w*",
        # Not "have been proposed": so abstracts speak of what others did.
        r"\bis (?:\w+ly )?(?:proposed|introduced|presented|developed|devised|described)\b",
    )
)
"""How abstracts say what their paper does, what says most first."""
_OURS_AT_ALL = re.compile(
    r"(?:^|[,;:] |\b(?:here|thus|hence) )(?:we|I|this (?:paper|work|article|study|letter|report|thesis))\b"
    r"|\bin this (?:paper|work|article|study|letter|report|thesis)\b",
    re.I,
)
"""What the paper does in other words than these: "We multiply in 8 bits"."""
_WORDS_OF_A_NAME = 3
"""So many words before the colon of a title may name what the paper brings: "GPTQ: accurate …"."""
_LONGEST = 280
"""Characters of the longest takeaway that is taken from an abstract: two lines of a page."""


def one_line(text: object) -> str:
    """The text on one line, single spaces, nothing that a screen would obey."""
    return " ".join(clean(str(text)).split())


def title(record: Record) -> str:
    """The title on one line; never empty."""
    return one_line(record.get("title") or "") or UNTITLED


def cite_key(record: Record) -> str:
    """The paper's cite key; its id where it was given none."""
    key = record.get("citekey")
    return key if isinstance(key, str) and usable(key) else str(record["id"])


def versions(record: Record) -> list[tuple[str, str | None]]:
    """The other versions of a work that is shown once: what each is called, and where to read it."""
    return [(one_line(called(version)), link(version)) for version in others(record)]


def people(record: Record, most: int = 3) -> str:
    """The authors, with "et al." for all but the first when there are more than `most`."""
    names = [one_line(name) for name in record.get("authors") or ()]
    if len(names) > most:
        return f"{names[0]} {OTHERS}"
    return " ".join([", ".join(names), *([OTHERS] if names and is_incomplete(record) else [])])


def published(record: Record) -> str:
    """Venue and year, each only if known and the year only once: "ICLR 2024"."""
    venue, year = one_line(record.get("venue") or ""), str(record.get("year") or "")
    return venue if year and year in venue else f"{venue} {year}".strip()


def year(record: Record) -> int | str | None:
    """The year; where it is not known, what a dump has in its place: "in press"."""
    words = (record.get("extra") or {}).get("year")
    return record.get("year") or (one_line(words) if isinstance(words, str) else None)


def days(record: Record) -> list[Day]:
    """The first and the last day of publication, each as far as it is known; none if only the year is."""
    from paperctl.normalise.dates import days_of  # a room that completing a format's name does not need

    return days_of((record.get("extra") or {}).get("date"), record.get("year"))


def month_and_day(record: Record) -> tuple[int | None, int | None]:
    """The month and the day of publication, as far as they are known."""
    first = (*next(iter(days(record)), ()), None, None, None)
    return first[1], first[2]


def takeaway(record: Record) -> str:
    """One line on the paper: the reader's note, else `extra.takeaway`, else the sentence of the abstract that
    says what the paper does, else its first."""
    for text in (record.get("note"), (record.get("extra") or {}).get("takeaway")):
        if isinstance(text, str) and text.strip():
            return one_line(text)
    sentences = list(islice(_sentences(one_line(record.get("abstract") or "")), _LOOKED_AT))
    for does in (*_DOES, *_begins_with_its_name(record), _OURS_AT_ALL):
        for sentence in sentences:
            if does.search(sentence):
                return _shortened(sentence)
    return _shortened(sentences[0]) if sentences else ""


def _begins_with_its_name(record: Record) -> Iterator[re.Pattern[str]]:
    """How a sentence begins that says what the thing does by which the title names itself, if it does."""
    name, colon, _ = title(record).partition(":")
    if colon and len(name.split()) <= _WORDS_OF_A_NAME:
        yield re.compile(rf"{re.escape(name)}(?!\w)", re.I)


def _sentences(text: str) -> Iterator[str]:
    """The sentences of a text; a full stop of an abbreviation or an initial ends none."""
    here = 0
    for end in _END.finditer(text):
        before = text[here : end.start()].rsplit(None, 1)
        word = before[-1].lstrip("([\"'").lower() if before else ""
        if word not in _ABBREVIATIONS and not (len(word) == 1 and word.isalpha()):
            yield text[here : end.end()].strip()
            here = end.end()
    if rest := text[here:].strip():
        yield rest


def _shortened(text: str) -> str:
    if len(text) <= _LONGEST:
        return text
    return text[: text.rfind(" ", 0, _LONGEST) if " " in text[:_LONGEST] else _LONGEST].rstrip(" ,;:") + " …"


def main_topic(record: Record) -> str | None:
    """The topic with the highest score; the first one of equals; None without topics."""
    scores = record.get("topic_scores") or {}
    return max(record.get("topics") or (), key=lambda topic: scores.get(topic, 0.0), default=None)


def topic_name(topic: str, names: Mapping[str, str]) -> str:
    """How a topic is called in a document: its display name, else its slug."""
    return one_line(names.get(topic) or topic)


def topic_order(topics: set[str], names: Mapping[str, str]) -> list[str]:
    """Topics in the order of their display names' table, those without one by name."""
    place = {topic: n for n, topic in enumerate(names)}
    return sorted(topics, key=lambda topic: (place.get(topic, len(place)), topic))
