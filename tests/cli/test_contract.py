"""The command line that scripts rely on: statuses, streams, formats, pipes."""

from __future__ import annotations

import csv
import gzip
import io
import json
import os
import re
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from paperctl.cli.verbs import VERBS
from tests.conftest import Paperctl

PAPERCTL = [sys.executable, "-m", "paperctl"]
TABULAR = ("tsv", "csv")
EVIL = "Red \x1b[31malert\x1b[0m [bold]x[/bold] [/] :star: \x07 =cmd() \u202egnp.exe"


def dump(path: Path, *records: dict[str, object]) -> Path:
    path.write_text("".join(json.dumps(r) + "\n" for r in records), encoding="utf-8")
    return path


# ---- load ---------------------------------------------------------------------------------------


def test_loading_the_examples_twice_changes_nothing(paperctl: Paperctl, examples: Path) -> None:
    dumps = sorted(p for p in examples.iterdir() if p.suffix in (".txt", ".jsonl", ".bib"))
    first = paperctl("load", *dumps, "--json").json
    assert first["read"] == first["new"] + first["merged"] and first["merged"] > 0
    papers = paperctl("list", "--jsonl").out
    again = paperctl("load", *reversed(dumps), "--json").json
    assert (again["new"], again["merged"], again["unchanged"]) == (0, 0, first["read"])
    assert paperctl("list", "--jsonl").out == papers


def test_any_order_finds_the_same_works(paperctl: Paperctl, examples: Path, tmp_path: Path) -> None:
    dumps = sorted(p for p in examples.iterdir() if p.suffix in (".txt", ".jsonl", ".bib"))
    found = []
    for n, order in enumerate((dumps, dumps[::-1], dumps[2:] + dumps[:2])):
        store = tmp_path / f"store{n}"
        for one in order:
            assert paperctl("-q", "--store", store, "load", one).status == 0
        found.append(works(paperctl("--store", store, "list", "--jsonl").records))
    assert found[0] == found[1] == found[2]


def works(records: list[dict[str, Any]]) -> set[frozenset[tuple[str, str]]]:
    """Papers and their versions as one: an entry that says little may stand with either version."""
    of = {r["id"]: {r["id"]} for r in records}
    for record in records:
        for version in record["versions"]:
            together = of[record["id"]] | of[version]
            for paper in together:
                of[paper] = together
    entries = {r["id"]: {(s["file"], s["title"]) for s in r["sources"]} for r in records}
    return {frozenset().union(*(entries[paper] for paper in group)) for group in of.values()}


def test_a_dump_may_come_from_stdin_a_folder_or_gzip(
    paperctl: Paperctl, examples: Path, tmp_path: Path
) -> None:
    page = (examples / "daily-papers.txt").read_text(encoding="utf-8")
    count = paperctl("load", "-", "--json", stdin=page).json["new"]
    assert count > 3
    packed = tmp_path / "folder" / "page.txt.gz"
    packed.parent.mkdir()
    packed.write_bytes(gzip.compress(page.encode()))
    again = paperctl("load", packed.parent, "--json").json
    assert again["unchanged"] == count and again["files"][0]["file"] == "folder/page.txt.gz"


def test_the_receipt_accounts_for_bad_lines_and_stores_the_rest(paperctl: Paperctl, tmp_path: Path) -> None:
    path = tmp_path / "mixed.jsonl"
    path.write_text(
        '{"title": "A sound paper on grafting trees"}\n{"title": "broken\n{"title": "Another sound paper"}\n'
    )
    ran = paperctl("load", path, "--json")
    assert ran.status == 3
    assert ran.json["read"] == 2 and ran.json["new"] == 2
    (error,) = ran.json["files"][0]["errors"]
    assert error["line"] == 2 and error["message"]
    assert "mixed.jsonl line 2" in ran.err


def test_a_missing_file_is_one_clear_line(paperctl: Paperctl, tmp_path: Path) -> None:
    ran = paperctl("load", tmp_path / "missing.txt")
    assert ran.status == 1 and "no such file" in ran.err and len(ran.err.strip().splitlines()) == 1


