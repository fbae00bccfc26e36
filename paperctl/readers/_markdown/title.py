"""The title of a list item, by the strongest mark that it has: quotes, bold, a link, else its place."""

from __future__ import annotations

import re

from paperctl.readers._markdown.around import is_around
from paperctl.readers._markdown.ends import cleaned, end_of
from paperctl.readers._markdown.front import SECTION_WORD, Front, without_front
from paperctl.readers._markdown.inline import is_label
from paperctl.readers._markdown.marked_words import without_rest
from paperctl.readers._markdown.marks import NAMED, MarkedWords, Title, marks_in, worthy
from paperctl.readers._markdown.names import families_in, is_person, names_in
from paperctl.readers._markdown.places import YEAR, place_in
from paperctl.readers._markdown.references import (
    after_names,
    after_people,
    in_italics_after_people,
    people_unmarked,
)
from paperctl.readers._text import in_title_case, prose


def title_in(marked: str, *, ours: bool = False, cell: bool = False) -> Title | None:
    """The title of a text whose links are marked.

    `ours`: paperctl wrote it, so even one word is a title. `cell`: it stands in a column of titles, so
    a sentence's end is no end of the title unless something else follows.
    """
    words, front = without_front(marked)
    words = words if ours else people_unmarked(words)
    found = (
        _italic(words)
        or (None if ours else in_italics_after_people(words))
        or _marked(words, front, ours)
        or after_people(words)
        or after_names(words)
        or _unmarked(words, ours, cell)
    )
    if found:
        found.front = front
    return found


def _italic(words: str) -> Title | None:
    """A title in italics that a text begins with: "*Title*, https://…"."""
    found = re.match(r"([*_])(?![*_\s])([^*_\x00-\x02]{4,}?)\1(?=[\s,.;:]|$)", words)
    if (
        not found
        or not ((len(found[2]) >= 12 and worthy(found[2])) or _YEAR_NEXT.match(words[found.end() :]))
        or is_around(found[2])
        or re.match(r"\s+(?:[a-z]|\*\*\w)", words[found.end() :])
    ):
        return None
    return Title(cleaned(found[2]), "", words[found.end() :])


_YEAR_NEXT = re.compile(rf"\s+\({YEAR}\)")
"""A year in brackets right behind words in italics, which proves even one word the title of a work."""


def _marked(words: str, front: Front, ours: bool) -> Title | None:
    """The title that a mark shows; None where none does."""
    for one in marks_in(words):
        if _is_no_title(one, ours):
            continue
        if one.mark == "quoted":
            return _quoted(one, front)
        if not ours and _before_a_link(one):
            front.label = front.label or one.inner.strip(" :")
            continue
        if front.label and re.sub(r"\W", "", one.before) == re.sub(r"\W", "", front.label):
            one = one._replace(before="")
        if ours or worthy(one.inner) or (not _words_before(one.before) and _short(one)):
            return _title(one)
    return None


def _quoted(one: MarkedWords, front: Front) -> Title:
    """A title in quotation marks, and a nickname in front of it."""
    if not front.label and len(nickname := re.sub(r"\*\*|[:\s]+$", "", one.before).split()) == 1:
        front.label = nickname[0].strip("[]?")
    return _begun_in_quotes(one) or Title(cleaned(one.inner), one.before, one.after, "quoted")


def _is_no_title(one: MarkedWords, ours: bool) -> bool:
    """Whether marked words are something else: a label, a place, words of a sentence or within a title."""
    if SECTION_WORD.fullmatch(one.inner) or _in_brackets(one):
        return True
    if one.mark == "bold" and not ours and _is_among_people(one):
        return True
    if one.mark == "quoted":
        return not _quoted_title(one)
    if ours:
        return False
    if place_in(one.inner) is not None or (one.mark == "bold" and _VOLUME_BEHIND.match(one.after)):
        return True
    return _in_a_sentence(one) or _within_title(one) or _holds_a_link(one)


_VOLUME_BEHIND = re.compile(r"[\s,_*]*(?:[Vv]ol\.? ?)?\d{1,4}\s*(?:\(\d[\d–-]*\)|:\s?\d)")
"""What stands behind a journal: its volume and number."""


