"""The index finds what looking through all papers finds, and its damage costs nothing but time."""

from __future__ import annotations

import json
import sqlite3
import sys
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from paperctl import index as index_room
from paperctl.cli.sorting import checked_keys, sort_papers
from paperctl.index import opening, vocabulary
from paperctl.library.stats import of_index, statistics
from paperctl.query import parse
from paperctl.query.corpus import Scan
from paperctl.query.search import search
from paperctl.query.tree import And, Node, Not, Or, Term
from paperctl.record import SCHEMA
from paperctl.store import Store, files
from paperctl.store.shape import completed
from paperctl.text.fold import fold
from tests.conftest import Paperctl

_WORDS = st.sampled_from(
    [
        *("lora", "low", "rank", "low-rank", "lowrank", "naïve", "Zoe", "a", "学习", "深度学习", "optimiser"),
        *("optimizers", "pre-training", "pretraining", "pre", "training", "gpt4", "gpt", "4", "haematology"),
        *("matrices", "matrix", "ﬁne", "½", "case", "cases", "Ångström", "x"),
    ]
)
_PROSE = st.lists(_WORDS | st.text(max_size=3), max_size=6).map(" ".join)
_PAPERS = st.lists(
    st.fixed_dictionaries(
        {
            "title": _PROSE,
            "abstract": st.none() | _PROSE,
            "authors": st.lists(_PROSE, max_size=2),
            "keywords": st.lists(_PROSE, max_size=2),
            "venue": st.none() | _PROSE,
            "year": st.none() | st.integers(2019, 2024),
        }
    ),
    min_size=1,
    max_size=8,
)
_TERMS = st.builds(
    Term,
    st.sampled_from(["", "", "title", "abstract", "keyword", "venue", "author"]),
    st.sampled_from(["begins", "begins", "phrase", "exact"]),
    _WORDS.filter(lambda w: " " not in w),
).map(lambda term: Term("title", term.how, term.value) if term.how == "exact" and not term.field else term)
_TREES: st.SearchStrategy[Node] = st.recursive(
    _TERMS | st.just(Term("year", "begins", "2021..")),
    lambda inner: (
        inner.map(Not)
        | st.lists(inner, min_size=2, max_size=3).map(lambda parts: And(tuple(parts)))
        | st.lists(inner, min_size=2, max_size=3).map(lambda parts: Or(tuple(parts)))
    ),
    max_leaves=5,
)


def write(folder: Path, papers: list[dict[str, Any]]) -> Store:
    lines = []
    for n, facts in enumerate(papers):
        record = {**completed({"id": f"{n:012x}", "schema": SCHEMA}), **facts}
        record["schema"] = record.pop("schema")
        lines.append(json.dumps(record, ensure_ascii=True, separators=(",", ":")) + "\n")
    (folder / "papers.jsonl").write_text("".join(lines), encoding="utf-8")
    return Store(folder)


