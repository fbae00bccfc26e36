"""Lists as people keep them: what stands beside a title is told from it, whatever the order and the marks."""

# ruff: noqa: E501  samples keep the long lines of real lists

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from paperctl.dumps.dump import Dump
from paperctl.readers import html_pages, markdown
from paperctl.readers._markdown.mention import mention
from paperctl.reading.recognise import read, recognise
from paperctl.record.items import Entry, Skip

PAPER = "[[paper]](https://arxiv.org/abs/2401.00001)"


def loaded(text: str) -> dict[str, Entry]:
    dump = Dump.from_text(text)
    found = read(dump, recognise(dump).reader)
    return {item.fields["title"]: item for item in found if isinstance(item, Entry)}


ITEMS: list[tuple[str, dict[str, Any]]] = [
    (
        f"**A Survey on Widgets**, *Jane Doe, Rick Roe*, arXiv 2024. {PAPER} [[code]](https://github.com/a/b)",
        {
            "title": "A Survey on Widgets",
            "authors": ["Jane Doe", "Rick Roe"],
            "venue": "arXiv",
            "year": 2024,
            "code_urls": ["https://github.com/a/b"],
        },
    ),
    (
        "[A Survey on Gadgets: Past and Future](https://arxiv.org/abs/2401.00002), Jane Doe, Rick Roe, ACM Computing Surveys 2023",
        {
            "title": "A Survey on Gadgets: Past and Future",
            "authors": ["Jane Doe", "Rick Roe"],
            "venue": "ACM Computing Surveys",
            "year": 2023,
        },
    ),
    (
        '<b>Gears for All</b> <br> <i>Ada Byte, Bo Chu</i> <br> CVPR 2024 | <a href="https://arxiv.org/abs/2401.00003">paper</a> | <a href="https://github.com/x/gears">code</a>',
        {
            "title": "Gears for All",
            "authors": ["Ada Byte", "Bo Chu"],
            "venue": "CVPR",
            "year": 2024,
            "arxiv_id": "2401.00003",
            "code_urls": ["https://github.com/x/gears"],
        },
    ),
    (
        f":fire: [CVPR'24 Oral] Springs in Motion: Learning to Bounce, {PAPER}",
        {"title": "Springs in Motion: Learning to Bounce", "venue": "CVPR", "year": 2024},
    ),
    (
        'Ada Byte, Bo Chu. "Pumps and Valves: An Introduction." ICML 2022. [pdf](https://x.org/p.pdf)',
        {"title": "Pumps and Valves: An Introduction", "authors": ["Ada Byte", "Bo Chu"], "venue": "ICML", "year": 2022},
    ),
    (
        f"(ICLR 2023) **LeverNet**: Pulling with Transformers {PAPER}",
        {"title": "LeverNet: Pulling with Transformers", "venue": "ICLR", "year": 2023},
    ),
    (
        f"2023/05 | Wheels Within Wheels | Jane Doe et al. | {PAPER}",
        {"title": "Wheels Within Wheels", "authors": ["Jane Doe", "et al."], "year": 2023},
    ),
    (
        f"Title of Some Widget Paper - Jane Doe, Rick Roe - NeurIPS 2022 {PAPER}",
        {"title": "Title of Some Widget Paper", "authors": ["Jane Doe", "Rick Roe"], "venue": "NeurIPS", "year": 2022},
    ),
    (
        "**[2024.03.02]** [Tiny Widgets](https://arxiv.org/abs/2403.00001) by Ada Byte et al.",
        {"title": "Tiny Widgets", "year": 2024, "authors": ["Ada Byte", "et al."]},
    ),
    (
        f"🔥🔥[**SJF**] Scheduling by Learning to Rank(@UCSD etc) {PAPER}",
        {"title": "Scheduling by Learning to Rank"},
    ),
    (
        "Big Widgets with 2.5x Speedup and no. 1 Accuracy. *Ada Byte*. https://arxiv.org/abs/2403.00002",
        {"title": "Big Widgets with 2.5x Speedup and no. 1 Accuracy", "authors": ["Ada Byte"], "arxiv_id": "2403.00002"},
    ),
    (
        "📄 [How Do Widgets Work?](https://arxiv.org/abs/2403.00009): We explain how widgets work and show that they are faster than gadgets on ten tasks.",
        {
            "title": "How Do Widgets Work?",
            "abstract": "We explain how widgets work and show that they are faster than gadgets on ten tasks.",
        },
    ),
    (f"1) **Samplers** - introduces a family of samplers. {PAPER}", {"title": "Samplers"}),
    (f"Gates vs. Doors 2.0. Bigger and Better {PAPER}", {"title": "Gates vs. Doors 2.0. Bigger and Better"}),
    (f"Is it open? A look at gates, <ins>ECCV, 2022</ins> {PAPER}", {"title": "Is it open? A look at gates", "venue": "ECCV", "year": 2022}),
    (f"Is it open? A. Lee, B. Roe. ICLR 2025. {PAPER}", {"title": "Is it open?", "authors": ["A. Lee", "B. Roe"]}),
    (f"Where does the <think> token go? {PAPER}", {"title": "Where does the <think> token go?"}),
    ("[[ICRA2024](https://arxiv.org/abs/2401.00001)] Grippers Without Fingers [[pytorch](https://github.com/a/b)]", {"title": "Grippers Without Fingers", "venue": "ICRA", "year": 2024, "code_urls": ["https://github.com/a/b"]}),
    (f"CoRL 2023 workshop, **GRIP**: a Benchmark for Widgets, {PAPER} / [Website](https://grip.io)", {"title": "GRIP: a Benchmark for Widgets", "venue": "CoRL", "year": 2023}),
    (f"ICML 2022, The **widget bias** in deep gears, {PAPER}", {"title": "The widget bias in deep gears", "venue": "ICML"}),
    (f'**WGT**: "Rethinking Widgets for Gears", ICCV, 2021 (*Acme*). {PAPER}[[PyTorch (ann)](https://github.com/a/b)]', {"title": "Rethinking Widgets for Gears", "venue": "ICCV", "year": 2021, "authors": None}),
    (f'**[7]** Roe, Ann, Bo Chu, and Cy Dee. "**Widget learning**." Neural computation 18.7 (2006): 1527-1554. {PAPER} :star:', {"title": "Widget learning", "authors": ["Roe, Ann, Bo Chu, and Cy Dee"], "venue": "Neural computation", "year": 2006}),
    ("[Roe, A., Chu, B., & Dee, C. (2022, August). Towards Widgets: A Study. In *Proceedings of the Widget Conference*.](https://arxiv.org/pdf/2206.00001)", {"title": "Towards Widgets: A Study", "year": 2022, "arxiv_id": "2206.00001"}),
    (f"Widgets descend to minima. In *COLT 2016*. {PAPER}", {"title": "Widgets descend to minima", "venue": "COLT", "year": 2016}),
    ("<[Widgets by chance](https://arxiv.org/abs/2401.00001)> by Roe, Ann and Chu, Bo and Dee, Cy, 2018.", {"title": "Widgets by chance", "authors": ["Roe, Ann and Chu, Bo and Dee, Cy"], "year": 2018}),
    ("**[Widget GAN](https://arxiv.org/abs/2401.00001). Ann Roe et al. Acme Research. March 2017.**", {"title": "Widget GAN", "authors": ["Ann Roe", "et al."], "year": 2017}),
    (f"[2022/07] Gears in Motion *Ann Roe (MIT) et al. Arxiv.* {PAPER} *GearNet* :heavy_check_mark:", {"title": "Gears in Motion", "venue": "Arxiv", "authors": ["Ann Roe", "et al."]}),
    (f"**A Gear! And what it turns** *Ann Roe (Gear Lab), Bo Chu. NeurIPS.* {PAPER}", {"title": "A Gear! And what it turns", "authors": ["Ann Roe", "Bo Chu"], "venue": "NeurIPS"}),
    ("`NeurIPS'21` [Valves With Memory](https://arxiv.org/abs/2106.00002) | Cy Dahl, Dee Par", {"title": "Valves With Memory", "venue": "NeurIPS", "year": 2021, "authors": ["Cy Dahl", "Dee Par"]}),
    (f"[ACL-2019] Hoses in Motion {PAPER}", {"title": "Hoses in Motion", "venue": "ACL", "year": 2019}),
    (f"Mt. Gear vs. gears: a No. 7 study. {PAPER}", {"title": "Mt. Gear vs. gears: a No. 7 study"}),
    (f"Gears of Men - Cy Dahl, Dee Par - *KDD* {PAPER}", {"title": "Gears of Men", "authors": ["Cy Dahl", "Dee Par"], "venue": "KDD"}),
    (f"`std::gear<T>` considered harmful {PAPER}", {"title": "std::gear<T> considered harmful"}),
    (f"**GearNet (KDD 2018)** {PAPER}", {"title": "GearNet", "venue": "KDD", "year": 2018}),
    (f"**Gears for Graphs (Gear Workshop, NIPS 2018)** {PAPER}", {"title": "Gears for Graphs", "venue": "NIPS", "year": 2018}),
    ("Keys &amp; Locks: *E. coli* Revisited [paper](https://arxiv.org/abs/2401.00001)", {"title": "Keys & Locks: *E. coli* Revisited"}),
]  # fmt: skip


