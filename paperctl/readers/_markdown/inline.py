"""A line of Markdown with its inline HTML written as Markdown, and its links distinguished from labels."""

from __future__ import annotations

import html
import re
from urllib.parse import unquote

from paperctl.readers._text import MARKDOWN_IMAGE, MARKDOWN_LINK
from paperctl.text.references import joined_halves

_PAPER_LABEL = re.compile(
    r"(?:full |original |the )?(?:papers?|pdf|arxiv|abs(?:tract)?|openreview|doi|acl|ieee|acm|springer|nature"
    r"|publication|preprint|manuscript|paper ?link|论文)\b.*|论文.*",
    re.IGNORECASE,
)
_CODE_LABEL = re.compile(
    r"(?:official |unofficial )?(?:(?:source )?codes?|github|git|repo(?:sitory)?|implementation|stars?"
    r"|pytorch|tensorflow|jax|keras|paddle|torch)\b.*|代码.*|源码.*",
    re.IGNORECASE,
)
_OTHER_LABEL = re.compile(
    r"(?:links?|url|here|project|home|web|site|website|page|demo|video|slides?|poster|blog|post"
    r"|data(?:sets?)?|models?|hugging ?face|bib(?:tex)?|html|supp(?:lementary|lemental|l)?|talk|cite|citation"
    r"|twitter|news|docs?|colab|weights|checkpoints?|tweet|appendix|review|summary|notes?|list|youtube|online"
    r"|benchmark|api|visited|view|read|download|scholar|semantic scholar|hf|x|youtube|presentation"
    r"|leaderboard|wiki|pub ?med|pmc|medline)"
    r"\b.{0,20}|中文版.*|笔记.*|视频.*|项目.*|解读.*",
    re.IGNORECASE,
)
_ANCHOR = re.compile(
    r"""<a\s[^<>]*?href\s*=\s*["']?([^"'<>\s]+)["']?[^<>]*>((?:(?!</a>).){0,400}?)</a>""",
    re.IGNORECASE | re.S,
)
_PICTURE = re.compile(r"""<img\s[^<>]*?src\s*=\s*["']?([^"'<>\s]+)["']?[^<>]*>""", re.IGNORECASE)
_BREAK = re.compile(r"<br\s*/?>|</(?:p|div|li|td|summary)>", re.IGNORECASE)
_BOLD_TAG = re.compile(r"</?(?:b|strong)>", re.IGNORECASE)
_BOLD_SPAN = re.compile(r"<span\s[^<>]*font-weight:\s*(?:bold|[6-9]00)[^<>]*>([^<>]*)</span>", re.IGNORECASE)
_ITALIC_TAG = re.compile(r"</?(?:i|em|ins|cite|u)>", re.IGNORECASE)
_TAG = re.compile(
    r"</?(?:a|abbr|big|blockquote|center|code|del|details|div|dl|dd|dt|font|h[1-6]|hr|img|kbd|li|ol|p"
    r"|picture|pre|q"
    r"|s|samp|small|source|span|strike|sub|summary|sup|svg|table|tbody|td|th|thead|tr|tt|ul|video|wbr)"
    r"(?:\s[^<>]*)?/?>",
    re.IGNORECASE,
)
"""HTML that GitHub lets through in Markdown; other words in angle brackets are text."""
_BARE_URL = re.compile(r"(?<![\](<\"'=\w])<?(https?://[^\s<>|)\]\"]++)(\]\()?>?")
"""An address, and what says that it ends the words of a link: taken with it rather than refused after it,
as each "http" within a long address would be tried to the same end."""
_BADGE = re.compile(r"img\.shields\.io/badge/([^)\s\">]+?)-[\w%]+(?:\.svg)?(?:\?[^)\s\">]*)?(?=[)\s\">]|$)")
_NEW_LINE = re.compile(r"(?<=[\])*_.])[ \t]*\n\s*|\n\s*(?=[\[*_!(])")


_WIDE_DATE = re.compile(
    r"\s*（([^（）]{0,60}(?:19|20)\d\d[^（）]{0,200})[）)]|\s*\(([^()（）]{0,60}(?:19|20)\d\d[^()（）]{0,20})）"
)
"""A venue and a year in brackets as wide as Chinese signs."""


_SLANTED_OTHERS = re.compile(r"(?<![*_])[*_]{1,3}(et al\.?)[*_]{1,3}")
_WIKI = re.compile(r"\[\[([^\[\]|]{12,})(?:\|[^\[\]]*)?\]\](?!\()")
"""A title that is the name of another note."""
_FOOTNOTE = re.compile(r"\[\^[^\]\s]{1,60}\](?!:)")
_ADDRESS = re.compile(
    r"(?:https?://|www\.|doi\.org/|(?:doi|arxiv|pmid|pmcid)\s?:)\S.*|10\.\d{4,9}/\S+", re.IGNORECASE
)
"""Words of a link that are an address or an id, and no title."""