def _is_among_people(one: MarkedWords) -> bool:
    """Whether words in bold are a person of a list of people ("A. Lee, **B. Roe**, C. Poe"), or people and a
    year."""
    if families_in(one.inner):
        return "(" in one.inner
    if not is_person(one.inner.strip(" *†,")):
        return False
    after = re.match(r"\W*(?:,|\band\b|&)\s*(?:and\s+)?([^,.;(\x00]+)", one.after)
    if after and is_person(after[1].strip(" *")):
        return True
    listed = re.split(r"\.\s+|\x00|\x02|[·|]", one.before)
    return bool(
        len(listed) > 1
        and re.search(r"(?:,|\band|&)\s*$", one.before)
        and names_in(listed[-1], lone=True)
        and worthy(listed[0])
    )


def _in_brackets(one: MarkedWords) -> bool:
    """Whether marked words stand in brackets next to a title: "(ICDE 2022, **best demo award**)"."""
    opened = one.before.rfind("(")
    return opened > 8 and ")" not in one.before[opened:] and one.after.lstrip(" .*").startswith(")")


def _quoted_title(one: MarkedWords) -> bool:
    """Whether words in quotation marks are the title and no words within one."""
    before = re.sub("[\x01\x02]|\\*\\*", "", one.before)
    if not worthy(one.inner):
        return bool(names_in(before, lone=True, first=True))
    if re.match(r"[a-z]+\b", one.inner) and re.search(r"\w:\s*$", before):
        return bool(names_in(before, lone=True, first=True))  # what somebody said
    if re.search(r"^\W*$|[.,:;\x00|]\s*$", before):
        closed = re.search(r"^\W*$|[.,:;?!][\"”*]*$", one.inner) or not re.match(r"\s+[a-z]", one.after)
        return bool(closed) or bool(names_in(before, first=True))
    return bool(names_in(before))


def _title(one: MarkedWords) -> Title:
    """A marked title; words in bold before a colon may begin it, a link may hold a whole reference."""
    if len(one.inner) > 30 and (reference := _reference_in(one.inner)):
        return Title(reference.words, reference.before, f"{reference.after} {one.after}", one.mark)
    if begun := _begun_in_bold(one):
        return begun
    inner, after = without_rest(re.sub("[\x01\x02]|^(?:Paper|Article): ", "", one.inner), one.after)
    return Title(cleaned(inner), one.before, after, one.mark)


def _reference_in(words: str) -> Title | None:
    """The title of a whole reference that is the words of a link."""
    for one in marks_in(words):
        people = names_in(one.before, first=True)
        if one.mark == "quoted" and (people or re.fullmatch(rf"\W*{YEAR}\W*", one.before)):
            return Title(cleaned(one.inner), one.before, one.after, "quoted")
    return in_italics_after_people(words) or after_people(words) or after_names(words)


def _begun_in_bold(one: MarkedWords) -> Title | None:
    """A title of which only what stands before a colon is in bold."""
    named = re.match(r"\s*:\s*(?=\w|\x01)", one.after)
    if one.mark == "bold" and (named or one.inner.rstrip().endswith(":")):
        rest = one.after[named.end() :] if named else one.after
        cut = end_of(re.sub("[\x01\x02]", "", rest), False) if "\x01" not in rest[:2] else 0
        if cut and not is_around(rest[:cut]) and (len(one.inner.split()) <= 2 or prose(rest[:cut]) < -1):
            return Title(cleaned(f"{one.inner.rstrip(' :')}: {rest[:cut]}"), one.before, rest[cut:], "bold")
    return None


def _begun_in_quotes(one: MarkedWords) -> Title | None:
    """A title that begins with a quotation and goes on behind a colon: "“I do it”: Data in Practice"."""
    colon = re.match(r":\s+(?=[A-Z])", one.after)
    rest = one.after[colon.end() :] if colon else ""
    cut = end_of(re.sub("[\x01\x02]", "", rest), False) if "\x01" not in rest[:2] else 0
    if not cut or is_around(rest[:cut]) or prose(rest[:cut]) > -2 or not in_title_case(rest[:cut]):
        return None
    return Title(f'"{cleaned(one.inner)}": {cleaned(rest[:cut])}', one.before, rest[cut:], "quoted")


_JOINS = re.compile(r"\s+(?:by|in|at|from|with|and code|published|accepted|presented)\b", re.IGNORECASE)
_OPEN = re.compile(r"(?:[^\W_]|[,'’])\s+$|\w$")


