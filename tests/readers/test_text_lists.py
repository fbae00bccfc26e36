"""Lists people keep: Markdown, labelled text, arXiv mails and listings, plain titles, saved pages."""

# ruff: noqa: E501  samples keep the long lines of real dumps

from __future__ import annotations

from types import ModuleType
from typing import Any

import pytest

from paperctl.dumps.dump import Dump
from paperctl.exports import Request, export
from paperctl.readers import arxiv_text, html_pages, labelled_text, markdown, plain_list
from paperctl.readers._markdown.mention import mention
from paperctl.record import as_record
from paperctl.record.items import Entry, Fault, Item, Skip


def items(reader: Any, text: str) -> list[Item]:
    return list(reader.read(Dump.from_text(text)))


def entries(reader: Any, text: str) -> list[Entry]:
    return [item for item in items(reader, text) if isinstance(item, Entry)]


def titles(reader: Any, text: str) -> list[str]:
    return [entry.fields["title"] for entry in entries(reader, text)]


def score(reader: Any, text: str) -> float:
    found = reader.sniff(Dump.from_text(text))
    return found.score if found else 0.0


AWESOME = """# Awesome Gates [![Awesome](https://awesome.re/badge.svg)](https://awesome.re)

## Contents
- [Papers](#papers)
- [Tools for Gating Everything](#tools)

## Papers

### Routing

- **Sparse Gates: Routing Without a Router,** ICML 2023 (arXiv:2301.00001). ![](https://img.shields.io/badge/Vision-green)

  *Ada Example, Bo de Vries.* [[Paper](https://arxiv.org/abs/2301.00001)][[Code](https://github.com/example/gates)]

- `HardGate` **Hard Gates Are Enough.** CVPR 24.
[[Paper](https://openreview.net/forum?id=abc)] [Code Not Found]
- A Survey of Gates. [[Paper](https://arxiv.org/abs/2302.00002)]
- (*ECCV2022*) Gates for Video Understanding [[paper](https://arxiv.org/pdf/2203.00003.pdf)]
- [Learning to Gate](https://doi.org/10.1000/xyz) - first gates in a network
<!-- - **Commented Out on Purpose.** ICLR 2020. [[Paper](https://arxiv.org/abs/2001.00009)]
- **Also Commented Out.** ICLR 2020. [[Paper](https://arxiv.org/abs/2001.00010)] -->

## Tools

- [gatekit](https://github.com/example/gatekit) - trains gates for you

| Date | Institute | Paper |
|:----:|:---------:|-------|
| 2021-05 | Example | [Gates of Many Sizes](https://arxiv.org/abs/2105.00004) |
| 2021-06 | Example | [Link](https://arxiv.org/abs/2105.00005) |
"""


def test_awesome_list() -> None:
    found = entries(markdown, AWESOME)
    assert [e.fields["title"] for e in found] == [
        "Sparse Gates: Routing Without a Router",
        "Hard Gates Are Enough",
        "A Survey of Gates",
        "Gates for Video Understanding",
        "Learning to Gate",
        "Gates of Many Sizes",
    ]
    first, hard, _, video, doi, row = found
    assert first.fields["authors"] == ["Ada Example", "Bo de Vries"]
    assert (first.fields["venue"], first.fields["year"]) == ("ICML", 2023)
    assert first.fields["code_urls"] == ["https://github.com/example/gates"]
    assert (first.fields["arxiv_id"], first.fields["keywords"]) == ("2301.00001", ["Vision"])
    assert first.extra["section"] == "Papers / Routing"
    assert first.lines == (11, 13)
    assert (hard.fields["year"], hard.extra["label"], "code_urls" in hard.fields) == (2024, "HardGate", False)
    assert (video.fields["venue"], video.fields["year"]) == ("ECCV", 2022) or video.fields[
        "venue"
    ] == "ECCV2022"
    assert doi.fields["doi"] == "10.1000/xyz"
    assert (row.fields["year"], row.extra["institute"]) == (2021, "Example")
    reasons = {item.reason for item in items(markdown, AWESOME) if isinstance(item, Skip)}
    assert {"HTML comment", "list item that names no paper", "table row that names no paper"} <= reasons