@settings(max_examples=100, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(_PAPERS)
def test_every_paper_is_found_by_its_own_title(
    tmp_path_factory: pytest.TempPathFactory, papers: list[dict[str, Any]]
) -> None:
    store = write(tmp_path_factory.mktemp("own-title"), papers)
    with opening.opened(store) as index:
        assert index is not None
        for n, paper in enumerate(papers):
            words = [word for word in fold(paper["title"]).split() if word not in ("or", "and", "not")]
            for corpus in (index, Scan(store.papers)) if words else ():
                found, relaxed = search(parse(" ".join(words)), corpus)
                assert f"{n:012x}" in [record["id"] for record in found]
                assert relaxed is None or f"{n:012x}" not in relaxed.without


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(_PAPERS, _PAPERS, _TREES)
def test_index_and_scan_agree(
    tmp_path_factory: pytest.TempPathFactory,
    before: list[dict[str, Any]],
    after: list[dict[str, Any]],
    tree: Node,
) -> None:
    folder = tmp_path_factory.mktemp("store")
    query = parse(str(tree))
    for papers in (before, before + after, after):  # made, grown, changed
        store = write(folder, papers)
        scan = Scan(store.papers)
        with opening.opened(store) as index:
            assert index is not None
            matching = [record["id"] for record in scan.matching(query, 500)]
            if index.can(query):
                assert [record["id"] for record in index.listed(query)] == matching
            assert sorted(record["id"] for record in index.matching(query, 500)) == matching
            found = [record["id"] for record in search(query, index)[0]]
            assert found == [record["id"] for record in search(query, scan)[0]]


_SORTS = st.lists(
    st.sampled_from(["year", "title", "venue", "added"]).flatmap(
        lambda name: st.sampled_from([name, f"-{name}"])
    ),
    min_size=1,
    max_size=2,
)
_DECIDED = st.none() | st.sampled_from(["keep", "skip"])
_FACTS = st.fixed_dictionaries(
    {
        "title": _PROSE,
        "venue": st.none() | _PROSE,
        "year": st.none() | st.integers(2019, 2021),
        "added": st.sampled_from(["2026-01-01T00:00:00Z", "2026-01-02T00:00:00Z", None]),
        "has_code": st.booleans(),
        "topics": st.lists(st.sampled_from(["llm", "peft"]), unique=True),
        "decision": _DECIDED,
    }
)


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(_FACTS, min_size=1, max_size=8), st.data())
def test_order_and_counts_are_those_of_a_scan(
    tmp_path_factory: pytest.TempPathFactory, papers: list[dict[str, Any]], data: st.DataObject
) -> None:
    folder = tmp_path_factory.mktemp("store")
    for paper in papers:
        paper["sources"] = [{"file": data.draw(st.sampled_from(["a.bib", "b.ris"])), "format": "bibtex"}]
    shuffled = data.draw(st.permutations([{**paper, "year": 2020} for paper in papers]))
    for some in (papers, papers[1:] + papers[:1], shuffled):  # made, in another order, changed
        store = write(folder, some)
        store.decide({f"{0:012x}": {"decision": data.draw(_DECIDED), "note": None}}, "mark")
        store.correct_topics({f"{len(some) - 1:012x}": {"add": ["llm"]}}, "tag add")
        keys = ",".join(data.draw(_SORTS))
        most = data.draw(st.integers(1, 9))
        with opening.opened(store) as index:
            assert index is not None
            first = index.sorted_first(checked_keys(keys), most)
            assert first is not None
            assert [*sort_papers(first, keys, store)][:most] == [*sort_papers(store.papers(), keys, store)][
                :most
            ]
            some_ids = {f"{n:012x}" for n in range(2)}
            assert index.with_ids(some_ids) == [*store.papers_of(some_ids)]
            counts = of_index(index, store)
            assert counts == statistics(store.papers())


# ---- from outside -----------------------------------------------------------------------------


@pytest.fixture
def indexed(loaded: Paperctl, monkeypatch: pytest.MonkeyPatch) -> Paperctl:
    """The example dumps in a store that is always indexed."""
    monkeypatch.setattr(index_room, "PAYS_FROM", 0)
    return loaded


def index_of(tmp_path: Path) -> Path:
    return tmp_path / "store" / opening.NAME


@pytest.fixture
def named(indexed: Paperctl, tmp_path: Path) -> dict[str, Any]:
    """A paper of a store with an index that is up to date."""
    paper = {"title": "Zyzzyva Weevils in Tidal Pools", "doi": "10.1000/Zyz.1", "arxiv_id": "2401.00001"}
    (tmp_path / "named.jsonl").write_text(
        json.dumps({**paper, "id": "Pool:7", "url": "https://x.org/7"}) + "\n"
    )
    other = {**paper, "arxiv_id": "2401.00001", "url": "https://y.org/Z"}
    (tmp_path / "other.jsonl").write_text(json.dumps(other) + "\n")
    for name in ("named.jsonl", "other.jsonl"):
        assert indexed("load", tmp_path / name).status == 0
    record: dict[str, Any] = json.loads(indexed("search", "zyzzyva weevils", "--jsonl").out.splitlines()[0])
    return record


