"""The XML family: each format's fields, lines in long files, damage and hostile input."""

from __future__ import annotations

from types import ModuleType

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from paperctl.dumps.dump import Dump
from paperctl.readers import (
    acl_xml,
    crossref_xml,
    datacite_xml,
    dblp_xml,
    endnote_xml,
    marc_xml,
    pubmed_xml,
    readers,
)
from paperctl.record.items import Entry, Fault, Item, Skip


def read(reader: ModuleType, text: str | bytes) -> list[Item]:
    dump = Dump.from_bytes(text if isinstance(text, bytes) else text.encode())
    return list(reader.read(dump))


def entries(reader: ModuleType, text: str | bytes) -> list[Entry]:
    return [item for item in read(reader, text) if isinstance(item, Entry)]


PUBMED = """<?xml version="1.0"?>
<PubmedArticleSet>
<PubmedArticle>
  <MedlineCitation Status="MEDLINE"><PMID Version="1">42</PMID>
    <Article>
      <Journal><ISSN>1234-5678</ISSN><JournalIssue><Volume>7</Volume><Issue>2</Issue>
        <PubDate><MedlineDate>2019 Mar-Apr</MedlineDate></PubDate></JournalIssue>
        <Title>Stroke</Title></Journal>
      <ArticleTitle>Use of H<sub>2</sub>O &amp; <i>more</i>.</ArticleTitle>
      <ELocationID EIdType="doi">10.1000/pm</ELocationID>
      <Abstract><AbstractText Label="AIM">To <b>test</b>.</AbstractText>
        <AbstractText>Done.</AbstractText></Abstract>
      <AuthorList><Author><LastName>Doe</LastName><ForeName>Jane</ForeName></Author>
        <Author><CollectiveName>The Group</CollectiveName></Author></AuthorList>
    </Article>
    <KeywordList><Keyword>balloon</Keyword></KeywordList>
  </MedlineCitation>
</PubmedArticle>
</PubmedArticleSet>
"""

ACL = """<?xml version='1.0' encoding='UTF-8'?>
<collection id="2024.toy">
  <volume id="1">
    <meta>
      <booktitle>Proceedings of the Toy Workshop</booktitle>
      <publisher>ACL</publisher>
      <year>2024</year>
    </meta>
    <frontmatter><url>2024.toy-1.0</url></frontmatter>
    <paper id="1">
      <title>Adapters for <fixed-case>LLM</fixed-case>s</title>
      <author><first>Jane</first><last>Doe</last></author>
      <abstract>Short.</abstract>
      <url>2024.toy-1.1</url>
      <bibkey>doe-2024-adapters</bibkey>
      <pwccode url="https://github.com/doe/adapters" additional="false">doe/adapters</pwccode>
    </paper>
  </volume>
</collection>
"""

DBLP = """<?xml version="1.0" encoding="ISO-8859-1"?>
<!DOCTYPE dblp SYSTEM "dblp.dtd">
<dblp>
<article mdate="2020-01-01" key="journals/corr/abs-2106-09685">
<author>J&uuml;rgen M&ouml;ller 0001</author><author>Jane Doe</author>
<title>Low-Rank <i>Adapters</i>.</title>
<year>2021</year><journal>CoRR</journal><volume>abs/2106.09685</volume>
<ee>https://arxiv.org/abs/2106.09685</ee>
</article>
<www key="homepages/m/M"><author>J&uuml;rgen</author><title>Home Page</title></www>
</dblp>
"""

ENDNOTE = """<xml><records>
<record><rec-number>5</rec-number><ref-type name="Journal Article">17</ref-type>
<contributors><authors><author><style face="normal">Doe, Jane</style></author></authors></contributors>
<titles><title><style>A </style><style face="italic">title</style></title>
<secondary-title>Nature</secondary-title></titles>
<dates><year>2020</year></dates><keywords><keyword>x</keyword></keywords>
<electronic-resource-num>10.1000/en</electronic-resource-num><custom1>mine</custom1>
</record>
</records></xml>
"""

CROSSREF = """<doi_records xmlns="http://www.crossref.org/xschema/1.1"><doi_record><crossref><journal>
<journal_metadata><full_title>eLife</full_title><issn>2050-084X</issn></journal_metadata>
<journal_issue><journal_volume><volume>3</volume></journal_volume></journal_issue>
<journal_article><titles><title>A title</title></titles>
<jats:abstract xmlns:jats="http://www.ncbi.nlm.nih.gov/JATS1">
<jats:p>One.</jats:p><jats:p>Two.</jats:p></jats:abstract>
<contributors><person_name contributor_role="author">
<given_name>Jane</given_name><surname>Doe</surname></person_name>
<person_name contributor_role="editor">
<given_name>Ed</given_name><surname>Itor</surname></person_name></contributors>
<publication_date><year>2014</year></publication_date>
<doi_data><doi>10.7554/x</doi><resource>https://elifesciences.org/x</resource></doi_data></journal_article>
</journal></crossref></doi_record></doi_records>
"""

