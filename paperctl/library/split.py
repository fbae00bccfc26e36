"""Taking a merged paper apart: each entry, or some of them, a paper of its own again."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Sequence
from datetime import UTC, datetime
from itertools import chain

from paperctl.deduplicate import merge
from paperctl.errors import UsageError
from paperctl.library import key_cache
from paperctl.library.inherit import Family, inherited
from paperctl.library.load import Tagger, tag_anew
from paperctl.record import Record
from paperctl.record import sources as paper
from paperctl.store import Store
from paperctl.store.events import Event, Overlay, known_ids, standing


def split(
    store: Store, ids: Sequence[str], entries: Collection[int] = (), tagger: Tagger | None = None
) -> list[Record]:
    """Takes merged papers apart, one paper for each entry, each with what it was before, and remembers
    that they are not the same. With `entries` (of one paper, counted from 1 as in `show`) these leave
    it, together, and the rest stays.

    Raises UsageError for a paper with one source, and for entries that it has not. Gives the papers
    that came out of it.
    """
    if entries and len(ids) > 1:
        raise UsageError("entries are taken out of one paper at a time")
    now = datetime.now(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
    with store.writing() as writing:
        stored = writing.papers()
        places = {record["id"]: n for n, record in enumerate(stored) if record is not None}
        home = {known: r["id"] for r in stored if r for known in reversed(known_ids(r))}
        taken = set(home)
        families: dict[int, Family] = {}
        for n, record in enumerate(stored):
            if record is None or record["id"] not in ids:
                continue
            if len(record["sources"]) < 2:
                raise UsageError(f"{record['id']} was never merged: it has one source")
            parts = paper.taken_apart(record, taken, home, now)
            between = {r["id"]: r for r in _links_apart(parts, [parts])}
            families[n] = _grouped([between.get(part["id"], part) for part in parts], entries)
        out = {n: [_whole(group) for group in family] for n, family in families.items()}
        others = (record for n, record in enumerate(stored) if record is not None and n not in out)
        mended = {r["id"]: r for r in _links_apart(chain(others, *out.values()), out.values())}
        out = {n: [mended.pop(part["id"], part) for part in parts] for n, parts in out.items()}
        apart = list(chain.from_iterable(out.values()))
        if tagger is not None:
            tag_anew(apart, tagger)
        apart_now = [[[part["id"] for part in group] for group in family] for family in families.values()]
        linked = [pair for n, family in families.items() for pair in _linked(family, out[n])]
        again = inherited(
            [record for n in families if (record := stored[n]) is not None],
            [*families.values()],
            [*out.values()],
            store.overlay.judgements,
            home,
        )
        said: Event = {"did": "dedupe split", **again, "apart": [*again.get("apart", []), *apart_now]}
        if linked:
            said["pairs"] = [*again.get("pairs", []), *linked]
        events = [(store.corrections_file, said)]
        if notes := _notes_apart(families.values(), store.overlay, store.events()):
            events.append((store.decisions_file, {"did": "dedupe split", "set": notes}))
        edits = {places[name]: record for name, record in mended.items()}
        edits.update((n, parts[0]) for n, parts in out.items())
        added = [part for _, *rest in out.values() for part in rest]
        key_cache.commit(writing, edits, added, "dedupe split", {"papers": len(apart)}, events)
    return apart


def _grouped(parts: list[Record], entries: Collection[int]) -> Family:
    """The papers of a family: each entry's own, or those of the entries that stay and of those that go."""
    if not entries:
        return [[part] for part in parts]
    name = parts[0]["id"]
    for n in entries:
        if not 1 <= n <= len(parts):
            raise UsageError(
                f"{name} has {len(parts)} entries, no entry {n}", f"`paperctl show {name}` numbers them"
            )
    stay = [part for n, part in enumerate(parts, 1) if n not in entries]
    if not stay:
        raise UsageError(
            f"these are all the entries of {name}", f"`paperctl dedupe split {name}` parts them all"
        )
    go = [part for n, part in enumerate(parts, 1) if n in entries]
    return [stay, go] if stay[0] is parts[0] else [go, stay]


def _whole(group: Sequence[Record]) -> Record:
    first, *others = group
    return paper.joined(first, others, merge) if others else first


def _linked(family: Family, out: Sequence[Record]) -> list[list[str]]:
    """The words on those of a family that name each other as versions: they are distinct no more than
    that. `out` are the papers that came out of it."""
    side = {part["id"]: n for n, group in enumerate(family) for part in group}
    pairs = {
        (min(one, other), max(one, other))
        for one, named in ((record["id"], record["versions"]) for record in chain(out, *family))
        for other in named
        if side.get(other, side[one]) != side[one]
    }
    return [[*pair, "version"] for pair in sorted(pairs)]


def _notes_apart(
    families: Iterable[Family], overlay: Overlay, events: Iterable[Event]
) -> dict[str, dict[str, str | None]]:
    """For papers just taken apart, the notes that a merge had put together and nobody changed since.

    What a merge put under a note are lines of the others' notes; one that a person wrote later stays.
    """
    by_hand = Overlay.of(e for e in standing(events) if not str(e.get("did", "")).startswith("dedupe"))
    notes: dict[str, dict[str, str | None]] = {}
    for family in families:
        parts = list(chain.from_iterable(family))
        marks = {part["id"]: _note(part, overlay) for part in parts}
        owners = Counter(chain.from_iterable({*(note or "").splitlines()} for note in marks.values()))
        before = dict(marks)
        for part in parts:
            own = _note(part, by_hand)
            kept, whole = ((note or "").splitlines() for note in (own, marks[part["id"]]))
            if whole[: len(kept)] == kept and all(owners[line] > 1 for line in whole[len(kept) :]):
                before[part["id"]] = own
        if before != marks:
            for group in family:
                now = "\n".join(dict.fromkeys(note for part in group if (note := before[part["id"]])))
                if (now or None) != marks[group[0]["id"]]:
                    notes[group[0]["id"]] = {"note": now or None}
    return notes


def _note(part: Record, overlay: Overlay) -> str | None:
    note: str | None = overlay.marks_of(part).get("note", ("", part["note"]))[1]
    return note


def _links_apart(papers: Iterable[Record], families: Iterable[Iterable[Record]]) -> list[Record]:
    """Those of the papers whose links to papers just taken apart lead elsewhere now, mended.

    `families` are the papers that came out of one each, all of them among the `papers`. A link that is
    not answered was one to the merged paper: it stands for those of the family that name this paper
    and have no answer either. Where there are none it is a link to the paper that it names.
    """
    papers = list(papers)
    home = {name: record["id"] for record in papers for name in reversed(known_ids(record))}
    family = {part["id"]: n for n, parts in enumerate(families) for part in parts}
    links = {r["id"]: dict.fromkeys(home.get(v, v) for v in r["versions"]) for r in papers if r["versions"]}
    unanswered = [
        (one, other)
        for one, named in links.items()
        for other in named
        if (one in family or other in family) and one != other and one not in links.get(other, ())
    ]
    named_by = {(other, family.get(one)) for one, other in unanswered}
    for one, other in unanswered:
        if other in family and (one, family[other]) in named_by:
            del links[one][other]
        elif other in home:
            links.setdefault(other, {})[one] = None
    mended = []
    for record in papers:
        versions = [v for v in links.get(record["id"], ()) if v != record["id"]]
        if versions != record["versions"]:
            mended.append(paper.linked_anew(record, versions, home))
    return mended
