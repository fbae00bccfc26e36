"""What a person said of a merged paper holds for every paper that comes out of it."""

from __future__ import annotations

import json
from collections.abc import Iterable
from pathlib import Path

import pytest

from tests.conftest import Paperctl

LAMPS: dict[str, object] = {
    "title": "Moth navigation under sodium lamps in coastal villages",
    "authors": ["Ingrid Halvorsen", "Bekele Tadesse"],
    "year": 2020,
    "venue": "Animal Behaviour",
    "volume": "160",
    "pages": "55-66",
}
PREPRINT = {**LAMPS, "year": 2019, "venue": "bioRxiv", "volume": None, "pages": None}


def loaded(paperctl: Paperctl, keys: str, *more: str, entry: dict[str, object] = LAMPS) -> None:
    """Loads entries alike, one for each letter, under other keys."""
    path = Path(f"{keys}.jsonl")
    path.write_text("".join(json.dumps({**entry, "id": key}) + "\n" for key in keys), encoding="utf-8")
    assert paperctl("load", path, *more).status == 0


def by(paperctl: Paperctl, key: str) -> str:
    """The id of the paper that an entry went into."""
    papers = paperctl("list", "--jsonl").records
    return next(str(r["id"]) for r in papers if key in (s["key"] for s in r["sources"]))


def together(paperctl: Paperctl) -> str:
    """The keys of each paper, sorted."""
    papers = paperctl("list", "--jsonl").records
    return " ".join(sorted("".join(sorted(s["key"] for s in r["sources"])) for r in papers))


def links(paperctl: Paperctl) -> set[str]:
    """The keys of the papers that name each other as versions."""
    papers = {r["id"]: r for r in paperctl("list", "--jsonl").records}
    key = {name: "".join(s["key"] for s in r["sources"]) for name, r in papers.items()}
    return {key[name] + key[v] for name, r in papers.items() for v in r["versions"]}


def said(paperctl: Paperctl, verb: str, keys: Iterable[str]) -> None:
    Path("plan").write_text(f"{verb} {' '.join(by(paperctl, key) for key in keys)}\n", encoding="utf-8")
    assert paperctl("dedupe", "--apply", "plan").status == 0


@pytest.mark.parametrize("out", [[], ["-e", 1], ["-e", 2]])
@pytest.mark.parametrize("turned", [False, True])
@pytest.mark.parametrize("word", ["distinct", "version"])
def test_parts_stay_apart_from_what_their_paper_was_called(
    paperctl: Paperctl, word: str, turned: bool, out: list[str | int]
) -> None:
    loaded(paperctl, "ab")
    loaded(paperctl, "c", "--no-dedupe")
    said(paperctl, word, "ca" if turned else "ac")
    before = Path("store/papers.jsonl").read_bytes()
    assert paperctl("dedupe", "split", by(paperctl, "a"), *out).status == 0
    assert paperctl("check").status == 0
    paperctl("dedupe")
    assert together(paperctl) == "a b c"
    assert links(paperctl) == ({"ac", "ca", "bc", "cb"} if word == "version" else set())
    assert "0 would be merged, 0 would be linked as versions, 0 doubtful" in paperctl("dedupe", "-n").err
    for _ in range(2 if word == "version" else 1):
        paperctl("undo")
    assert Path("store/papers.jsonl").read_bytes() == before
    paperctl("dedupe")
    assert together(paperctl) == "ab c"


def test_both_sides_may_be_taken_apart_and_the_newest_word_holds(paperctl: Paperctl) -> None:
    loaded(paperctl, "ab")
    loaded(paperctl, "cd", "--no-dedupe")
    said(paperctl, "merge", "cd")
    said(paperctl, "distinct", "ac")
    paperctl("dedupe", "split", by(paperctl, "a"), by(paperctl, "c"))
    paperctl("dedupe")
    assert together(paperctl) == "a b c d"
    said(paperctl, "merge", "bd")
    paperctl("dedupe")
    assert together(paperctl) == "a bd c"


def test_a_copy_that_leaves_a_paper_stays_apart_from_what_that_was_taken_from(paperctl: Paperctl) -> None:
    loaded(paperctl, "abc")
    paperctl("dedupe", "split", by(paperctl, "a"))
    for copies in ("z", "y"):
        loaded(paperctl, copies, "--no-dedupe")
        said(paperctl, "merge", ["a", copies])
        paperctl("dedupe", "split", by(paperctl, "a"))
        paperctl("dedupe")
        assert not any({*paper} & {*"abc"} and len(paper) > 1 for paper in together(paperctl).split())


def test_an_ended_link_comes_back_for_none_of_the_parts(paperctl: Paperctl) -> None:
    loaded(paperctl, "ab")
    loaded(paperctl, "v", entry=PREPRINT)
    assert links(paperctl)
    said(paperctl, "distinct", "av")
    assert not links(paperctl)
    paperctl("dedupe", "split", by(paperctl, "a"))
    paperctl("dedupe")
    assert together(paperctl) == "a b v" and not links(paperctl)