DATACITE = """<resource xmlns="http://datacite.org/schema/kernel-4">
<identifier identifierType="DOI">10.5281/zenodo.1</identifier>
<creators><creator><creatorName>Doe, Jane</creatorName></creator></creators>
<titles><title>A data set</title></titles><publisher>Zenodo</publisher><publicationYear>2022</publicationYear>
<subjects><subject>nlp</subject></subjects>
<descriptions><description descriptionType="Abstract">About.</description></descriptions>
<relatedIdentifiers>
<relatedIdentifier relationType="IsSupplementedBy">https://github.com/doe/set</relatedIdentifier>
</relatedIdentifiers>
</resource>
"""

MARC = """<zs:searchRetrieveResponse><zs:records><zs:record><zs:recordData>
<record><controlfield tag="001">BV1</controlfield>
<datafield tag="100"><subfield code="a">Doe, Jane</subfield></datafield>
<datafield tag="245"><subfield code="a">A book :</subfield>
<subfield code="b">its subtitle /</subfield></datafield>
<datafield tag="264"><subfield code="b">Packt</subfield><subfield code="c">2023</subfield></datafield>
</record>
</zs:recordData></zs:record></zs:records></zs:searchRetrieveResponse>
"""

SAMPLES: dict[str, tuple[ModuleType, str]] = {
    "pubmed-xml": (pubmed_xml, PUBMED),
    "acl-xml": (acl_xml, ACL),
    "dblp-xml": (dblp_xml, DBLP),
    "endnote-xml": (endnote_xml, ENDNOTE),
    "crossref-xml": (crossref_xml, CROSSREF),
    "datacite-xml": (datacite_xml, DATACITE),
    "marc-xml": (marc_xml, MARC),
}


@pytest.mark.parametrize("name", SAMPLES)
def test_each_sample_is_known_by_its_own_reader_alone(name: str) -> None:
    dump = Dump.from_text(SAMPLES[name][1])
    found = {other: reader.sniff(dump) for other, reader in readers().items()}
    scores = {other: sniff.score for other, sniff in found.items() if sniff}
    assert scores.pop(name) >= 0.95
    assert all(score <= 0.6 for score in scores.values()), scores


@pytest.mark.parametrize("name", SAMPLES)
def test_every_line_is_in_exactly_one_item(name: str) -> None:
    reader, text = SAMPLES[name]
    found = [item for item in read(reader, text) if isinstance(item, Entry | Skip | Fault)]
    covered = [n for item in found for n in range(item.lines[0], item.lines[1] + 1)]
    assert covered == list(range(1, text.count("\n") + 1))
    assert sum(isinstance(item, Entry) for item in found) == 1


def test_pubmed_text_names_and_dates() -> None:
    [entry] = entries(pubmed_xml, PUBMED)
    assert entry.key == "42"
    assert entry.lines == (3, 18)
    assert entry.fields == {
        "title": "Use of H2O & more.",
        "abstract": "AIM: To test.\nDone.",
        "authors": ["Doe, Jane", "The Group"],
        "year": "2019 Mar-Apr",
        "venue": "Stroke",
        "doi": "10.1000/pm",
        "keywords": ["balloon"],
    }


def test_acl_papers_take_year_and_venue_from_their_volume() -> None:
    [entry] = entries(acl_xml, ACL)
    assert entry.key == "doe-2024-adapters"
    assert entry.fields == {
        "title": "Adapters for LLMs",
        "abstract": "Short.",
        "authors": ["Doe, Jane"],
        "year": "2024",
        "venue": "Proceedings of the Toy Workshop",
        "url": "https://aclanthology.org/2024.toy-1.1",
        "code_urls": ["https://github.com/doe/adapters"],
    }


def test_dblp_entities_numbered_names_and_arxiv_volumes() -> None:
    [entry] = entries(dblp_xml, DBLP)
    assert entry.key == "journals/corr/abs-2106-09685"
    assert entry.fields["title"] == "Low-Rank Adapters"
    assert entry.fields["authors"] == ["Jürgen Möller", "Jane Doe"]
    assert entry.fields["arxiv_id"] == "2106.09685"
    assert Skip((10, 10), "home page of a person") in read(dblp_xml, DBLP)


