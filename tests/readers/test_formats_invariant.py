"""What every reader promises, tried on all of them: each line in one item, recognised among the
others, in any encoding, cut or damaged anywhere."""

from __future__ import annotations

import codecs
import io
from collections import Counter
from functools import cache

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from paperctl.dumps.dump import Dump
from paperctl.errors import DumpError
from paperctl.readers import readers
from paperctl.reading.recognise import read, recognise
from paperctl.record.items import About, Entry, Fault, Skip, Warned

BOTH = ["Sparse Gates: Routing Without a Router", "Keys for All"]
"""The titles in every sample, in this order."""
MORE = {"plain-list": ["Locks That Never Close Behind You Again"]}

SAMPLES = {
    "acl-xml": """<?xml version='1.0'?>
<collection id="2024.toy">
  <volume id="1">
    <meta><booktitle>Proceedings of Toys</booktitle><year>2024</year></meta>
    <paper id="1">
      <title>Sparse Gates: Routing Without a Router</title>
      <author><first>Ada</first><last>Example</last></author>
    </paper>
    <paper id="2"><title>Keys for All</title><abstract>We give keys.</abstract></paper>
  </volume>
</collection>
""",
    "arxiv-text": r"""------------------------------------------------------------------------------
\\
arXiv:2301.00001
Date: Mon, 2 Jan 2023 10:00:00 GMT   (12kb)

Title: Sparse Gates: Routing Without a Router
Authors: Ada Example, Bo Sample
Categories: cs.LG
\\
  Routers are hard to train. We let each token pick.
\\ ( https://arxiv.org/abs/2301.00001 ,  12kb)
------------------------------------------------------------------------------
\\
arXiv:2301.00002
Date: Mon, 2 Jan 2023 11:00:00 GMT   (9kb)

Title: Keys for All
Authors: Ada Example
Categories: cs.LG
\\
  We give keys to everyone, and they work.
\\ ( https://arxiv.org/abs/2301.00002 ,  9kb)
""",
    "bibtex": """% from a manager
@string{toys = {Proceedings of Toys}}

@inproceedings{example2023,
  title = {Sparse Gates: Routing Without a Router},
  author = {Example, Ada and Sample, Bo},
  booktitle = toys,
  year = 2023
}
@article{keys, title = "Keys for All", author = "Ada Example", year = "2022"}
""",
    "crossref-xml": """<doi_records><doi_record><crossref><journal>
<journal_metadata><full_title>Toys</full_title></journal_metadata>
<journal_article><titles><title>Sparse Gates: Routing Without a Router</title></titles>
<contributors><person_name contributor_role="author">
<given_name>Ada</given_name><surname>Example</surname></person_name></contributors>
<doi_data><doi>10.1000/gates</doi></doi_data></journal_article>
</journal></crossref></doi_record>
<doi_record><crossref><journal>
<journal_article><titles><title>Keys for All</title></titles>
<doi_data><doi>10.1000/keys</doi></doi_data></journal_article>
</journal></crossref></doi_record></doi_records>
""",
    "csv": """id,title,authors,year,doi
1,Sparse Gates: Routing Without a Router,"Example, Ada; Sample, Bo",2023,10.1000/gates
2,Keys for All,"Example, Ada",2022,10.1000/keys
""",
    "datacite-xml": """<records><record>
<resource xmlns="http://datacite.org/schema/kernel-4">
<identifier identifierType="DOI">10.5281/gates</identifier>
<creators><creator><creatorName>Example, Ada</creatorName></creator></creators>
<titles><title>Sparse Gates: Routing Without a Router</title></titles>
</resource>
</record><record>
<resource xmlns="http://datacite.org/schema/kernel-4">
<titles><title>Keys for All</title></titles><publicationYear>2022</publicationYear>
</resource>
</record></records>
""",
    "dblp-xml": """<dblp>
<article mdate="2023-01-01" key="journals/toys/Example23">
<author>Ada Example</author><author>Bo Sample</author>
<title>Sparse Gates: Routing Without a Router.</title>
<year>2023</year><journal>Toys</journal>
</article>
<inproceedings key="conf/toys/Example22"><author>Ada Example</author>
<title>Keys for All.</title><year>2022</year></inproceedings>
</dblp>
""",
    "endnote-xml": """<xml><records>
<record><rec-number>1</rec-number><ref-type name="Journal Article">17</ref-type>
<contributors><authors><author><style>Example, Ada</style></author></authors></contributors>
<titles><title><style>Sparse Gates: Routing Without a Router</style></title></titles>
</record>
<record><rec-number>2</rec-number><ref-type name="Journal Article">17</ref-type>
<titles><title><style>Keys for All</style></title></titles></record>
</records></xml>
""",
    "feed": """<?xml version='1.0'?>
<feed xmlns="http://www.w3.org/2005/Atom">
  <title>arXiv Query: all:gates</title>
  <entry>
    <id>http://arxiv.org/abs/2301.00001v1</id>
    <title>Sparse Gates: Routing Without a Router</title>
    <summary>Routers are hard to train.</summary>
    <author><name>Ada Example</name></author>
  </entry>
  <entry><id>http://arxiv.org/abs/2301.00002v1</id><title>Keys for All</title></entry>
</feed>
""",
    "hf-page": """new
Get trending papers in your email inbox!
Subscribe

Daily Papers
by AK and the research community
Mar 14
### [Sparse Gates: Routing Without a Router](https://huggingface.co/papers/2301.00001)
[Routers are hard to train. We let each token pick its expert, which costs nothing and works well in
practice, as we show.](https://huggingface.co/papers/2301.00001)
- 5 authors
### [Keys for All](https://huggingface.co/papers/2301.00002)
[Keys open locks. We show how, and we show when they do not, on eleven kinds of doors and two
windows.](https://huggingface.co/papers/2301.00002)
""",
    "html": """<!DOCTYPE html>
<html><head><title>Daily Papers</title></head>
<body>
<article><h3><a href="/papers/2301.00001">Sparse Gates: Routing Without a Router</a></h3>
<p>Routers are hard to train. We let each token pick its expert, which costs nothing.</p></article>
<article><h3><a href="/papers/2301.00002">Keys for All</a></h3>
<p>Keys open locks. We show how.</p></article>
</body></html>
""",
    "json": """{"results": [
  {"title": "Sparse Gates: Routing Without a Router",
   "authors": ["Ada Example", "Bo Sample"],
   "year": 2023},
  {
    "title": "Keys for All",
    "authors": ["Ada Example"]
  }
]}
""",
    "jsonl": """{"id": "1", "title": "Sparse Gates: Routing Without a Router", "authors": ["Ada Example"]}
{"id": "2", "title": "Keys for All", "abstract": "We give keys."}
""",
    "labelled-text": """Title: Sparse Gates: Routing Without a Router
Authors: Ada Example, Bo Sample
Abstract: Routers are hard to train. We let each token
  pick its expert.

Title: Keys for All
Authors: Ada Example
Abstract: We give keys to everyone, and they work.
""",
    "marc-xml": """<collection xmlns="http://www.loc.gov/MARC21/slim">
<record><controlfield tag="001">BV1</controlfield>
<datafield tag="100"><subfield code="a">Example, Ada</subfield></datafield>
<datafield tag="245"><subfield code="a">Sparse Gates :</subfield>
<subfield code="b">Routing Without a Router</subfield></datafield>
</record>
<record><datafield tag="245"><subfield code="a">Keys for All</subfield></datafield></record>
</collection>
""",
    "markdown": """# Awesome Gates

A list of papers on gates and keys.

## Routing
- [Sparse Gates: Routing Without a Router](https://arxiv.org/abs/2301.00001), Ada Example, 2023.
  [[code](https://github.com/example/gates)]

## Keys
- [Keys for All](https://arxiv.org/abs/2301.00002), Ada Example, 2022.
""",
    "nbib": """PMID- 1
OWN - NLM
DP  - 2023 Jan
TI  - Sparse Gates: Routing
      Without a Router
AB  - Routers are hard to train.
FAU - Example, Ada

PMID- 2
TI  - Keys for All
""",
    "plain-list": """1. Sparse Gates: Routing Without a Router
2. Keys for All
3. Locks That Never Close Behind You Again
""",
    "pubmed-xml": """<?xml version="1.0"?>
<PubmedArticleSet>
<PubmedArticle>
  <MedlineCitation><PMID Version="1">1</PMID>
    <Article><ArticleTitle>Sparse Gates: Routing Without a Router</ArticleTitle>
      <AuthorList><Author><LastName>Example</LastName><ForeName>Ada</ForeName></Author></AuthorList>
    </Article></MedlineCitation>
</PubmedArticle>
<PubmedArticle><MedlineCitation><PMID Version="1">2</PMID>
<Article><ArticleTitle>Keys for All</ArticleTitle></Article></MedlineCitation></PubmedArticle>
</PubmedArticleSet>
""",
    "refer": """%0 Journal Article
%A Example, Ada
%T Sparse Gates: Routing Without a Router
%D 2023
%X Routers are hard
to train.

%0 Journal Article
%T Keys for All
""",
    "ris": """Provider: Toys

TY  - JOUR
TI  - Sparse Gates: Routing Without a Router
AU  - Example, Ada
PY  - 2023
AB  - Routers are hard
to train.
ER  -

TY  - JOUR
T1  - Keys for All
ER  -
""",
    "slide-deck": """Toys 2023 in Review
Toys 2023 received 900 submissions
Two Topics: Routing & Keys
a) Routing
1 Sparse Gates: Routing Without a Router
Figure 2: Overview. Gates are opened.
Method	Top-1	Latency
Ours	77	2
The authors let each token pick: half the latency.
b) Keys
1 Keys for All
Other Interesting Papers
Discussion
Will gates be learned?
""",
    "jats-xml": """<?xml version="1.0"?>
<pmc-articleset>
<article><front><article-meta><article-id pub-id-type="doi">10.1000/g1</article-id>
<title-group><article-title>Sparse Gates: Routing Without a Router</article-title></title-group>
<abstract><p>Routers are hard to train.</p></abstract></article-meta></front></article>
<article><front><article-meta>
<title-group><article-title>Keys for All</article-title></title-group></article-meta></front></article>
</pmc-articleset>
""",
    "mods-xml": """<?xml version="1.0"?>
<modsCollection xmlns="http://www.loc.gov/mods/v3">
<mods ID="a"><titleInfo><title>Sparse Gates</title>
<subTitle>Routing Without a Router</subTitle></titleInfo></mods>
<mods><titleInfo><title>Keys for All</title></titleInfo></mods>
</modsCollection>
""",
    "org-list": """#+TITLE: Papers on gates

* Routing
- [[https://arxiv.org/abs/2301.00001][Sparse Gates: Routing Without a Router]], Ada Example, 2023
* Keys
- [[https://arxiv.org/abs/2301.00002][Keys for All]], Ada Example, 2022
""",
    "tei-xml": """<?xml version="1.0"?>
<TEI xmlns="http://www.tei-c.org/ns/1.0"><teiHeader/><text><back><listBibl>
<biblStruct><analytic><title>Sparse Gates: Routing Without a Router</title>
</analytic><monogr><title>Toys</title></monogr></biblStruct>
<biblStruct><monogr><title>Keys for All</title></monogr></biblStruct>
</listBibl></back></text></TEI>
""",
    "yaml": """---
references:
- id: a
  type: article-journal
  title: 'Sparse Gates: Routing Without a Router'
  author:
  - family: Example
    given: Ada
- id: b
  title: Keys for All
  issued: 2022
...
""",
    "wos": """FN Clarivate Analytics Web of Science
VR 1.0
PT J
AU Example, A
   Sample, B
TI Sparse Gates: Routing
   Without a Router
SO TOYS
PY 2023
ER

PT J
TI Keys for All
ER

EF
""",
}  # fmt: skip

