"""DOIs, arXiv ids and links, wherever an entry keeps them, in their bare form."""

from __future__ import annotations

import html
import re
from urllib.parse import unquote

from paperctl.normalise.text import plain_string, string_of
from paperctl.text.patterns import ARXIV, DOI_PREFIX

_DOI = re.compile(DOI_PREFIX + r"[^\s\"'{}\\^|`]+")
_DOI_TAIL = re.compile(
    r"(?<=.)(?:/(?:full|abstract|abs|pdf|epdf|pdfdirect|full-?text|meta|html|bibtex|epub|summary|references)"
    r"|\.pdf|\.full(?:\.pdf)?|\.html?)+$",
    re.IGNORECASE,
)
# A query or a place in a page; the check digit of a DOI made of a SICI may be "#" or "?".
_DOI_QUERY = re.compile(r"(?:\?[\w.%-]+=|&(?:amp;)?[\w.%-]+=|#\w).*$", re.DOTALL)
_BRACKETS = {")": "(", "]": "[", ">": "<"}

_BARE = re.compile(rf"(?:arxiv\s*:\s*)?({ARXIV})(?:v(\d{{1,3}}))?(?![\d.]*\d)", re.IGNORECASE)
_MARKED = re.compile(
    rf"(?:arxiv\.org/[a-z]+/|arxiv[\s:./]{{1,3}}(?:abs/)?|alphaxiv\.org/[a-z]+/|^abs/|huggingface\.co/papers/|hf\.co/papers/)"
    rf"({ARXIV})(?:v(\d{{1,3}}))?(?!\d)",
    re.IGNORECASE,
)
_LINK = re.compile(r"https?://[^\s<>\"{}|\\^`]+", re.IGNORECASE)
_SCHEME = re.compile(r"([a-z][a-z0-9+.-]{1,20}):(?!\d)", re.IGNORECASE)


def find_doi(value: object, *, whole: bool = False) -> str | None:
    """The first DOI in a value, bare and in lower case; `whole` says that the value is a DOI field.

    Suffixes may hold brackets and "<" (as SICI DOIs do), so only unbalanced closers are cut.
    """
    text = value if isinstance(value, str) else string_of(value)
    if "10." not in text and "10%2E" not in text:
        return None
    if "%" in text:
        text = unquote(text, errors="replace")
    if "\\" in text or "&" in text or "$" in text:
        text = _plain_signs(text)
    found = _DOI.search(text.replace("{", "").replace("}", "") if whole else text)
    if not found:
        return None
    doi = plain_string(found[0]).lower()
    if not whole or "://" in text:
        doi = re.split(r"[?#&]", doi, maxsplit=1)[0]
        if "://" not in text:
            doi = doi.split("<")[0]
    doi = _trimmed(bare_doi(doi), ".,;:!?'*/")
    return doi if "/" in doi and not doi.endswith("/") else None


def bare_doi(doi: str) -> str:
    """A DOI without what the address of a page has behind it: "/full", "?via=…", "#abstract"."""
    doi = _DOI_QUERY.sub("", doi)
    prefix, slash, suffix = doi.partition("/")
    return prefix + slash + _DOI_TAIL.sub("", suffix)


def _plain_signs(text: str) -> str:
    r"""A DOI's signs as TeX and XML write them (`\_`, `{$<$}`, `&lt;`) as they are."""
    text = re.sub(r"\\textless(?:\{\}|\b)", "<", re.sub(r"\\textgreater(?:\{\}|\b)", ">", text))
    text = re.sub(r"\{?\\([_&%#])\}?", r"\1", re.sub(r"\{?\$\s*\\?([<>_])\s*\$\}?", r"\1", text))
    return html.unescape(text) if re.search(r"&(?:amp;)*(?:lt|gt|#\d+|#x[0-9a-f]+);", text, re.I) else text


def _trimmed(text: str, tail: str = ".,;:!?'*") -> str:
    """A text without punctuation and unbalanced closing brackets at its end."""
    if len(text) > 4096:
        return text.rstrip(tail + ")]>")
    while text:
        last = text[-1]
        if last in tail or (last in _BRACKETS and text.count(last) > text.count(_BRACKETS[last])):
            text = text[:-1]
        else:
            break
    return text


def find_arxiv(value: object, *, bare: bool = False) -> tuple[str | None, str | None]:
    """The first arXiv id in a value without its version, and the version ("2") if it has one.

    `bare` says that the value is an id field; elsewhere an id must be marked as arXiv's.
    """
    text = value if isinstance(value, str) else string_of(value)
    if not text or len(text) > 20_000:
        return None, None
    if not bare and "rxiv" not in text.lower() and not text.startswith("abs/") and "/papers/" not in text:
        return None, None
    found = _MARKED.search(text) or (_BARE.match(text.strip()) if bare else None)
    if not found:
        return None, None
    number = found[1]
    if "/" in number:
        archive, _, digits = number.partition("/")
        number = f"{archive.partition('.')[0].lower()}/{digits}"
    return number, found[2]


def link(value: object, repairs: list[str]) -> str | None:
    """The first http or https link of a value; other schemes (`javascript:`, `file:`) are refused."""
    if not value:
        return None
    if isinstance(value, list | tuple):
        for item in value:
            if best := link(item, repairs):
                return best
        return None
    text = plain_string(value if isinstance(value, str) else string_of(value)).strip()
    if found := _LINK.search(
        text.replace("\\_", "_").replace("\\%", "%").replace("\\&", "&").replace("\\#", "#")
    ):
        url = _trimmed(found[0])
        return url if len(url) > len("https://") else None
    if text.startswith("www.") and " " not in text:
        return link(f"https://{text}", repairs)
    if scheme := _SCHEME.match(text):
        repairs.append(f"url refused: {scheme[1].lower()}:")
    return None