def test_what_nobody_can_read_is_refused_with_the_evidence(paperctl: Paperctl, tmp_path: Path) -> None:
    path = tmp_path / "essay.txt"
    path.write_text("It was a dark and stormy night; the rain fell in torrents.\n" * 5)
    ran = paperctl("load", path)
    assert ran.status == 1 and "seen" in ran.err and "--format" in ran.err
    (tmp_path / "noise.bin").write_bytes(bytes(range(256)) * 20)
    ran = paperctl("load", tmp_path / "noise.bin")
    assert ran.status == 1 and "binary" in ran.err
    assert paperctl("list").out == ""


def test_a_dry_run_stores_nothing_and_explain_says_why(paperctl: Paperctl, examples: Path) -> None:
    ran = paperctl("load", "-n", "--explain", examples / "daily-papers.txt")
    assert ran.status == 0 and "→ hf-page" in ran.err and "dry run" in ran.err
    assert paperctl("list").out == ""


def test_a_bomb_is_refused(paperctl: Paperctl, tmp_path: Path) -> None:
    path = tmp_path / "bomb.jsonl.gz"
    path.write_bytes(gzip.compress(b'{"title": "One paper"}\n' + b"a" * (1 << 26), 9))
    ran = paperctl("load", path)
    assert ran.status == 1 and "unpacks to more than" in ran.err


# ---- list, search, show ---------------------------------------------------------------------------


def test_statuses_of_list(loaded: Paperctl) -> None:
    nothing = loaded("list", "zzzzqqqq")
    assert nothing[:2] == (0, "") and "zzzzqqqq" in nothing.err
    assert loaded("-q", "list", "zzzzqqqq") == (0, "", "")
    assert loaded("list", "zzzzqqqq", "-e").status == 1
    unknown = loaded("list", "titel:lora")
    assert unknown.status == 2 and "did you mean title" in unknown.err
    assert "^" in loaded("list", "(lora").err
    assert loaded("list", "--format", "tabel").status == 2
    assert loaded("list", "topic:pfet").status == 2
    assert loaded("lst").status == 2


def test_a_pipe_gets_whole_titles_and_nothing_else(loaded: Paperctl) -> None:
    ran = loaded("list")
    titles = {r["title"] for r in loaded("list", "--jsonl").records}
    rows = [line.split("\t") for line in ran.out.splitlines()]
    assert {row[2] for row in rows} == titles
    assert "\x1b" not in ran.out and "…" not in ran.out and ran.err == ""


def test_negation_reads_as_a_query_not_as_an_option(loaded: Paperctl) -> None:
    every = set(loaded("list", "--ids").out.split())
    peft = set(loaded("list", "topic:peft", "--ids").out.split())
    assert peft and peft < every
    assert set(loaded("list", "-topic:peft", "--ids").out.split()) == every - peft
    assert set(loaded("list", "--ids", "--", "-topic:peft").out.split()) == every - peft
    assert set(loaded("list", "not", "topic:peft", "--ids").out.split()) == every - peft


def test_global_options_work_behind_the_verb(loaded: Paperctl, tmp_path: Path) -> None:
    assert loaded("list", "--ids", "--store", tmp_path / "elsewhere").out == ""


def test_sort_limit_and_fields(loaded: Paperctl) -> None:
    years = [
        line.split("\t")[0]
        for line in loaded("list", "--fields", "year,title", "--sort", "-year").out.splitlines()
    ]
    known = [year for year in years if year]
    assert known == sorted(known, reverse=True) and years[: len(known)] == known
    assert len(loaded("list", "--limit", 2).out.splitlines()) == 2
    assert loaded("list", "--sort", "yaer").status == 2
    assert "did you mean title" in loaded("list", "--fields", "titel").err


def test_search_puts_the_best_first(loaded: Paperctl) -> None:
    titles = [r["title"] for r in loaded("search", "lora", "--jsonl").records]
    assert titles and "lora" in titles[0].lower()
    assert set(titles) == {r["title"] for r in loaded("list", "lora", "--jsonl").records}