NAMES = pytest.mark.parametrize("name", SAMPLES)


def test_every_reader_has_a_sample() -> None:
    assert {*SAMPLES, "parquet", "xlsx", "unsupported"} == set(readers())


def titles(dump: Dump, name: str) -> list[str]:
    """Reads a dump and holds the items to the promise; the titles in it."""
    found = []
    held: dict[int, set[type]] = {}
    times: Counter[int] = Counter()
    for item in read(dump, readers()[name]):
        if isinstance(item, About | Warned):
            continue
        first, last = item.lines
        assert 1 <= first <= last
        for number in range(first, last + 1):
            held.setdefault(number, set()).add(type(item))
            times[number] += 1
        match item:
            case Entry():
                found.append(" ".join(str(item.fields.get("title", "")).rstrip(".").split()))
            case Skip(reason=said) | Fault(message=said):
                assert said and "\n" not in said
    last = 0
    for number, line in dump.lines():
        last = number
        kinds = held.get(number, set())
        if line.strip():
            # Only JSON may put a paper and something broken on one line.
            assert len(kinds) == 1 or (name == "json" and kinds == {Entry, Fault}), (number, line, kinds)
        assert times[number] <= 1 or Entry in kinds, (number, line, kinds)
    assert max(held, default=0) <= max(last, 1)
    return found