def test_headed_papers_and_notes() -> None:
    headed = """# Read this week

## 1. [Gates and Their Keepers](https://arxiv.org/abs/2301.00007)

**Authors:** Ada Example, Bo Sample
**Abstract:** We look at gates. They open.

## 2. Keys Without Locks

Paper: https://arxiv.org/abs/2301.00008

We look at keys, which turn out to be more useful than we thought they were.
"""
    first, second = entries(markdown, headed)
    assert first.fields["authors"] == ["Ada Example", "Bo Sample"]
    assert first.fields["abstract"] == "We look at gates. They open."
    assert (second.fields["title"], second.fields["url"]) == (
        "Keys Without Locks",
        "https://arxiv.org/abs/2301.00008",
    )
    assert second.fields["abstract"].startswith("We look at keys")
    note = '---\ntitle: "Gates: A History"\nauthors:\n  - Ada Example\nyear: 2020\ncitekey: ada2020\n---\n## Abstract\nGates.\n'
    (entry,) = entries(markdown, note)
    assert entry.fields == {
        "title": "Gates: A History",
        "authors": ["Ada Example"],
        "year": "2020",
        "abstract": "Gates.",
    }
    assert (entry.key, entry.lines) == ("ada2020", (1, 9))


RECORD: dict[str, Any] = {
    "id": "0123456789ab", "title": "On [Gates], $x^2$ and *Stars*", "abstract": "Gates. Stars.",
    "authors": ["Ada Example", "B. Sample"], "year": 2023, "venue": "ICML", "doi": None, "arxiv_id": "2301.00001",
    "url": None, "code_urls": ["https://github.com/example/gates"], "has_code": True, "keywords": [], "topics": ["llm"],
    "topic_scores": {"llm": 2.0}, "decision": "keep", "note": None, "versions": [], "sources": [], "extra": {},
}  # fmt: skip
WORD = RECORD | {"id": "ba9876543210", "title": "Gates", "arxiv_id": None, "code_urls": [], "has_code": False}


@pytest.mark.parametrize("name", ["markdown", "markdown-awesome", "markdown-table"])
def test_paperctls_own_lists_come_back(name: str) -> None:
    text = "".join(export(name).render(map(as_record, (RECORD, WORD)), Request()))
    assert score(markdown, text) > 0.98
    found = {entry.key: entry for entry in entries(markdown, text)}
    assert set(found) == {RECORD["id"], WORD["id"]}
    fields = found["0123456789ab"].fields
    assert fields["title"] == RECORD["title"]
    assert (fields["arxiv_id"], fields["code_urls"]) == ("2301.00001", RECORD["code_urls"])
    assert (fields["venue"], fields["year"]) == ("ICML", 2023)
    if name != "markdown-awesome":
        assert fields["authors"] == RECORD["authors"]
    if name == "markdown":
        assert fields["decision"] == "keep"


def test_paperctls_own_notes_come_back() -> None:
    text = "".join(export("obsidian").render(map(as_record, (RECORD, WORD)), Request()))
    found = {entry.key: entry for entry in entries(markdown, text)}
    assert set(found) == {RECORD["id"], WORD["id"]}
    fields = found["0123456789ab"].fields
    assert (fields["title"], fields["abstract"]) == (RECORD["title"], RECORD["abstract"])
    assert (fields["authors"], fields["decision"]) == (RECORD["authors"], "keep")


@pytest.mark.parametrize(
    ("text", "title"),
    [
        ("[2023/12] **Gates Unbound** | [[pdf]](https://arxiv.org/abs/2312.00752)", "Gates Unbound"),
        (
            '"Gates for Image Recognition", CVPR\'16, [[Paper]](https://x.org/a.pdf)',
            "Gates for Image Recognition",
        ),
        (
            "Gates Are All You Need, Example et al., 2017. [pdf](https://arxiv.org/abs/1706.00001)",
            "Gates Are All You Need",
        ),
        ("**What is a gate? A study of doors.** ICCV 2023.", "What is a gate? A study of doors"),
        ("[ ] ~~**[Gates \\*now\\*](https://arxiv.org/abs/1706.00001)**~~", "Gates *now*"),
    ],
)
def test_mentions(text: str, title: str) -> None:
    found = mention(text)
    assert found and found.fields["title"] == title


def test_labelled_blocks() -> None:
    text = """Paper #1
Title: Gates That Stay
  Open
PDF: https://arxiv.org/pdf/2301.00001v2
Authors: Ada Example (MIT), Bo Sample
Abstract: We keep gates open.

They stay so. Note: mostly.
Score: 5
---
Paper #2
Title: Gates That Close
Abstract: Closed.
Score: 4
---
Abstract: An abstract with no title.
Score: 1
"""
    found = items(labelled_text, text)
    first, second = [item for item in found if isinstance(item, Entry)]
    assert first.fields["title"] == "Gates That Stay Open"
    assert first.fields["authors"] == ["Ada Example", "Bo Sample"]
    assert first.fields["abstract"] == "We keep gates open. They stay so. Note: mostly."
    assert (first.fields["arxiv_id"], first.extra["score"]) == ("2301.00001", "5")
    assert (second.lines, second.extra["score"]) == ((12, 14), "4")
    (fault,) = [item for item in found if isinstance(item, Fault)]
    assert "no title" in fault.message
    assert score(labelled_text, text) > 0.9


