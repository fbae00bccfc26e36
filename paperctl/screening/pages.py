"""Pages of text that a session shows in place of a paper: keys, why this paper, how far one is."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import accumulate
from typing import TYPE_CHECKING

from paperctl.terminal.keys import ACTIONS, keys_of
from paperctl.text.fold import fold

if TYPE_CHECKING:
    from paperctl.query import Sought
    from paperctl.topics.tagger import Explanation


def help_page(keymap: Mapping[str, str], reasons: Sequence[str] = ()) -> list[str]:
    """All keys, and what the header means."""
    lines = ["Keys", ""]
    for action, (_, about) in ACTIONS.items():
        keys = " or ".join(keys_of(keymap, action))
        lines.append(f"  {keys:<14} {about}")
    for n, reason in enumerate(reasons[:9], 1):
        lines.append(f"  {n:<14} skip: {reason}")
    return [
        *lines,
        "",
        "Every decision is on disk before the next paper appears: quitting, or losing the connection, "
        "loses none.",
        "recall: the share of the papers you want that you have kept so far, estimated from how rarely "
        "a keep still comes and from papers picked at random; the range holds the truth nine times in ten.",
    ]


def progress_page(sequence: Sequence[bool], papers: int) -> list[str]:
    """How many were found so far, as a curve of signs."""
    from paperctl.terminal.curve import curve

    kept = sum(sequence)
    head = f"{kept:,} kept among the first {len(sequence):,} of {papers:,} papers"
    return [head, "", *curve(list(accumulate(sequence)), papers)] if sequence else ["nothing is decided yet"]


def explain_page(
    reasons: Sequence[tuple[str, float]],
    topics: Sequence[Explanation],
    rank: tuple[int, int] | None,
    learned: int,
) -> list[str]:
    """Why a paper comes now: terms that the decisions weigh, and the topics' cues."""
    lines = []
    if rank:
        source = (
            f"{learned:,} decision{'s' * (learned != 1)}" if reasons else "your query, else as in the store"
        )
        lines.append(f"Rank {rank[0]:,} of {rank[1]:,} open papers, by {source}.")
    if reasons:
        lines += ["", "What your decisions say of its words (up +, down −):"]
        lines += [f"  {part:+.3f} {term}" for term, part in reasons]
    elif rank:
        lines += ["", "Your decisions count as soon as one paper is kept."]
    for found in topics:
        lines += ["", f"Topic {found.topic}: {found.score:.1f}, needs {found.threshold:g}"]
        lines += [f"  {cue.contribution:+.1f} {cue.cue} in {cue.place}" for cue in found.cues[:6]]
    return lines


def cues_sought(topics: Sequence[Explanation], sought: type[Sought]) -> list[Sought]:
    """The cues that made a paper's topics, as texts to highlight."""
    cues = {fold(cue.cue) for found in topics if found.given for cue in found.cues if cue.contribution > 0}
    return [sought("", cue, False) for cue in sorted(cues) if cue]


def topic_page(names: Sequence[str], has: Sequence[str]) -> list[str]:
    """The topics by number, those that the paper has ticked."""
    rows = (f"  {n:>2} [{'x' if name in has else ' '}] {name}" for n, name in enumerate(names, 1))
    return ["Topics of this paper", "", *rows]


def topics_meant(text: str, names: Sequence[str]) -> list[str]:
    """The topics that a text may name: a number on the page, a name, the beginning of one."""
    number = int(text) if text.isdecimal() and len(text) < 5 else 0
    if 0 < number <= len(names):
        return [names[number - 1]]
    low = text.lower()
    return [name for name in names if name == low] or [name for name in names if name.startswith(low)]
