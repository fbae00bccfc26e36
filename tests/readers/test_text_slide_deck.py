"""Slide decks: every paper once, however the deck names it, and nothing else."""

from __future__ import annotations

import re

import pytest

from paperctl.dumps.dump import Dump
from paperctl.readers import slide_deck
from paperctl.readers._deck.nicknames import likeness, shortens
from paperctl.record.items import About, Entry

DECK = """
CVPR 2023 Leftovers

Ada Example

[Website](#)

CVPR 2023 received **9155** submissions

Pre-filtering: ~**120** papers Post-filtering: ~**8** papers

Two Topics: Pruning & Prompting

a) Pruning

1

ThinNet-V2

Figure 2: **Overview of ThinNet.** Channels are removed while the network trains.

2 LESS WIDTH, MORE DEPTH: WHERE TO CUT A NETWORK

The authors cut channels, then depth → half the latency.

Results on Image Classification

Method	Top-1	Latency
ResNet-50 (2016)	76.1	4.1
EfficientCut-s	77.0	2.2

CT Init: Carrier token initialization

b-1) Prompting

\x20
PROMPTS AS PROGRAMS AND BACK AGAIN

SLATE can write on any image with one example.

3

[LEARNING WHERE TO PROMPT](#)

(a) Where prompts go

Other Interesting Papers

1 [TOWARDS QUIETER BENCHMARKS](#)

2 MERGING MODELS and DATA

Code Repositories

Paper	Code
THIN NETWORKS THAT GROW BACK	Link
EFFICIENT CUTTING OF CONVOLUTIONS	[Link](https://github.com/example/cut)
SLATE: WRITE LIKE ME	Link

Discussion

~Prompting~

Will prompts be learned or written in the end?

Thanks! Questions?
"""
TITLES = {
    "THIN NETWORKS THAT GROW BACK": "a",
    "LESS WIDTH, MORE DEPTH: WHERE TO CUT A NETWORK": "a",
    "EFFICIENT CUTTING OF CONVOLUTIONS": "a",
    "PROMPTS AS PROGRAMS AND BACK AGAIN": "b-1",
    "SLATE: WRITE LIKE ME": "b-1",
    "LEARNING WHERE TO PROMPT": "b-1",
    "TOWARDS QUIETER BENCHMARKS": "other",
    "MERGING MODELS and DATA": "other",
}


def entries(text: str) -> dict[str, Entry]:
    found = [item for item in slide_deck.read(Dump.from_text(text)) if isinstance(item, Entry)]
    by_title = {entry.fields["title"]: entry for entry in found}
    assert len(by_title) == len(found)
    return by_title


def test_every_paper_once_in_its_section() -> None:
    found = entries(DECK)
    assert {title: entry.extra["section"] for title, entry in found.items()} == TITLES
    assert {entry.extra["section_title"] for entry in found.values()} == {
        "Pruning",
        "Prompting",
        "Other Interesting Papers",
    }
    assert {(e.fields["venue"], e.fields["year"]) for e in found.values()} == {("CVPR", 2023)}
    assert not any("url" in entry.fields for entry in found.values())


def test_code_table_gives_whole_titles_and_code() -> None:
    found = entries(DECK)
    assert {title for title, e in found.items() if e.fields.get("has_code")} == {
        "THIN NETWORKS THAT GROW BACK",
        "EFFICIENT CUTTING OF CONVOLUTIONS",
        "SLATE: WRITE LIKE ME",
    }
    assert found["THIN NETWORKS THAT GROW BACK"].extra["label"] == "ThinNet-V2"
    assert found["EFFICIENT CUTTING OF CONVOLUTIONS"].extra["label"] == "EfficientCut"
    assert found["EFFICIENT CUTTING OF CONVOLUTIONS"].fields["code_urls"] == [
        "https://github.com/example/cut"
    ]
    assert "code_urls" not in found["SLATE: WRITE LIKE ME"].fields


def test_takeaways_go_to_the_paper_they_name_or_follow() -> None:
    found = entries(DECK)
    assert found["SLATE: WRITE LIKE ME"].extra["takeaway"].startswith("SLATE can write")
    assert "half the latency" in found["LESS WIDTH, MORE DEPTH: WHERE TO CUT A NETWORK"].extra["takeaway"]
    assert "takeaway" not in found["LEARNING WHERE TO PROMPT"].extra


def test_about() -> None:
    (about,) = [i for i in slide_deck.read(Dump.from_text(DECK)) if isinstance(i, About)]
    assert about.data == {
        "title": "CVPR 2023 Leftovers",
        "speaker": "Ada Example",
        "venue": "CVPR",
        "year": 2023,
        "funnel": {"received": 9155, "prefiltered": 120, "postfiltered": 8},
        "topics": ["Pruning", "Prompting"],
        "questions": ["Will prompts be learned or written in the end?"],
    }


def _titled(text: str) -> str:
    def lower(match: re.Match[str]) -> str:
        return " ".join(w if w == "and" else w.capitalize() for w in match[0].split(" "))

    return re.sub(r"(?<![\w-])[A-Z]{2,}[A-Z:, ]+[A-Z]{2,}(?![\w-])", lower, text)


VARIANTS = {
    "no blank lines": lambda text: re.sub(r"\n\s*\n+", "\n", text),
    "numbers glued": lambda text: re.sub(r"^(\d)\n\s*\n(?=\S)", r"\1 ", text, flags=re.M),
    "numbers with dots": lambda text: re.sub(r"^(\d) (?=\S)", r"\1. ", text, flags=re.M),
    "numbers on their own line": lambda text: re.sub(r"^(\d) (?=\S)", r"\1\n\n", text, flags=re.M),
    "capital section letters": lambda text: text.replace("a) Pr", "A. Pr").replace("b-1) ", "B-1. "),
    "headings marked": lambda text: re.sub(r"^(a\)|b-1\)|Other|Code Rep|Disc)", r"## \1", text, flags=re.M),
    "tables with pipes": lambda text: re.sub(
        r"^.*\t.*$", lambda m: f"| {m[0]} |".replace("\t", " | "), text, flags=re.M
    ),
    "bullets": lambda text: re.sub(r"^\d (\[?(?:TOW|MERG))", r"- \1", text, flags=re.M),
    "mixed case": _titled,
}


@pytest.mark.parametrize("variant", VARIANTS)
def test_other_decks_of_the_same_kind(variant: str) -> None:
    found = entries(VARIANTS[variant](DECK))
    assert {title.lower(): e.extra["section"] for title, e in found.items()} == {
        title.lower(): section for title, section in TITLES.items()
    }


@pytest.mark.parametrize(
    ("name", "title", "same"),
    [
        ("SLATE", "SLATE: WRITE LIKE ME", True),
        ("EfficientCut", "EFFICIENT CUTTING OF CONVOLUTIONS", True),
        ("VPT", "Visual Prompt Tuning", True),
        ("FasterNet", "FASTERVIT: FAST VISION TRANSFORMERS", False),
        ("ThinNet-V2", "ThinNet-V3", False),
        ("SAM", "Learning to Prompt", False),
    ],
)
def test_nicknames(name: str, title: str, same: bool) -> None:
    assert (max(shortens(name, title), likeness(name, title)) >= 0.9) is same


def test_sniff_wants_several_kinds_of_evidence() -> None:
    deck = slide_deck.sniff(Dump.from_text(DECK))
    assert deck and deck.score >= 0.95 and "Paper | Code table" in deck.why
    assert slide_deck.sniff(Dump.from_text("a) First\n\nSome text.\n\nb) Second\n\nMore text here.")) is None
