"""Judgements handed on: what was said of a merged paper holds for every paper that comes out of it.

Events do not tell when papers became one by themselves, so a word on one entry from before may be
handed on as well: to keep two apart that are the same costs less than to merge two that are not.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from paperctl.record import Record
from paperctl.record import sources as paper
from paperctl.store.events import known_ids
from paperctl.store.judgements import Judgement, Judgements

Family = Sequence[Sequence[Record]]
"""The papers that come out of one, each as the papers, one an entry, that stay together in it."""
_VERSIONS = 12
"""With how many papers every part is linked; beyond that the parts are only kept apart from them."""


def inherited(
    wholes: Sequence[Record],
    families: Sequence[Family],
    out: Sequence[Sequence[Record]],
    words: Judgements[str],
    home: Mapping[str, str],
) -> dict[str, list[Any]]:
    """What an event that takes these papers apart says beside that, by the fields of an event: `apart`,
    `pairs` and `with`. `families` and `out` are what comes out of each, one an entry and as papers;
    `home` gives for an id the paper that it found.

    As long as what is said of the paper and the number of its entries together.
    """
    parts = [[part["id"] for group in family for part in group] for family in families]
    of = {known: n for n, whole in enumerate(wholes) for known in (*known_ids(whole), *parts[n])}
    said: list[dict[str, dict[str, Judgement]]] = [{} for _ in wholes]
    for a, b, word in words.pairs():
        for one, other in ((a, b), (b, a)):
            if word != "same" and one in of and of.get(other) != of[one]:
                said[of[one]].setdefault(other, {})[one] = word
    found: dict[str, list[Any]] = {"apart": [], "pairs": [], "with": []}
    for n, whole in enumerate(wholes):
        own = _own_links(whole, home)
        strangers: dict[str, None] = {}
        versions = 0
        for other, by in said[n].items():
            there = home.get(other, other)
            linked = {k for k, word in by.items() if word == "version"}
            if len(linked) == len(by):
                if versions < _VERSIONS and not any(there in own.get(k, ()) for k in by):
                    versions += 1
                    linked.update(parts[n])
                linked.update(p["id"] for p in out[n] if there in {home.get(v, v) for v in p["versions"]})
            strangers.update(dict.fromkeys(parts[of[other]] if other in of else [other]))
            found["pairs"] += [[one, other, "version"] for one in sorted(linked)]
        if strangers:
            found["apart"].append([parts[n], [*strangers]])
        if beside := _beside(parts[n], {*known_ids(whole)}, words):
            found["with"].append(beside)
    return {name: sayings for name, sayings in found.items() if sayings}


def _own_links(whole: Record, home: Mapping[str, str]) -> dict[str, set[str]]:
    """For each id of a merged paper the papers that it named as versions before the merge, as far as
    the paper tells."""
    links: dict[str, set[str]] = {}
    for source in whole["sources"]:
        named = (home.get(v, v) for v in paper.links_before(source))
        links.setdefault(source.get("id") or whole["id"], set()).update(named)
    return links


def _beside(parts: Sequence[str], known: set[str], words: Judgements[str]) -> list[list[str]]:
    """The parts that are missing where their paper was kept apart from others, and the ids by which it
    was: one for each side."""
    missing: dict[str, None] = {}
    named: dict[str, None] = {}
    for sides in words.groups(known):
        if new := [part for part in parts if part not in sides]:
            missing.update(dict.fromkeys(new))
            named.update(dict.fromkeys({sides[k]: k for k in sorted(known) if k in sides}.values()))
    return [[*missing], [*named]] if missing else []
