"""What people do to a store by hand: labels, notes, a status of reading, saved queries, taking papers out."""

from __future__ import annotations

import json
import os
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import pexpect
import pytest

from paperctl.api.library import Library
from paperctl.errors import UsageError
from paperctl.library.note import write_note
from paperctl.library.remove import remove
from paperctl.store import Store
from tests.conftest import Paperctl

TITLES = ("Sparse Adapters for Parsing", "Whales of the North Sea", "Quantized Adapters for Speech")


@pytest.fixture
def dump(tmp_path: Path) -> Path:
    path = tmp_path / "three.jsonl"
    lines = [
        json.dumps(
            {"title": title, "authors": [f"Ann Bee {n}"], "year": 2020 + n, "url": f"https://x.org/{n}"}
        )
        for n, title in enumerate(TITLES)
    ]
    path.write_text("\n".join(lines) + "\n")
    return path


@pytest.fixture
def store(paperctl: Paperctl, dump: Path) -> Paperctl:
    assert paperctl("load", dump).status == 0
    return paperctl


def one(paperctl: Paperctl, *query: str) -> Any:
    (record,) = paperctl("list", *query, "--jsonl").records
    return record


def titles(paperctl: Paperctl, *query: str) -> set[str]:
    ran = paperctl("list", *query, "--fields", "title")
    assert ran.status == 0, ran.err
    return set(ran.out.splitlines())


SPARSE, WHALES, QUANTIZED = TITLES


# ---- labels ---------------------------------------------------------------------------------------


def test_labels_are_given_found_exported_and_taken_back(store: Paperctl, dump: Path, tmp_path: Path) -> None:
    sparse, whales = one(store, "sparse")["id"], one(store, "whales")["id"]
    assert one(store, "sparse")["labels"] == []
    assert store("label", "add", "to discuss", "Lab", "--", sparse, whales).status == 0
    assert store("label", "add", "LAB", "--", whales).status == 0  # the same label, and there already
    assert one(store, "whales")["labels"] == ["to discuss", "Lab"]
    assert titles(store, "label:lab") == titles(store, "labels:lab,x") == {SPARSE, WHALES}
    assert titles(store, 'label:"to discuss"', "-whales") == {SPARSE}
    assert titles(store, "no:label") == {QUANTIZED}
    assert store("label").out == "Lab\t2\nto discuss\t2\n"
    assert "Lab" in store("export", "whales", "-f", "csv").out
    assert store("label", "remove", "lab", "--", whales).status == 0
    assert titles(store, "label:lab") == {SPARSE}
    assert store("undo").status == 0 and titles(store, "label:lab") == {SPARSE, WHALES}
    exported = tmp_path / "own.jsonl"
    exported.write_text(store("export", "--jsonl").out)
    elsewhere = ("--store", str(tmp_path / "elsewhere"))
    store(*elsewhere, "load", dump)
    assert store(*elsewhere, "load", exported).status == 0
    assert one(store, *elsewhere, "whales")["labels"] == ["to discuss", "Lab"]


def test_labels_hold_for_the_paper_that_two_became(store: Paperctl, tmp_path: Path) -> None:
    (tmp_path / "again.jsonl").write_text(json.dumps({"title": "Whales in the North"}) + "\n")
    store("load", tmp_path / "again.jsonl")
    first, second = one(store, f'"{WHALES}"')["id"], one(store, '"whales in the north"')["id"]
    store("label", "add", "sea", "--", second)
    ran = store("dedupe", "--apply", "-", stdin=f"# paperctl plan.\nmerge {first} {second}\n")
    assert ran.status == 0, ran.err
    assert one(store, "whales")["labels"] == ["sea"]


