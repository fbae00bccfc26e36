"""Resolving what the user types to ids of papers: prefixes, arXiv ids, DOIs, keys of dumps."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from paperctl.errors import UsageError
from paperctl.library.finding import named, papers_of, whole_ids
from paperctl.store import Store
from paperctl.store.lookup import SHORTEST
from paperctl.text.sanitise import clean

MOST = 8


def resolve_ids(store: Store, names: Sequence[str]) -> list[str]:
    """The ids of the papers of these names, in their order, each once. Raises UsageError for a name of no
    paper or of several, with the candidates."""
    if (whole := whole_ids(store, names)) is not None:
        return whole
    found = named(store, names) or store.find(names)
    several = {i for name in names if len(found[name]) > 1 for i in found[name][:MOST]}
    titles = {p["id"]: p["title"] for p in papers_of(store, several)}
    return list(dict.fromkeys(the_one(name, found[name], titles) for name in names))


def the_one(name: str, found: Sequence[str], titles: Mapping[str, str], at: str = "") -> str:
    """The one id `found` for a name. Raises UsageError, headed by `at`, for none or several."""
    if not found:
        short = len(name) < SHORTEST
        hint = f"type {SHORTEST} characters or more" if short else "`paperctl list` shows the ids"
        if len(parts := name.replace(",", " ").split()) > 1:
            hint = f"ids are parted by blanks: {' '.join(parts)}; words are for paperctl search"
        raise UsageError(f"{at}no paper called {name!r}", hint, code="no-such-paper")
    if len(found) > 1:
        lines = [f"  {i}  {clean(titles.get(i, ''))[:60]}" for i in found[:MOST]]
        more = f"\n  and {len(found) - MOST} more" if len(found) > MOST else ""
        listed = "\n".join(lines) + more
        raise UsageError(f"{at}{name!r} may be {len(found)} papers:\n{listed}", code="several-papers")
    return found[0]