@pytest.mark.parametrize(
    ("text", "wanted"), ITEMS, ids=lambda value: value["title"] if isinstance(value, dict) else ""
)
def test_a_title_and_what_stands_beside_it(text: str, wanted: dict[str, Any]) -> None:
    found = mention(text)
    assert found and found.sure
    assert {name: found.fields.get(name) for name in wanted} == wanted


def test_items_with_a_venue_and_a_year_need_no_link() -> None:
    text = """# Gears
[Paper List] Gears
==================
## Basics
* ***Gears: A Learned System (CIDR 2019)***
* Tastes Great! Less Filling! Fast Widgets (SIGMOD 2022)
* Widget Rows: Tools that "Read the Manual" (VLDB 2021) [Source Code](https://github.com/a/b)
* Farming Your Widgets. (ICDE 2022, **best demo award**)
* Knob Gears: A Survey (TKDE)
* Cogs without Links （2016）
"""
    found = loaded(text)
    assert {title: (e.fields.get("venue"), e.fields.get("year")) for title, e in found.items()} == {
        "Gears: A Learned System": ("CIDR", 2019),
        "Tastes Great! Less Filling! Fast Widgets": ("SIGMOD", 2022),
        'Widget Rows: Tools that "Read the Manual"': ("VLDB", 2021),
        "Farming Your Widgets": ("ICDE", 2022),
        "Knob Gears: A Survey": ("TKDE", None),
        "Cogs without Links": (None, 2016),
    }


