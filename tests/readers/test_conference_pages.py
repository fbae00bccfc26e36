"""Saved pages of conferences, built after their real mark-up, against what a reader sees on them."""

# ruff: noqa: E501  samples keep the long lines of real pages

from __future__ import annotations

from typing import Any

import pytest

from paperctl.dumps.dump import Dump
from paperctl.normalise import normalise
from paperctl.reading.recognise import read, recognise
from paperctl.record import by_name
from paperctl.record.items import Entry

PAGES = {
    "openreview": """<!DOCTYPE html><html><head><title>OpenReview</title></head><body><div id="content"><ul class="list-unstyled">
<li><div class="note undefined"><h4><a href="/forum?id=g1abc">Sparse Gates: Routing</a> <a class="pdf-link" href="/pdf?id=g1abc"><img></a></h4>
<div class="note-authors"><span><a href="/profile?id=~Jane_Doe1">Jane Doe</a>, <a href="/profile?id=~Rick_Roe1">Rick Roe</a></span></div>
<ul class="list-inline note-meta-info"><li><span>ICLR 2024 Poster</span></li></ul>
<div class="note-content"><div><strong class="note-content-field">Keywords:</strong> <span class="note-content-value">gates, keys</span></div><div><strong class="note-content-field">Abstract:</strong><div class="note-content-value markdown-rendered"><p>We open gates and they stay open for all.</p></div></div></div></div></li>
<li><div class="note"><h4><a href="/forum?id=g2abc">Keys for All</a></h4><div class="note-authors"><span>Cy Dahl</span></div></div></li></ul></div></body></html>""",
    "virtual": """<!DOCTYPE html><html><head><title>NeurIPS 2023 Papers</title></head><body><div class="cards row">
<ul><li><a href="/virtual/2023/poster/70001">Sparse Gates: Routing Without a Router</a></li><li><a href="/virtual/2023/poster/70002">Keys for All the Doors</a></li><li><a href="/virtual/2023/oral/73002">Locks That Never Close Again</a></li></ul></div></body></html>""",
    "acl": """<!doctype html><html><head><title>ACL Anthology</title></head><body>
<p class="d-sm-flex align-items-stretch"><span class="d-block mr-2 text-nowrap list-button-row"><a class="badge badge-primary" href="https://aclanthology.org/2024.acl-long.1.pdf">pdf</a></span>
<span class="d-block"><strong><a class="align-middle" href="/2024.acl-long.1/">Sparse <span class="acl-fixed-case">G</span>ates: Routing</a></strong><br><a href="/people/j/jane-doe/">Jane Doe</a> | <a href="/people/r/rick-roe/">Rick Roe</a></span></p>
<div class="card bg-light mb-2 mb-lg-3 collapse abstract-collapse" id="abstract-2024--acl-long--1"><div class="card-body p-3 small">We open gates and they stay open.</div></div>
</body></html>""",
    "pmlr": """<!DOCTYPE html><html><head><title>Proceedings of Machine Learning Research</title></head><body><div class="paper"><p class="title">Sparse Gates</p><p class="details"><span class="authors">Jane Doe,&nbsp;Rick Roe</span>;<span class="info"><i>Proceedings of the 40th ICML</i>, PMLR 202:1-9</span></p><p class="links">[<a href="https://proceedings.mlr.press/v202/doe23a.html">abs</a>][<a href="https://proceedings.mlr.press/v202/doe23a/doe23a.pdf">Download PDF</a>]</p></div></body></html>""",
    "cvf": """<!DOCTYPE html><html><head><title>CVPR 2023 Open Access Repository</title></head><body><dl><dt class="ptitle"><br><a href="/content/CVPR2023/html/Doe_Sparse_CVPR_2023_paper.html">Sparse Gates</a></dt>
<dd><form id="form-Doe" action="/CVPR2023" method="post" class="authsearch"><input type="hidden" name="query_author" value="Jane Doe"><a href="#" onclick="x">Jane Doe</a>,</form><form class="authsearch"><a href="#">Rick Roe</a></form></dd>
<dd>[<a href="/content/CVPR2023/papers/Doe_Sparse_CVPR_2023_paper.pdf">pdf</a>] [<a class="fakelink">bibtex</a>]<div class="link2"><div class="bibref">@InProceedings{Doe_2023_CVPR, author={Doe}, title={Sparse Gates}}</div></div></dd></dl></body></html>""",
    "dblp": """<!DOCTYPE html><html><head><title>dblp: Search for gates</title></head><body><ul class="publ-list">
<li class="entry inproceedings" id="conf/x/DoeR23"><cite class="data tts-content"><span itemprop="author"><a href="https://dblp.org/pid/1"><span itemprop="name" title="Jane Doe 0001">Jane Doe</span></a></span>, <span itemprop="author"><a href="https://dblp.org/pid/2"><span itemprop="name">Rick Roe</span></a></span>:<br> <span class="title" itemprop="name">Sparse Gates: Routing.</span> <a href="https://dblp.org/db/conf/x/x2023.html#DoeR23"><span itemprop="isPartOf"><span itemprop="name">X</span></span> <span itemprop="datePublished">2023</span></a>: <span itemprop="pagination">1-9</span></cite><nav class="publ"><a href="https://doi.org/10.1000/g1">ee</a></nav></li></ul></body></html>""",
    "cards": """<!DOCTYPE html><html><head><title>ICML 2023 Virtual</title></head><body><ul><li><a href="/virtual/2023/calendar">Calendar</a></li></ul>
<div class="displaycards"><a class="small-title" href="/virtual/2023/poster/24001">Sparse Gates</a><div class="author-str">Jane Doe &middot; Rick Roe</div><div class="abstract-display"><p>We open gates and they stay open.</p></div></div></body></html>""",
    "forum": """<!DOCTYPE html><html><head><title>Sparse Gates | OpenReview</title></head><body><main><div class="forum-title"><h2>Sparse Gates</h2></div><div class="forum-authors"><h3><a href="/profile?id=~Jane_Doe1">Jane Doe</a>, <a href="/profile?id=~Rick_Roe1">Rick Roe</a></h3></div>
<div class="forum-meta"><span class="date item">Published: 16 Jan 2024, Last Modified: 1 Mar 2024</span><span class="item">ICLR 2024 poster</span></div><div class="note-content"><strong>Abstract:</strong> <div class="note-content-value"><p>We open gates and they stay open.</p></div></div></main></body></html>""",
    "table": """<!DOCTYPE html><html><head><title>Gates</title></head><body><table><tr><th>Title</th><th>Authors</th><th>Year</th></tr>
<tr><td><a href="https://arxiv.org/abs/2101.00001">Sparse Gates</a></td><td>Jane Doe, Rick Roe</td><td>2021</td></tr></table></body></html>""",
    "accepted": """<!DOCTYPE html><html><head><title>Accepted Papers</title></head><body><nav><ul><li><a href="/cfp">Call for Papers</a></li></ul></nav>
<ul><li><b>Sparse Gates on Hills</b><br><i>Jane Doe (U), Rick Roe (V)</i></li><li><b>Keys for All</b><br><i>Cy Dahl</i></li><li><b>Locks That Never Close</b></li></ul></body></html>""",
}
PEOPLE = ["Jane Doe", "Rick Roe"]
WANTED: dict[str, list[dict[str, Any]]] = {
    "openreview": [
        {"title": "Sparse Gates: Routing", "authors": PEOPLE, "abstract": "We open gates and they stay open for all.", "year": 2024, "url": "https://openreview.net/forum?id=g1abc"},
        {"title": "Keys for All", "authors": ["Cy Dahl"]},
    ],
    "virtual": [
        {"title": title, "venue": "NeurIPS", "year": 2023}
        for title in ("Sparse Gates: Routing Without a Router", "Keys for All the Doors", "Locks That Never Close Again")
    ],
    "acl": [{"title": "Sparse Gates: Routing", "authors": PEOPLE, "year": 2024, "abstract": "We open gates and they stay open.", "url": "https://aclanthology.org/2024.acl-long.1/"}],
    "pmlr": [{"title": "Sparse Gates", "authors": PEOPLE, "year": 2023, "venue": "Proceedings of the 40th ICML"}],
    "cvf": [{"title": "Sparse Gates", "authors": PEOPLE, "venue": "CVPR", "year": 2023}],
    "cards": [{"title": "Sparse Gates", "authors": PEOPLE, "venue": "ICML", "year": 2023, "abstract": "We open gates and they stay open."}],
    "forum": [{"title": "Sparse Gates", "authors": PEOPLE, "year": 2024, "abstract": "We open gates and they stay open."}],
    "table": [{"title": "Sparse Gates", "authors": PEOPLE, "year": 2021, "arxiv_id": "2101.00001"}],
    "accepted": [{"title": "Sparse Gates on Hills", "authors": PEOPLE}, {"title": "Keys for All", "authors": ["Cy Dahl"]}, {"title": "Locks That Never Close"}],
    "dblp": [{"title": "Sparse Gates: Routing", "authors": PEOPLE, "venue": "X", "year": 2023, "doi": "10.1000/g1"}],
}  # fmt: skip


@pytest.mark.parametrize("page", PAGES)
def test_the_fields_of_a_page(page: str) -> None:
    dump = Dump.from_text(PAGES[page])
    choice = recognise(dump)
    assert choice.reader.NAME == "html"
    found = [by_name(normalise(item)[0]) for item in read(dump, choice.reader) if isinstance(item, Entry)]
    wanted = WANTED[page]
    assert [
        {field: paper[field] for field in want} for paper, want in zip(found, wanted, strict=True)
    ] == wanted
