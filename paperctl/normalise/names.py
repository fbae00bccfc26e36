"""One name in display order, "First Last", without marks, brackets and what stands for others.

Name parts follow BibTeX's conventions ("von Last, Jr, First"; btxdoc). A name that comes out holds
no comma, semicolon or " and ", so that it goes in again as it is.
"""

from __future__ import annotations

import re

from paperctl.normalise.repairs import note
from paperctl.normalise.text import clean
from paperctl.record.items import Markup
from paperctl.text.particles import PARTICLES

FURTHER = "further authors are not named"
_OTHERS = re.compile(
    r"(?:^|[\s,;&+(\[]+)(?:(?:and|&|\+)\s*)*"
    r"(?:others|et\.?\s*al\b\.?|\d+\s+(?:more|others?)(?:\s+authors?)?|…|\.\.\.|u\.\s?a\.|и\s+др\.?)[\s)\].]*$"
    r"|\s*等$",
    re.I,
)
_DANGLING = re.compile(r"[\s,;]+(?:and|&)[\s,;]*$")
_GAP = re.compile(r"[,;]\s*(?:…|\.\.\.|et al\.?)\s*(?=[,;&]|and\b)\s*", re.I)
_TAILS = ("others", "al", "more", "author", "...", "…", "u.", "др", "等")
_INITIALS = re.compile(r"(?:[^\W\d_]\.?-?){1,3}$")
SUFFIX = re.compile(
    r"(?:jr|sr|jnr|snr|[2-4](?:nd|rd|th)|i{2,3}|iv|v|ph\.?d|m\.?d|esq|inc|ltd|llc|gmbh|corp|co)\.?$", re.I
)
_JUNIOR = re.compile(r"(?:jr|sr|ii|iii)\.?", re.IGNORECASE)
NO_PERSON = frozenset({"others", "and", "et al", "et al.", "and others"})
_ROMAN = frozenset({"II", "III", "IV"})
AFFILIATION = re.compile(r"\s*(?:\([^()]*\)|\[[^\[\]]*\]|<[^<>]*>)\s*")
_MARKS = re.compile(
    r"(?<=[^\W\d_.])(?:\d{1,3}(?!\d)|[*∗†‡§¶⋆,])+$|^[\d*∗†‡§¶]+(?=[^\W\d_])|(?<![*∗†‡§¶])[*∗†‡§¶]+$"
)


_NOT_LETTERS = str.maketrans("", "", " .-")


def one_name(raw: str, markup: Markup, body: bool = False) -> list[str]:
    """One name in display order, in a list; an empty list for what is none. `body`: of no person, so that
    an " and " is its own."""
    raw = raw.strip()
    if markup == "plain" and raw.translate(_NOT_LETTERS).isalpha() and "  " not in raw:
        return [raw] if raw not in NO_PERSON else []
    literal = body or (markup == "tex" and in_braces(raw))
    if "," in raw and not literal:
        raw = _turned_round([p for p in _guarded_commas(raw, markup) if p.strip()])
    name = _tidy(clean(raw, markup, "authors", []), keep_and=literal)
    return [name] if any(map(str.isalpha, name)) and name.lower() not in NO_PERSON else []


def _turned_round(parts: list[str]) -> str:
    """A name in display order from its parts between commas: "Last, First", "Last, Jr, First"."""
    if len(parts) == 2:
        return _of_two(*parts)
    if len(parts) > 2:
        middle, final = parts[1].strip(), parts[2].strip()
        swapped = SUFFIX.match(final) and not SUFFIX.match(middle)
        suffix, given = (final, middle) if swapped else (middle, final)
        parts = [given, parts[0], suffix]
    return " ".join(part.strip() for part in parts)


_NUMBER_OF_DBLP = re.compile(r"(?<=[^\W\d_.])\s+0\d{3}\s*$|(?<=[^\W\d_]\.)\s+0\d{3}\s*$")
"""What DBLP puts behind people of the same name: "Wei Wang 0001", "Wang, W. 0001"."""


def _of_two(last: str, first: str) -> str:
    """Of a family name and a given name, with a "Jr" perhaps; of a name and its suffix; of a body whose name
    holds a comma."""
    as_written = f"{last.strip()} {first.strip()}"
    if SUFFIX.match(first.strip()) and first.strip() not in {"V", "v", "V."}:
        return as_written
    words = _NUMBER_OF_DBLP.sub("", first).split()
    person = "\\" in last + first or (len(words) < 6 and all(map(_may_name, words)))
    if not person:
        return as_written
    junior = [words.pop()] if len(words) > 1 and _JUNIOR.fullmatch(words[-1]) else []
    return " ".join([" ".join(words), last.strip(), *junior])


