"""TSV and CSV: what a shell and a spreadsheet get."""

from __future__ import annotations

import csv
import io
import subprocess
import sys

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from paperctl.errors import UsageError
from paperctl.exports import names
from tests.exports.samples import GPTQ, HOSTILE, LORA, PLAIN, paper, rendered


def rows(text: str) -> list[list[str]]:
    return list(csv.reader(io.StringIO(text, newline="")))


def unguarded(cell: str) -> str:
    guarded = cell.startswith("'") and cell.lstrip("'")[:1] in tuple("=+-@\t\r") and cell.lstrip("'") != ""
    return cell[1:] if guarded else cell


def test_tsv_has_its_documented_columns_and_no_header() -> None:
    lines = rendered("tsv", [LORA, PLAIN]).splitlines()
    assert lines[0].split("\t") == [
        LORA["id"],
        "2022",
        "LoRA: Low-Rank Adaptation of Large Language Models",
        "efficiency,llm,peft",
        "keep",
        "https://example.org/lora",
    ]
    assert lines[1].split("\t") == [PLAIN["id"], "", PLAIN["title"], "", "", ""]


def test_fields_are_honoured_in_order_and_reach_inside() -> None:
    asked = (
        "title",
        "extra.pages",
        "topic_scores.peft",
        "authors",
        "has_code",
        "sources.file",
        "extra.missing",
    )
    assert rendered("tsv", [LORA], fields=asked).rstrip("\n").split("\t") == [
        LORA["title"],
        "1--13",
        "5.5",
        "Edward J. Hu; Yelong Shen; Ludwig van Beethoven",
        "true",
        "a.jsonl",
        "",
    ]
    header, row = rows(rendered("csv", [LORA], fields=asked))
    assert header == list(asked)
    assert row[1:3] == ["1--13", "5.5"]


def test_names_of_dump_fields_may_hold_dots() -> None:
    record = paper(extra={"a.b": "outer", "a": {"c.d": {"e": 1}}})
    assert rendered("tsv", [record], fields=("extra.a.b", "extra.a.c.d.e")) == "outer\t1\n"


@pytest.mark.parametrize("name", ["tsv", "csv", "json", "jsonl"])
def test_an_unknown_field_suggests_the_nearest(name: str) -> None:
    with pytest.raises(UsageError, match=r"no field called .titel. \(did you mean title"):
        rendered(name, [LORA], fields=("titel",))


@settings(max_examples=200, deadline=None)
@given(
    st.text(st.characters(exclude_categories=["Cs"]) | st.sampled_from("\t\r\n\x1b\x85\u2028"), max_size=40)
)
def test_tsv_is_one_line_with_as_many_columns_whatever_the_text(text: str) -> None:
    out = rendered("tsv", [paper(title=text, url=text, extra={"x": text})])
    assert out.count("\n") == 1 and out.count("\t") == 5
    assert len(out.splitlines()) == 1


@settings(max_examples=200, deadline=None)
@given(st.text("=+-@'\"\n,;a ", max_size=10))
def test_csv_cells_never_start_a_formula_and_read_back(text: str) -> None:
    _, row = rows(rendered("csv", [paper(title=text)], fields=("title",)))[:2] if text else ([], [""])
    assert not row or row[0][:1] not in tuple("=+-@\t\r") or row[0] == ""
    assert unguarded(row[0] if row else "") == text


@pytest.mark.parametrize("title", HOSTILE)
def test_hostile_titles_stay_cells(title: str) -> None:
    header, *body = rows(rendered("csv", [paper(title=title), PLAIN]))
    assert len(body) == 2 and all(len(row) == len(header) for row in body)
    assert not set("\x1b\x07\x00\u202e\u200b") & set(rendered("csv", [paper(title=title)]))
    assert not set("\x1b\x07\x00\u202e\u200b") & set(rendered("tsv", [paper(title=title)]))


def test_numbers_are_not_taken_for_formulas() -> None:
    assert rows(rendered("csv", [paper(extra={"delta": -0.5})], fields=("extra.delta",)))[1] == ["-0.5"]


def test_csv_names_every_field_of_every_paper_once() -> None:
    first, second = (
        paper(extra={"volume": "7"}),
        paper(extra={"title": "other", "volume": 8, "tags": ["a", "b"]}),
    )
    header, one, two = rows(rendered("csv", [first, second]))
    assert header[-3:] == ["extra.volume", "extra.title", "extra.tags"]
    assert (one[-3:], two[-3:]) == (["7", "", ""], ["8", "other", "a; b"])
    assert rendered("csv", []).startswith("id,title,")


def test_tabular_and_json_exports_load_no_heavy_library() -> None:
    code = (
        "import sys; from paperctl.exports import export\n"
        "for n in ('tsv','csv','json','jsonl','ids'): export(n)\n"
        "print([m for m in ('rich','pandas','numpy','yaml','jinja2','pydantic') if m in sys.modules])"
    )
    assert subprocess.run([sys.executable, "-c", code], capture_output=True, text=True).stdout == "[]\n"


def test_every_export_names_itself_as_its_module() -> None:
    from paperctl.exports import export

    assert [export(name).NAME for name in names()] == names()
    assert all(export(name).ABOUT for name in names())
    endings = [export(name).SUFFIX for name in names() if export(name).SUFFIX]
    assert all(ending.startswith(".") for ending in endings) and len(set(endings)) == len(endings)
    assert GPTQ["title"] in rendered("tsv", [GPTQ])
