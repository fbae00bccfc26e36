"""The Markdown lists: what they say, that titles stay text, and that a reader's words survive."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from markdown_it import MarkdownIt
from markdown_it.token import Token

from paperctl.exports._paper import takeaway
from paperctl.record import Record
from paperctl.text.sanitise import clean
from tests.exports.samples import GPTQ, HOSTILE, LORA, PLAIN, TITLES, paper, rendered

STYLES = ("markdown", "markdown-awesome", "markdown-table")
NAMES = {"quantization": "Quantization", "llm": "Large language models", "peft": "Fine-tuning"}


def parsed(text: str) -> list[Token]:
    return MarkdownIt("commonmark").enable(["table", "strikethrough"]).parse(text)


def texts(text: str) -> list[str]:
    """The text of every strong, link, heading and cell, as a browser would show it."""
    found = []
    for token in parsed(text):
        if token.type == "inline":
            parts = [t.content if t.type == "text" else "\n" for t in token.children or ()]
            found += "".join(parts).split("\n")
    return found


def items(text: str) -> list[str]:
    return [line for line in text.split("\n") if line.startswith("- [")]


def the_item(text: str, record: Record) -> str:
    (line,) = [line for line in items(text) if f"paperctl:{record['id']} " in line]
    return line


def test_the_list_as_a_whole() -> None:
    out = rendered("markdown", [LORA, GPTQ, PLAIN], title="Adapters", query="topic:llm", topic_names=NAMES)
    headings = [line for line in out.split("\n") if line.startswith("#")]
    assert headings == ["# Adapters", "## Quantization", "## Fine-tuning", "## Other papers", "## Code"]
    assert "3 papers, 2 with code, from the query “topic:llm”" in out
    assert the_item(out, LORA).startswith(
        "- [x] **[LoRA: Low-Rank Adaptation of Large Language Models](https://example.org/lora)** · "
        "Edward J. Hu, Yelong Shen, Ludwig van Beethoven · ICLR 2022 · "
        "[code](https://github.com/example/lora) · "
        "also efficiency, Large language models<br>We freeze the weights, i.e. the big ones. <!--"
    )
    assert the_item(out, GPTQ).startswith("- [ ] **[GPTQ")
    assert "](https://arxiv.org/abs/2210.17323)** · Elias Frantar, Saleh Ashkboos · 2023 · code · " in out
    assert r"<br>Read for the \*Hessian\* trick <!--" in out
    assert "| [github.com/example/lora](https://github.com/example/lora) <!--" in out
    assert "| yes, without a link <!--" in out


def test_decisions_show() -> None:
    records = [paper(title=f"About {word}", decision=word) for word in ("keep", "maybe", "skip")]
    keep, maybe, skip = (the_item(rendered("markdown", records), record) for record in records)
    assert keep.startswith("- [x] **About keep** <!--")
    assert maybe.startswith("- [ ] **About maybe** · _maybe_ <!--")
    assert skip.startswith("- [ ] ~~**About skip**~~ · _skipped_ <!--")
    assert "About skip" not in rendered("markdown-awesome", records)


@pytest.mark.parametrize("style", STYLES)
def test_a_paper_stands_once_in_each_list(style: str) -> None:
    out = rendered(style, [LORA, GPTQ, PLAIN])
    listed = out.split("## Code")[0]
    assert [listed.count(record["title"]) for record in (LORA, GPTQ, PLAIN)] == [1, 1, 1]


@pytest.mark.parametrize("style", STYLES)
@pytest.mark.parametrize("title", HOSTILE)
def test_hostile_titles_are_shown_as_text(style: str, title: str) -> None:
    shown = " ".join(clean(title).split())
    record = paper(
        title=title,
        url="https://e.org",
        has_code=True,
        note=title,
        venue=title,
        authors=[title],
        topics=[title],
    )
    out = rendered(style, [record], title=title, query=title)
    assert shown in texts(out)
    html = [t.content for token in parsed(out) for t in token.children or () if t.type == "html_inline"]
    assert all(part == "<br>" or part.startswith("<!-- paperctl:") for part in html)
    assert rendered(style, [record], title=title, query=title, existing=out) == out


@settings(max_examples=150, deadline=None)
@given(title=TITLES, url=st.none() | st.text("a()[]<> \\\"'&;*_|", max_size=8))
def test_any_title_is_shown_exactly_and_links_where_it_should(title: str, url: str | None) -> None:
    record = paper(title=title, url=url and f"https://e.org/{url}", decision="skip")
    for style in ("markdown", "markdown-table"):
        out = rendered(style, [record])
        assert title in texts(out)
        links = [t for token in parsed(out) for t in token.children or () if t.type == "link_open"]
        assert len(links) == bool(url)


@pytest.mark.parametrize(
    "url", ["javascript:alert(1)", "data:text/html,x", "file:///etc/passwd", "http://", "x"]
)
def test_only_web_links_are_links(url: str) -> None:
    assert "](" not in rendered("markdown", [paper(url=url, code_urls=[url], has_code=True)])
    assert "](https://doi.org/10.1/a)" in rendered("markdown", [paper(url=url, doi="10.1/a")])


@pytest.mark.parametrize(
    ("abstract", "line"),
    [
        ("We win. They lose.", "We win."),
        (
            "By e.g. Wu et al. 2020 (cf. Fig. 3) 3.5 points! More.",
            "By e.g. Wu et al. 2020 (cf. Fig. 3) 3.5 points!",
        ),
        ("No end", "No end"),
        ("word " * 100 + "end.", ("word " * 56).strip() + " …"),
        ("我们提出方法。它很好。", "我们提出方法。"),
    ],
)
def test_the_first_sentence_is_the_takeaway(abstract: str, line: str) -> None:
    assert f"<br>{line} <!--" in rendered("markdown", [paper(abstract=abstract)])
    assert "<br>T <!--" in rendered("markdown", [paper(abstract=abstract, extra={"takeaway": "T"})])
    assert "<br>N <!--" in rendered("markdown", [paper(abstract=abstract, extra={"takeaway": "T"}, note="N")])


# ---- made again ----


def test_own_lines_stay_where_they_belong() -> None:
    first = rendered("markdown", [LORA, GPTQ, PLAIN])
    item = the_item(first, LORA)
    mine = first.replace(
        item, f"{item}\n  my remark\n\n  ```\n  # code, no heading\n  ```\n\n## My own section\n\nmy text"
    )
    mine = "---\ntags: [x]\n---\n" + mine + "\nmy last line\n"
    again = rendered("markdown", [GPTQ, {**LORA, "year": 2021}, PLAIN], existing=mine)
    lines = again.split("\n")
    at = lines.index(the_item(again, LORA))
    assert "ICLR 2021" in lines[at]
    assert lines[at + 1 : at + 6] == ["  my remark", "", "  ```", "  # code, no heading", "  ```"]
    assert lines[at + 6 : at + 11] == ["", "## My own section", "", "my text", ""]
    assert again.startswith("---\ntags: [x]\n---\n\n# Reading list\n")
    assert again.endswith("\n\nmy last line\n")
    assert rendered("markdown", [GPTQ, {**LORA, "year": 2021}, PLAIN], existing=again) == again


def test_ticks_are_the_readers_until_the_store_decides() -> None:
    def again(record: Record, text: str) -> str:
        return the_item(rendered("markdown", [record], existing=text), record)[:5]

    first = rendered("markdown", [GPTQ])
    ticked = first.replace("- [ ]", "- [x]")
    ticked = rendered("markdown", [GPTQ], existing=ticked)
    assert again(GPTQ, ticked) == "- [x]"
    assert again({**GPTQ, "title": "Renamed by the store"}, ticked) == "- [x]"
    assert again({**GPTQ, "decision": "skip"}, ticked) == "- [ ]"
    assert again({**GPTQ, "decision": "keep"}, first) == "- [x]"
    kept = rendered("markdown", [{**GPTQ, "decision": "keep"}])
    assert again(GPTQ, kept) == "- [ ]"
    assert again({**GPTQ, "decision": "keep"}, kept.replace("- [x]", "- [ ]")) == "- [x]"


def test_a_changed_line_stays_as_changed_but_for_the_stores_tick() -> None:
    first = rendered("markdown", [GPTQ])
    changed = first.replace("<br>Read for", "<br>MUST read for").replace("# Reading list", "# My list")
    again = rendered("markdown", [{**GPTQ, "note": "other", "decision": "keep"}], existing=changed)
    assert "# My list\n" in again and "<br>MUST read for" in the_item(again, GPTQ)
    assert the_item(again, GPTQ).startswith("- [x] ")
    deleted = "\n".join(line for line in again.split("\n") if line != the_item(again, GPTQ))
    assert "<br>other <!--" in rendered("markdown", [{**GPTQ, "note": "other"}], existing=deleted)


def test_a_paper_that_left_is_kept_only_with_something_of_the_readers() -> None:
    first = rendered("markdown", [LORA, GPTQ, PLAIN])
    mine = first.replace(the_item(first, GPTQ), the_item(first, GPTQ) + "\n  remark on GPTQ")
    again = rendered("markdown", [PLAIN], existing=mine)
    gone = again.split("## No longer in this list")[1]
    assert "GPTQ" in gone and "  remark on GPTQ" in gone and "LoRA" not in again
    assert rendered("markdown", [PLAIN], existing=again) == again
    back = rendered("markdown", [PLAIN, GPTQ], existing=again)
    assert "No longer" not in back
    assert f"{the_item(back, GPTQ)}\n  remark on GPTQ\n" in back


def test_text_below_a_topic_stays_when_the_topic_empties() -> None:
    first = rendered("markdown", [LORA, GPTQ], topic_names=NAMES)
    mine = first.replace("## Quantization\n", "## Quantization\n").replace(
        "- [ ] **[GPTQ", "Why I read these.\n\n- [ ] **[GPTQ"
    )
    again = rendered("markdown", [LORA], existing=mine, topic_names=NAMES)
    assert "## Quantization\n" in again and "Why I read these." in again and "GPTQ" not in again
    assert again.index("Quantization") < again.index("Fine-tuning")
    assert rendered("markdown", [LORA], existing=again, topic_names=NAMES) == again


def test_text_inside_a_table_moves_below_it() -> None:
    first = rendered("markdown-table", [LORA, GPTQ])
    lines = first.rstrip("\n").split("\n")
    again = rendered("markdown-table", [LORA, GPTQ], existing="\n".join([*lines[:-1], "between", lines[-1]]))
    assert again == first + "\nbetween\n"


def test_a_file_that_is_not_a_list_stays_above_it() -> None:
    again = rendered("markdown", [PLAIN], existing="# Diary\r\n\r\nwords\r\n")
    assert again.startswith("# Diary\n\nwords\n\n# Reading list\n")


OWN = st.one_of(
    st.text(st.characters(categories=["L", "N", "P", "S", "Zs"]), min_size=1, max_size=12),
    st.sampled_from(["", "## own heading", "  - nested", "```", "~~~", "# x", "| a | b |", "- [x] mine"]),
    st.sampled_from(["> q", "---", "<div>", "| --- | --- |", "| Paper | Code |"]),
)
RECORDS = [
    LORA,
    GPTQ,
    PLAIN,
    paper(title="Fourth *paper* | here", topics=["llm"], topic_scores={"llm": 1.0}),
    paper(title="Fifth", topics=["llm"], note="A note", has_code=True),
]


@settings(max_examples=250, deadline=None)
@given(data=st.data())
def test_random_edits_survive_and_twice_is_once(data: st.DataObject) -> None:
    style = data.draw(st.sampled_from(STYLES))
    lines = rendered(style, data.draw(st.permutations(RECORDS))[: data.draw(st.integers(0, 5))]).split("\n")
    own: list[str] = []
    for text, where in data.draw(st.lists(st.tuples(OWN, st.floats(0, 1)), max_size=8)):
        lines.insert(int(where * len(lines)), text)
        own.append(text)
    for where in data.draw(st.lists(st.floats(0, 0.999), max_size=3)):
        n = int(where * len(lines))
        if "paperctl:" in lines[n] and not lines[n].startswith("<!--"):
            lines[n] = lines[n].replace(" <!--", " ADDED <!--")
            own.append(" ADDED")
    if data.draw(st.booleans()):
        deleted = lines.pop(int(data.draw(st.floats(0, 0.999)) * len(lines)))
        for text in [deleted] * (deleted in own) + [" ADDED"] * deleted.count(" ADDED"):
            own.remove(text)

    now: list[Record] = []
    for record in data.draw(st.permutations(RECORDS))[: data.draw(st.integers(0, 5))]:
        now.append({**record, "decision": data.draw(st.sampled_from([record["decision"], "keep", "maybe"]))})
    again = rendered(style, now, existing="\n".join(lines))

    kept = again.split("\n")
    for text in own:
        found = again.count(text) if text == " ADDED" else kept.count(text)
        assert not text.strip() or found >= own.count(text)
    assert rendered(style, now, existing=again) == again
    for record in now:
        if record["decision"] != "skip":
            assert f"paperctl:{record['id']}" in again


@settings(max_examples=60, deadline=None)
@given(text=st.text(max_size=60), cut=st.floats(0, 1))
def test_anything_at_all_may_stand_in_the_file(text: str, cut: float) -> None:
    first = rendered("markdown", [LORA, GPTQ])
    at = int(cut * len(first))
    again = rendered("markdown", [LORA, GPTQ], existing=first[:at] + text + first[at:])
    assert rendered("markdown", [LORA, GPTQ], existing=again) == again
    assert f"paperctl:{LORA['id']} " in again and f"paperctl:{GPTQ['id']} " in again


@pytest.mark.parametrize(
    ("abstract", "line"),
    [
        ("Whales sing. In this paper, we propose WhaleNet. It works.", "In this paper, we propose WhaleNet."),
        (
            "Tides are old. We study tides. We further introduce a tide model.",
            "We further introduce a tide model.",
        ),
        (
            "Pears grow, e.g. in Kent. This work presents grafts of A. Bee.",
            "This work presents grafts of A. Bee.",
        ),
        ("Frost hurts. Orchards suffer.", "Frost hurts."),
        ("Weather is hard. Our results show rain.", "Weather is hard."),
        ("Tides are old. A tide model is proposed. It works.", "A tide model is proposed."),
        ("Tides have been proposed. TideNet rounds the tides.", "TideNet rounds the tides."),
        ("Inference needs memory. We multiply in 8 bits.", "We multiply in 8 bits."),
        ("No work we know of helps. If it does, so do we.", "No work we know of helps."),
        ("", ""),
    ],
)
def test_the_line_on_a_paper_says_what_it_does(abstract: str, line: str) -> None:
    assert takeaway(paper(title="TideNet: Accurate Tides", abstract=abstract)) == line
