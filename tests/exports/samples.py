"""Records for the tests of exports: a factory, hostile texts, and a strategy for whole papers."""

from __future__ import annotations

import re
from typing import Any

from hypothesis import strategies as st

from paperctl.exports import Request, cites, export
from paperctl.record import Record, by_name
from paperctl.record.citekeys import with_keys
from paperctl.text.fold import fold

HOSTILE = (
    "Red \x1b[31malert\x1b[0m [bold]x[/bold] [/] :star: \x07\x00",
    "=cmd|' /C calc'!A0",
    "@SUM(1+1)*cmd|' /C calc'!A0",
    "</script><script>alert(1)</script>",
    "<img src=x onerror=alert(1)> & &amp; &lt;b&gt;",
    "*bold* _it_ `code` [link](http://evil) ![img](x) # not a heading | cell",
    "$\\alpha_{1}^{2}$-divergence at 100% {of} cost #1 & more_less ~ ^ \\ end",
    "Quotes \"double\" and 'single' and “curly”",
    "A\ttab, a\nnewline, a\r\nreturn and a\u2028separator",
    "Right \u202eto left\u202c and zero\u200b width",
    "<!-- paperctl:0123456789ab 123456 -->",
    "ER  - \nTY  - JOUR\nTI  - injected",
    "{{ 7 * 7 }} {% raw %}",
    "深度学习综述 — Übersicht π≈3 é",
    "}, title = {injected",
)


def paper(**known: Any) -> Record:
    """A record with every key, as the store keeps it; `known` says what differs from an empty one."""
    record: Record = {
        "id": "0123456789ab",
        "title": "Low-Rank Adaptation of Large Language Models",
        "abstract": None,
        "authors": [],
        "year": None,
        "venue": None,
        "doi": None,
        "arxiv_id": None,
        "url": None,
        "code_urls": [],
        "has_code": False,
        "keywords": [],
        "extra": {},
        "topics": [],
        "topic_scores": {},
        "decision": None,
        "note": None,
        "added": "2024-03-14T09:26:53Z",
        "versions": [],
        "sources": [
            {
                "file": "a.jsonl",
                "sha256": "0" * 64,
                "format": "jsonl",
                "lines": [1, 9],
                "key": None,
                "title": "",
            }
        ],
        "schema": 1,
    }
    by_name(record).update(known)
    if "id" not in known:
        import hashlib

        record["id"] = hashlib.sha256(repr(known).encode()).hexdigest()[:12]
    return record


def rendered(name: str, records: list[Record], **asked: Any) -> str:
    """The text of an export."""
    module = export(name)
    return "".join(module.render(with_keys(records) if cites(module) else iter(records), Request(**asked)))


LORA = paper(
    title="LoRA: Low-Rank Adaptation of Large Language Models",
    abstract="We freeze the weights, i.e. the big ones. Then we train two small matrices.",
    authors=["Edward J. Hu", "Yelong Shen", "Ludwig van Beethoven"],
    year=2022,
    venue="ICLR",
    doi="10.5555/lora.2022",
    arxiv_id="2106.09685",
    url="https://example.org/lora",
    code_urls=["https://github.com/example/lora"],
    has_code=True,
    keywords=["adaptation", "language models"],
    topics=["efficiency", "llm", "peft"],
    topic_scores={"efficiency": 2.0, "llm": 3.0, "peft": 5.5},
    decision="keep",
    extra={"type": "inproceedings", "pages": "1--13", "publisher": "OpenReview"},
)
GPTQ = paper(
    title="GPTQ: Accurate Quantization for Generative Pre-trained Transformers",
    abstract="Quantizing is hard. We make it easy.",
    authors=["Elias Frantar", "Saleh Ashkboos"],
    year=2023,
    arxiv_id="2210.17323",
    has_code=True,
    topics=["llm", "quantization"],
    topic_scores={"llm": 2.5, "quantization": 6.0},
    note="Read for the *Hessian* trick",
)
PLAIN = paper(title="A Paper About Which Nothing Else Is Known")


def _tidy(text: str) -> str:
    return re.sub(r"\s+", " ", text).strip()


_WORD = st.text(
    st.characters(categories=["Lu", "Ll"], include_characters="-'", max_codepoint=0x17F),
    min_size=1,
    max_size=8,
)
_SIGNS = st.sampled_from([*"#$%&_{}~^\\<>*[]|`=+@\"';:,.!?", "--", "&amp;", "{A}", "$x_1$", "50%", "C#"])
TITLES = st.lists(_WORD | _SIGNS, min_size=1, max_size=8).map(" ".join).map(_tidy).filter(fold)
