"""The keys beside a store: those of its papers after every change, whatever was in the file."""

from __future__ import annotations

import tempfile
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path
from typing import Any

import msgspec
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from paperctl.deduplicate.judging import key_table
from paperctl.library import key_cache
from paperctl.library.dedupe import apply_plan, carry_out
from paperctl.library.key_cache import load_cached_keys
from paperctl.library.load import load
from paperctl.library.split import split
from paperctl.library.tag import retag
from paperctl.reading.read import read_dumps
from paperctl.record import Record
from paperctl.store import Store, Writing
from paperctl.topics import load_rules

WORKS: list[dict[str, Any]] = [
    {"title": f"{bird} of the drained marsh", "authors": ["Dag Moe"], "year": 2010 + n, "doi": f"10.9999/{n}"}
    for n, bird in enumerate(("Herons", "Bitterns", "Curlews", "Lapwings", "Snipes"))
]
ENTRIES = [
    *WORKS,
    *({**work, "title": f"{work['title']}: a count", "venue": "Marsh Letters"} for work in WORKS),
    *({**work, "authors": ["Moe, D."], "venue": "Letters"} for work in WORKS[:3]),
]
RULES = load_rules()


@pytest.fixture(scope="module", autouse=True)
def however_few() -> Iterable[None]:
    """Keys are kept for stores of any size."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(key_cache, "PAYS_FROM", 1)
        yield


def loaded(store: Store, entries: Sequence[dict[str, Any]], **how: Any) -> list[Record]:
    """The papers after a dump of these was loaded."""
    dump = store.folder.parent / f"dump{len([*store.folder.parent.iterdir()])}.jsonl"
    dump.write_bytes(b"".join(msgspec.json.encode(entry) + b"\n" for entry in entries))
    incoming, receipt = read_dumps([str(dump)], format="jsonl")
    load(store, incoming, receipt, tagger=None, **how)
    return [*store.papers()]


def right(store: Store) -> bool:
    """Whether the file has the keys that are made from the papers."""
    papers = Writing(store).lazy_papers()
    kept = load_cached_keys(store, len(papers))
    made = key_table(papers, 0, len(papers))
    return kept is not None and all(np.array_equal(a, b) for a, b in zip(kept, made, strict=True))


@settings(max_examples=30, deadline=None)
@given(st.permutations(ENTRIES), st.lists(st.integers(1, 4), min_size=1, max_size=5))
def test_a_load_leaves_the_keys_of_what_is_stored(order: list[dict[str, Any]], sizes: list[int]) -> None:
    with tempfile.TemporaryDirectory() as folder:
        store = Store(Path(folder) / "store")
        for size in sizes:
            some, order = order[:size], order[size:]
            loaded(store, some)
            assert not some or right(store)


def test_a_pass_over_the_store_leaves_them_as_well(tmp_path: Path) -> None:
    store = Store(tmp_path / "store")
    loaded(store, ENTRIES[:8], dedupe=False)
    assert carry_out(store).surplus == 3
    assert right(store)


STEPS = st.tuples(
    st.sampled_from(["merge", "version", "distinct", "split", "tag", "load"]),
    st.lists(st.integers(0, 7), min_size=2, max_size=3, unique=True),
)


@settings(max_examples=40, deadline=None)
@given(st.lists(STEPS, min_size=1, max_size=6))
def test_so_does_every_other_change_of_papers(steps: list[tuple[str, list[int]]]) -> None:
    with tempfile.TemporaryDirectory() as folder:
        store = Store(Path(folder) / "store")
        boats = [{"title": f"{work['title']} seen from a boat"} for work in WORKS]
        loaded(store, [*boats, {"title": "Large language models", "abstract": "Of fine-tuning with LoRA."}])
        loaded(store, ENTRIES[:8])
        for verb, numbers in steps:
            papers = [*store.papers()]
            some = [papers[n] for n in numbers if n < len(papers)]
            if verb == "tag":
                retag(store, RULES, lambda stage, share: None)
            elif verb == "load":
                loaded(store, [ENTRIES[n + 5] for n in numbers])
            elif verb == "split":
                split(store, [paper["id"] for paper in some if len(paper["sources"]) > 1])
            elif len(some) > 1:
                apply_plan(store, [(verb, [paper["id"] for paper in some])])
            assert right(store), verb


def test_the_first_load_into_a_filled_store_finds_its_keys(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    store = Store(tmp_path / "store")
    loaded(store, ENTRIES[:8])
    monkeypatch.delattr("paperctl.deduplicate.planning.key_table")
    assert len(loaded(store, ENTRIES[8:])) == len(WORKS)


@pytest.mark.parametrize(
    "harm",
    [
        lambda good: b"",
        lambda good: good[:300],
        lambda good: good[:-8],
        lambda good: good[:-8] + bytes(8),
        lambda good: good[:256] + b"\xff" * (len(good) - 256),
        lambda good: good.replace(b"paperctl keys ", b"paperctl keys 1", 1),
        lambda good: b"not keys at all",
    ],
)
def test_a_file_that_is_no_good_is_made_again(tmp_path: Path, harm: Callable[[bytes], bytes]) -> None:
    store = Store(tmp_path / "store")
    loaded(store, ENTRIES[:6])
    file = store.folder / key_cache.NAME
    file.write_bytes(harm(file.read_bytes()))
    assert len(loaded(store, ENTRIES[6:])) == len(WORKS)
    assert right(store)


def test_so_is_one_of_papers_that_were_changed_by_other_hands(tmp_path: Path) -> None:
    store = Store(tmp_path / "store")
    loaded(store, WORKS)
    lines = store.papers_file.read_bytes().splitlines(keepends=True)
    store.papers_file.write_bytes(b"".join(lines[::-1]))
    assert len(loaded(store, ENTRIES[5:])) == len(WORKS)
    assert [len(paper["sources"]) for paper in store.papers()] == [2, 2, 3, 3, 3]


def test_who_only_looks_writes_no_keys(tmp_path: Path) -> None:
    store = Store(tmp_path / "store")
    loaded(store, WORKS)
    file = store.folder / key_cache.NAME
    file.unlink()
    loaded(store, ENTRIES[5:], dry_run=True)
    assert not file.exists()
    loaded(store, ENTRIES[5:])
    assert right(store)


def test_what_a_stopped_load_left_of_it_is_swept_up(tmp_path: Path) -> None:
    store = Store(tmp_path / "store")
    loaded(store, WORKS)
    left = store.folder / f"{key_cache.NAME}.tmp-x"
    left.write_bytes(b"half")
    loaded(store, ENTRIES[5:])
    assert not left.exists()