def test_ids_prefixes_arxiv_ids_and_dois_name_papers(loaded: Paperctl) -> None:
    records = loaded("list", "--jsonl").records
    for record in records:
        assert loaded("show", record["id"][:-1], "--json").json["id"] == record["id"]
        for name in ("arxiv_id", "doi"):
            if record[name]:
                assert loaded("show", record[name], "--json").json["id"] == record["id"]
    assert loaded("show", "abc").status == 2
    assert loaded("show", "0000000000ff").status == 2


def test_an_ambiguous_prefix_lists_the_candidates(paperctl: Paperctl, tmp_path: Path) -> None:
    import hashlib

    seen: dict[str, str] = {}
    for n in range(100_000):
        title = f"a study of subject number {n}"
        prefix = hashlib.sha256(title.encode()).hexdigest()[:4]
        if prefix in seen:
            break
        seen[prefix] = title
    path = dump(tmp_path / "two.jsonl", {"title": seen[prefix]}, {"title": title})
    paperctl("load", path, "--no-dedupe")
    ran = paperctl("show", prefix)
    assert ran.status == 2 and seen[prefix] in ran.err and title in ran.err


def test_hostile_titles_stay_text(paperctl: Paperctl, tmp_path: Path) -> None:
    paperctl(
        "load",
        dump(tmp_path / "evil.jsonl", {"title": EVIL, "abstract": "a\x00b | <script>alert(1)</script>"}),
    )
    for arguments in (
        ["list"],
        ["list", "-f", "table"],
        ["show", *loaded_ids(paperctl)],
        ["stats"],
        ["export"],
    ):
        out = paperctl(*arguments).out
        assert not re.search(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u202e]", out), arguments
    assert "[bold]x[/bold] [/] :star:" in paperctl("list").out


def loaded_ids(paperctl: Paperctl) -> list[str]:
    return paperctl("list", "--ids").out.split()


@pytest.mark.parametrize(
    "name", ["json", "jsonl", "csv", "tsv", "markdown", "bibtex", "ris", "csl-json", "ids", "html"]
)
def test_every_export_has_every_paper(loaded: Paperctl, name: str) -> None:
    ran = loaded("export", "--format", name)
    assert ran.status == 0
    records = loaded("list", "--jsonl").records
    if name == "csv":
        assert len(list(csv.DictReader(io.StringIO(ran.out)))) == len(records)
    elif name == "ids":
        assert ran.out.split() == [r["id"] for r in records]
    elif name == "json":
        assert [r["id"] for r in ran.json] == [r["id"] for r in records]
    else:
        text = re.sub(r"[^a-z]", "", ran.out.lower())
        assert all(
            re.sub(r"[^a-z]", "", r["title"].lower().replace("&", "amp"))[:20] in text or "$" in r["title"]
            for r in records
        )


# ---- decisions, corrections, undo -------------------------------------------------------------------


def test_mark_from_stdin_then_undo(loaded: Paperctl) -> None:
    ids = loaded("list", "--ids").out.split()
    assert loaded("mark", "keep", "-", stdin="\n".join(ids[:3])).status == 0
    assert loaded("list", "decision:keep", "--ids").out.split() == ids[:3]
    assert loaded("undo").status == 0
    assert loaded("list", "decision:keep").out == ""
    assert loaded("mark", "kep", ids[0]).status == 2


def test_topics_by_hand_outlive_tagging(loaded: Paperctl) -> None:
    paper = loaded("list", "--ids", "--", "-topic:quantization").out.split()[0]
    assert loaded("tag", "add", "quantization", "--", paper).status == 0
    assert paper in loaded("list", "topic:quantization", "--ids").out.split()
    assert loaded("tag").status == 0
    assert paper in loaded("list", "topic:quantization", "--ids").out.split()
    assert loaded("tag", "remove", "quantization", "--", paper).status == 0
    assert paper not in loaded("list", "topic:quantization", "--ids").out.split()
    assert loaded("tag", "add", "quantisation-x", "--", paper).status == 2
    assert loaded("tag", "add", "quantization", paper).status == 2