def test_values_of_labels_without_their_markup() -> None:
    text = """Title: **Gates That Stay Open**
Authors: Ada Example, Bo Sample
Venue: KDD 2022
URL/DOI:

[https://doi.org/10.1000/1](https://doi.org/10.1000/1)
Abstract: Open.
"""
    (entry,) = [item for item in items(labelled_text, text) if isinstance(item, Entry)]
    assert entry.fields["title"] == "Gates That Stay Open"
    assert (entry.fields["venue"], entry.fields["year"]) == ("KDD", 2022)
    assert entry.fields["url"] == "https://doi.org/10.1000/1"


def test_numbered_blocks() -> None:
    text = "\n".join(
        f"{n}. {title}\n   Ada Example, Bo Sample\n   We study {title.lower()} and find that they are useful. They work.\n"
        for n, title in enumerate(
            ["Gates in Deep Networks", "Locks in Wide Networks", "Keys to All Networks"], 1
        )
    )
    found = entries(labelled_text, text)
    assert [e.fields["title"] for e in found] == [
        "Gates in Deep Networks",
        "Locks in Wide Networks",
        "Keys to All Networks",
    ]
    assert found[0].fields["authors"] == ["Ada Example", "Bo Sample"]
    assert found[0].fields["abstract"].endswith("They work.")
    assert 0.6 < score(labelled_text, text) < 0.9


MAIL = r"""------------------------------------------------------------------------------
\\
arXiv:2301.00001
From: Ada Example <ada@example.org>
Date: Mon, 2 Jan 2023 18:00:00 GMT   (1292kb,D)

Title: Gates of the $\alpha$ kind in
  galaxies
Authors: Ada Example (MIT (CSAIL)), Bo S\'ample and Cy Third
Categories: cs.LG
Comments: overlap with
  arXiv:2201.00009
DOI: 10.1000/xyz
\\
  We look at gates. They
open.
\\ ( https://arxiv.org/abs/2301.00001 ,  1292kb)
------------------------------------------------------------------------------
\\
arXiv:astro-ph/0601001
Date: Mon, 2 Jan 2006 18:00:00 GMT   (12kb)

Title: Gates
Authors: Ada Example
\\
------------------------------------------------------------------------------
\\
arXiv:2301.00003
Authors: Nobody Known
\\
"""


def test_arxiv_mail() -> None:
    found = items(arxiv_text, MAIL)
    first, second = [item for item in found if isinstance(item, Entry)]
    assert first.fields["title"] == r"Gates of the $\alpha$ kind in galaxies"
    assert first.fields["authors"] == ["Ada Example", r"Bo S\'ample", "Cy Third"]
    assert first.fields["abstract"] == "We look at gates. They open."
    assert (first.fields["doi"], first.fields["year"], first.key) == ("10.1000/xyz", 2023, "2301.00001")
    assert (first.markup, first.extra["comments"]) == ("tex", "overlap with arXiv:2201.00009")
    assert second.key == "astro-ph/0601001" and "abstract" not in second.fields
    assert [item.message[:16] for item in found if isinstance(item, Fault)] == ["arXiv:2301.00003"]
    assert score(arxiv_text, MAIL) > 0.95


def test_arxiv_listing_copied_from_the_page() -> None:
    text = """Showing new listings for Monday, 2 January 2023
[1] arXiv:2301.00001 [pdf, html, other]
Title: Gates of Many Kinds
Ada Example, Bo Sample
Comments: 9 pages
Subjects: Machine Learning (cs.LG); Computation (cs.CL)

We look at gates of many kinds, and we find that all of them open. This is new.
Cross submissions (showing 1 of 1 entries)
[2] arXiv:2301.00002 (cross-list from cs.CV) [pdf]
Title: Locks
Authors: Cy Third
"""
    first, second = entries(arxiv_text, text)
    assert (first.fields["title"], first.fields["authors"]) == (
        "Gates of Many Kinds",
        ["Ada Example", "Bo Sample"],
    )
    assert first.fields["abstract"].endswith("This is new.")
    assert (second.fields["title"], second.key) == ("Locks", "2301.00002")


PLAIN = """1. Gates in Deep Neural Networks
2. Why Locks Matter for Robust Training
3. Keys: A Unified View of Access https://arxiv.org/abs/2301.00005
4. Doors and Windows in Representation Learning
"""


def test_plain_list() -> None:
    found = entries(plain_list, PLAIN)
    assert [e.fields["title"] for e in found][2:] == [
        "Keys: A Unified View of Access",
        "Doors and Windows in Representation Learning",
    ]
    assert found[2].fields["arxiv_id"] == "2301.00005"
    assert 0 < score(plain_list, PLAIN) < 0.6


