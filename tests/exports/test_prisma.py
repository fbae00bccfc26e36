"""The PRISMA flow: counts that add up, and file names that stay text in Mermaid."""

from __future__ import annotations

import re
from xml.etree import ElementTree

from paperctl.exports import Flow, Request, export
from paperctl.record import Record

from .samples import paper


def rendered(*records: Record, title: str | None = None) -> str:
    return "".join(export("prisma").render(records, Request(title=title)))


def test_the_counts_of_the_flow() -> None:
    one, two = {"file": "a.bib"}, {"file": "b.ris"}
    text = rendered(
        paper(sources=[one, two], decision="keep"),
        paper(sources=[one], decision="skip"),
        paper(sources=[two], decision="maybe"),
        paper(sources=[two, two, one]),
    )
    assert text.startswith("flowchart TD\n")
    assert "Records identified (n = 7)<br/>b.ris: (n = 4)<br/>a.bib: (n = 3)" in text
    assert "duplicates (n = 3)" in text
    assert "Papers to screen (n = 4)" in text
    assert "Papers screened (n = 2)" in text
    assert "Papers excluded (n = 1)" in text
    assert "Papers included (n = 1)" in text
    assert "Not yet decided (n = 2)<br/>of these maybe (n = 1)" in text
    assert re.search(r"identified --> papers --> screened --> kept", text)


def test_nothing_at_all_is_a_flow_of_zeros() -> None:
    assert "Records identified (n = 0)" in rendered()


def test_names_cannot_leave_their_label() -> None:
    evil = 'x"] --> y["<script>alert(1)</script>`**#quot;\x1b[31m\nend'
    text = rendered(paper(sources=[{"file": evil}]), title='a: "b"\n---\nflowchart')
    labels = re.findall(r'\["([^"]*)"\]', text)
    assert len(labels) == 7
    assert not re.search(r"[<>]", re.sub("<br/>|-->", "", text))
    assert "\x1b" not in text and "`" not in text
    assert text.split("\n")[1] == 'title: "a: \\"b\\" --- flowchart"'


def test_many_sources_are_counted_together() -> None:
    text = rendered(*(paper(sources=[{"file": f"dump{n}.jsonl"}]) for n in range(30)))
    assert "18 further sources: (n = 18)" in text


def test_a_source_is_renamed_or_left_out_of_the_flow() -> None:
    records = [
        paper(sources=[{"file": "dumps/a.bib"}, {"file": "b.ris"}], decision="keep"),
        paper(sources=[{"file": "b.ris"}], decision="keep"),
    ]
    flow = Flow({"a.bib": "PubMed"}, ["b.ris"])
    text = "".join(export("prisma").render(records, Request(flow=flow)))
    assert "Records identified (n = 1)<br/>PubMed: (n = 1)" in text and "b.ris" not in text
    assert "Papers included (n = 1)" in text


def test_an_updated_review_adds_what_it_had_before() -> None:
    flow = Flow(previous={"studies": 12, "reports": 15})
    text = "".join(export("prisma").render([paper(decision="keep")], Request(flow=flow)))
    assert "Studies of the previous review (n = 12)<br/>reports (n = 15)" in text
    assert "Studies in the updated review (n = 13)<br/>reports (n = 16)" in text


def drawn(name: str, title: str | None = None) -> str:
    """A flow with both ways, full texts and an earlier review."""
    other = {"file": "letters", "type": "other"}
    records = [
        paper(sources=[{"file": "a.bib"}, other], decision="keep", stage="fulltext"),
        paper(sources=[other], decision="keep", stage="fulltext", work="w"),
        paper(sources=[other, other], decision="keep", stage="fulltext", work="w"),
        paper(sources=[other], decision="keep"),
    ]
    flow = Flow(previous={"studies": 12, "reports": 15})
    return "".join(export(name).render(iter(records), Request(flow=flow, title=title)))


def test_papers_by_other_methods_go_their_own_way() -> None:
    text = drawn("prisma")
    assert "Records identified by other methods (n = 5)" in text
    assert "duplicates (n = 1)<br/>found by the searches too (n = 1)" in text
    assert 'others_papers["Papers to screen (n = 3)"]' in text
    assert 'others_unread["Full texts not yet assessed (n = 1)"]' in text
    assert 'identified["Records identified from databases and registers (n = 1)' in text
    assert "others --> others_papers --> others_screened --> others_assessed --> kept" in text
    assert "Papers included (n = 3)<br/>reports of 2 works" in text
    assert "Studies in the updated review (n = 14)<br/>reports (n = 18)" in text


def test_the_drawing_has_every_line_of_the_text_and_nothing_of_a_title_is_markup() -> None:
    evil = '<script>alert("x")</script> & co'
    root = ElementTree.fromstring(drawn("prisma-svg", evil))
    shown = " ".join("".join(root.itertext()).replace("\N{NO-BREAK SPACE}", " ").split())
    for line in drawn("prisma-text", evil).splitlines():
        assert line.strip(" -") in shown
    assert not [node for node in root.iter() if node.tag.endswith("script")]
    width, height = float(root.attrib["width"]), float(root.attrib["height"])
    boxes = [node.attrib for node in root.iter() if node.tag.endswith("rect") and "x" in node.attrib]
    assert len(boxes) == 20
    for box in boxes:
        x, y, wide, high = (float(box[name]) for name in ("x", "y", "width", "height"))
        assert 0 <= x <= x + wide <= width and 0 <= y <= y + high <= height
        for other in boxes:
            if other is not box:
                ox, oy, owide, ohigh = (float(other[name]) for name in ("x", "y", "width", "height"))
                assert x + wide <= ox or ox + owide <= x or y + high <= oy or oy + ohigh <= y
    page = drawn("prisma-html", evil)
    assert "<script" not in page and "Papers included" in page


def test_a_page_calls_its_sources_the_same_in_the_drawing_and_in_the_text() -> None:
    flow = Flow(names={"a.bib": "b.ris", "b.ris": "a.bib"})
    for name in ("prisma-svg", "prisma-text", "prisma-html"):
        papers = [paper(sources=[{"file": file}]) for file in ("a.bib", "b.ris", "b.ris")]
        text = "".join(export(name).render(papers, Request(flow=flow))).replace("\N{NO-BREAK SPACE}", " ")
        assert "a.bib: (n = 2)" in text
        assert "a.bib: (n = 1)" not in text
