"""A review from three databases' exports to the PRISMA flow, its numbers counted by hand.

| paper | PubMed | Web of Science | Scopus | letters | Ann | Bob | Cleo | full text |
| --- | --- | --- | --- | --- | --- | --- | --- | --- |
| Kefir | x | x | x | x | keep | keep | | keep |
| Yoghurt | x | | x | | keep | skip | skip (settles) | |
| Sourdough | x | | | | skip | skip | | |
| Kimchi | | x | | | keep | keep | | skip |
| Miso | | | x | | keep | | | (not read yet) |
| Tempeh | | x | x | | skip | skip | | |
| Natto | | | | x | keep | keep | | keep |
"""

from __future__ import annotations

import io
import json
from pathlib import Path

import pandas as pd
import pytest
import rispy

from paperctl.store import Store
from tests.conftest import Paperctl

from .test_screening_session import press, session_of, shown

TITLES = {
    "Kefir": "Kefir and blood pressure in hypertension: a randomised trial",
    "Yoghurt": "Yoghurt intake and diabetes in three cohorts of nurses",
    "Sourdough": "Sourdough fermentation lowers the phytate of whole wheat bread",
    "Kimchi": "Kimchi consumption and irritable bowel symptoms in Korean students",
    "Miso": "Miso and gastric cancer: a case-control study in Nagano",
    "Tempeh": "Tempeh at two temperatures and its isoflavones",
    "Natto": "Natto and bone density of women after the menopause",
}
PUBMED = """\

PMID- 35000001
OWN - NLM
STAT- MEDLINE
DP  - 2021 Mar 4
TI  - Kefir and blood pressure in hypertension: a randomised trial.
LID - 10.1000/kefir.1 [doi]
AB  - BACKGROUND: We gave kefir or milk to 120 adults with hypertension for
      twelve weeks.
FAU - Haddad, Samira
AU  - Haddad S
JT  - Journal of Fermented Food Trials
PT  - Randomized Controlled Trial

PMID- 35000002
DP  - 2019
TI  - Yoghurt intake and diabetes in three cohorts of nurses.
LID - 10.1000/yoghurt.2 [doi]
AB  - Nurses who ate yoghurt daily were followed for twenty years.
FAU - Okafor, Ada
AU  - Okafor A
JT  - Nutrition Cohorts

PMID- 35000003
DP  - 2018 Jun
TI  - Sourdough fermentation lowers the phytate of whole wheat bread.
AB  - Bread was baked with and without sourdough.
FAU - Silva, Rui
AU  - Silva R
JT  - Cereal Notes
"""
WEB_OF_SCIENCE = """\
TY  - JOUR
AU  - Haddad, S
TI  - Kefir and blood pressure in hypertension: a randomised trial
T2  - JOURNAL OF FERMENTED FOOD TRIALS
DO  - 10.1000/kefir.1
PY  - 2021
AN  - WOS:000600000000001
ER  -

TY  - JOUR
AU  - Park, JH
TI  - Kimchi consumption and irritable bowel symptoms in Korean students
T2  - ASIAN GUT LETTERS
AB  - Students kept diaries of kimchi and of their symptoms.
DO  - 10.1000/kimchi.4
PY  - 2020
AN  - WOS:000600000000002
ER  -

TY  - JOUR
AU  - Novak, J
TI  - Tempeh at two temperatures and its isoflavones
T2  - FOOD CHEMISTRY NOTES
AB  - Tempeh was fermented at 25 and 37 degrees.
DO  - 10.1000/tempeh.6
PY  - 2017
AN  - WOS:000600000000003
ER  -

"""
SCOPUS = """\
"Authors","Author full names","Title","Year","Source title","Volume","DOI","Link","Abstract","EID"
"Haddad S.","Haddad, Samira (57200000001)","Kefir and blood pressure in hypertension: A randomised \
trial","2021","Journal of Fermented Food Trials","3","10.1000/kefir.1","https://www.scopus.com/1","","2-s2.0-1"
"Okafor A.","Okafor, Ada (57200000002)","Yoghurt intake and diabetes in three cohorts of nurses","2019",\
"Nutrition Cohorts","8","10.1000/yoghurt.2","https://www.scopus.com/2","","2-s2.0-2"
"Mori K.","Mori, Ken (57200000003)","Miso and gastric cancer: A case-control study in Nagano","2016",\
"Japanese Case Studies","2","10.1000/miso.5","https://www.scopus.com/3","They named their soups.","2-s2.0-3"
"Novak J.","Novak, Jan (57200000004)","Tempeh at two temperatures and its isoflavones","2017",\
"Food Chemistry Notes","5","10.1000/tempeh.6","https://www.scopus.com/4","Tempeh was fermented.","2-s2.0-4"
"""
LETTERS = """\
@article{natto, title = {Natto and bone density of women after the menopause}, author = {Ito, Yuki},
  year = 2015, doi = {10.1000/natto.7}, journal = {Bone Letters}, abstract = {It was measured twice.}}
@article{kefir, title = {Kefir and blood pressure in hypertension: a randomised trial},
  author = {Haddad, Samira}, year = 2021, doi = {10.1000/kefir.1}}
"""
RAYYAN = """\
key,title,year,authors,doi,notes
rayyan-1,Yoghurt intake and diabetes in three cohorts of nurses,2019,"Okafor, Ada",10.1000/yoghurt.2,\
"RAYYAN-INCLUSION: {""Bob""=>""Excluded""} | RAYYAN-EXCLUSION-REASONS: no fermented food alone"
rayyan-2,Kimchi consumption and irritable bowel symptoms in Korean students,2020,"Park, JH",10.1000/kimchi.4,\
"RAYYAN-INCLUSION: {""Bob""=>""Included""}"
"""