def test_endnote_styles_are_joined() -> None:
    [entry] = entries(endnote_xml, ENDNOTE)
    assert entry.fields["title"] == "A title"
    assert entry.fields["doi"] == "10.1000/en"
    assert entry.extra["custom1"] == "mine"
    assert entry.extra["type"] == "Journal Article"


def test_crossref_roles_and_paragraphs() -> None:
    [entry] = entries(crossref_xml, CROSSREF)
    assert entry.fields == {
        "title": "A title",
        "abstract": "One.\nTwo.",
        "authors": ["Doe, Jane"],
        "year": "2014",
        "venue": "eLife",
        "doi": "10.7554/x",
        "url": "https://elifesciences.org/x",
    }
    assert entry.extra["editor"] == ["Itor, Ed"]


def test_datacite_and_marc() -> None:
    [data] = entries(datacite_xml, DATACITE)
    assert data.fields["code_urls"] == ["https://github.com/doe/set"]
    assert data.fields["abstract"] == "About."
    [book] = entries(marc_xml, MARC)
    assert book.fields["title"] == "A book: its subtitle"
    assert book.fields["year"] == "2023"


def test_the_declared_encoding_counts() -> None:
    text = '<?xml version="1.0" encoding="koi8-r"?>\n<dblp>\n<book><title>Путь</title></book>\n</dblp>\n'
    [entry] = entries(dblp_xml, text.encode("koi8-r"))
    assert entry.fields["title"] == "Путь"


def test_lines_are_right_far_down_a_long_file() -> None:
    text = "<dblp>\n" + "\n" * 70_000 + "<book>\n<title>T</title>\n</book>\n</dblp>\n"
    [entry] = entries(dblp_xml, text)
    assert entry.lines == (70_002, 70_004)


def test_many_records_on_one_line() -> None:
    text = "<dblp>" + "".join(f"<book><title>T{n}</title></book>" for n in range(3000)) + "</dblp>"
    assert [e.fields["title"] for e in entries(dblp_xml, text)] == [f"T{n}" for n in range(3000)]


def test_a_file_cut_off_gives_its_whole_records_and_a_fault() -> None:
    whole = "<dblp>\n<book>\n<title>One</title>\n</book>\n<book>\n<title>Tw"
    found = read(dblp_xml, whole)
    assert [item.fields["title"] for item in found if isinstance(item, Entry)] == ["One"]
    [fault] = [item for item in found if isinstance(item, Fault)]
    assert fault.lines == (5, 6)


def test_lone_signs_and_control_characters_do_not_end_the_file() -> None:
    odd = "<book><title>R&D \x01 a < b &nosuch; c</title></book>\n"
    text = f"<dblp>\n{odd}<book><title>Next</title></book>\n</dblp>"
    first, second = entries(dblp_xml, text)
    assert first.fields["title"].startswith("R&D a < b")
    assert second.fields["title"] == "Next"


def test_entities_are_not_expanded_and_nothing_is_fetched() -> None:
    text = (
        '<!DOCTYPE d [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;">\n'
        '<!ENTITY x SYSTEM "file:///etc/hostname">]>\n'
        "<dblp>\n<book><title>T &b; &x;</title></book>\n</dblp>"
    )
    [entry] = entries(dblp_xml, text)
    assert "aaaa" not in entry.fields["title"]
    assert entry.fields["title"] == "T &b; &x;"


def test_depth_beyond_reason_is_a_fault() -> None:
    found = read(dblp_xml, "<dblp>\n" + "<a>" * 5000 + "\n<book><title>T</title></book>\n")
    assert any(isinstance(item, Fault) and "damaged XML" in item.message for item in found)


def test_a_record_that_only_its_set_closes_is_still_read() -> None:
    [entry] = entries(pubmed_xml, "<PubmedArticleSet>\n<PubmedArticle>\n  odd text\n</PubmedArticleSet>\n")
    assert entry.extra["text"] == "odd text"


PIECES = ["<book>", "</book>", "<title>T</title>", "x & y", "", "<dblp>", "</dblp>", "<", "\x02"]


@settings(max_examples=60, deadline=None)
@given(st.lists(st.sampled_from(PIECES), max_size=20))
def test_any_text_is_read_without_an_error_and_no_line_is_lost(lines: list[str]) -> None:
    found = [i for i in read(dblp_xml, "<dblp>\n" + "\n".join(lines)) if isinstance(i, Entry | Skip | Fault)]
    covered = {n for item in found for n in range(item.lines[0], item.lines[1] + 1)}
    assert {n for n, line in enumerate(lines, 2) if line.strip()} <= covered
