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
    "links below a title in bold": (
        """# Gears
**Gear Networks**. Ada Byte, Bo Chu, Cy Dahl.
- [paper](https://arxiv.org/pdf/1410.00001)

**End-To-End Gear Networks**. Ada Byte, Bo Chu. NIPS 2015.
- [paper](https://arxiv.org/pdf/1503.00001)
- [code](https://github.com/byte/gears)
""",
        ["Gear Networks", "End-To-End Gear Networks"],
    ),
    "whole references as the words of links, and years behind titles": (
        """# Gears
- [Byte, Ada, et al. "Driller: Turning Gears Through Selective Force." NDSS. Vol. 16. 2016.](https://example.org/papers/driller.pdf)
- [Chu, Bo, et al. "Scheduling slow gears." Proceedings of the 2013 ACM SIGSAC conference on Gears. ACM, 2013.](https://example.org/papers/chu.pdf)
- [Gears as Markov Chains, 2017](https://ieeexplore.ieee.org/document/1)
""",
        ["Driller: Turning Gears Through Selective Force", "Scheduling slow gears", "Gears as Markov Chains"],
    ),
    "people and a year in bold below a heading": (
        """# Further Reading
## Types
### Principal Gears for Functional Machines
**Ada Byte and Bo Chu (1982)**

*The foundational paper on gears.*

This paper proves that the gear always turns, and that it is sound and complete.

### A Theory of Gear Polymorphism
**Ada Byte (1978)**

The original paper on gears, which we still read.
""",
        ["Principal Gears for Functional Machines", "A Theory of Gear Polymorphism"],
    ),
    "paragraphs below front matter, between rules": (
        """---
layout: page
title: Readings
---

Byte A, Chu PW (2008). *The Economics of Gears*. MIT Press.

---

Chu D (2009). “Do Gears Turn,
or Do They Slip?” World Gear Working Paper 9522.
""",
        ["The Economics of Gears", "Do Gears Turn, or Do They Slip?"],
    ),
    "links by name": (
        """# Schedule
| Date | Day | Title (and Paper Link) | Review |
| --- | --- | --- | --- |
| 19/04/02 | Tue | [Taming Gears][tame] | |
| 19/04/04 | Thu | [A Fast Gear Box for UNIX][fast-box] | [review](./FFS.md) |
| 19/04/11 | Thu | [][] | [review](./chord.md) |

[tame]: https://www.usenix.org/gears.pdf
[fast-box]: <https://example.org/papers/box.pdf> "Box"
""",
        ["Taming Gears", "A Fast Gear Box for UNIX"],
    ),
    "links between bars below a heading": (
        """# Schedule
## Week 1
### April 1st - Monday
#### A Note on Distributed Gears
| [paper link][note] | [review][./review.md] |
### April 5th - Friday
#### Cog: A Scalable Lookup of Gears
| [paper link][cog] | [review][./review.md] |
#### Using Light Gears To Understand Cog
| [paper link][light] | [review][./review.md] |

[note]: http://citeseerx.ist.psu.edu/viewdoc/summary?doi=1
[cog]: https://example.org/papers/cog.pdf
[light]: https://example.org/papers/light.pdf
""",
        [
            "A Note on Distributed Gears",
            "Cog: A Scalable Lookup of Gears",
            "Using Light Gears To Understand Cog",
        ],
    ),
    "several papers in a cell": (
        """|Date|Subject|<a href="Link">Reading</a>|Presented by|
|----|----|----|----|
|9/23/2016|Intro|<a href="">None</a>|Me|
|9/30/2016|Calls|<a href="http://example.edu/calls.pdf">Implementing remote gear calls</a>, <a href="http://citeseerx.ist.psu.edu/viewdoc/summary?doi=1" >A Note on Gears</a>|Ada, Bo|
|10/14|Consensus|<a href="https://example.edu/cog.pdf">Cog</a>|Ada, Bo|
""",
        ["Implementing remote gear calls", "A Note on Gears", "Cog"],
    ),
    "labels with numbers before links": (
        """# Group
### Schedule
<details>
<summary>Week 1 (9th June) Cog</summary>

**Paper 1:** [Cog](https://example.org/papers/cog.pdf)

</details>
<details>
<summary>Week 2 (16th June) Big Gear</summary>

**Paper 2:** [Big Gear](https://example.org/papers/gear.pdf)

</details>
""",
        ["Cog", "Big Gear"],
    ),
    "journals in bold italics, and places behind quoted titles": (
        """**Recommended papers [day 1]**

- Byte A, Chu JA (2015) Gears are fundamental. **_Trends in Gears_**, 30(1):9-16 (https://doi.org/10.1016/j.1)

- Byte A, Dahl P-J & Eld RM (2022) A Guide to Using Gears. **_The Gear Naturalist_**, 199(1): 1-20 (https://doi.org/10.1086/2)
""",
        ["Gears are fundamental", "A Guide to Using Gears"],
    ),
    "a small letter behind a quoted title": (
        """# Papers
Ada Byte, Bo Chu. "Gears shape ecosystem diversity" Nature Gears 7: 12285 (2016). http://www.nature.com/articles/1

A. Cy Dahl, Bo Q. Chu, and Di S. Eld. "Gear diversity decreases rates" bioRxiv.
http://biorxiv.org/content/1
""",
        ["Gears shape ecosystem diversity", "Gear diversity decreases rates"],
    ),
    "bold titles behind people, in the style of the ACM": (
        """# Pre-1980
- Byte, Ada (1945). **"As We May Turn,"** Gear Monthly 176 (July 1945) pp. 101-108. (PDF)
# 1990
- Ada Byte, Bo Chu, and Cy Dahl. 1993. **Knowledge-based gears**. Commun. ACM 36, 7 (July 1993), 53-62. DOI= http://dx.doi.org/10.1145/1
- Bo Chu. 1993. **Interacting with gears on the desk**. Commun. ACM 36, 7 (July 1993), 87-96. DOI=http://dx.doi.org/10.1145/2
# 1995
- Dahl, **How to Conduct a Gear Evaluation**. (Jan 1995)
""",
        [
            "As We May Turn",
            "Knowledge-based gears",
            "Interacting with gears on the desk",
            "How to Conduct a Gear Evaluation",
        ],
    ),
    "dates before paragraphs": (
        """# Journal club
## Papers we have looked at
21/11/25 [Informed gears provide assessment](https://www.nature.com/articles/1)
Link to repo folder: [Byte2024](https://github.com/byte/club/tree/main/Byte2024)

28/11/25 [Spatial gears reveal features](https://www.nature.com/articles/2)
Link to repo folder: [Chu2023](https://github.com/byte/club/tree/main/Chu2023)
""",
        ["Informed gears provide assessment", "Spatial gears reveal features"],
    ),
    "references without links below a paragraph": (
        """The following series of papers introduces the gear methodology, applies it, and — more broadly — aims to resolve challenges that are at play in it.

- (First analysis) A Byte, B Chu, C Dahl. "Robust testing for gears at low speed." BioRxiv preprint, 2023.

- (Application) C Dahl, A Byte. "Discovery of target gears by pooled screens." Science, 2023.
""",
        ["Robust testing for gears at low speed", "Discovery of target gears by pooled screens"],
    ),
    "a title that begins small behind people": (
        """### Week 3
1. [Byte VY, Chu A, Dahl M. gearmap: projection of gears across sets. Nat Methods. 2018 May;15(5):359-362. doi: 10.1038/nmeth.1](https://pubmed.ncbi.nlm.nih.gov/1/)
2. [Byte EZ, Chu A, et al. Parallel Profiling of Gears. Nat Commun. 2017;8:14049. Published 2017 Jan 16.](https://pubmed.ncbi.nlm.nih.gov/2/)
""",
        ["gearmap: projection of gears across sets", "Parallel Profiling of Gears"],
    ),
    "words between semicolons, links to nowhere": (
        """# Classic
- [A Survey on Gear Networks]() ; Cy Dahl ; 2020, ICLR 2021 ; read ; --- ;
- [Gear Attention (GAT) ; Ada Byte ; 2017, ICLR 2018]() ; read ; First popular paper ; --- ;
- [Gears that Rank: Bringing Order to the Web]() ; Byte, Ada ; 1998, ICML 1998 ; --- ;
# Recent
- [Hierarchical Gear Learning]() ; Bo Chu ... C.Dahl ; 2020 ; --- ;
""",
        [
            "A Survey on Gear Networks",
            "Gear Attention (GAT)",
            "Gears that Rank: Bringing Order to the Web",
            "Hierarchical Gear Learning",
        ],
    ),
    "one word in italics and its year": (
        """# Texts
- *Logic and Gears* (1975) — Core of gear theory
- *Gearmatics* (1983) — Definitive introduction to gears and speech acts
- *The Language of Gears* (1975)
""",
        ["Logic and Gears", "Gearmatics", "The Language of Gears"],
    ),
    "people or a year and a quoted title in the words of a link": (
        """# References
- [Byte A., Chu B. | Gears in Motion: A Literature Review](https://example.org/papers/byte.pdf)

[2019 "Gears in Images and Text: A Review" - Byte](https://arxiv.org/pdf/1909.00001.pdf)

[2018 "Physical Gears for Machines" - Chu](https://arxiv.org/pdf/1807.00001.pdf)
""",
        [
            "Gears in Motion: A Literature Review",
            "Gears in Images and Text: A Review",
            "Physical Gears for Machines",
        ],
    ),
    "an emoji before a heading": (
        """### Papers
#### Disentangling Gears and Cogs
Link: https://arxiv.org/abs/1812.00001
By: Gear Institute

#### ✅ Gears for machine medicine
Link: https://www.science.org/doi/10.1126/1
By: Gear University
""",
        ["Disentangling Gears and Cogs", "Gears for machine medicine"],
    ),
    "families in italics, then the title in bold": (
        """# Publications
* _Byte, Chu, Dahl._ **Improving Gear Networks with Teeth.** [ICML 2021](https://proceedings.mlr.press/v139/1.html)
* _Chu, Eld._ **Exploring (GEAR): what gears explain.** [Journal of Gears 2022](https://link.springer.com/article/1)
""",
        ["Improving Gear Networks with Teeth", "Exploring (GEAR): what gears explain"],
    ),
    "a person, a colon and a title in italics": (
        """# Bibliography
- Ada Byte and Bo Chu: "Turning Interruptions in Gear Projects". *Proc. EASE'18*, https://doi.org/10.1145/1
- Cy Dahl: *Recoding Gears: A Changing Box*. MIT Press, 2012.
- Di Eld and Ada Byte: "Measuring Gears". *Proc. DLS'15*, https://doi.org/10.1145/2
""",
        ["Turning Interruptions in Gear Projects", "Recoding Gears: A Changing Box", "Measuring Gears"],
    ),
    "a nickname, and the title below it with a label": (
        """## 1. machine learning for gears
* content
1. *Bayesian_Gear_design*
    Title:Active learning for the design of gears
    Journal: npj Computational Gears
    doi: https://doi.org/10.1038/1
    publish(year): 2018
2. *gearnet*
    Title: Crystal Gear Networks for Prediction
    Journal: PRL
    doi:  10.1103/PhysRevLett.1
""",
        ["Active learning for the design of gears", "Crystal Gear Networks for Prediction"],
    ),
    "items with a labelled title below topics": (
        """Appendix B: Key Papers

1. **Turning and AI**
   - **Title**: Gear Turning in Unknown Boxes
     **Authors**: Ada Byte, Bo Chu
     **Publication**: IEEE Transactions on Gears, Vol. 38, No. 3, March 2022
   - **Title**: Deep Learning for Gears
     **Authors**: Cy Dahl, Di Eld
     **Publication**: IEEE Conference on Gears, May 2023
2. **Gears and People**
   - **Title**: Trust and Gears
     **Authors**: Bo Chu
     **Publication**: ACM Transactions on Gears, Vol. 11, No. 2, June 2022
""",
        ["Gear Turning in Unknown Boxes", "Deep Learning for Gears", "Trust and Gears"],
    ),
    "titles of several sentences, in the style of medicine": (
        """# Bibliography
- Byte S. Practical considerations in choosing gears. Epidemiology. 1991;2(2):155-158.
- Byte S, Chu DT, Dahl JK. Selection of gears in case studies. II. Types of gears. Am J Gears. 1992;135(9):1029-1041.
- Eld CJ. Observational gear methods. Research design II: cohort and cross sectional gears. Emerg Med J. 2003;20(1):54-60.
""",
        [
            "Practical considerations in choosing gears",
            "Selection of gears in case studies. II. Types of gears",
            "Observational gear methods. Research design II: cohort and cross sectional gears",
        ],
    ),
    "years of two digits": (
        """# Index
* [Summary of the gear class, slides](https://example.org/notes/26-Class-Summary.pdf)

| Title | Venue |
| :--- | :--- |
| [FGS: A Fast Gear System](fgs.md) | ACM Transactions on Gears ‘84 |
| [NGS: The Network Gear System](ngs.md) | USENIX '86 |
| [Gears for Disasters](gears.md) | FAST '02 |
""",
        ["FGS: A Fast Gear System", "NGS: The Network Gear System", "Gears for Disasters"],
    ),
}


