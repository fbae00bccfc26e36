"""Whether an abstract says in words that there is code, with a link or without one."""

from __future__ import annotations

import re

_CODE = r"(?:source code|code(?:s|base)?|implementations?)"
_THERE = r"(?:available|released|open[- ]?sourced?|published|public|provided|accessible|found|hosted)"
_SAYS = re.compile(
    rf"\b{_CODE}\b[^.!?]{{0,60}}\b(?:is|are|has been|have been|can be)\b[^.!?]{{0,40}}\b{_THERE}\b"
    rf"|\b{_CODE}(?: and [\w ]{{1,40}}?)?,? (?:publicly |freely )?{_THERE}\b(?! for)"
    r"|\b(?:we|authors)\b[^.!?]{0,40}"
    r"\b(?:release[ds]?|open[- ]?sourced?|publish(?:ed)?|shared?|provided?"
    r"|(?:make|made)(?=[^.!?]*\bavailable))\b"
    rf"[^.!?]{{0,60}}\b{_CODE}\b"
    r"|\bopen[- ]source (?:code|implementation|codebase)\b",
    re.IGNORECASE,
)
"""Authors' usual words for it: "our code is publicly available", "we release the source code"."""
_DENIED = re.compile(
    r"\b(?:no|not|without|will|would|upon|after|once|soon|shall)\b"
    r"|\b(?:error|correcting|bar|zip|qr|icd|polar|quantum|ldpc|diagnosis|billing|genetic)[- ]codes?\b",
    re.IGNORECASE,
)
"""Promises are no code, and neither are codes of other kinds."""


_NAMED = re.compile(r"\b(?:code(?:s|base)?|implementations?)\b")
"""What every saying has, in lower case: looking for it first takes a fifth of the time."""


def announces_code(abstract: str | None) -> bool:
    if not abstract or ("ode" not in abstract and "mplementation" not in abstract):
        return False
    lower = abstract.lower()
    if ("code" not in lower and "implementation" not in lower) or not _NAMED.search(lower):
        return False
    return any(not _DENIED.search(_sentence(abstract, found)) for found in _SAYS.finditer(abstract))


def _sentence(text: str, found: re.Match[str]) -> str:
    """What was found with the words of its sentence around it."""
    start = max(text.rfind(sign, 0, found.start()) for sign in ".!?") + 1
    end = re.compile(r"[.!?](?:\s|$)|$").search(text, found.end())
    return text[start : end.start() if end else len(text)]
