"""References in lists and notes: people first, and the title in italics, in bold or in brackets behind them."""

# ruff: noqa: E501  samples keep the long lines of real lists

from __future__ import annotations

from typing import Any

import pytest

from paperctl.dumps.dump import Dump
from paperctl.readers._markdown.mention import mention
from paperctl.reading.recognise import read, recognise
from paperctl.record.items import Entry, Raw

REFERENCES: list[tuple[str, dict[str, Any]]] = [
    (
        "- **Roe & Lee (1991)** — *The trap of shared terms.* Oecologia 86, 147. [doi](https://doi.org/10.1000/a(86)9-2)",
        {
            "title": "The trap of shared terms",
            "authors": ["Roe", "Lee"],
            "year": 1991,
            "venue": "Oecologia",
            "doi": "10.1000/a(86)9-2",
        },
    ),
    (
        "- Roe et al., *Stealing Widgets through Side Doors*, USENIX Security 2016. Still the best start.",
        {
            "title": "Stealing Widgets through Side Doors",
            "authors": ["Roe", "et al."],
            "year": 2016,
            "venue": "USENIX Security",
        },
    ),
    (
        "- Poe, Roe, Lee — *Small Gears with High Risks*, NDSS 2021.",
        {"title": "Small Gears with High Risks", "authors": ["Poe", "Roe", "Lee"], "venue": "NDSS"},
    ),
    (
        "- **Poe et al., *Gears in the Trenches* (IEEE Software 2018)** — why pages should be short.",
        {"title": "Gears in the Trenches", "authors": ["Poe", "et al."], "venue": "IEEE Software"},
    ),
    (
        "- National Widget Council. *The Treatment of Missing Gears*. National Academies Press, 2010.",
        {"title": "The Treatment of Missing Gears", "year": 2010, "venue": "National Academies Press"},
    ),
    (
        "- White IR, Roe P, Lee AM. Imputation of gears: issues and guidance. *Statistics in Medicine*. 2011;30(4):377-399.",
        {
            "title": "Imputation of gears: issues and guidance",
            "authors": ["White IR", "Roe P", "Lee AM"],
            "year": 2011,
            "venue": "Statistics in Medicine",
        },
    ),
    (
        " - Roe et al. [[Networks of gears in the human ear]] *Nature Genetics* **37**, 382-390 (2005) ([web](https://doi.org/10.1000/ng))",
        {
            "title": "Networks of gears in the human ear",
            "authors": ["Roe", "et al."],
            "year": 2005,
            "venue": "Nature Genetics",
        },
    ),
    (
        "[^roe+13]: Roe JR, Lee DJ. Treatment of stuck gears. *Lancet.* 2013;381(9878):1672-1682. [PubMed 1](https://pubmed.ncbi.nlm.nih.gov/1/)",
        {
            "title": "Treatment of stuck gears",
            "authors": ["Roe JR", "Lee DJ"],
            "year": 2013,
            "venue": "Lancet",
        },
    ),
    (
        "- [Roe DG. Confidence intervals for gears. BMJ, 1998.](https://doi.org/10.1136/1)",
        {
            "title": "Confidence intervals for gears",
            "authors": ["Roe DG"],
            "year": 1998,
            "venue": "BMJ",
        },
    ),
    (
        '- 8.Roe, N., et al. (2021). "Everyone wants the work": Widgets in High-Stakes Gears. _CHI 2021_. [doi.org/10.1/2](https://dl.acm.org/doi/10.1145/2)',
        {
            "title": '"Everyone wants the work": Widgets in High-Stakes Gears',
            "authors": ["Roe, N.", "et al."],
            "year": 2021,
            "venue": "CHI",
        },
    ),
    (
        "- Scacchi (2010). The Future of Gears. [PDF](http://example.org/gears.pdf)",
        {"title": "The Future of Gears", "authors": ["Scacchi"], "year": 2010},
    ),
    (
        "- Roe, Ann; Lee, Bo. Estimators of the Widget Variance. Biometrics, 42(2), 311-323, 1986.",
        {
            "title": "Estimators of the Widget Variance",
            "authors": ["Roe, Ann", "Lee, Bo"],
            "year": 1986,
            "venue": "Biometrics",
        },
    ),
    (
        "- Ann Roe and Bo Lee. 1997. **Relational learning of gears**. In Proceedings of CoNLL. [[paper]](https://aclanthology.org/W97-1)",
        {
            "title": "Relational learning of gears",
            "authors": ["Ann Roe", "Bo Lee"],
            "year": 1997,
            "venue": "Proceedings of CoNLL",
        },
    ),
    (
        '- <span style="color: blue; font-weight: bold;">Gears to the blind</span>. Zoe Poe, Ann Roe, **Tom Wei**, Bo Lee. The ACM Conference on Widget Factors (CWF), 2021. [[Paper]](https://dl.acm.org/doi/10.1145/3)',
        {
            "title": "Gears to the blind",
            "authors": ["Zoe Poe", "Ann Roe", "Tom Wei", "Bo Lee"],
            "year": 2021,
            "venue": "The ACM Conference on Widget Factors (CWF)",
        },
    ),
    (
        "- **《Gears: Beyond Widgets》**：[https://ieeexplore.ieee.org/document/7](https://ieeexplore.ieee.org/document/7)",
        {"title": "Gears: Beyond Widgets", "url": "https://ieeexplore.ieee.org/document/7"},
    ),
    (
        "- [Roe et al., *Large Batches for Gears: Turning in 76 minutes*](https://openreview.net/forum?id=S)",
        {"title": "Large Batches for Gears: Turning in 76 minutes", "authors": ["Roe", "et al."]},
    ),
    (
        "- [Paper: Turning Gears Slowly — Roe & Lee](https://arxiv.org/abs/1312.00001)",
        {"title": "Turning Gears Slowly", "authors": ["Roe", "Lee"]},
    ),
    (
        "1. Turning Gears（Roe & Lee, 2013,\n   [arXiv:1312.00001](https://arxiv.org/abs/1312.00001)），原论文。",
        {"title": "Turning Gears", "authors": ["Roe", "Lee"], "year": 2013, "arxiv_id": "1312.00001"},
    ),
    (
        "- 2026 ICML 2026 | PULSE: Gears for Time | [paper](https://arxiv.org/abs/2605.00001)",
        {"title": "PULSE: Gears for Time", "venue": "ICML", "year": 2026},
    ),
    (
        "- gearpfn — [arxiv](https://arxiv.org/abs/2112.00001) · [video](https://youtu.be/X)",
        {"title": "gearpfn", "arxiv_id": "2112.00001"},
    ),
    (
        "* Roe, R.: Gear expansion for teeth. [[DOI]](https://doi.org/10.1000/5)",
        {"title": "Gear expansion for teeth", "authors": ["Roe, R."]},
    ),
    (
        "* Ann Roe, _Introduction to Gears_. Foundations and Trends® in Gears (2021).",
        {
            "title": "Introduction to Gears",
            "authors": ["Ann Roe"],
            "venue": "Foundations and Trends® in Gears",
        },
    ),
    (
        "* [_Safe Kernel Gears_](https://www.usenix.org/conference/x), from Ann Roe _et al._  \n  Published at OSDI '20.",
        {
            "title": "Safe Kernel Gears",
            "authors": ["Ann Roe", "et al."],
            "venue": "OSDI",
            "year": 2020,
        },
    ),
    (
        "- **TRIDENT: Towards Gears**\\\n  **Ann Roe**, Bo Lee, Zoe Poe.\\\n  [PDF](https://www.usenix.org/system/files/x.pdf)",
        {"title": "TRIDENT: Towards Gears", "authors": ["Ann Roe", "Bo Lee", "Zoe Poe"]},
    ),
    (
        "- [Gears and log problems](https://dl.acm.org/doi/10.1145/8), Gene T.J. Roe and Arthur J. Lee, Proceedings of the third annual ACM symposium on Principles of turning gears, 1984.",
        {
            "title": "Gears and log problems",
            "authors": ["Gene T.J. Roe", "Arthur J. Lee"],
            "year": 1984,
            "venue": "Proceedings of the third annual ACM symposium on Principles of turning gears",
        },
    ),
]


