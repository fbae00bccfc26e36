"""Verifying a store, and mending it without throwing anything away."""

from __future__ import annotations

import os
from codecs import BOM_UTF8
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import msgspec

from paperctl.record import FACTS, SCHEMA, as_record
from paperctl.record.ids import known_ids, paper_id
from paperctl.store import Store, Writing, encode, files, history
from paperctl.store.damaged import SET_ASIDE, set_aside
from paperctl.store.events import read_event, read_events
from paperctl.store.history import Hunk
from paperctl.store.overlay import Overlay
from paperctl.store.shape import completed, misfits, refuse_newer


@dataclass(frozen=True, slots=True)
class Finding:
    """A problem: a line for the user, and whether papers or decisions are at stake."""

    line: str
    serious: bool = True


def examine(store: Store) -> list[Finding]:
    """Every problem of a store; nothing is changed."""
    findings, known = _in_papers(store)
    for path in (store.decisions_file, store.corrections_file):
        findings += _in_events(store, path, known)
    history.changes(store.folder, unreadable=lambda line: findings.append(Finding(line, False)))
    findings += [
        Finding(f"{path.name}: others on this machine can read it", False) for path in _open_to_others(store)
    ]
    for stale in store.folder.glob(f"*{files.TEMPORARY}*"):
        findings.append(Finding(f"{stale.name}: left by a writer that was stopped", False))
    return findings


def _in_papers(store: Store) -> tuple[list[Finding], set[str]]:
    """The problems of papers.jsonl, and every id that finds a paper in it."""
    findings: list[Finding] = []
    seen: dict[str, int] = {}
    known: set[str] = set()
    linked: dict[str, int] = {}
    for n, line in enumerate(store.lines(), 1):
        found, record = _look(line, n)
        findings += [Finding(f"papers.jsonl line {n}: {what}", serious) for what, serious in found]
        if record is None or not _has_id(record):
            continue
        if record["id"] in seen:
            findings.append(
                Finding(f"papers.jsonl line {n}: id {record['id']} stands in line {seen[record['id']]}, too")
            )
        seen.setdefault(record["id"], n)
        known.update(known_ids(as_record(record)))
        versions = record.get("versions")
        linked.update((v, n) for v in (versions if isinstance(versions, list) else ()) if isinstance(v, str))
    for version, n in linked.items():
        if version not in known:
            findings.append(
                Finding(f"papers.jsonl line {n}: its version {version} is not in the store", False)
            )
    return findings, known


def _in_events(store: Store, path: Path, known: set[str]) -> list[Finding]:
    """The problems of decisions.jsonl or corrections.jsonl; `known` are the ids of the papers."""
    events, damage = store.events_in(path)
    overlay = Overlay.of(events)
    gone = store.overlay.removed.keys()  # the marks of papers that were taken out come back with them
    named = overlay.named() - known - gone
    lost = [f"{path.name}: is about {paper}, which is not in the store" for paper in sorted(named)]
    return [Finding(*found) for found in damage] + [Finding(line, False) for line in lost]


def _open_to_others(store: Store) -> list[Path]:
    """Files of this user that other users can read."""
    paths = (store.folder, store.papers_file, store.decisions_file, store.corrections_file)
    found = [(path, path.stat()) for path in paths if path.exists()]
    return [path for path, stat in found if stat.st_mode & 0o077 and stat.st_uid == os.getuid()]


def repair(store: Store) -> list[str]:
    """Sets damaged lines aside in `damaged.jsonl`, puts right fields of the wrong kind, gives papers
    without an id, or with another's, their own, makes the files private; gives a line for each thing
    done. `undo` takes the changes to papers back."""
    with store.writing() as writing:
        writing.settle()
        # What is set aside of events changes nothing that they say; the papers are the change, and come last.
        done = [
            line
            for path in (store.decisions_file, store.corrections_file)
            for line in _mend_events(store, path)
        ]
        done += _mend_papers(writing)
    for path in _open_to_others(store):
        path.chmod(0o700 if path.is_dir() else 0o600)
        done.append(f"{path.name}: made private")
    return done


def _mend_papers(writing: Writing) -> list[str]:
    """Mends the lines of papers.jsonl as one change; gives a line for each thing done."""
    store = writing.store
    looked = (_look(line, n)[1] for n, line in enumerate(store.lines(), 1))
    every = {record["id"] for record in looked if record is not None and _has_id(record)}
    taken: set[str] = set()
    done: list[str] = []
    hunks: list[Hunk] = []
    damaged: list[bytes] = []
    for n, line in enumerate(store.lines(), 1):
        record = _look(line, n)[1]
        if record is None:
            damaged.append(line)
            done.append(f"papers.jsonl line {n}: set aside in {SET_ASIDE}")
            hunks.append(Hunk(n - 1, 1, []))
            continue
        record, mended = _mended(record, every, taken)
        if mended:
            done.append(f"papers.jsonl line {n}: {', '.join(mended)}")
            hunks.append(Hunk(n - 1, 1, [encode(completed(record)) + b"\n"]))
        taken.add(record["id"])
    set_aside(store.folder, "papers.jsonl", damaged)
    if hunks:
        writing.rewrite(hunks, "check --repair", {"lines": len(hunks)})
    return done


def _mended(record: dict[str, Any], every: set[str], taken: set[str]) -> tuple[dict[str, Any], list[str]]:
    """A record with its own id, and what there is to mend in it. `every` are the ids of the store, `taken`
    those of the lines before."""
    mended = [f"{name} put right" for name in misfits(record)]
    needs_id = not _has_id(record) or record["id"] in taken
    if mended or needs_id:
        refuse_newer(record)
    if needs_id:
        had = record.pop("id", None)
        record = {"id": paper_id(completed(record), every), **record, "schema": SCHEMA}
        every.add(record["id"])
        mended.append(f"{had or 'no id'} is now {record['id']}")
    return record, mended


def _mend_events(store: Store, path: Path) -> list[str]:
    """The file of events without its damaged lines, which are set aside."""
    if not read_events(path)[1]:
        return []
    good: list[bytes] = []
    bad: list[bytes] = []
    for line in path.read_bytes().split(b"\n"):
        try:
            if line.strip():
                read_event(line)
                good.append(line + b"\n")
        except ValueError:
            bad.append(line)
    set_aside(store.folder, path.name, bad)
    files.write_whole(path, good)
    return [f"{path.name}: {len(bad)} damaged lines set aside in {SET_ASIDE}"]


def _look(line: bytes, n: int) -> tuple[list[tuple[str, bool]], dict[str, Any] | None]:
    """The problems of line n, and its record, if it holds one."""
    try:
        record = msgspec.json.decode(line.removeprefix(BOM_UTF8) if n == 1 else line)
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError) as fault:
        return [(f"not JSON ({fault})" if line.strip() else "empty", True)], None
    if not isinstance(record, dict) or not (_has_id(record) or record.get("title")):
        return [("not a paper (no id, no title)", True)], None
    version = record.get("schema")
    if isinstance(version, int) and version > SCHEMA:
        return [(f"written by a newer paperctl (schema {version})", False)], record
    found = [(f"{name} is not what it should be", True) for name in misfits(record) if name != "id"]
    missing = [name for name in (*FACTS, "topics", "sources") if name not in record]
    found += [(f"without {', '.join(missing)}", False)] if missing else []
    return found + ([] if _has_id(record) else [("no id", True)]), record


def _has_id(record: Mapping[str, object]) -> bool:
    return isinstance(record.get("id"), str) and record["id"] != ""
