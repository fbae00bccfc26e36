"""The fields that each reader of the registry takes from a small dump of its format, against what a person
reads in it. Readers that have a table of their own elsewhere are counted in."""

# ruff: noqa: E501  samples keep the long lines of real dumps

from __future__ import annotations

import io
from typing import Any

import pytest

from paperctl.dumps.dump import Dump
from paperctl.normalise import normalise
from paperctl.readers import readers
from paperctl.reading.recognise import read, recognise
from paperctl.record import by_name
from paperctl.record.items import Entry
from tests.readers import test_conference_pages, test_documents, test_exports_in_the_wild

GATES: dict[str, Any] = {
    "title": "Sparse Gates: Routing",
    "authors": ["Jane Doe", "Rick Roe"],
    "year": 2021,
    "venue": "Journal of Gates",
    "doi": "10.1000/g1",
}
KEYS: dict[str, Any] = {"title": "Keys for All", "doi": None}
Row = list[str | int]
ROWS: list[Row] = [
    ["Title", "Authors", "Year", "Journal", "DOI"],
    ["Sparse Gates: Routing", "Doe, Jane; Roe, Rick", 2021, "Journal of Gates", "10.1000/g1"],
    ["Keys for All", "", 2019, "", ""],
]

SAMPLES: dict[str, tuple[str, list[dict[str, Any]]]] = {
    "acl-xml": (
        """<collection id="2021.gates"><volume id="1"><meta><booktitle>Proceedings of <fixed-case>G</fixed-case>ates</booktitle><year>2021</year></meta>
<paper id="1"><title><fixed-case>S</fixed-case>parse Gates: Routing</title><author><first>Jane</first><last>Doe</last></author><author><first>Rick</first><last>Roe</last></author><doi>10.1000/g1</doi><abstract>We open gates.</abstract></paper>
<paper id="2"><title>Keys for All</title></paper></volume></collection>""",
        [GATES | {"venue": "Proceedings of Gates", "abstract": "We open gates."}, KEYS | {"year": 2021, "authors": []}],
    ),
    "bibtex": (
        r"""@string{jg = "Journal of Gates"}
@article{doe, title = {Sparse {G}ates: Routing}, author = {Doe, Jane and Rick Roe}, journal = jg, year = 2021, doi = {https://doi.org/10.1000/G1}, keywords = {gates, keys}, abstract = {We open 5\% of gates.}}
@misc{keys, title = "Keys for All", author = {M{\"u}ller, J{\"o}rg}, date = {2019-03}, eprint = {1903.00001}, archiveprefix = {arXiv}}""",
        [
            GATES | {"keywords": ["gates", "keys"], "abstract": "We open 5% of gates."},
            KEYS | {"authors": ["Jörg Müller"], "year": 2019, "arxiv_id": "1903.00001"},
        ],
    ),
    "crossref-xml": (
        """<doi_records><doi_record><crossref><journal><journal_metadata><full_title>Journal of Gates</full_title></journal_metadata><journal_issue><publication_date><year>2021</year></publication_date></journal_issue>
<journal_article><titles><title>Sparse Gates: Routing</title></titles><contributors><person_name contributor_role="author"><given_name>Jane</given_name><surname>Doe</surname></person_name><person_name contributor_role="author"><given_name>Rick</given_name><surname>Roe</surname></person_name></contributors><doi_data><doi>10.1000/g1</doi></doi_data></journal_article></journal></crossref></doi_record>
</doi_records>""",
        [GATES],
    ),
    "datacite-xml": (
        """<resource xmlns="http://datacite.org/schema/kernel-4"><identifier identifierType="DOI">10.1000/G1</identifier><creators><creator><creatorName>Doe, Jane</creatorName></creator><creator><creatorName>Roe, Rick</creatorName></creator></creators>
<titles><title>Sparse Gates: Routing</title></titles><publisher>Zenodo</publisher><publicationYear>2021</publicationYear><descriptions><description descriptionType="Abstract">We open gates.</description></descriptions></resource>""",
        [GATES | {"venue": "Zenodo", "abstract": "We open gates."}],
    ),
    "dblp-xml": (
        """<dblp><article key="journals/g/DoeR21"><author>Jane Doe 0002</author><author>Rick Roe</author><title>Sparse Gates: Routing.</title><year>2021</year><journal>Journal of Gates</journal><ee>https://doi.org/10.1000/g1</ee></article>
<inproceedings key="conf/g/Doe19"><author>Jane Doe</author><title>Keys for All.</title><year>2019</year><booktitle>GATES</booktitle></inproceedings></dblp>""",
        [GATES, KEYS | {"venue": "GATES", "year": 2019}],
    ),
    "endnote-xml": (
        """<xml><records><record><rec-number>1</rec-number><ref-type name="Journal Article">17</ref-type><contributors><authors><author><style face="normal">Doe, Jane</style></author><author>Roe, Rick</author></authors></contributors>
<titles><title><style>Sparse Gates: </style><style face="italic">Routing</style></title><secondary-title>Journal of Gates</secondary-title></titles><dates><year>2021</year></dates><abstract>We open gates.</abstract><electronic-resource-num>10.1000/g1</electronic-resource-num></record></records></xml>""",
        [GATES | {"abstract": "We open gates."}],
    ),
    "hf-page": (
        """Daily Papers
by AK and the research community
### [Sparse Gates: Routing](https://huggingface.co/papers/2101.00001)
[Routers are hard to train. We let each token pick its expert, which costs nothing and works well in practice. Code at https://github.com/a/gates.](https://huggingface.co/papers/2101.00001)
### [Keys for All](https://huggingface.co/papers/2101.00002)
[Keys open locks. We show how, and we show when they do not, on eleven kinds of doors and two windows.](https://huggingface.co/papers/2101.00002)
""",
        [
            {"title": "Sparse Gates: Routing", "arxiv_id": "2101.00001", "code_urls": ["https://github.com/a/gates"]},
            KEYS | {"arxiv_id": "2101.00002", "has_code": False},
        ],
    ),
    "jsonl": (
        '{"paperId": "a1", "title": "Sparse Gates: Routing", "authors": [{"name": "Jane Doe"}, {"name": "Rick Roe"}], "year": "2021", "journal": "Journal of Gates", "externalIds": {"DOI": "10.1000/G1"}}\n{"title": "Keys for All", "authors": "Doe, J.; Roe, R.", "year": 2019.0}\n',
        [GATES, KEYS | {"authors": ["J. Doe", "R. Roe"], "year": 2019}],
    ),
    "labelled-text": (
        """Title: Sparse Gates: Routing
Authors: Jane Doe, Rick Roe
Year: 2021
Journal: Journal of Gates
DOI: 10.1000/g1
Abstract: Routers are hard to train. We let each token
  pick its expert.

Title: Keys for All
Authors: Jane Doe
Abstract: We give keys to everyone, and they work.
""",
        [
            GATES | {"abstract": "Routers are hard to train. We let each token pick its expert."},
            KEYS | {"authors": ["Jane Doe"], "abstract": "We give keys to everyone, and they work."},
        ],
    ),
    "marc-xml": (
        """<collection xmlns="http://www.loc.gov/MARC21/slim"><record><datafield tag="100"><subfield code="a">Doe, Jane</subfield></datafield><datafield tag="700"><subfield code="a">Roe, Rick</subfield></datafield>
<datafield tag="245"><subfield code="a">Sparse Gates :</subfield><subfield code="b">Routing /</subfield></datafield><datafield tag="260"><subfield code="c">c2021.</subfield></datafield><datafield tag="520"><subfield code="a">We open gates.</subfield></datafield></record></collection>""",
        [{"title": "Sparse Gates: Routing", "authors": ["Jane Doe", "Rick Roe"], "year": 2021, "abstract": "We open gates."}],
    ),
    "markdown": (
        """# Gates
## Routing
- **Sparse Gates: Routing.** *Jane Doe, Rick Roe.* ICML 2021. [[paper](https://arxiv.org/abs/2101.00001)] [[code](https://github.com/a/gates)]
- **Keys for All.** *Jane Doe et al.* arXiv 2019. [[paper](https://arxiv.org/abs/1901.00002)]
""",
        [
            {"title": "Sparse Gates: Routing", "authors": ["Jane Doe", "Rick Roe"], "venue": "ICML", "year": 2021, "arxiv_id": "2101.00001", "code_urls": ["https://github.com/a/gates"]},
            KEYS | {"authors": ["Jane Doe"], "year": 2019},
        ],
    ),
    "org-list": (
        """* To read
** TODO Sparse Gates: Routing :gates:
:PROPERTIES:
:AUTHOR: Doe, Jane and Roe, Rick
:YEAR: 2021
:JOURNAL: Journal of Gates
:DOI: 10.1000/g1
:END:
** [[https://arxiv.org/abs/1901.00002][Keys for All]]
""",
        [GATES, KEYS | {"arxiv_id": "1901.00002", "year": 2019}],
    ),
    "plain-list": (
        "1. Sparse Gates: Routing Without a Router\n2. Keys for All the Locks\n3. Locks That Never Close\n",
        [{"title": "Sparse Gates: Routing Without a Router"}, {"title": "Keys for All the Locks"}, {"title": "Locks That Never Close"}],
    ),
    "pubmed-xml": (
        """<PubmedArticleSet><PubmedArticle><MedlineCitation><PMID>1</PMID><Article><Journal><JournalIssue><PubDate><MedlineDate>2021 Jan-Feb</MedlineDate></PubDate></JournalIssue><Title>Journal of Gates</Title></Journal>
<ArticleTitle>Sparse <i>Gates</i>: Routing.</ArticleTitle><Abstract><AbstractText Label="AIM">We open gates.</AbstractText><AbstractText Label="RESULTS">They open.</AbstractText></Abstract>
<AuthorList><Author><LastName>Doe</LastName><ForeName>Jane</ForeName></Author><Author><LastName>Roe</LastName><ForeName>Rick</ForeName></Author></AuthorList></Article></MedlineCitation>
<PubmedData><ArticleIdList><ArticleId IdType="doi">10.1000/g1</ArticleId></ArticleIdList></PubmedData></PubmedArticle></PubmedArticleSet>""",
        [GATES | {"abstract": "AIM: We open gates. RESULTS: They open."}],
    ),
    "refer": (
        "%0 Journal Article\n%A Doe, Jane\n%A Roe, Rick\n%T Sparse Gates: Routing\n%J Journal of Gates\n%D 2021\n%R 10.1000/g1\n%X We open\ngates.\n\n%0 Book\n%T Keys for All\n%D 2019\n",
        [GATES | {"abstract": "We open gates."}, KEYS | {"year": 2019}],
    ),
    "slide-deck": (
        """Toys 2023 in Review
Toys 2023 received 900 submissions
Two Topics: Routing & Keys
a) Routing
1 Sparse Gates: Routing Without a Router
Method\tTop-1\tLatency
The authors let each token pick: half the latency.
b) Keys
1 Keys for All
Other Interesting Papers
Discussion
""",
        [{"title": "Sparse Gates: Routing Without a Router"}, {"title": "Keys for All"}],
    ),
}  # fmt: skip