def test_papers_are_found_in_the_index_by_any_of_their_names(
    indexed: Paperctl, named: dict[str, Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    names = [
        *(named["id"], named["id"][:6], named["id"][:4].upper(), named["citekey"].upper(), "pool:7"),
        *("10.1000/zyz.1", "https://doi.org/10.1000/Zyz.1", "2401.00001", "arXiv:2401.00001v3"),
        *("https://x.org/7", "https://y.org/z"),
    ]
    monkeypatch.setattr(Store, "find", lambda *_: pytest.fail("looked through the papers"))
    for name in names:
        assert json.loads(indexed("show", name, "--json").out)["id"] == named["id"], name


def test_commands_answer_alike_with_and_without_an_index(
    indexed: Paperctl, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    commands = [
        ["list", "adaptation", "--ids"],
        ["list", "quantization year:2023..", "--ids"],
        ["search", "low rank adaptation", "--ids"],
        ["search", "quantisaton of models", "--ids"],
        ["list", "zyzzyva"],
        ["list", "--new", "--ids"],
        ["list", "new: -year:2023", "--ids"],
        ["list", "new: quantization", "--ids"],
        ["list", "--sort", "-year,title", "--limit", "7"],
        ["stats"],
    ]
    with_index = [indexed(*command) for command in commands]
    assert index_of(tmp_path).exists() and with_index[0].out
    monkeypatch.setattr(index_room, "PAYS_FROM", 1 << 60)
    assert [indexed(*command) for command in commands] == with_index


@pytest.mark.parametrize("common", [100, 10_000])
def test_common_words_are_weighed_and_ordered_as_without_an_index(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, common: int
) -> None:
    monkeypatch.setattr(vocabulary, "_COMMON", common)
    abstract = "We study deep learning and its models at length."
    facts = {"title": "Deep Learning Models of Tides", "abstract": abstract}
    papers = [{**facts, "title": f"Tides, Part {n}"} for n in range(150)]
    papers += [{**facts, "title": f"{facts['title']}, Part {n}"} for n in range(150)]
    papers.append({**facts, "title": "Deep Models That Learn"})
    papers.append({**facts, "title": "Deep Waters: Models", "abstract": "Deep models model deep waters."})
    store = write(tmp_path, papers)
    for text in ("deep", "deep models", "deep learning models of tides", "part de", "deep mdels zyzzyva"):
        query = parse(text)
        scanned = [p["id"] for p in search(query, Scan(store.papers))[0]]
        with opening.opened(store) as index:
            assert index is not None
            found = [p["id"] for p in search(query, index)[0]]
        assert found[:20] == scanned[:20]
        assert sorted(found) == sorted(scanned)


@pytest.mark.parametrize("firm", ["year:2019", "year:2019 tides", '"part of tides"', "decision:keep"])
def test_a_relaxed_search_looks_on_until_its_firm_terms_hold(tmp_path: Path, firm: str) -> None:
    papers: list[dict[str, Any]] = [{"title": "Matrices", "year": 2020} for _ in range(150)]
    papers += [
        {"title": f"Matrices and some part of tides {n}", "year": 2019, "decision": "keep"} for n in range(12)
    ]
    store = write(tmp_path, papers)
    query = parse(f"matrices zyzzyva {firm}")
    with opening.opened(store) as index:
        assert index is not None
        found = [paper["id"] for paper in search(query, index)[0]]
    assert found == [paper["id"] for paper in search(query, Scan(store.papers))[0]]
    assert len(found) == 12


@pytest.mark.parametrize("damage", [b"", b"not a database at all", None])
def test_a_damaged_index_is_made_again_without_a_word(
    indexed: Paperctl, tmp_path: Path, damage: bytes | None
) -> None:
    before = indexed("list", "quantization", "--ids")
    content = index_of(tmp_path).read_bytes()
    middle = len(content) // 2
    torn = content[:middle] + b"\0" * 4096 + content[middle + 4096 :]
    index_of(tmp_path).write_bytes(torn if damage is None else damage)
    assert "made anew" in indexed("-v", "list", "quantization", "--ids").err
    index_of(tmp_path).write_bytes(torn if damage is None else damage)
    assert indexed("list", "quantization", "--ids") == before


@pytest.mark.parametrize("page", [0, 1, 2])
def test_damage_that_no_stamp_shows_costs_time_once(indexed: Paperctl, tmp_path: Path, page: int) -> None:
    """The blocks of a disk may be lost while the state of the file stays."""
    commands = [
        ["list", "quantization", "--ids"],
        ["search", "quantisaton of models", "--ids"],
        ["show", "ID"],
    ]
    commands[-1][1] = indexed("list", "--ids").out.split()[0]
    before = [indexed(*command) for command in commands]
    for n, command in enumerate(commands):
        content = index_of(tmp_path).read_bytes()
        kept = len(content) * page // 3
        index_of(tmp_path).write_bytes(content[:kept].ljust(len(content), b"\0"))
        stamp = json.loads((tmp_path / "store" / opening.STAMP).read_bytes())
        stamp["index"] = [*(files.state(index_of(tmp_path)) or ())]
        (tmp_path / "store" / opening.STAMP).write_text(json.dumps(stamp))
        assert indexed(*command) == before[n]
        assert indexed("list", "quantization", "--ids") == before[0]
        assert index_of(tmp_path).read_bytes()[:16].startswith(b"SQLite format 3")


@pytest.mark.parametrize("table", ["words_in", "paper", "word"])
def test_damage_that_a_query_meets_costs_time_only(
    indexed: Paperctl, monkeypatch: pytest.MonkeyPatch, table: str
) -> None:
    commands = [["list", "quantization", "--ids"], ["search", "quantisaton of models", "--ids"]]
    before = [indexed(*command) for command in commands]
    connect = sqlite3.connect

    class Torn(sqlite3.Connection):
        def execute(self, sql: str, *values: Any) -> sqlite3.Cursor:
            if f"FROM {table}" in sql and "WHERE" in sql:
                raise sqlite3.DatabaseError("database disk image is malformed")
            return super().execute(sql, *values)

    monkeypatch.setattr(sqlite3, "connect", lambda *a, **k: connect(*a, **k, factory=Torn))
    assert [indexed(*command) for command in commands] == before


def test_a_python_without_sqlite_searches_without_an_index(
    indexed: Paperctl, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = indexed("list", "quantization", "--ids")
    monkeypatch.setitem(sys.modules, "paperctl.index.opening", None)
    assert indexed("list", "quantization", "--ids") == before


def test_a_folder_that_cannot_hold_an_index_is_searched_without(
    indexed: Paperctl, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    before = indexed("list", "quantization", "--ids")
    index_of(tmp_path).unlink()

    def full(*_: object, **__: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(opening, "_make", full)
    assert indexed("list", "quantization", "--ids") == before
    assert "No space left" in indexed("-v", "list", "quantization", "--ids").err


def test_an_index_follows_loads_and_notes(indexed: Paperctl, tmp_path: Path) -> None:
    indexed("list", "quantization", "--ids")
    dump = tmp_path / "more.jsonl"
    dump.write_text('{"title": "Zyzzyva Weevils in Quantization"}\n')
    assert indexed("load", dump).status == 0
    fresh = index_of(tmp_path).stat()
    (paper,) = indexed("list", "zyzzyva", "--ids").out.split()
    assert index_of(tmp_path).stat() == fresh  # the load has brought it up to date
    assert indexed("mark", "keep", paper, "--note", "plugh").status == 0
    assert indexed("list", "plugh", "--ids").out.split() == [paper]
    assert indexed("search", "plugh weevils", "--ids").out.split()[0] == paper
    # A word that only a note holds is held: of two, the other is the one that no paper has.
    assert indexed("list", "plugh", "xyzzyq").err.strip() == 'no paper has "xyzzyq"'
    assert "plugh" not in indexed("search", "plugh", "xyzzyq", "weevils").err
    assert indexed("undo").status == 0
    assert indexed("list", "plugh", "--ids").out == ""