@pytest.mark.parametrize(("text", "wanted"), REFERENCES)
def test_people_stand_before_the_title(text: str, wanted: dict[str, Any]) -> None:
    dump = Dump.from_text(f"# Reading\n\n{text}\n{text.replace('ears', 'oods').replace('idgets', 'oods')}\n")
    entries = [e for e in read(dump, recognise(dump).reader) if isinstance(e, Entry)]
    assert len(entries) == 2
    assert entries[0].fields | wanted == entries[0].fields


def test_people_and_a_year_alone_are_no_title() -> None:
    assert (
        mention("**Roe & Lee (1985)**, **Poe et al. (2009, 2010)** — standard references for gears.") is None
    )


def test_standards_next_to_references_are_no_papers() -> None:
    dump = Dump.from_text(
        "# Sources\n\n- Roe, Lee — *Small Gears with High Risks*, NDSS 2021.\n"
        "- Poe, Wu — *Towards Measuring Gears*, CCS 2020.\n- GEAR **T1195** Supply of Teeth, **T1105** Tool Transfer.\n"
    )
    entries = [e for e in read(dump, recognise(dump).reader) if isinstance(e, Entry)]
    assert [e.lines for e in entries] == [(3, 3), (4, 4)]


def test_a_table_with_a_column_of_authors_holds_papers() -> None:
    dump = Dump.from_text(
        "# Papers\n\n| ID | Title | Authors |\n|---|---|---|\n| 1 | Gears Are All You Need | Ann Roe, Bo Lee |\n"
        "| 2 | Teeth for Large Gears |  |\n"
    )
    assert len([e for e in read(dump, recognise(dump).reader) if isinstance(e, Entry)]) == 2