def test_undo_goes_all_the_way_back(loaded: Paperctl) -> None:
    before = loaded("list", "--jsonl").out
    ids = loaded("list", "--ids").out.split()
    loaded("mark", "keep", *ids[:2], "--note", "read")
    loaded("tag", "add", "llm", "--", *ids)
    merged = next(r["id"] for r in loaded("list", "--jsonl").records if len(r["sources"]) > 1)
    loaded("dedupe", "split", merged)
    assert loaded("list", "--jsonl").out != before
    while loaded("list", "--jsonl").out != before:
        assert "undone" in loaded("undo").err
    assert "undone: load" in loaded("undo").err
    assert loaded("list").out == ""
    assert "nothing to undo" in loaded("undo").err
    assert len(loaded("log").out.splitlines()) >= 8


def test_split_is_remembered_by_load_and_dedupe(loaded: Paperctl, examples: Path) -> None:
    merged = next(r for r in loaded("list", "--jsonl").records if len(r["sources"]) > 1)
    count = len(loaded_ids(loaded))
    apart = loaded("dedupe", "split", merged["id"])
    assert len(apart.out.splitlines()) == len(merged["sources"])
    assert len(loaded_ids(loaded)) == count + len(merged["sources"]) - 1
    loaded("dedupe")
    loaded("load", *(p for p in examples.iterdir() if p.suffix in (".txt", ".jsonl", ".bib")))
    assert len(loaded_ids(loaded)) == count + len(merged["sources"]) - 1


def test_a_plan_can_be_edited_and_applied(paperctl: Paperctl, examples: Path, tmp_path: Path) -> None:
    dumps = [p for p in examples.iterdir() if p.suffix in (".txt", ".jsonl", ".bib")]
    paperctl("load", "--no-dedupe", *dumps)
    count = len(loaded_ids(paperctl))
    plan = tmp_path / "plan.txt"
    assert paperctl("dedupe", "--plan", plan).status == 0
    lines = plan.read_text(encoding="utf-8").splitlines()
    merges = [n for n, line in enumerate(lines) if line.startswith("merge")]
    assert merges and len(loaded_ids(paperctl)) == count
    lines[merges[0]] = lines[merges[0]].replace("merge", "distinct")
    plan.write_text("\n".join(lines), encoding="utf-8")
    assert paperctl("dedupe", "--apply", plan).status == 0
    after = len(loaded_ids(paperctl))
    assert after < count
    paperctl("dedupe")
    assert len(loaded_ids(paperctl)) == after
    plan.write_text("mrege abc def\n")
    assert "line 1" in paperctl("dedupe", "--apply", plan).err


# ---- files and streams ------------------------------------------------------------------------------


def test_export_to_a_file_keeps_what_it_must_not_take(loaded: Paperctl, tmp_path: Path) -> None:
    target = tmp_path / "list.md"
    assert loaded("export", "-o", target).status == 0
    target.write_text(
        target.read_text(encoding="utf-8").replace("\n\n", "\n\nMy own words.\n\n", 1), encoding="utf-8"
    )
    assert loaded("export", "-o", target).status == 0
    assert "My own words." in target.read_text(encoding="utf-8")
    mine = tmp_path / "mine.md"
    mine.write_text("# Dear diary\n")
    assert loaded("export", "-o", mine).status == 2
    assert mine.read_text() == "# Dear diary\n"
    link = tmp_path / "link.md"
    link.symlink_to(mine)
    assert loaded("export", "-o", link).status == 2


def test_a_closed_pipe_ends_quietly(loaded: Paperctl) -> None:
    for _ in range(3):
        ran = subprocess.run(
            ["bash", "-c", f"set -o pipefail; {' '.join(PAPERCTL)} list --jsonl | head -c 10 >/dev/null"],
            capture_output=True,
            text=True,
            env=dict(os.environ),
        )
        assert (ran.returncode, ran.stderr) == (0, "")


# What takes longer to import than ten papers to list.
STARTING = [
    "asyncio",
    "dataclasses",
    "importlib.metadata",
    "pkgutil",
    "platformdirs",
    "rapidfuzz",
    "tempfile",
]


