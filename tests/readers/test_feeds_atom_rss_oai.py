"""Feeds: Atom, RSS and OAI-PMH, line by line."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from paperctl.dumps.dump import Dump
from paperctl.normalise import normalise
from paperctl.readers import feeds
from paperctl.record import by_name
from paperctl.record.items import About, Entry, Fault, Item, Skip

ATOM = """<?xml version='1.0' encoding='UTF-8'?>
<feed xmlns="http://www.w3.org/2005/Atom" xmlns:arxiv="http://arxiv.org/schemas/atom">
  <title>arXiv Query: all:bees</title>
  <id>https://arxiv.org/api/x</id>
  <entry>
    <id>http://arxiv.org/abs/2101.00001v2</id>
    <title>Counting
      bees &amp; wasps</title>
    <summary>We count.</summary>
    <published>2021-01-02T00:00:00Z</published><updated>2022-01-02T00:00:00Z</updated>
    <author><name>Anna Rossi</name><arxiv:affiliation>Hive</arxiv:affiliation></author>
    <author><name>Ugo Verdi</name></author>
    <link href="http://arxiv.org/pdf/2101.00001v2" rel="related" title="pdf"/>
    <link href="http://arxiv.org/abs/2101.00001v2" rel="alternate"/>
    <category term="cs.LG"/><category term="stat.ML"/>
    <arxiv:doi>10.1000/ABC</arxiv:doi>
    <arxiv:journal_ref>Apis 3</arxiv:journal_ref>
  </entry>
  <entry><id>http://arxiv.org/api/errors#a</id><title>Error</title><summary>bad id format</summary></entry>
</feed>
"""

RSS = """<rss version="2.0" xmlns:dc="http://purl.org/dc/elements/1.1/">
<channel><title>cs.LG updates on arXiv.org</title>
<item>
<title>Counting bees</title>
<link>https://arxiv.org/abs/2403.00001</link>
<description>arXiv:2403.00001v1 Announce Type: new
Abstract: We count.</description>
<guid isPermaLink="false">oai:arXiv.org:2403.00001v1</guid>
<category>cs.LG</category><pubDate>Mon, 04 Mar 2024 00:00:00 -0500</pubDate>
<dc:creator>Anna Rossi, Ugo Verdi</dc:creator>
</item>
<item><title>Of wasps</title><link>https://journal.org/1</link>
<description><![CDATA[<p>Short &amp; sweet</p>]]></description>
<category>insects</category></item>
</channel></rss>
"""

OAI = """<OAI-PMH xmlns="http://www.openarchives.org/OAI/2.0/">
<ListRecords>
<record><header><identifier>oai:arXiv.org:0704.0001</identifier></header>
<metadata><arXiv xmlns="http://arxiv.org/OAI/arXiv/"><id>0704.0001</id><created>2007-04-02</created>
<authors><author><keyname>Rossi</keyname><forenames>A. B.</forenames></author></authors>
<title>Counting bees</title><categories>hep-ph</categories><abstract>We count.</abstract>
</arXiv></metadata></record>
<record><header status="deleted"><identifier>oai:x:0</identifier></header></record>
<record><header><identifier>oai:x:1</identifier></header><metadata>
<oai_dc:dc xmlns:oai_dc="http://www.openarchives.org/OAI/2.0/oai_dc/"
 xmlns:dc="http://purl.org/dc/elements/1.1/">
