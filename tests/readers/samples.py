"""A small dump of every text format: two papers, of the same titles in each."""

from __future__ import annotations

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