def test_what_stands_in_items_below_a_paper_is_of_it() -> None:
    text = """# Agents
- [Web Gears: A Dataset of Traces](https://arxiv.org/abs/2603.00001)
    - Ann Roe, Bo Chu, Cy Dee
    - 🏛️ Institutions: Acme
    - 📑 Publisher: ICLR 2026 (Poster)
    - 📖 TLDR: The largest set of traces of gears that people made, with all of their steps.
- [Web Cogs](https://arxiv.org/abs/2603.00002)
    - Ann Roe
"""
    found = loaded(text)
    gears = found["Web Gears: A Dataset of Traces"]
    assert (gears.fields["authors"], gears.fields["venue"], gears.fields["year"]) == (
        ["Ann Roe", "Bo Chu", "Cy Dee"],
        "ICLR",
        2026,
    )
    assert gears.fields["abstract"].startswith("The largest set") and gears.extra["institutions"] == "Acme"
    assert gears.lines == (2, 6) and found["Web Cogs"].fields["authors"] == ["Ann Roe"]


def test_rows_of_a_table_in_html_and_paragraphs_are_papers() -> None:
    rows = """# Gears
<table>
<tr><th>Title</th><th>Venue</th><th>Links</th></tr>
<tr><td><b>Gears for All</b><br><i>Ann Roe, Bo Chu</i></td><td>CVPR 2024</td>
    <td><a href="https://arxiv.org/abs/2401.00003">paper</a></td></tr>
<tr><td>Cogs for None</td><td>arXiv</td><td></td></tr>
</table>

- [A tool](https://github.com/a/b)
"""
    found = loaded(rows)
    assert list(found) == ["Gears for All", "Cogs for None"]
    assert found["Gears for All"].fields["authors"] == ["Ann Roe", "Bo Chu"]
    assert found["Gears for All"].lines == (4, 5)
    paragraphs = """# Reading
Before this list, there were [other lists](https://github.com/a/b), which we love.

**[1]** Roe, Ann, et al. "**Gears**." Nature 521 (2015): 4-6. [[pdf]](https://x.org/g.pdf)

**[2]** Chu, Bo. "**Cogs and teeth**." arXiv preprint arXiv:1512.03385 (2015). [[pdf]](https://arxiv.org/pdf/1512.03385)
"""
    found = loaded(paragraphs)
    assert [(t, e.fields["venue"]) for t, e in found.items()] == [
        ("Gears", "Nature"),
        ("Cogs and teeth", "arXiv"),
    ]


