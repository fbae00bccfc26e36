"""The fields of formats that hold papers as documents or records, against what a reader sees in them."""

# ruff: noqa: E501  samples keep the long lines of real files

from __future__ import annotations

from typing import Any

import pytest

from paperctl.dumps.dump import Dump
from paperctl.normalise import normalise
from paperctl.reading.recognise import read, recognise
from paperctl.record import by_name
from paperctl.record.items import Entry, Fault

JATS = """<?xml version="1.0"?>
<!DOCTYPE article PUBLIC "-//NLM//DTD JATS//EN" "JATS.dtd">
<article article-type="research-article"><front><journal-meta><journal-title-group><journal-title>Journal of Gates</journal-title></journal-title-group></journal-meta>
<article-meta><article-id pub-id-type="doi">10.1000/g1</article-id><article-id pub-id-type="pmid">123</article-id>
<title-group><article-title>Sparse <italic>Gates</italic></article-title><subtitle>Routing Without a Router</subtitle></title-group>
<contrib-group><contrib contrib-type="author"><name><surname>Doe</surname><given-names>Jane</given-names></name></contrib>
<contrib contrib-type="editor"><name><surname>Ed</surname><given-names>Itor</given-names></name></contrib>
<contrib contrib-type="author"><collab>Gate Group</collab></contrib></contrib-group>
<pub-date pub-type="epub"><year>2021</year></pub-date><volume>3</volume><fpage>1</fpage><lpage>9</lpage>
<abstract><title>Abstract</title><sec><title>Aim</title><p>We open gates.</p></sec></abstract><kwd-group><kwd>gates</kwd></kwd-group></article-meta></front>
<back><ref-list><ref><mixed-citation><article-title>Not this</article-title></mixed-citation></ref></ref-list></back></article>
"""

TEI = """<?xml version="1.0" encoding="UTF-8"?>
<TEI xmlns="http://www.tei-c.org/ns/1.0"><teiHeader><fileDesc><titleStmt><title level="a" type="main">Sparse Gates</title></titleStmt>
<publicationStmt><publisher/><date type="published" when="2021-02-03">3 Feb 2021</date></publicationStmt>
<sourceDesc><biblStruct><analytic><author><persName><forename type="first">Jane</forename><forename type="middle">Q</forename><surname>Doe</surname></persName><affiliation>U</affiliation></author>
<title level="a">Sparse Gates</title><idno type="DOI">10.1000/g1</idno></analytic><monogr><title level="j">Journal of Gates</title><imprint><biblScope unit="volume">3</biblScope><biblScope unit="page" from="1" to="9"/><date when="2021"/></imprint></monogr></biblStruct></sourceDesc></fileDesc>
<profileDesc><textClass><keywords><term>gates</term><term>keys</term></keywords></textClass><abstract><div><p>We open gates.</p></div></abstract></profileDesc></teiHeader>
<text><back><listBibl><biblStruct xml:id="b0"><analytic><title>Not this</title></analytic></biblStruct></listBibl></back></text></TEI>
"""

REFERENCES = """<TEI xmlns="http://www.tei-c.org/ns/1.0"><teiHeader/><text><back><listBibl>
<biblStruct xml:id="b0"><analytic><title level="a">Sparse Gates</title><author><persName><forename>J</forename><surname>Doe</surname></persName></author></analytic><monogr><title level="j">J Gates</title><imprint><date when="2020"/></imprint></monogr></biblStruct>
<biblStruct xml:id="b1"><monogr><title level="m">Keys for All</title><author><persName><forename>J</forename><surname>Doe</surname></persName></author><imprint><date when="2019"/></imprint></monogr></biblStruct>
</listBibl></back></text></TEI>
"""

MODS = """<?xml version="1.0"?>
<modsCollection xmlns="http://www.loc.gov/mods/v3">
<mods ID="doe2021"><titleInfo><nonSort>The</nonSort><title>Sparse Gates</title><subTitle>Routing Without a Router</subTitle></titleInfo>
<name type="personal"><namePart type="given">Jane</namePart><namePart type="given">Q.</namePart><namePart type="family">Doe</namePart><role><roleTerm>author</roleTerm></role></name>
<name type="personal"><namePart>Itor, Ed</namePart><role><roleTerm>editor</roleTerm></role></name>
<abstract>We open gates.</abstract><subject><topic>gates</topic></subject>
<relatedItem type="host"><titleInfo><title>Journal of Gates</title></titleInfo><part><date>2021</date><detail type="volume"><number>3</number></detail><extent unit="page"><start>1</start><end>9</end></extent></part></relatedItem>
<identifier type="doi">10.1000/g1</identifier></mods>
<mods><titleInfo><title>Keys for All</title></titleInfo><originInfo><dateIssued>2019</dateIssued></originInfo></mods>
</modsCollection>
"""