@NAMES
def test_the_right_reader_is_chosen_and_none_is_surer(name: str) -> None:
    dump = Dump.from_text(SAMPLES[name])
    assert recognise(dump).reader is readers()[name]
    scores = {other: s.score for other, reader in readers().items() if (s := reader.sniff(dump))}
    assert max(scores, key=lambda other: scores[other]) == name, scores


@NAMES
def test_a_sample_gives_its_papers_and_each_line_once(name: str) -> None:
    dump = Dump.from_text(SAMPLES[name])
    assert titles(dump, name) == BOTH + MORE.get(name, [])
    assert not [item for item in readers()[name].read(dump) if isinstance(item, Fault)]


def _written(text: str, how: str) -> bytes:
    match how:
        case "crlf":
            return text.replace("\n", "\r\n").encode()
        case "cr":
            return text.replace("\n", "\r").encode()
        case "bom":
            return codecs.BOM_UTF8 + text.encode()
        case "latin-1":
            return text.replace("Ada", "Adélaïde").encode("latin-1")
        case "no last line end":
            return text.rstrip("\n").encode()
    return text.encode(how)


@NAMES
@pytest.mark.parametrize(
    "how", ["crlf", "cr", "bom", "utf-16", "utf-16-le", "utf-16-be", "utf-32", "latin-1", "no last line end"]
)
def test_the_encoding_does_not_count(name: str, how: str) -> None:
    dump = Dump.from_bytes(_written(SAMPLES[name], how))
    assert recognise(dump).reader is readers()[name]
    assert titles(dump, name) == BOTH + MORE.get(name, [])


