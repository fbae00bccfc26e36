"""Inherited judgements: a judgement on a merged paper holds for every paper that is split from it.

Events do not record when papers were merged automatically, so a judgement on a single entry from before
the merge may be inherited as well: keeping two equal papers apart costs less than merging two distinct
ones.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import chain

from paperctl.record import Record, Source
from paperctl.record import sources as paper
from paperctl.record.ids import known_ids
from paperctl.store.judgements import Judgement, Judgements

Family = Sequence[Sequence[Record]]
"""The papers split from one, one for each entry, grouped by those that stay together as one paper."""
_VERSIONS = 12
"""With how many papers every part is linked; beyond that the parts are only kept apart from them."""

_Judged = dict[str, dict[str, Judgement]]
"""Id of another paper → id of the merged paper → judgement on the two."""


def inherited(
    wholes: Sequence[Record],
    families: Sequence[Family],
    results: Sequence[Sequence[Record]],
    judgements: Judgements[str],
    home: Mapping[str, str],
) -> dict[str, list[object]]:
    """What the event that splits these papers records about other papers, by the fields of an event:
    `apart`, `pairs` and `with`. `families` and `results` are what each paper is split into, by entries and
    as papers; `home` gives for an id the paper that it finds.

    Its length grows with the number of judgements plus the number of entries, not with their product.
    """
    parts = [[part["id"] for group in family for part in group] for family in families]
    whole_of = {known: n for n, whole in enumerate(wholes) for known in (*known_ids(whole), *parts[n])}
    judged = _judged(judgements, whole_of, len(wholes))
    found: dict[str, list[object]] = {"apart": [], "pairs": [], "with": []}
    for n, whole in enumerate(wholes):
        others = (parts[whole_of[other]] if other in whole_of else [other] for other in judged[n])
        if distinct := list(dict.fromkeys(chain.from_iterable(others))):
            found["apart"].append([parts[n], distinct])
        found["pairs"] += _version_pairs(whole, parts[n], results[n], judged[n], home)
        if late := _not_in_groups(parts[n], {*known_ids(whole)}, judgements):
            found["with"].append(late)
    return {name: values for name, values in found.items() if values}


def _judged(judgements: Judgements[str], whole_of: Mapping[str, int], count: int) -> list[_Judged]:
    """For each merged paper the judgements other than "same" on it and papers outside of it."""
    judged: list[_Judged] = [{} for _ in range(count)]
    for a, b, judgement in judgements.pairs():
        if judgement == "same":
            continue
        for one, other in ((a, b), (b, a)):
            whole = whole_of.get(one)
            if whole is not None and whole_of.get(other) != whole:
                judged[whole].setdefault(other, {})[one] = judgement
    return judged


def _version_pairs(
    whole: Record, parts: Sequence[str], results: Sequence[Record], judged: _Judged, home: Mapping[str, str]
) -> list[list[str]]:
    """The judgements "version" that hold for parts of a merged paper.

    A link to the merged paper goes to every part, unless the entry that it names had the link before the
    merge; it always goes to the resulting papers that still have it.
    """
    own_links = _own_links(whole, home)
    linked_now = {part["id"]: {home.get(v, v) for v in part["versions"]} for part in results}
    pairs: list[list[str]] = []
    inheriting = 0
    for other, by_id in judged.items():
        there = home.get(other, other)
        linked = {known for known, judgement in by_id.items() if judgement == "version"}
        if len(linked) == len(by_id):
            if inheriting < _VERSIONS and not any(there in own_links.get(known, ()) for known in by_id):
                inheriting += 1
                linked.update(parts)
            linked.update(part for part, links in linked_now.items() if there in links)
        pairs += [[one, other, "version"] for one in sorted(linked)]
    return pairs


def _own_links(whole: Record, home: Mapping[str, str]) -> dict[str, set[str]]:
    """For each id of a merged paper the papers that it named as versions before the merge, as far as the
    record says."""
    links: dict[str, set[str]] = {}
    sources: Sequence[Source] = whole["sources"]
    for source in sources:
        named = (home.get(v, v) for v in paper.links_before(source))
        links.setdefault(source.get("id") or whole["id"], set()).update(named)
    return links


def _not_in_groups(parts: Sequence[str], known: set[str], judgements: Judgements[str]) -> list[list[str]]:
    """The parts that are missing where the merged paper was kept apart from others, and the ids, one for
    each side, by which it was."""
    missing: dict[str, None] = {}
    named: dict[str, None] = {}
    for sides in judgements.groups(known):
        if new := [part for part in parts if part not in sides]:
            missing.update(dict.fromkeys(new))
            named.update(dict.fromkeys({sides[k]: k for k in sorted(known) if k in sides}.values()))
    return [[*missing], [*named]] if missing else []
