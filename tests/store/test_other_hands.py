"""Stores that an editor or a script wrote: read as far as they go, told of, mended, never a crash."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from paperctl.store.shape import PAPER, SOURCE, completed, misfits
from tests.conftest import Paperctl

WRONG: list[Any] = [None, "text", 5, [1], ["a", None], {"a": [1]}]
FIELDS = [*PAPER, *(f"sources.0.{name}" for name in SOURCE)]


@pytest.fixture
def papers(loaded: Paperctl, tmp_path: Path) -> Path:
    return tmp_path / "store" / "papers.jsonl"


def merged(papers: Path) -> tuple[int, dict[str, Any]]:
    """A paper of several sources, and its line from 0."""
    records = [json.loads(line) for line in papers.read_text(encoding="utf-8").split("\n") if line]
    return next((n, r) for n, r in enumerate(records) if len(r["sources"]) > 1)


def put(papers: Path, at: int, record: dict[str, Any]) -> None:
    lines = papers.read_text(encoding="utf-8").split("\n")
    lines[at] = json.dumps(record, ensure_ascii=False, separators=(",", ":"))
    papers.write_text("\n".join(lines), encoding="utf-8")


@pytest.mark.parametrize("field", FIELDS)
def test_a_field_of_the_wrong_kind_is_named_and_mended(loaded: Paperctl, papers: Path, field: str) -> None:
    at, good = merged(papers)
    whole = papers.read_bytes()
    for wrong in WRONG:
        record = json.loads(json.dumps(good))
        *path, last = field.split(".")
        holder = record[path[0]][int(path[1])] if path else record
        holder[last] = wrong
        put(papers, at, record)
        for arguments in (["stats"], ["export"], ["dedupe", "-n"], ["show", good["id"]]):
            ran = loaded(*arguments)
            assert "internal" not in ran.err, (wrong, arguments)
            assert ran.status == 0 or "papers.jsonl line" in ran.err or field == "id"
        amiss = loaded("check")
        assert (amiss.status == 1) == bool(list(misfits(record)) or not isinstance(record["id"], str))
        assert loaded("check", "--repair").status == 0
        assert loaded("check").status == 0 and loaded("list", "--ids").status == 0
        assert len(loaded("list", "--ids").out.split()) == whole.count(b"\n")
        papers.write_bytes(whole)


def test_a_line_with_our_schema_and_few_fields_is_read(paperctl: Paperctl, tmp_path: Path) -> None:
    folder = tmp_path / "store"
    folder.mkdir()
    lines = (f'{{"id":"moth{n}","title":"Moths and lamps","schema":1}}\n' for n in (1, 2))
    (folder / "papers.jsonl").write_text("".join(lines), encoding="utf-8")
    for command in (
        ["list", "--jsonl"],
        ["show", "moth1"],
        ["dedupe", "-n"],
        ["stats"],
        ["mark", "keep", "moth1"],
    ):
        ran = paperctl(*command)
        assert (ran.status, "internal error" in ran.err) == (0, False), command
    assert "by hand" in paperctl("list").err


def test_values_are_turned_into_their_kind_not_dropped() -> None:
    record = completed({"id": "x", "title": 5, "authors": "Ann Bee", "year": "2020", "extra": {"a": 1}})
    assert (record["title"], record["authors"], record["year"]) == ("5", ["Ann Bee"], 2020)
    assert record["extra"] == {"a": 1} and not list(misfits(record))


def test_a_store_of_a_script_is_read_marked_and_mended(paperctl: Paperctl, tmp_path: Path) -> None:
    folder = tmp_path / "store"
    folder.mkdir()
    rows: list[dict[str, Any]] = [
        {"id": "Smith2020", "title": "Pruning trees by hand", "authors": "Ann Bee", "year": "2020"},
        {"title": "Another paper about pruning trees", "id": "abcdef012345", "doi": "10.1000/MiXed"},
        {"id": "Smith2020b", "title": "A third one"},
    ]
    text = "\ufeff" + "".join(json.dumps(row) + "\r\n" for row in rows)
    (folder / "papers.jsonl").write_text(text, encoding="utf-8", newline="")
    for word, paper in (("smith2020", 0), ("abcd", 1), ("10.1000/mixed", 1), ("10.1000/MiXed", 1)):
        assert paperctl("show", word, "--json").json["id"] == rows[paper]["id"]
    assert paperctl("mark", "keep", "abcdef012345", "Smith2020").status == 0
    assert paperctl("list", "decision:keep", "--ids").out.split() == ["Smith2020", "abcdef012345"]
    assert paperctl("list", "author:bee", "year:2020", "--ids").out == "Smith2020\n"
    assert paperctl("tag").status == 0


def test_ids_of_a_script_are_found_in_either_case_and_with_their_notes(
    paperctl: Paperctl, tmp_path: Path
) -> None:
    (tmp_path / "store").mkdir()
    (tmp_path / "store" / "papers.jsonl").write_text('{"id":"Smith2020","title":"Pruning trees by hand"}\n')
    assert paperctl("show", "smith2020", "--json").json["id"] == "Smith2020"
    paperctl("mark", "keep", "Smith2020", "--note", "river otters")
    assert paperctl("list", "otters", "--ids").out == "Smith2020\n"


def test_papers_with_ids_of_a_script_are_merged_linked_and_parted(paperctl: Paperctl, tmp_path: Path) -> None:
    folder = tmp_path / "store"
    folder.mkdir()
    rows = [{"id": name, "title": f"Pruning {name} by hand"} for name in ("oak/1", "élan2020", "elm", "ash")]
    (folder / "papers.jsonl").write_text("".join(json.dumps(row) + "\n" for row in rows), encoding="utf-8")
    (tmp_path / "new.jsonl").write_text('{"title": "Felling birches with a saw"}\n')
    paperctl("load", tmp_path / "new.jsonl")
    birch = paperctl("list", "birches", "--ids").out.strip()
    for plan in (f"merge {birch} élan2020\n", "version oak/1 élan2020\n", "distinct elm ash\n"):
        assert paperctl("dedupe", "--apply", "-", stdin=plan).status == 0
    assert paperctl("show", "élan2020", "--json").json["versions"] == ["oak/1"]
    assert paperctl("show", "oak/1", "--json").json["versions"] == ["élan2020"]
    assert "1 unlinked" in paperctl("dedupe", "--apply", "-", stdin=f"distinct {birch} oak/1\n").err
    assert paperctl("show", "oak/1", "--json").json["versions"] == []


@pytest.mark.parametrize("command", ["dedupe --apply plan", "mark keep {0}", "tag add llm -- {0}", "dedupe"])
def test_a_store_with_one_paper_of_a_newer_version_is_not_written(
    paperctl: Paperctl, tmp_path: Path, command: str
) -> None:
    paperctl("load", "-", stdin="".join(json.dumps({"title": f"Pruning {n} trees"}) + "\n" for n in "abc"))
    papers = tmp_path / "store" / "papers.jsonl"
    papers.write_text('"schema": 2}'.join(papers.read_text().rsplit('"schema":1}', 1)), encoding="utf-8")
    ids = paperctl("list", "--ids").out.split()
    Path("plan").write_text(f"merge {ids[0]} {ids[1]}\n")
    before = [file.read_bytes() for file in sorted(papers.parent.glob("*.jsonl"))]
    ran = paperctl(*command.format(*ids).split())
    assert ran.status == 1 and "newer paperctl (schema 2" in ran.err
    assert [file.read_bytes() for file in sorted(papers.parent.glob("*.jsonl"))] == before


def test_papers_without_an_id_get_one(paperctl: Paperctl, tmp_path: Path) -> None:
    folder = tmp_path / "store"
    folder.mkdir()
    (folder / "papers.jsonl").write_text(
        '{"title": "Pruning trees by hand"}\n{"title": "And again by hand"}\n'
    )
    assert paperctl("check").status == 1
    assert paperctl("check", "--repair").status == 0
    assert [r["title"] for r in paperctl("list", "--jsonl").records] == [
        "Pruning trees by hand",
        "And again by hand",
    ]
    assert paperctl("check").status == 0
    assert paperctl("undo").status == 0
    assert (folder / "papers.jsonl").read_text().startswith('{"title": "Pruning')


def test_mending_a_doubled_id_leaves_other_ids_alone(loaded: Paperctl, papers: Path) -> None:
    ids = loaded("list", "--ids").out.split()
    lines = papers.read_text(encoding="utf-8").split("\n")
    twin = {**json.loads(lines[1]), "id": ids[0]}  # the title is that of a later line
    papers.write_text("\n".join([lines[0], json.dumps(twin), *lines[1:]]), encoding="utf-8")
    assert loaded("check", "--repair").status == 0
    after = loaded("list", "--ids").out.split()
    assert after[:1] + after[2:] == ids and len(set(after)) == len(after)


@pytest.mark.parametrize(
    "line",
    [
        '{"at":"zzz","did":"x","set":{}}',
        '{"at":"9999-12-31T23:59:59.999999Z","did":"x","set":{}}',
        '{"at":"2026-13-41T08:00:00Z","did":"x"}',
        '{"at":"2026-11-21T08:00:00Z","set":5}',
        '{"at":"2026-11-21T08:00:00Z","set":{"x":{"decision":["keep"]}}}',
        '{"at":"2026-11-21T08:00:00Z","topics":5}',
        '{"at":"2026-11-21T08:00:00Z","pairs":[["a","b"]]}',
        '{"at":"2026-11-21T08:00:00Z","pairs":[[1,"b","distinct"]]}',
        '{"at":"2026-11-21T08:00:00Z","apart":[["a","b"]]}',
        '{"at":"2026-11-21T08:00:00Z","undoes":["x"]}',
        "[" * 3000 + "]" * 3000,
    ],
)
@pytest.mark.parametrize("file", ["decisions.jsonl", "corrections.jsonl"])
def test_a_damaged_event_is_left_out_and_set_aside(
    loaded: Paperctl, papers: Path, file: str, line: str
) -> None:
    paper = loaded("list", "--ids").out.split()[0]
    assert loaded("mark", "keep", paper).status == 0
    events = papers.parent / file
    events.open("a").write(line + "\n")
    for arguments in (["list"], ["log"], ["mark", "skip", paper], ["undo"], ["stats"]):
        assert loaded(*arguments).status == 0
    assert loaded("check").status == 1
    assert loaded("check", "--repair").status == 0 and loaded("check").status == 0
    assert loaded("show", paper, "--json").json["decision"] == "keep"


def test_the_log_counts_the_papers_that_were_spoken_of(paperctl: Paperctl, tmp_path: Path) -> None:
    said = (
        '"set":{"a":{"decision":"keep"},"b":{}}',
        '"pairs":[["a","b","distinct"],["a","c","version"]]',
        '"apart":[[["a"],["b","c"],["d"]],[["e"],["f"]]],"pairs":[["a","b","version"]]',
    )
    (tmp_path / "store").mkdir()
    lines = (f'{{"at":"2026-11-2{n}T08:00:00Z",{what}}}\n' for n, what in enumerate(said))
    (tmp_path / "store" / "corrections.jsonl").write_text("".join(lines))
    assert [change["papers"] for change in paperctl("log", "--json").records] == [6, 3, 2]


def test_a_damaged_history_file_is_passed_over(loaded: Paperctl, papers: Path) -> None:
    for n, text in enumerate(("", "[]", '{"at":5,"did":"x","before":[0,0],"after":[0,0]}', "[" * 3000)):
        (papers.parent / "history" / f"203{n}.jsonl").write_text(text + "\n")
    assert loaded("log").status == 0 and loaded("undo").status == 0
    assert loaded("list").out == ""


def test_what_was_said_last_of_merged_papers_holds(paperctl: Paperctl, tmp_path: Path) -> None:
    title = "Efficient pruning of very large trees in the garden"
    about = "Parameter-efficient fine-tuning of large language models with low-rank adaptation (LoRA)."
    for name, more in (("a", {"doi": "10.1000/a1"}), ("b", {"abstract": about})):
        row = {"title": title, "authors": ["Ann Bee"], "year": 2021, **more}
        (tmp_path / f"{name}.jsonl").write_text(json.dumps(row) + "\n")
        paperctl("load", "--no-dedupe", tmp_path / f"{name}.jsonl")
    first, second = paperctl("list", "--ids").out.split()
    assert "peft" in paperctl("show", second, "--json").json["topics"]
    paperctl("mark", "skip", first)
    paperctl("mark", "keep", second)
    paperctl("tag", "add", "quantization", "--", second)
    paperctl("dedupe")

    def now() -> dict[str, Any]:
        record: dict[str, Any] = paperctl("show", first, "--json").json
        return record

    assert now()["decision"] == "keep"
    assert {"peft", "quantization"} <= set(now()["topics"])  # tagged by the facts it has now
    assert "marked skip" in paperctl("mark", "skip", first).err and now()["decision"] == "skip"
    paperctl("tag", "remove", "quantization", "--", first)
    assert "quantization" not in now()["topics"]
    paperctl("tag", "add", "quantization", "--", first)
    paperctl("tag", "forget", "quantization", "--", second)
    assert "quantization" not in now()["topics"]
    paperctl("dedupe", "split", first)
    assert "peft" in paperctl("show", second, "--json").json["topics"]
    assert "peft" not in now()["topics"]


def test_a_split_gives_each_entry_an_id_of_its_own(loaded: Paperctl, papers: Path) -> None:
    at, record = merged(papers)
    for source in record["sources"]:
        source.pop("id", None)
    record["sources"].append({**record["sources"][1], "lines": [900, 900]})
    put(papers, at, record)
    assert loaded("dedupe", "split", record["id"]).status == 0
    ids = loaded("list", "--ids").out.split()
    assert len(set(ids)) == len(ids) and loaded("check").status == 0


def test_what_tagging_learned_is_left_aside_where_it_cannot_be_read(loaded: Paperctl, papers: Path) -> None:
    assert loaded("tag").status == 0
    file = papers.with_name("topics.json")
    kept = json.loads(file.read_bytes())
    for wrong in ({"llm": {"from": "another version"}}, {"llm": 3}, [1]):
        file.write_text(json.dumps({**kept, "learned": wrong}), encoding="utf-8")
        assert loaded("show", loaded("list", "--ids").out.split()[0]).status == 0
