"""Hugging Face pages: each way people copy them gives the same papers, whole."""

# ruff: noqa: E501  samples keep the long lines of real dumps

from __future__ import annotations

import pytest

from paperctl.dumps.dump import Dump
from paperctl.normalise import normalise
from paperctl.readers import hf_pages
from paperctl.record.items import About, Entry, Skip

CARDS = [
    (
        "Sparse Gates: Routing Tokens Without a Router",
        "Routers in mixtures of experts are hard to train. We remove the router and let each token pick its"
        " expert by a hash of its own features, which costs nothing. On three benchmarks quality stays the"
        " same while training is 1.4 times faster. Code: https://github.com/example/gates.",
    ),
    (
        "why small models forget",
        "Small models forget what they have learned sooner than large ones. We measure how soon, and find"
        " that the rate follows a power law in the number of parameters.",
    ),
    (
        "Are Larger Batches All You Need?",
        "Batch size and learning rate are usually tuned together. This paper asks what remains of their"
        " interaction once the number of updates is fixed, and answers with 2,000 training runs.",
    ),
    (
        "Quantized Adapters at the Edge",
        "Adapters make one frozen network serve many tasks, but the network itself does not fit on small"
        " devices. We train adapters on top of a network in 3 bits and lose less than one point.",
    ),
]
HEAD = [
    "new",
    "Get trending papers in your email inbox!",
    "Subscribe",
    "byAK and the research community",
    "Mar 14",
]


def entries(text: str) -> list[Entry]:
    return [item for item in hf_pages.read(Dump.from_text(text)) if isinstance(item, Entry)]


def papers(text: str) -> list[tuple[str, str | None]]:
    return [(entry.fields["title"], entry.fields.get("abstract")) for entry in entries(text)]


def test_page_with_blank_lines() -> None:
    text = "\n\n".join([*HEAD, *(part for card in CARDS for part in card)])
    items = list(hf_pages.read(Dump.from_text(text)))
    assert [i.data for i in items if isinstance(i, About)] == [{"copied": "Mar 14"}]
    assert papers(text) == CARDS
    assert next(i.lines for i in items if isinstance(i, Entry)) == (11, 13)
    assert not any("date" in entry.extra or "year" in entry.fields for entry in entries(text))


def test_compact_page_with_subscribe_glued_to_the_first_title() -> None:
    lines = [part for card in CARDS for part in card]
    text = "\n".join(
        ["Get trending papers in your email inbox once a day!", "Subscribe" + lines[0], *lines[1:]]
    )
    assert papers(text) == CARDS


def test_missing_abstract_costs_only_its_own_card() -> None:
    text = "\n".join([*HEAD, *CARDS[0], CARDS[1][0], *CARDS[2], *CARDS[3]])
    assert papers(text) == [CARDS[0], (CARDS[1][0], None), CARDS[2], CARDS[3]]


def test_abstract_in_two_paragraphs_stays_one() -> None:
    title, abstract = CARDS[0]
    first, second = abstract.split(". ", 1)
    text = "\n\n".join([*HEAD, title, f"{first}.", second, *CARDS[1], *CARDS[2]])
    assert papers(text)[:2] == [CARDS[0], CARDS[1]]


def test_cut_abstracts_are_shorter_than_titles_can_be() -> None:
    cut = [(title, abstract[:80].rsplit(" ", 1)[0] + "…") for title, abstract in CARDS]
    assert papers("\n".join([*HEAD, *(part for card in cut for part in card)])) == cut


def test_doubled_cards_are_one_paper_each() -> None:
    text = "\n".join([*HEAD, *(part for card in CARDS for part in (*card, *card))])
    assert papers(text) == CARDS
    reasons = {item.reason for item in hf_pages.read(Dump.from_text(text)) if isinstance(item, Skip)}
    assert "the same card again" in reasons


def test_page_of_titles_alone() -> None:
    titles = ["Gated Memory Networks Revisited", "A Survey of Sparse Training", "Faster Decoding With Drafts"]
    lines = ["Daily Papers", "byAK and the research community", "Daily", "Weekly", "Monthly"]
    for n, title in enumerate(titles):
        lines += ["Submitted by", f"user{n}", str(10 + n), title, f"· {n + 2} authors", "3"]
    assert papers("\n".join(lines)) == [(title, None) for title in titles]


def test_votes_names_and_dates_of_cards_are_no_papers() -> None:
    lines = ["Daily Papers", "Oct 2"]
    for n, (title, abstract) in enumerate(CARDS):
        lines += [str(n * 7), title, abstract, "Example University of Nowhere", "·", "Mar 8, 2024", "6"]
    text = "\n".join(lines)
    assert papers(text) == CARDS
    assert {entry.extra["date"] for entry in entries(text)} == {"Mar 8, 2024"}


