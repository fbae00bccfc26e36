"""What a merged paper keeps of each entry: one rule for each field, the same whatever the order.

Entries are ranked: publications before preprints, fuller before emptier. Where a field has no rule of
its own the best ranked entry that has it wins; nothing that differs is thrown away: further links and
DOIs go to `extra["urls"]` and `extra["dois"]`, lists are united, extras are united by name.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any

import msgspec

from paperctl.deduplicate import names, titles
from paperctl.deduplicate.abstracts import is_cut
from paperctl.record import FACTS, Extra, Facts, Paper, as_facts, by_name
from paperctl.record.names import INCOMPLETE, is_incomplete
from paperctl.record.preprints import of_preprint
from paperctl.text.fold import fold

_UNITED = ("code_urls", "keywords")
_KEPT_ASIDE = {"url": "urls", "doi": "dois"}


def merge(entries: Sequence[Paper]) -> tuple[Facts, dict[str, int]]:
    """One paper's facts from those of its entries, and for each field the index of the entry it is from;
    those of `extra` have one index each, under "extra.volume".

    title: display case over capitals, unbroken over broken letters, the publication's over the
    preprint's, without tags such as "[Review]", then the longer. abstract: whole over cut, then the
    longest. authors: the most people, then the most names written out. code_urls, keywords: all.
    has_code: if any says so. extra: all names, the value of the best ranked entry that has one.
    """
    if all(entry == entries[0] for entry in entries[1:]):  # so it is whenever a dump is exported again
        entries = entries[:1]
    order = _ranking(entries)
    values = [by_name(entry) for entry in entries]
    facts: dict[str, Any] = {}
    origin: dict[str, int] = {}
    for name in [*FACTS, *_unknown(entries)]:
        having = _best_first(name, [(i, entries[i]) for i in order if _given(values[i].get(name))])
        if not having:
            facts[name] = _empty(name)
            continue
        origin[name], _ = having[0]
        facts[name] = values[origin[name]][name]
        if name in _UNITED:
            facts[name] = _united(values[i][name] for i, _ in having)
    facts["has_code"] = any(bool(e.get("has_code")) for e in entries)
    ranked = [entries[i] for i in order]
    facts["extra"] = _extra(ranked) | _kept_aside(ranked, as_facts(facts))
    if "authors" in origin and not is_incomplete(entries[origin["authors"]]):
        facts["extra"].pop(INCOMPLETE, None)
    origin.pop("extra", None)
    return as_facts(facts), origin | _origin_of_extra(facts["extra"], [(i, entries[i]) for i in order])


def _origin_of_extra(extra: Extra, ranked: list[tuple[int, Paper]]) -> dict[str, int]:
    """For each further field the first entry that has its value."""
    found: dict[str, int] = {}
    for name, value in extra.items():
        of = next((i for i, entry in ranked if (entry.get("extra") or {}).get(name) == value), None)
        if of is not None:
            found[f"extra.{name}"] = of
    return found


def _best_first(name: str, having: list[tuple[int, Paper]]) -> list[tuple[int, Paper]]:
    """Ranked entries that have a field, the one with its best value first."""
    rule = _RULES.get(name)
    return sorted(having, key=lambda one: rule(one[1])) if rule and len(having) > 1 else having


def _empty(name: str) -> Any:
    """A value of its own for a field that no entry has."""
    empty = FACTS.get(name)
    if isinstance(empty, tuple):
        return list(empty)
    return dict(empty) if isinstance(empty, dict) else empty


def _ranking(entries: Sequence[Paper]) -> list[int]:
    """The indexes of the entries, best first; equal entries keep their order."""

    def rank(i: int) -> tuple[object, ...]:
        entry = entries[i]
        filled = sum(1 for name in FACTS if _given(entry.get(name)))
        return (
            of_preprint(entry) or False,
            -filled,
            -len(entry.get("extra") or {}),
            msgspec.json.encode({k: entry.get(k) for k in FACTS}, order="deterministic"),
        )

    return sorted(range(len(entries)), key=rank)


def _given(value: object) -> bool:
    return value is not None and value is not False and value not in ("", [], (), {})


def _unknown(entries: Sequence[Paper]) -> list[str]:
    return sorted({name for e in entries for name in e} - set(FACTS))


def _title_rank(entry: Paper) -> tuple[object, ...]:
    title = entry["title"]
    words = titles.core(title)
    bare = fold(title).replace(" ", "") == "".join(words)
    broken = "?" in title[:-1] or "\ufffd" in title
    return title.isupper(), broken, of_preprint(entry) or False, not bare, -len(words)


def _abstract_rank(entry: Paper) -> tuple[object, ...]:
    abstract = entry["abstract"] or ""
    return is_cut(abstract), -len(abstract)


def _authors_rank(entry: Paper) -> tuple[object, ...]:
    authors = entry["authors"]
    people = names.people(authors)
    whole = sum(1 for p in people if len(p.longs) > 1)
    broken = sum("?" in a or "\ufffd" in a for a in authors)
    return -len(people), broken, -whole, all(a.isupper() for a in authors), len(authors)


_RULES: Mapping[str, Callable[[Paper], tuple[Any, ...]]] = {
    "title": _title_rank,
    "abstract": _abstract_rank,
    "authors": _authors_rank,
}


def _united(lists: Iterable[Iterable[object]]) -> list[Any]:
    """All values of all lists, each once; case makes no difference."""
    found: dict[str, Any] = {}
    for values in lists:
        for value in values:
            found.setdefault(str(value).casefold(), value)
    return list(found.values())


def _extra(ranked: Sequence[Paper]) -> dict[str, Any]:
    """All names of the entries' extras, each with the first value that is not empty."""
    united: dict[str, Any] = {}
    for entry in ranked:
        for name, value in (entry.get("extra") or {}).items():
            if name in _KEPT_ASIDE.values():
                continue
            if name not in united or (_given(value) and not _given(united[name])):
                united[name] = value
    return united


def _kept_aside(ranked: Sequence[Paper], facts: Paper) -> dict[str, Any]:
    """The links and DOIs of the entries other than the one that the paper shows."""
    aside: dict[str, Any] = {}
    for name, kept in _KEPT_ASIDE.items():
        values = [entry.get(name) for entry in ranked]
        values += [value for entry in ranked for value in (entry.get("extra") or {}).get(kept) or ()]
        others = [value for value in _united([filter(_given, values)]) if value != facts.get(name)]
        if others:
            aside[kept] = others
    return aside
