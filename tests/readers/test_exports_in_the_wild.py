"""The fields of exports as services and people's tools write them, against what a reader sees in them."""

# ruff: noqa: E501  samples keep the long lines of real exports

from __future__ import annotations

import json
from typing import Any

import pytest

from paperctl.dumps.dump import Dump
from paperctl.normalise import normalise
from paperctl.reading.recognise import read, recognise
from paperctl.record import by_name
from paperctl.record.items import Entry

OAI = """<record><header><identifier>oai:arXiv.org:1711.00001</identifier><datestamp>2018-11-15</datestamp></header>
<metadata><oai_dc:dc xmlns:oai_dc="http://www.openarchives.org/OAI/2.0/oai_dc/" xmlns:dc="http://purl.org/dc/elements/1.1/">
<dc:title>Gates in Networks</dc:title><dc:creator>Doe, Jane</dc:creator><dc:date>2018-11-13</dc:date>
</oai_dc:dc></metadata></record>"""
ATOM = r"""<feed xmlns="http://www.w3.org/2005/Atom"><entry><id>http://arxiv.org/abs/0704.0001v2</id>
<published>2008-01-01T00:00:00Z</published><title>Schr\"odinger gates at 10\%</title>
<summary>We open gates of $p&lt;0.05$.</summary><author><name>G. Erd\H{o}s</name></author></entry></feed>"""
MAIL = r"""------------------------------------------------------------------------------
\\
arXiv:2104.00002
replaced with revised version Thu, 2 Mar 2023 11:00:13 GMT   (1527kb,D)

Title: Gates Replaced
Authors: J. Doe, P. R\'oe
Categories: astro-ph.CO
\\ ( https://arxiv.org/abs/2104.00002 ,  1527kb)
------------------------------------------------------------------------------
\\
Paper: astro-ph/0001001
From: Jane Doe <jane@example.org>
Date: Mon, 3 Jan 2000 10:00:00 GMT   (12kb)

Title: Gates of Old
Authors: Jane Doe (MIT (CSAIL))
Comments: withdrawn by the authors
\\
  We look at old gates.
\\ ( http://arXiv.org/abs/astro-ph/0001001 , 12kb)
"""
KAGGLE = {
    "id": "0704.0001",
    "authors": r"C. Bal\'azs, E. L. Berger",
    "title": 'Calculation of\n  K\\"ahler gates',
    "comments": "This paper has been withdrawn by the authors",
    "journal-ref": "Phys.Rev.D76:013009,2008",
    "categories": "hep-ph",
    "abstract": r"  Na\"ive cuts at 10\% and \$5.",
    "authors_parsed": [[r"Bal\'azs", "C.", ""], ["Berger", "E. L.", "Jr"]],
}
PANDAS = """,Title,Authors,Year,DOI,Keywords,PMID,Venue
0,Gates of Frames,"['Ann Lee', ""Bo O'Roe""]",2021.0,nan,"['gates', 'frames']",30000001.0,nan
1,Doors of Frames,"[{'name': 'Null'}, {'name': 'Eve Oz'}]",2022-03-04 00:00:00,<NA>,NA,,None
2,Walls of Arrays,['Ann Lee' 'Bo Roe'],2020,10.1000/a,[],,J Frames
"""
SPRINGER = """Item Title,Publication Title,Journal Volume,Item DOI,Authors,Publication Year,URL,Content Type
Gates of Solvers,Journal of Gates,1,10.1007/s1,V. A. BakeryM. McKrupaJ. O’Hara,2020,http://link.springer.com/1,Article
"""
OPENALEX = """id,display_name,authorships.author.display_name,publication_year,primary_location.source.display_name,doi
https://openalex.org/W1,Gates of Tourism,Maura Lamp|Piet Riva,2021,Journal of Gates,https://doi.org/10.1000/w1
"""
WOS_TAB = "PT\tAU\tTI\tSO\tPY\tDI\tUT\nJ\tHall, Ann; Lin, Bo\tGates of Lakes\tJOURNAL OF GATES\t2024\t10.1000/z1\tWOS:1\n"
WOS = "FN Clarivate\nPT J\nAU Smith, J\nAF Smith, Jane\nCA GATE Team\nTI Gates of Soil\nSO SOIL\nPD NOV 15\nEA APR 2021\nER\n"
NBIB = "PMID- 1\nTI  - Gates of Cells.\nFAU - Doe, Jane\nCN  - GATE Consortium\nMH  - *Gates/genetics\nMH  - Cells\nDP  - 2020\n"
CROSSREF = {
    "message": {
        "items": [
            {"DOI": "10.1/a", "title": ["Gates of Chapters"], "container-title": ["Gate Series", "Doors in the Field"], "type": "book-chapter"},
            {"DOI": "10.1/b", "title": ["Tore", "Gates in English"], "original-title": ["Tore"], "container-title": ["J. Gat.", "Journal of Gates"], "short-container-title": ["J. Gat."], "type": "journal-article"},
        ]
    }
}  # fmt: skip
POP = [
    {
        "title": "Gates of Rifts",
        "source": "Journal of Gates",
        "article_url": "https://example.org/x",
        "year": 2013,
        "authors": ["E Oz", "TA Cin", "..."],
    }
]