def test_paragraphs_with_their_links_and_abstract_below() -> None:
    text = """# Gears
## Turning

⭐**Gears for Video: A Study** \\
[[ICCV 2023]](https://arxiv.org/abs/2303.00001)
[[Code]](https://github.com/a/b)

**Gears in Graphs**. ICML19.

<a href="http://arxiv.org/abs/1904.00002"><img alt="link" src="https://img.shields.io/badge/-Link-blue"/></a>

> We turn gears in graphs, and we show that they go on turning for as long as anybody looks.

## Feedback

If you have suggestions, open an issue.
"""
    found = loaded(text)
    assert {t: (e.fields["venue"], e.fields["year"]) for t, e in found.items()} == {
        "Gears for Video: A Study": ("ICCV", 2023),
        "Gears in Graphs": ("ICML", 2019),
    }
    graphs = found["Gears in Graphs"]
    assert (graphs.fields["arxiv_id"], graphs.fields["abstract"][:8]) == ("1904.00002", "We turn ")


def test_people_and_labels_in_items_below_a_title_without_a_link() -> None:
    text = """# Gears
## Papers
- GearCL: Contrasting Gears.
  - A. Roe, B. Chu, and C. Dahl. *NIPS 2020*. [[pdf]](https://arxiv.org/pdf/2010.00001.pdf) [[code]](https://github.com/a/b)
- GearGL: Graphs of Gears.
  - D. Par and E. Oz. *Arxiv 2021*. [[pdf]](https://arxiv.org/pdf/2101.00002.pdf)
## Surveys
+ **A Survey of Gears**
  + **Authors:** Ann Roe, Bo Chu
  + **Affiliation:** University of Gears
  + **Year of Publication:** 2018
  + **Download:** [PDF](https://ieeexplore.ieee.org/document/1)
  + **Highlights:** This paper
    + introduces gears.
"""
    found = loaded(text)
    assert {t: (e.fields["authors"], e.fields["year"]) for t, e in found.items()} == {
        "GearCL: Contrasting Gears": (["A. Roe", "B. Chu", "C. Dahl"], 2020),
        "GearGL: Graphs of Gears": (["D. Par", "E. Oz"], 2021),
        "A Survey of Gears": (["Ann Roe", "Bo Chu"], "2018"),
    }


def test_a_heading_gives_the_year_and_a_sentence_names_no_paper() -> None:
    text = """# Tracking
## 2019
* DiMP: "Learning to Track Gears" ICCV. [[Paper]](https://x.org/a.pdf)
* "Cogs: Seen from Afar" CVPR. [[Paper]](https://x.org/b.pdf)
* Note that there is [an interesting paper](https://arxiv.org/abs/2107.11630) on the connection between these.
"""
    found = loaded(text)
    assert {t: (e.fields["venue"], e.fields["year"]) for t, e in found.items()} == {
        "Learning to Track Gears": ("ICCV", 2019),
        "Cogs: Seen from Afar": ("CVPR", 2019),
    }


def test_markdown_below_a_logo_in_html_is_markdown() -> None:
    for logo in (
        '<div align="center">\n<h1>Widgets</h1>\n</div>',
        '<p align="center"><img src="x.png"></p>',
        "<br>",
    ):
        text = f"{logo}\n\n## Papers\n\n- Pumps and Valves <br> ACL 2024 [[Paper]](https://aclanthology.org/2024.acl-long.1)\n"
        text += "- Gears and Wheels <br> ACL 2023 [[Paper]](https://aclanthology.org/2023.acl-long.1)\n"
        assert html_pages.sniff(Dump.from_text(text)) is None
        found = loaded(text)
        assert list(found) == ["Pumps and Valves", "Gears and Wheels"]
        assert found["Pumps and Valves"].extra["section"] == "Papers"


def test_items_without_links_are_papers_among_papers() -> None:
    text = """# Vision

- **Gates in Images;** Marc Yats et al; Focus on images.
- **Grounded Gates in Video;** Sara Pratt et al
- **A Study With a Link to It;** [pdf](https://arxiv.org/abs/2310.02071)

# Tools

- **Install the widgets** with pip
- [gatekit](https://github.com/example/gatekit) - trains gates for you
"""
    found = loaded(text)
    assert list(found) == ["Gates in Images", "Grounded Gates in Video", "A Study With a Link to It"]
    assert found["Grounded Gates in Video"].fields["authors"] == ["Sara Pratt", "et al."]