def _within_title(one: MarkedWords) -> bool:
    """Whether words in bold are only stressed within a title: "The **primacy bias** in learning"."""
    if one.mark != "bold":
        return False
    goes_on = re.match(r"\s+[a-z]|\s+[A-Z]\w+\s|['’-]\w", one.after) and not _JOINS.match(one.after)
    begun = re.search(r"[^\W\d_]\s+$", one.before) and not names_in(one.before)
    few = len(one.inner.split()) <= 4
    return bool(
        few
        and (
            (begun and not re.search(r"[.:|]\s*$", one.before))
            or (goes_on and one.after.strip()[:1].islower())
        )
    )


def _in_a_sentence(one: MarkedWords) -> bool:
    """Whether a link stands in a sentence and names no paper of this item: "see [a paper](…) on this"."""
    words = re.findall(r"[^\W\d_]+", re.sub(r"\*\*[^*]*\*\*|\x01[^\x02]*\x02", "", one.before))
    small = [
        word for word in words if word.islower() and word not in {"and", "et", "al", "by", "de", "von", "van"}
    ]
    if one.mark == "bold" or len(small) < 3:
        return False
    return prose(" ".join([*words, one.inner])) > -4 and not names_in(one.before)


def _before_a_link(one: MarkedWords) -> bool:
    """Whether a nickname in bold stands before the title, a link: "**Your TTS**: [YourTTS: …](…)"."""
    link = re.match(r"\s*[:|–—-]+\s*\x01([^\x02]+)\x02", one.after) if one.mark == "bold" else None
    return bool(
        link and len(one.inner.split()) <= 4 and len(link[1].split()) > max(2, len(one.inner.split()))
    )


def _holds_a_link(one: MarkedWords) -> bool:
    """Whether a whole item is in bold, and the title is a link in it."""
    if one.mark != "bold" or "\x02" not in one.inner:
        return False
    outside = NAMED.sub("", one.inner)
    return len(re.findall(r"[^\W\d_]{2,}", outside)) > 1


def _words_before(text: str) -> bool:
    return bool(re.search(r"[^\W\d_]{2,}", text))


def _short(one: MarkedWords) -> bool:
    """Whether one word in bold or of a link is a title: a description follows it, or nothing but links."""
    if not re.search(r"[^\W\d_]{2,}", one.inner) or (one.mark == "bold" and NAMED.search(one.after)):
        return False
    if re.match(r"\s*(?:[-–—:]\s|\.?\s*[\[(]*\s*\x00|$)", one.after):
        return True
    behind = re.match(r"\s*[,.(]\s*([^\x00-\x02,;]{4,40})", one.after)
    return one.mark == "bold" and behind is not None and place_in(behind[1]) is not None


_OPEN_END = re.compile(r"\b(?:by|to|in|at|from|of|for|on|with|the|see|and)$", re.IGNORECASE)


_SENTENCE_ON = re.compile(r"\s*(?:in |at )?[*_][^*_]+[*_],? \((?:19|20)\d\d\),? [a-z]")
"""A source within a sentence: "Roe argues in *Gears* (2019) that they turn"."""
_ONLY_LINKS = re.compile(r"[\W_]*\x00[\W_]*")


_ONE_WORD = re.compile(r"[^\W\d][\w-]{2,}")


def _of_one_word(title: str, after: str, cell: bool) -> Title | None:
    """A title of one word that nothing marks, before nothing but links; in a cell before brackets, too."""
    alone = _ONLY_LINKS.fullmatch(after) or (cell and after.lstrip()[:1] == "(")
    return Title(title, "", after, lone=True) if alone else None


def _names_no_title(words: str, after: str) -> bool:
    """Whether words are people and a year, "Roe & Lee (1991)", or a sentence that cites a source."""
    return bool(families_in(f"{words} {after[:7]}")) or _SENTENCE_ON.match(after) is not None


def _unmarked(words: str, ours: bool, cell: bool) -> Title | None:
    plain = re.sub("[\x01\x02]", "", words)
    plain = re.sub(r"\*\*|__", "", plain)
    end = end_of(plain, cell)
    title = cleaned(plain[:end])
    if not title:
        return None
    if not ours and _ONE_WORD.fullmatch(title) and not is_label(title):
        return _of_one_word(title, plain[end:], cell)
    if not ours and _names_no_title(title, plain[end:]):
        return None
    if not cell and plain[end:].strip()[:1] == "\x00" and _OPEN_END.search(title):
        return None  # "papers accepted by [ICML'23](…)"
    if not cell and prose(title) > 0 and any(map(_in_a_sentence, marks_in(words))):
        return None
    return Title(title, "", plain[end:]) if ours or worthy(title) else None
