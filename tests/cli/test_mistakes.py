"""The mistakes that people make: each is answered by what is wrong, where, and how to mend it."""

from __future__ import annotations

import json
import shlex
from pathlib import Path

import pytest

from tests.conftest import Paperctl

MISTAKES: list[tuple[str, str, str]] = [
    # ---- queries: the command, what the answer names, how it is mended
    ("list titel:lora", "^", "did you mean title"),
    ("list yaer:2020", "yaer", "did you mean year"),
    ("search auhtor:hu", "auhtor", "did you mean author"),
    ("list topic:pfet", "pfet", "did you mean peft"),
    ("list decision:kep", "kep", "did you mean keep"),
    ("list status:raed", "raed", "did you mean read"),
    ("list has:abstrct", "abstrct", "did you mean abstract"),
    ("list '\"low rank'", "^", 'add a "'),
    ("list '(lora peft'", "^", "add a )"),
    ("list 'lora)'", "^", "never opened"),
    ("list 'or lora'", "^", "quote it"),
    ("list 'lora and'", "^", "quote it"),
    ("list 'title:(lora peft)'", "^", "(title:a or title:b)"),
    ("list title:~[a", "^", "["),
    ("list year:20x4", "20x4", "2022..2024"),
    ("list year:2024..2020", "2024..2020", "before"),
    ("list added:2026-13-01", "2026-13", "calendar"),
    ("list added:lastweek", "lastweek", "-7d.."),
    ("list load:yesterdy", "yesterdy", "paperctl log"),
    ("list load:", "load:", "quote it"),
    ("list 'whales topic:'", "topic:", "quote it"),
    ("list new:whales", "new:", "alone"),
    ("list @mien", "@mien", "did you mean mine"),
    ("stats @none", "@none", "saved: @mine"),
    ("search", "query", "paperctl list"),
    ("list --fields 'title year'", "title year", "title,year"),
    ("search --like ID lora", "--like", "leave one"),
    ("list decision:include", "include", "did you mean keep"),
    # ---- flags and values
    ("list --sort 'year desc'", "year desc", "-year"),
    ("list --sort '-year desc'", "-year desc", "descends: -year"),
    ("list --sort 'yaer desc'", "yaer", "fields are id, title"),
    ("list --limit 1.5", "1.5", "a whole number"),
    ("list --year 2024", "--year", "paperctl list year:VALUE"),
    ("export --topics peft", "--topics", "paperctl export topic:VALUE"),
    ("--limit 5 list", "--limit", "paperctl list --limit"),
    ("config foo", "foo", "get, set, unset"),
    ("topics explian ID", "explian", "did you mean explain"),
    ("audit", "--output", "paperctl audit -o"),
    ("list --formt json", "--formt", "list --help"),
    ("list --limit many", "many", "list --help"),
    ("list --limit -3", "-3", "list --help"),
    ("list -f jsn", "jsn", "did you mean json"),
    ("list --ids --tsv", "tsv and ids", "one format"),
    ("list --fields titel", "titel", "did you mean title"),
    ("list --sort yaer", "yaer", "fields are id, title"),
    ("list --sort extra.volum", "extra.volum", "paperctl show"),
    ("--color sometimes list", "sometimes", "auto, always or never"),
    ("--wait soon list", "soon", "paperctl --help"),
    ("--store '' list", "--store", "name a folder"),
    ("--store three.jsonl list", "three.jsonl", "folder"),
    ("--config none.yaml list", "none.yaml", "no such"),
    ("export --group-by topc", "topc", "did you mean topic"),
    ("export -f csv --group-by topic", "csv", "formats with groups"),
    ("export -o list.xyz", ".xyz", "--format"),
    ("export -o mine.md", "mine.md", "--force"),
    ("export -o nowhere/list.md", "nowhere/list.md", "mkdir -p nowhere"),
    ("export -f obsidian", "obsidian", "-o FOLDER"),
    ("export --template none.j2", "none.j2", "cannot read"),
    ("screen", "screen", "mark DECISION ID"),
    ("list --works --all-versions", "--works", "one of them"),
    ("screen --simulate extra.none", "extra.none", ""),
    # ---- ids
    ("show zzzz", "zzzz", "paperctl list"),
    ("show ab", "ab", "4 characters"),
    ("show", "ID", "paperctl show 2106.09685"),
    ("mark keep abcd,ef01", "abcd,ef01", "abcd ef01"),
    ("show 2106.99999", "2106.99999", "paperctl list"),
    ("show twin", "twin", "Grafting"),
    ("open zzzz", "zzzz", "paperctl list"),
    ("note zzzz x", "zzzz", "paperctl list"),
    ("similar zzzz", "zzzz", "paperctl list"),
    ("similar decision:skip", "decision:skip", "finds some"),
    ("rm zzzz", "zzzz", "paperctl list"),
    ("rm year:1900..", "rm", "--yes"),
    ("dedupe split ID", "ID", ""),
    ("mark kep ID", "kep", "did you mean keep"),
    ("mark ID keep", "ID", "paperctl mark keep ID…"),
    ("mark keep", "ID", "mark --help"),
    ("mark keep topic:peft", "topic:peft", "paperctl list topic:peft --ids | paperctl mark keep -"),
    ("mark read ID --reason x", "--reason", "decision"),
    ("tag add peft ID", "--", "paperctl tag add peft -- "),
    ("tag add ID peft", "--", "paperctl tag add peft -- "),
    ("tag add ID peft LLMs", "--", "paperctl tag add peft LLMs -- "),
    ("tag add ID -- peft", "before --", "paperctl tag add peft -- "),
    ("tag remove peft", "--", "paperctl tag remove TOPIC… -- ID…"),
    ("tag add pfet -- ID", "pfet", "did you mean peft"),
    ("label add x ID", "--", "paperctl label add x -- "),
    ("label add a,b -- ID", "a,b", "without commas"),
    ("label remove none -- ID", "none", "labels:"),
    ("note ID x --edit", "--edit", "not both"),
    ("undo 99", "99", "paperctl log"),
    ("redo 99", "99", "paperctl log"),
    ("undo 1999-01", "1999-01", "paperctl log"),
    ("query save 1x lora", "1x", "a letter"),
    ("query rm mien", "mien", "did you mean mine"),
    ("mark yes ID", "yes", "did you mean keep"),
    ("mark exclude ID", "exclude", "did you mean skip"),
    ("keep ID", "keep", "did you mean mark keep"),
    ("similar 'sea whales'", "sea whales", "paperctl search"),
    ("undo all", "all", "undo N"),
    ("query delete mine", "delete", "did you mean rm"),
    # ---- loading
    ("load missing.txt", "missing.txt", "no such file"),
    ("load thre.jsonl", "thre.jsonl", "did you mean three.jsonl"),
    ("load 2106.09685", "2106.09685", "paperctl show 2106.09685"),
    ("load none/three.jsonl", "none/three.jsonl", "no folder none"),
    ("export -o empty", "empty", "name a file in it"),
    ("load https://arxiv.org/abs/2106.09685", "https://arxiv.org", "curl"),
    ("load essay.txt", "essay.txt", "--format"),
    ("load empty", "empty", "no file in it"),
    ("load paper.pdf", "paper.pdf", "PDF"),
    ("load --format bibtxe three.jsonl", "bibtxe", "did you mean bibtex"),
    ("load --encoding utf-9 three.jsonl", "utf-9", "utf-8"),
    ("load - -", "stdin", "once"),
    ("load --source-type web three.jsonl", "web", "database"),
    ("load", "PATH", "load --help"),
    # ---- configuration and the rest
    ("--config tab.yaml list", "tab.yaml line 2", "not with tabs"),
    ("--config word.yaml list", "word.yaml line 1", "did you mean color"),
    ("--config type.yaml list", "type.yaml line 2", "a list"),
    ("--config twice.yaml list", "twice.yaml line 2", "merge the two"),
    ("--config star.yaml list", "star.yaml line 2", "quotes"),
    ("config set color pink", "paperctl: color", "auto, always, never"),
    ("config get colour", "colour", "did you mean color"),
    ("lst", "lst", "did you mean list"),
    ("hlep", "hlep", "did you mean help"),
    ("delete ID", "delete", "did you mean rm"),
    ("status", "status", "did you mean stats"),
    ("query.save x lora", "query.save", "--help lists them"),
    ("config set list.sort=year", "VALUE", "paperctl config set list.sort year"),
    ("config color never", "color", "paperctl config set color VALUE"),
    ("config topics", "topics", "paperctl config edit"),
    ("version", "version", "did you mean --version"),
    ("config unset colour", "colour", "did you mean color"),
    ("help querries", "querries", "did you mean queries"),
    ("completion tcsh", "tcsh", "bash, zsh, fish"),
    ("schema recrod", "recrod", "did you mean record"),
    ("tag eval missing.jsonl", "missing.jsonl", "cannot read"),
]
"""ID stands for the id of a paper."""