@pytest.mark.parametrize(
    ("arguments", "absent"),
    [
        (["list"], ["sklearn", "numpy", "pydantic", "rich", "yaml", "scipy", "sqlite3", *STARTING]),
        (["list", "lora", "year:2020.."], ["sklearn", "numpy", "pydantic", "rich", "scipy"]),
        (["list", "topic:peft"], ["sklearn", "numpy", "pydantic", "rich", "scipy"]),
        (["search", "lora", "--jsonl"], ["sklearn", "numpy", "pydantic", "rich", "scipy"]),
        (["export"], ["sklearn", "numpy", "pydantic", "rich", "scipy"]),
        (["tag"], ["sklearn"]),
        (["--help"], ["sklearn", "numpy", "pydantic", "rich", "yaml", "scipy"]),
        (["show", "02df"], ["sklearn", "numpy", "pydantic", "rich", "scipy", "paperctl.deduplicate"]),
        (["mark", "keep", "02df"], ["sklearn", "numpy", "pydantic", "rich", "paperctl.deduplicate"]),
        (["config"], ["sklearn", "numpy", "pydantic", "rich", "paperctl.library.load"]),
        (["log"], ["sklearn", "numpy", "pydantic", "rich", "sqlite3", "paperctl.deduplicate"]),
    ],
)
def test_light_commands_load_no_heavy_library(
    loaded: Paperctl, arguments: list[str], absent: list[str]
) -> None:
    code = (
        "import sys\nfrom paperctl.__main__ import _run\n"
        f"status = _run({arguments!r})\nloaded = sorted(set({absent!r}) & set(sys.modules))\n"
        "print(loaded, file=sys.stderr)\nsys.exit(status)"
    )
    ran = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, env=dict(os.environ))
    assert ran.returncode == 0 and ran.stderr.strip().splitlines()[-1] == "[]"


def test_a_verb_is_completed_before_anything_is_imported(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("_PAPERCTL_COMPLETE", "zsh")
    code = (
        "import sys\nfrom paperctl.__main__ import _run\n_run(['sea'])\n"
        "print(sorted({'typer', 'msgspec', 'inspect'} & set(sys.modules)))"
    )
    ran = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, env=dict(os.environ))
    assert ran.stdout.split("\t")[0] == "search" and ran.stdout.endswith("[]\n")


def test_values_are_completed_without_what_is_not_needed(
    loaded: Paperctl, monkeypatch: pytest.MonkeyPatch
) -> None:
    paper = loaded("list", "--ids", "--limit", "1").out.strip()
    monkeypatch.setenv("_PAPERCTL_COMPLETE", "zsh")
    for words, absent in (
        (["show", paper[:5]], {"typer", "paperctl.store"}),
        (["mark", "keep", paper[:5]], {"typer", "paperctl.store"}),
        (["tag", "add", "llm", "--", paper[:5]], {"typer", "paperctl.store"}),
    ):
        code = (
            f"import sys\nfrom paperctl.__main__ import _run\n_run({words!r})\n"
            f"print(sorted({absent!r} & set(sys.modules)))"
        )
        ran = subprocess.run(
            [sys.executable, "-c", code], capture_output=True, text=True, env=dict(os.environ)
        )
        assert ran.stdout.split("\t")[0] == paper and ran.stdout.endswith("[]\n")


def test_a_receipt_says_nothing_of_what_a_file_does_not_have(paperctl: Paperctl, tmp_path: Path) -> None:
    (tmp_path / "page.bib").write_text("@article{a, title = {Grafting of old apple trees}, year = 2020}\n")
    paperctl("load", tmp_path / "page.bib")
    paperctl("rm", "year:2020", "--yes")
    receipt = paperctl("load", tmp_path / "page.bib").err
    assert "1 read: 1 removed by you" in receipt and "unchanged" not in receipt and ": ;" not in receipt


def test_a_name_like_the_missing_file_is_proposed(paperctl: Paperctl, tmp_path: Path) -> None:
    (tmp_path / "daily-papers.txt").write_text("")
    ran = paperctl("load", tmp_path / "daily-paper.txt")
    assert ran.status == 1 and f"did you mean {tmp_path / 'daily-papers.txt'}?" in ran.err
    ran = paperctl("load", tmp_path / "none" / "x.bib")
    assert ran.status == 1 and f"no folder {tmp_path / 'none'}" in ran.err


