"""A paper as people write it into lists: title, links, authors, venue and year in a line or two.

Lists differ in their order and marks ("**Title.** CVPR 2024. [[Paper](...)]", "[Title](...),
*Authors*", "Title. Authors. [pdf]"), so each part is found by its own mark, wherever it stands.
"""

from __future__ import annotations

import html
import re
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import unquote

from paperctl.readers._text import CODE_LINK, MARKDOWN_IMAGE, MARKDOWN_LINK, Link, arxiv_id
from paperctl.text.fold import fold
from paperctl.text.references import joined_halves

_PAPER_HOST = re.compile(
    r"arxiv\.org|openreview\.net|doi\.org|aclanthology|aclweb|thecvf|neurips\.cc|nips\.cc|mlr\.press|jmlr\.org"
    r"|ieeexplore|computer\.org|dl\.acm\.org|springer|sciencedirect|elsevier|wiley|nature\.com|science\.org|aaai\.org"
    r"|semanticscholar|biorxiv|medrxiv|ecva\.net|isca-speech|isca-archive|ssrn|huggingface\.co/papers|hal\.science"
    r"|plos|mdpi|frontiersin|tandfonline|sagepub|pubmed|ncbi\.nlm|alphaxiv|ijcai\.org|usenix|roboticsproceedings"
    r"|\.pdf(?:$|[?#])",
    re.IGNORECASE,
)
_PAPER_LABEL = re.compile(
    r"(?:full |original |the )?(?:papers?|pdf|arxiv|abs(?:tract)?|openreview|doi|acl"
    r"|publication|preprint|论文)\b.*",
    re.IGNORECASE,
)
_CODE_LABEL = re.compile(
    r"(?:official |unofficial )?(?:codes?|github|repo(?:sitory)?|implementation|代码)\b.*", re.IGNORECASE
)
_OTHER_LABEL = re.compile(
    r"(?:links?|url|here|project|home|web|site|website|page|demo|video|slides?|poster|blog|post"
    r"|data(?:sets?)?|models?|hugging ?face|bibtex|html|supp(?:lementary)?|talk|cite|twitter|news|docs?"
    r"|pytorch|tensorflow|jax|colab|weights|checkpoints?|tweet|appendix|review|summary|list|中文版)\b.{0,20}",
    re.IGNORECASE,
)
_BADGE = re.compile(r"img\.shields\.io/badge/([^)\s]+?)-[\w%]+(?:\.svg)?(?:\?[^)\s]*)?\)")
_BOLD = re.compile(r"\*\*(.+?)\*\*|__(.+?)__")
_QUOTED = re.compile(r"[\"“]([^\"“”]{12,}?)[\"”]")
_ITALIC = re.compile(r"(?<![*\w\\])\*(?!\*)([^*]+?)\*(?![*\w])|(?<![_\w\\])_(?!_)([^_]+?)_(?![_\w])")
_YEAR = r"((?:19|20)\d\d)"
_VENUE = re.compile(
    rf"\b((?:[A-Z][\w&/-]*|arxiv|arXiv)(?: (?:[A-Z][\w&/-]*|of|on|in)){{0,4}}?)[ ,.]*"
    rf"(?:{_YEAR}|[’'`](\d\d)|(?<=[A-Zv] )(\d\d))\b"
)
_DATED = re.compile(rf"\W*{_YEAR}[-./](\d{{1,2}})(?:[-./]\d{{1,2}})?\W+|\W*{_YEAR}\W+")
_PLACED = re.compile(
    rf"\W*\(\W*([A-Z][\w &'’-]*\d\d)\W*\)\W*(?=\w)|\W*\[([A-Z][\w &'’-]*{_YEAR})\](?!\()\W*(?=\w)"
)
"""The meeting in front of the title: "(CVPR 2023) Title"."""
_ARXIV_TEXT = re.compile(r"arXiv[:\s]+(?:arXiv[:\s]+)?(\d{4}\.\d{4,5})", re.IGNORECASE)
_DOI = re.compile(r"doi\.org/(10\.\d{4,9}/[^\s)\]}>\"]+)", re.IGNORECASE)
_TITLE_END = re.compile(
    r"\x00|\[\[|\s[|·•]\s|\s\((?=[^()]*\d{4}\))|[.?!]\s+(?=[^a-z\s])|\s[-–—]\s|\[\s|,\s[A-Z][\w-]+ et al|$"
)
_CHECKBOX = re.compile(r"\[([ xX])\]\s+")
LONGEST = 20_000
"""Characters of a list item that are looked at."""