@pytest.mark.parametrize("end", ["et al.", "and 9 others", "+ 9 more"])
def test_first_authors_below_a_title_are_its_authors_and_no_paper(end: str) -> None:
    lines = [*HEAD]
    for title, abstract in CARDS:
        lines += ["12", title, f"Ann Bee, C. D. Cruz {end}", "·12 authors", abstract, "Mar 8"]
    text = "\n".join(lines)
    assert papers(text) == CARDS
    found, _ = normalise(entries(text)[0])
    assert found["authors"] == ["Ann Bee", "C. D. Cruz"] and found["extra"]["authors_incomplete"] is True


def markdown(title: str, abstract: str, n: int) -> str:
    url = f"https://huggingface.co/papers/2401.0000{n}"
    return (
        f"[{n}](https://huggingface.co/login?next=%2Fpapers%2F2401.0000{n})\n\n### [{title}]({url})\n\n"
        f"[{abstract}]({url})\n\n[![x](https://cdn/x.png)Lab](https://huggingface.co/lab)\n\n·\n\nMay 2{n}[6]({url}#c)"
    )


def own_line(title: str, abstract: str, n: int) -> str:
    url = f"https://huggingface.co/papers/2401.0000{n}"
    return (
        f" [-] {n}\n\nhttps://huggingface.co/login?next=%2Fpapers%2F2401.0000{n}\n\n{title}\n\n{url}\n\n{abstract}"
        f"\n\n{url}\n\n[\n\n3 authors]({url})\n\n·\n\nMay 2{n}"
    )


def link_only(title: str, abstract: str, n: int) -> str:
    return f"[{title}](https://huggingface.co/papers/2401.0000{n})\n{abstract}"


@pytest.mark.parametrize("card", [markdown, own_line, link_only])
def test_captures_with_links_give_arxiv_ids(card) -> None:  # type: ignore[no-untyped-def]
    text = "\n\n".join([*HEAD, *(card(*pair, n) for n, pair in enumerate(CARDS))])
    assert papers(text) == CARDS
    assert [entry.fields["arxiv_id"] for entry in entries(text)] == [
        f"2401.0000{n}" for n in range(len(CARDS))
    ]


def test_reader_view_with_numbered_links_and_wrapped_abstracts() -> None:
    text = """# Web source

- URL: https://huggingface.co/papers?q=adapters

```text
[Subscribe][29]

# Daily Papers

## by[AK][30] and the research community
* Daily

Jun 29
[
-
][31]

### [Quantized Adapters at the Edge][32]

[

Adapters make one frozen network serve many tasks, but the network itself does not fit on
small devices. We train adapters on top of a network in 3 bits and lose less than one
point.

][33]
[
* 3 authors
][34]
·
May 30

  [32]: https://huggingface.co/papers/2401.00003
```
"""
    assert papers(text) == [CARDS[3]]
    (entry,) = entries(text)
    assert (entry.extra["date"], entry.key) == ("May 30", "2401.00003")
    assert next(hf_pages.read(Dump.from_text(text))) == About(
        {"url": "https://huggingface.co/papers?q=adapters", "copied": "Jun 29"}
    )


def test_headings_with_code_links_and_wrapped_titles() -> None:
    text = """Get trending papers in your email inbox!

## Trending Papers

### Sparse Gates: Routing Tokens Without
  a Router

Routers are hard to train, so we let each token pick its expert by a hash of its features.
- 8 authors
[LINK: GitHub 11.3k](https://github.com/example/gates)
"""
    (entry,) = entries(text)
    assert entry.fields["title"] == "Sparse Gates: Routing Tokens Without a Router"
    assert entry.fields["code_urls"] == ["https://github.com/example/gates"]


def test_links_and_brackets_within_an_abstract_are_its_own() -> None:
    abstract = "We follow [1][2] and measure 200[mm](length) on all of them. See [the page](https://a.example/b) for it."
    assert papers("\n".join([*HEAD, "A Title of Some Words", abstract])) == [
        ("A Title of Some Words", abstract)
    ]


def test_sniff_knows_pages_by_their_chrome_and_bare_pastes_by_their_rhythm() -> None:
    page = hf_pages.sniff(Dump.from_text("\n".join([*HEAD, *CARDS[0]])))
    bare = hf_pages.sniff(Dump.from_text("\n".join(part for card in CARDS for part in card)))
    assert page and page.score > 0.95
    assert bare and 0.6 < bare.score < 0.9
    essay = "\n\n".join(abstract for _, abstract in CARDS)
    assert hf_pages.sniff(Dump.from_text(essay)) is None