def screen(folder: Path, name: str, words: dict[str, str], *, blind: bool = False, **options: object) -> None:
    """One person's sitting: a key for the paper that is shown, until it ends."""
    store = Store(folder)
    store.reviewer, store.blind = name, blind
    here = session_of(store, **options)
    for _ in words:
        press(here, words[shown(here).split()[0]])
    here.worker.end()


@pytest.fixture
def reviewed(paperctl: Paperctl, tmp_path: Path) -> Paperctl:
    """The review of the table, screened by three people."""
    files = {"pubmed.nbib": PUBMED, "savedrecs.ris": WEB_OF_SCIENCE, "scopus.csv": SCOPUS}
    for file, text in {**files, "letters.bib": LETTERS, "bob.csv": RAYYAN}.items():
        (tmp_path / file).write_text(text, encoding="utf-8")
    receipt = paperctl("load", *(tmp_path / file for file in files), "--json").json
    assert [receipt[name] for name in ("read", "new", "merged")] == [10, 6, 4]
    assert [(f["format"], f["new"]) for f in receipt["files"]] == [("nbib", 3), ("ris", 2), ("csv", 1)]
    paperctl("load", "--source-type", "other", tmp_path / "letters.bib")
    assert paperctl("dedupe", "--json").status == 0
    folder = tmp_path / "store"
    ann = dict.fromkeys(TITLES, "k") | {"Sourdough": "1", "Tempeh": "2"}
    screen(folder, "Ann", ann, reasons=("no people", "laboratory"))
    bob = {"Kefir": "k", "Sourdough": "1", "Tempeh": "2", "Natto": "k"}
    papers = list(Store(folder).papers())
    order = [row for row, record in enumerate(papers) if record["title"].split()[0] in bob]
    screen(folder, "Bob", bob, blind=True, order=order, reasons=("no people", "laboratory"))
    colleague = paperctl("--reviewer", "Bob", "load", "--decisions-only", tmp_path / "bob.csv")
    assert colleague.status == 0
    conflicts = paperctl("list", "decision:conflict", "--jsonl").records
    assert [record["title"].split()[0] for record in conflicts] == ["Yoghurt"]
    paperctl("--reviewer", "Cleo", "mark", "skip", conflicts[0]["id"], "--reason", "no fermented food alone")
    for dois, word, reason in (
        (["10.1000/kefir.1", "10.1000/natto.7"], "keep", ()),
        (["10.1000/kimchi.4"], "skip", ("--reason", "no comparison")),
    ):
        paperctl("--reviewer", "Ann", "mark", word, *dois, "--stage", "fulltext", *reason)
    return paperctl