@dataclass(slots=True)
class Mention:
    """What a line says of a paper; `sure` when a link to it, its arXiv id or its venue proves it one."""

    fields: dict[str, Any]
    extra: dict[str, Any] = field(default_factory=dict)
    sure: bool = False


def mention(text: str, ours: bool = False) -> Mention | None:
    """The paper that a list item speaks of; None where nothing reads like a title.

    `text` is Markdown, its lines joined; `ours` says that paperctl wrote it, so that even one
    word is a title and parts stand between dots.
    """
    text = text[:LONGEST]
    badges = [unquote(b).replace("--", "-").replace("_", " ") for b in _BADGE.findall(text)]
    text = re.sub(
        r"<br\s*/?>", " · ", MARKDOWN_IMAGE.sub(" ", re.sub(r"<!--.*?-->", " ", text)), flags=re.IGNORECASE
    )
    text = re.sub(r"</?[a-zA-Z][^<>]*>", "", text)
    text = _CHECKBOX.sub("", text.strip(), count=1)
    placed = _PLACED.match(text)
    if placed:
        text = f"{text[placed.end() :]} · {placed[1] or placed[2]}"
    dated = _DATED.match(text)
    found = [Link(words, url) for words, url in MARKDOWN_LINK.findall(text)]
    title, rest = _title(text[dated.end() :] if dated else text, ours)
    if not title:
        return None
    labels = [link for link in found if _is_label(link.text)]
    named = [link for link in found if not _is_label(link.text) and fold(unescaped(link.text)) in fold(title)]
    papers = [k.url for k in (*named, *labels) if _PAPER_HOST.search(k.url)]
    papers += [k.url for k in labels if _PAPER_LABEL.fullmatch(_bare(k.text)) and k.url[:4] == "http"]
    fields: dict[str, Any] = {"title": title}
    urls = list(dict.fromkeys(papers)) or [
        k.url for k in named if k.url[:4] == "http" and not CODE_LINK.match(k.url)
    ]
    if urls:
        fields["url"] = urls[0]
    identified = next((i for u in urls if (i := arxiv_id(u))), None) or next(
        iter(_ARXIV_TEXT.findall(rest)), None
    )
    if identified:
        fields["arxiv_id"] = identified
    if doi := next(iter(_DOI.findall(" ".join(urls))), None):
        fields["doi"] = doi
    code = [k.url for k in labels if _CODE_LABEL.fullmatch(_bare(k.text)) or CODE_LINK.match(k.url)]
    code = [url for url in code if not url.endswith(".pdf")]
    code += [k.url for k in named if CODE_LINK.match(k.url)]
    if any(u[:4] == "http" for u in code):
        fields["code_urls"] = list(dict.fromkeys(u for u in code if u[:4] == "http"))
    plain = unescaped(MARKDOWN_LINK.sub(lambda m: " " if _is_label(m[1]) else m[1], rest))
    _add_venue(fields, plain, dated)
    _add_authors(fields, rest, ours)
    extra: dict[str, Any] = {}
    if badges:
        fields["keywords"] = [badge.strip(" -") for badge in badges]
    if nickname := re.match(r"`([^`]+)`", text):
        extra["label"] = nickname[1]
    proven = bool(
        papers or identified or doi or (fields.get("venue") and fields.get("year") and _marked(text))
    )
    return Mention(fields, extra, proven)


def unescaped(text: str) -> str:
    """Markdown's backslash escapes and HTML entities as the signs they stand for."""
    return html.unescape(joined_halves(re.sub(r"\\([\\`*_{}\[\]()#+\-.!~|$<>])", r"\1", text)))


def _bare(words: str) -> str:
    return words.strip(" []*_`:|()").strip()


def _is_label(words: str) -> bool:
    """Whether a link's words say what is behind it ("PDF"), not what it is called."""
    bare = _bare(words)
    return len(bare.split()) <= 3 and any(
        p.fullmatch(bare) for p in (_PAPER_LABEL, _CODE_LABEL, _OTHER_LABEL)
    )