def test_models_of_a_table_with_their_papers() -> None:
    dump = Dump.from_text(
        "# Models\n\n| Model | Main idea | Reference |\n|---|---|---|\n"
        "| Gears and Teeth (Roe et al., ISMIR 2018) | Two wheels | [Paper](https://arxiv.org/abs/1710.00001) |\n"
        "| MT3 (Poe et al., ICLR 2022) | Three wheels | [Paper](https://arxiv.org/abs/2111.00001) |\n"
    )
    entries = [e for e in read(dump, recognise(dump).reader) if isinstance(e, Entry)]
    assert [(e.fields["title"], e.fields["venue"]) for e in entries] == [
        ("Gears and Teeth", "ISMIR"),
        ("MT3", "ICLR"),
    ]


def test_titles_in_italics_in_a_column_of_papers() -> None:
    dump = Dump.from_text(
        "# Selected\n\n| No. | Paper | Topic |\n|---|---|---|\n| 1 | *Direct Gears With End-to-End Learning* | gears |\n"
        "| 2 | *Language-Augmented Gears for Open Worlds* | worlds |\n"
    )
    entries = [e for e in read(dump, recognise(dump).reader) if isinstance(e, Entry)]
    assert [e.fields["title"] for e in entries] == [
        "Direct Gears With End-to-End Learning",
        "Language-Augmented Gears for Open Worlds",
    ]


ANCHOR = "# Notes\n\n- [Anchor paper about tides](https://arxiv.org/abs/2401.00001). Lee, K. ICML 2024.\n\n"


def behind_anchor(text: str, heading: str = "References") -> list[Raw]:
    dump = Dump.from_text(f"{ANCHOR}## {heading}\n\n{text}\n")
    return [e.fields for e in read(dump, recognise(dump).reader) if isinstance(e, Entry)][1:]


@pytest.mark.parametrize(
    ("text", "title"),
    [
        (
            "Lee, K., & Roe, A. (2012). *In vitro* models of the lung. *Cell*, 3, 1–9.",
            "In vitro models of the lung",
        ),
        (
            "Lee, K. and Roe, A. (2019). *E. coli* growth at depth. *Nature*, 3, 1-9.",
            "E. coli growth at depth",
        ),
        ("Lee K, Roe A. *E. coli* growth at depth. J Bacteriol. 2011;193:1–9.", "E. coli growth at depth"),
        (
            "Lee, K., Roe, A. *Homo sapiens* in the cave: a study. Nature, 2020.",
            "Homo sapiens in the cave: a study",
        ),
        ("Lee, K., Roe, A. *The* E. coli *genome*. Nature, 2020.", "The E. coli genome"),
        (
            "Lee, K., & Roe, A. (2012). Growth in *E. coli* at depth. *Nature*, 3, 1–9.",
            "Growth in E. coli at depth",
        ),
        ("Lee, K., Roe, A. *Gears of Long Books* in *Journal of Sea*, 2012.", "Gears of Long Books"),
        ("Poe, Roe, Lee — *Gears of Long Books* NDSS 2021.", "Gears of Long Books"),
        ("Roe, A. (2020). Detecting Faces in the Wild. *ECCV*.", "Detecting Faces in the Wild"),
        ("Roe, A. (2011). A* search for the Tides. *Nature*, 3, 1-9.", "A* search for the Tides"),
    ],
)
def test_italics_within_a_title(text: str, title: str) -> None:
    assert [fields["title"] for fields in behind_anchor(f"- {text}")] == [title]


@pytest.mark.parametrize(
    ("heading", "text"),
    [
        ("People", "- Smith, J. and Lee, K. (2019). Crowds of People in Images. *CVPR*."),
        ("Services", "- **Microservices at Scale**. Lee, K. ICSE 2021."),
    ],
)
def test_references_below_a_heading_that_could_be_of_a_team(heading: str, text: str) -> None:
    assert [fields["year"] for fields in behind_anchor(text, heading)] in ([2019], [2021])
    assert behind_anchor("- **Ann Roe**, MIT 2020", heading) == []


@pytest.mark.parametrize(
    "text",
    [
        "[^a]: Smith argues in *Tides* (2019) that it matters.",
        "Smith, J., and Lee, K. argue in *The New Yorker* (2019) that tides matter. More text follows here.",
        'In 2019, *Nature* published a note. Ann Smith: "we were glad".',
    ],
)
def test_sentences_that_name_a_source_are_no_papers(text: str) -> None:
    reference = "Lee, K., Roe, A. *Gears of Long Books*. Nature, 2020.\n"
    assert len(behind_anchor(f"{reference}\n{text}\n\n{reference}")) <= 2
    assert behind_anchor(text) == []


def test_words_that_point_to_people_and_days_are_no_names() -> None:
    authors = [
        fields.get("authors")
        for fields in behind_anchor(
            "- See Lee (2018), *Deep nets* for a start.\n- Cf. Lee and Roe (2018), *Deep nets of the sea*, too.\n"
            "- Monday and Tuesday (2021): *Opening hours*\n- Added and Fixed (2021): *Opening doors*"
        )
    ]
    assert authors[:2] == [["Lee"], ["Lee", "Roe"]]
    assert not any(authors[2:])