def test_labelled_lines_below_an_item() -> None:
    text = """# Old

- Old Widgets and New Gears
  - Authors: Ada Byte and Bo Chu
  - Year: 2019
  - Paper: https://dl.acm.org/doi/10.1145/111
- Other Widgets and Old Gears
  - Authors: Cy Dahl
  - Venue: KDD
"""
    first, second = loaded(text).values()
    assert (first.fields["title"], first.fields["authors"]) == (
        "Old Widgets and New Gears",
        ["Ada Byte", "Bo Chu"],
    )
    assert (first.fields["url"], first.fields["year"]) == ("https://dl.acm.org/doi/10.1145/111", "2019")
    assert second.fields["venue"] == "KDD"


TABLES = """## Tables

Title | Authors | Venue | Links
--- | --- | --- | ---
Widgets at Scale | Ada Byte, Bo Chu | CVPR 2021 | [paper](https://arxiv.org/abs/2101.00001) · [code](https://github.com/q/r)
Widgets Without Links | Cy Dahl | ICML 2020 | -

| Links | Year | Description | Name of Paper | Authors |
|---|---|---|---|---|
| [pdf](https://arxiv.org/abs/2101.00007) | 2021 | We count widgets. They are many. | Counting Widgets | Dee Par; Eve Oz |

| Rank | Title & Authors | Introduction | Code | Decision |
|---:|---|---|---|---|
| 1999 | [![Star](https://img.shields.io/github/stars/a/b.svg)](https://github.com/a/b) [![Publish](https://img.shields.io/badge/Conference-ICLR'22-blue)]()<br>[BigWidget: A Big One](https://arxiv.org/abs/2101.00009) <br> Elia Frank, Sal Ash | ![image](x.png) | ✔ | Reject |
| 2020 | [Ranked Widgets in Order](https://arxiv.org/abs/2101.00010) <br> Elia Frank, Sal Ash | We rank. | | Accept |
"""


def test_tables_with_columns_in_any_order() -> None:
    found = loaded(TABLES)
    scale, without, counted, big, ranked = found.values()
    assert list(found) == [
        "Widgets at Scale",
        "Widgets Without Links",
        "Counting Widgets",
        "BigWidget: A Big One",
        "Ranked Widgets in Order",
    ]
    assert (scale.fields["venue"], scale.fields["year"]) == ("CVPR", 2021)
    assert scale.fields["code_urls"] == ["https://github.com/q/r"]
    assert without.fields["authors"] == ["Cy Dahl"]
    assert counted.fields == {
        "title": "Counting Widgets",
        "url": "https://arxiv.org/abs/2101.00007",
        "arxiv_id": "2101.00007",
        "year": 2021,
        "abstract": "We count widgets. They are many.",
        "authors": ["Dee Par", "Eve Oz"],
    }
    assert (big.fields["venue"], big.fields["year"], big.fields["authors"]) == (
        "ICLR",
        2022,
        ["Elia Frank", "Sal Ash"],
    )
    assert big.fields["code_urls"] == ["https://github.com/a/b"] and "keywords" not in big.fields
    assert "year" not in ranked.fields and ranked.fields["abstract"] == "We rank."
    assert (ranked.extra["decision"], "decision" in ranked.fields) == ("Accept", False)


@given(st.text(st.sampled_from("aB .,?!-*_[]()|<>:;\x00`~&2019é🔥\n"), max_size=80))
def test_any_line_is_a_mention_or_none(text: str) -> None:
    found = mention(text)
    assert found is None or found.fields["title"].strip()
    for item in markdown.read(Dump.from_text(text)):
        assert not isinstance(item, Skip) or item.reason


@pytest.mark.parametrize(
    "note",
    [
        "title:: Sparse Gates\nauthors:: [[Ada Example]], [[Bo Sample]]\ndoi:: 10.1000/gates\nyear:: 2023\n\n- My thoughts\n",
        "# Sparse Gates\n\nAuthors: Ada Example, Bo Sample\nYear: 2023\nDOI: 10.1000/gates\n\nMy thoughts.\n",
        '---\ntitle: Sparse Gates\nauthors: "[[Ada Example]], [[people/Bo|Bo Sample]]"\nyear: 2023\ndoi: 10.1000/gates\n---\nMine.\n',
    ],
    ids=["Logseq", "Notion", "Obsidian"],
)
def test_a_note_about_a_paper(note: str) -> None:
    fields = loaded(note)["Sparse Gates"].fields
    assert fields["authors"] == ["Ada Example", "Bo Sample"]
    assert (fields["year"], fields["doi"]) == ("2023", "10.1000/gates")