CSL_YAML = """---
references:
- id: doe2021
  type: article-journal
  title: 'Sparse Gates: Routing Without a Router'
  author:
  - family: Doe
    given: Jane
  issued:
    date-parts:
    - - 2021
      - 2
  container-title: Journal of Gates
  DOI: 10.1000/g1
- id: roe2019
  type: book
  title: Keys for All
  issued: 2019-03
...
"""

HAYAGRIVA = """doe2021:
    type: Article
    title: "Sparse Gates: Routing Without a Router"
    author: ["Doe, Jane", "Roe, Rick"]
    date: 2021-02-03
    page-range: 1-9
    serial-number:
        doi: "10.1000/g1"
    parent:
        type: Periodical
        title: Journal of Gates
        volume: 3

roe2019:
    type: Book
    title: Keys for All
    author: Roe, Rick
    date: 2019
"""

PAPIS = """abstract: We open gates.
author: Doe, Jane and Roe, Rick
author_list:
- family: Doe
  given: Jane
- family: Roe
  given: Rick
doi: 10.1000/g1
files:
- a.pdf
journal: Journal of Gates
ref: doe2021
tags: gates keys
title: 'Sparse Gates: Routing Without a Router'
type: article
year: 2021
"""

GATES = {
    "title": "Sparse Gates: Routing Without a Router",
    "year": 2021,
    "venue": "Journal of Gates",
    "doi": "10.1000/g1",
}
SAMPLES: dict[str, tuple[str, str, list[dict[str, Any]]]] = {
    "JATS": ("jats-xml", JATS, [GATES | {"authors": ["Jane Doe", "Gate Group"], "abstract": "Aim We open gates.", "keywords": ["gates"]}]),
    "TEI of a paper": ("tei-xml", TEI, [GATES | {"title": "Sparse Gates", "authors": ["Jane Q Doe"], "abstract": "We open gates.", "keywords": ["gates", "keys"]}]),
    "TEI of references": (
        "tei-xml",
        REFERENCES,
        [
            {"title": "Sparse Gates", "authors": ["J Doe"], "year": 2020, "venue": "J Gates"},
            {"title": "Keys for All", "authors": ["J Doe"], "year": 2019, "venue": None},
        ],
    ),
    "MODS": (
        "mods-xml",
        MODS,
        [
            GATES | {"title": "The Sparse Gates: Routing Without a Router", "authors": ["Jane Q. Doe"], "keywords": ["gates"]},
            {"title": "Keys for All", "year": 2019, "authors": []},
        ],
    ),
    "CSL-YAML": ("yaml", CSL_YAML, [GATES | {"authors": ["Jane Doe"]}, {"title": "Keys for All", "year": 2019}]),
    "Hayagriva": ("yaml", HAYAGRIVA, [GATES | {"authors": ["Jane Doe", "Rick Roe"]}, {"title": "Keys for All", "year": 2019, "authors": ["Rick Roe"]}]),
    "papis": ("yaml", PAPIS, [GATES | {"authors": ["Jane Doe", "Rick Roe"], "abstract": "We open gates."}]),
}  # fmt: skip


@pytest.mark.parametrize("name", SAMPLES)
def test_the_fields_of_a_document(name: str) -> None:
    reader, text, wanted = SAMPLES[name]
    dump = Dump.from_text(text)
    choice = recognise(dump)
    assert reader == choice.reader.NAME
    found = [by_name(normalise(item)[0]) for item in read(dump, choice.reader) if isinstance(item, Entry)]
    assert [
        {field: paper[field] for field in want} for paper, want in zip(found, wanted, strict=True)
    ] == wanted


def test_a_broken_entry_of_yaml_costs_itself() -> None:
    text = CSL_YAML.replace("title: Keys for All", "title: 'Keys for All") + "- id: c\n  title: Locks\n"
    dump = Dump.from_text(text.replace("...\n", ""))
    items = list(read(dump, recognise(dump).reader))
    assert [item.fields["title"] for item in items if isinstance(item, Entry)] == [
        "Sparse Gates: Routing Without a Router",
        "Locks",
    ]
    assert [item.lines for item in items if isinstance(item, Fault)] == [(15, 18)]


def test_aliases_of_yaml_are_refused() -> None:
    bomb = "references:\n- id: a\n  title: &a [x, x]\n  note: [*a, *a]\n- id: b\n  title: Keys for All\n"
    dump = Dump.from_text(bomb)
    items = list(read(dump, recognise(dump).reader))
    assert sum(isinstance(item, Fault) for item in items) == 1