def test_faults_of_labels_change_nothing(store: Paperctl) -> None:
    sparse = one(store, "sparse")["id"]
    for args in (
        ("add", "x"), ("add", "--", sparse), ("add", "x", "--"), ("add", "a,b", "--", sparse),
        ("add", "…", "--", sparse), ("remove", "nowhere", "--", sparse), ("add", "x", "--", "ffffffff"),
    ):  # fmt: skip
        assert store("label", *args).status == 2, args
    assert store("label").out == ""


# ---- note, status, open -----------------------------------------------------------------------------


def test_a_note_grows_is_replaced_and_edited(
    store: Paperctl, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    whales = one(store, "whales")["id"]
    assert store("note", whales, "read", "first").status == 0
    assert store("note", whales, "-", stdin="then the \x1b[31mthird\n").status == 0
    assert one(store, "whales")["note"].startswith("read first\nthen the ")
    assert (
        store("note", whales).out.startswith("read first\nthen the ")
        and "\x1b" not in store("note", whales).out
    )
    assert store("note", whales, "--replace", "only this").status == 0
    assert one(store, "note:only")["id"] == whales
    editor = tmp_path / "editor"
    editor.write_text(f"#!{sys.executable}\nimport sys\nopen(sys.argv[1], 'a').write(' and that')\n")
    editor.chmod(0o755)
    monkeypatch.setenv("EDITOR", str(editor))
    monkeypatch.delenv("VISUAL", raising=False)
    assert store("note", whales, "--edit").status == 0
    assert one(store, "whales")["note"] == "only this and that"
    store("undo")
    assert one(store, "whales")["note"] == "only this"
    monkeypatch.setenv("EDITOR", "false")
    assert store("note", whales, "--edit").status == 1 and one(store, "whales")["note"] == "only this"
    assert store("note", whales, "--replace").status == 0 and one(store, "whales")["note"] is None


def test_notes_and_keys_given_at_the_same_time_are_all_heard(store: Paperctl, tmp_path: Path) -> None:
    sparse, whales = one(store, "sparse")["id"], one(store, "whales")["id"]
    lines = [f"line {n}" for n in range(8)]

    def key(paper: str) -> bool:
        try:
            return bool(write_note(Store(tmp_path / "store"), paper, str, "deep").at)
        except UsageError:
            return False

    with ThreadPoolExecutor(8) as several:
        list(several.map(lambda line: Library(tmp_path / "store").note(whales, line), lines))
        assert sorted(several.map(key, (sparse, whales))) == [False, True]
    assert sorted(one(store, "whales")["note"].split("\n")) == lines


def test_a_key_alone_says_nothing_of_a_note(store: Paperctl) -> None:
    ran = store("note", one(store, "whales")["id"], "--key", "deep")
    assert "deep" in ran.err and "note" not in ran.err


def test_what_came_to_a_note_while_it_was_edited_stays(
    store: Paperctl, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    whales = one(store, "whales")["id"]
    store("note", whales, "old")

    def meanwhile(text: str, suffix: str) -> str:
        Library(tmp_path / "store").note(whales, "late")
        return f"{text} edited"

    monkeypatch.setattr("paperctl.cli.editing.edited", meanwhile)
    assert store("note", whales, "--edit").status == 0
    assert one(store, "whales")["note"] == "old edited\nlate"


def test_how_far_one_is_in_reading(store: Paperctl) -> None:
    whales = one(store, "whales")["id"]
    store("mark", "keep", whales)
    store("mark", "reading", whales)
    record = one(store, "status:reading")
    assert (record["id"], record["decision"], record["status"]) == (whales, "keep", "reading")
    assert titles(store, "no:status") == {SPARSE, QUANTIZED}
    store("mark", "unread", whales)
    assert titles(store, "has:status") == set() and one(store, "whales")["decision"] == "keep"
    assert store("list", "status:raed").status == 2
    assert store("mark", "read", whales, "--reason", "x").status == 2


def test_open_prints_the_link_where_there_is_no_browser(store: Paperctl, tmp_path: Path) -> None:
    whales = one(store, "whales")["id"]
    assert store("open", whales).out == "https://x.org/1\n"
    paper = tmp_path / "paper.pdf"
    paper.write_bytes(b"%PDF")
    (tmp_path / "z.bib").write_text(
        f"@book{{z, title = {{A Book of Tides}}, file = {{Full text:{paper}:PDF}}}}\n"
    )
    store("load", tmp_path / "z.bib")
    assert store("open", one(store, "tides")["id"]).out == f"{paper}\n"
    ran = store("open", whales, "--code")
    assert ran.status == 1 and ran.out == "" and whales in ran.err


# ---- saved queries ----------------------------------------------------------------------------------


def test_a_saved_query_stands_wherever_a_query_does(store: Paperctl) -> None:
    assert store("query", "save", "ours", "adapters", "or", "whales").status == 0
    assert store("query", "save", "late", "@ours", "year:2021..").status == 0
    assert titles(store, "@ours") == set(TITLES)
    assert titles(store, "@late", "-whales") == titles(store, "-whales @late") == {QUANTIZED}
    assert titles(store, "-@late") == {SPARSE}
    assert store("stats", "@late", "--json").json["papers"] == 2
    assert len(store("search", "@ours", "adapters", "--ids").out.split()) == 2
    assert store("query", "list", "--json").json == {
        "ours": "adapters or whales",
        "late": "@ours year:2021..",
    }
    assert store("query", "rm", "@ours").status == 0
    ran = store("list", "@late")
    assert ran.status == 2 and "@ours" in ran.err and "@late" in ran.err and ran.err.count("^^") == 2
    assert store("undo").status == 0 and titles(store, "@late") == {WHALES, QUANTIZED}


def test_faults_of_saved_queries(store: Paperctl) -> None:
    store("query", "save", "tuning", "topic:peft")
    assert "did you mean tuning" in store("list", "@tuninf").err
    store("query", "rm", "tuning")
    store("query", "save", "a", "topic:peft")
    for args in (
        ("save", "2b", "x"),
        ("save", "c", "titel:x"),
        ("save", "c", "@c"),
        ("rm", "c"),
        ("save", "c", ""),
    ):
        assert store("query", *args).status == 2, args
    store("query", "save", "b", "@a")
    ran = store("query", "save", "a", "@b")
    assert ran.status == 2 and "itself" in ran.err
    assert store("list", '"@a"').status == 0
    assert store("query", "list").out == "@a\ttopic:peft\n@b\t@a\n"


# ---- new:, load: ------------------------------------------------------------------------------------


def test_what_a_load_added_is_a_term_of_queries(store: Paperctl, tmp_path: Path) -> None:
    (tmp_path / "more.jsonl").write_text(json.dumps({"title": "Tides of the South Sea"}) + "\n")
    store("load", tmp_path / "more.jsonl")
    tides = {"Tides of the South Sea"}
    for query in ("new:", "load:last", "new: sea", "sea new:", "(new: or zzz) tides"):
        assert titles(store, query) == tides, query
    assert titles(store, "-new:") == set(TITLES) == titles(store, "-load:last", "load:today")
    assert store("stats", "new:", "--json").json["papers"] == 1
    assert len(store("search", "sea", "new:", "--ids").out.split()) == 1
    first, second = (json.loads(line)["at"] for line in reversed(store("log", "--json").out.splitlines()))
    assert titles(store, f"load:{first}") == set(TITLES) and titles(store, f"load:{second}") == tides
    assert store("list", "load:2031-01-01").out == ""
    assert store("list", "load:1999-01-01T08").status == store("list", "load:yesterdy").status == 2
    store("query", "save", "fresh", "new:")
    assert titles(store, "@fresh") == tides
    assert "new: takes no value" in store("list", "new:x").err
    for query in (f"load:{line.split()[0]}" for line in store("log").out.splitlines() if " load " in line):
        assert len(titles(store, query)) in (1, 3), query
    store("undo")
    store("undo")
    assert titles(store, "new:") == set(TITLES)  # the load that was taken back is not the last one
    store("redo")
    assert titles(store, "new:") == tides


def test_papers_that_a_range_hides_for_having_no_year_are_said(store: Paperctl, tmp_path: Path) -> None:
    (tmp_path / "more.jsonl").write_text(json.dumps({"title": "Adapters of Unknown Age"}) + "\n")
    store("load", tmp_path / "more.jsonl")
    for command in ("list", "search", "export"):
        ran = store(command, "adapters", "year:2021..")
        assert "1 more paper has no year" in ran.err, command
        assert "no year" not in store(command, "whales", "year:2021..").err
        assert (
            "no year" not in store(command, "adapters").err + store(command, "-year:2021..", "adapters").err
        )
    assert store("-q", "list", "adapters", "year:2021..").err == ""


# ---- rm ---------------------------------------------------------------------------------------------


def test_papers_taken_out_stay_out(store: Paperctl, dump: Path) -> None:
    whales = one(store, "whales")["id"]
    store("mark", "keep", whales)
    before = store("list", "--jsonl").out
    assert store("rm", "year:2021").status == 2 and titles(store) == set(TITLES)  # nobody to ask
    assert store("rm", "-n", "year:2021").status == 0 and titles(store) == set(TITLES)
    assert store("rm", whales).status == 0
    assert titles(store) == {SPARSE, QUANTIZED}
    assert store("check").status == 0
    again = store("load", dump, "--json").json
    assert (again["new"], again["unchanged"], again["files"][0]["kept_out"]) == (0, 3, 1)
    assert titles(store) == {SPARSE, QUANTIZED}
    receipt = store("load", dump).err
    assert "3 read: 2 unchanged, 1 removed by you" in receipt and "--again" in receipt
    assert store("undo").status == 0
    assert store("list", "--jsonl").out == before
    assert store("load", dump, "--json").json["unchanged"] == 3


def test_again_brings_back_what_was_taken_out(store: Paperctl, dump: Path) -> None:
    store("mark", "keep", one(store, "whales")["id"])
    assert store("rm", "adapters", "--yes").status == 2  # bare words are ids
    assert store("rm", "year:2021..", "--yes").status == 0
    assert titles(store) == {SPARSE}
    assert store("load", "--again", dump, "--json").json["new"] == 2
    assert titles(store) == set(TITLES) and titles(store, "decision:keep") == {WHALES}
    assert store("load", dump, "--json").json["unchanged"] == 3


# ---- on a terminal ----------------------------------------------------------------------------------


def on_terminal(tmp_path: Path, *args: str, size: tuple[int, int] = (24, 80)) -> Any:
    environment = {**os.environ, "PAPERCTL_STORE": str(tmp_path / "store"), "XDG_CONFIG_HOME": str(tmp_path)}
    environment.pop("COLUMNS", None)
    command = ["-m", "paperctl", *args]
    return pexpect.spawn(
        sys.executable,
        command,
        env=environment,
        cwd=str(tmp_path),
        timeout=30,
        encoding="utf-8",
        dimensions=size,
    )


def test_rm_asks_and_undo_says_first(store: Paperctl, tmp_path: Path) -> None:
    child = on_terminal(tmp_path, "rm", "year:2021..")
    child.expect("take out 2 papers")
    child.sendline("n")
    child.expect(pexpect.EOF)
    assert titles(store) == set(TITLES)
    child = on_terminal(tmp_path, "rm", "year:2021..")
    child.expect("take out")
    child.sendline("y")
    child.expect(pexpect.EOF)
    assert titles(store) == {SPARSE}
    child = on_terminal(tmp_path, "undo", "2")
    child.expect("rm year:2021.., 2 papers")
    child.expect("load three.jsonl, 3 read, 3 new")
    child.expect("undo these 2")
    child.sendline("")
    child.expect(pexpect.EOF)
    assert titles(store) == {SPARSE}
    child = on_terminal(tmp_path, "undo")
    child.expect("to undo: rm year:2021.., 2 papers")
    child.expect("undone: rm year:2021.., 2 papers")
    child.expect(pexpect.EOF)
    assert titles(store) == set(TITLES)


def test_log_and_topics_fit_the_terminal(store: Paperctl, tmp_path: Path) -> None:
    store("query", "save", "wide", *(f"word{n}" for n in range(30)))
    for columns in (40, 80, 200):
        for verb in ("log", "topics"):
            child = on_terminal(tmp_path, "--no-pager", verb, size=(60, columns))
            child.expect(pexpect.EOF)
            lines = str(child.before).splitlines()
            assert max(map(len, lines)) <= columns
            text = " ".join(" ".join(lines).split())
            assert text == " ".join(store(verb).out.split())


def test_the_last_line_of_a_table_says_what_it_counts(paperctl: Paperctl, tmp_path: Path) -> None:
    paper = {"title": "Grafting of old apple trees in the north", "authors": ["Ada Winter", "Ben Moor"]}
    (tmp_path / "two.jsonl").write_text(
        json.dumps({**paper, "venue": "arXiv", "year": 2023, "arxiv_id": "2301.00001"})
        + "\n"
        + json.dumps({"title": "Sparse roots", "year": 2020})
        + "\n"
    )
    paperctl("load", tmp_path / "two.jsonl")
    child = on_terminal(tmp_path, "--no-pager", "list", "--limit", "1")
    child.expect("1 of 2 papers")
    first, second = paperctl("list", "--ids").out.split()
    (tmp_path / "plan").write_text(f"version {first} {second}\n")
    assert paperctl("dedupe", "--apply", tmp_path / "plan").status == 0
    child = on_terminal(tmp_path, "--no-pager", "list")
    child.expect("1 work; 2 papers with all their versions")


def test_rm_lists_titles_as_wide_as_the_terminal(store: Paperctl, tmp_path: Path) -> None:
    for width in (40, 200):
        child = on_terminal(tmp_path, "rm", "-n", "year:2021..", size=(24, width))
        child.expect(pexpect.EOF)
        lines = [line for line in str(child.before).splitlines() if line.startswith("  ")]
        assert len(lines) == 2 and all(len(line) <= width for line in lines)
        assert any(line.endswith("…") for line in lines) is (width == 40)


def test_undo_of_no_change_says_so(store: Paperctl) -> None:
    ran = store("undo", "0")
    assert ran.status == 0 and ran.err.strip() and titles(store) == set(TITLES)


def test_rm_says_what_it_took_out(store: Paperctl, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    whales = one(store, "whales")["id"]

    def late(session: object, *_: object, **__: object) -> bool:
        remove(Store(tmp_path / "store"), [whales], "rm")
        return True

    monkeypatch.setattr("paperctl.cli.session.Session.sure", late)
    quantized = one(store, "quantized")["id"]
    assert store("rm", "year:2021..", "--json").json["ids"] == [quantized]


@pytest.mark.parametrize(
    "word, verb", [("find", "search"), ("add", "load"), ("import", "load"), ("ls", "list")]
)
def test_what_people_type_first(store: Paperctl, dump: Path, word: str, verb: str) -> None:
    argument = str(dump) if verb == "load" else "whales"
    assert store(word, argument)[:2] == store(verb, argument)[:2]


@pytest.mark.parametrize("word", ["mrk", "rmm", "lod", "tga", "undoo", "delete", "removed"])
def test_a_misspelt_command_changes_nothing(store: Paperctl, word: str) -> None:
    before = store("list", "--jsonl").out
    ran = store(word, "keep", "whales")
    assert ran.status == 2 and store("list", "--jsonl").out == before