def test_every_verb_has_help(paperctl: Paperctl) -> None:
    for verb in VERBS:
        ran = paperctl(verb, "--help")
        assert ran.status == 0 and f"paperctl {verb}" in ran.out


# ---- config -----------------------------------------------------------------------------------------


def test_config_says_where_each_setting_came_from(
    paperctl: Paperctl, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "paperctl.yaml").write_text("list:\n  sort: -year\nexport:\n  format: ris\n")
    monkeypatch.setenv("PAPERCTL_EXPORT_FORMAT", "bibtex")
    shown = paperctl("config", "--json").json
    assert shown["list.sort"] == {"value": "-year", "from": str(tmp_path / "paperctl.yaml")}
    assert shown["export.format"] == {"value": "bibtex", "from": "PAPERCTL_EXPORT_FORMAT"}
    assert shown["store"]["from"] == "flag" or shown["store"]["from"] == "PAPERCTL_STORE"


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("lisst:\n  sort: year\n", "line 1"),
        ("list:\n  sort: 3\n", "line 2"),
        ("list:\n  srot: year\n", "did you mean list.sort"),
        ("color: sometimes\n", "one of auto, always, never"),
        ("color: auto\ncolor: never\n", "stands twice"),
        ("a: &x [1]\nb: *x\n", "aliases"),
        ("- 1\n", "settings are"),
        ("list: [\n", "line"),
        ("list: {fields: [1]}\n", "list of words"),
        ("list: {fields: [titel]}\n", "did you mean title"),
        ("list: {sort: yaer}\n", "did you mean year"),
        ("export: {format: bibtx}\n", "did you mean bibtex"),
        ("load: {encoding: nope}\n", "no encoding"),
        ("screen: {audit: 5}\n", "between 0 and 1"),
        ("!!timestamp x: 1\n", "not YAML"),
    ],
)
def test_a_bad_config_names_the_line(paperctl: Paperctl, tmp_path: Path, text: str, said: str) -> None:
    (tmp_path / "paperctl.yaml").write_text(text)
    ran = paperctl("config", "check")
    # What can be read and will not do is listed as a result; what stops the reading is an error.
    assert ran.status == 2 and said in ran.out + ran.err


def test_the_help_of_load_and_export_names_every_format(paperctl: Paperctl) -> None:
    from paperctl.exports import names
    from paperctl.readers import readers

    for verb, formats in (("load", readers()), ("export", names())):
        listed = [line.split()[0] for line in paperctl(verb, "--help").out.splitlines() if line.split()]
        assert set(formats) <= set(listed)


@pytest.mark.parametrize(
    ("file", "begins"), [("a.bib", "@"), ("a.JSON", "["), ("a.ris", "TY"), ("a.md", "# ")]
)
def test_a_files_ending_asks_for_its_format(loaded: Paperctl, tmp_path: Path, file: str, begins: str) -> None:
    assert loaded("export", "-o", tmp_path / file).status == 0
    text = (tmp_path / file).read_text(encoding="utf-8")
    assert any(line.startswith(begins) for line in text.splitlines()[:4])


def test_a_config_in_another_encoding_is_read_all_the_same(paperctl: Paperctl, tmp_path: Path) -> None:
    (tmp_path / "paperctl.yaml").write_bytes(b"topics:\n  cafes:\n    name: Caf\xe9s\n    strong: [cafe]\n")
    assert paperctl("topics").status == 0
    ran = paperctl("config", "check")
    assert ran.status == 0 and "good" in ran.err


def test_the_example_config_lists_every_default(paperctl: Paperctl, tmp_path: Path) -> None:
    text = (Path(__file__).parent.parent.parent / "config.example.yaml").read_text(encoding="utf-8")
    assert paperctl("config", "example").out == text
    (tmp_path / "paperctl.yaml").write_text(text.replace("store: null", ""))
    assert paperctl("config", "check").status == 0
    (tmp_path / "paperctl.yaml").write_text("list:\n  # sort: year\n")
    assert paperctl("config", "check").status == 0


# ---- check ------------------------------------------------------------------------------------------