def _may_name(word: str) -> bool:
    """Whether a word may stand among given names."""
    return not word.islower() or word in PARTICLES


def in_braces(raw: str) -> bool:
    """Whether one pair of braces holds the whole."""
    depth = 0
    for at, sign in enumerate(raw):
        depth += (sign == "{") - (sign == "}")
        if depth == 0:
            return at == len(raw) - 1 and at > 0
    return False


def _tidy(name: str, keep_and: bool = False) -> str:
    """A name without footnote marks, affiliations in brackets, DBLP's number of a namesake and signs that
    part names."""
    for _ in range(8):
        before = name
        name = _MARKS.sub("", AFFILIATION.sub(" ", name).replace(",", " ").replace(";", " ")).strip(
            " *†‡§¶&|"
        )
        name = without_others(" ".join(name.split()), [])
        name = _NUMBER_OF_DBLP.sub("", name)
        for word in () if keep_and else (" and ", " And ", " AND "):
            name = name.replace(word, " & ")
        if name == before:
            break
    return name


def _guarded_commas(raw: str, markup: Markup) -> list[str]:
    if markup != "tex" or "{" not in raw:
        return raw.split(",")
    parts, depth, start = [], 0, 0
    for at, c in enumerate(raw):
        depth += (c == "{") - (c == "}")
        if c == "," and depth <= 0:
            parts.append(raw[start:at])
            start = at + 1
    return [*parts, raw[start:]]


def surnames_last(names: list[str]) -> list[str]:
    """Names given as "Adeli K." or "Smith JA" turned round, if all of them can be read so.

    "Wei LI" is a surname in capitals: two bare letters with a vowel need company that is surer.
    """
    if not names or any(name[-1].islower() for name in names):
        return names
    parted = list(map(_initials_behind, names))
    if not all(surname for surname, _ in parted) or not any(map(_are_surely_initials, parted)):
        return names
    return [" ".join((*initials, *surname)) for surname, initials in parted]


def _initials_behind(name: str) -> tuple[list[str], list[str]]:
    """The words of a surname and the initials behind it; no words where a name cannot be read so."""
    words = name.split()
    at = len(words)
    while at > 1 and are_initials(words[at - 1]) and words[at - 1] not in _ROMAN:
        at -= 1
    surname, initials = words[:at], words[at:]
    family = re.sub(r"[-'’. ]", "", "".join(surname))
    short = len(surname[0]) < 2 or (family.isupper() and len(surname[0]) < 4)
    if short or surname[0].endswith(".") or not family.isalpha():
        return [], []
    letters = "".join(initials).replace(".", "").replace("-", "")
    return (surname, initials) if initials and len(letters) <= 4 else ([], [])


def _are_surely_initials(name: tuple[list[str], list[str]]) -> bool:
    """Whether what stands behind a surname can be no given name in capitals."""
    lone = name[1][0] if len(name[1]) == 1 else ""
    return not (len(lone) > 1 and lone.isalpha() and any(c in "AEIOUY" for c in lone[1:]))


def without_others(text: str, repairs: list[str]) -> str:
    """The text of names without what stands at its end for people it does not name."""
    tail = text[-24:].lower()
    kept = _OTHERS.sub("", text) if any(word in tail for word in _TAILS) else text
    if tail.rstrip(" ,;").endswith((" and", "&")):  # a list that was cut
        kept = _DANGLING.sub("", kept)
    if kept != text:
        note(repairs, FURTHER)
    return kept


def may_end_in_others(low: str) -> bool:
    """Whether a text of names in lower case, of letters, blanks, dots and hyphens, may end in what stands for
    further people, or breaks off."""
    tail = low[-24:]
    return (
        ("al" in tail and "et" in tail)
        or any(word in tail for word in ("others", "u.", "др", "等"))
        or tail.rstrip().endswith(" and")
    )


def without_gaps(text: str, repairs: list[str]) -> str:
    """The text of names without what stands between them for people it does not name."""
    if "…" in text or "..." in text or "et al" in text:
        kept = _GAP.sub(", " if ";" not in text else "; ", text)
        if kept != text:
            note(repairs, FURTHER)
            return re.sub(r"([,;])\s*[,;]", r"\1", kept)
    return text


def are_initials(text: str) -> bool:
    return text.isupper() and all(map(_INITIALS.match, text.split()))