<dc:title>Of wasps</dc:title><dc:creator>Verdi, Ugo</dc:creator><dc:description>They sting.</dc:description>
<dc:date>2001-05</dc:date><dc:identifier>https://doi.org/10.1000/q</dc:identifier>
</oai_dc:dc></metadata></record>
</ListRecords>
</OAI-PMH>
"""


def read(text: str) -> list[Item]:
    return list(feeds.read(Dump.from_text(text)))


def facts(item: Item) -> dict[str, Any]:
    assert isinstance(item, Entry)
    return by_name(normalise(item)[0])


def lines_of(items: list[Item]) -> list[int]:
    return [n for i in items if not isinstance(i, About) for n in range(i.lines[0], i.lines[1] + 1)]


def test_atom_of_arxiv() -> None:
    about, head, entry, fault, foot = read(ATOM)
    assert about == About({"feed": "arXiv Query: all:bees"})
    assert isinstance(head, Skip) and isinstance(foot, Skip)
    found = facts(entry)
    assert found["title"] == "Counting bees & wasps" and found["abstract"] == "We count."
    assert (
        found["authors"] == ["Anna Rossi", "Ugo Verdi"]
        and found["year"] == 2021
        and found["venue"] == "Apis 3"
    )
    assert found["arxiv_id"] == "2101.00001" and found["doi"] == "10.1000/abc"
    assert found["url"] == "http://arxiv.org/abs/2101.00001v2"
    assert found["extra"]["arxiv_version"] == "2" and found["extra"]["categories"] == "cs.LG stat.ML"
    assert isinstance(entry, Entry) and entry.lines == (5, 18)
    assert isinstance(fault, Fault) and "bad id format" in fault.message


def test_rss_of_arxiv_and_of_a_journal() -> None:
    _, first, second, _ = read(RSS)
    found = facts(first)
    assert found["abstract"] == "We count." and found["extra"]["announce_type"] == "new"
    assert found["authors"] == ["Anna Rossi", "Ugo Verdi"] and found["year"] == 2024
    assert found["arxiv_id"] == "2403.00001"
    found = facts(second)
    assert found["abstract"] == "Short & sweet" and found["keywords"] == ["insects"]
    assert found["url"] == "https://journal.org/1"


def test_oai_pmh() -> None:
    _, first, deleted, last, _ = read(OAI)
    found = facts(first)
    assert found["authors"] == ["A. B. Rossi"] and found["year"] == 2007 and found["arxiv_id"] == "0704.0001"
    assert isinstance(deleted, Skip) and deleted.lines == (8, 8)
    found = facts(last)
    assert found["authors"] == ["Ugo Verdi"] and found["doi"] == "10.1000/q" and found["year"] == 2001


@pytest.mark.parametrize("text", [ATOM, RSS, OAI, "\n\n" + ATOM.split("\n", 1)[1], ATOM.replace("\n", "")])
def test_every_line_belongs_to_one_item(text: str) -> None:
    numbered = [n for n, line in enumerate(text.split("\n"), 1) if line.strip()]
    seen = lines_of(read(text))
    assert sorted(set(seen) & set(numbered)) == numbered
    if len(numbered) > 1:
        assert len([n for n in seen if n in numbered]) == len(numbered)


def test_a_feed_that_was_cut_keeps_what_came_before() -> None:
    items = read(RSS[: RSS.index("Of wasps") + 4])
    assert [i.fields["title"] for i in items if isinstance(i, Entry)][:1] == ["Counting bees"]
    assert any(isinstance(i, Fault) and "cut off" in i.message for i in items)


def test_an_empty_feed_says_so() -> None:
    (fault,) = [i for i in read('<feed xmlns="http://www.w3.org/2005/Atom"></feed>') if isinstance(i, Fault)]
    assert "no entries" in fault.message


def test_entities_are_not_expanded_from_outside() -> None:
    evil = ATOM.replace("<feed", '<!DOCTYPE feed [<!ENTITY x SYSTEM "file:///etc/passwd">]>\n<feed', 1)
    entry = next(i for i in read(evil.replace("We count.", "We &x; count.")) if isinstance(i, Entry))
    assert "root:" not in str(entry.fields)


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        (ATOM, "Atom of arXiv"),
        (RSS, "RSS of arXiv"),
        (OAI, "OAI-PMH of arXiv"),
        ("<!-- a --><rss><channel/></rss>", "RSS"),
    ],
)
def test_sniff(text: str, kind: str) -> None:
    sniff = feeds.sniff(Dump.from_text(text))
    assert sniff and sniff.score > 0.9 and kind in sniff.why


@pytest.mark.parametrize(
    "text", ["<html><body></body></html>", "<PubmedArticleSet/>", "<records><record/></records>", "x <feed>"]
)
def test_other_xml_is_not_ours(text: str) -> None:
    assert feeds.sniff(Dump.from_text(text)) is None


@settings(max_examples=100, deadline=None)
@given(st.sampled_from([ATOM, RSS, OAI]), st.data())
def test_no_damage_is_too_bad(text: str, data: st.DataObject) -> None:
    cut = data.draw(st.integers(0, len(text)))
    stop = data.draw(st.integers(cut, min(len(text), cut + 30)))
    damaged = (
        text[:cut]
        + data.draw(st.sampled_from(["", "<", ">", "&", "\x00", "</entry>", "<item>"]))
        + text[stop:]
    )
    numbered = [n for n, line in enumerate(damaged.split("\n"), 1) if line.strip()]
    items = read(damaged)
    assert sorted(set(lines_of(items)) & set(numbered)) == numbered
    for item in items:
        if isinstance(item, Entry):
            normalise(item)