def test_years_of_two_digits_are_of_this_century_or_the_last() -> None:
    assert [paper["year"] for paper in papers(SHAPES["years of two digits"][0])] == [1984, 1986, 2002]


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


BESIDE = """# Gears
- Byte A, Chu D (2012) Fingerprints of large gears. Nature Reviews Gears 13:121–134.
- Chu M (2021) Models of the Gear: How Machines Have Shaped Our Understanding. Bloomsbury Publishing.
- [Deep Gear Embeddings](https://link.springer.com/chapter/1)

  *2023 MICCAI, Ada Byte, Bo Chu, Cy Dahl*
- **Radar-assisted Gears.** IEEE TWC, 2021. [Journal](https://ieeexplore.ieee.org/document/2)

   *Byte, F., Chu, W., Dahl, C., & Eld, J.*
"""


def test_people_and_places_beside_titles() -> None:
    found = [
        (paper["title"], paper.get("authors"), paper.get("venue"), paper["year"]) for paper in papers(BESIDE)
    ]
    assert found == [
        ("Fingerprints of large gears", ["Byte A", "Chu D"], "Nature Reviews Gears", 2012),
        (
            "Models of the Gear: How Machines Have Shaped Our Understanding",
            ["Chu M"],
            None,
            2021,
        ),
        ("Deep Gear Embeddings", ["Ada Byte", "Bo Chu", "Cy Dahl"], "MICCAI", 2023),
        ("Radar-assisted Gears", ["Byte, F., Chu, W., Dahl, C., & Eld, J."], "IEEE TWC", 2021),
    ]