def facts(dump: Dump, name: str) -> list[dict[str, Any]]:
    choice = recognise(dump)
    assert name == choice.reader.NAME
    return [by_name(normalise(item)[0]) for item in read(dump, choice.reader) if isinstance(item, Entry)]


def picked(papers: list[dict[str, Any]], wanted: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Of each paper the fields that are known by hand."""
    return [{field: paper[field] for field in want} for paper, want in zip(papers, wanted, strict=True)]


@pytest.mark.parametrize("name", SAMPLES)
def test_the_fields_of_a_format(name: str) -> None:
    text, wanted = SAMPLES[name]
    assert picked(facts(Dump.from_text(text), name), wanted) == wanted


def test_the_fields_of_a_workbook() -> None:
    openpyxl = pytest.importorskip("openpyxl")
    book, stream = openpyxl.Workbook(), io.BytesIO()
    for row in ROWS:
        book.active.append(row)
    book.save(stream)
    wanted = [GATES, KEYS | {"authors": [], "year": 2019}]
    assert picked(facts(Dump.from_bytes(stream.getvalue()), "xlsx"), wanted) == wanted


def test_the_fields_of_parquet() -> None:
    arrow = pytest.importorskip("pyarrow")
    parquet = pytest.importorskip("pyarrow.parquet")
    stream = io.BytesIO()
    columns = {
        "title": ["Sparse Gates: Routing", "Keys for All"],
        "authors": [["Jane Doe", "Rick Roe"], []],
        "year": [2021, 2019],
        "venue": ["Journal of Gates", None],
        "doi": ["10.1000/G1", None],
    }
    parquet.write_table(arrow.table(columns), stream)
    wanted = [GATES, KEYS | {"authors": [], "year": 2019}]
    assert picked(facts(Dump.from_bytes(stream.getvalue()), "parquet"), wanted) == wanted


def test_every_reader_is_held_to_contents() -> None:
    """A new reader needs a sample with values by hand; formats that are only refused have none."""
    held = {*SAMPLES, "xlsx", "parquet", *(name for name, *_ in test_documents.SAMPLES.values())}
    exports = (text for text, _ in test_exports_in_the_wild.SAMPLES.values())
    held |= {
        recognise(Dump.from_text(text)).reader.NAME
        for text in (*exports, *test_conference_pages.PAGES.values())
    }
    assert held == set(readers()) - {"unsupported"}
