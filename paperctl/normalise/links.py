"""Links to code: in link fields, in fields named for code, and inside running text."""

from __future__ import annotations

import re
from collections.abc import Iterable

_SEGMENT = r"[\w.~%+@-]+"
_HOSTS = (
    rf"(?:www\.)?github\.com/{_SEGMENT}(?:/{_SEGMENT})*"
    rf"|gist\.github\.com/{_SEGMENT}(?:/{_SEGMENT})*"
    rf"|(?:www\.)?(?:gitlab\.(?:com|[\w-]+\.\w+)|bitbucket\.org|codeberg\.org|gitee\.com)/{_SEGMENT}(?:/{_SEGMENT})+"
    rf"|(?:www\.)?zenodo\.org/(?:records?|doi|badge)/{_SEGMENT}(?:/{_SEGMENT})*"
    rf"|anonymous\.4open\.science/{_SEGMENT}(?:/{_SEGMENT})*"
    rf"|(?:www\.)?(?:huggingface\.co|hf\.co)/(?!(?:papers|datasets|spaces|docs|blog|join|login|settings|tasks|collections"
    rf"|learn|posts|models|pricing|chat|front|avatars)\b){_SEGMENT}(?:/{_SEGMENT})*"
)
_CODE = re.compile(
    rf"(?:https?:/{{1,2}})?(?<![\w.@/-])({_HOSTS})|(?:\bhttps?:|(?<![\w:/.]))//({_HOSTS})", re.IGNORECASE
)
_LOW_HINT = re.compile(r"git|zenodo|bitbucket|codeberg|4open|huggingface|hf\.co")
_HINT = re.compile(_LOW_HINT.pattern, re.IGNORECASE)
# "Code is available at LINK": the authors' own word for it, whatever the host.
_ANNOUNCED = re.compile(
    r"\b(?:code|codes|codebase|implementation|source code|software|toolkit)\b[^.!?]{0,90}?"
    r"\b(?:at|from|on|in|via|here|see|page|link|website)\b\W{0,12}(?:url\{)?(https?://[^\s<>\"'{}|\\^`\])]+)",
    re.IGNORECASE,
)
_BEFORE_LINK = 200
"""More signs than `_ANNOUNCED` can take up to the link's "://"."""
_URL = re.compile(r"https?://[^\s<>\"'{}|\\^`\])]+", re.IGNORECASE)
_GLUED = re.compile(
    r"\.(?:Our|We|The|This|Code|Codes|In|It|Project|Models?|Data|And|All)$|\.(?:Our|We|The|This)\b.*$"
)
_YES = frozenset(
    {"link", "yes", "y", "true", "1", "code", "available", "#", "✓", "✔", "✅", "x", "github", "official"}
)
_HOST_ALONE = re.compile(
    r"(?:www\.)?(?:git(?:hub|lab)\.com|bitbucket\.org|codeberg\.org|zenodo\.org|huggingface\.co|hf\.co)/*",
    re.I,
)
_TAIL = ".,;:!?)]}{*_'\"“”‘’`>/~-"


def says_code(value: object) -> bool:
    """Whether a field for code says that there is some, with or without a link ("Link", true)."""
    if isinstance(value, bool):
        return value
    if isinstance(value, str):
        return value.strip().lower() in _YES
    return value == 1 if isinstance(value, int) else False


def code_links(named: Iterable[object], url: str | None, title: str, abstract: str | None) -> list[str]:
    """Links to code, each once, cleaned of what the text glued to them: first those that fields
    for code state, then known code hosts in the link, the title and the abstract."""
    found: dict[str, str] = {}
    for value in named:
        for text in _strings(value):
            for stated in _URL.findall(text) or [m[0] for m in _CODE.finditer(text)]:
                _add(found, stated)
    if url and _HINT.search(url):
        _add_hosts(found, url)
    if abstract and ("://" in abstract or "git" in abstract):
        _from_text(found, abstract)
    if "/" in title and _HINT.search(title):
        _from_text(found, title)
    return list(found.values())


def _from_text(found: dict[str, str], text: str) -> None:
    if "\\" in text:
        text = text.replace("\\_", "_").replace("\\-", "").replace("\\#", "#").replace("\\%", "%")
    if ". com" in text or ": //" in text:
        text = re.sub(r"(https?): ?// ?", r"\1://", text)
        text = re.sub(r"(github|gitlab|zenodo|huggingface)\. ?(com|org|co) ?/ ?", r"\1.\2/", text)
    _add_hosts(found, text)
    if (link := text.find("://")) >= 0:
        for match in _ANNOUNCED.finditer(text, max(0, link - _BEFORE_LINK)):
            _add(found, match[1])


def _hints(text: str) -> list[re.Match[str]]:
    """Where a text hints at a code host. Sought in lower case, which takes a quarter of the time, unless that
    moves the places."""
    low = text.lower()
    return [*(_LOW_HINT if len(low) == len(text) else _HINT).finditer(low if len(low) == len(text) else text)]


def _add_hosts(found: dict[str, str], text: str) -> None:
    """Links to code hosts, sought only in the words that hint at one."""
    at = 0
    for hint in _hints(text):
        if hint.start() >= at:
            start = max(at, text.rfind(" ", at, hint.start()) + 1)
            at = text.find(" ", hint.end())
            at = len(text) if at < 0 else at
            for match in _CODE.finditer(text, start, at):
                _add(found, match[1] or match[2])


def _add(found: dict[str, str], link: str) -> None:
    link = _GLUED.sub("", link.strip()).rstrip(_TAIL)
    bare = re.sub(r"^https?:/{1,2}", "", link, flags=re.IGNORECASE)
    if _HOST_ALONE.fullmatch(bare):
        return
    if ("." in bare and "/" in bare) or "://" in link:
        whole = link if "://" in link else f"https://{bare}"
        key = bare.lower().removeprefix("www.").removesuffix(".git")
        if len(bare) > 3:
            found.setdefault(key, whole)


def _strings(value: object) -> list[str]:
    if isinstance(value, str):
        return [value]
    if isinstance(value, dict):
        value = list(value.values())
    if isinstance(value, list | tuple):
        return [
            v if isinstance(v, str) else str(v.get("url") or "") for v in value if isinstance(v, str | dict)
        ]
    return []