def test_check_finds_and_mends_damage(loaded: Paperctl, tmp_path: Path) -> None:
    papers = tmp_path / "store" / "papers.jsonl"
    lines = papers.read_bytes().split(b"\n")
    good = len(lines) - 1
    lines[1] = lines[1][:50]
    papers.write_bytes(b"\n".join(lines))
    ran = loaded("list", "--ids")
    assert ran.status == 0 and len(ran.out.split()) == good - 1 and "line 2 is damaged" in ran.err
    ran = loaded("check")
    assert ran.status == 1 and "papers.jsonl line 2" in ran.out
    assert loaded("check", "--repair").status == 0
    assert loaded("check").status == 0
    assert lines[1].decode()[:20] in json.loads((tmp_path / "store" / "damaged.jsonl").read_text())["line"]


def test_a_newer_schema_is_read_and_not_written(loaded: Paperctl, tmp_path: Path, examples: Path) -> None:
    papers = tmp_path / "store" / "papers.jsonl"
    newer = papers.read_bytes().replace(b'"schema":1}', b'"schema":2,"mood":"blue"}')
    papers.write_bytes(newer)
    ran = loaded("list", "--jsonl")
    assert ran.status == 0 and "newer paperctl" in ran.err and ran.records[0]["mood"] == "blue"
    paper = ran.records[0]["id"]
    for arguments in (["load", examples / "library.bib"], ["mark", "keep", paper], ["dedupe"], ["tag"]):
        ran = loaded(*arguments)
        assert ran.status == 1 and "upgrade" in ran.err
        assert papers.read_bytes() == newer


def test_unknown_fields_survive(loaded: Paperctl, tmp_path: Path) -> None:
    papers = tmp_path / "store" / "papers.jsonl"
    papers.write_bytes(papers.read_bytes().replace(b'"schema":1}', b'"schema":1,"mood":"blue"}'))
    loaded("tag", "add", "llm", "--", *loaded_ids(loaded))
    merged = next(r["id"] for r in loaded("list", "--jsonl").records if len(r["sources"]) > 1)
    loaded("dedupe", "split", merged)
    loaded("dedupe")
    assert all(r.get("mood") == "blue" for r in loaded("list", "--jsonl").records if r["id"] == merged)


def test_the_store_is_private(loaded: Paperctl, tmp_path: Path) -> None:
    store = tmp_path / "store"
    assert store.stat().st_mode & 0o777 == 0o700
    for file in store.rglob("*"):
        assert file.stat().st_mode & 0o077 == 0, file


def test_one_undo_takes_a_split_back_whole(loaded: Paperctl) -> None:
    before = loaded("list", "--jsonl").out
    merged = next(r["id"] for r in loaded("list", "--jsonl").records if len(r["sources"]) > 1)
    loaded("dedupe", "split", merged)
    assert loaded("log", "-n", 1).out.split("  ")[1] == "dedupe split"
    loaded("undo")
    assert loaded("list", "--jsonl").out == before
    # "Not the same" went with it: the entries merge again when they are apart.
    entries = sum(len(r["sources"]) for r in loaded("list", "--jsonl").records)
    loaded("undo")
    assert loaded("list").out == "" and entries > 0


def test_merging_marked_papers_keeps_both_notes_and_says_what_differs(
    paperctl: Paperctl, tmp_path: Path
) -> None:
    abstract = (
        "We graft apple on pear and pear on apple, in rain and in shine, and count the fruit of ten years."
    )
    title = "Grafting apple on pear for better fruit"
    paperctl(
        "load",
        "--no-dedupe",
        dump(
            tmp_path / "a.jsonl",
            {"title": title, "abstract": abstract},
            {"title": title.upper(), "abstract": abstract},
        ),
    )
    first, second = loaded_ids(paperctl)
    paperctl("mark", "keep", first, "--note", "from the first")
    paperctl("mark", "skip", second, "--note", "from the second")
    before = paperctl("list", "--jsonl").out
    ran = paperctl("dedupe")
    (record,) = paperctl("list", "--jsonl").records
    assert record["note"] == "from the first\nfrom the second"
    assert record["decision"] == "skip" and "decided on differently" in ran.err
    paperctl("undo")
    assert paperctl("list", "--jsonl").out == before