SAMPLES: dict[str, tuple[str, list[dict[str, Any]]]] = {
    "OAI record alone": (OAI, [{"title": "Gates in Networks", "authors": ["Jane Doe"], "year": 2017, "arxiv_id": "1711.00001"}]),
    "arXiv Atom": (ATOM, [{"title": "Schrödinger gates at 10%", "abstract": "We open gates of $p<0.05$.", "authors": ["G. Erdős"], "year": 2007}]),
    "arXiv mail": (
        MAIL,
        [
            {"title": "Gates Replaced", "authors": ["J. Doe", "P. Róe"], "year": 2021, "arxiv_id": "2104.00002"},
            {"title": "Gates of Old", "authors": ["Jane Doe"], "year": 2000, "arxiv_id": "astro-ph/0001001"},
        ],
    ),
    "Kaggle": (
        json.dumps(KAGGLE),
        [
            {
                "title": "Calculation of Kähler gates",
                "abstract": "Naïve cuts at 10% and $5.",
                "authors": ["C. Balázs", "E. L. Berger Jr"],
                "year": 2007,
                "venue": "Phys.Rev.D",
                "arxiv_id": "0704.0001",
            }
        ],
    ),
    "pandas": (
        PANDAS,
        [
            {"title": "Gates of Frames", "authors": ["Ann Lee", "Bo O'Roe"], "year": 2021, "doi": None, "venue": None, "keywords": ["gates", "frames"]},
            {"title": "Doors of Frames", "authors": ["Null", "Eve Oz"], "year": 2022, "doi": None, "venue": None, "keywords": []},
            {"title": "Walls of Arrays", "authors": ["Ann Lee", "Bo Roe"], "venue": "J Frames"},
        ],
    ),
    "SpringerLink": (SPRINGER, [{"title": "Gates of Solvers", "authors": ["V. A. Bakery", "M. McKrupa", "J. O’Hara"], "venue": "Journal of Gates"}]),
    "OpenAlex CSV": (OPENALEX, [{"title": "Gates of Tourism", "authors": ["Maura Lamp", "Piet Riva"], "year": 2021, "venue": "Journal of Gates", "doi": "10.1000/w1"}]),
    "WoS tab": (WOS_TAB, [{"title": "Gates of Lakes", "authors": ["Ann Hall", "Bo Lin"], "venue": "JOURNAL OF GATES", "doi": "10.1000/z1"}]),
    "a data frame with its index": (
        "Unnamed: 0,title,year\n0,Gates of Rows,2021.0\n",
        [{"title": "Gates of Rows", "year": 2021, "extra": {}}],
    ),
    "WoS tab, early access": (WOS_TAB.replace("PY", "EA").replace("2024", "APR 2022"), [{"title": "Gates of Lakes", "year": 2022}]),
    "SpringerLink with accents": (SPRINGER.replace("V. A. BakeryM. McKrupaJ. O’Hara", "Zoë ÅkessonÉmile Dupont"), [{"authors": ["Zoë Åkesson", "Émile Dupont"]}]),
    "Dublin Core alone": (OAI[OAI.index("<oai_dc:dc") : OAI.index("</metadata>")], [{"title": "Gates in Networks", "authors": ["Jane Doe"], "year": 2018}]),
    "RIS with the type behind the title": (
        "TI  - Gates Untyped\nTY  - JOUR\nPY  - 2001\nER  - \nTI  - Doors Untyped\nTY  - BOOK\nER  - \n",
        [{"title": "Gates Untyped", "year": 2001}, {"title": "Doors Untyped"}],
    ),
    "names glued to initials": ('{"title": "Gates of Names", "authors": "SmithJ and JonesAB"}', [{"authors": ["J Smith", "AB Jones"]}]),
    "WoS": (WOS, [{"title": "Gates of Soil", "authors": ["Jane Smith", "GATE Team"], "year": 2021}]),
    "MEDLINE": (NBIB, [{"title": "Gates of Cells", "authors": ["Jane Doe", "GATE Consortium"], "keywords": ["Gates", "Cells"]}]),
    "Crossref": (json.dumps(CROSSREF), [{"title": "Gates of Chapters", "venue": "Doors in the Field"}, {"title": "Gates in English", "venue": "Journal of Gates"}]),
    "Publish or Perish": (json.dumps(POP), [{"title": "Gates of Rifts", "venue": "Journal of Gates", "authors": ["E Oz", "TA Cin"]}]),
    "RIS of a conference": ("TY  - CONF\nTI  - Gates of Meetings\nC3  - Conference on Gates\nT2  - Gate Series\nPY  - 2025\nER  - \n", [{"title": "Gates of Meetings", "venue": "Conference on Gates"}]),
}  # fmt: skip


