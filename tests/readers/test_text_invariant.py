"""Whatever happens to a text dump, each non-blank line belongs to exactly one item, and nothing is raised."""

from __future__ import annotations

from collections import Counter
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from paperctl.dumps.dump import Dump
from paperctl.readers import arxiv_text, hf_pages, html_pages, labelled_text, markdown, plain_list, slide_deck
from paperctl.record.items import About, Entry, Fault, Skip

SAMPLES = {
    hf_pages: """new
Get trending papers in your email inbox!
SubscribeSparse Gates: Routing Without a Router
Routers are hard to train. We let each token pick its expert, which costs nothing and works.

### [Keys for All](https://huggingface.co/papers/2301.00002)
[Keys open locks. We show how, and we show when they do
not.](https://huggingface.co/papers/2301.00002)
[
-
][31]
· Mar 8, 2024
[GitHub 12](https://github.com/example/keys)
https://huggingface.co/papers/2301.00003
""",
    slide_deck: """CVPR 2023 Leftovers
CVPR 2023 received **9155** submissions
Two Topics: Pruning & Prompting
a) Pruning
1

ThinNet-V2
2 LESS WIDTH, MORE DEPTH: WHERE TO CUT
Figure 2: **Overview.** Channels are removed.
Method	Top-1	Latency
Ours	77	2
The authors cut channels → half the latency.
b-1) Prompting
Other Interesting Papers
1 [TOWARDS QUIETER BENCHMARKS](#)
Code Repositories
Paper	Code
THIN NETWORKS THAT GROW BACK	Link
| Title | Repository |
Discussion
Will prompts be learned?
""",
    markdown: """# Awesome Gates
- **Sparse Gates,** ICML 2023. [[Paper](https://arxiv.org/abs/2301.00001)]

  *Ada Example.*
<!-- a comment
- that goes on -->
```
code
```
| Title | Code |
|---|---|
| [Gates of Many Sizes](https://arxiv.org/abs/2105.00004) | [code](https://github.com/a/b) |
## 1. Keys Without Locks
**Authors:** Ada Example
---
title: x
""",
    labelled_text: """Title: Gates That Stay
  Open
Authors: Ada Example
Abstract: We keep gates open.
---
2. Locks of Many Kinds
Score: 4
""",
    arxiv_text: r"""------------------------------
\\
arXiv:2301.00001
Title: Gates in
  galaxies
Authors: Ada Example
\\
  We look at gates.
\\ ( https://arxiv.org/abs/2301.00001 ,  1kb)
[2] arXiv:2301.00002 [pdf]
Title: Locks
Ada Example
Subjects: cs.LG
Showing new listings
""",
    plain_list: """1. Gates in Deep Networks
- Why Locks Matter for Training https://arxiv.org/abs/2301.00005
We write a sentence here, and it is not a title, and it ends with a stop.
2301.00004
""",
    html_pages: """<!DOCTYPE html><html><head><title>Daily Papers</title></head>
<body><article><h3><a href="/papers/2301.00001">Gates</a></h3>
<p>We look at gates and find that they are open.</p></article>
<article><h3><a href="/papers/2301.00002">Keys</a></h3></article>
<ul><li><a href="/poster/123">Gates for Deep Networks</a></li>
<li><a href="/poster/124">Locks for Deep Networks</a></li></ul>
</body></html>
""",
}
READERS = pytest.mark.parametrize("reader", SAMPLES, ids=lambda reader: reader.NAME)
INJECTED = [
    *("", "   ", "\t", "---", "\\\\", "#", "[", "](", "][3]", "|", "<!--", "-->", "```", "1", "- ", "Title:"),
    *("arXiv:2301.00009", "a) X", "Paper\tCode", "\x00\x1b[31m", "\u2028", "é" * 50, "((((((((", "*" * 60),
    *("<li><a href='x'>", "[[[[", "![![![", "Abstract: x", "We say so. It is so.", "2. Gates of Many Kinds"),
]


def check(reader: Any, text: str) -> None:
    dump = Dump.from_text(text)
    reader.sniff(dump)
    held: Counter[int] = Counter()
    shared: Counter[int] = Counter()
    for item in reader.read(dump):
        if isinstance(item, About):
            assert item.data
            continue
        assert isinstance(item, Entry | Skip | Fault)
        first, last = item.lines
        assert 1 <= first <= last
        for number in range(first, last + 1):
            (shared if isinstance(item, Entry) else held)[number] += 1
        if isinstance(item, Entry):
            assert item.fields["title"].strip()
    for number, line in dump.lines():
        if line.strip():
            entries = shared[number] if reader is html_pages else min(shared[number], 2)
            assert (held[number], bool(entries)) in {(1, False), (0, True)}, (number, line)
            assert reader is html_pages or shared[number] <= 1, (number, line)


@READERS
def test_own_samples(reader: Any) -> None:
    check(reader, SAMPLES[reader])


@READERS
@settings(max_examples=60, deadline=None)
@given(data=st.data())
def test_shuffled_cut_and_injected_lines(reader: Any, data: st.DataObject) -> None:
    lines = SAMPLES[reader].split("\n")
    lines = data.draw(st.permutations(lines)) if data.draw(st.booleans()) else lines
    lines = lines[: data.draw(st.integers(0, len(lines)))]
    for text in data.draw(st.lists(st.sampled_from(INJECTED) | st.text(max_size=12), max_size=5)):
        lines.insert(data.draw(st.integers(0, len(lines))), text.replace("\r", "").replace("\n", ""))
    check(reader, "\n".join(lines))


@READERS
@settings(max_examples=40, deadline=None)
@given(text=st.text(alphabet=st.characters(codec="utf-8", exclude_characters="\r"), max_size=200))
def test_any_text(reader: Any, text: str) -> None:
    check(reader, text)


@READERS
@pytest.mark.parametrize("piece", ["[", "![", "](", "(", "*a", "<!--", "a, ", "[a](", "1. ", "| ", "Title: "])
def test_long_lines_of_signs_end_soon(reader: Any, piece: str) -> None:
    check(reader, piece * 20_000)
    check(reader, f"# x\n{piece}x\n" * 2_000)