def as_markdown(text: str) -> str:
    """Text without comments and pictures, its HTML as Markdown, its bare addresses as links; a line
    break, and the end of a paragraph, is ` · `."""
    text = re.sub(r"(?<=[\w,-])\*\*[ \t]*\n[ \t]*\*\*(?=\w)", " ", text)  # one title over two lines
    text = _NEW_LINE.sub(" · ", re.sub(r"<!--.*?-->", " ", text)).replace("\n", " ")
    if "[" in text:
        text = _WIKI.sub(r"**\1**", _FOOTNOTE.sub("", text))
    text = _without_notes(text)
    if "***" in text:
        text = re.sub(r"\*\*\*(?=\S)(.+?)(?<=\S)\*\*\*", r"**\1**", text)
    if "（" in text or "）" in text:
        text = _WIDE_DATE.sub(lambda m: f" ({m[1] or m[2]})", text)
    if "<" in text:
        text = _PICTURE.sub(r"![](\1)", text)
        text = _ANCHOR.sub(r"[\2](\1)", text)
        text = _BREAK.sub(" · ", _BOLD_SPAN.sub(r"**\1**", text))
        text = _ITALIC_TAG.sub("*", _BOLD_TAG.sub("**", text))
    text = MARKDOWN_IMAGE.sub(_picture, _SLANTED_OTHERS.sub(r"\1", text))
    text = _TAG.sub("", text) if "<" in text else text
    text = _BARE_URL.sub(_linked, text) if "://" in text else text
    return html.unescape(joined_halves(text)) if "&" in text else text


def _linked(found: re.Match[str]) -> str:
    """A bare address as a link; what ends the words of a link as it is."""
    return found[0] if found[2] else f"[link]({found[1]})"


def _without_notes(text: str) -> str:
    """A text without the stars of footnotes that stand within bold words: "***\\*Ann Roe\\****"."""
    return re.sub(r"(?<=\*)\\\*|\\\*(?=\*)", "", text) if "\\*" in text else text


def _picture(found: re.Match[str]) -> str:
    """Nothing for a picture; a paper that is linked to as if it were one is a link."""
    link = found[0][1:]
    paper = re.fullmatch(r"\[[^\[\]]{12,}\]\((\S+)\)", link)
    return link if paper and re.match(_NO_PICTURE, paper[1]) else " "


_NO_PICTURE = r"https?://(?:\w+\.)?(?:arxiv\.org|openreview\.net|doi\.org|aclanthology\.org)/(?!.*\.(?:png|jpe?g|svg|gif)$)"


def badges(text: str) -> list[str]:
    """The words on the badges of a text: "Conference-ICLR'22" is "Conference ICLR'22"."""
    return [unquote(found).replace("--", "-").replace("_", " ") for found in _BADGE.findall(text)]


def unescaped(text: str) -> str:
    """Markdown's backslash escapes and HTML entities as the signs they stand for."""
    return html.unescape(joined_halves(re.sub(r"\\([\\`*_{}\[\]()#+\-.!~|$<>])", r"\1", text)))


def plain(text: str) -> str:
    """Markdown without its marks."""
    text = MARKDOWN_LINK.sub(lambda m: m[1], _without_notes(text))
    return unescaped(
        _TAG.sub("", re.sub(r"\*\*|__|`|<!--.*?-->|</?(?:b|i|em|strong|ins|u)>|<br\s*/?>", "", text))
    ).strip()


def _bare(words: str) -> str:
    """Words without marks, brackets and emoji around them."""
    return re.sub(r"^[\W_]+|(?<![\W_])[\W_]+$", "", words)


_LABEL_WORDS = frozenset(
    [
        "the",
        "a",
        "our",
        "this",
        "full",
        "official",
        "online",
        "original",
        "public",
        "paper",
        "papers",
        "pdf",
        "arxiv",
        "version",
        "code",
        "codes",
        "source",
        "link",
        "links",
        "download",
        "here",
        "website",
        "web",
        "page",
        "project",
        "homepage",
        "github",
        "repo",
        "dataset",
        "data",
        "model",
        "demo",
        "video",
        "slides",
        "poster",
        "blog",
        "post",
        "supplementary",
        "material",
        "materials",
        "appendix",
        "bibtex",
        "html",
        "abs",
        "abstract",
        "and",
        "&",
        "on",
        "to",
        "read",
        "more",
    ]
)
"""Words of which labels alone are made: "Online Paper Download Link"."""


def is_label(words: str) -> bool:
    """Whether a link's words say what is behind it ("PDF", a picture), not what it is called."""
    bare = _bare(words)
    if bare and _LABEL_WORDS.issuperset(bare.lower().split()):
        return True
    if _ADDRESS.fullmatch(words.strip(" <>[]")):
        return True
    label_words = bare.split()
    if len(label_words) > 3 or not any(p.fullmatch(bare) for p in (_PAPER_LABEL, _CODE_LABEL, _OTHER_LABEL)):
        return not bare
    more = (word for word in label_words[1:] if word[0].isupper() and word.lower() not in _LABEL_WORDS)
    return next(more, None) is None  # "Model Soups" is a title


def says_paper(words: str) -> bool:
    return bool(_PAPER_LABEL.fullmatch(_bare(words)))


def says_code_label(words: str) -> bool:
    return bool(_CODE_LABEL.fullmatch(_bare(words)))
