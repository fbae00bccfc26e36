"""Papers that are headings of a Markdown document, with their particulars below."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence

from paperctl.readers._markdown.around import Around, parts_around
from paperctl.readers._markdown.blocks import DETAIL, Block
from paperctl.readers._markdown.inline import as_markdown, is_label, plain
from paperctl.readers._markdown.mention import Mention, mend_arxiv_year, mention
from paperctl.readers._markdown.notes import FIELDS
from paperctl.readers._markdown.places import place_in
from paperctl.readers._text import MARKDOWN_LINK, people, prose
from paperctl.readers._values import stated
from paperctl.record.items import Entry, Raw, by_fact
from paperctl.text.fold import fold

_LONG_BODY = 60
"""A heading with more blocks below it heads a part of the document, not a paper."""


def headed_papers(blocks: Sequence[Block]) -> list[Entry]:
    """Papers that are headings with their particulars below; only where most headings of a level are."""
    counted: Counter[int] = Counter()
    found: list[tuple[int, Entry]] = []
    for at, block in enumerate(blocks):
        if block.kind == "heading":
            counted[block.level] += 1
            if entry := _headed(block, blocks[at + 1 : _end(blocks, at)]):
                found.append((block.level, entry))
    levels = Counter(level for level, _ in found)
    return [e for level, e in found if levels[level] >= 2 and 2 * levels[level] > counted[level]]


def _end(blocks: Sequence[Block], at: int) -> int:
    """Where what a heading heads ends."""
    level = blocks[at].level
    after = (
        k for k in range(at + 1, len(blocks)) if blocks[k].kind == "heading" and blocks[k].level <= level
    )
    return next(after, len(blocks))


def _headed(heading: Block, body: Sequence[Block]) -> Entry | None:
    if not _tells_of_one(body):
        return None
    words = re.sub(r"^\W*\d{1,4}[.):]?\s+", "", heading.text)
    found = mention(f"**{words}**" if "**" not in words else words)
    if not found or _lists_others(body, found) or not (body or found.sure):
        return None
    labelled, abstract = _labelled(body)
    below = _people_below(body)
    proven = found.sure or bool(labelled.keys() & _PROOF or below)
    if abstract:
        labelled.setdefault("abstract", abstract)
    add_labelled(found, labelled.items())
    title, details = _named_below(body)
    _call(found, title)
    found.fields = {**below, **found.fields}
    linked = mention(
        f"**{title or plain(words)}** " + " · ".join([*details, *filter(None, map(_unlabelled, body))])
    )
    if linked:
        linked.fields.pop("abstract", None)
        found.fields = {**linked.fields, **found.fields}
        mend_arxiv_year(found.fields)
        proven = proven or (linked.sure and bool(linked.fields.keys() & {"url", "arxiv_id", "doi"}))
    lines = heading.first, [heading, *body][-1].last
    return Entry(found.fields, lines, extra=found.extra) if proven else None


def _people_below(body: Sequence[Block]) -> Raw:
    """What the first line below a heading says, if that is people and when or where they published."""
    line = body[0].parts[0] if body and body[0].kind in {"text", "item"} else ""
    around = parts_around(re.sub(r"\*\*|__", "", line), first=True) if len(line) < 400 else Around()
    if not around.authors or not (around.year or around.venue) or around.description:
        return {}
    return stated(authors=around.authors, year=around.year, venue=around.venue)


def _call(found: Mention, title: str) -> None:
    """Gives a paper the title that stands below it, if one does; what the heading called it is a nickname."""
    if title and fold(title) != fold(found.fields["title"]):
        found.extra.setdefault("label", found.fields["title"])
    found.fields["title"] = title or found.fields["title"]


def _tells_of_one(body: Sequence[Block]) -> bool:
    """Whether what stands below a heading may be of one paper: something, not much, and no table."""
    short = len(body) <= _LONG_BODY and not (body and body[0].kind == "heading")
    rows = [block for block in body if block.kind in {"row", "rule", "header"}]
    return short and (not rows or (len(rows) == 1 and rows[0].kind == "row" and not rows[0].header))


def _unlabelled(block: Block) -> str:
    """The lines of a block that have no label."""
    if block.kind == "code":
        return ""
    return " · ".join(
        part for part in block.parts if not (DETAIL.match(plain(part)) or _BOLD_LABEL.match(part))
    )


_BOLD_LABEL = re.compile(r"\W{0,6}\*\*([^*:：]{2,30})(?::|：)?\s?\*\*\s*[:：]?\s*(.*)")
"""A line that begins with any label in bold: "**Record:** arXiv"."""

_TITLE_BELOW = re.compile(r"\W*(?:title|paper)\W*[:：]\W*$", re.IGNORECASE)


def _named_below(body: Sequence[Block]) -> tuple[str, list[str]]:
    """The title that a line "Paper: [Title](…)" gives below a nickname, and the links of all labelled lines,
    each called what its label says."""
    title, details = "", []
    for line in (part for b in body if b.kind in {"text", "item"} for part in b.parts):
        text = as_markdown(line)
        label = re.match(r"\W*(\w[\w ]{0,20})", text)
        for found in MARKDOWN_LINK.finditer(text) if DETAIL.match(plain(line)) else ():
            words, url = found[1], found[2]
            if not title and not is_label(words) and _TITLE_BELOW.match(text[: found.start()]):
                title = plain(words) if len(words.split()) > 2 else ""
            details.append(
                f"[{words if is_label(words) and words != 'link' else label[1] if label else 'link'}]({url})"
            )
    return title, details


def _lists_others(body: Sequence[Block], found: Mention) -> bool:
    """Whether below a heading stands a list of papers, or one of a title of its own."""
    items = [m for _, m in _sure(body, "item")]
    texts = _sure(body, "text")
    cited = [m for text, m in texts if _CITED.match(text)]
    own = [m for text, m in texts if re.match(r"[^\w*]{0,6}\*\*[^*]+", text) and _another(m, found)]
    bold = [m for m in own if m.mark == "bold"]
    if len(bold) > 1 or (own and all(m.fields.get("authors") for m in own)):
        return True
    return len(items) > 1 or any(_another(item, found) for item in (*items, *cited))


def _sure(body: Sequence[Block], kind: str) -> list[tuple[str, Mention]]:
    """The blocks of a kind that are papers for sure."""
    return [(b.text, m) for b in body if b.kind == kind and (m := mention(b.text)) and m.sure]


_CITED = re.compile(r"\W{0,4}\d{1,4}[\].)]")
"""How a paragraph begins that is a paper of a numbered list."""


def _another(item: Mention, found: Mention) -> bool:
    """Whether an item below a heading is a paper of its own, by a title of its own."""
    return item.mark != "plain" and fold(item.fields["title"]) not in fold(found.fields["title"])


_PROOF = {"author", "authors", "abstract", "doi", "arxiv", "paper"}


def add_labelled(found: Mention, labelled: Iterable[tuple[str, str]]) -> None:
    """What lines with labels say of a paper."""
    for name, value in labelled:
        known = FIELDS.get(name)
        place = None if known else place_in(value)
        if known == "venue" and (at := place_in(value)) and at[0]:
            found.fields["venue"] = found.fields.get("venue") or at[0]
            found.fields["year"] = found.fields.get("year") or at[1]
        elif known:
            by_fact(found.fields).setdefault(known, people(value) if known == "authors" else value)
        elif place and (place[0] or set(name.split()) & {"time", "date", "submission", "release"}):
            found.fields.setdefault("venue", place[0])
            found.fields["year"] = found.fields.get("year") or place[1]
        elif name in {"summary", "tldr", "tl dr"}:
            found.fields.setdefault("abstract", value)
        else:
            found.extra.setdefault(name.replace(" ", "_"), value)


def _labelled(body: Sequence[Block]) -> tuple[dict[str, str], str]:
    """The labelled lines below a heading, and its longest prose."""
    labelled: dict[str, str] = {}
    abstract = ""
    for block in body:
        if block.kind not in {"text", "item"}:
            continue
        for line in block.text.split("\n"):
            bare = plain(line.lstrip("> "))
            label = re.match(r"([A-Za-z][A-Za-z ;]{1,20}?)\s*[:：]\s+(.+)", bare)
            if label and (DETAIL.match(bare) or (_BOLD_LABEL.match(line) and ":" in line)):
                labelled.setdefault(fold(label[1]), label[2].strip())
        whole = plain(" ".join(part.lstrip("> ") for part in block.text.split("\n")))
        is_prose = block.kind == "text" and not DETAIL.match(whole) and prose(whole) > 4
        if is_prose and len(whole) > len(abstract):
            abstract = whole
    return labelled, abstract