FLOW = """\
Records identified from databases and registers (n = 10)
    databases (n = 10)
    scopus.csv: (n = 4)
    pubmed.nbib: (n = 3)
    savedrecs.ris: (n = 3)
    - Records removed before screening
          duplicates (n = 4)
Papers to screen (n = 6)
    - Not yet decided (n = 0)
Papers screened (n = 6)
    - Papers excluded (n = 3)
          no people (n = 1)
          no fermented food alone (n = 1)
          laboratory (n = 1)
    - Full texts not yet assessed (n = 1)
Full texts assessed (n = 2)
    - Full texts excluded (n = 1)
          no comparison (n = 1)

Records identified by other methods (n = 2)
    - Records removed before screening
          duplicates (n = 0)
          found by the searches too (n = 1)
Papers to screen (n = 1)
    - Not yet decided (n = 0)
Papers screened (n = 1)
    - Papers excluded (n = 0)
Full texts assessed (n = 1)
    - Full texts excluded (n = 0)

Papers included (n = 2)
"""


def test_the_flow_of_a_whole_review(reviewed: Paperctl) -> None:
    drawn = reviewed("export", "-f", "prisma-text").out
    assert sorted(drawn.splitlines()) == sorted(FLOW.splitlines())
    assert drawn.splitlines()[0] == FLOW.splitlines()[0] and drawn.endswith("Papers included (n = 2)\n")


def test_the_flow_stays_when_our_own_export_comes_back(reviewed: Paperctl, tmp_path: Path) -> None:
    before = reviewed("export", "-f", "prisma-text").out
    for name in ("jsonl", "csv", "ris", "bibtex", "asreview", "rayyan", "covidence"):
        file = tmp_path / f"back-{name}{'.ris' if name == 'ris' else ''}"
        reviewed("export", "-f", name, "-o", file, "--force")
        reviewed("load", file)
        assert reviewed("export", "-f", "prisma-text").out == before, name


def test_two_reviewers_agree_as_counted_by_hand(reviewed: Paperctl) -> None:
    (pair,) = (
        pair
        for pair in reviewed("stats", "--json").json["agreement"]["pairs"]
        if set(pair["reviewers"]) == {"Ann", "Bob"}
    )
    # Kefir, Kimchi, Natto kept by both, Sourdough, Tempeh skipped by both, Yoghurt in conflict. By chance
    # both would keep 4/6 × 3/6 and skip 2/6 × 3/6 of the six: (5/6 - 1/2) / (1 - 1/2) = 2/3.
    assert (pair["papers"], pair["agreed"], pair["kappa"]) == (6, 5, 0.6667)


def test_other_programs_open_what_the_review_exports(reviewed: Paperctl) -> None:
    table = pd.read_csv(io.StringIO(reviewed("export", "-f", "asreview").out))
    said = {title.split()[0]: included for title, included in zip(table.title, table.included, strict=True)}
    assert {name for name, included in said.items() if included == 1} == {"Kefir", "Miso", "Natto"}
    assert {name for name, included in said.items() if included == 0} == {
        "Yoghurt",
        "Sourdough",
        "Kimchi",
        "Tempeh",
    }
    entries = rispy.loads(reviewed("export", "-f", "ris").out)
    assert {entry["title"].split()[0] for entry in entries} == set(TITLES)
    assert {entry["doi"] for entry in entries if "doi" in entry} >= {"10.1000/kefir.1", "10.1000/natto.7"}
    rayyan = pd.read_csv(io.StringIO(reviewed("export", "-f", "rayyan").out))
    assert len(rayyan) == 7 and rayyan.notes.str.contains("RAYYAN-INCLUSION").sum() == 7
    html = reviewed("export", "-f", "html").out
    assert json.dumps(TITLES["Natto"])[1:-1] in html
