"""What the readers of loose text share: telling prose from titles, links from text, and leftovers."""

from __future__ import annotations

import math
import re
from collections.abc import Iterable, Iterator, Mapping
from typing import NamedTuple

from paperctl.record.items import About, Item, Skip
from paperctl.text.patterns import ARXIV

_WORD = re.compile(r"[^\W\d_][\w'’-]*")
_BOUNDARY = re.compile(r"[^\s.][\w)\]}$%][.!?][\"'”’)\]]*\s+(?=[\"'“(\[]*[A-Z0-9$])")
_CLAUSE_WORDS = (
    "we our us this these those that which it its is are was were be been has have had can may could will"
    " would such both also however while although recently often remains show shows propose introduce"
    " present find there their they been not only into"
)
_CLAUSE = frozenset(_CLAUSE_WORDS.split())
_SMALL = frozenset(("the", "a", "an", "of", "to", "and", "in", "for", "with", "on", "by", "from", "as", "at"))
_OPENERS = frozenset(("we", "this", "in", "recent", "existing", "while", "although", "however", "the"))
_MACHINE = re.compile(
    r"[{};=<>\\|\t@]|::|\(\)|\s--\s|->|//(?!\S*\.)|^\s*(?:#|import |from |def |class |return )"
    r"|\d\d:\d\d|^\W*\d{4}-\d\d-\d\d|^\W*(?:INFO|DEBUG|WARN|ERROR)\b|\b\d+\.\d+\.\d+\.\d+\b"
)
"""Signs of source code, logs and lists of people: no title has them."""
PROSE_LIMIT = 2000
"""Characters of a line that decide whether it is prose; more says nothing new."""


def prose(text: str) -> float:
    """Log-odds that a text is prose (an abstract, a sentence or a piece of one) and not a title.

    A logistic regression on eight features of sentence shape, fitted on 19,000 titles against
    as many whole, cut and wrapped abstracts (1 % of titles and 3 % of pieces on the wrong side).
    Length is a weak feature on purpose: cut abstracts are shorter than long titles.
    """
    text = text[:PROSE_LIMIT].strip()
    words = _WORD.findall(text)
    lower = [w.lower() for w in words]
    count = max(1, len(words))
    long = [w for w in words[1:] if len(w) > 3]
    score: float = (
        4.0 * min(3, len(_BOUNDARY.findall(text)))
        + 5.8 * text.rstrip("\"')]”’").endswith((".", "…"))
        - 6.0 * sum(w[0].isupper() for w in long) / max(1, len(long))
        + 2.5 * min(4, sum(w in _CLAUSE for w in lower))
        + 3.3 * sum(w in _SMALL for w in lower) / count
        + 2.0 * math.log(count)
        + 1.9 * min(5, text.count(","))
        + 1.5 * bool(lower and lower[0] in _OPENERS)
        - 7.9
    )
    return score


def in_title_case(text: str) -> bool:
    """Whether most long words of a text begin with a capital."""
    long = re.findall(r"[^\W\d_][\w’'-]{3,}", text)
    capitals: int = sum(w[0].isupper() for w in long)
    return capitals >= 0.6 * max(1, len(long))


def reads_like_title(text: str) -> bool:
    """Whether a line is a title by its shape alone: some words, a capital, no sentence, no code."""
    words = re.findall(r"[^\W\d_]{2,}", text)
    first = text.lstrip("\"“'‘([")[:1]
    if not 3 <= len(words) <= 30 or len(text) > 300 or not (first.isupper() or first.isdigit()):
        return False
    return not text.endswith((",", ";", ":", ".")) and not _MACHINE.search(text) and prose(text) < -1