PAGE = """<!DOCTYPE html>
<html><head><title>reading list</title></head><body><a href="index.html">back</a>
<h2>1920s</h2><ul>
  <li>Byte, Ada: <a href="pdfs/gears.pdf">"A Contribution to the Theory of Gears"</a> (1927, EJ)</li>
  <li>Chu, Bo: <a href="pdfs/stable.pdf">"Stability in Gears"</a> (1929, EJ)</li>
  <li>Dahl, Cy: <a href="pdfs/firm.pdf">"The Nature of the Gear"</a> (1937, ECTA)</li>
</ul></body></html>
"""


def test_a_page_of_references_in_a_list() -> None:
    assert [(paper["title"], paper["authors"], paper["year"], paper["venue"]) for paper in papers(PAGE)] == [
        ("A Contribution to the Theory of Gears", ["Byte, Ada"], 1927, "EJ"),
        ("Stability in Gears", ["Chu, Bo"], 1929, "EJ"),
        ("The Nature of the Gear", ["Dahl, Cy"], 1937, "ECTA"),
    ]


STYLES = """# Gears
1. A. Byte, “A Survey of Parallel Gears in Numerical
   Algebra,” Siam Rev., vol. 20, no. 4, pp. 740–777, 1978.
2. Byte, A. (2020). Rationalization of gears. Behavioral and Gear Sciences, 43, e28. [Link](https://doi.org/10.1000/1)
3. Chu, B., et al. (2022). Beyond playing with gears. Behavioral and Gear Sciences, 1-55. [Link](https://doi.org/10.1000/2)
4. **Gears for Free**, by Ada Byte and Bo Chu, *in Cryptology ePrint Archive, Report 2020/1480*, 2020, [[URL]](https://ia.cr/2020/1480)
5. **Gear Hash**, by Ada-Marie Byte, Daniel J. Chu, 2011, [[URL]](https://eprint.iacr.org/2011/1)
"""


