"""Shapes of lists and notes: for each a short list, and the titles of its papers with what stands beside them."""

# ruff: noqa: E501  samples keep the long lines of real lists

from __future__ import annotations

import pytest

from paperctl.dumps.dump import Dump
from paperctl.reading.recognise import read, recognise
from paperctl.record.items import Entry, Raw


def papers(text: str) -> list[Raw]:
    """The papers of a list, in its order."""
    dump = Dump.from_text(text)
    return [item.fields for item in read(dump, recognise(dump).reader) if isinstance(item, Entry)]


def titles(text: str) -> list[str]:
    return [paper["title"] for paper in papers(text)]


SHAPES: dict[str, tuple[str, list[str]]] = {
    "headings in a quotation": (
        """# Notes
> ###### 2) *"Turning Gears at Large Scale"*
> A. Roe, B. Lee, ICML 2020. [paper](https://arxiv.org/abs/2001.01234)

> ###### 3) *"Slow Gears for Fast Clocks"*
> C. Poe, ICML 2021. [paper](https://arxiv.org/abs/2101.01234)
""",
        ["Turning Gears at Large Scale", "Slow Gears for Fast Clocks"],
    ),
    "items that are headings": (
        """# Gears
* #### Gears That Turn by Themselves [pdf](https://arxiv.org/pdf/1901.01234)
* #### Clocks and Their Keepers: A Study [pdf](https://arxiv.org/pdf/1902.01234)
""",
        ["Gears That Turn by Themselves", "Clocks and Their Keepers: A Study"],
    ),
    "a nickname in bold, then the title": (
        """# Gears
- **GearNet** Learning to Turn Gears in the Dark [[paper](https://arxiv.org/abs/2001.11111)]
- **CLOCK** A Keeper for Every House [[paper](https://arxiv.org/abs/2001.11112)]
- **Slow** Gears of the Deep [[paper](https://arxiv.org/abs/2001.11113)]
- **LLM** Agents in Gear Shops [[paper](https://arxiv.org/abs/2001.11114)]
""",
        [
            "Learning to Turn Gears in the Dark",
            "A Keeper for Every House",
            "Slow Gears of the Deep",
            "LLM Agents in Gear Shops",
        ],
    ),
    "an id behind the title": (
        """# Gears
- **Cog**, arXiv:1712.05889
- **Gears and Cogs**, arXiv:1712.05888 [cs.LG]
- Cogs of the World, arXiv:1712.05887v2
""",
        ["Cog", "Gears and Cogs", "Cogs of the World"],
    ),
    "a letter and a number in front": (
        """# Gears
- B6. Roe and Lee. *Turning the Gear*. ICML 2020. https://arxiv.org/abs/2001.22222
- B7. Turning Another Gear. ICML 2020. https://arxiv.org/abs/2001.22223
- (c) Turning No Gear. ICML 2020. https://arxiv.org/abs/2001.22224
""",
        ["Turning the Gear", "Turning Another Gear", "Turning No Gear"],
    ),
}


@pytest.mark.parametrize("shape", SHAPES)
def test_the_titles_of_a_list(shape: str) -> None:
    text, wanted = SHAPES[shape]
    assert titles(text) == wanted


PEOPLE = """# Gears
- Monday and Tuesday (2021): *The Days of Gears and Clocks*. Journal of Gears.
- Øster and Ångström (2020). *Northern Gears and Their Makers*. Journal of Gears.
- Élise Žáček, Óscar Núñez. *Southern Gears of the World*. ICML 2020.
- Çelik, Ö., & Şahin, Ü. (2019). Eastern gears and their teeth. Journal of Gears, 12(3), 1-9.
"""


def test_names_are_told_by_any_capital_and_where_they_stand() -> None:
    assert [(paper["title"], paper.get("authors")) for paper in papers(PEOPLE)] == [
        ("The Days of Gears and Clocks", None),
        ("Northern Gears and Their Makers", ["Øster", "Ångström"]),
        ("Southern Gears of the World", ["Élise Žáček", "Óscar Núñez"]),
        ("Eastern gears and their teeth", ["Çelik, Ö., & Şahin, Ü."]),
    ]
