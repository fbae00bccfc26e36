"""Tags and entities in values that should be text: HTML, JATS and MathML."""

from __future__ import annotations

import html
import re
from html.entities import html5

from paperctl.normalise.repairs import note
from paperctl.record.items import Markup
from paperctl.text.references import joined_halves

_ENTITY = re.compile(r"&(?:#[0-9]{1,7}|#[xX][0-9a-fA-F]{1,6}|[A-Za-z][A-Za-z0-9]{1,31});")
_ATTRIBUTES = r"""(?:\s+[\w:.-]+\s*=\s*(?:"[^"<]*"|'[^'<]*'|[^\s"'<>]+))*"""
_INLINE = (
    "i|b|u|em|strong|sub|sup|scp?|tt|small|big|span|font|a|code|inf|italic|bold|underline|monospace|roman"
)
_BLOCK = (
    "p|br|hr|div|table|tbody|tr|td|th|dl|dt|dd|section|article|pre|li|ul|ol|title|sec|label|list(?:-item)?"
    "|abstract|blockquote|h[1-6]|disp-formula"
)
_KNOWN_TAG = re.compile(
    rf"</?(?:(?P<block>(?:jats:)?(?:{_BLOCK}))|(?:jats:)?(?:{_INLINE})|(?:jats|mml|m):[\w-]+|math|m(?:i|n|o|row|sub|sup"
    rf"|text|frac|sqrt|over|under|subsup|style|stack)|inline-formula|inline-graphic|ext-link|xref|fixed-case"
    rf"|alternatives){_ATTRIBUTES}\s*/?>",
    re.IGNORECASE,
)
_UNSEEN = re.compile(r"<!--|<(script|style|(?:jats:)?tex-math)\b[^<>]*>", re.IGNORECASE)
_JATS_HEADING = re.compile(r"<((?:jats:)?title)>\s*(?:abstract|summary)\.?\s*</\1>", re.IGNORECASE)


def without_markup(text: str, markup: Markup, name: str, repairs: list[str]) -> str:
    if "<" in text:
        before = text
        text = _without_unseen(text) if markup == "html" or "tex-math" in text else text
        text = _JATS_HEADING.sub(" ", text) if "title>" in text else text
        text = text.replace("<![CDATA[", "").replace("]]>", "") if "<![CDATA[" in text else text
        text = _KNOWN_TAG.sub(lambda m: " " if m["block"] else "", text)
        if text != before:
            note(repairs, f"markup removed from {name}")
    if "&" in text:
        before = text
        text = _ENTITY.sub(_entity, joined_halves(text))
        if text != before:
            note(repairs, f"entities decoded in {name}")
    return text


def _without_unseen(text: str) -> str:
    """Text without comments, scripts, styles and the TeX twins of formulas."""
    kept, at = [], 0
    while found := _UNSEEN.search(text, at):
        closing = "-->" if found[0] == "<!--" else f"</{found[1]}>"
        end = text.find(closing, found.end())
        if end < 0:
            break
        kept.append(text[at : found.start()])
        at = end + len(closing)
    return " ".join([*kept, text[at:]])


def _entity(match: re.Match[str]) -> str:
    found = match[0]
    return html.unescape(found) if found[1] == "#" or found[1:] in html5 else found