REFERENCES = """References

[1] A. Vaswani, N. Shazeer, and N. Parmar, “Attention is all you need,” in Advances in Neural Information Processing Systems, 2017, pp. 5998–6008.
[2] K. He, X. Zhang, S. Ren, and J. Sun. Deep residual learning for image recognition. In CVPR, 2016.
[3] Jane Doe and Rick Roe. Widgets at large. arXiv preprint arXiv:2001.01234, 2020.
"""


def test_a_list_of_references_in_text_is_read() -> None:
    found = loaded(REFERENCES)
    assert [(t, e.fields["authors"], e.fields["venue"], e.fields["year"]) for t, e in found.items()] == [
        (
            "Attention is all you need",
            ["A. Vaswani", "N. Shazeer", "N. Parmar"],
            "Advances in Neural Information Processing Systems",
            2017,
        ),
        (
            "Deep residual learning for image recognition",
            ["K. He", "X. Zhang", "S. Ren", "J. Sun"],
            "CVPR",
            2016,
        ),
        ("Widgets at large", ["Jane Doe", "Rick Roe"], "arXiv", 2020),
    ]


def test_references_of_apa_one_a_line_below_a_heading_in_html() -> None:
    text = (
        "<b>Reading list</b>\n"
        "Doe, J., & Roe, R. (2019). Widgets that learn. Nature Machine Intelligence, 12(3), 100-110. https://doi.org/10.1038/s1\n"
        "Lee, A., Chu, B., & Roe, R. (2017). Attention to widgets. In Advances in Widgets (pp. 59-60). https://arxiv.org/abs/1706.03762\n"
    )
    found = loaded(text)
    assert [(t, e.fields["venue"], e.fields["year"]) for t, e in found.items()] == [
        ("Widgets that learn", "Nature Machine Intelligence", 2019),
        ("Attention to widgets", "Advances in Widgets", 2017),
    ]


@pytest.mark.parametrize(
    ("item", "title", "authors", "venue"),
    [
        (
            "Doe J, Roe R, Poe AB. Widgets in the clinic: a systematic review. J Med Internet Res. 2020;22(4):e1. https://doi.org/10.2196/1",
            "Widgets in the clinic: a systematic review",
            ["Doe J", "Roe R", "Poe AB"],
            "J Med Internet Res",
        ),
        (
            "Jane Doe, Rick Roe: Widgets at Large. SIGMOD Conference 2021: 12-24 [link](https://doi.org/10.1145/1.2)",
            "Widgets at Large",
            ["Jane Doe", "Rick Roe"],
            "SIGMOD Conference",
        ),
        (
            "Jane M. Doe, Rick R. Roe, and Ann Poe. Focal Loss for Widgets. In ICCV, 2017. [[pdf]](https://arxiv.org/abs/1708.02002)",
            "Focal Loss for Widgets",
            ["Jane M. Doe", "Rick R. Roe", "Ann Poe"],
            "ICCV",
        ),
        (
            "Graph Widgets. ICML 2020. [link](https://doi.org/10.1145/1.2)",
            "Graph Widgets",
            None,
            "ICML",
        ),
    ],
)
def test_people_in_front_of_a_title_without_marks(
    item: str, title: str, authors: list[str] | None, venue: str
) -> None:
    (entry,) = loaded(f"# Widgets\n\n- {item}\n").values()
    assert entry.fields["title"] == title
    assert entry.fields.get("authors") == authors
    assert entry.fields["venue"] == venue