def test_venues_and_people_in_further_styles() -> None:
    found = [(paper.get("authors"), paper.get("venue"), paper["year"]) for paper in papers(STYLES)]
    assert found == [
        (["A. Byte"], "Siam Rev", 1978),
        (["Byte, A."], "Behavioral and Gear Sciences", 2020),
        (["Chu, B.", "et al."], "Behavioral and Gear Sciences", 2022),
        (["Ada Byte", "Bo Chu"], "Cryptology ePrint Archive, Report 2020/1480", 2020),
        (["Ada-Marie Byte", "Daniel J. Chu"], None, 2011),
    ]


NO_PAPERS = """# Awesome Gears
## Pre-1980
- [Gears at Large: A Study](https://arxiv.org/abs/2001.00001)
- [Gears at Sea: A Study](https://arxiv.org/abs/2001.00002)
- [Gears at Night: A Study](https://arxiv.org/abs/2001.00003)
## Slides
- [The Gears of Tomorrow](https://example.org/talks/gears.pdf)
## Courses
- [Introduction to Gears](https://www.coursera.org/learn/gears) - a course for those who begin
## Books
- [Turning Gears in Practice, 2nd Edition](https://www.amazon.com/dp/1) (2018)
## Tools
- [American gear turner](http://gears.example.org/turner/) is a tool that turns gears and discovers what is new in them.
- [List item](http://example.com)
## Blogs
- [How gears work: an introduction](https://blog.example.org/gears-work/)
## Statistics
- [Fitting gears to a line](https://arxiv.org/abs/2001.00004)
- [Fitting lines to a gear](https://arxiv.org/abs/2001.00005)
- [Gears without any prior](https://arxiv.org/abs/2001.00006)
- [Gear Analysis: A Bayesian Tutorial](https://www.google.com.au/books/edition/Gears/1?hl=en) by Dahl
"""


def test_slides_courses_books_and_tools_are_no_papers() -> None:
    found = papers(NO_PAPERS)
    assert [paper["title"] for paper in found] == [
        "Gears at Large: A Study",
        "Gears at Sea: A Study",
        "Gears at Night: A Study",
        "Fitting gears to a line",
        "Fitting lines to a gear",
        "Gears without any prior",
    ]
    assert not any(paper.get("venue") for paper in found)