ARXIV_LINK = re.compile(
    r"(?:arxiv\.org/(?:abs|pdf|html|format)|alphaxiv\.org/(?:abs|pdf)|huggingface\.co/papers)/"
    rf"({ARXIV})(?!\d)",
    re.IGNORECASE,
)
CODE_LINK = re.compile(
    r"https?://(?:www\.)?(?:github|gitlab|bitbucket)\.(?:com|org)/[\w.-]+/[\w.-]+", re.IGNORECASE
)
MARKDOWN_IMAGE = re.compile(r"!\[[^\[\]]*\]\([^()]*(?:\([^()]*\)[^()]*)*\)|!\[[^\[\]]*\]\[[^\[\]]*\]")
MARKDOWN_LINK = re.compile(
    r"\[((?:\\.|[^\[\]\\]|\[(?:\\.|[^\[\]\\])*\])*)\]"
    r"\(\s*<?([^()\s<>]*(?:\([^()\s]*\)[^()\s<>]*)*)>?(?:\s+[\"'][^\"']*[\"'])?\s*\)"
)


class Link(NamedTuple):
    text: str
    url: str


def links(text: str) -> list[Link]:
    """The markdown links of a text, images left out; a link to nothing (`#`, empty) has the url ""."""
    found = MARKDOWN_LINK.findall(MARKDOWN_IMAGE.sub("", text))
    return [Link(words.strip(), "" if url.startswith("#") else url) for words, url in found]


def arxiv_id(text: str) -> str | None:
    """The arXiv id of the first arXiv or Hugging Face paper link in a text, without its version."""
    match = ARXIV_LINK.search(text)
    return match[1] if match else None


MONTHS = (
    "Jan(?:uary)?|Feb(?:ruary)?|Mar(?:ch)?|Apr(?:il)?|May|June?|July?"
    "|Aug(?:ust)?|Sept?(?:ember)?|Oct(?:ober)?|Nov(?:ember)?|Dec(?:ember)?"
)
"""Pattern of an English month's name, long or short."""


_MOST_NAMES = 100_000


def people(text: str) -> list[str]:
    """The names in a line of authors, affiliations in brackets left out; an "et al." comes last.

    Names are parted by ";", else by "," and "and"; "Last, First" is recognised by its single words.
    """
    bare = text[:_MOST_NAMES]
    for _ in range(3):  # brackets nest: "(MIT (CSAIL))"
        bare = re.sub(r"\([^()]*\)|[*†‡§]", "", bare)
    bare = " ".join(bare.split())
    whole = re.sub(r"[,;]?\s+(?:et al\b\.?|(?:and|&) (?:\d+ )?others)|[,;]\s*(?:\.\.\.|…)", "", bare)
    further = ["et al."] if whole != bare else []
    bare = whole
    mark = ";" if ";" in bare else ","
    parts = re.split(rf"\s*{mark}\s*(?:and\s+)?|\s+and\s+", bare)
    if mark == "," and len(parts) > 1 and 2 * sum(" " not in p for p in parts) >= len(parts):
        parts = re.split(r"\s+and\s+", bare)
    return [name for part in parts if (name := part.strip(" .,:"))] + further


def covered(
    numbers: Iterable[int], items: Iterable[Item], reasons: Mapping[int, str], rest: str
) -> Iterator[Item]:
    """Items in the order of their lines, with a Skip for every run of lines that no item holds.

    `numbers` are the dump's non-blank lines in order; `reasons` says why a line is skipped where
    it is known, `rest` is the reason of all others. Items may share a line.
    """
    waiting = sorted((i for i in items if not isinstance(i, About)), key=lambda i: i.lines)[::-1]
    run: Skip | None = None
    end = 0
    for number in numbers:
        if run and (waiting and waiting[-1].lines[0] <= number):
            yield run
            run = None
        while waiting and waiting[-1].lines[0] <= number:
            end = max(end, waiting[-1].lines[1])
            yield waiting.pop()
        if number <= end:
            continue
        reason = reasons.get(number, rest)
        if run and run.reason == reason:
            run.lines = (run.lines[0], number)
            continue
        if run:
            yield run
        run = Skip((number, number), reason)
    if run:
        yield run