@pytest.mark.parametrize(
    ("told", "authors", "venue", "year"),
    [
        ("Jane Doe, Rick Roe, Ann Poe, 2015", ["Jane Doe", "Rick Roe", "Ann Poe"], None, 2015),
        ("Jane Doe, Rick Roe, ICCV 2021 (Oral)", ["Jane Doe", "Rick Roe"], "ICCV", 2021),
        ("Jane Doe, Rick Roe, ACM Surveys 2023", ["Jane Doe", "Rick Roe"], "ACM Surveys", 2023),
    ],
)
def test_the_last_of_the_people_is_no_meeting(
    told: str, authors: list[str], venue: str | None, year: int
) -> None:
    (entry,) = loaded(f"# A\n\n- [Widgets at Large](https://arxiv.org/abs/2401.00001). {told}\n").values()
    assert (entry.fields["authors"], entry.fields.get("venue"), entry.fields["year"]) == (
        authors,
        venue,
        year,
    )


def test_family_names_alone_are_no_venue() -> None:
    text = "# A\n\n- [Do Widgets Generalise?](https://arxiv.org/abs/2401.00001). Doe, Roe, Poe. ICML, 2019.\n"
    (entry,) = loaded(text).values()
    assert entry.fields["venue"] == "ICML"
    assert entry.fields["year"] == 2019


@pytest.mark.parametrize(
    ("item", "title", "venue"),
    [
        ("[WMT 2019 Findings](https://aclanthology.org/W19-5301) (ACL 2019)", "WMT 2019 Findings", "ACL"),
        ("[CoNLL 2003](https://aclanthology.org/W03-0419)", "CoNLL 2003", "CoNLL"),
        (
            "**Widgets at Large** Jane Doe, Rick Roe [arXiv](https://arxiv.org/abs/2401.00001)",
            "Widgets at Large",
            None,
        ),
    ],
)
def test_links_called_like_a_meeting(item: str, title: str, venue: str | None) -> None:
    entry = loaded(f"# A\n\n- {item}\n- **Gears at Small** {PAPER}\n")[title]
    assert (entry.fields["title"], entry.fields.get("venue")) == (title, venue)


def test_a_place_alone_is_no_title() -> None:
    assert mention("[Paper](https://arxiv.org/abs/2401.00001) (ACL 2019)") is None


@pytest.mark.parametrize("heading", ["Teaching", "🎖 Honors and Awards", "Team", "Changelog"])
def test_news_and_teaching_without_links_are_no_papers(heading: str) -> None:
    rows = "- **Widgets in Practice**, NeurIPS 2023\n- **Gears in Practice**, ICML 2022\n"
    found = loaded(f"# A\n\n## Papers\n- **Widgets at Large**, ICML 2021 {PAPER}\n\n## {heading}\n{rows}")
    assert list(found) == ["Widgets at Large"]
    assert len(loaded(f"# A\n\n## Papers\n{rows}")) == 2


def test_rows_with_a_venue_and_a_year_and_no_link_to_a_paper() -> None:
    text = """# Gears
| Survey | Venue | Year | Link |
|---|---|---|---|
| A Survey on Gears, Cogs, and Springs | Gear Fusion | 2025 | [github](https://github.com/a/b) |

| Paper | Venue | Year | Code | Dataset |
|---|---|---|---|---|
| GearCLIP: Zero-Shot Gears | CVPR | 2023 | [code](https://github.com/a/c) | GearNet |

| Name | Stars | Language |
|---|---|---|
| Gear Kit | 12 | Python |
"""
    found = loaded(text)
    assert {t: (e.fields["venue"], e.fields["year"]) for t, e in found.items()} == {
        "A Survey on Gears, Cogs, and Springs": ("Gear Fusion", 2025),
        "GearCLIP: Zero-Shot Gears": ("CVPR", 2023),
    }


def test_people_in_italics_below_a_title() -> None:
    text = """# Gears
**Continuously Turning Gears**

*Ann Roe, Bo Chu. SIGMOD, 2000.* [[paper](https://dl.acm.org/doi/pdf/10.1145/1.1)]

**How Good Are Gears, Really?** ![](https://img.shields.io/badge/benchmark-blue)

*Roe, A., Chu, B., & Dahl, C. Proceedings of the Gear Endowment (2016), 9(3), 204–215.* [[paper](https://doi.org/10.1000/g.2)]
"""
    first, second = loaded(text).values()
    assert (first.fields["title"], first.fields["authors"]) == (
        "Continuously Turning Gears",
        ["Ann Roe", "Bo Chu"],
    )
    assert (first.fields["venue"], first.fields["year"]) == ("SIGMOD", 2000)
    assert second.fields["title"] == "How Good Are Gears, Really?"
    assert second.fields["authors"] == ["Roe, A., Chu, B., & Dahl, C"]
    assert "abstract" not in second.fields
