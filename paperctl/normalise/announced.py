"""Whether an abstract says in words that there is code, with a link or without one."""

from __future__ import annotations

import re

_CODE = r"(?:source code|code(?:s|base)?|implementations?)"
_THERE = (
    r"(?:available|released|open[- ]?sourced?|published|public|provided|accessible|accessed"
    r"|downloaded|found|hosted|online|on (?:github|gitlab|bitbucket|zenodo))"
)
_PROGRAM = r"(?:software|tool(?:kit|box)|(?:R|Python|MATLAB|software) package|scripts)"
_SAYS = re.compile(
    rf"\b{_CODE}\b[^.!?]{{0,60}}\b(?:is|are|has been|have been|can be)\b[^.!?]{{0,40}}\b{_THERE}\b"
    rf"|\b{_CODE}(?: and [\w ]{{1,40}}?)?,? (?:publicly |freely )?{_THERE}\b(?! for)"
    r"|\b(?:we|authors)\b[^.!?]{0,40}"
    r"\b(?:release[ds]?|open[- ]?sourced?|publish(?:ed)?|shared?|provided?"
    r"|(?:make|made)(?=[^.!?]*\bavailable))\b"
    rf"[^.!?]{{0,60}}\b{_CODE}\b"
    r"|\bopen[- ]source (?:code|implementation|codebase)\b"
    r"|\bcodes?(?: (?:and|&) \w+)?: *https?://"
    rf"|\b{_PROGRAM}\b[^.!?]{{0,40}}\b(?:is|are)\b[^.!?]{{0,20}}\b(?:(?:freely|publicly|openly) available"
    r"|open[- ]sourced?\b)",
    re.IGNORECASE,
)
"""Authors' usual words for it: "our code is publicly available", "we release the source code"."""
_END = re.compile(r"[.!?]")
_DENIED = re.compile(
    r"\b(?:no|not|without|will|would|upon|after|once|soon|shall|(?:plans?|intend|aim) to"
    r"|on (?:reasonable )?request)\b"
    r"|\b(?:error|correcting|bar|zip|qr|icd|polar|quantum|ldpc|diagnosis|billing|genetic)[- ]codes?\b",
    re.IGNORECASE,
)
"""Promises are no code, and neither are codes of other kinds."""


_NAMED = tuple(
    re.compile(word + r"\b")
    for word in (
        "code(?:s|base)?",
        "implementations?",
        "software",
        "toolkit",
        "toolbox",
        "package",
        "scripts",
    )
)
"""What every such phrase has, in lower case, if a word begins with it: looking for it first takes a tenth of
the time, as long as the pattern itself begins with letters."""


def announces_code(abstract: str | None) -> bool:
    """Whether an abstract says that there is code; such a phrase stands between two ends of sentences."""
    if not abstract:
        return False
    lower = abstract.lower()
    places = [found.start() for named in _NAMED for found in named.finditer(lower) if _begins_a_word(found)]
    spans = {_span(abstract, at) for at in places} if len(lower) == len(abstract) else {(0, len(abstract))}
    return any(
        not _DENIED.search(_sentence(abstract, found))
        for start, end in (spans if places else ())
        for found in _SAYS.finditer(abstract, start, end)
    )


def _span(text: str, at: int) -> tuple[int, int]:
    """From the sign that ends a sentence before a place to that behind it."""
    end = _END.search(text, at)
    return max(text.rfind(sign, 0, at) for sign in ".!?") + 1, end.start() if end else len(text)


def _begins_a_word(found: re.Match[str]) -> bool:
    before = found.string[found.start() - 1 : found.start()]
    return not (before.isalnum() or before == "_")


def _sentence(text: str, found: re.Match[str]) -> str:
    """What was found with the words of its sentence around it."""
    start = max(text.rfind(sign, 0, found.start()) for sign in ".!?") + 1
    end = re.compile(r"[.!?](?:\s|$)|$").search(text, found.end())
    return text[start : end.start() if end else len(text)]