def _marked(text: str) -> bool:
    return bool(_BOLD.search(text) or _QUOTED.search(text))


def _worthy(words: str) -> bool:
    """Whether words are enough for a title and not all digits and marks."""
    return len(re.findall(r"[^\W\d_]{2,}", words)) >= 2 or bool(re.search(r"[^\W\d_]{2,}:?\s+\w", words))


def _title(text: str, ours: bool) -> tuple[str, str]:
    """Title and what stands after it, by the strongest mark: bold, link, quotes, first sentence."""
    words = MARKDOWN_LINK.sub(lambda m: " \x00 " if _is_label(m[1]) else f"\x01{m[1]}\x02", text)
    for pattern in (_BOLD, re.compile("\x01([^\x01\x02]+)\x02"), _QUOTED):
        for match in pattern.finditer(words):
            inner = next(g for g in match.groups() if g)
            if (ours or _worthy(inner)) and not re.fullmatch(
                r"\W*(?:abstract|authors?|code|paper|note)\W*", inner, re.IGNORECASE
            ):
                return _clean(inner), _after(text, words[match.end() :])
    plain = re.sub(r"^\s*`[^`]*`\s*", "", words)
    cut = _TITLE_END.search(plain)
    end = (cut.start() + (plain[cut.start() : cut.start() + 1] in {"?", "!"})) if cut else len(plain)
    title = _clean(plain[:end])
    return (title, _after(text, plain[end:])) if ours or _worthy(title) else ("", "")


def _after(text: str, rest: str) -> str:
    """The end of the text as it was, links and all, from where the title ends."""
    tail = re.sub("[\x00\x01\x02]", "", rest).strip()
    at = text.find(tail[:20]) if tail else -1
    return text[at:] if at >= 0 else rest.replace("\x00", " ").replace("\x01", "").replace("\x02", "")


def _clean(title: str) -> str:
    title = re.sub(r"\*\*|__|~~|`|[\x00-\x02]", "", title)
    title = unescaped(re.sub(r"^[\s*\"“”']+|(?<!\\)[\s*\"“”']+$", "", " ".join(title.split())))
    return re.sub(r"\s*[,.;:]+$", "", title) if not title.endswith("...") else title


def _add_venue(fields: dict[str, Any], rest: str, dated: re.Match[str] | None) -> None:
    found = _VENUE.search(
        _ITALIC.sub(lambda m: m[0] if re.search(r"\d", m[0]) else " ", rest)[:400].replace("*", "")
    )
    if found:
        fields["venue"] = found[1].strip()
        fields["year"] = int(found[2]) if found[2] else 2000 + int(found[3] or found[4])
    elif year := re.search(rf"(?<![\d.:/]){_YEAR}(?![\d.])", rest[:300]):
        fields["year"] = int(year[1])
    if dated and "year" not in fields:
        fields["year"] = int(dated[1] or dated[3])


def _add_authors(fields: dict[str, Any], rest: str, ours: bool) -> None:
    """Authors stand in italics, in a list of paperctl's own between dots."""
    candidates = [m[1] or m[2] for m in _ITALIC.finditer(rest)]
    if ours:
        candidates += re.split(r"(?:^|\s)[·|](?:\s|$)", MARKDOWN_LINK.sub(" ", rest))
    for words in candidates:
        parts = re.split(r",\s*(?:and\s+)?|\s+and\s+|;\s*", unescaped(words))
        names = [name for part in parts if (name := part.strip(" .·|*_"))]
        if names and sum(map(_is_person, names)) >= 0.7 * len(names):
            fields["authors"] = [n for n in names if n.lower() not in {"et al", "others"}]
            return


_PARTICLES = frozenset(
    ("de", "van", "von", "der", "den", "la", "le", "di", "da", "du", "dos", "bin", "el", "al", "y")
)


def _is_person(name: str) -> bool:
    words = [w for w in name.split() if w.lower() not in _PARTICLES]
    return 2 <= len(words) <= 5 and all(w[0].isupper() and not any(c.isdigit() for c in w) for w in words)
