"""Entries that a person took apart stay apart in whatever dump they come back, and get back their own."""

from __future__ import annotations

import json
from collections.abc import Iterable
from pathlib import Path

import pytest

from tests.conftest import Paperctl

Entry = dict[str, object]

MOTHS: Entry = {"id": "q1", "title": "Counting moths at night with a single camera", "year": 2021}
SAME: tuple[Entry, Entry] = (MOTHS, {**MOTHS, "id": "q2"})
SPELT: tuple[Entry, Entry] = (
    {**MOTHS, "authors": ["Ada Winter"]},
    {"id": "q2", "title": "Counting Moths at Night With a Single-Camera", "authors": ["A. Winter"]},
)
BARE: Entry = {"id": "q3", "title": "Counting moths at night with a single camera"}
DOUBTFUL: tuple[Entry, Entry] = (
    {"id": "n1", "title": "Counting moths at night with a single camera", "doi": "10.9999/a.1"},
    {"id": "n2", "title": "Lupin fields as a habitat of hawkmoths", "doi": "10.9999/a.1"},
)


def dump(name: str, entries: Iterable[Entry]) -> Path:
    """A dump of these entries, no two of different names equal to the byte."""
    path = Path(name)
    blank = "\n" * (sum(map(ord, name)) % 97)
    path.write_text("".join(json.dumps(entry) + "\n" for entry in entries) + blank, encoding="utf-8")
    return path


def together(paperctl: Paperctl) -> list[set[str]]:
    """The keys of the entries in each paper."""
    return [{s["key"] for s in r["sources"]} for r in paperctl("list", "--jsonl").records]


def parted(paperctl: Paperctl, *dumps: Path) -> None:
    assert paperctl("load", *dumps).status == 0
    assert together(paperctl) == [{"q1", "q2"}]
    assert paperctl("dedupe", "split", *paperctl("list", "--ids").out.split()).status == 0
    assert together(paperctl) == [{"q1"}, {"q2"}]


@pytest.mark.parametrize("pair", [SAME, SPELT])
@pytest.mark.parametrize("third", [[], [BARE]])
@pytest.mark.parametrize("turned", [False, True])
def test_a_copy_of_entries_taken_apart_goes_to_their_papers(
    paperctl: Paperctl, pair: tuple[Entry, Entry], third: list[Entry], turned: bool
) -> None:
    parted(paperctl, dump("q.jsonl", pair))
    copy = [*(reversed(pair) if turned else pair)]
    paperctl("load", dump("q-2.jsonl", [*third, *copy]))
    told = paperctl("load", dump("q-3.jsonl", [*copy, *third])).err
    papers = together(paperctl)
    assert len(papers) == 2 and not any({"q1", "q2"} <= keys for keys in papers)
    assert "doubtful" not in told
    assert "0 would be merged, 0 would be linked as versions, 0 doubtful" in paperctl("dedupe", "-n").err


@pytest.mark.parametrize("pair", [SAME, SPELT])
@pytest.mark.parametrize("at_once", [False, True])
@pytest.mark.parametrize("turned", [False, True])
def test_it_does_so_from_several_dumps(
    paperctl: Paperctl, pair: tuple[Entry, Entry], at_once: bool, turned: bool
) -> None:
    first, second = dump("a.jsonl", pair[:1]), dump("b.jsonl", pair[1:])
    parted(paperctl, *([first, second] if at_once else [dump("q.jsonl", pair)]))
    copies = [dump("c.jsonl", pair[:1]), dump("d.jsonl", pair[1:]), dump("e.jsonl", [BARE])]
    copies = copies[::-1] if turned else copies
    for names in [copies] if at_once else [[name] for name in copies]:
        paperctl("load", *names)
    papers = together(paperctl)
    assert len(papers) == 2 and not any({"q1", "q2"} <= keys for keys in papers)


def test_entries_alike_to_the_letter_and_without_a_key_are_told_apart_by_their_order(
    paperctl: Paperctl,
) -> None:
    entry = {name: value for name, value in MOTHS.items() if name != "id"}
    paperctl("load", dump("q.jsonl", [entry, entry]))
    paperctl("dedupe", "split", *paperctl("list", "--ids").out.split())
    paperctl("load", dump("q-2.jsonl", [entry, entry]))
    paperctl("load", dump("q-3.jsonl", [entry, entry]))
    assert [len(r["sources"]) for r in paperctl("list", "--jsonl").records] == [3, 3]


def test_a_pass_over_the_store_keeps_copies_apart_that_were_loaded_without_one(paperctl: Paperctl) -> None:
    parted(paperctl, dump("q.jsonl", SPELT))
    paperctl("load", "--no-dedupe", dump("q-2.jsonl", SPELT))
    assert len(together(paperctl)) == 4
    paperctl("load", dump("other.jsonl", [{"id": "o", "title": "Wing beats of hawkmoths over lupins"}]))
    assert len(together(paperctl)) == 5  # a load merges nothing that is stored
    paperctl("dedupe")
    assert together(paperctl) == [{"q1"}, {"q2"}, {"o"}]


@pytest.mark.parametrize("word", ["distinct", "version"])
def test_a_copy_of_a_pair_that_was_answered_is_not_asked_about(paperctl: Paperctl, word: str) -> None:
    assert "1 doubtful pair" in paperctl("load", dump("n.jsonl", DOUBTFUL)).err
    ids = paperctl("list", "--ids").out.split()
    Path("plan").write_text(f"{word} {' '.join(ids)}\n", encoding="utf-8")
    paperctl("dedupe", "--apply", "plan")
    assert "doubtful" not in paperctl("load", dump("n-2.jsonl", DOUBTFUL)).err
    assert "doubtful" not in paperctl("load", dump("n-3.jsonl", [{**DOUBTFUL[1], "id": "n9"}])).err
    assert together(paperctl) == [{"n1"}, {"n2", "n9"}]
    assert ", 0 doubtful" in paperctl("dedupe", "-n").err
