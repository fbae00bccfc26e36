"""The exports as other programs take them, where these are installed; `.ci/run` installs them."""

from __future__ import annotations

import csv
import io
import json
import shutil
import subprocess
from pathlib import Path

import pandas as pd
import pytest
import rispy
from bibtexparser.entrypoint import parse_string
from hypothesis import given, settings

from paperctl.record import Record
from paperctl.record.citekeys import with_keys
from tests.exports.round_trips import SAMPLE
from tests.exports.samples import GPTQ, HOSTILE, LORA, PLAIN, paper, rendered
from tests.exports.test_round_trip import PAPERS as ANY

PAPERS = [
    SAMPLE,
    LORA,
    GPTQ,
    PLAIN,
    *(paper(title=text, abstract=text, authors=["Anna Øre", "张伟"], note=text) for text in HOSTILE),
]


def program(name: str) -> str:
    """Where a program is; skips the test where it is not installed."""
    found = shutil.which(name)
    if found is None:
        pytest.skip(f"{name} is not installed")
    return found


def test_biber_reads_every_entry_and_finds_no_fault(tmp_path: Path) -> None:
    biber = program("biber")
    (tmp_path / "in.bib").write_text(rendered("bibtex", PAPERS), "utf-8")
    command = [biber, "--tool", "--nolog", "--validate-datamodel", "--output-file", "out.bib", "in.bib"]
    ran = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True)
    said = [line for line in ran.stdout.splitlines() if line.startswith(("ERROR", "WARN"))]
    # What it knows no field for it leaves alone.
    ours = ("'code' invalid", "'paperctl_id' invalid", "'issn'", "must be defined")
    assert ran.returncode == 0 and not [line for line in said if not any(word in line for word in ours)]
    written = (tmp_path / "out.bib").read_text("utf-8")
    assert written.count("\n@") + written.startswith("@") == len(PAPERS)
    assert "2022-04-25/2022-04-29" in written and "and others" in written


@pytest.mark.parametrize(("name", "ending"), [("bibtex", "bib"), ("csl-json", "json")])
def test_pandoc_cites_every_paper(tmp_path: Path, name: str, ending: str) -> None:
    pandoc = program("pandoc")
    (tmp_path / f"refs.{ending}").write_text(rendered(name, PAPERS), "utf-8")
    keys = [item["id"] for item in json.loads(rendered("csl-json", PAPERS))]
    (tmp_path / "text.md").write_text("\n\n".join(f"See [@{{{key}}}]." for key in keys))
    command = [pandoc, "--citeproc", "--fail-if-warnings", "--bibliography", f"refs.{ending}", "-t", "plain"]
    ran = subprocess.run([*command, "--wrap=none", "text.md"], cwd=tmp_path, capture_output=True, text=True)
    assert ran.returncode == 0, ran.stderr
    cited = ran.stdout.split("\n\n")
    assert (
        len(cited) == 2 * len(PAPERS)
        and "Hu, Edward J., Ana de la Cruz, Anna Øre, et al. 2022." in ran.stdout
    )
    assert "GPTQ: Accurate Quantization" in ran.stdout and "1–13" in ran.stdout


def test_no_program_takes_et_al_for_a_person() -> None:
    names = SAMPLE["authors"]
    for name in ("csv", "asreview"):
        (row,) = pd.read_csv(io.StringIO(rendered(name, [SAMPLE]))).to_dict("records")
        assert row["authors"].split("; ") == names and row["extra.authors_incomplete"]
    (entry,) = rispy.loads(rendered("ris", [SAMPLE]))
    assert [" ".join(reversed(person.split(", "))) for person in entry["authors"]] == names
    assert "Authors: et al." in entry["notes"]


@settings(max_examples=30, deadline=None)
@given(ANY)
def test_other_readers_find_the_same_fields(records: list[Record]) -> None:
    keyed = with_keys(records)
    ris = rispy.loads(rendered("ris", records))
    bib = parse_string(rendered("bibtex", records)).entries
    rows = pd.read_csv(io.StringIO(rendered("csv", records)), dtype=str, keep_default_na=False)
    for record, tagged, entry, row in zip(keyed, ris, bib, rows.to_dict("records"), strict=True):
        doi, year, people = record["doi"], record["year"], record["authors"]
        assert (tagged["title"], tagged.get("doi"), tagged.get("year")) == (
            *(record["title"], doi),
            str(year) if year else None,
        )
        assert (
            len(tagged.get("authors", []))
            == len(people)
            == len(list(filter(None, row["authors"].split("; "))))
        )
        fields = {name: field.value for name, field in entry.fields_dict.items()}
        assert (entry.key, fields.get("year")) == (record["citekey"], str(year) if year else None)
        assert fields.get("author", "").count(" and ") == max(0, len(people) - 1)
        assert (row["doi"], row["year"]) == (doi or "", str(year or ""))


def test_asreview_reads_the_labels(tmp_path: Path) -> None:
    asreview = Path(program("asreview"))
    skipped = [paper(title=f"Widgets number {n}", abstract="On widgets.", decision="skip") for n in range(4)]
    (tmp_path / "papers.csv").write_text(rendered("asreview", [LORA, *skipped]), "utf-8")
    command = [str(asreview), "simulate", "papers.csv", "-o", "out.asreview"]
    ran = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True)
    assert ran.returncode == 0, ran.stderr
    assert (tmp_path / "out.asreview").exists()
    with (tmp_path / "papers.csv").open(encoding="utf-8") as stream:
        assert [row["included"] for row in csv.DictReader(stream)] == ["1", "0", "0", "0", "0"]
