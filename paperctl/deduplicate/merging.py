"""What a merged paper keeps of each entry: one rule for each field, the same whatever the order.

Entries are ranked: publications before preprints, fuller before emptier. Where a field has no rule of
its own the best ranked entry that has it wins; nothing that differs is thrown away: further links and
DOIs go to `extra["urls"]` and `extra["dois"]`, lists are united, extras are united by name.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any

import msgspec

from paperctl.deduplicate import names, places, titles
from paperctl.deduplicate.abstracts import is_cut
from paperctl.record import FACTS
from paperctl.text.fold import fold

Facts = Mapping[str, Any]

_UNITED = ("code_urls", "keywords")
_KEPT_ASIDE = {"url": "urls", "doi": "dois"}


def merge(entries: Sequence[Facts]) -> tuple[dict[str, Any], dict[str, int]]:
    """One paper's facts from those of its entries, and for each field the index of the entry it is from;
    those of `extra` are told one by one, as "extra.volume".

    title: display case over capitals, unbroken over broken letters, the publication's over the
    preprint's, without tags such as "[Review]", then the longer. abstract: whole over cut, then the
    longest. authors: the most people, then the most names written out. code_urls, keywords: all.
    has_code: if any says so. extra: all names, the value of the best ranked entry that has one.
    """
    if all(entry == entries[0] for entry in entries[1:]):  # so it is whenever a dump is exported again
        entries = entries[:1]
    order = _ranking(entries)
    facts: dict[str, Any] = {}
    origin: dict[str, int] = {}
    choose: dict[str, Callable[[Any, int], Any]] = {
        "title": lambda value, i: _title_rank(value, entries[i]),
        "abstract": lambda value, i: (is_cut(value), -len(value)),
        "authors": lambda value, i: _authors_rank(value),
    }
    for name in [*FACTS, *_unknown(entries)]:
        having = [i for i in order if _given(entries[i].get(name))]
        if len(having) > 1 and name in choose:
            rule = choose[name]
            having.sort(key=lambda i: rule(entries[i][name], i))
        if not having:
            empty = FACTS.get(name)
            facts[name] = (
                list(empty) if isinstance(empty, tuple) else dict(empty) if isinstance(empty, dict) else empty
            )
            continue
        facts[name] = entries[having[0]][name]
        origin[name] = having[0]
        if name in _UNITED:
            facts[name] = _united(entries[i][name] for i in having)
    facts["has_code"] = any(bool(e.get("has_code")) for e in entries)
    facts["extra"] = _extra([entries[i] for i in order], facts)
    origin.pop("extra", None)
    for name, value in facts["extra"].items():
        origin |= {
            f"extra.{name}": i for i in reversed(order) if (entries[i].get("extra") or {}).get(name) == value
        }
    return facts, origin


def _ranking(entries: Sequence[Facts]) -> list[int]:
    """The indexes of the entries, best first; equal entries keep their order."""

    def rank(i: int) -> tuple[Any, ...]:
        entry = entries[i]
        filled = sum(1 for name in FACTS if _given(entry.get(name)))
        return (
            places.of_preprint(entry) or False,
            -filled,
            -len(entry.get("extra") or {}),
            msgspec.json.encode({k: entry.get(k) for k in FACTS}, order="deterministic"),
        )

    return sorted(range(len(entries)), key=rank)


def _given(value: Any) -> bool:
    return (
        value is not None
        and value != ""
        and value != []
        and value != ()
        and value != {}
        and value is not False
    )


def _unknown(entries: Sequence[Facts]) -> list[str]:
    return sorted({name for e in entries for name in e} - set(FACTS))


def _title_rank(title: str, entry: Facts) -> tuple[Any, ...]:
    words = titles.core(title)
    bare = fold(title).replace(" ", "") == "".join(words)
    return (
        title.isupper(),
        "?" in title[:-1] or "\ufffd" in title,
        places.of_preprint(entry) or False,
        not bare,
        -len(words),
    )


def _authors_rank(authors: Sequence[str]) -> tuple[Any, ...]:
    people = names.people(authors)
    whole = sum(1 for p in people if len(p.longs) > 1)
    broken = sum("?" in a or "\ufffd" in a for a in authors)
    return (-len(people), broken, -whole, all(a.isupper() for a in authors), len(authors))


def _united(lists: Iterable[Iterable[Any]]) -> list[Any]:
    """All values of all lists, each once; case makes no difference."""
    found: dict[str, Any] = {}
    for values in lists:
        for value in values:
            found.setdefault(str(value).casefold(), value)
    return list(found.values())


def _extra(ranked: Sequence[Facts], facts: Mapping[str, Any]) -> dict[str, Any]:
    united: dict[str, Any] = {}
    for entry in ranked:
        for name, value in (entry.get("extra") or {}).items():
            if name not in _KEPT_ASIDE.values() and (_given(value) or name not in united):
                united.setdefault(name, value) if _given(united.get(name)) else united.update({name: value})
    for name, aside in _KEPT_ASIDE.items():
        values = [
            *(e.get(name) for e in ranked),
            *(v for e in ranked for v in (e.get("extra") or {}).get(aside) or ()),
        ]
        others = [v for v in _united([[v for v in values if _given(v)]]) if v != facts.get(name)]
        if others:
            united[aside] = others
    return united
