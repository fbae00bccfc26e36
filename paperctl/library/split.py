"""Taking a merged paper apart: each of its entries, or some of them, becomes a paper of its own again."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import UTC, datetime
from itertools import chain

from paperctl.deduplicate import merge
from paperctl.errors import UsageError
from paperctl.library import key_cache
from paperctl.library.inherit import Family, inherited
from paperctl.library.load import Tagger, tag_anew
from paperctl.record import Record
from paperctl.record import sources as paper
from paperctl.record.ids import known_ids
from paperctl.store import Store
from paperctl.store.events import Event, standing
from paperctl.store.overlay import Overlay

Notes = dict[str, str | None]
"""Paper id → note."""


def split(
    store: Store, ids: Sequence[str], entries: Collection[int] = (), tagger: Tagger | None = None
) -> list[Record]:
    """Takes merged papers apart, one paper for each entry, each with what it was before the merge, and
    remembers that these papers are distinct. With `entries` (of one paper, counted from 1 as in `show`)
    only these entries leave the paper, together as one new paper.

    Raises UsageError for a paper with one source, and for an entry that the paper does not have.
    Returns the resulting papers.
    """
    if entries and len(ids) > 1:
        raise UsageError("entries are taken out of one paper at a time")
    now = datetime.now(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
    with store.writing() as writing:
        stored = writing.papers()
        home = _paper_by_id(record for record in stored if record is not None)
        families = _families(stored, ids, entries, home, now)
        results, linked_anew = _results(stored, families)
        apart = list(chain.from_iterable(results.values()))
        if tagger is not None:
            tag_anew(apart, tagger)
        correction = _correction(stored, families, results, store.overlay, home)
        events = [(store.corrections_file, correction)]
        if notes := _notes_apart(families.values(), store.overlay, store.events()):
            events.append((store.decisions_file, {"did": "dedupe split", "set": notes}))
        edits = {**linked_anew, **{n: parts[0] for n, parts in results.items()}}
        added = [part for _, *rest in results.values() for part in rest]
        key_cache.commit(writing, edits, added, "dedupe split", {"papers": len(apart)}, events)
    return apart


def _paper_by_id(papers: Iterable[Record]) -> dict[str, str]:
    """For every id, of a paper or of one merged into it, the id of the paper that it finds."""
    return {known: record["id"] for record in papers for known in reversed(known_ids(record))}


def _families(
    stored: Sequence[Record | None],
    ids: Collection[str],
    entries: Collection[int],
    home: Mapping[str, str],
    now: str,
) -> dict[int, Family]:
    """By the places of the papers called `ids`, the papers of their entries, grouped by what stays
    together. Raises UsageError for a paper with one source."""
    taken = set(home)
    families: dict[int, Family] = {}
    for n, record in enumerate(stored):
        if record is None or record["id"] not in ids:
            continue
        if len(record["sources"]) < 2:
            raise UsageError(f"{record['id']} was never merged: it has one source")
        parts = paper.taken_apart(record, taken, home, now)
        mended = {r["id"]: r for r in _mended_links(parts, [parts])}
        families[n] = _grouped([mended.get(part["id"], part) for part in parts], entries)
    return families


def _grouped(parts: list[Record], entries: Collection[int]) -> Family:
    """The papers of a family: each entry alone, or the entries that stay and those that leave."""
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


def _results(
    stored: Sequence[Record | None], families: Mapping[int, Family]
) -> tuple[dict[int, list[Record]], dict[int, Record]]:
    """The papers that each family becomes, and the other papers whose links change, by their places."""
    results = {n: [_whole(group) for group in family] for n, family in families.items()}
    others = {n: record for n, record in enumerate(stored) if record is not None and n not in families}
    mended = {r["id"]: r for r in _mended_links(chain(others.values(), *results.values()), results.values())}
    results = {n: [mended.get(part["id"], part) for part in parts] for n, parts in results.items()}
    places = {record["id"]: n for n, record in others.items()}
    return results, {places[name]: record for name, record in mended.items() if name in places}


def _whole(group: Sequence[Record]) -> Record:
    """One paper of a group of entries."""
    first, *others = group
    return paper.joined(first, others, merge) if others else first


def _correction(
    stored: Sequence[Record | None],
    families: Mapping[int, Family],
    results: Mapping[int, Sequence[Record]],
    overlay: Overlay,
    home: Mapping[str, str],
) -> Event:
    """The event that keeps the resulting papers apart and hands the judgements on the merged paper on."""
    wholes = [record for n in families if (record := stored[n]) is not None]
    passed_on = inherited(wholes, [*families.values()], [*results.values()], overlay.judgements, home)
    apart = [[[part["id"] for part in group] for group in family] for family in families.values()]
    versions = [pair for n, family in families.items() for pair in _version_pairs(family, results[n])]
    event: Event = {
        "did": "dedupe split",
        **passed_on,
        "apart": [*passed_on.get("apart", []), *apart],
    }
    if versions:
        event["pairs"] = [*passed_on.get("pairs", []), *versions]
    return event


def _version_pairs(family: Family, results: Sequence[Record]) -> list[list[str]]:
    """The judgements "version" on papers of a family that name each other as versions: these are linked,
    besides being distinct. `results` are the papers that the family became."""
    side = {part["id"]: n for n, group in enumerate(family) for part in group}
    pairs = {
        (min(one, other), max(one, other))
        for one, named in ((record["id"], record["versions"]) for record in chain(results, *family))
        for other in named
        if side.get(other, side[one]) != side[one]
    }
    return [[*pair, "version"] for pair in sorted(pairs)]


def _notes_apart(
    families: Iterable[Family], overlay: Overlay, events: Iterable[Event]
) -> dict[str, dict[str, str | None]]:
    """For papers just taken apart, the notes that a merge had joined and the user has not changed since.

    A merge appends lines of the other papers' notes; a line that the user wrote later stays.
    """
    before = Overlay.of(e for e in standing(events) if not str(e.get("did", "")).startswith("dedupe"))
    changed: dict[str, dict[str, str | None]] = {}
    for family in families:
        parts = list(chain.from_iterable(family))
        now: Notes = {part["id"]: _note(part, overlay) for part in parts}
        own = _own_notes(now, {part["id"]: _note(part, before) for part in parts})
        for first, *others in family if own != now else ():
            notes = (own[part["id"]] for part in (first, *others))
            note = "\n".join(dict.fromkeys(filter(None, notes))) or None
            if note != now[first["id"]]:
                changed[first["id"]] = {"note": note, "by": ""}
    return changed


def _own_notes(now: Notes, before: Notes) -> Notes:
    """The notes of papers without the lines that a merge appended; `before` are the notes without what
    merges did. A note with any other change stays as it is now."""
    owners = Counter(chain.from_iterable({*(note or "").splitlines()} for note in now.values()))
    own = dict(now)
    for part, note in before.items():
        lines, lines_now = ((text or "").splitlines() for text in (note, now[part]))
        appended = lines_now[len(lines) :]
        if lines_now == [*lines, *appended] and all(owners[line] > 1 for line in appended):
            own[part] = note
    return own


def _note(part: Record, overlay: Overlay) -> str | None:
    note: str | None = overlay.marks_of({**part, "versions": []}).get("note", ("", part["note"]))[1]
    return note


def _mended_links(papers: Iterable[Record], families: Iterable[Iterable[Record]]) -> list[Record]:
    """The papers whose version links change because some papers were taken apart, with their new links.

    `families` are the papers that came out of one paper each, all of them among the `papers`.
    """
    papers = list(papers)
    home = _paper_by_id(papers)
    family = {part["id"]: n for n, parts in enumerate(families) for part in parts}
    links = {r["id"]: dict.fromkeys(home.get(v, v) for v in r["versions"]) for r in papers if r["versions"]}
    _make_mutual(links, family, home)
    mended = []
    for record in papers:
        versions = [v for v in links.get(record["id"], ()) if v != record["id"]]
        if versions != record["versions"]:
            mended.append(paper.linked_anew(record, versions, home))
    return mended


def _make_mutual(
    links: dict[str, dict[str, None]], family: Mapping[str, int], home: Mapping[str, str]
) -> None:
    """Changes `links` (id → ids of versions) so that links from and to papers of a family are mutual.

    A one-way link was a link to the merged paper. It stands for those of the family that link to this
    paper one-way as well; where there are none, it is a link to the paper that it names.
    """
    one_way = [
        (one, other)
        for one, named in links.items()
        for other in named
        if (one in family or other in family) and one != other and one not in links.get(other, ())
    ]
    linked_from_family = {(other, family.get(one)) for one, other in one_way}
    for one, other in one_way:
        if other in family and (one, family[other]) in linked_from_family:
            del links[one][other]
        elif other in home:
            links.setdefault(other, {})[one] = None