def facts(text: str) -> list[dict[str, Any]]:
    dump = Dump.from_text(text)
    return [
        by_name(normalise(item)[0]) for item in read(dump, recognise(dump).reader) if isinstance(item, Entry)
    ]


@pytest.mark.parametrize("name", SAMPLES)
def test_the_fields_of_an_export(name: str) -> None:
    text, wanted = SAMPLES[name]
    found = facts(text)
    assert [
        {field: paper[field] for field in want} for paper, want in zip(found, wanted, strict=True)
    ] == wanted


def test_what_arxiv_says_beside_its_papers() -> None:
    (paper,) = facts(json.dumps(KAGGLE))
    assert {"withdrawn": True, "volume": "76", "pages": "013009", "published_year": "2008"}.items() <= paper[
        "extra"
    ].items()
    assert "withdrawn" in facts(MAIL)[1]["extra"] and "withdrawn" not in facts(MAIL)[0]["extra"]
    (frame, *_) = facts(PANDAS)
    assert frame["extra"]["pmid"] == "30000001"


def test_a_reference_to_a_journal_in_words() -> None:
    reference = "Journal of Gates, Vol. 12, No. 3, pp. 1-9, 2013"
    (paper,) = facts(json.dumps(KAGGLE | {"journal-ref": reference}))
    assert paper["venue"] == "Journal of Gates"
    assert {"volume": "12", "number": "3", "pages": "1-9"}.items() <= paper["extra"].items()


@pytest.mark.parametrize(
    ("text", "kept"),
    [
        ("Where does the <think> token go?", "Where does the <think> token go?"),
        ("p<0.05 and n>3; List<int> of Vec<T>", "p<0.05 and n>3; List<int> of Vec<T>"),
        ("A <mask>: the <i>E. coli</i> case", "A <mask>: the E. coli case"),
        ("&lt;p&gt;Twice &amp;lt;mask&amp;gt; escaped&lt;/p&gt;", "Twice <mask> escaped"),
        ("<![CDATA[Gates & <b>doors</b>]]>", "Gates & doors"),
        ("<jats:p>Gates</jats:p><mml:math><mml:mi>x</mml:mi></mml:math>", "Gates x"),
    ],
)
@pytest.mark.parametrize("markup", ["plain", "html", "tex"])
def test_words_in_angle_brackets(text: str, kept: str, markup: Any) -> None:
    assert normalise(Entry({"title": text}, (1, 1), markup=markup))[0]["title"] == kept


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("Our code is publicly available.", True),
        ("Code and models are available at the project page.", True),
        ("We release the source code and data.", True),
        ("We provide an open-source implementation.", True),
        ("The code has been released.", True),
        ("The implementation can be accessed online.", True),
        ("The code of all experiments is on GitHub.", True),
        ("Code: https://gears.example.org/gates", True),
        ("The software is freely available for ROS.", True),
        ("Our R package gates is publicly available on CRAN.", True),
        ("We plan to release our code.", False),
        ("Code is available from the authors on reasonable request.", False),
        ("We test software packages that are available for gates.", False),
        ("Code will be made publicly available.", False),
        ("No code is available.", False),
        ("We study error-correcting codes that are available in closed form.", False),
        ("See https://github.com for more.", False),
    ],
)
def test_an_abstract_that_speaks_of_code(text: str, code: bool) -> None:
    paper = normalise(Entry({"title": "Gates", "abstract": f"We study gates. {text}"}, (1, 1)))[0]
    assert (paper["has_code"], paper["code_urls"]) == (code, [])