HTML = {
    "Hugging Face": """<!DOCTYPE html><html><head><title>Daily Papers</title></head><body>
<article><h3><a href="/papers/2301.00001">Gates &amp; Locks</a></h3>
<p>We look at gates and find that they are open.</p></article>
<article><h3><a href="/papers/2301.00002">Keys for All</a></h3></article>
</body></html>""",
    "OpenReview": """<html><body><ul><li class="note"><h4><a href="/forum?id=g1">Gates &amp; Locks</a></h4>
<div class="note-authors"><a>Ada Example</a>, <a>Bo Sample</a></div></li>
<li class="note"><h4><a href="/forum?id=g2">Keys for All</a></h4></li></ul></body></html>""",
    "arXiv listing": """<html><body><dl>
<dt><a href ="/abs/2301.00001" title="Abstract">arXiv:2301.00001</a></dt>
<dd><div class='list-title mathjax'><span class='descriptor'>Title:</span> Gates &amp; Locks</div>
<div class='list-authors'><a>Ada Example</a>, <a>Bo Sample</a></div></dd>
<dt><a href ="/abs/2301.00002" title="Abstract">arXiv:2301.00002</a></dt>
<dd><div class='list-title mathjax'><span class='descriptor'>Title:</span> Keys for All</div></dd>
</dl></body></html>""",
}


@pytest.mark.parametrize("page", HTML)
def test_saved_pages(page: str) -> None:
    assert titles(html_pages, HTML[page]) == ["Gates & Locks", "Keys for All"]
    assert score(html_pages, HTML[page]) >= 0.95
    first = entries(html_pages, HTML[page])[0]
    assert first.key in {"2301.00001", "g1"} and first.fields["url"].startswith("https://")
    if page != "Hugging Face":
        assert first.fields["authors"] == ["Ada Example", "Bo Sample"]


def test_unknown_page_gives_its_largest_set_of_titles() -> None:
    names = ["Gates for Deep Networks", "Locks of Wide Networks", "Keys in Small Networks", "Doors to All Networks",
             "Walls around Old Networks", "Roofs over New Networks"]  # fmt: skip
    rows = "".join(
        f'<li><a href="/virtual/2023/poster/{100 + n}">{name}</a></li>' for n, name in enumerate(names)
    )
    text = f'<!doctype html><html><body><a href="/about">About This Great Conference</a><ul>{rows}</ul></body></html>'
    found = entries(html_pages, text)
    assert [e.fields["title"] for e in found] == names
    assert {e.lines for e in found} == {(1, 1)}
    assert score(html_pages, text) >= 0.7


def test_page_of_one_paper() -> None:
    text = """<html><head><meta name="citation_title" content="Gates"><meta name="citation_author" content="Example, Ada">
<meta name="citation_doi" content="10.1000/xyz"></head><body></body></html>"""
    (entry,) = entries(html_pages, text)
    assert entry.fields == {"title": "Gates", "authors": ["Example, Ada"], "doi": "10.1000/xyz"}


NOT_PAPERS = {
    "essay": "\n\n".join(
        ["Gates are older than walls. We know this because they were found first, and they lasted."] * 9
    ),
    "wrapped essay": "Gates are older than walls. We know this\nbecause they were found first, and because\n"
    "nobody would build a wall without knowing\nwhere to leave it again, as we all do.\n" * 5,
    "code": "import os\n\n\ndef gates(x):\n    # Return All The Open Gates\n    return [g for g in x if g.open]\n"
    * 5,
    "log": "2023-01-02 10:00:00 INFO Gate opened by user Ada\n2023-01-02 10:00:01 WARN Gate left open\n" * 5,
    "csv": "title,year,venue\nGates in Deep Networks,2023,ICML\nLocks in Wide Networks,2022,ICLR\n" * 3,
    "licence": "1. Redistributions of source code must retain the above copyright notice, this list of conditions.\n"
    "2. Redistributions in binary form must reproduce the above copyright notice in the documentation.\n",
    "names": "Ada Example\nBo Sample\nCy Third\nDi Fourth\n",
    "yaml": "name: gates\nversion: 2\nkeys:\n  - one\n  - two\n",
    "readme": "# gatekit\n\nTrains gates for you.\n\n## Install\n\n- pip install gatekit\n- run it\n- read the docs\n",
    "empty": "",
}


@pytest.mark.parametrize("kind", NOT_PAPERS)
@pytest.mark.parametrize("reader", [markdown, labelled_text, arxiv_text, plain_list, html_pages])
def test_what_is_no_list_of_papers_is_refused(kind: str, reader: ModuleType) -> None:
    assert reader.sniff(Dump.from_text(NOT_PAPERS[kind])) is None