def unharmed(data: bytes, name: str) -> None:
    """Reading whatever is left of a sample raises nothing else than a DumpError."""
    dump = Dump.from_bytes(data)
    for reader in readers().values():
        reader.sniff(dump)
    try:
        titles(dump, name)
    except DumpError as fault:
        assert fault.message


@NAMES
@settings(max_examples=12, deadline=None)
@given(data=st.data())
def test_cut_anywhere(name: str, data: st.DataObject) -> None:
    raw = SAMPLES[name].encode()
    unharmed(raw[: data.draw(st.integers(1, len(raw) - 1))], name)


@NAMES
@settings(max_examples=25, deadline=None)
@given(data=st.data())
def test_damaged_lines(name: str, data: st.DataObject) -> None:
    lines = SAMPLES[name].encode().split(b"\n")
    for _ in range(data.draw(st.integers(1, 4))):
        at = data.draw(st.integers(0, len(lines) - 1))
        match data.draw(st.sampled_from(["drop", "twice", "swap", "junk", "insert", "glue"])):
            case "drop":
                lines[at] = b""
            case "twice":
                lines[at:at] = lines[at : at + data.draw(st.integers(1, 5))]
            case "swap":
                to = data.draw(st.integers(0, len(lines) - 1))
                lines[at], lines[to] = lines[to], lines[at]
            case "junk":
                spot = data.draw(st.integers(0, len(lines[at])))
                lines[at] = lines[at][:spot] + data.draw(st.binary(max_size=8)) + lines[at][spot:]
            case "insert":
                lines.insert(at, data.draw(st.sampled_from(_INSERTED)))
            case "glue" if at + 1 < len(lines):
                lines[at : at + 2] = [lines[at] + lines[at + 1]]
    unharmed(b"\n".join(lines), name)


_INSERTED = [
    *(b"{", b"}", b'"', b"]", b"[{", b"},", b"<", b"</x>", b"<a>", b"]]>", b"<![CDATA[", b"<!--", b"-->"),
    *(b"@article{x,", b"@comment{", b"TY  - JOUR", b"ER  - ", b"PMID- 3", b"PT J", b"%0 Book", b"%T x"),
    *(b"\x00", b"\x1b[31m", b"\xff\xfe", b"\xe2\x80\xa8", b"\r", b"---", b"a,b,c", b'"a\nb"', b"- x", b"# x"),
    *(b"Title: x", b"Abstract:", b"\\\\", b"1 X", b'{"title": "T"}', b'{"title": "T",', b"&bad;", b"\\" * 40),
]


def test_a_workbook_gives_its_papers() -> None:
    openpyxl = pytest.importorskip("openpyxl")
    book = openpyxl.Workbook()
    for row in [("Title", "Authors"), *((title, "Ada Example") for title in BOTH)]:
        book.active.append(row)
    stream = io.BytesIO()
    book.save(stream)
    dump = Dump.from_bytes(stream.getvalue())
    assert recognise(dump).reader.NAME == "xlsx"
    items = list(readers()["xlsx"].read(dump))
    assert [item.fields["title"] for item in items if isinstance(item, Entry)] == BOTH
    assert [item.lines for item in items if not isinstance(item, About)] == [(1, 1), (2, 2), (3, 3)]


@cache
def workbook() -> bytes:
    """A small workbook; made once, because it holds the time it was made."""
    openpyxl = pytest.importorskip("openpyxl")
    book = openpyxl.Workbook()
    book.active.append(("Title", "Authors"))
    book.active.append((BOTH[0], "Ada Example"))
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()


@settings(max_examples=25, deadline=None)
@given(data=st.data())
def test_a_damaged_workbook_is_refused_or_read(data: st.DataObject) -> None:
    raw = bytearray(workbook())
    for _ in range(data.draw(st.integers(1, 5))):
        raw[data.draw(st.integers(0, len(raw) - 1))] = data.draw(st.integers(0, 255))
    dump = Dump.from_bytes(bytes(raw[: data.draw(st.integers(10, len(raw)))]))
    try:
        for item in read(dump, readers()["xlsx"]):
            assert isinstance(item, Entry | Skip | Fault)
    except DumpError as fault:
        assert fault.message
