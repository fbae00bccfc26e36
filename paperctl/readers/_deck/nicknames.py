"""Matching what a speaker calls a paper ("Frozen-LLM", "EfficientMod-s") to the paper's whole title."""

from __future__ import annotations

import re
from collections.abc import Sequence

from paperctl.text.fold import fold

CERTAIN, LIKELY = 0.9, 0.5
_CAMEL = re.compile(r"(?<=[a-z])(?=[A-Z])|(?<=[A-Za-z])(?=\d)|(?<=\d)(?=[A-Za-z])")
_VERSION = re.compile(r"[-_ ]?[vV]?\d+(?:\.\d+)?$")
_FILLERS = frozenset(
    ("a", "an", "the", "of", "for", "in", "with", "to", "and", "on", "via", "from", "by", "as", "are")
)


def likeness(nickname: str, title: str) -> float:
    """How sure it is, 0 to 1, that a slide's name for a paper means the paper of this title.

    1 for the same title; near 1 where the name is short for it (`shortens`); below that the share
    of words in common.
    """
    short, words = fold(nickname).split(), fold(title).split()
    if not short or not words:
        return 0.0
    if "".join(short) == "".join(words):
        return 1.0
    if len(short) > 3:
        return _overlap(short, words)
    unversioned = _VERSION.sub("", nickname)
    if unversioned != nickname and not re.search(r"\d", title) and shortens(unversioned, title) >= CERTAIN:
        return 0.7  # "ThinNet-V2" where the title tells no version
    return max(shortens(nickname, title), _shared(nickname, words))


def shortens(name: str, title: str) -> float:
    """How sure it is that a name is the head of a title ("SLIME: ..."), its first words cut short
    ("EfficientMod": Efficient Modulation), or their initials."""
    packed, words = fold(name).replace(" ", ""), fold(title).split()
    head, colon, _ = title.partition(":")
    if len(packed) < 3 or not words:
        return 0.0
    if colon and fold(head).replace(" ", "") == packed:
        return 0.98
    if (
        len(packed) >= 4
        and "".join(words).startswith(packed)
        and packed not in words
        and not packed[-1].isdigit()
    ):
        return 0.95
    return _abbreviation(packed, words)


def _overlap(short: Sequence[str], words: Sequence[str]) -> float:
    """Jaccard overlap of two whole titles, 1 if one is the other's beginning."""
    if list(words[: len(short)]) == list(short) or list(short[: len(words)]) == list(words):
        return 0.97
    a, b = set(short) - _FILLERS, set(words) - _FILLERS
    return 0.95 * len(a & b) / max(1, len(a | b))


def _abbreviation(packed: str, words: Sequence[str]) -> float:
    """Whether the letters are beginnings of successive words, fillers passed over."""
    content = [w for w in words if w not in _FILLERS]
    for start in range(len(content)):
        left, used, longest = packed, 0, 0
        for word in content[start:]:
            head = 0
            while head < min(len(word), len(left)) and word[head] == left[head]:
                head += 1
            if not head:
                break
            left, used, longest = left[head:], used + 1, max(longest, head)
            if not left:
                break
        if not left and used >= 2 and (longest >= 3 or (used >= 3 and used == len(packed))):
            return 0.92 if start == 0 else 0.7
    return 0.0


def _shared(nickname: str, words: Sequence[str]) -> float:
    """Share of the name's parts that are words of the title; the first part must be one."""
    parts = fold(_CAMEL.sub(" ", nickname)).split()
    known = [p in words or (len(p) >= 4 and any(w.startswith(p) for w in words)) for p in parts]
    if not parts or not known[0] or len(parts[0]) < 4 or any(p.isdigit() and p not in words for p in parts):
        return 0.0
    return 0.8 * sum(known) / len(known) + 0.1


_NAME_TOKEN = re.compile(r"[A-Za-z][\w]*(?:[-+.][\w]+)*")


def names_in(text: str) -> list[str]:
    """Tokens of a text that may be a paper's nickname: inner capitals, all capitals or a digit.

    "EfficientMod-xxs" also gives "EfficientMod": result rows name a paper's variants.
    """
    found: list[str] = []
    for token in _NAME_TOKEN.findall(text):
        if len(token) >= 3 and any(c.isupper() for c in token[1:]):
            found.append(token)
            if "-" in token:
                found.append(token.rsplit("-", 1)[0])
    return found


def pair_up(names: Sequence[str], titles: Sequence[str]) -> dict[int, int]:
    """The best one-to-one pairing: index of a name to index of its title, LIKELY or better."""
    scored = sorted(
        (
            (score, -abs(n - t), n, t)
            for n, name in enumerate(names)
            for t, title in enumerate(titles)
            if (score := likeness(name, title)) >= LIKELY
        ),
        reverse=True,
    )
    paired: dict[int, int] = {}
    for _, _, n, t in scored:
        if n not in paired and t not in paired.values():
            paired[n] = t
    return paired