@pytest.fixture
def store(paperctl: Paperctl, tmp_path: Path) -> Paperctl:
    papers = [
        {"title": "Whales of the North Sea", "year": 2021},
        {"id": "twin", "title": "Grafting Pears in Springs"},
        {"id": "twin", "title": "Frost in the Orchards"},
    ]
    (tmp_path / "three.jsonl").write_text("".join(json.dumps(paper) + "\n" for paper in papers))
    (tmp_path / "mine.md").write_text("my own list\n")
    (tmp_path / "essay.txt").write_text("It was a dark and stormy night; the rain fell in torrents.\n" * 5)
    (tmp_path / "paper.pdf").write_bytes(b"%PDF-1.7\n" + bytes(range(256)))
    (tmp_path / "empty").mkdir()
    (tmp_path / "tab.yaml").write_text("list:\n\tsort: year\n")
    (tmp_path / "word.yaml").write_text("colour: never\n")
    (tmp_path / "type.yaml").write_text("list:\n  fields: 3\n")
    (tmp_path / "twice.yaml").write_text("color: auto\ncolor: never\n")
    (tmp_path / "star.yaml").write_text("topics:\n  a: {strong: [*ptr]}\n")
    assert paperctl("load", "three.jsonl").status == 0
    paperctl("query", "save", "mine", "whales")
    return paperctl


@pytest.mark.parametrize(("line", "what", "mend"), MISTAKES, ids=[line for line, _, _ in MISTAKES])
def test_a_mistake_is_answered_by_what_where_and_how(
    store: Paperctl, line: str, what: str, mend: str
) -> None:
    paper = store("list", "whales", "--ids").out.strip()
    before = store("list", "--jsonl").out
    ran = store(*(word.replace("ID", paper) if word == "ID" else word for word in shlex.split(line)))
    assert ran.status in (1, 2) and ran.out == "", ran
    assert what.replace("ID", paper) in ran.err or (what == "ID" and "ID" in ran.err), ran.err
    assert mend in ran.err, ran.err
    assert ran.err.startswith("paperctl: ") and len(ran.err.splitlines()) <= 6, ran.err
    assert store("list", "--jsonl").out == before


def test_there_are_enough_of_them() -> None:
    assert len({line for line, _, _ in MISTAKES}) == len(MISTAKES) >= 75


@pytest.mark.parametrize(
    ("query", "why"),
    [
        ("zebras", 'no paper has "zebras"'),
        ("whales decision:keep", "no paper matches whales decision:keep"),
        ("label:read-frist", "no paper has the label 'read-frist' (did you mean read-first?)"),
        ("year:1999", "no paper matches year:1999"),
        ("year=1999", "for the field: year:1999"),
        ("'year >= 2030'", "for the field: year:>=2030"),
        ("doi=10.9999/a.0", "for the field: doi:10.9999/a.0"),
        ("zebras year=2030,2031", "for the field: year:2030,2031"),
        ("bibtex", "for the format: -f bibtex"),
        ("otters zebras.csv", "paperctl export otters -o zebras.csv"),
        ("zebras.csv", "paperctl export -o zebras.csv"),
    ],
)
def test_what_finds_nothing_says_why(store: Paperctl, query: str, why: str) -> None:
    store("label", "add", "read-first", "--", store("list", "whales", "--ids").out.strip())
    for command in (["list"], ["export", "-f", "ids"]):
        ran = store(*command, *shlex.split(query))
        assert (ran.status, ran.out) == (0, "") and why in ran.err, ran
    assert store("-q", "list", *shlex.split(query)).err == ""
    assert "no paper" not in store("list", "--limit", "0", *shlex.split(query)).err


def test_a_field_that_no_paper_has_is_said(store: Paperctl, tmp_path: Path) -> None:
    (tmp_path / "more.jsonl").write_text(json.dumps({"title": "Tides of the South", "volume": 3}) + "\n")
    store("load", "more.jsonl")
    ran = store("list", "extra.volum:3")
    assert (
        ran.status == 0 and "no paper has extra.volum" in ran.err and "did you mean extra.volume" in ran.err
    )
    assert "extra.volume" not in store("list", "extra.volume:4").err
